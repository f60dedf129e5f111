/** One detector an alarm: from what was measured to what is wrong. */
import { lossFunctions } from '../losses';
import { hasPenalty } from '../penalty';
import type { Operation } from '../plan';
import { LIMITS, NAMED_ROWS, type Alarm, type AlarmKind, type NeuronAlarm } from './alarm';
import type { LayerNorms, Measured } from './measure';
import { twinsOf } from './symmetry';

/** In the order in which they are told of one layer. */
const detectors: { readonly [K in AlarmKind]: (measured: Measured) => readonly Alarm[] } = {
  dead,
  saturated,
  symmetric,
  vanishing,
  exploding,
  penalty,
  rate,
  unsteady,
};

/** What is wrong with how the error gets to the weights: nothing is, where hardly any is left. */
const FLOW: ReadonlySet<AlarmKind> = new Set(['dead', 'saturated', 'vanishing', 'exploding']);

/** By layer from the first to the last; what concerns the whole network comes last. */
export function findAlarms(measured: Measured): readonly Alarm[] {
  const order = ({ layer }: Alarm): number => (layer < 0 ? Infinity : layer);
  const found = Object.entries(detectors).flatMap(([kind, detect]): readonly Alarm[] =>
    measured.learned && FLOW.has(kind as AlarmKind) ? [] : detect(measured),
  );
  return found.sort((a, b) => (order(a) === order(b) ? 0 : order(a) - order(b)));
}

/** f′(z) = 0 on every sample: no error reaches the neuron's weights, and none goes on through it. */
function dead(measured: Measured): readonly NeuronAlarm[] {
  const { samples } = measured;
  return neuronAlarms(measured, 'dead', (activation, layer) => {
    if (activation !== 'relu') return undefined;
    return row => measured.neurons[layer + 1][row].dead === samples;
  });
}

/**
 * |f′(z)| < 0.01 on most samples. Where the loss divides the slope out again (cross-entropy) it says nothing; other
 * outputs are meant only where they are wrong as well, for right ones shall be near the end of their range. A step has
 * an issue of its own, and a neuron of a ReLU is dead or takes part.
 */
function saturated(measured: Measured): readonly NeuronAlarm[] {
  const { network, samples, neurons } = measured;
  const last = network.layers.length - 1;
  const fused = lossFunctions[network.loss.type].fusedWith !== undefined;
  return neuronAlarms(measured, 'saturated', (activation, layer) => {
    if (activation === 'relu' || activation === 'step' || (layer === last && fused))
      return undefined;
    const counted = layer === last ? 'wrong' : 'saturated';
    return row => neurons[layer + 1][row][counted] > samples / 2;
  });
}

function neuronAlarms(
  { network, plan, samples }: Measured,
  kind: 'dead' | 'saturated',
  choose: (activation: string, layer: number) => ((row: number) => boolean) | undefined,
): readonly NeuronAlarm[] {
  if (samples === 0) return [];
  return plan.operations.flatMap(operation => {
    const { layer, reached } = operation;
    const isMeant = reached ? choose(network.layers[layer].activation, layer) : undefined;
    const { count, apart } = rowsOf(operation);
    const isRowMeant = (row: number): boolean => {
      for (let neuron = row; isMeant && neuron < operation.units; neuron += apart)
        if (!isMeant(neuron)) return false;
      return isMeant !== undefined;
    };
    const rows = Array.from({ length: count }, (_, row) => row).filter(isRowMeant);
    const share = rows.length / count;
    if (share < LIMITS.told || rows.length === 0) return [];
    // Hidden neurons that have learned are often saturated: only a layer of nothing else is in the way.
    const isLearned = kind === 'saturated' && layer < network.layers.length - 1 && share < 1;
    const severity = share >= LIMITS.warned && !isLearned ? 'warning' : 'information';
    return [neuronAlarm(kind, severity, operation, rows)];
  });
}

/** Neurons; of a convolution filters, each with neurons `apart` from one place to the next. */
function rowsOf(operation: Operation): { readonly count: number; readonly apart: number } {
  const { units } = operation;
  if (operation.type !== 'conv2d') return { count: units, apart: units };
  const { channels } = operation.window.target;
  return { count: channels, apart: channels };
}

