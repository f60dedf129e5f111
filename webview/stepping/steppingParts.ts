/** What the strip of stepping is made of: its buttons, and the formulas of a step. */
import { html, nothing, type TemplateResult } from 'lit';
import type { NumberStyle } from '../../src/explain/numbers';
import type { StepCard } from '../../src/explain/story/stepCard';
import type { Direction, StepUnit } from '../../src/explain/story/story';
import { iconButton } from '../iconButton';
import { formula } from '../inspect/formula';
import { exact, format } from '../numbers';
import { segments } from '../segments';
import { text } from '../strings';
import { RATES } from './stepPlayer';
import { whereWords, workWords, type Told } from './stepWords';
import type { Way } from './walk';

export interface Controls {
  readonly unit: StepUnit;
  readonly direction: Direction;
  readonly playing: boolean;
  readonly rate: number;
  go(way: Way): void;
  turn(direction: Direction): void;
  chooseUnit(unit: StepUnit): void;
  chooseRate(rate: number): void;
  play(): void;
  end(): void;
}

export function controls(given: Controls): TemplateResult {
  const { playing } = given;
  return html`<div class="stepping-controls" role="group" aria-label=${text('stepping.title')}>
    ${iconButton('stepping-start', 'debug-reverse-continue', text('stepping.toStart'), () => given.go('start'))}
    ${iconButton('stepping-back', 'debug-step-back', text('stepping.back'), () => given.go('back'))}
    ${iconButton('stepping-forward', 'debug-step-over', text('stepping.forward'), () => given.go('forward'))}
    ${iconButton('stepping-to-end', 'debug-continue', text('stepping.toEnd'), () => given.go('end'))}
    ${iconButton('stepping-play', playing ? 'debug-pause' : 'play', text(playing ? 'stepping.pause' : 'stepping.play'), () => given.play())}
    ${rates(given)} ${directions(given)} ${units(given)}
    <span class="grow"></span>
    ${iconButton('stepping-end', 'close', text('stepping.end'), () => given.end())}
  </div>`;
}

const UNITS = [
  { unit: 'layer', word: 'stepping.unitLayer', label: 'stepping.byLayer' },
  { unit: 'neuron', word: 'stepping.unitNeuron', label: 'stepping.byNeuron' },
  { unit: 'term', word: 'stepping.unitTerm', label: 'stepping.byTerm' },
] as const;

function units({ unit: chosen, chooseUnit }: Controls): TemplateResult {
  return segments(
    text('stepping.unit'),
    UNITS.map(({ unit, word, label }) => ({
      testId: `stepping-by-${unit}`,
      word: text(word),
      label: text(label),
      chosen: unit === chosen,
      choose: () => chooseUnit(unit),
    })),
  );
}

function directions({ direction, turn }: Controls): TemplateResult {
  return segments(text('stepping.pass'), [
    {
      testId: 'stepping-pass-forward',
      word: text('stepping.passForward'),
      label: text('stepping.goForward'),
      chosen: direction === 'forward',
      choose: () => turn('forward'),
    },
    {
      testId: 'stepping-pass-backward',
      word: text('stepping.passBackward'),
      label: text('stepping.goBackward'),
      chosen: direction === 'backward',
      choose: () => turn('backward'),
    },
  ]);
}

function rates({ rate: chosen, chooseRate }: Controls): TemplateResult {
  return segments(
    text('stepping.rate'),
    RATES.map(rate => ({
      testId: `stepping-rate-${rate}`,
      word: `${rate}/s`,
      label: text('stepping.rateOf', `${rate}/s`, rate),
      chosen: rate === chosen,
      choose: () => chooseRate(rate),
    })),
  );
}

/** The formulas; what stays of the step before while its own are on their way is marked as busy. */
export function formulas(card: StepCard | undefined, isExact: boolean): TemplateResult {
  const style = { digits: isExact ? 17 : undefined };
  if (!card) return html`<div class="stepping-formulas" data-testid="stepping-formulas"></div>`;
  const { lines, results, running } = card;
  const number = isExact ? exact : format;
  return html`<div
    class="stepping-formulas"
    data-testid="stepping-formulas"
    role="group"
    tabindex="0"
    aria-label=${text('stepping.formulas')}
  >
    ${lines.map(
      (line, i) =>
        html`<div
          class="stepping-line"
          data-value=${line.value === undefined ? nothing : String(line.value)}
        >
          ${formula(line, style)}
          ${
            running === undefined || i < lines.length - 1
              ? nothing
              : html`<span
                  class="so-far"
                  data-testid="stepping-running"
                  data-value=${String(running)}
                  >${text('stepping.soFar', number(running))}</span
                >`
          }
        </div>`,
    )}
    ${results.length === 0 ? nothing : sideBySide(results, style)}
  </div>`;
}

function sideBySide(results: StepCard['results'], style: NumberStyle): TemplateResult {
  return html`<div class="stepping-results">
    ${results.map(
      each =>
        html`<span class="stepping-result" data-value=${String(each.value)}
          >${formula(each, style)}</span
        >`,
    )}
  </div>`;
}

/** Where the step is; what it did beside itself, and what the backward pass has cost. */
export function whereLines(told: Told, note: string | undefined): TemplateResult {
  const work = workWords(told);
  return html`<div class="stepping-where">
      <b data-testid="stepping-where">${whereWords(told)}</b>
      <span class="grow"></span>
      <span class="quiet number" data-testid="stepping-count"
        >${text('stepping.position', told.at + 1, told.story.length)}</span
      >
    </div>
    <div class="stepping-where">
      <span class="quiet" data-testid="stepping-note">${note ?? ''}</span>
      <span class="grow"></span>
      ${
        work
          ? html`<span class="quiet number" data-testid="stepping-work" title=${work.hint}
              ><i class="codicon codicon-bookmark" aria-hidden="true"></i> ${work.line}</span
            >`
          : nothing
      }
    </div>`;
}
