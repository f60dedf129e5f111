/** The next update of every parameter, by the optimizer with its state and the gradient of the scope at hand. */
import type { Network } from '../../network/network';
import { clipGradient, clips } from '../clip';
import { reductionFactor } from '../losses';
import { optimizerRules, startClock, tick, type OptimizerState } from '../optimizers';
import { penaltyDerivative, penaltyDerivatives, penaltyScale } from '../penalty';
import { isTrained, type ParameterTable } from '../plan';
import { layerRateAt } from '../schedule';
import { cut, gradientOf, parametersOf, type Context, type Passed } from './context';
import { normOf } from './statistics';

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
  const gradient = stepGradient(context, passed);
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
  const { parameters, state } = numbers;
  const gradient = takenOf(network, numbers.gradient);
  const { optimizer } = network.training;
  const clock = { ...(state?.clock ?? startClock()) };
  tick(clock, optimizer);
  const rule = optimizerRules[optimizer.type];
  const count = rule.moments(optimizer);
  const next = parameters.slice();
  const slots = [0, 1].map(slot =>
    slot < count ? (state?.moments[slot]?.slice() ?? new Float64Array(next.length)) : undefined,
  );
  for (const table of tables.filter(isTrained)) {
    const rate = layerRateAt(network, table.layer, state?.epoch ?? 0);
    const [first, second] = slots.map(all => (all ? cut(all, table) : new Float64Array(0)));
    rule.update(optimizer, rate, clock, cut(next, table), cut(gradient, table), first, second);
  }
  for (let i = 0; i < next.length; i++) next[i] -= parameters[i];
  return next;
}

/** What the optimizer takes of a gradient of all parameters: the clipped one. */
function takenOf({ training: { clip } }: Network, gradient: Float64Array): Float64Array {
  if (!clips(clip)) return gradient;
  const taken = gradient.slice();
  clipGradient(clip, taken, normOf(gradient));
  return taken;
}

/**
 * The gradient of a step of all parameters, before it is clipped: that of the batch in scope, or of the sample as a
 * batch of its own, reduction and penalty included.
 */
function stepGradient(context: Context, passed: Passed): Float64Array {
  return passed.type === 'batch' ? passed.batch.gradient : gradientOfBatchOfOne(context, passed);
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

/** One number of {@link stepGradient}, without the others. */
export function stepGradientAt(
  { network, plan }: Context,
  passed: Passed,
  table: Pick<ParameterTable, 'penalised'> | undefined,
  index: number,
): number {
  if (passed.type === 'batch') return passed.batch.gradient[index];
  const { loss, regularization } = network;
  const { parameters, gradient } = passed.sample;
  const data = reductionFactor(loss.reduction, 1, plan.outputSize) * gradient[index];
  if (!table?.penalised) return data;
  return (
    data + penaltyDerivative(regularization, penaltyScale(regularization, 1), parameters[index])
  );
}

/** By the gradient that they come from: the arrays of a pass never change. */
const norms = new WeakMap<Float64Array, number>();

/** Euclidean norm of {@link stepGradient}. */
export function stepNorm(context: Context, passed: Passed): number {
  const source = gradientOf(passed);
  const norm = norms.get(source) ?? normOf(stepGradient(context, passed));
  norms.set(source, norm);
  return norm;
}
