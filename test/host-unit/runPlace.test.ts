/** Where a run is computed: how it is chosen, how it moves, and what happens when a process fails. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EnginePlace } from '../../src/enginePlace';
import type { WorkerPort } from '../../src/host/platform';
import type { Run } from '../../src/host/run';
import { createHostWith, settled, TEXT } from './support/host';
import type { Host } from './support/host';
import { sessionPort } from './support/session';
import { editor } from './support/vscode';
import { FakeWorker } from './support/worker';

vi.mock('vscode', () => import('./support/vscode'));

/** Steps over 5,000 samples: they take milliseconds. */
const ALL = TEXT.replace(
  '{ "type": "dense", "units": 1,',
  '{ "type": "dense", "units": 500, "activation": "tanh" },\n    { "type": "dense", "units": 1,',
)
  .replace(/"inline": .*\]/, '"generator": "plane", "samples": 5000')
  .replace('"epochs": 3', '"epochs": 3, "batchSize": "all"');
/** The same network with one sample a step: short. */
const SHORT = ALL.replace('"all"', '1');

interface Spawned {
  readonly place: EnginePlace;
  readonly worker: FakeWorker;
}

let host: Omit<Host, 'workers'>;
let run: Run;
let spawned: Spawned[];
/** Thrown by the next starts of processes. */
let failures: Error[];

beforeEach(() => editor.reset());
afterEach(() => host.runs.dispose());

const line = (): string | undefined => editor.log.at(-1);
const last = (): Spawned => spawned[spawned.length - 1];
const places = (): EnginePlace[] => spawned.map(({ place }) => place);

/** `ready` is called with each worker before the host has it. */
async function open(
  text: string,
  { wide = true, ready = (_: Spawned) => {}, setting = '' } = {},
): Promise<void> {
  spawned = [];
  failures = [];
  const spawn = (place: EnginePlace): WorkerPort => {
    const failure = place === 'process' ? failures.shift() : undefined;
    if (failure) throw failure;
    const worker = new FakeWorker();
    spawned.push({ place, worker });
    ready(last());
    return worker.port();
  };
  host = createHostWith(spawn, text, () => Promise.resolve(wide));
  if (setting) editor.configure('nabla.engine', setting);
  run = host.runs.acquire(host.uri).run;
  run.start();
  await settled();
}

async function configure(setting: string): Promise<void> {
  editor.configure('nabla.engine', setting);
  await settled();
}

async function change(text: string): Promise<void> {
  host.document.change(text);
  await settled();
}

