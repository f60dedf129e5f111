/** Samples as a person picks them, and inputs as a person types them. */
import type { Dataset } from '../data/dataset';
import { inputsOf } from '../data/inputs';
import { applyNormalization } from '../data/normalize';
import type { DataSummary, SampleList } from '../protocol';
import { NoData } from '../rpc';

/** @throws NoData that says what is missing and where to put it */
export function requireData({ samples }: Dataset, what: string): void {
  if (samples > 0) return;
  throw new NoData(
    `${what} needs data, and this network has none: add "data" to the file, for example {"generator": "xor"}, or a CSV file.`,
  );
}

/** Up to `count` samples from `start`, in the data's order; both are cut to what exists. */
export function listSamples(dataset: Dataset, start: number, count: number): SampleList {
  const { samples: total, targets, outputSize, classNames } = dataset;
  const validation = new Set(dataset.validation);
  const first = Math.max(0, Math.min(start, total));
  const last = Math.max(first, Math.min(first + count, total));
  const samples = Array.from({ length: last - first }, (_, i) => {
    const index = first + i;
    const y = [...targets.subarray(index * outputSize, (index + 1) * outputSize)];
    const part = validation.has(index) ? ('validation' as const) : ('training' as const);
    const x = [...inputsOf(dataset, index)];
    return { index, part, x, y, label: sampleLabel(y, classNames) };
  });
  return { start: first, total, samples };
}

/** Undefined without samples. */
export function dataSummary(dataset: Dataset): DataSummary | undefined {
  const { samples, training, validation, inputNames, classNames } = dataset;
  if (samples === 0) return undefined;
  return {
    samples,
    training: training.length,
    validation: validation.length,
    inputNames,
    classNames,
    classCounts: classCounts(dataset),
  };
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

/**
 * Raw rows as the network sees them: normalised as the training part was; one behind the other.
 *
 * @throws Error when a row has not as many values as the network has inputs
 */
export function networkInputs(
  { inputSize, normalization }: Dataset,
  inputs: readonly (readonly number[])[],
): Float64Array {
  inputs.forEach((row, index) => {
    if (row.length !== inputSize)
      throw new Error(`Input ${index} has ${row.length} values, the network takes ${inputSize}.`);
  });
  const values = Float64Array.from(inputs.flat());
  if (normalization) applyNormalization(values, normalization);
  return values;
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
