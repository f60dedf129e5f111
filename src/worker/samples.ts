/** Samples as a person picks them, and the data set of a network that has no data. */
import type { Dataset } from '../data/dataset';
import type { Network } from '../network/network';
import type { NetworkShapes } from '../network/shapes';
import type { DataSummary, SampleList } from '../protocol';

/** Up to `count` samples from `start`, in the data's order; both are cut to what exists. */
export function listSamples(dataset: Dataset, start: number, count: number): SampleList {
  const { samples: total, inputs, targets, inputSize, outputSize, classNames } = dataset;
  const validation = new Set(dataset.validation);
  const first = Math.max(0, Math.min(start, total));
  const last = Math.max(first, Math.min(first + count, total));
  const samples = Array.from({ length: last - first }, (_, i) => {
    const index = first + i;
    const y = [...targets.subarray(index * outputSize, (index + 1) * outputSize)];
    const part = validation.has(index) ? ('validation' as const) : ('training' as const);
    const x = [...inputs.subarray(index * inputSize, (index + 1) * inputSize)];
    return { index, part, x, y, label: sampleLabel(y, classNames) };
  });
  return { start: first, total, samples };
}

/**
 * Samples of each class, where targets are classes: by their names, or 0 and 1 of targets that are nothing else.
 * Undefined for other numbers.
 */
export function classCounts(dataset: Dataset): DataSummary['classCounts'] {
  const { samples, targets, outputSize, training, classNames, targetNames } = dataset;
  const isYesOrNo = targets.every(value => value === 0 || value === 1);
  if (samples === 0 || !isYesOrNo) return undefined;
  const names = classNames ?? (outputSize === 1 ? ['0', '1'] : targetNames);
  const classOf = Array.from({ length: samples }, (_, sample) => {
    if (outputSize === 1) return targets[sample];
    const row = targets.subarray(sample * outputSize, (sample + 1) * outputSize);
    const yes = row.indexOf(1);
    return row.lastIndexOf(1) === yes ? yes : -1;
  });
  // Several yes, or none: each output is a question of its own.
  if (classOf.includes(-1)) return undefined;
  const all = names.map(() => 0);
  const trained = names.map(() => 0);
  for (const index of classOf) all[index]++;
  for (const sample of training) trained[classOf[sample]]++;
  return names.map((name, i) => ({ name, training: trained[i], validation: all[i] - trained[i] }));
}

/** "setosa" where there are classes, else the target values. */
function sampleLabel(y: readonly number[], classNames: readonly string[] | undefined): string {
  if (classNames) {
    const index = y.length === 1 ? y[0] : y.indexOf(1);
    const name = classNames[index];
    if (name !== undefined) return name;
  }
  return y.map(value => String(Number(value.toPrecision(4)))).join(', ');
}

/** No samples: the network can still be drawn and predicted with. */
export function emptyDataset(network: Network, { inputSize, outputSize }: NetworkShapes): Dataset {
  return {
    samples: 0,
    inputSize,
    outputSize,
    inputs: new Float64Array(0),
    targets: new Float64Array(0),
    training: new Uint32Array(0),
    validation: new Uint32Array(0),
    inputNames: network.input.names ?? Array.from({ length: inputSize }, (_, i) => `x${i + 1}`),
    targetNames: Array.from({ length: outputSize }, (_, i) => `y${i + 1}`),
    classNames: undefined,
    normalization: undefined,
  };
}
