/** Sweeps in the background, with the real session, beside a document that stays as it is. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { SweepAxes } from '../../src/runs/sweep';
import { asAxes } from '../../src/host/sweepAxes';
import { chooseSweep } from '../../src/host/sweepChoice';
import { Sweeps } from '../../src/host/sweeps';
import { parseNetwork } from '../../src/network/parse';
import type { Comparison } from '../../src/protocol';
import type { WorkerPort } from '../../src/host/platform';
import { example } from './support/example';
import { openPage } from './support/page';
import type { OpenPage } from './support/page';
import { sessionPort } from './support/session';
import { EventEmitter, window } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

const XOR = example('xor');

let world: OpenPage;
let sweeps: Sweeps;
const spawned: WorkerPort[] = [];
const closers: { dispose(): void }[] = [];
/** A worker; a test puts another in its place. */
let spawn = sessionPort;

function openSweeps(text: string): void {
  world = openPage(text);
  const { host, kept, charted, designers } = world;
  const { documents, unfinished } = host;
  const spawnWorker = async (): Promise<WorkerPort> => {
    const port = spawn();
    spawned.push(port);
    return port;
  };
  const notices = { info: vi.fn() } as never;
  sweeps = new Sweeps({
    documents,
    kept,
    charted,
    designers,
    world: { documents, notices, spawnWorker, unfinished },
  });
  closers.push(designers, charted, kept, host.runs);
}

beforeEach(() => {
  spawned.length = 0;
  spawn = sessionPort;
  openSweeps(XOR);
  return () => {
    vi.restoreAllMocks();
    closers.splice(0).forEach(item => item.dispose());
  };
});

const compared = (): Comparison | undefined =>
  world.page.told.filter(({ name }) => name === 'compare').at(-1)?.args[0] as Comparison;

const run = (axes: SweepAxes) => sweeps.sweep(world.host.uri, axes);

describe('a sweep', () => {
  it('keeps each training, and ends as a table; the text stays as it is', async () => {
    await world.page.remote.ready();
    const { undoSteps } = world.host.document;
    const uris = await run({ rates: [0.1, 0.5], seeds: [1, 2], units: [3, 5], epochs: 4 });
    expect(uris).toHaveLength(8);
    expect(spawned).toHaveLength(8);
    expect(world.host.document.getText()).toBe(XOR);
    expect(world.host.document.undoSteps).toBe(undoSteps);
    await vi.waitFor(() => expect(compared()?.runs).toHaveLength(8));
    const { title, runs } = compared()!;
    expect(title).toBe('learningRate 0.1, 0.5 · units 3, 5 · seed 1, 2');
    const settings = runs.map(each => [
      each.settings['optimizer.learningRate'],
      each.settings['layers[0].units'],
      each.settings.seed,
    ]);
    expect(new Set(settings.map(String)).size).toBe(8);
    expect(settings[0]).toEqual(['0.1', '3', '1']);
    for (const each of runs)
      expect(each).toMatchObject({ sweep: title, epochs: 4, reason: 'epochs', hasWeights: true });
  });

  it('has the numbers of a training alone', async () => {
    const uris = await run({ seeds: [7], epochs: 6 });
    const { columns } = await world.kept.read(uris![0]);
    await world.host.runs.use(world.host.uri, async own => {
      await own.train({ epochs: 6 });
      await own.whenStopped();
      const { values, count } = own.record.history!;
      expect([...columns.get('loss')!]).toEqual([...values.subarray(3 * count, 4 * count)]);
    });
  });

  it('goes into the text from the table: rate, units, seed and weights as one undo step', async () => {
    await world.page.remote.ready();
    await run({ rates: [0.25], seeds: [9], units: [6], epochs: 3 });
    await vi.waitFor(() => expect(compared()?.runs).toHaveLength(1));
    const { undoSteps } = world.host.document;
    await world.page.remote.restoreRun(compared()!.runs[0].id);
    const { network } = parseNetwork(world.host.document.getText());
    expect(network).toMatchObject({
      seed: 9,
      training: { optimizer: { learningRate: 0.25 } },
      layers: [{ units: 6 }, { units: 1 }],
    });
    const [layer] = network!.layers as readonly { readonly weights: readonly unknown[] }[];
    expect(layer.weights).toHaveLength(6);
    expect(world.host.document.undoSteps).toBe(undoSteps + 1);
    const loss = await world.host.runs.use(world.host.uri, async own => {
      await own.looks();
      return own.record.state?.loss;
    });
    expect(loss).toBe(compared()!.runs[0].loss);
    world.host.document.undo();
    expect(world.host.document.getText()).toBe(XOR);
  });

  it('is cancelled between and within trainings; what was trained stays', async () => {
    const cancelled = new EventEmitter<void>();
    const token = { isCancellationRequested: false, onCancellationRequested: cancelled.event };
    vi.spyOn(window, 'withProgress').mockImplementation((_, task) => {
      const report = (told?: { message?: string }): void => {
        if (!told?.message?.startsWith('2 of 3') || token.isCancellationRequested) return;
        token.isCancellationRequested = true;
        cancelled.fire();
      };
      return task({ report }, token);
    });
    expect(await run({ seeds: [1, 2, 3], epochs: 2 })).toHaveLength(1);
    expect(await world.kept.list()).toHaveLength(1);
  });

  it('says where it ended, and shows what it has', async () => {
    await world.page.remote.ready();
    const good = sessionPort;
    spawn = () => {
      if (spawned.length === 1) throw new Error('no worker is left');
      return good();
    };
    await expect(run({ seeds: [1, 2], epochs: 2 })).rejects.toThrow(
      'The sweep ended at seed 2: no worker is left',
    );
    await vi.waitFor(() => expect(compared()?.runs).toHaveLength(1));
  });

  it('is one after the other, also of two that were started', async () => {
    let most = 0;
    let now = 0;
    spawn = () => {
      most = Math.max(most, ++now);
      const port = sessionPort();
      return { ...port, dispose: () => (now--, port.dispose()) };
    };
    const both = await Promise.all([
      run({ seeds: [1, 2], epochs: 2 }),
      run({ seeds: [3], epochs: 2 }),
    ]);
    expect(both.map(uris => uris?.length)).toEqual([2, 1]);
    expect(most).toBe(1);
  });

  it('is refused with a sentence without data, and where nothing can be tried', async () => {
    await expect(run({ units: [3], layer: 1 })).rejects.toThrow('layers[0], found layers[1]');
    openSweeps(XOR.replace(/,\s*"data": \{.*\}\s*\}\s*$/, '}'));
    await expect(run({ seeds: [1] })).rejects.toThrow(
      'A sweep trains, and net.nn.json has no data.',
    );
  });
});

