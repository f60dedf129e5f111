/**
 * Says from the numbers alone what a gradient lacks: which known mistake, or which few of them together, turn the
 * right gradient of a layer into this one. The rule that made it is not known here.
 *
 * A mistake that multiplies (a sign, a factor 2, 1/m) is found as the ratio of both; one that leaves f′ out is found
 * by leaving it out and comparing, because behind the first layer the ratio is a mean of several 1/f′; a penalty is
 * found as a difference. Fewer mistakes come before more.
 */
import type { Network } from '../../network/network';
import { inferShapes } from '../../network/shapes';
import { reductionFactor } from '../losses';
import { parameterTablesOf, type ParameterTable } from '../plan';
import { spread } from '../spread';
import type { Chains } from './chain';
import type { PenaltyRule } from './presets';
import { idleSwitches, type IdleSwitches } from './rule';
import { penaltyGradient, RIGHT_CHAIN } from './ruleGradient';

export type Factor =
  /** f′ of these layers (as in the file) is not in it. */
  | { readonly type: 'slope'; readonly layers: readonly number[] }
  | { readonly type: 'sign' }
  /** Too large by this number. `reduction`: m, or m · outputs; both where the two are the same number. */
  | {
      readonly type: 'constant';
      readonly value: number;
      readonly of: 'loss' | 'reduction' | 'both';
    }
  | { readonly type: 'transpose' }
  | { readonly type: 'biasSum' }
  | { readonly type: 'penaltyForgotten' }
  | { readonly type: 'penaltyOnBiases' };

/** What was found in a layer. `zero`: both gradients are 0 everywhere. `unknown`: no known mistake explains it. */
export type Finding =
  | { readonly type: 'right' | 'zero' | 'unknown' }
  | { readonly type: 'factors'; readonly factors: readonly Factor[] };

/** Relative to the largest number of the layer. */
const TOLERANCE = 1e-9;
/** Numbers of a tensor that are compared at most: a spread of them. */
const MOST_COMPARED = 1000;
/** Layers with f′ of which every combination is tried. */
const ALL_COMBINATIONS = 5;

/** One combination of mistakes that are not factors. */
interface Hypothesis {
  readonly dropped: readonly number[];
  readonly transposed: boolean;
  readonly lastBias: boolean;
  readonly penalty: PenaltyRule;
}

interface Known {
  readonly network: Network;
  readonly chains: Chains;
  readonly samples: number;
  readonly parameters: Float64Array;
}

export class Recogniser {
  readonly #known: Known;
  /** Multiplies the sum over samples. */
  readonly #reduction: number;
  readonly #hypotheses: readonly Hypothesis[];
  /** Places in the file's order that are compared. Of a gradient nothing else is kept: there are hundreds of them. */
  readonly #compared: Uint32Array;
  readonly #gradients = new Map<string, Float64Array>();
  readonly #penalties: { readonly [P in PenaltyRule]: Float64Array };
  /** Hypotheses whose gradients are there. */
  #prepared = 0;

