/** What is known about a run: its state, history, data and gradcheck, and the telling of their changes. */
import { EventEmitter } from 'vscode';
import type { Disposable } from 'vscode';
import { History } from '../engine/history';
import type { MetricsChunk } from '../engine/history';
import type { LossTrend } from '../engine/health/alarm';
import type { HealthNote } from '../explain/health';
import type { SettingChange } from '../network/tuningChanges';
import type {
  DataIssue,
  DataSummary,
  GradcheckState,
  InterruptedNote,
  RunState,
  UnfinishedNote,
} from '../protocol';
import type { Begun } from '../runs/unfinished';
import { same } from './compare';
import { Store } from './store';

export type RunEvent =
  | { readonly type: 'state'; readonly state: RunState | undefined }
  | { readonly type: 'metrics'; readonly chunk: MetricsChunk }
  | { readonly type: 'gradcheck'; readonly state: GradcheckState }
  | { readonly type: 'health'; readonly notes: readonly HealthNote[] }
  /** Of data that are being read, the part that is done; undefined when they are there. */
  | { readonly type: 'loading'; readonly part: number | undefined }
  /** A training that was cut off is offered, or not any more. */
  | { readonly type: 'unfinished'; readonly note: UnfinishedNote | undefined }
  /** A training that a change has paused waits for an answer, or not any more. */
  | { readonly type: 'interrupted'; readonly note: InterruptedNote | undefined }
  /** The summary or the issues of the data are others. */
  | { readonly type: 'data' };

export class RunRecord implements Disposable {
  readonly #store = new Store();
  readonly #events = this.#store.add(new EventEmitter<RunEvent>());
  readonly onDidChange = this.#events.event;
  /** When the trainings since the run last started anew have begun. */
  begun: Begun | undefined;
  #history = new History();
  /** What is shown instead. */
  #past: MetricsChunk | undefined;
  #unfinished: UnfinishedNote | undefined;
  #interrupted: InterruptedNote | undefined;
  #state: RunState | undefined;
  #ahead = false;
  #data: DataSummary | undefined;
  #issues: readonly DataIssue[] = [];
  #loadPart: number | undefined;
  #gradcheck: GradcheckState = { type: 'none' };
  #health: readonly HealthNote[] = [];

  get state(): RunState | undefined {
    return this.#state;
  }

  get running(): boolean {
    return this.#state?.phase === 'running';
  }

  /** Whether a training or a step goes on: it runs, or the loss of the place at which it was paused is being computed. */
  get busy(): boolean {
    return this.running || this.settling;
  }

  /** Whether it is paused, and the loss of that place is being computed. */
  get settling(): boolean {
    return this.#state?.settling === true;
  }

  /** Whether the run has parameters that the text does not have. */
  get ahead(): boolean {
    return this.#ahead;
  }

  get data(): DataSummary | undefined {
    return this.#data;
  }

  /** What is wrong or worth knowing about the data. */
  get issues(): readonly DataIssue[] {
    return this.#issues;
  }

  /** Of data whose reading takes long, the part that is done, from 0 to 1. */
  get loadPart(): number | undefined {
    return this.#loadPart;
  }

  get gradcheck(): GradcheckState {
    return this.#gradcheck;
  }

  /** What is wrong with the network as it runs. */
  get health(): readonly HealthNote[] {
    return this.#health;
  }

  /**
   * The latest losses up to where the run is, at most `count`; undefined before anything was trained. What came after a
   * moment that was restored belongs to no trend.
   */
  losses(count: number): LossTrend | undefined {
    const rows = this.running || !this.#state ? Infinity : this.#history.rowsUpTo(this.#state.step);
    const all = this.#history.column('loss').subarray(0, rows);
    return all.length > 1 ? { start: all[0], recent: [...all.slice(-count)] } : undefined;
  }

