/** What the host tells the designer's page. */
import type { Target } from '../engine/facts';
import type { MetricsChunk } from '../engine/history';
import type { HealthNote } from '../explain/health';
import type { Notation } from '../explain/notation';
import type { ComparedRun, Comparison } from './compare';
import type { DocumentState, GradcheckState } from './designer';
import type { DesignerCommand, DesignerContext } from './menu';
import type { InterruptedNote, RunState, UnfinishedNote } from './run';

/** The host tells, the webview listens. Only visible webviews are told; the rest catch up on `ready`. */
export interface WebviewEvents {
  /** After every change of the text, whoever made it. */
  document(state: DocumentState): void;
  runState(state: RunState): void;
  metrics(chunk: MetricsChunk): void;
  gradcheck(state: GradcheckState): void;
  /** What is wrong with the running network, all of it. */
  health(notes: readonly HealthNote[]): void;
  /** Data are being read, which takes long: the part of the file that is done, from 0 to 1; undefined at the end. */
  loadProgress(part: number | undefined): void;
  /** A training that was cut off is offered, is another, or is not there any more. */
  unfinished(note: UnfinishedNote | undefined): void;
  /** A training was paused because its network was changed; undefined: somebody has decided. */
  interrupted(note: InterruptedNote | undefined): void;
  /** The profile chosen by the settings. */
  notation(notation: Notation): void;
  /** All kept runs that are on the charts of this page. */
  compared(runs: readonly ComparedRun[]): void;
  /** Shows a table of runs. */
  compare(comparison: Comparison): void;
  /** Selects a place on the canvas; `unfolds`: with its derivation and all its paths. */
  select(target: Target, unfolds?: boolean): void;
  /** Shows the formula lab. */
  openLab(): void;
  /** Begins to step through one forward and one backward pass. */
  stepThrough(): void;
  /** Shows the prediction panel. */
  predict(): void;
  /** Shows what the network makes of its data. */
  openResults(): void;
  /** A command of VS Code's own menu was chosen over the canvas. */
  command(name: DesignerCommand, context: DesignerContext): void;
}
