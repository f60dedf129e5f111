/** Measurements of a network as they are given, to be judged. */
import type { Alarm } from '../../src/engine/health/alarm';
import { findAlarms } from '../../src/engine/health/detectors';
import type { Measured } from '../../src/engine/health/measure';
import { Summary } from '../../src/engine/inspect/statistics';
import { compile } from '../../src/engine/plan';
import type { ActivationName, Loss, Network } from '../../src/network/network';
import { inferShapes } from '../../src/network/shapes';
import { dense, network } from './networks';

/** What is counted of one neuron over the samples. */
export type Counts = Partial<Record<'saturated' | 'dead' | 'wrong', number>>;

export const SAMPLES = 10;

/** No two neurons are alike. */
export function measuredOf(
  net: Network,
  counts: ReadonlyMap<number, readonly Counts[]> = new Map(),
  more: Partial<Measured> = {},
): Measured {
  const shapes = inferShapes(net);
  const plan = compile(net, shapes, 1);
  const { length } = plan.parameterTables;
  const last = plan.parameterTables[length - 1];
  const summary = (own: Counts) => ({
    ...{ output: new Summary(), weightedInput: new Summary(), delta: new Summary() },
    ...{ saturated: 0, dead: 0, wrong: 0, ...own },
  });
  const units = [shapes.inputSize, ...shapes.layers.map(layer => layer.units)];
  return {
    ...{ network: net, plan, samples: SAMPLES },
    parameters: Float64Array.from({ length: last.offset + last.length }, (_, i) => i + 1),
    neurons: units.map((count, i) =>
      Array.from({ length: count }, (_, row) => summary(counts.get(i - 1)?.[row] ?? {})),
    ),
    ...{ norms: [], parts: { data: 1, penalty: 0 }, losses: undefined, learned: false },
    ...more,
  };
}

export const told = (...given: Parameters<typeof measuredOf>): readonly Alarm[] =>
  findAlarms(measuredOf(...given));

/** Ten neurons, the first `count` of which have these counts. */
export const first = (count: number, own: Counts): readonly Counts[] =>
  Array.from({ length: count }, () => own);

/** 2 → 10 → 10 → 2 */
export const chain = (
  hidden: ActivationName,
  output: ActivationName = 'linear',
  loss: Partial<Loss> = {},
) => network(2, [dense(10, hidden), dense(10, 'tanh'), dense(2, output)], { loss });
