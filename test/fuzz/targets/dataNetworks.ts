/** Networks that read a file of data, and what must hold of the data that they get. */
import type { Dataset } from '../../../src/data/dataset';
import { LoadJob } from '../../../src/data/loadJob';
import type { LoadedDataset } from '../../../src/data/load';
import type { Codecs, DataFiles } from '../../../src/data/steps';
import type { JsonValue } from '../../../src/network/json';
import { parseNetwork } from '../../../src/network/parse';
import { inferShapes } from '../../../src/network/shapes';
import { rest } from '../gauge';
import { must } from '../target';
import { checkDataIssues } from './issues';

export interface Learner {
  readonly inputs: number;
  readonly outputs: number;
  readonly classes: boolean;
  readonly normalize: 'none' | 'standard' | 'minMax';
  readonly precision: 'float32' | 'float64';
  readonly validation: number;
}

/** One input, one output, numbers as they are. */
export const plainLearner: Learner = {
  inputs: 1,
  outputs: 1,
  classes: false,
  normalize: 'none',
  precision: 'float32',
  validation: 0,
};

/** What a file is read for; undefined where no network can ask for it. */
export async function loadFor(
  learner: Learner,
  source: { readonly [key: string]: JsonValue },
  files: DataFiles,
  codecs: Codecs,
): Promise<LoadedDataset | undefined> {
  const { inputs, outputs, classes, normalize, precision, validation } = learner;
  const text = JSON.stringify({
    version: 1,
    input: { shape: [inputs] },
    layers: [{ type: 'dense', units: outputs, activation: classes ? 'softmax' : 'linear' }],
    loss: { type: classes ? 'crossEntropy' : 'meanSquaredError' },
    training: { precision },
    data: { ...source, normalize, split: { validation } },
  });
  const document = parseNetwork(text);
  const { network } = document;
  if (!network?.data) return undefined;
  const job = new LoadJob(network, inferShapes(network), files, codecs);
  // It gives way wherever it can.
  for (rest(); !job.run(() => true); rest()) await job.waits;
  const { loaded } = job;
  rest();
  checkDataIssues(document, loaded.issues);
  const errors = loaded.issues.filter(({ severity }) => severity === 'error');
  must(!!loaded.dataset || errors.length > 0, () => 'The data are refused, and nobody says why');
  must(!loaded.dataset || errors.length === 0, () => `Data with an error: ${errors[0].message}`);
  if (loaded.dataset) checkDataset(loaded.dataset);
  return loaded;
}

/** Finite numbers of the sizes that it says. */
function checkDataset(dataset: Dataset): void {
  const { samples, inputSize, outputSize, inputs, targets, training, validation } = dataset;
  const { values } = inputs;
  must(
    values.length === samples * inputSize,
    () => `${values.length} inputs of ${samples} samples`,
  );
  must(training.length + validation.length === samples, () => 'The parts are not the whole');
  must(training.length > 0, () => 'Nothing to train with');
  must(targets.length === samples * outputSize, () => `${targets.length} targets`);
  for (const part of [values, targets] as const) {
    rest();
    const bad = part.findIndex((value: number) => !Number.isFinite(value));
    must(bad < 0, () => `The data have ${part[bad]}`);
  }
  rest();
}
