/** The training worker as a process: real forks, of tiny scripts and of the worker as it is shipped. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { WorkerPort } from '../../src/host/platform';
import { forkWorker, withOwnBuffers } from '../../src/host/spawnProcess.desktop';
import { parseNetwork } from '../../src/network/parse';
import { nodeEnvironment, takesFlag } from '../../src/node/wideProcess';
import type { RunState, WorkerApi, WorkerEvents } from '../../src/protocol';
import { connect } from '../../src/rpc';
import type { Envelope } from '../../src/rpc';
import { buildWorker } from './support/builtWorker';
import { TEXT } from './support/host';

vi.mock('vscode', () => import('./support/vscode'));

const folder = mkdtempSync(join(tmpdir(), 'nabla-process-'));
const ports: WorkerPort[] = [];

afterEach(() => ports.splice(0).forEach(port => port.dispose()));
afterAll(() => rmSync(folder, { recursive: true }));

function script(text: string): string {
  const path = join(folder, `${Math.abs(hash(text))}.js`);
  writeFileSync(path, text);
  return path;
}

const hash = (text: string): number =>
  [...text].reduce((sum, c) => (31 * sum + c.charCodeAt(0)) | 0, 7);

const READY = "process.send({ type: 'ready' });";
const ECHO = `process.on('message', m => process.send(m)); ${READY}`;

async function start(path: string, printed: string[] = []): Promise<WorkerPort> {
  const port = await forkWorker({ script: path, wide: false, printed: line => printed.push(line) });
  ports.push(port);
  return port;
}

/** The next message; any value may be sent to a script that is no worker. */
function answer(port: WorkerPort, message: unknown): Promise<unknown> {
  return new Promise(done => {
    const stop = port.listen(received => {
      stop();
      done(received);
    });
    port.post(message as Envelope);
  });
}

const lost = (port: WorkerPort): Promise<string> => new Promise(tell => port.onLost(tell));

describe('messages', () => {
  it('arrive as they were sent: numbers that JSON has not, typed arrays, what is undefined', async () => {
    const port = await start(script(ECHO));
    const message = {
      numbers: [NaN, -0, Infinity, 1e-310],
      missing: undefined,
      list: [undefined, null, 'ü', true],
      wide: Float64Array.of(NaN, Math.PI, -0),
      narrow: Float32Array.of(1.5, 2),
      bytes: Uint8Array.of(1, 2, 3),
      none: new Float64Array(0),
    };
    expect(await answer(port, message)).toStrictEqual(message);
  });

  it('bring typed arrays in buffers of their own', async () => {
    const port = await start(script(ECHO));
    const part = Float64Array.of(0, 1, 2, 3).subarray(1, 3);
    const answered = (await answer(port, { deep: [{ part, bytes: Uint8Array.of(9) }] })) as {
      deep: [{ part: Float64Array; bytes: Uint8Array }];
    };
    const [{ part: first, bytes }] = answered.deep;
    expect([...first, ...bytes]).toEqual([1, 2, 9]);
    expect(first.buffer.byteLength).toBe(16);
    expect(bytes.buffer.byteLength).toBe(1);
  });

  it('may be large: a text of 50 MB and a million numbers', async () => {
    const port = await start(script(ECHO));
    const text = 'sepal,petal\n'.repeat(50e6 / 12);
    const values = Float64Array.from({ length: 1e6 }, (_, i) => i / 3);
    const back = (await answer(port, { text, values })) as { text: string; values: Float64Array };
    expect(back.text === text).toBe(true);
    expect(back.values).toBeInstanceOf(Float64Array);
    expect(Buffer.compare(new Uint8Array(back.values.buffer), new Uint8Array(values.buffer))).toBe(
      0,
    );
  });

  it('keep their order, however many wait', async () => {
    const port = await start(script(ECHO));
    const wanted = 2000;
    const received: number[] = [];
    const all = new Promise<void>(done => {
      port.listen(message => {
        received.push((message as { n: number }).n);
        if (received.length === wanted) done();
      });
    });
    const filling = new Float64Array(500);
    for (let n = 0; n < wanted; n++) port.post({ n, filling } as unknown as Envelope);
    await all;
    expect(received).toEqual(Array.from({ length: wanted }, (_, n) => n));
  });
});

describe('withOwnBuffers', () => {
  it('leaves alone what has its own', () => {
    const own = Float64Array.of(1, 2);
    const rows = [[1, 2], [3]];
    const buffer = new ArrayBuffer(8);
    const message = { own, rows, buffer, text: 'a', nothing: null, missing: undefined };
    expect(withOwnBuffers(message)).toBe(message);
    expect(message.own).toBe(own);
    expect(message.buffer).toBe(buffer);
    expect(message).toEqual({ own, rows: [[1, 2], [3]], buffer, text: 'a', nothing: null });
  });
});

