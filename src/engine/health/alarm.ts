/** What can be wrong with a network that learns, told by its numbers. `explain/health.ts` has the words and the fixes. */

/** Each limit with the reason for it. */
export const LIMITS = {
  /**
   * Share of a layer's neurons. Below the first nothing is told: a few dead neurons are usual with ReLU and cost little
   * (the overview counts them). From the second on it is a warning: half of what the layer could tell is lost.
   */
  told: 0.1,
  warned: 0.5,
  /**
   * |∂C/∂W| of a layer over that of the last one. A sigmoid passes at most 1/4 of an error on: five of them leave a
   * thousandth (Nielsen, "Neural Networks and Deep Learning", chapter 5). What grows a thousandfold explodes.
   */
  vanishing: 1e-3,
  exploding: 1e3,
  /** |penalty gradient| over |data gradient|: the data move the weights by less than a tenth of what the penalty does. */
  penalty: 10,
  /** |ΔW|/|W| is about 1e-3 where training goes well (Karpathy, CS231n, "Babysitting the learning process"); half is 500 times that. */
  ratio: 0.5,
  /** Mean change of the loss from epoch to epoch over its mean: below, it is noise of the batches. */
  swing: 0.05,
  /** Of the loss at the start: below, it is learned, and its swings are about nothing. */
  learned: 0.01,
  /**
   * Mean loss of the samples over that of the best output that knows no input (the mean target), below which the
   * network has learned its data: 95 % of what there is to explain is explained. How the error flows back says nothing
   * then, for there is hardly one: right outputs and settled neurons have slopes near 0. Where all targets are equal
   * such an output is perfect, and the loss at the start of the run takes its place, with `learned` as the limit.
   */
  explained: 0.05,
  /** Losses that are looked at. */
  losses: 20,
} as const;

/** Neurons that are named one by one. */
export const NAMED_ROWS = 8;

export type AlarmKind =
  'dead' | 'saturated' | 'vanishing' | 'exploding' | 'symmetric' | 'penalty' | 'rate' | 'unsteady';

/** `layer` is −1 where the network as a whole is meant. */
interface AlarmBase {
  readonly severity: 'warning' | 'information';
  readonly layer: number;
}

/** Neurons of a layer: the first of them, how many there are, and of how many. */
export interface NeuronAlarm extends AlarmBase {
  readonly kind: 'dead' | 'saturated' | 'symmetric';
  readonly rows: readonly number[];
  readonly count: number;
  readonly units: number;
  /** Of a conv2d filters are counted: what is told of one is so at every place. */
  readonly filters?: true;
}

/** |∂C/∂W| of the layer, and of the last one. */
export interface FlowAlarm extends AlarmBase {
  readonly kind: 'vanishing' | 'exploding';
  readonly norm: number;
  readonly last: { readonly layer: number; readonly norm: number };
}

export interface PenaltyAlarm extends AlarmBase {
  readonly kind: 'penalty';
  /** Norms of both parts of the gradient, over all penalised parameters. */
  readonly data: number;
  readonly penalty: number;
}

export interface RateAlarm extends AlarmBase {
  readonly kind: 'rate';
  /** |ΔW| / |W| */
  readonly ratio: number;
}

export interface UnsteadyAlarm extends AlarmBase {
  readonly kind: 'unsteady';
  /** Mean change of the loss from epoch to epoch, over its mean. */
  readonly swing: number;
  /** Epochs that this is told from. */
  readonly epochs: number;
}

export type Alarm = NeuronAlarm | FlowAlarm | PenaltyAlarm | RateAlarm | UnsteadyAlarm;

export interface HealthReport {
  /** Samples that were looked at: all of the training part, or as many, evenly spread, as the work allows. */
  readonly samples: number;
  readonly training: number;
  /** By layer from the first to the last; what concerns the whole network comes last. */
  readonly alarms: readonly Alarm[];
}

/** Losses of the training part as they were recorded. */
export interface LossTrend {
  /** At the start of the run. */
  readonly start: number;
  /** The latest, oldest first. */
  readonly recent: readonly number[];
}

export interface HealthRequest {
  /** Absent before anything was trained. */
  readonly losses?: LossTrend;
}

/** Two alarms of the same key are the same alarm with other numbers. */
export function alarmKey({ kind, layer }: Alarm): string {
  return `${kind} ${layer}`;
}
