/** The kept runs that are on the charts: what the host says of them, and their curves once they have come. */
import { History, type MetricsChunk } from '../../src/engine/history';
import type { ComparedRun, Comparison } from '../../src/protocol';
import { messageOf } from '../messageOf';
import { Signal } from '../signal';
import { Told } from '../told';

export interface ComparedWorld {
  /** Rejects with why there are none. */
  curves(id: string): Promise<MetricsChunk>;
  /** On the charts, or not any more. */
  put(id: string, on: boolean): Promise<void>;
  /** Settings and weights into the text. */
  restore(id: string): Promise<void>;
  complain(message: string): void;
}

/** A run on the charts. */
export interface ShownRun extends ComparedRun {
  readonly look: number;
  readonly history: History;
}

/** Tells when there are other runs, or curves more. */
export class Compared extends Signal<[]> {
  /** The table that is open; without `runs`: of those on the charts. */
  readonly table = new Told<Partial<Comparison> | undefined>(undefined);
  readonly #world: ComparedWorld;
  readonly #curves = new Map<string, History>();
  #wanted: readonly ComparedRun[] = [];
  #runs: readonly ShownRun[] = [];

  constructor(world: ComparedWorld) {
    super();
    this.#world = world;
  }

  /** Those whose curves are here; another list when anything is another. */
  get runs(): readonly ShownRun[] {
    return this.#runs;
  }

  /** What the table shows, each as it is on the charts now. */
  get rows(): readonly ComparedRun[] {
    const { value } = this.table;
    const shown = new Map(this.#wanted.map(run => [run.id, run]));
    if (!value?.runs) return this.#wanted;
    return value.runs.map(run => ({ ...run, look: shown.get(run.id)?.look }));
  }

  put(id: string, on: boolean): void {
    this.#world.put(id, on).catch(error => this.#world.complain(messageOf(error)));
  }

  restore(id: string): void {
    this.#world.restore(id).catch(error => this.#world.complain(messageOf(error)));
  }

  /** All that are on the charts from now on. */
  show(wanted: readonly ComparedRun[]): void {
    const known = new Set(wanted.map(({ id }) => id));
    for (const id of this.#curves.keys()) if (!known.has(id)) this.#curves.delete(id);
    const before = new Set(this.#wanted.map(({ id }) => id));
    this.#wanted = wanted;
    for (const { id } of wanted) if (!before.has(id)) void this.#fetch(id);
    this.#tell();
  }

  async #fetch(id: string): Promise<void> {
    try {
      const chunk = await this.#world.curves(id);
      if (!this.#wanted.some(run => run.id === id)) return;
      const history = new History();
      history.append(chunk);
      this.#curves.set(id, history);
      this.#tell();
    } catch (error) {
      this.#world.complain(messageOf(error));
    }
  }

  #tell(): void {
    this.#runs = this.#wanted.flatMap(run => {
      const history = this.#curves.get(run.id);
      return history && run.look !== undefined ? { ...run, look: run.look, history } : [];
    });
    this.tell();
  }
}
