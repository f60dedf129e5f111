/** Facts of real networks, by the inspector that the worker uses. */
import type { Dataset } from '../../../src/data/dataset';
import type { Facts, Scope, Target } from '../../../src/engine/facts';
import { createInspector } from '../../../src/engine/inspect';
import { startClock } from '../../../src/engine/optimizers';
import { hasParameters } from '../../../src/network/layerTypes';
import type { Network } from '../../../src/network/network';
import { inferShapes } from '../../../src/network/shapes';
import { Random } from '../../../src/math/random';
import { dataset, dense, network } from '../../engine/networks';

/** The 3-4-2 network whose numbers were computed apart from this project. */
export const reference = network(3, [dense(4, 'sigmoid'), dense(2, 'sigmoid')], {
  loss: { type: 'meanSquaredError', half: true, reduction: 'sum' },
});

export const referenceData = dataset([[1, 0.5, -1]], [[1, 0]]);

/** w_ji = 0.1 j − 0.05 i into the hidden layer and 0.2 j − 0.1 i into the outputs, indices from 1. */
export const referenceParameters = Float64Array.of(
  ...[1, 2, 3, 4].flatMap(j => [1, 2, 3].map(i => 0.1 * j - 0.05 * i)),
  ...[0.1, 0.2, 0.3, 0.4],
  ...[1, 2].flatMap(j => [1, 2, 3, 4].map(i => 0.2 * j - 0.1 * i)),
  ...[-0.1, 0.1],
);

export const sampleScope: Scope = { type: 'sample', index: 0 };
export const batchScope: Scope = { type: 'batch' };

/** Uniform in ±`size`, some of them exactly 0. */
export function randomParameters(of: Network, seed: number, size = 2): Float64Array {
  const random = new Random(seed, 'test');
  return Float64Array.from({ length: inferShapes(of).parameters }, () =>
    random.below(20) === 0 ? 0 : size * (2 * random.uniform() - 1),
  );
}

/** Facts of `of` with these data and parameters, at epoch 0. */
export function inspected(
  of: Network,
  data: Dataset,
  parameters: Float64Array,
  target: Target,
  scope: Scope,
): Facts {
  return createInspector(of, data).inspect(parameters, target, scope, { epoch: 0, step: 0 });
}

/** Facts of the 3-4-2 network, of its one sample unless asked otherwise. */
export function referenceFacts(target: Target, scope = sampleScope): Facts {
  return inspected(reference, referenceData, referenceParameters, target, scope);
}

/** Facts about everything that can be pointed at; in wide layers about the first and last few. `epoch`: of the schedule. */
export function allFacts(
  of: Network,
  data: Dataset,
  parameters: Float64Array,
  scope: Scope,
  epoch = 0,
): readonly Facts[] {
  const inspector = createInspector(of, data);
  const position = { epoch, step: 0 };
  const state = { moments: [], clock: startClock(), epoch };
  return targets(of).map(target => inspector.inspect(parameters, target, scope, position, state));
}

function targets(of: Network): readonly Target[] {
  const { inputSize, layers } = inferShapes(of);
  const found: Target[] = [{ type: 'loss' }, { type: 'layer', layer: -1 }];
  for (const row of some(inputSize)) found.push({ type: 'neuron', layer: -1, row });
  layers.forEach(({ units, rows, columns }, layer) => {
    const rule = of.layers[layer];
    found.push({ type: 'layer', layer });
    for (const row of some(units)) found.push({ type: 'neuron', layer, row });
    if (!hasParameters(rule)) return;
    for (const row of some(rows)) {
      if (rule.useBias) found.push({ type: 'bias', layer, row });
      for (const column of some(columns)) found.push({ type: 'weight', layer, row, column });
    }
  });
  return found;
}

function some(count: number): readonly number[] {
  const all = Array.from({ length: count }, (_, index) => index);
  return count <= 3 ? all : [0, 1, count - 1];
}