describe('what is asked for a sweep', () => {
  const { network } = parseNetwork(XOR);

  function answers(picks: Record<string, unknown>, typed: Record<string, string>): void {
    const of = <T>(table: Record<string, T>, title = ''): T | undefined =>
      Object.entries(table).find(([key]) => title.includes(key))?.[1];
    vi.spyOn(window, 'showQuickPick').mockImplementation((async (
      items: { label: string }[],
      { title, ignoreFocusOut }: { title?: string; ignoreFocusOut?: boolean },
    ) => {
      expect(ignoreFocusOut).toBe(true);
      const wanted = of(picks, title);
      if (Array.isArray(wanted)) return items.filter(({ label }) => wanted.includes(label));
      return items.find(({ label }) => label === wanted);
    }) as never);
    vi.spyOn(window, 'showInputBox').mockImplementation((async (options: {
      title: string;
      value: string;
      ignoreFocusOut?: boolean;
      validateInput(text: string): string | undefined;
    }) => {
      expect(options.ignoreFocusOut).toBe(true);
      expect(options.validateInput(options.value)).toBeUndefined();
      expect(options.validateInput('many')).toMatch(/please\.$/);
      return of(typed, options.title) ?? options.value;
    }) as never);
  }

  it('are lists and epochs; how many trainings that is, is said before it starts', async () => {
    answers(
      {
        'what shall': ['Learning rates', 'Seeds', 'Units of a layer'],
        Sweep: 'Start 12 trainings',
      },
      { rates: '0.1; 0.2', seeds: '4 5', epochs: ' 30 ' },
    );
    expect(await chooseSweep(network!)).toEqual({
      rates: [0.1, 0.2],
      seeds: [4, 5],
      layer: 0,
      units: [2, 4, 8],
      epochs: 30,
    });
  });

  it('may be given up at each question', async () => {
    answers({ 'what shall': [] }, {});
    expect(await chooseSweep(network!)).toBeUndefined();
    answers({ 'what shall': ['Seeds'], Sweep: 'nothing' }, {});
    expect(await chooseSweep(network!)).toBeUndefined();
  });

  it('may come from a caller; what is no list of such numbers is left out', () => {
    expect(asAxes({ rates: [0.1], seeds: [1.5], units: [], epochs: 3 })).toEqual({
      rates: [0.1],
      epochs: 3,
    });
    for (const value of [undefined, null, 'a', {}, { epochs: 3 }, { rates: 'many' }])
      expect(asAxes(value)).toBeUndefined();
  });
});
