/**
 * Keeps each training when it stops, in a file of its own. One that goes on after a pause is the same run, written anew;
 * one that starts again, or goes another way from an earlier moment, is another.
 */
import { l10n, workspace } from 'vscode';
import type { Disposable, Uri } from 'vscode';
import { METRIC_COLUMNS } from '../engine/history';
import type { MetricsChunk } from '../engine/history';
import { inferShapes } from '../network/shapes';
import type { RunState } from '../protocol';
import type { RunColumns, RunReason, RunResult } from '../runs/run';
import { runFiles } from '../runs/writeRun';
import { nameOf } from './documents';
import type { Documents } from './documents';
import type { KeptRuns } from './keptRuns';
import { messageOf } from './messageOf';
import type { Trained } from './run';
import type { Runs, RunsEvent } from './runs';
import { keptRunsFor } from './settings';
import { Store } from './store';
import { Turns } from './turns';

export interface KeeperWorld {
  readonly documents: Documents;
  readonly runs: Runs;
  readonly kept: KeptRuns;
  readonly notices: { info(message: string): void };
}

/** The trainings of a document since its run last started anew. */
interface Training {
  readonly begun: string;
  readonly text: Uint8Array;
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
      if (event.chunk.restart && !training?.running) this.#trainings.delete(key);
    } else if (event.type === 'state') {
      const isRunning = event.state?.phase === 'running';
      if (isRunning && !training?.running) this.#begin(uri, event.state.step);
      else if (!isRunning && training?.running) this.#end(uri, training, event.state);
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
    const document = this.#world.documents.open().find(open => open.uri.toString() === key);
    const text = new TextEncoder().encode(document?.getText());
    const begun = new Date().toISOString();
    this.#trainings.set(key, { begun, text, from: step, reached: step, running: true });
  }

  #end(uri: Uri, training: Training, state: RunState | undefined): void {
    training.running = false;
    const run = this.#world.runs.get(uri);
    const folder = workspace.getWorkspaceFolder(uri)?.uri;
    const chunk = run?.record.history;
    const most = keptRunsFor(uri);
    const columns = chunk && columnsOf(chunk);
    const end = endOf(state);
    if (!run || !columns || !end || end.steps === training.from) return;
    training.reached = end.steps;
    if (!folder || most === 0 || workspace.fs.isWritableFileSystem(folder.scheme) === false) return;
    // Asked now: what comes next may load another network.
    const trained = run.trained();
    // Heard when its turn has come.
    trained.catch(() => undefined);
    const keep = async (): Promise<void> => {
      const { begun, text } = training;
      const file = workspace.asRelativePath(uri, false);
      const files = await runFiles(
        { file, begun, text, columns, end, ...whole(await trained) },
        crypto.subtle,
      );
      await this.#world.kept.keep(folder, files, most);
    };
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

/** A chunk may have columns behind those that all have. */
type NamedChunk = MetricsChunk & { readonly columns?: readonly string[] };

/** By the names that there are. */
export function columnsOf({ count, values, columns = [] }: NamedChunk): RunColumns {
  const names: readonly string[] = [...METRIC_COLUMNS, ...columns];
  return new Map(names.map((name, i) => [name, values.subarray(i * count, (i + 1) * count)]));
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
