/** The next update of every parameter, by the optimizer with its state and the gradient of the scope at hand. */
import type { Network } from '../../network/network';
import { rateOf } from '../../network/rates';
import { reductionFactor } from '../losses';
import { optimizerRules, startClock, tick, type OptimizerState } from '../optimizers';
import { penaltyDerivative, penaltyDerivatives, penaltyScale } from '../penalty';
import type { ParameterTable } from '../plan';
import { cut, gradientOf, parametersOf, type Context, type Passed } from './context';
import type { SamplePass } from './samplePass';

/** By the gradient that they come from: the arrays of a pass never change. */
const known = new WeakMap<
  Float64Array,
  {
    readonly network: Network;
    readonly state: OptimizerState | undefined;
    readonly updates: Float64Array;
  }
>();

/**
 * Δ of every parameter, in the file's order, were the step made now: next = value + Δ. The same numbers as those of
 * `updateOne`, all at once.
 */
export function updatesOf(context: Context, passed: Passed): Float64Array {
  const source = gradientOf(passed);
  const { network, plan, optimizerState: state } = context;
  const found = known.get(source);
  if (found?.network === network && found.state === state) return found.updates;
  const gradient = passed.type === 'batch' ? source : gradientOfBatchOfOne(context, passed);
  const updates = nextUpdates(network, plan.parameterTables, {
    parameters: parametersOf(passed),
    gradient,
    state,
  });
  known.set(source, { network, state, updates });
  return updates;
}

/**
 * @param gradient of the step, penalty included; both arrays in the file's order
 * @param state as it is before the step; absent: that of a fresh start
 */
export function nextUpdates(
  network: Network,
  tables: readonly ParameterTable[],
  numbers: {
    readonly parameters: Float64Array;
    readonly gradient: Float64Array;
    readonly state: OptimizerState | undefined;
  },
): Float64Array {
  const { parameters, gradient, state } = numbers;
  const { optimizer } = network.training;
  const clock = { ...(state?.clock ?? startClock()) };
  tick(clock, optimizer);
  const rule = optimizerRules[optimizer.type];
  const count = rule.moments(optimizer);
  const next = parameters.slice();
  const slots = [0, 1].map(slot =>
    slot < count ? (state?.moments[slot]?.slice() ?? new Float64Array(next.length)) : undefined,
  );
  for (const table of tables) {
    const rate = rateOf(network, table.layer);
    const [first, second] = slots.map(all => (all ? cut(all, table) : new Float64Array(0)));
    rule.update(optimizer, rate, clock, cut(next, table), cut(gradient, table), first, second);
  }
  for (let i = 0; i < next.length; i++) next[i] -= parameters[i];
  return next;
}

/** The step's gradient of one parameter if this sample alone were the batch: reduction and penalty included. */
export function stepGradient(
  { network, plan }: Context,
  { parameters, gradient }: Pick<SamplePass, 'parameters' | 'gradient'>,
  table: Pick<ParameterTable, 'penalised'> | undefined,
  index: number,
): number {
  const { loss, regularization } = network;
  const data = reductionFactor(loss.reduction, 1, plan.outputSize) * gradient[index];
  if (!table?.penalised) return data;
  return (
    data + penaltyDerivative(regularization, penaltyScale(regularization, 1), parameters[index])
  );
}

function gradientOfBatchOfOne(
  { network, plan }: Context,
  { sample }: Extract<Passed, { type: 'sample' }>,
): Float64Array {
  const { loss, regularization } = network;
  const { parameters, gradient } = sample;
  const factor = reductionFactor(loss.reduction, 1, plan.outputSize);
  const result = penaltyDerivatives(regularization, 1, parameters, plan.parameterTables);
  for (let i = 0; i < result.length; i++) result[i] += factor * gradient[i];
  return result;
}