  constructor(known: Known, outputs: number) {
    const { network, samples, parameters } = known;
    this.#known = known;
    this.#reduction = reductionFactor(network.loss.reduction, samples, outputs);
    const tables = parameterTablesOf(network, inferShapes(network));
    this.#compared = Uint32Array.from(
      tables.flatMap(({ offset, length }) =>
        Array.from(spread(length, MOST_COMPARED), i => offset + i),
      ),
    );
    const penalty = (kind: PenaltyRule): Float64Array =>
      this.#comparedOf(penaltyGradient(network, parameters, samples, kind));
    this.#penalties = {
      kept: penalty('kept'),
      forgotten: penalty('forgotten'),
      biases: penalty('biases'),
    };
    this.#hypotheses = hypotheses(network, idleSwitches(network, samples));
  }

  /** Computes one more of the gradients that it compares with; false when all are there. */
  prepare(): boolean {
    while (this.#prepared < this.#hypotheses.length) {
      const next = this.#hypotheses[this.#prepared++];
      if (this.#gradients.has(keyOf(next))) continue;
      this.#of(next);
      return true;
    }
    return false;
  }

  /** @param found the gradient in question, in the file's order; `tables`: those of one layer */
  find(found: Float64Array, tables: readonly ParameterTable[]): Finding {
    const { layer, offset: start } = tables[0];
    const end = tables.reduce((sum, { length }) => sum + length, start);
    const isOwn = (place: number): boolean => place >= start && place < end;
    // Indices into what is compared.
    const places = [...this.#compared.keys()].filter(i => isOwn(this.#compared[i]));
    const own = this.#comparedOf(found);
    const right = this.#of({ dropped: [], transposed: false, lastBias: false });
    const size = (values: Float64Array, penalty: Float64Array, factor: number): number =>
      places.reduce((most, i) => Math.max(most, Math.abs(factor * values[i] + penalty[i])), 0);
    const none = this.#penalties.forgotten;
    const largest = size(own, none, 1);
    if (!Number.isFinite(largest)) return { type: 'unknown' };
    if (largest === 0 && size(right, this.#penalties.kept, this.#reduction) === 0)
      return { type: 'zero' };
    let best: { factors: readonly Factor[]; cost: number } | undefined;
    for (const hypothesis of this.#hypotheses) {
      if (hypothesis.dropped.some(dropped => dropped < layer)) continue;
      for (const sign of [1, -1]) {
        const factors = this.#fit(own, places, hypothesis, sign, largest);
        if (!factors) continue;
        const cost = costOf(factors);
        if (!best || cost < best.cost) best = { factors, cost };
      }
    }
    if (!best) return { type: 'unknown' };
    return best.factors.length === 0
      ? { type: 'right' }
      : { type: 'factors', factors: best.factors };
  }

  /** The mistakes with which this hypothesis is the gradient; undefined when it is not. */
  #fit(
    found: Float64Array,
    places: readonly number[],
    hypothesis: Hypothesis,
    sign: number,
    largest: number,
  ): readonly Factor[] | undefined {
    const data = this.#of(hypothesis);
    const penalty = this.#penalties[hypothesis.penalty];
    let [above, below] = [0, 0];
    for (const i of places) {
      above += (sign * found[i] - penalty[i]) * data[i];
      below += data[i] * data[i];
    }
    // Where the data part is nothing, it tells of no factor.
    const ratio = below === 0 ? this.#reduction : above / below;
    const constant = this.#named(ratio / this.#reduction);
    if (constant === undefined) return undefined;
    const scale = constant.value * this.#reduction;
    const fits = places.every(
      i => Math.abs(sign * found[i] - penalty[i] - scale * data[i]) <= TOLERANCE * largest,
    );
    if (!fits) return undefined;
    return [
      ...factorsOf(hypothesis),
      ...(sign < 0 ? [{ type: 'sign' } as const] : []),
      ...constant.factors,
    ];
  }

  /** 1, 2 or ½, m or m · outputs, and products of one and the other. */
  #named(ratio: number): { value: number; factors: readonly Factor[] } | undefined {
    const { half } = this.#known.network.loss;
    const loss = this.#known.network.loss.type === 'meanSquaredError' ? (half ? 2 : 0.5) : 1;
    // m, or m · outputs; the inverse of an inverse is not always the whole number that it was.
    const whole = Math.round(1 / this.#reduction);
    const is = (value: number): boolean => Math.abs(ratio - value) <= TOLERANCE * Math.abs(value);
    const constant = (value: number, of: 'loss' | 'reduction' | 'both'): Factor => ({
      type: 'constant',
      value,
      of,
    });
    if (is(1)) return { value: 1, factors: [] };
    if (is(loss)) {
      const both = Math.abs(whole - loss) < TOLERANCE;
      return { value: loss, factors: [constant(loss, both ? 'both' : 'loss')] };
    }
    if (is(whole)) return { value: whole, factors: [constant(whole, 'reduction')] };
    if (!is(loss * whole)) return undefined;
    return {
      value: loss * whole,
      factors: [constant(loss, 'loss'), constant(whole, 'reduction')],
    };
  }

  /** Σ over samples by this hypothesis, computed once. */
  #of(hypothesis: Omit<Hypothesis, 'penalty'>): Float64Array {
    const { dropped, transposed, lastBias } = hypothesis;
    const key = keyOf(hypothesis);
    const known = this.#gradients.get(key);
    if (known) return known;
    const set = new Set(dropped);
    const chain = { ...RIGHT_CHAIN, ownDropped: set, passedDropped: set, transposed, lastBias };
    const gradient = this.#comparedOf(this.#known.chains.gradient(chain));
    this.#gradients.set(key, gradient);
    return gradient;
  }

  #comparedOf(all: Float64Array): Float64Array {
    return Float64Array.from(this.#compared, place => all[place]);
  }
}

function keyOf({ dropped, transposed, lastBias }: Omit<Hypothesis, 'penalty'>): string {
  return `${dropped.join()} ${transposed} ${lastBias}`;
}

/** A missing f′ of two layers is two mistakes. */
function costOf(factors: readonly Factor[]): number {
  return factors.reduce((sum, f) => sum + (f.type === 'slope' ? f.layers.length : 1), 0);
}

function factorsOf({ dropped, transposed, lastBias, penalty }: Hypothesis): readonly Factor[] {
  const factors: Factor[] = [];
  if (dropped.length > 0) factors.push({ type: 'slope', layers: dropped });
  if (transposed) factors.push({ type: 'transpose' });
  if (lastBias) factors.push({ type: 'biasSum' });
  if (penalty === 'forgotten') factors.push({ type: 'penaltyForgotten' });
  if (penalty === 'biases') factors.push({ type: 'penaltyOnBiases' });
  return factors;
}

/** Mistakes that change a number here, alone and together. */
function hypotheses({ layers }: Network, idle: IdleSwitches): readonly Hypothesis[] {
  const curved = layers.flatMap(({ activation }, i) => (activation === 'linear' ? [] : [i]));
  const either = (why: unknown): readonly boolean[] => (why ? [false] : [false, true]);
  const penalties = [
    'kept' as const,
    ...(idle.penalty ? [] : (['forgotten'] as const)),
    ...(idle.penaltyOnBiases ? [] : (['biases'] as const)),
  ];
  return combinations(curved).flatMap(dropped =>
    either(idle.transpose).flatMap(transposed =>
      either(idle.biasSum).flatMap(lastBias =>
        penalties.map(penalty => ({ dropped, transposed, lastBias, penalty })),
      ),
    ),
  );
}

/** Every set of these layers; of many layers none, each alone, and all from each one on. */
function combinations(layers: readonly number[]): readonly (readonly number[])[] {
  if (layers.length <= ALL_COMBINATIONS) {
    return Array.from({ length: 2 ** layers.length }, (_, bits) =>
      layers.filter((_layer, i) => (bits >> i) % 2 === 1),
    );
  }
  const tails = layers.map((_, i) => layers.slice(i));
  return [[], ...layers.map(layer => [layer]), ...tails, ...tails.map(tail => tail.slice(0, -1))];
}
