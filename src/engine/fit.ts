/** Whether what a trainer is given fits its network. */
import type { Dataset } from '../data/dataset';

/** @throws Error when data and network have not the same sizes */
export function checkSizes(dataset: Dataset, inputSize: number, outputSize: number): void {
  if (dataset.inputSize !== inputSize) {
    throw new Error(
      `input.shape: the network takes ${inputSize} inputs, the data have ${dataset.inputSize}; ` +
        `make them equal.`,
    );
  }
  if (dataset.outputSize !== outputSize) {
    throw new Error(
      `layers: the last layer has ${outputSize} units, the data have ${dataset.outputSize} targets; ` +
        `make them equal.`,
    );
  }
}

/** @throws RangeError when a network would be given too few or too many parameters */
export function checkParameters(parameters: Float64Array, expected: number): void {
  if (parameters.length === expected) return;
  throw new RangeError(
    `The network has ${expected} parameters, found ${parameters.length}; pass all of them.`,
  );
}

/** @param inputs (count, inputSize) of a prediction */
export function checkInputs(inputs: Float64Array, count: number, inputSize: number): void {
  if (inputs.length === count * inputSize) return;
  throw new RangeError(
    `predict: expected ${count} × ${inputSize} inputs, found ${inputs.length} numbers.`,
  );
}

/** @param order of the samples that are trained with */
export function requireSamples(order: Uint32Array): void {
  if (order.length > 0) return;
  throw new Error(
    'data: training needs at least one training sample, found none; add data or lower data.split.',
  );
}
