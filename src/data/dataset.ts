/** Samples in memory, in the data's own order, with the split into training and validation part. */
import type { Inputs } from './inputs';

/** Row-major; inputs and targets as the network sees them. */
export interface Dataset {
  readonly samples: number;
  readonly inputSize: number;
  readonly outputSize: number;
  /** (samples, inputSize) */
  readonly inputs: Inputs;
  /** (samples, outputSize) */
  readonly targets: Float64Array;
  /** Sample indices of the training part, in the data's order. */
  readonly training: Uint32Array;
  readonly validation: Uint32Array;
  readonly inputNames: readonly string[];
  readonly targetNames: readonly string[];
  /** Sorted class names where the target is a column of classes. */
  readonly classNames: readonly string[] | undefined;
  /** Row of each sample as a spreadsheet numbers them, where the source is a file of rows. */
  readonly rowNumbers?: readonly number[];
  /** x = (raw − offset) / scale, by input; undefined when not normalised. */
  readonly normalization:
    { readonly offset: Float64Array; readonly scale: Float64Array } | undefined;
}
