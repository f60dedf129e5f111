/** Engines that hang, and engines without enough memory: the person is told, with what helps, and nothing is lost. */
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { endReason } from '../../src/host/endReason';
import { EngineWatch, MOST_SILENT, PACE } from '../../src/host/engineWatch';
import type { WorkerPort } from '../../src/host/platform';
import { OutOfMemory } from '../../src/engine/outOfMemory';
import { compile } from '../../src/engine/plan';
import { createArena } from '../../src/engine/arena';
import type { Network } from '../../src/network/network';
import { inferShapes } from '../../src/network/shapes';
import { parseNetwork } from '../../src/network/parse';
import type { WorkerApi, WorkerEvents } from '../../src/protocol';
import { connect, UNREADABLE } from '../../src/rpc';
import type { Envelope } from '../../src/rpc';
import { settled, TEXT } from './support/host';
import { sessionPort } from './support/session';
import { denseNow, host, open, textNow, warnings } from './support/running';
import { editor } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

beforeEach(() => editor.reset());
afterEach(() => {
  vi.useRealTimers();
  host?.runs.dispose();
});

function networkOf(text: string): Network {
  const { network } = parseNetwork(text);
  if (!network) throw new Error('The test needs a network.');
  return network;
}

const SILENCE = PACE * MOST_SILENT;