describe('the setting nabla.engine', () => {
  it('auto: a thread for short steps, and the log says so', async () => {
    await open(TEXT);
    expect(places()).toEqual(['thread']);
    expect(last().worker.loads[0].engine).toBe('auto');
    expect(line()).toMatch(
      /^net\.nn\.json: reference in a thread \(step ≈ [\de.-]+ ms, too short .*; the only one in this test\)$/,
    );
  });

  it('auto: a process for long ones, at once', async () => {
    await open(ALL);
    expect(places()).toEqual(['process']);
    expect(last().worker.loads).toHaveLength(1);
    expect(line()).toMatch(/: reference in a process \(step ≈ 1\.\d ms, long enough/);
  });

  it('auto: a thread where the runtime has nothing wider', async () => {
    await open(ALL, { wide: false });
    expect(places()).toEqual(['thread']);
    expect(line()).toContain('this runtime has no wider WebAssembly');
  });

  it.each([
    ['thread', ALL, 'thread', 'auto'],
    ['process', TEXT, 'process', 'auto'],
    ['reference', ALL, 'thread', 'reference'],
    ['nonsense', TEXT, 'thread', 'auto'],
  ])('%s does as it says', async (setting, text, place, engine) => {
    await open(text, { setting });
    expect(places()).toEqual([place]);
    expect(last().worker.loads[0].engine).toBe(engine);
  });

  it('has no process where there are none', async () => {
    spawned = [];
    host = createHostWith(() => sessionPort());
    editor.configure('nabla.engine', 'process');
    run = host.runs.acquire(host.uri).run;
    run.start();
    await settled();
    expect(run.record.state?.phase).toBe('idle');
    expect(line()).toContain('there are no processes here');
  });

  it('counts from the next load, which comes at once, and keeps what was trained', async () => {
    await open(TEXT);
    editor.configure('nabla.train.writeBack', 'never');
    await run.step('epoch');
    const [first] = spawned;
    await configure('process');
    expect(places()).toEqual(['thread', 'process']);
    expect(first.worker.disposed).toBe(true);
    expect(last().worker.values).toEqual(first.worker.values);
    expect(run.record.ahead).toBe(true);
    await run.writeWeights();
    expect(host.document.getText()).toContain('1.5');
  });

  it('changes the arithmetic without another worker', async () => {
    await open(TEXT);
    await configure('reference');
    expect(places()).toEqual(['thread']);
    expect(
      last().worker.loads.map(({ engine, keepParameters }) => [engine, keepParameters]),
    ).toEqual([
      ['auto', false],
      ['reference', true],
    ]);
    expect(line()).toContain('as nabla.engine says; it was asked for');
  });

  it('nabla.threads goes with each load, and counts from the next one', async () => {
    await open(ALL);
    editor.configure('nabla.threads', '3');
    await settled();
    expect(line()).toMatch(/; the only one in this test; 3 threads: as asked for\)$/);
    editor.configure('nabla.threads', 'many');
    await settled();
    expect(places()).toEqual(['process']);
    expect(last().worker.loads.map(({ threads }) => threads)).toEqual(['auto', 3, 'auto']);
  });

  it('nabla.fastMaths changes the arithmetic wherever it is computed, not that of the reference', async () => {
    await open(TEXT);
    const set = async (name: string, value: unknown): Promise<unknown> => {
      editor.configure(`nabla.${name}`, value);
      await settled();
      return last().worker.loads.at(-1)?.engine;
    };
    expect(await set('fastMaths', true)).toBe('fast');
    expect(await set('engine', 'process')).toBe('fast');
    expect(places()).toEqual(['thread', 'process']);
    expect(await set('engine', 'reference')).toBe('reference');
    expect(await set('engine', 'auto')).toBe('fast');
    expect(await set('fastMaths', 'yes')).toBe('auto');
  });

  it('waits for a training to end', async () => {
    await open(TEXT);
    await run.train();
    await configure('process');
    await run.looks();
    expect(places()).toEqual(['thread']);
    last().worker.advance(1);
    await run.pause();
    await settled();
    expect(places()).toEqual(['thread', 'process']);
    expect(last().worker.values).toEqual([1.5, 1.5, 1]);
    expect(host.document.getText()).toContain('1.5');
  });

  it('wakes no run that nobody has needed', async () => {
    await open(TEXT);
    const asleep = createHostWith(() => {
      throw new Error('started');
    });
    asleep.runs.acquire(asleep.uri);
    await configure('process');
    asleep.runs.dispose();
  });
});

describe('a change of the text', () => {
  it('moves the run when its steps become long, and back when they become short', async () => {
    await open(SHORT);
    const [first] = spawned;
    await change(ALL);
    expect(places()).toEqual(['thread', 'process']);
    expect(first.worker.disposed).toBe(true);
    await change(SHORT);
    expect(places()).toEqual(['thread', 'process', 'thread']);
    expect(spawned[1].worker.disposed).toBe(true);
  });

  it('takes trained parameters along that no text has', async () => {
    await open(SHORT);
    editor.configure('nabla.train.writeBack', 'never');
    await run.step('epoch');
    const { values } = last().worker;
    await change(ALL);
    expect(last().place).toBe('process');
    expect(last().worker.values).toEqual(values);
    expect(last().worker.state.epoch).toBe(1);
    expect(run.record.ahead).toBe(true);
  });

  it('does not move it to and fro for a unit more or less', async () => {
    // 0.246 and 0.259 ms.
    const units = (count: number): string =>
      TEXT.replace('"units": 1', `"units": ${count}`)
        .replace('"inline": [{ "x": [1, 2], "y": [1] }]', '"generator": "moons", "samples": 9000')
        .replace('"epochs": 3', '"epochs": 3, "batchSize": "all"');
    const [below, above] = [units(57), units(60)];
    await open(below);
    for (const text of [above, below, above, below]) await change(text);
    expect(places()).toEqual(['thread', 'process']);
  });

  it('says nothing again that is the same', async () => {
    await open(TEXT);
    const before = editor.log.length;
    await change(TEXT.replace('"seed": 1', '"seed": 2'));
    expect(last().worker.loads).toHaveLength(2);
    expect(editor.log).toHaveLength(before);
  });
});

