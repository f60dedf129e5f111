/**
 * Keeps each training when it stops, in a file of its own. One that goes on after a pause is the same run, written anew;
 * one that starts again, or goes another way from an earlier moment, is another.
 */
import { l10n, Uri, workspace } from 'vscode';
import type { Disposable } from 'vscode';
import { inferShapes } from '../network/shapes';
import type { RunState } from '../protocol';
import type { RunReason, RunResult } from '../runs/run';
import type { Begun, Unfinished } from '../runs/unfinished';
import { runFiles } from '../runs/writeRun';
import { columnsOf, cutOffRun } from './cutOffRun';
import { nameOf } from './documents';
import type { Documents } from './documents';
import type { KeptRuns } from './keptRuns';
import { messageOf } from './messageOf';
import type { Runs, RunsEvent } from './runs';
import { keptRunsFor } from './settings';
import { Store } from './store';
import type { Trained } from './trainedNetwork';
import { Turns } from './turns';
import type { UnfinishedFiles } from './unfinishedFiles';

export interface KeeperWorld {
  readonly documents: Documents;
  readonly runs: Runs;
  readonly kept: KeptRuns;
  readonly unfinished: UnfinishedFiles;
  readonly notices: { info(message: string): void };
}

/** The trainings of a document since its run last started anew. */
interface Training {
  readonly begun: Begun;
  /** Updates when it last started, and when it last stopped. */
  from: number;
  reached: number;
  running: boolean;
}

export class RunKeeper implements Disposable {
  readonly #world: KeeperWorld;
  readonly #store = new Store();
  readonly #turns = new Turns();
  readonly #trainings = new Map<string, Training>();

  constructor(world: KeeperWorld) {
    this.#world = world;
    this.#store.add(world.runs.onDidChange(event => this.#hear(event)));
  }

  /** Resolves when every training that has stopped so far is kept. */
  whenKept(): Promise<void> {
    return this.#turns.take(async () => {});
  }

  dispose(): void {
    this.#store.dispose();
  }

  #hear({ uri, event }: RunsEvent): void {
    const key = uri.toString();
    const training = this.#trainings.get(key);
    if (!event) {
      if (!this.#world.runs.get(uri)) this.#trainings.delete(key);
    } else if (event.type === 'metrics') {
      if (event.chunk.restart && !training?.running) this.#forget(uri);
    } else if (event.type === 'state') {
      const isRunning = event.state?.phase === 'running';
      if (isRunning && !training?.running) this.#begin(uri, event.state.step);
      // Paused, it may go on, or turn out to have diverged, until its loss is known.
      else if (!isRunning && !event.state?.settling && training?.running)
        this.#end(uri, training, event.state);
    }
  }

  #begin(uri: Uri, step: number): void {
    const key = uri.toString();
    const before = this.#trainings.get(key);
    if (before && step >= before.reached) {
      before.from = step;
      before.running = true;
      return;
    }
    const record = this.#world.runs.get(uri)?.record;
    // One that was cut off, and goes on, has begun before.
    const begun = (before ? undefined : record?.begun) ?? this.#begunNow(key);
    if (record) record.begun = begun;
    this.#trainings.set(key, { begun, from: step, reached: step, running: true });
  }

  #begunNow(key: string): Begun {
    const document = this.#world.documents.open().find(({ uri }) => uri.toString() === key);
    const text = new TextEncoder().encode(document?.getText());
    return { at: new Date().toISOString(), text };
  }

  /** The run starts anew. */
  #forget(uri: Uri): void {
    this.#trainings.delete(uri.toString());
    const record = this.#world.runs.get(uri)?.record;
    if (record) record.begun = undefined;
  }

  #end(uri: Uri, training: Training, state: RunState | undefined): void {
    training.running = false;
    const run = this.#world.runs.get(uri);
    const chunk = run?.record.history;
    const columns = chunk && columnsOf(chunk);
    const end = endOf(state);
    // Where the engine was lost, the weights are with it: what was kept on the way is the run.
    if (!state) this.#keepLost(uri);
    if (!run || !columns || !end || end.steps === training.from) return;
    training.reached = end.steps;
    const place = placeOf(uri);
    if (!place) return;
    // Asked now: what comes next may load another network.
    const trained = run.trained();
    // Heard when its turn has come.
    trained.catch(() => undefined);
    const { at: begun, text } = training.begun;
    this.#keep(uri, async () => {
      const file = workspace.asRelativePath(uri, false);
      const { marks: changes } = chunk;
      const what = { file, begun, text, columns, end, changes, ...whole(await trained) };
      const files = await runFiles(what, crypto.subtle);
      await this.#world.kept.keep(place.folder, files, place.most);
    });
  }

  /** Trainings that windows before this have left are runs, too: those that were cut off. */
  async keepLeft(): Promise<void> {
    for (const unfinished of await this.#world.unfinished.left()) this.#keepCutOff(unfinished);
  }

  #keepLost(uri: Uri): void {
    const unfinished = this.#world.unfinished.held(uri);
    if (unfinished) this.#keepCutOff(unfinished);
  }

  /** Whoever has deleted the run's file, or wants none, gets none. */
  #keepCutOff(unfinished: Unfinished): void {
    const uri = Uri.parse(unfinished.uri);
    const place = placeOf(uri);
    if (!place) return;
    this.#keep(uri, async () => {
      const run = cutOffRun(unfinished, workspace.asRelativePath(uri, false));
      if (!run) return;
      const files = await runFiles(run, crypto.subtle);
      if (!(await this.#world.kept.has(place.folder, files)))
        await this.#world.kept.keep(place.folder, files, place.most);
    });
  }

  #keep(uri: Uri, keep: () => Promise<void>): void {
    void this.#turns.take(() => keep().catch((error: unknown) => this.#tell(uri, error)));
  }

  #tell(uri: Uri, error: unknown): void {
    const name = nameOf({ uri });
    this.#world.notices.info(
      l10n.t('The training of {0} was not kept: {1}', name, messageOf(error)),
    );
  }
}

/** Throws when the parameters are of another network: it was loaded meanwhile. */
function whole(trained: Trained): Trained {
  const { stored } = inferShapes(trained.network);
  if (trained.parameters.length === stored) return trained;
  throw new Error(l10n.t('the network was changed at the same moment.'));
}

/** The folder whose runs are kept there, and how many; undefined where none are. */
function placeOf(uri: Uri): { readonly folder: Uri; readonly most: number } | undefined {
  const folder = workspace.getWorkspaceFolder(uri)?.uri;
  const most = keptRunsFor(uri);
  if (!folder || most === 0 || workspace.fs.isWritableFileSystem(folder.scheme) === false) return;
  return { folder, most };
}

type End = Pick<RunResult, 'reason' | 'epochs' | 'steps' | 'seconds' | 'loss'>;

/** Undefined where the engine was lost, and the weights with it. */
export function endOf(state: RunState | undefined): End | undefined {
  if (!state) return undefined;
  const { epoch, step, seconds, loss } = state;
  return { reason: reasonOf(state), epochs: epoch, steps: step, seconds, loss };
}

function reasonOf(state: RunState): RunReason {
  if (state.phase === 'finished') return state.reason;
  return state.phase === 'diverged' ? 'diverged' : 'paused';
}