  /** Everything recorded so far, for a designer that has just opened. */
  get history(): MetricsChunk | undefined {
    if (this.#past) return this.#past;
    return this.#history.count > 0 ? this.#history.toChunk() : undefined;
  }

  /** A training that was cut off, and that one can go on with. */
  get unfinished(): UnfinishedNote | undefined {
    return this.#unfinished;
  }

  /** A training that was paused because its network was changed, until somebody has decided. */
  get interrupted(): InterruptedNote | undefined {
    return this.#interrupted;
  }

  /** Epoch and loss as they were last known, also while training goes on; NaN before there are any. */
  get latest(): { readonly epoch: number; readonly loss: number } {
    const recorded = { epoch: this.#history.at('epoch', -1), loss: this.#history.at('loss', -1) };
    // Single steps are not recorded as epochs: then the state knows more.
    return this.busy || !this.#state ? recorded : this.#state;
  }

  setState(state: RunState | undefined): void {
    this.#state = state;
    this.#events.fire({ type: 'state', state });
  }

  setAhead(ahead: boolean): void {
    if (ahead === this.#ahead) return;
    this.#ahead = ahead;
    this.#events.fire({ type: 'state', state: this.#state });
  }

  append(chunk: MetricsChunk): void {
    this.#history.append(chunk);
    if (this.#past) this.showPast(undefined);
    else this.#events.fire({ type: 'metrics', chunk });
  }

  /** Settings were changed where a training has come to. At its start nothing was changed on the way. */
  markChange(
    { epoch, step, seconds }: Pick<RunState, 'epoch' | 'step' | 'seconds'>,
    changes: readonly SettingChange[],
  ): void {
    if (step === 0 || changes.length === 0) return;
    const marks = [{ epoch, step, seconds, changes }];
    this.append({ count: 0, values: new Float64Array(0), restart: false, marks });
  }

  /** Shows the curves of an earlier training until something is recorded; undefined: those of this run again. */
  showPast(chunk: MetricsChunk | undefined): void {
    if (chunk === this.#past) return;
    this.#past = chunk;
    const shown = chunk ?? this.#history.toChunk();
    this.#events.fire({ type: 'metrics', chunk: { ...shown, restart: true } });
  }

  /** Told only where it is another. */
  setUnfinished(note: UnfinishedNote | undefined): void {
    if (same(note, this.#unfinished)) return;
    this.#unfinished = note;
    this.#events.fire({ type: 'unfinished', note });
  }

  /** Told only where it is another. */
  setInterrupted(note: InterruptedNote | undefined): void {
    if (same(note, this.#interrupted)) return;
    this.#interrupted = note;
    this.#events.fire({ type: 'interrupted', note });
  }

  /** Forgets what was recorded: there is nothing to draw any more. */
  clearHistory(): void {
    if (this.#history.count > 0)
      this.append({ count: 0, values: new Float64Array(0), restart: true });
  }

  setData(data: DataSummary | undefined, issues: readonly DataIssue[]): void {
    this.#data = data;
    this.#issues = issues;
    this.#events.fire({ type: 'data' });
  }

  /** Told only where it is another. */
  setLoadPart(part: number | undefined): void {
    if (part === this.#loadPart) return;
    this.#loadPart = part;
    this.#events.fire({ type: 'loading', part });
  }

  setGradcheck(state: GradcheckState): void {
    this.#gradcheck = state;
    this.#events.fire({ type: 'gradcheck', state });
  }

  /** Told only where something is new. */
  setHealth(notes: readonly HealthNote[]): void {
    if (same(notes, this.#health)) return;
    this.#health = notes;
    this.#events.fire({ type: 'health', notes });
  }

  /** The parameters or the network are others than those that were checked. */
  outdateGradcheck(): void {
    const state = this.#gradcheck;
    if (state.type === 'done' && !state.stale) this.setGradcheck({ ...state, stale: true });
    if (state.type === 'failed') this.setGradcheck({ type: 'none' });
  }

  dispose(): void {
    this.#store.dispose();
  }
}
