/** Kept runs of the fake host: trainings as they were when a test kept them. */
import { METRIC_COLUMNS, type MetricsChunk } from '../../../src/engine/history';
import type { ComparedRun, Comparison } from '../../../src/protocol';

const LOSSES = ['loss', 'validationLoss'].map(name =>
  METRIC_COLUMNS.findIndex(column => column === name),
);

export class FakeRuns {
  readonly #chunks = new Map<string, MetricsChunk>();
  readonly #recorded: () => MetricsChunk;
  readonly #tell: (runs: readonly ComparedRun[]) => void;
  #runs: readonly ComparedRun[] = [];

  constructor(recorded: () => MetricsChunk, tell: (runs: readonly ComparedRun[]) => void) {
    this.#recorded = recorded;
    this.#tell = tell;
  }

  /** Those on the charts. */
  get shown(): readonly ComparedRun[] {
    return this.#runs.filter(({ look }) => look !== undefined);
  }

  get comparison(): Comparison {
    return { runs: this.#runs };
  }

  /** Keeps the training as it is, with losses `times` as high. */
  keep(run: ComparedRun, times = 1): void {
    const chunk = this.#recorded();
    const values = chunk.values.map((value, i) =>
      LOSSES.includes(Math.floor(i / chunk.count)) ? times * value : value,
    );
    this.#add(run, { ...chunk, values });
  }

  /** Keeps a training of so many epochs that nobody has made. */
  make(run: ComparedRun, epochs: number): void {
    const count = epochs + 1;
    const values = new Float64Array(METRIC_COLUMNS.length * count).fill(NaN);
    for (let row = 0; row < count; row++) {
      const own: Record<string, number> = {
        epoch: row,
        step: 4 * row,
        seconds: row / 100,
        loss: 1 / (1 + row),
      };
      METRIC_COLUMNS.forEach((name, c) => (values[c * count + row] = own[name] ?? NaN));
    }
    this.#add(run, { count, values, restart: true });
  }

  curves(id: string): MetricsChunk {
    const chunk = this.#chunks.get(id);
    if (!chunk) throw new Error(`No run ${id} is kept.`);
    return chunk;
  }

  put(id: string, on: boolean): void {
    const look = this.#runs.findIndex(run => run.id === id);
    this.#runs = this.#runs.map(run =>
      run.id === id ? { ...run, look: on ? look : undefined } : run,
    );
    this.#tell(this.shown);
  }

  #add(run: ComparedRun, chunk: MetricsChunk): void {
    this.#chunks.set(run.id, chunk);
    this.#runs = [...this.#runs, run];
    this.#tell(this.shown);
  }
}
