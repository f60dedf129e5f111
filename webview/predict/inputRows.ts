/** The inputs by name, each with a slider over the range of the data and a field for any number. */
import { html, nothing, type TemplateResult } from 'lit';
import type { DataRange } from '../../src/protocol';
import { readNumber } from '../design/numberText';
import { format } from '../numbers';
import { text } from '../strings';
import { placeOf, placeValue, spanOf, STEPS } from './outputs';

export interface InputRows {
  readonly range: DataRange;
  readonly inputs: readonly number[];
  /** Indices of the inputs to show. */
  readonly shown: readonly number[];
  /** Why what was typed is no number. */
  readonly problem: { readonly input: number; readonly words: string } | undefined;
  set(input: number, value: number): void;
  complain(input: number, words: string | undefined): void;
}

export function inputRows(of: InputRows): TemplateResult {
  return html`<ul class="predict-inputs" aria-label=${text('predict.inputs')}>
    ${of.shown.map(input => row(of, input))}
  </ul>`;
}

function row(of: InputRows, input: number): TemplateResult {
  const { range, inputs, problem } = of;
  const name = range.inputNames[input];
  const span = spanOf(range, input);
  const value = inputs[input];
  const [from, to] = span.map(format);
  const isOutside = value < range.least[input] || value > range.most[input];
  return html`<li class="predict-input ${isOutside ? 'outside' : ''}">
    <span class="predict-name" title=${name}>${name}</span>
    <input
      type="range"
      min="0"
      max=${STEPS}
      step="1"
      data-testid="predict-slider-${input}"
      aria-label=${text('predict.slider', name, from, to)}
      aria-valuetext=${format(value)}
      .value=${String(placeOf(span, value))}
      @input=${(event: Event) =>
        of.set(input, placeValue(span, Number((event.target as HTMLInputElement).value)))}
    />
    ${field(of, input, span)}
    ${
      isOutside
        ? html`<span class="caution" data-testid="predict-outside-${input}"
            ><i class="codicon codicon-warning" aria-hidden="true"></i>
            ${text('predict.outside', format(range.least[input]), format(range.most[input]))}</span
          >`
        : nothing
    }
    ${
      problem?.input === input
        ? html`<span class="caution" id="predict-problem" role="alert">${problem.words}</span>`
        : nothing
    }
  </li>`;
}

function field(of: InputRows, input: number, span: readonly [number, number]): TemplateResult {
  const own = String(of.inputs[input]);
  const isWrong = of.problem?.input === input;
  return html`<input
    type="text"
    inputmode="decimal"
    autocomplete="off"
    spellcheck="false"
    data-testid="predict-field-${input}"
    aria-label=${text('predict.field', of.range.inputNames[input])}
    aria-invalid=${isWrong}
    aria-describedby=${isWrong ? 'predict-problem' : nothing}
    .defaultValue=${own}
    .value=${own}
    @change=${(event: Event) => typed(event.target as HTMLInputElement, of, input)}
    @keydown=${(event: KeyboardEvent) => key(event, of, input, span)}
  />`;
}

function typed(element: HTMLInputElement, of: InputRows, input: number): void {
  const read = readNumber(element.value);
  if (!read.ok) return of.complain(input, text(`number.${read.problem}`, element.value));
  element.value = String(read.value);
  of.set(input, read.value);
}

/** The arrows go by a step of the slider, also beyond its ends; with Shift by ten. Escape takes a draft back. */
function key(
  event: KeyboardEvent,
  of: InputRows,
  input: number,
  [from, to]: readonly [number, number],
): void {
  const element = event.target as HTMLInputElement;
  const own = String(of.inputs[input]);
  if (event.key === 'Escape' && element.value !== own) {
    element.value = own;
    of.complain(input, undefined);
    event.stopPropagation();
  }
  const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
  if (by === undefined) return;
  event.preventDefault();
  const step = ((to - from) / STEPS) * by * (event.shiftKey ? 10 : 1);
  of.set(input, Number((of.inputs[input] + step).toPrecision(9)));
}