describe('a process that fails', () => {
  it('at its start: a thread does it, silently, and the log says why', async () => {
    await open(SHORT);
    failures = [new Error('spawn EAGAIN')];
    await change(ALL);
    expect(places()).toEqual(['thread']);
    expect(last().worker.disposed).toBe(false);
    expect(last().worker.loads).toHaveLength(2);
    expect(line()).toContain('its process failed: spawn EAGAIN');
    expect(editor.messages).toEqual([]);
    // It is not tried with every load.
    await change(ALL.replace('"seed": 1', '"seed": 2'));
    expect(places()).toEqual(['thread']);
  });

  it.each([
    ['refuses', 'thread', (worker: FakeWorker) => (worker.loadError = new Error('no memory'))],
    [
      'dies of',
      'thread',
      (worker: FakeWorker) =>
        Object.defineProperty(worker, 'loads', { get: () => worker.die('SIGKILL') }),
    ],
  ])('%s its first network: the run stays in its %s, with all it had', async (_, __, prepare) => {
    await open(SHORT, {
      ready: ({ place, worker }) => {
        if (place === 'process') prepare(worker);
      },
    });
    editor.configure('nabla.train.writeBack', 'never');
    await run.step('epoch');
    const [{ worker }] = spawned;
    await change(ALL);
    expect(places()).toEqual(['thread', 'process']);
    expect(worker.disposed).toBe(false);
    expect(last().worker.disposed).toBe(true);
    expect(run.record.ahead).toBe(true);
    expect(run.record.state?.epoch).toBe(1);
  });

  it('once: it starts again, and the person is told as of a thread', async () => {
    await open(ALL);
    last().worker.die('SIGKILL');
    await settled();
    expect(places()).toEqual(['process', 'process']);
    expect(last().worker.loads).toHaveLength(1);
    expect(editor.messages[0].message).toMatch(/stopped \(SIGKILL\)/);
  });

  it('twice: a thread takes over', async () => {
    await open(ALL);
    for (let i = 0; i < 2; i++) {
      last().worker.die('SIGKILL');
      await settled();
    }
    expect(places()).toEqual(['process', 'process', 'thread']);
    expect(line()).toContain('its process has stopped twice');
    await run.train();
    expect(run.record.running).toBe(true);
  });

  it('twice, where a process is asked for: it starts again', async () => {
    await open(TEXT, { setting: 'process' });
    for (let i = 0; i < 3; i++) {
      last().worker.die('SIGKILL');
      await settled();
    }
    expect(places()).toEqual(Array(4).fill('process'));
  });

  it('at its start, where it is asked for: says so, with a remedy', async () => {
    await open(TEXT);
    failures = [new Error('spawn EAGAIN'), new Error('spawn EAGAIN')];
    await configure('process');
    expect(line()).toMatch(
      /does not run as a process of its own \(spawn EAGAIN\)\. Set nabla\.engine/,
    );
    await expect(run.train()).rejects.toThrow('does not run as a process of its own');
    expect(spawned[0].worker.disposed).toBe(false);
  });

  it('is tried again when the setting was changed', async () => {
    await open(SHORT);
    failures = [new Error('spawn EAGAIN')];
    await change(ALL);
    expect(last().place).toBe('thread');
    await configure('thread');
    await configure('auto');
    expect(places()).toEqual(['thread', 'process']);
  });

  it('does not outlive its run', async () => {
    await open(ALL);
    host.runs.dispose();
    await settled();
    expect(last().worker.disposed).toBe(true);
  });
});

describe('a run that moves', () => {
  it('keeps its history, its snapshots and where it is', async () => {
    const ports: WorkerPort[] = [];
    const spawn = (): WorkerPort => {
      ports.push(sessionPort());
      return ports[ports.length - 1];
    };
    host = createHostWith(spawn, TEXT.replace('0.5', '0.01'), () => Promise.resolve(true));
    run = host.runs.acquire(host.uri).run;
    run.start();
    await settled();
    await run.train({ epochs: 20 });
    await run.whenStopped();
    await settled();
    const worker = await run.looks();
    const before = {
      history: run.record.history,
      snapshots: await worker.snapshots(),
      outputs: await worker.predict([[1, 2]]),
      losses: run.record.losses(5),
    };
    expect(before.history?.count).toBeGreaterThan(1);
    await configure('process');
    const moved = await run.looks();
    expect(ports).toHaveLength(2);
    expect(run.record.history).toEqual(before.history);
    expect(await moved.snapshots()).toEqual(before.snapshots);
    expect(await moved.predict([[1, 2]])).toEqual(before.outputs);
    expect(run.record.losses(5)).toEqual(before.losses);
    expect(run.record.state).toMatchObject({ epoch: 20, step: 20, phase: 'idle' });
    // A moment from before the move can be restored, and training goes on counting.
    await run.restore(before.snapshots.ids[1]);
    expect((await (await run.looks()).snapshots()).present).toBe(before.snapshots.ids[1]);
    // So it is where the run moves as it rests there.
    const { state, history } = run.record;
    await configure('auto');
    expect(ports).toHaveLength(3);
    expect((await (await run.looks()).snapshots()).present).toBe(before.snapshots.ids[1]);
    expect(run.record.state).toMatchObject({ epoch: state?.epoch, step: state?.step });
    expect(run.record.history).toEqual(history);
    await run.train({ epochs: 1 });
    await run.whenStopped();
    expect(run.record.history?.count).toBeGreaterThan(1);
  });
});
