/** The parts of the two instruments: the picture with its legend, the three numbers, and what is said about them. */
import { html, nothing, type TemplateResult } from 'lit';
import type { NeuronFacts, ParameterFacts } from '../../src/engine/facts';
import type { Explanation } from '../../src/explain/explanation';
import { slopeOf, type Push } from '../../src/explain/explainWhatIf';
import { toUnicode } from '../../src/explain/unicode';
import type { WhatIf } from '../../src/protocol';
import { format, percent } from '../numbers';
import { text } from '../strings';
import { explainWords } from '../words';
import { formula } from './formula';
import { figure, keyMark, type Figure } from './whatIfFigure';

export interface Shown {
  readonly curve: WhatIf;
  readonly push: Push;
  /** The push, or the next step; undefined while its change is not known yet. */
  readonly mark: Figure['mark'];
}

export function picture({ curve, push, mark }: Shown): TemplateResult {
  const { facts, from, to, changes } = curve;
  const isNeuron = facts.type === 'neuron';
  const [start, base] = isNeuron ? [0, 0] : [facts.value, facts.lossValue];
  const of: Figure = {
    label: spokenPicture(curve, push, start, base),
    start,
    from,
    to,
    changes,
    base,
    slope: slopeOf(facts),
    mark,
  };
  const keys = [
    ['curve', toUnicode(isNeuron ? push.change : push.loss)],
    ['tangent', text('whatIf.keyTangent')],
    ['here', text('whatIf.keyHere')],
    ...(isNeuron ? [] : [['next', text('whatIf.keyNext')] as const]),
  ] as const;
  return html`<div class="what-if-picture">
    ${figure(of)}
    <ul class="what-if-keys">
      ${keys.map(([kind, words]) => html`<li>${keyMark(kind)}<span>${words}</span></li>`)}
    </ul>
  </div>`;
}

function spokenPicture(
  { facts, from, to, changes }: WhatIf,
  push: Push,
  start: number,
  base: number,
): string {
  const finite = Array.from(changes, (change, i) => ({
    change,
    at: start + from + ((to - from) * i) / (changes.length - 1),
  })).filter(({ change }) => Number.isFinite(change));
  if (finite.length === 0) return text('whatIf.nothing');
  const lowest = finite.reduce((a, b) => (b.change < a.change ? b : a));
  const highest = finite.reduce((a, b) => (b.change > a.change ? b : a));
  const isNeuron = facts.type === 'neuron';
  return text(
    'whatIf.picture',
    toUnicode(isNeuron ? push.change : push.loss),
    toUnicode(isNeuron ? push.shift : push.pushed),
    format(start + from),
    format(start + to),
    format(base + lowest.change),
    format(lowest.at),
    format(base + highest.change),
    format(highest.at),
    format(slopeOf(facts)),
  );
}

/** Predicted, true and gap. */
export function numbers({ curve, push, mark }: Shown): TemplateResult {
  const { predicted, actual } = push;
  const gap = actual.value - predicted.value;
  const isNeuron = curve.facts.type === 'neuron';
  const line = (
    name: 'predicted' | 'true' | 'gap',
    value: number | undefined,
    shown: TemplateResult | string,
  ): TemplateResult =>
    html`<dt>
        ${isNeuron && name !== 'gap' ? keyMark(name === 'true' ? 'push' : 'guess') : nothing}
        ${text(`whatIf.${name}`)}
      </dt>
      <dd data-testid="what-if-${name}" data-value=${value === undefined ? nothing : String(value)}>
        ${shown}
      </dd>`;
  return html`<dl class="what-if-numbers">
    ${line('predicted', predicted.value, html`${formula(predicted)}`)}
    ${line('true', mark && actual.value, mark ? html`${formula(actual)}` : '…')}
    ${line(
      'gap',
      mark && gap,
      mark
        ? html`${format(gap)} <span class="quiet">${shareWords(gap / predicted.value)}</span>`
        : '…',
    )}
  </dl>`;
}

/** Below this share of the prediction, and above so many times it, the share says nothing. */
const [TINY, HUGE] = [0.001, 100];

function shareWords(share: number): string {
  const size = Math.abs(share);
  if (!(size < HUGE) || size === 0) return '';
  return size < TINY
    ? text('whatIf.gapTiny', percent(TINY))
    : text('whatIf.gapShare', percent(size));
}

/** What the demon may do, and where a small δ says nothing. */
export function pushWords(
  facts: NeuronFacts,
  { cautions }: Explanation,
  { slope }: Push,
): TemplateResult {
  const words = explainWords().cautions;
  const isFlat = [words.saturated, words.flat, words.inactiveRelu].some(each =>
    cautions.includes(each),
  );
  const help = facts.delta > 0 ? 'helpDown' : facts.delta < 0 ? 'helpUp' : 'helpNone';
  return html`<p data-testid="what-if-help">${text(`whatIf.${help}`, toUnicode(slope))}</p>
    ${
      isFlat
        ? html`<p class="caution" data-testid="what-if-saturated">
            <i class="codicon codicon-info" aria-hidden="true"></i>${text('whatIf.saturated')}
          </p>`
        : html`<p class="quiet">${text('whatIf.why')}</p>`
    }`;
}

/** Which way gradient descent goes, and where this step does not. */
export function stepWords(
  facts: ParameterFacts,
  { from, to }: WhatIf,
  { slope }: Push,
): TemplateResult {
  const { gradient, update, scope, regularization } = facts;
  const way = gradient > 0 ? 'left' : gradient < 0 ? 'right' : 'flat';
  const more = [
    ...(update.learningRate === 0 ? (['stands'] as const) : []),
    ...(update.change !== 0 && Math.sign(update.change) !== -Math.sign(gradient)
      ? (['against'] as const)
      : []),
    ...(scope.type === 'sample' && (regularization.l1 !== 0 || regularization.l2 !== 0)
      ? (['sampleStep'] as const)
      : []),
    ...(update.change < from || update.change > to ? (['outside'] as const) : []),
  ];
  return html`<p data-testid="what-if-way">${text(`whatIf.${way}`, toUnicode(slope))}</p>
    ${more.map(each => html`<p class="quiet">${text(`whatIf.${each}`)}</p>`)}`;
}
