/** The engine's gradients against differences of a loss that is computed without it. */
import type { Dataset } from '../../src/data/dataset';
import { inputsOf } from '../../src/data/inputs';
import { createArena } from '../../src/engine/arena';
import { batchGradient } from '../../src/engine/gradient';
import { createReferenceKernels } from '../../src/engine/kernels/reference';
import { reductionFactor } from '../../src/engine/losses';
import {
  isTrained,
  parameterTablesOf,
  type ParameterTable,
} from '../../src/engine/parameterTables';
import { Pass } from '../../src/engine/pass';
import { compile } from '../../src/engine/plan';
import type { Network } from '../../src/network/network';
import { inferShapes } from '../../src/network/shapes';
import { apart, largest } from '../engine/comparison';
import { inPrecision, reference } from '../engine/engines';
import type { Batch } from '../engine/kinks';
import { Draw, type RandomCase } from '../engine/randomCases';
import { PlainNetwork } from './plainNetwork';

/** Samples of a loss that is differentiated, and parameters of a tensor that are moved. */
const MOST_SAMPLES = 6;
const MOST_PARAMETERS = 5;

/** Steps of a difference, from long ones to short ones. */
const STEPS = [-5, -7, -9, -11, -13, -15].map(power => 2 ** power);

export interface Difference {
  readonly table: ParameterTable;
  /** Relative to the larger of both numbers, or to what can be told from rounding. */
  readonly error: number;
}

export interface Differences {
  readonly differences: readonly Difference[];
  /** Parameters that stand too near to a kink. */
  readonly atKinks: number;
  /** Of the engine's outputs and loss, relative. */
  readonly outputs: number;
  readonly loss: number;
}

/** @param training as a step sees it, with what is dropped and the statistics of the batch; else as it is looked at */
export function differencesOf(
  { network: given, dataset, start }: RandomCase,
  training: boolean,
  gradient = engineGradient,
): Differences {
  const network = inPrecision(given, 'float64');
  const samples = dataset.training.slice(0, MOST_SAMPLES);
  const place = { seed: network.seed, epoch: 2, position: 3 };
  const batch: Batch = { samples, ...(training && { place }) };
  const plain = new PlainNetwork(network, dataset, batch, start);
  const analytic = gradient(network, dataset, batch, start);
  const size = largest(analytic);
  const floor = Math.max(1e-3 * size, 1e-6 * Math.max(1, Math.abs(plain.loss)));
  let atKinks = 0;
  const differences: Difference[] = [];
  const draw = new Draw(network.seed, 'moved');
  for (const table of parameterTablesOf(network, inferShapes(network)).filter(isTrained)) {
    for (const index of someOf(table, draw)) {
      const numeric = slope(plain, table.layer, index);
      if (numeric === undefined) atKinks += 1;
      else {
        const most = Math.max(Math.abs(numeric), Math.abs(analytic[index]), floor);
        differences.push({ table, error: Math.abs(numeric - analytic[index]) / most });
      }
    }
  }
  return { differences, atKinks, ...forwardErrors(network, dataset, start) };
}

/** Different ones, spread by chance. */
function someOf({ offset, length }: ParameterTable, draw: Draw): number[] {
  if (length <= MOST_PARAMETERS) return Array.from({ length }, (_, i) => offset + i);
  const found = new Set<number>();
  while (found.size < MOST_PARAMETERS) found.add(offset + draw.below(length));
  return [...found];
}

/**
 * The derivative by the parameter: of differences with five points by shorter and shorter steps, the one that differs
 * least from the next. The engine's gradient has no part in the choice. Undefined where kinks lie all around.
 */
function slope(plain: PlainNetwork, layer: number, index: number): number | undefined {
  const scale = Math.max(2 ** -3, Math.abs(plain.parameters[index]));
  let before: number | undefined;
  let [least, best]: [number, number | undefined] = [Infinity, undefined];
  for (const step of STEPS) {
    const now = fivePoint(plain, layer, index, step * scale);
    if (before !== undefined && now !== undefined && Math.abs(now - before) < least)
      [least, best] = [Math.abs(now - before), now];
    before = now;
  }
  return best;
}

/** (8 (C(h) − C(−h)) − (C(2h) − C(−2h))) / 12h, or undefined where a kink lies between. */
function fivePoint(
  plain: PlainNetwork,
  layer: number,
  index: number,
  h: number,
): number | undefined {
  const at = [2 * h, h, -h, -2 * h].map(by => plain.moved(layer, index, by));
  if (at.some(({ isNear }) => !isNear)) return undefined;
  const [c2, c1, d1, d2] = at.map(({ loss }) => loss);
  return (8 * (c1 - d1) - (c2 - d2)) / (12 * h);
}

/** As a step of the reference computes it before it is clipped; without a place, as it is shown. */
export function engineGradient(
  network: Network,
  dataset: Dataset,
  { samples, place }: Batch,
  parameters: Float64Array,
): Float64Array {
  if (!place) return batchGradient(network, dataset, samples, parameters);
  const shapes = inferShapes(network);
  const rows = samples.length;
  const arena = createArena(compile(network, shapes, rows));
  const pass = new Pass(network, arena, createReferenceKernels('float64', arena.scratch));
  arena.parameters.set(parameters);
  pass.gather(dataset, samples, 0, rows);
  pass.forward(rows, place);
  pass.backward(rows, reductionFactor(network.loss.reduction, rows, shapes.outputSize));
  pass.penaltyBackward(rows);
  return Float64Array.from(arena.gradients);
}

/** All training samples, as the reference's trainer tells them. */
function forwardErrors(
  network: Network,
  dataset: Dataset,
  start: Float64Array,
): { outputs: number; loss: number } {
  const samples = dataset.training.slice(0, 4 * MOST_SAMPLES);
  const few = { ...dataset, training: samples };
  const plain = new PlainNetwork(network, few, { samples }, start);
  const trainer = reference.create(network, few, start);
  const inputs = Float64Array.from([...samples].flatMap(s => [...inputsOf(few, s)]));
  const outputs = plain.outputs.flat();
  const found = trainer.predict(inputs, samples.length);
  return {
    outputs: apart(found, outputs, largest(outputs)),
    loss: Math.abs(trainer.evaluation.loss - plain.loss) / Math.max(1e-3, Math.abs(plain.loss)),
  };
}
