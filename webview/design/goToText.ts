/** Finds the place that somebody names: "w 2 1 4", "b 1 3", "layer 2", "neuron 2 1", a name. Pure. */
import type { Target } from '../../src/engine/facts';

/** How people number and name the parts of this network. */
export interface Directory {
  /** Units of each layer, the input first. */
  readonly sizes: readonly number[];
  /** By layer, its weights; undefined without any. */
  readonly weights: readonly (Numbering | undefined)[];
  readonly hasBias: readonly boolean[];
  /** The number of the input, and the number of the first neuron of a layer. */
  readonly inputNumber: number;
  /** By column (input first), what its first neuron is called. */
  readonly firstNeuron: readonly number[];
  /** Whether a weight is called by the layer it comes from. */
  readonly weightBySource: boolean;
  /** Names of inputs, outputs and layers. */
  readonly names: readonly { readonly name: string; readonly target: Target }[];
}

/** Rows of weights are neurons or filters, columns are sources or what a filter sees. */
export interface Numbering {
  readonly rows: number;
  readonly columns: number;
  /** What the first of them is called. */
  readonly firstRow: number;
  readonly firstColumn: number;
}

export type Found =
  | { readonly ok: true; readonly target: Target }
  /** `what`: the string that says what is wrong. */
  | {
      readonly ok: false;
      readonly problem: 'empty' | 'unknown' | 'numbers' | 'layer' | 'row' | 'column' | 'parameter';
      readonly from?: number;
      readonly to?: number;
    };

type Kind = 'weight' | 'bias' | 'neuron' | 'layer' | 'loss';

const KINDS: { readonly [word: string]: Kind | undefined } = {
  w: 'weight',
  weight: 'weight',
  edge: 'weight',
  θ: 'weight',
  theta: 'weight',
  权重: 'weight',
  b: 'bias',
  bias: 'bias',
  偏置: 'bias',
  n: 'neuron',
  neuron: 'neuron',
  a: 'neuron',
  z: 'neuron',
  神经元: 'neuron',
  l: 'layer',
  layer: 'layer',
  层: 'layer',
  c: 'loss',
  loss: 'loss',
  损失: 'loss',
};

const NUMBERS: { readonly [K in Kind]: number } = {
  weight: 3,
  bias: 2,
  neuron: 2,
  layer: 1,
  loss: 0,
};

/** A name first: an input may be called "w". */
export function findPlace(typed: string, directory: Directory): Found {
  const words = typed.trim().toLowerCase();
  if (words === '') return { ok: false, problem: 'empty' };
  const named = directory.names.find(({ name }) => name.toLowerCase() === words);
  if (named) return { ok: true, target: named.target };
  const [, word, rest] = /^([^\s\d\-_^]+)(.*)$/su.exec(words) ?? [];
  const kind = word === undefined ? undefined : KINDS[word];
  if (!kind) return byBeginning(words, directory);
  const numbers = (rest.match(/\d+/g) ?? []).map(Number);
  if (numbers.length !== NUMBERS[kind]) return { ok: false, problem: 'numbers' };
  return atNumbers(kind, numbers, directory);
}

/** The only name that begins like that. */
function byBeginning(words: string, { names }: Directory): Found {
  const found = names.filter(({ name }) => name.toLowerCase().startsWith(words));
  return found.length === 1
    ? { ok: true, target: found[0].target }
    : { ok: false, problem: 'unknown' };
}

function atNumbers(
  kind: Kind,
  [number, row, column]: readonly number[],
  directory: Directory,
): Found {
  if (kind === 'loss') return { ok: true, target: { type: 'loss' } };
  const { sizes, inputNumber, weightBySource } = directory;
  const shift = kind === 'weight' && weightBySource ? 1 : 0;
  const layer = number - inputNumber - 1 + shift;
  const least = kind === 'weight' || kind === 'bias' ? 0 : -1;
  const range = {
    from: least + inputNumber + 1 - shift,
    to: sizes.length - 2 + inputNumber + 1 - shift,
  };
  if (layer < least || layer > sizes.length - 2) return { ok: false, problem: 'layer', ...range };
  if (kind === 'layer') return { ok: true, target: { type: 'layer', layer } };
  const isNeuron = kind === 'neuron';
  const weights = isNeuron ? undefined : directory.weights[layer];
  const first = weights?.firstRow ?? directory.firstNeuron[layer + 1];
  const target = numberIn(row, weights?.rows ?? sizes[layer + 1], 'row', first);
  if (typeof target !== 'number') return target;
  if (isNeuron) return { ok: true, target: { type: 'neuron', layer, row: target } };
  if (!weights || (kind === 'bias' && !directory.hasBias[layer]))
    return { ok: false, problem: 'parameter' };
  if (kind === 'bias') return { ok: true, target: { type: 'bias', layer, row: target } };
  const source = numberIn(column, weights.columns, 'column', weights.firstColumn);
  if (typeof source !== 'number') return source;
  return { ok: true, target: { type: 'weight', layer, row: target, column: source } };
}

/** The index that a number means, where counting begins with `first`. */
function numberIn(
  number: number,
  count: number,
  problem: 'row' | 'column',
  first: number,
): number | Found {
  const row = number - first;
  const last = count - 1;
  if (row >= 0 && row <= last) return row;
  return { ok: false, problem, from: first, to: first + last };
}
