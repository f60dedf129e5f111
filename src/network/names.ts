/** Finding what somebody may have meant. */
import { shortened } from './shortened';

/** Number of insertions, deletions, replacements and swaps of neighbours between two words. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + same);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    [before, previous] = [previous, row];
  }
  return previous[b.length];
}

/** Names in other tongues and frameworks for what the file calls otherwise. */
const synonyms: { readonly [name: string]: string } = {
  mse: 'meanSquaredError',
  mae: 'meanAbsoluteError',
  bce: 'binaryCrossEntropy',
  l2: 'meanSquaredError',
  l2loss: 'meanSquaredError',
  mseloss: 'meanSquaredError',
  squarederror: 'meanSquaredError',
  quadratic: 'meanSquaredError',
  l1: 'meanAbsoluteError',
  l1loss: 'meanAbsoluteError',
  smoothl1: 'huber',
  smoothl1loss: 'huber',
  bceloss: 'binaryCrossEntropy',
  bcewithlogits: 'binaryCrossEntropy',
  bcewithlogitsloss: 'binaryCrossEntropy',
  logloss: 'binaryCrossEntropy',
  binary: 'binaryCrossEntropy',
  ce: 'crossEntropy',
  nll: 'crossEntropy',
  nllloss: 'crossEntropy',
  xent: 'crossEntropy',
  xentropy: 'crossEntropy',
  crossentropyloss: 'crossEntropy',
  softmaxcrossentropy: 'crossEntropy',
  categorical: 'crossEntropy',
  categoricalcrossentropy: 'crossEntropy',
  sparsecategoricalcrossentropy: 'crossEntropy',
  logistic: 'sigmoid',
  identity: 'linear',
  none: 'linear',
  swish: 'silu',
  glorot: 'xavierUniform',
  glorotuniform: 'xavierUniform',
  glorotnormal: 'xavierNormal',
  xavier: 'xavierUniform',
  kaiming: 'heNormal',
  he: 'heNormal',
  float: 'float32',
  double: 'float64',
  lr: 'learningRate',
  neurons: 'units',
  size: 'shape',
  cost: 'loss',
  biases: 'bias',
  batch: 'batchSize',
  linear: 'dense',
  fc: 'dense',
  targetcost: 'targetLoss',
  warmup: 'warmUp',
  gamma: 'factor',
  etamin: 'minimum',
  stepsize: 'every',
  maxnorm: 'norm',
  clipnorm: 'norm',
  clipvalue: 'value',
  cosineannealing: 'cosine',
};

/** The known names that are near to `name`, the nearest first, at most three. */
export function nearest(name: string, known: readonly string[]): readonly string[] {
  if (name.length > 40) return [];
  const word = name.toLowerCase().replace(/[-_ ]/g, '');
  const synonym = Object.hasOwn(synonyms, word) ? synonyms[word] : undefined;
  const near = known
    .filter(({ length }) => Math.abs(length - word.length) <= Math.max(1, length / 3))
    .map(candidate => ({ candidate, far: distance(word, candidate.toLowerCase()) }))
    .filter(({ candidate, far }) => far <= Math.max(1, candidate.length / 3))
    .sort((a, b) => a.far - b.far)
    .map(({ candidate }) => candidate);
  const all = synonym && known.includes(synonym) ? [synonym, ...near] : near;
  return [...new Set(all)].slice(0, 3);
}

/** In quotes, what is invisible escaped, and not too long for a message. */
export function quoted(value: unknown): string {
  return shortened(JSON.stringify(value), 60);
}

/** `"a", "b" or "c"`: each as it would stand in the file. */
export function orList(names: readonly string[]): string {
  const all = names.map(name => JSON.stringify(name));
  if (all.length < 2) return all.join('');
  return `${all.slice(0, -1).join(', ')} or ${all[all.length - 1]}`;
}