describe('the end of a process', () => {
  it.each([
    ['an exit', 'process.exit(3);', 'exit code 3'],
    ['an error', "throw new Error('broken');", 'exit code 1'],
    ['a signal', "process.kill(process.pid, 'SIGKILL');", 'SIGKILL'],
  ])('by %s before it is ready is a failed start', async (_, text, reason) => {
    await expect(start(script(text))).rejects.toThrow(reason);
  });

  it('that cannot be started at all is one, too', async () => {
    await expect(start(join(folder, 'nothing.js'))).rejects.toThrow('exit code 1');
  });

  it.each([
    ['its exit', 'process.exit(4);', 'exit code 4'],
    ['an error of its own', "throw new Error('broken');", 'exit code 1'],
    ['kill -9', "process.kill(process.pid, 'SIGKILL');", 'SIGKILL'],
    // As V8 does for lack of memory.
    ['an abort', 'process.abort();', 'SIGABRT'],
  ])('by %s is told once', async (_, text, reason) => {
    const port = await start(script(`process.on('message', () => { ${text} }); ${READY}`));
    const reasons: string[] = [];
    port.onLost(told => reasons.push(told));
    port.post({ type: 'event', name: 'end', args: [] });
    expect(await lost(port)).toBe(reason);
    // Messages to nobody, and an end that was told already.
    port.post({ type: 'event', name: 'end', args: [] });
    port.dispose();
    expect(reasons).toEqual([reason]);
  });

  it('that was wanted comes at once, also while it computes, and is not told', async () => {
    const busy =
      "process.on('message', () => process.send({ pid: process.pid }, () => { for (;;); }));";
    const port = await start(script(`${busy} ${READY}`));
    const { pid } = (await answer(port, {})) as { pid: number };
    expect(isThere(pid)).toBe(true);
    let told = false;
    port.onLost(() => (told = true));
    port.dispose();
    while (isThere(pid)) await new Promise(done => setTimeout(done, 10));
    await new Promise(done => setTimeout(done, 10));
    expect(told).toBe(false);
  });
});

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('what a process prints', () => {
  it('is told line by line, errors as well', async () => {
    const printed: string[] = [];
    const text = `console.log('one\\ntwo'); console.error('three'); process.on('message', () => process.exit()); ${READY}`;
    const port = await start(script(text), printed);
    const ended = lost(port);
    port.post({ type: 'event', name: 'end', args: [] });
    await ended;
    await new Promise(done => setTimeout(done, 50));
    expect([...printed].sort()).toEqual(['one', 'three', 'two']);
  });
});

describe('the flag', () => {
  const { execPath } = process;
  const v8 = { v8: '13.6.233' };

  it('is not tried where it gains nothing', async () => {
    const missing = join(folder, 'nothing');
    expect(await takesFlag({ execPath: missing, arch: 'arm64', versions: v8 })).toBe(false);
    expect(await takesFlag({ execPath, arch: 'x64', versions: { v8: '12.4.254' } })).toBe(false);
  });

  it('is not there where a process does not take it', async () => {
    expect(await takesFlag({ execPath: join(folder, 'nothing'), arch: 'x64', versions: v8 })).toBe(
      false,
    );
  });

  it.skipIf(process.platform === 'win32')('is there where one does, and only then', async () => {
    const runtime = (name: string, code: number): string => {
      const path = join(folder, name);
      const text = `#!/bin/sh\n[ "$1" = --experimental-wasm-revectorize ] && [ "$ELECTRON_RUN_AS_NODE" = 1 ] && exit ${code}\nexit 7\n`;
      writeFileSync(path, text, { mode: 0o755 });
      return path;
    };
    const taking = { arch: 'x64', versions: v8 };
    expect(await takesFlag({ ...taking, execPath: runtime('knows', 0) })).toBe(true);
    expect(await takesFlag({ ...taking, execPath: runtime('refuses', 9) })).toBe(false);
  });

  it('takes none of the settings that a person made for other programs', () => {
    const env = nodeEnvironment({ PATH: '/bin', NODE_OPTIONS: '--inspect-brk' });
    expect(env).toEqual({ PATH: '/bin', NODE_OPTIONS: undefined, ELECTRON_RUN_AS_NODE: '1' });
  });
});