function neuronAlarm(
  kind: NeuronAlarm['kind'],
  severity: NeuronAlarm['severity'],
  operation: Operation,
  rows: readonly number[],
): NeuronAlarm {
  const alarm = { kind, severity, layer: operation.layer, rows: rows.slice(0, NAMED_ROWS) };
  const { count: units } = rowsOf(operation);
  const filters = operation.type === 'conv2d' ? { filters: true as const } : {};
  return { ...alarm, count: rows.length, units, ...filters };
}

/** Told by the parameters alone: also of a network without data. Copies in one that has learned do no harm. */
function symmetric({ plan, parameters, learned }: Measured): readonly NeuronAlarm[] {
  const severity = learned ? 'information' : 'warning';
  return twinsOf(plan, parameters).map(({ layer, rows }) =>
    neuronAlarm('symmetric', severity, plan.operations[layer], rows),
  );
}

/** The weakest layer, where its gradient is orders of magnitude below that of the last one. */
function vanishing(measured: Measured): readonly Alarm[] {
  return flowAlarm(measured, 'vanishing', (a, b) => a.gradient < b.gradient);
}

function exploding(measured: Measured): readonly Alarm[] {
  return flowAlarm(measured, 'exploding', (a, b) => a.gradient > b.gradient);
}

function flowAlarm(
  measured: Measured,
  kind: 'vanishing' | 'exploding',
  isWorse: (a: LayerNorms, b: LayerNorms) => boolean,
): readonly Alarm[] {
  const { norms } = measured;
  const last = norms.at(-1);
  const before = norms.slice(0, -1);
  if (!last || before.length === 0) return [];
  const worst = before.reduce((most, own) => (isWorse(own, most) ? own : most));
  const ratio = worst.gradient / last.gradient;
  const isFar = kind === 'vanishing' ? ratio < LIMITS.vanishing : ratio > LIMITS.exploding;
  // Without a gradient in the last layer there is nothing to compare with.
  const isKnown = last.gradient > 0 && Number.isFinite(last.gradient) && Number.isFinite(ratio);
  if (!isFar || !isKnown || isCut(measured, worst.layer)) return [];
  return [
    {
      kind,
      severity: 'warning',
      layer: worst.layer,
      norm: worst.gradient,
      last: { layer: last.layer, norm: last.gradient },
    },
  ];
}

/** A layer of dead neurons or of steps lets nothing through: it has an alarm or an issue of its own. */
function isCut({ network, plan, neurons, samples }: Measured, from: number): boolean {
  return plan.operations.slice(from).some(({ layer }) => {
    const { activation } = network.layers[layer];
    const isDead = neurons[layer + 1].every(neuron => neuron.dead === samples);
    return activation === 'step' || (activation === 'relu' && isDead);
  });
}

function penalty({ network, parts }: Measured): readonly Alarm[] {
  const { data, penalty } = parts;
  if (!hasPenalty(network.regularization) || !(penalty > LIMITS.penalty * data)) return [];
  return Number.isFinite(penalty)
    ? [{ kind: 'penalty', severity: 'warning', layer: -1, data, penalty }]
    : [];
}

/** The layer whose next update is the largest beside its weights. Weights of 0 say nothing about a ratio. */
function rate({ norms }: Measured): readonly Alarm[] {
  const ratios = norms
    .filter(({ weights }) => weights > 0)
    .map(({ layer, weights, update }) => ({ layer, ratio: update / weights }))
    .filter(({ ratio }) => Number.isFinite(ratio) && ratio > LIMITS.ratio)
    .sort((a, b) => b.ratio - a.ratio);
  return ratios.slice(0, 1).map(worst => ({ kind: 'rate', severity: 'warning', ...worst }));
}

/** The loss jumps from epoch to epoch and comes no further. */
function unsteady({ losses }: Measured): readonly Alarm[] {
  const recent = losses?.recent.slice(-LIMITS.losses) ?? [];
  if (!losses || recent.length < LIMITS.losses || !recent.every(Number.isFinite)) return [];
  const changes = recent.slice(1).map((loss, i) => Math.abs(loss - recent[i]));
  const level = mean(recent);
  const swing = mean(changes) / level;
  const half = recent.length / 2;
  const comesDown = mean(recent.slice(half)) < mean(recent.slice(0, half));
  const isLearned = level < LIMITS.learned * losses.start;
  if (!(swing > LIMITS.swing) || !Number.isFinite(swing) || comesDown || isLearned) return [];
  return [{ kind: 'unsteady', severity: 'warning', layer: -1, swing, epochs: recent.length }];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
