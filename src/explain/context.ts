/** What every kind of explanation shares: names, words, and the sums with left-out terms. */
import type { Statistics, Target, Term, Terms } from '../engine/facts';
import type { ImageShape } from '../network/images';
import { layerTraits } from '../network/layerTypes';
import { formatPath } from '../network/network';
import type { Equation, Expression, Line } from './explanation';
import { call, number, product, quotient, sum } from './expressions';
import type { ImagePlace } from './imageWords';
import { Names, type Named } from './names';
import type { NotationProfile } from './notationProfile';
import type { Label, Place, Words } from './words';

/** Sums of up to this many terms are written out in symbols; longer ones as Σ. */
export const writtenOut = 4;

export class Context {
  readonly names: Names;
  readonly words: Words;

  constructor(facts: Named, profile: NotationProfile, words: Words) {
    this.names = new Names(profile, facts);
    this.words = words;
  }

  get profile(): NotationProfile {
    return this.names.profile;
  }

  line(role: Line['role'], label: Label, equation: Line['equation'], note?: string): Line {
    return { role, label: this.words.labels[label], equation, ...(note ? { note } : {}) };
  }

  /** @param own the name of an input, where the facts have it themselves */
  place(layer: number, row: number, own?: string): Place {
    const { names } = this;
    const called = own ?? (layer === -1 ? names.inputNames[row] : undefined);
    // Inputs without a name are x1, x2 …, which says no more than their number.
    const name = called === `x${row + 1}` ? undefined : called;
    return {
      neuron: names.neuronNumber(layer, row),
      layer: names.layerNumber(layer),
      kind: this.layerKind(layer),
      ...(name ? { name } : {}),
      ...this.#imagePlace(layer, row),
    };
  }

  /** Where a neuron stands, in a layer whose values are an image. */
  #imagePlace(layer: number, row: number): Pick<Place, 'image'> {
    const { names, profile } = this;
    const image = names.branches.imageOf(layer);
    return image ? { image: placeIn(image, row, profile.indexBase) } : {};
  }

  /** A place in the kernel of a convolution. */
  kernelPlace(layer: number, column: number): ImagePlace {
    const { height = 1, width = 1, source } = this.names.branches.windowOf(layer) ?? {};
    const shape = { height, width, channels: source?.channels ?? 1 };
    return placeIn(shape, column, this.profile.indexBase);
  }

  layerKind(layer: number): Place['kind'] {
    if (layer === -1) return 'input';
    return layer === this.names.lastLayer ? 'output' : 'hidden';
  }

  /** Where a neuron stands in the file: its row of weights, or the layer where it has none. */
  neuronPath(layer: number, row: number): string {
    if (layer < 0) return '';
    const { branches } = this.names;
    const hasWeights = layerTraits[branches.typeOf(layer)].hasParameters;
    const weights = ['layers', layer, 'weights', branches.rowOf(layer, row)] as const;
    return formatPath(hasWeights ? weights : ['layers', layer]);
  }

  /**
   * The numbers, of which those past `limit` and `more` are left out with their sum stated.
   * @param write how one of them is printed
   */
  sumOf(
    values: readonly number[],
    more: { readonly count: number; readonly sum: number },
    limit = writtenOut,
    write: (value: number, index: number) => Expression = number,
  ): readonly Expression[] {
    const shown = values.length - limit === 1 ? values.length : Math.min(limit, values.length);
    const rest = values.slice(shown);
    const count = rest.length + more.count;
    const terms = values.slice(0, shown).map((value, index) => write(value, index));
    const left = rest.reduce((total, value) => total + value, 0) + more.sum;
    return count === 0 ? terms : [...terms, this.rest(count, left)];
  }

  /** What is left out of a sum, with its sum. */
  rest(count: number, left: number): Expression {
    return { type: 'rest', count, sum: left, label: this.words.more(count) };
  }

  /**
   * The terms of Σ weight · factor: in symbols (in general when there are many), and in numbers.
   * @param write the symbols of a term
   * @param general the same sum in symbols, for any number of terms
   * @param value the factor as it is printed
   */
  weightedSum(
    { terms, more }: Terms,
    write: (term: Term) => Expression,
    general: readonly Expression[],
    value: (factor: number) => number = factor => factor,
  ): { symbols: readonly Expression[]; numbers: readonly Expression[] } {
    const numbers = terms.map(term => {
      const printed = number(value(term.factor));
      return term.identity ? printed : product(weightNumber(term), printed);
    });
    if (more.count > 0) numbers.push(this.rest(more.count, value(more.sum)));
    const few = more.count === 0 && terms.length <= writtenOut;
    return { symbols: few ? terms.map(write) : general, numbers };
  }
}

/** Where a parameter stands in the file: `layers[0].weights[2][1]`. */
export function parameterPath(target: Extract<Target, { type: 'weight' | 'bias' }>): string {
  const { layer, row } = target;
  return formatPath(
    target.type === 'weight'
      ? ['layers', layer, 'weights', row, target.column]
      : ['layers', layer, 'bias', row],
  );
}

/** Of an average 1/n. */
export function weightNumber({ weight, divisor }: Term): Expression {
  return divisor === undefined ? number(weight) : quotient(number(1), number(divisor));
}

/** Channels are counted where there are several. */
function placeIn({ width, channels }: ImageShape, index: number, base: number): ImagePlace {
  const pixel = Math.floor(index / channels);
  return {
    row: Math.floor(pixel / width) + base,
    column: (pixel % width) + base,
    ...(channels > 1 && { channel: (index % channels) + base }),
  };
}

/** left = value: nothing to substitute. */
export function stated(left: Expression, value: number): Equation {
  return { left, forms: [number(value)], value };
}

/** A sum that may have no term at all. */
export function total(terms: readonly Expression[]): Expression {
  return terms.length === 0 ? number(0) : sum(...terms);
}

/** min, mean and max of one quantity. */
export function statisticLines(
  label: Label,
  of: Expression,
  statistics: Statistics,
  { words }: Context,
): readonly Line[] {
  return (['min', 'mean', 'max'] as const).map(name => ({
    role: 'statistic',
    label: words.statistic(name, words.labels[label]),
    equation: stated(call(name, of), statistics[name]),
  }));
}
