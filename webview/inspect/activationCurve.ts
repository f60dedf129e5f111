/** The activation of one neuron as a curve: f, f′, and where this neuron's z lies on them. */
import { html, svg, type TemplateResult } from 'lit';
import { elementActivations, sigmoid } from '../../src/engine/activations';
import type { NeuronFacts } from '../../src/engine/facts';
import { formatNumber } from '../../src/explain/numbers';
import { text } from '../strings';

const WIDTH = 240;
const HEIGHT = 64;
const PAD = 4;
const STEPS = 96;
/** The axis goes at least this far to each side. */
const REACH = 4;

export interface Curve {
  /** Half the width of the z axis. */
  readonly reach: number;
  readonly from: number;
  readonly to: number;
  /** (z, value) from −reach to reach. */
  readonly value: readonly (readonly [number, number])[];
  readonly slope: readonly (readonly [number, number])[];
}

type Shown = Pick<NeuronFacts, 'activation' | 'weightedInput' | 'output'>;

/**
 * Of softmax the neuron's own share while the others of its layer stay what they are: with S the sum of their e^z,
 * a = e^z / (e^z + S) = sigmoid(z − ln S).
 */
function functions({ activation, weightedInput, output }: Shown): {
  value: (z: number) => number;
  slope: (z: number) => number;
} {
  if (activation !== 'softmax') {
    const { value, derivative } = elementActivations[activation];
    return { value, slope: z => derivative(z, value(z)) };
  }
  const others = weightedInput - Math.log(output / (1 - output));
  const value = (z: number): number => sigmoid(z - others);
  return { value, slope: z => value(z) * (1 - value(z)) };
}

/** Undefined where z is no finite number. */
export function curveOf(facts: Shown): Curve | undefined {
  const { weightedInput: z } = facts;
  const { value, slope } = functions(facts);
  if (!Number.isFinite(z) || !Number.isFinite(value(z))) return undefined;
  const reach = Math.max(REACH, Math.abs(z) * 1.25);
  const places = Array.from({ length: STEPS + 1 }, (_, i) => (i / STEPS) * 2 * reach - reach);
  const values = places.map(at => [at, value(at)] as const);
  const slopes = places.map(at => [at, slope(at)] as const);
  const all = [...values, ...slopes].map(([, y]) => y);
  return {
    reach,
    from: Math.min(0, ...all),
    to: Math.max(1, ...all),
    value: values,
    slope: slopes,
  };
}

/** For a neuron in sample scope; its text is said by the lines beside it, and by the picture's own words. */
export function activationFigure(facts: NeuronFacts): TemplateResult | undefined {
  const curve = curveOf(facts);
  if (!curve) return undefined;
  const { weightedInput: z, output, derivative } = facts;
  const x = (at: number): number =>
    PAD + ((at + curve.reach) / (2 * curve.reach)) * (WIDTH - 2 * PAD);
  const y = (of: number): number =>
    HEIGHT - PAD - ((of - curve.from) / (curve.to - curve.from)) * (HEIGHT - 2 * PAD);
  const path = (points: readonly (readonly [number, number])[]): string =>
    `M${points.map(([at, of]) => `${x(at).toFixed(1)} ${y(of).toFixed(1)}`).join('L')}`;
  const words = text(
    'curve.words',
    formatNumber(z),
    formatNumber(output),
    formatNumber(derivative),
    formatNumber(curve.reach),
  );
  return html`<figure class="activation-figure" data-testid="activation-figure">
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${words}>
      ${svg`<path class="axis" d="M0 ${y(0)}H${WIDTH}M${x(0)} 0V${HEIGHT}"></path>
        <path class="here" d="M${x(z)} 0V${HEIGHT}"></path>
        <path class="slope" d=${path(curve.slope)}></path>
        <path class="value" d=${path(curve.value)}></path>
        <circle class="slope" r="3" cx=${x(z)} cy=${y(derivative)}></circle>
        <circle class="value" r="3" cx=${x(z)} cy=${y(output)}></circle>`}
    </svg>
    <figcaption aria-hidden="true">
      <span class="value">${text('curve.value')}</span>
      <span class="slope">${text('curve.slope')}</span>
      <span>${text('curve.here')}</span>
    </figcaption>
  </figure>`;
}
