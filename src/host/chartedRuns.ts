/**
 * The kept runs that are on charts. A designer shows those of its own network, and with them those of other networks:
 * where none is its own, its charts stay as they are.
 */
import { EventEmitter, l10n } from 'vscode';
import type { Disposable, Uri } from 'vscode';
import type { MetricsChunk } from '../engine/history';
import type { ComparedRun } from '../protocol';
import { curvesOf, MOST_COMPARED, settingsOf } from '../runs/comparedRun';
import type { KeptRun, KeptRuns } from './keptRuns';
import { timeOf } from './runsView';
import { Store } from './store';

export class ChartedRuns implements Disposable {
  readonly #kept: KeptRuns;
  readonly #store = new Store();
  readonly #changed = this.#store.add(new EventEmitter<void>());
  /** Others are on the charts, or one of them has another file. */
  readonly onDidChange = this.#changed.event;
  /** Which line each has, by its file. */
  readonly #looks = new Map<string, number>();

  constructor(kept: KeptRuns) {
    this.#kept = kept;
    this.#store.add(
      kept.onDidChange(() => {
        if (this.#looks.size > 0) this.#changed.fire();
      }),
    );
  }

  has({ uri }: Pick<KeptRun, 'uri'>): boolean {
    return this.#looks.has(uri.toString());
  }

  /**
   * Puts runs on the charts, or takes them away. Each keeps its line while it is there.
   *
   * @throws Error where there are more than can be told apart; then nothing has changed
   */
  put(runs: readonly Pick<KeptRun, 'uri'>[], on: boolean): void {
    const keys = runs.map(({ uri }) => uri.toString());
    const fresh = keys.filter(key => !this.#looks.has(key));
    if (on && this.#looks.size + fresh.length > MOST_COMPARED)
      throw new Error(
        l10n.t(
          'The charts show {0} runs at most, and {1} are there. Remove some first.',
          MOST_COMPARED,
          this.#looks.size,
        ),
      );
    for (const key of on ? fresh : keys) {
      if (on) this.#looks.set(key, this.#freeLook());
      else this.#looks.delete(key);
    }
    this.#changed.fire();
  }

  /** As a designer of this network shows them. */
  async of(network: Uri): Promise<readonly ComparedRun[]> {
    // A page that opens does not wait for files that it does not show.
    if (this.#looks.size === 0) return [];
    const all = await this.#kept.list();
    this.#forget(all);
    const shown = all.filter(run => this.has(run));
    const isOwn = shown.some(run => run.network?.toString() === network.toString());
    return isOwn ? shown.flatMap(run => this.compared(run) ?? []) : [];
  }

  /** Undefined where the file is none of a run. */
  compared(run: KeptRun): ComparedRun | undefined {
    const { summary, uri, stamp = '' } = run;
    if (!summary) return undefined;
    const { head, result, shares } = summary;
    return {
      id: `${uri.toString()} ${stamp}`,
      name: timeOf(summary),
      file: head.file,
      look: this.#looks.get(uri.toString()),
      ...(head.sweep !== undefined && { sweep: head.sweep }),
      settings: settingsOf(head),
      ...(result && { reason: result.reason }),
      epochs: result?.epochs ?? NaN,
      seconds: result?.seconds ?? NaN,
      best: result?.best?.loss ?? NaN,
      loss: result?.loss ?? NaN,
      ...shares,
      hasWeights: (result?.parameters ?? result?.weights) !== undefined,
    };
  }

  /** The run that a page calls so. Rejects where its file is gone, or another one. */
  async find(id: string): Promise<KeptRun> {
    const all = await this.#kept.list();
    const found = all.find(({ uri, stamp = '' }) => `${uri.toString()} ${stamp}` === id);
    if (found) return found;
    throw new Error(l10n.t('This run is not kept any more.'));
  }

  async curves(id: string): Promise<MetricsChunk> {
    const { columns } = await this.#kept.read((await this.find(id)).uri);
    return curvesOf(columns);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #freeLook(): number {
    const taken = new Set(this.#looks.values());
    let look = 0;
    while (taken.has(look)) look++;
    return look;
  }

  /** What was deleted makes room. */
  #forget(all: readonly KeptRun[]): void {
    const known = new Set(all.map(({ uri }) => uri.toString()));
    for (const key of this.#looks.keys()) if (!known.has(key)) this.#looks.delete(key);
  }
}
