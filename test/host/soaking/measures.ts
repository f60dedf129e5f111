/** What a soak measures, and what of it may climb. */
import { workspace } from 'vscode';
import { expect } from 'vitest';
import { driftTable, judgeDrift } from '../drift';
import type { Measure, Verdict } from '../drift';
import { engines, held, residentEngines } from '../engines';
import { ask } from '../errand';
import type { PageHeld } from '../messages';
import { act, eventually, listeners } from '../ui';

/** Megabytes of memory, or a number of things. */
const MB = 1e6;

/**
 * By name. In the heaps is also what V8 compiles of code that is run for the first time, for a long while, and what VS Code
 * keeps of editors that were closed (see `cycles`). Whoever drives pages keeps hold of some that are closed, with their
 * documents and nodes. What a process has of the machine's memory depends on when it was last collected.
 */
const MEASURES: readonly Measure[] = [
  { name: 'host heap', unit: 'MB', limit: 24, noise: 3 },
  { name: 'host arrays', unit: 'MB', limit: 3, noise: 1 },
  { name: 'host memory', unit: 'MB', limit: 120, noise: 60 },
  { name: 'engine memory', unit: 'MB', limit: 120, noise: 60 },
  { name: 'threads', unit: '', limit: 2, noise: 1 },
  { name: 'handles', unit: '', limit: 2, noise: 1 },
  { name: 'timers', unit: '', limit: 4, noise: 2 },
  { name: 'page heap', unit: 'MB', limit: 48, noise: 5 },
  { name: 'page nodes', unit: '', limit: 20_000, noise: 2_000 },
  { name: 'page documents', unit: '', limit: 80, noise: 8 },
  { name: 'page listeners', unit: '', limit: 1_500, noise: 200 },
  { name: 'lasting listeners', unit: '', limit: 2, noise: 1 },
  { name: 'text documents', unit: '', limit: 2, noise: 1 },
];

type Values = Readonly<Record<string, number>>;

interface Row {
  readonly part: string;
  readonly hours: number;
  readonly rounds: number;
  readonly actions: number;
  readonly values: Values;
}

/** How often something is measured while the soak lasts: more would be rounds that are not made. */
const TIMES = 48;

export class Measurements {
  readonly #rows: Row[] = [];
  readonly #file: string;
  readonly #began = Date.now();
  readonly #every: number;
  #next = 0;

  /** @param file where the rows are kept, so that a soak that is broken off has some, too */
  constructor(file: string, minutes: number) {
    this.#file = file;
    this.#every = (minutes * 60_000) / TIMES;
  }

  get hours(): number {
    return (Date.now() - this.#began) / 3_600_000;
  }

  /** Whether it is time to measure again. */
  get due(): boolean {
    return Date.now() >= this.#next;
  }

  /** @param part of the soak: what is open while it measures. Nothing may compute. */
  async take(part: string, counts: { readonly rounds: number; readonly actions: number }) {
    const { hours } = this;
    this.#rows.push({ part, hours, ...counts, values: await measured() });
    this.#next = Date.now() + this.#every;
    const names = MEASURES.map(({ name }) => name).filter(name => name in this.#rows[0].values);
    const line = ({ part, hours, rounds, actions, values }: Row): string =>
      [part, (hours * 60).toFixed(2), rounds, actions, ...names.map(name => values[name])].join(
        ',',
      );
    const head = ['part', 'minutes', 'rounds', 'actions', ...names].join(',');
    return ask('keep', {
      name: `${this.#file}.csv`,
      text: [head, ...this.#rows.map(line), ''].join('\n'),
    });
  }

  /** The verdicts on a part, and its table, line by line. */
  judge(part: string): { readonly verdicts: readonly Verdict[]; readonly table: string[] } {
    const rows = this.#rows.filter(row => row.part === part);
    const known = MEASURES.filter(({ name }) => rows.every(({ values }) => name in values));
    const verdicts = known.map(measure =>
      judgeDrift(
        measure,
        rows.map(({ hours, values }) => ({ hours, value: values[measure.name] })),
      ),
    );
    const curves = new Map(
      known.map(({ name }) => [name, rows.map(({ values }) => values[name])] as const),
    );
    return { verdicts, table: driftTable(verdicts, curves) };
  }
}

async function measured(): Promise<Values> {
  const page = await act<PageHeld>({ do: 'held' });
  const host = held();
  return {
    ...(host && {
      'host heap': host.heap / MB,
      'host arrays': host.arrays / MB,
      'host memory': host.resident / MB,
      'engine memory': residentEngines() / MB,
      threads: host.threads,
      handles: host.handles.length,
      timers: host.timers,
    }),
    'page heap': page.heap / MB,
    'page nodes': page.nodes,
    'page documents': page.documents,
    'page listeners': page.listeners,
    'lasting listeners': (await listeners()).length,
    'text documents': workspace.textDocuments.length,
  };
}

/** Once the last engine has ended: one stays for a moment, in case that its network is opened again. */
export const enginesEnded = (): Promise<void> =>
  eventually(() => {
    expect(engines()).toEqual([]);
    const ports = held()?.handles.filter(name => name === 'MessagePort');
    if (ports) expect(ports).toHaveLength(1);
  }, 40);