describe('the watch on an engine', () => {
  const call: Envelope = { type: 'call', id: 1, method: 'view', args: [] };

  function watched() {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const heard = { asked: 0, hung: 0, isBusy: false, seconds: [] as number[] };
    let say: (message: unknown) => void = () => {};
    const port: WorkerPort = {
      post: () => {},
      listen: receive => {
        say = receive;
        return () => (say = () => {});
      },
      onLost: () => {},
      dispose: () => {},
    };
    const watch = new EngineWatch(
      port,
      () => heard.isBusy,
      () => heard.asked++,
      seconds => {
        heard.hung++;
        heard.seconds.push(seconds);
      },
    );
    return { heard, watch, say: (message: unknown) => say(message) };
  }

  it('sees one that somebody waits for and that says nothing, and again when that is twice as long', () => {
    const { heard, watch } = watched();
    watch.port.post(call);
    vi.advanceTimersByTime(SILENCE - 1);
    expect(heard).toMatchObject({ asked: 1, hung: 0 });
    vi.advanceTimersByTime(1);
    expect([heard.hung, watch.isSilent]).toEqual([1, true]);
    vi.advanceTimersByTime(300_000 - SILENCE);
    expect(heard.seconds).toEqual([20, 40, 80, 160]);
    expect(heard.asked).toBe(1);
  });

  it('sees one that trains and says nothing, although nobody has asked', () => {
    const { heard } = watched();
    heard.isBusy = true;
    vi.advanceTimersByTime(SILENCE);
    expect(heard.hung).toBe(1);
  });

  it('leaves alone one that nobody waits for, and one that tells how far it is', () => {
    const { heard, watch, say } = watched();
    vi.advanceTimersByTime(10 * SILENCE);
    expect(heard).toMatchObject({ asked: 0, hung: 0 });
    watch.port.post(call);
    for (let i = 0; i < 100; i++) {
      vi.advanceTimersByTime(SILENCE - PACE);
      say({ type: 'event', name: 'gradcheckProgress', args: [] });
    }
    expect(heard.hung).toBe(0);
    say({ type: 'return', id: 1, value: undefined });
    vi.advanceTimersByTime(10 * SILENCE);
    expect(heard.hung).toBe(0);
  });

  it('takes back what it said when the engine speaks again, and ends with it', () => {
    const { heard, watch, say } = watched();
    watch.port.post(call);
    vi.advanceTimersByTime(SILENCE);
    say({ type: 'event', name: 'runState', args: [] });
    expect(watch.isSilent).toBe(false);
    vi.advanceTimersByTime(SILENCE);
    expect(heard.hung).toBe(2);
    watch.dispose();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('an engine that hangs', () => {
  /** Trains, then answers nothing any more; the message is answered by `button`. */
  async function hang(button: string) {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const { run, worker } = await open();
    editor.answer = (text, items) =>
      text.includes('has not answered') ? items.find(item => item === button) : undefined;
    await run.train();
    worker.advance(1);
    worker.hang();
    vi.advanceTimersByTime(SILENCE);
    await settled();
    return { run, worker };
  }

  it('is told with a remedy; a restart ends it and begins another, and the text is as it was', async () => {
    const { run, worker } = await hang('Restart Engine');
    expect(warnings()[0].message).toMatch(/net\.nn\.json has not answered for 20 seconds/);
    expect(warnings()[1].message).toMatch(/stopped \(it did not answer, and was ended\)/);
    expect(worker.disposed).toBe(true);
    expect(textNow()).toBe(TEXT);
    expect(run.record.state).toMatchObject({ phase: 'idle', epoch: 0 });
    await run.step('epoch');
    expect(host.workers).toHaveLength(2);
    expect(denseNow().weights).toEqual([[1.5, 1.5]]);
  });

  it('is waited for where the person wants that', async () => {
    const { run, worker } = await hang('Wait');
    expect([worker.disposed, warnings().length]).toEqual([false, 1]);
    worker.wake();
    worker.finish();
    await settled();
    expect(run.record.state?.phase).toBe('finished');
    expect(denseNow().weights).toEqual([[1.5, 1.5]]);
  });

  it('is asked about again when it is still silent, but not while the question stands', async () => {
    const { worker } = await hang('Wait');
    let close: (button: string) => void = () => {};
    editor.answer = () => new Promise<string>(resolve => (close = resolve)) as never;
    vi.advanceTimersByTime(20_000);
    await settled();
    expect(warnings().map(({ message }) => /\d+ seconds/.exec(message)?.[0])).toEqual([
      ...['20 seconds', '40 seconds'],
    ]);
    vi.advanceTimersByTime(200_000);
    await settled();
    expect(warnings()).toHaveLength(2);
    close('Restart Engine');
    await settled();
    expect(worker.disposed).toBe(true);
  });

  it('says why it has ended to those who wait for an answer of it', async () => {
    const { run, worker } = await open();
    worker.hang();
    const checked = run.checkGradients();
    await settled();
    worker.die('SIGKILL');
    expect(await checked).toMatchObject({
      type: 'failed',
      message: expect.stringMatching(
        /^The training engine stopped \(SIGKILL\)\. It starts again when it is needed\. A system ends it so/,
      ) as string,
    });
  });
});

describe('an engine without enough memory', () => {
  it('of a thread ends it alone, and the reason says what helps', async () => {
    const script = 'const all = []; for (;;) all.push(new Array(100_000).fill({}));';
    const worker = new Worker(script, {
      eval: true,
      resourceLimits: { maxOldGenerationSizeMb: 16 },
    });
    const error = await new Promise<Error>(resolve => worker.once('error', resolve));
    expect(error).toMatchObject({ code: 'ERR_WORKER_OUT_OF_MEMORY' });
    expect(endReason(error.message)).toMatch(/^out of memory; fewer units/);
    expect(endReason('SIGABRT')).toMatch(/^out of memory; fewer units/);
    expect(endReason('exit code 1')).toBe('exit code 1');
  });

  it('is told apart from a message that nobody can read', () => {
    expect(endReason(`Uncaught Error: ${UNREADABLE}`)).toBe(UNREADABLE);
    expect(endReason(`${UNREADABLE} for long`)).toBe(`${UNREADABLE} for long`);
  });

  it('is told with a remedy, and the run goes on with another', async () => {
    const { worker } = await open();
    worker.die('Worker terminated due to reaching memory limit: JS heap out of memory');
    await settled();
    expect(warnings()[0].message).toMatch(/stopped \(out of memory; fewer units, smaller batches/);
    host.workers[1].die('SIGKILL');
    await settled();
    expect(warnings()[1].message).toMatch(
      /stopped \(SIGKILL\).*where memory is short: fewer units/,
    );
    expect(host.workers).toHaveLength(3);
  });

  const dropouts = Array(148).fill('{ "type": "dropout", "rate": 0.5 }').join(',');
  /** Some ten million values a sample, and a hundred samples at once. */
  const HUGE = `{
    "version": 1, "seed": 1, "input": { "shape": [2] },
    "layers": [{ "type": "dense", "units": 65536 }, ${dropouts}, { "type": "dense", "units": 1 }],
    "loss": { "type": "meanSquaredError" },
    "training": { "precision": "float64", "epochs": 1 },
    "data": { "generator": "circle", "samples": 200 }
  }`;

  it('is not asked for what no machine has', () => {
    const network = networkOf(HUGE);
    const plan = compile(network, inferShapes(network), 128);
    expect(plan.byteLength).toBeGreaterThan(2 ** 34);
    expect(() => createArena(plan)).toThrow(OutOfMemory);
    expect(() => createArena(plan)).toThrow(/needs \d+ GB of memory for 128 samples at once/);
  });

  it.each([
    ['Array buffer allocation failed'],
    ['Invalid typed array length: 99999999999'],
    ['WebAssembly.Memory(): could not allocate memory'],
  ])(
    'refuses one network with “%s” as a problem with a remedy, and takes the next',
    async words => {
      const { run, worker } = await open();
      worker.loadErrors.push(new RangeError(words), new RangeError(words));
      host.document.change(TEXT.replace('"linear"', '"tanh"'));
      await settled();
      const [issue] = run.record.issues;
      expect(issue).toMatchObject({ code: 'memory', severity: 'error', path: ['layers'] });
      expect(issue.message).toContain(words);
      expect(issue.message).toMatch(/not enough memory.*Fewer units, smaller images/);
      await expect(run.train()).resolves.toBeUndefined();
      expect(run.record.running).toBe(true);
      worker.finish();
      host.document.change(TEXT);
      await settled();
      expect(run.record.issues).toEqual([]);
    },
  );

  it('computes the network without its data where that needs less', async () => {
    const { worker, run } = await open();
    worker.loadError = new RangeError('Array buffer allocation failed');
    host.document.change(TEXT.replace('"linear"', '"tanh"'));
    await settled();
    expect(run.record.issues).toHaveLength(1);
    expect(worker.network?.data).toBeUndefined();
    expect(run.record.state?.phase).toBe('idle');
  });

  it('of the real one is told by its name, and the next network is trained', async () => {
    const listeners = { runState() {}, metrics() {}, gradcheckProgress() {}, loadProgress() {} };
    const engine = connect<WorkerApi, object, object, WorkerEvents>(sessionPort(), {}, listeners);
    const load = (text: string) =>
      engine.remote.load({ network: networkOf(text), files: {}, keepParameters: false });
    await expect(load(HUGE)).rejects.toMatchObject({
      name: 'OutOfMemory',
      message: expect.stringMatching(/needs \d+ GB of memory for 128 samples/) as string,
    });
    expect((await load(TEXT)).state.phase).toBe('idle');
    expect((await engine.remote.step('epoch')).epoch).toBe(1);
    engine.dispose();
  });
});