describe('the worker as it is shipped', () => {
  let worker = '';
  beforeAll(async () => {
    worker = await buildWorker(folder);
  });

  const { network } = parseNetwork(TEXT.replace('0.5', '0.01'));

  async function open() {
    const port = await start(worker);
    const states: RunState[] = [];
    let rows = 0;
    const { remote } = connect<WorkerApi, object, object, WorkerEvents>(
      port,
      {},
      {
        runState: state => void states.push(state),
        metrics: chunk => void (rows += chunk.count),
        gradcheckProgress: () => {},
        loadProgress: () => {},
      },
    );
    await remote.load({ network: network!, files: {}, keepParameters: false });
    return { port, remote, states, rows: () => rows };
  }

  it('trains, answers and tells as in a thread', async () => {
    const { remote, states, rows } = await open();
    await remote.train({ epochs: 50 });
    while (states.at(-1)?.phase !== 'finished') await new Promise(done => setTimeout(done, 5));
    expect(states.at(-1)).toMatchObject({ epoch: 50, step: 50 });
    expect(rows()).toBeGreaterThan(1);
    const parameters = await remote.parameters();
    expect(parameters).toBeInstanceOf(Float64Array);
    expect(parameters).toHaveLength(3);
    await expect(remote.predict([[1, 2, 3]])).rejects.toThrow();
  });

  it('trains with several threads, with the same numbers, inspects, steps, and ends', async () => {
    const wideText = TEXT.replace(
      '{ "type": "dense", "units": 1,',
      '{ "type": "dense", "units": 300, "activation": "tanh" }, { "type": "dense", "units": 300 }, { "type": "dense", "units": 1,',
    ).replace(/"inline": .*\]/, '"generator": "plane", "samples": 90');
    const heavy = parseNetwork(wideText).network!;
    const ends: unknown[] = [];
    for (const threads of [1, 2]) {
      const { port, remote, states } = await open();
      const request = { network: heavy, files: {}, keepParameters: false, threads };
      const { engine } = await remote.load(request);
      expect(engine).toMatchObject({ threads, threadsReason: 'as asked for' });
      await remote.train({ epochs: 5 });
      while (states.at(-1)?.phase !== 'finished') await new Promise(done => setTimeout(done, 5));
      await remote.step('batch');
      await remote.step('sample');
      const target = { type: 'neuron', layer: 1, row: 3 } as const;
      const facts = await remote.inspect(target, { type: 'sample', index: 2 });
      ends.push([await remote.parameters(), facts, await remote.predict([[1, 2]])]);
      // Another network of the same process: the threads of before leave theirs.
      await remote.reset();
      const small = await remote.load({ ...request, network: network! });
      expect(small.engine.threads).toBe(1);
      port.dispose();
    }
    expect(ends[1]).toEqual(ends[0]);
  });

  it('hears what is asked while it trains, and can be ended then', async () => {
    const { port, remote } = await open();
    await remote.train({ epochs: 1e9 });
    const { total } = await remote.samples(0, 1);
    expect(total).toBe(1);
    expect((await remote.pause()).phase).toBe('paused');
    await remote.train({ epochs: 1e9 });
    let told = false;
    port.onLost(() => (told = true));
    port.dispose();
    await new Promise(done => setTimeout(done, 200));
    expect(told).toBe(false);
  });

  it.skipIf(process.platform === 'win32')(
    'ends in the middle of a training when whoever forked it is killed',
    async () => {
      const request = { network, files: {}, keepParameters: false };
      const parent = script(`
      const { fork } = require('node:child_process');
      const child = fork(${JSON.stringify(worker)}, [], { serialization: 'advanced', execArgv: [] });
      const call = (id, method, argument) => child.send({ type: 'call', id, method, args: [argument] });
      child.once('message', () => {
        call(1, 'load', ${JSON.stringify(request)});
        call(2, 'train', { epochs: 1e9 });
      });
      child.on('message', ({ type, id }) => {
        if (type === 'return' && id === 2) process.send('trains');
      });
      process.on('message', () => process.kill(process.pid, 'SIGKILL'));
    `);
      const { fork } = await import('node:child_process');
      // The worker inherits this pipe: it closes when both have ended.
      const middle = fork(parent, [], {
        execArgv: [],
        stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      });
      expect(await new Promise(ready => middle.once('message', ready))).toBe('trains');
      const closed = new Promise(done => middle.stdout?.once('close', done).resume());
      // Of the pipe's end and of the exit, either may be told first.
      const ended = new Promise(done => middle.once('exit', (_, signal) => done(signal)));
      middle.send('end');
      await closed;
      expect(await ended).toBe('SIGKILL');
    },
  );
});
