/** What the push is chosen with: a slider on the points of the curve, a field for any number, and the way back to 0. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Push } from '../../src/explain/explainWhatIf';
import { toUnicode } from '../../src/explain/unicode';
import { readNumber } from '../design/numberText';
import { iconButton } from '../iconButton';
import { format } from '../numbers';
import { text } from '../strings';

/** Steps of the slider to each side. */
export const STEPS = 50;

export interface Slider {
  readonly push: Push;
  readonly shift: number;
  readonly range: number;
  /** Undefined while it is not known yet. */
  readonly change: number | undefined;
  /** Why what was typed is no push. */
  readonly problem: string | undefined;
  choose(shift: number): void;
  complain(problem: string | undefined): void;
}

/** A place of the slider, without the dust of binary fractions. */
export function stepOf(range: number, step: number): number {
  return Number(((range * step) / STEPS).toPrecision(12)) + 0;
}

const placeOf = ({ shift, range }: Slider): number => Math.round((shift / range) * STEPS);

export function slider(of: Slider): TemplateResult {
  const { push, shift, range, change, problem } = of;
  const value = text(
    'whatIf.sliderValue',
    toUnicode(push.shift),
    format(shift),
    format(push.predicted.value),
    change === undefined ? '…' : format(change),
  );
  return html`<div class="what-if-push">
      <input
        type="range"
        min=${-STEPS}
        max=${STEPS}
        step="1"
        .value=${String(placeOf(of))}
        aria-label=${text('whatIf.slider', toUnicode(push.pushed))}
        aria-valuetext=${value}
        data-testid="what-if-slider"
        @input=${(event: Event) =>
          of.choose(stepOf(range, Number((event.target as HTMLInputElement).value)))}
      />
      ${field(of)}
      ${iconButton('what-if-reset', 'discard', text('whatIf.reset'), () => of.choose(0))}
    </div>
    ${
      problem === undefined
        ? nothing
        : html`<p class="caution" id="what-if-problem" role="alert">${problem}</p>`
    }`;
}

function field(of: Slider): TemplateResult {
  const { shift, problem, push } = of;
  const own = String(shift);
  return html`<input
    type="text"
    inputmode="decimal"
    autocomplete="off"
    spellcheck="false"
    data-testid="what-if-number"
    aria-label=${text('whatIf.number', toUnicode(push.shift))}
    aria-invalid=${problem !== undefined}
    aria-describedby=${problem === undefined ? nothing : 'what-if-problem'}
    .defaultValue=${own}
    .value=${own}
    @change=${(event: Event) => typed(event.target as HTMLInputElement, of)}
    @keydown=${(event: KeyboardEvent) => key(event, of)}
  />`;
}

function typed(input: HTMLInputElement, { choose, complain }: Slider): void {
  const read = readNumber(input.value);
  if (!read.ok) return complain(text(`number.${read.problem}`, input.value));
  // "1/4" becomes the number that is pushed, also where that is the one from before.
  input.value = String(read.value);
  choose(read.value);
}

/** The arrows go from point to point of the curve, with Shift ten at once; Escape takes a draft back. */
function key(event: KeyboardEvent, of: Slider): void {
  const input = event.target as HTMLInputElement;
  if (event.key === 'Escape' && input.value !== String(of.shift)) {
    input.value = String(of.shift);
    of.complain(undefined);
    event.stopPropagation();
  }
  const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
  if (by === undefined) return;
  event.preventDefault();
  const next = placeOf(of) + by * (event.shiftKey ? 10 : 1);
  of.choose(stepOf(of.range, Math.max(-STEPS, Math.min(STEPS, next))));
}
