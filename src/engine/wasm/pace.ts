/** How much is done in one call: large enough that calls cost nothing, small enough that its caller can look around. */
import type { Dataset } from '../../data/dataset';
import type { Network } from '../../network/network';
import type { NetworkShapes } from '../../network/shapes';
import { wholeBatch } from '../batchRows';
import { multiplications } from '../stepWork';

/** Batches up to this size are one tile, whose gradients are never stored; larger ones are worked off in tiles. */
const MOST_ROWS = 512;
const TILE_ROWS = 256;
/** Rows of a tile of an evaluation: its packed inputs stay in the cache beside the weights. */
const EVALUATION_ROWS = 64;
/** Multiplications of one tile of an evaluation, about 5 ms on a slow machine. */
const EVALUATION_WORK = 1e8;
/** Multiplications of a call, about 4 ms. */
const CALL_WORK = 1e8;
/** What a step costs beside its products: as many multiplications. */
const STEP_WORK = 600;
const LAYER_WORK = 300;

/** Bytes of what the layers compute for a tile: images are large. */
const MOST_BYTES = 2 ** 28;

/** Samples in the orders that are written ahead: their steps make a call cost nothing, also where they are tiny. */
const ORDERED_AHEAD = 2048;

/** Rows of a batch, or of its tiles. */
export function batchRowsOf(network: Network, shapes: NetworkShapes, dataset: Dataset): number {
  const samples = Math.max(1, dataset.training.length);
  const whole = wholeBatch(network, shapes, samples);
  if (whole !== undefined) return whole;
  const batch = batchOf(network, samples);
  return Math.min(batch <= MOST_ROWS ? batch : TILE_ROWS, rowsHeld(shapes));
}

/** Samples of each batch but the last of an epoch. */
export function batchOf({ training }: Network, samples: number): number {
  return training.batchSize === 'all' ? samples : Math.min(training.batchSize, samples);
}

/** Weighted inputs, activations and deltas are three numbers of each neuron, of four bytes. */
function rowsHeld({ layers }: NetworkShapes): number {
  const units = layers.reduce((sum, layer) => sum + layer.units, 0);
  return Math.max(1, Math.floor(MOST_BYTES / (12 * Math.max(1, units))));
}

/** Of all layers, for a sample. */
const forwardWork = ({ layers }: NetworkShapes): number =>
  layers.reduce((sum, shape) => sum + multiplications(shape), 0);

/** Rows of a tile of an evaluation or a prediction. */
export function evaluationRowsOf(shapes: NetworkShapes, dataset: Dataset): number {
  const most = Math.max(1, dataset.training.length, dataset.validation.length);
  const rows = Math.floor(EVALUATION_WORK / Math.max(1, forwardWork(shapes)));
  return Math.min(Math.max(16, Math.min(rows, EVALUATION_ROWS)), most, rowsHeld(shapes));
}

/** Steps of batches of `rows` that one call makes. */
export function stepsOfCall(shapes: NetworkShapes, rows: number): number {
  const step = 3 * forwardWork(shapes) * rows + STEP_WORK + LAYER_WORK * shapes.layers.length;
  return Math.max(1, Math.floor(CALL_WORK / step));
}

/**
 * Epochs whose steps one call can make: where each consists of whole batches, and nothing is drawn for it but its order.
 */
export function epochsOfCall(network: Network, shapes: NetworkShapes, dataset: Dataset): number {
  const { length } = dataset.training;
  const batch = batchOf(network, length);
  const isEven = length % batch === 0 && batch <= batchRowsOf(network, shapes, dataset);
  if (!isEven || network.layers.some(({ type }) => type === 'dropout')) return 1;
  const samples = Math.min(ORDERED_AHEAD, batch * stepsOfCall(shapes, batch));
  return Math.max(1, Math.floor(samples / length));
}
