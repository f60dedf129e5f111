/** What alarms say. One table a language, as for the other words of explanations. */
import type {
  Alarm,
  FlowAlarm,
  NeuronAlarm,
  PenaltyAlarm,
  RateAlarm,
  UnsteadyAlarm,
} from '../engine/health/alarm';
import type { HealthFix } from './health';

/** Three sentences: what is so, why that is bad, what helps. */
export interface AlarmText {
  /** With the place. */
  readonly what: string;
  readonly why: string;
  readonly remedy: string;
}

/** Samples that were looked at, and those of the training part. */
export interface Seen {
  readonly samples: number;
  readonly training: number;
}

type By<T> = { readonly [K in Alarm['kind']]: T };

/** A layer's number in the notation, and its place in the file: people read the one on cards, the other in the text. */
export type PlaceName = (layer: number) => string;

export interface HealthWords {
  /** "layer 2 (layers[0])" */
  layer(number: string, place: string): string;
  /** A word or two: "dead neurons". */
  readonly names: By<string>;
  readonly why: By<string>;
  readonly remedy: By<string>;
  dead(alarm: NeuronAlarm, seen: Seen, at: PlaceName): string;
  saturated(alarm: NeuronAlarm, seen: Seen, at: PlaceName): string;
  symmetric(alarm: NeuronAlarm, at: PlaceName): string;
  vanishing(alarm: FlowAlarm, at: PlaceName): string;
  exploding(alarm: FlowAlarm, at: PlaceName): string;
  penalty(alarm: PenaltyAlarm): string;
  rate(alarm: RateAlarm, at: PlaceName): string;
  unsteady(alarm: UnsteadyAlarm): string;
  /** What a button or a light bulb says. */
  readonly fixes: {
    readonly [T in HealthFix['type']]: (
      fix: Extract<HealthFix, { type: T }>,
      at: PlaceName,
    ) => string;
  };
}
