/** Kept runs as a page compares them. Types only. */
import type { RunReason } from '../runs/run';

export interface ComparedRun {
  /** Another one when the file is. */
  readonly id: string;
  /** When it began, in the person's words and time zone. */
  readonly name: string;
  /** Of the network, from the folder of the workspace. */
  readonly file: string;
  /** Which line it has on the charts, from 0; absent: it is on none. */
  readonly look?: number;
  /** What the sweep is called that it was trained for. */
  readonly sweep?: string;
  /** Settings of the network, as they are read: `learningRate`, `layers[0].units`, … */
  readonly settings: { readonly [name: string]: string };
  /** Absent: the file ends before its result. */
  readonly reason?: RunReason;
  /** NaN where there is none. */
  readonly epochs: number;
  readonly seconds: number;
  readonly best: number;
  readonly loss: number;
  readonly accuracy: number;
  readonly validationAccuracy: number;
  /** Whether it has weights that can be restored. */
  readonly hasWeights: boolean;
}

/** What is to be compared in a table. */
export interface Comparison {
  /** Of a sweep. */
  readonly title?: string;
  readonly runs: readonly ComparedRun[];
}
