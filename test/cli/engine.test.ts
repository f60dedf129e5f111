import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EngineFacts } from '../../src/cli/engine';
import type { CliProcesses, ExitCode } from '../../src/cli/io';
import { CheckError } from '../../src/cli/io';
import { buildCli, runProcess } from './bundle';
import { allowRelaxed } from '../engine/engines';
import { example, nabla, nablaJson, trainingLines } from './support';

const SMALL = example('iris');

/** Steps of some milliseconds: 512 × 512 weights, 64 samples. */
const LARGE = JSON.stringify({
  version: 1,
  seed: 1,
  input: { shape: [2] },
  layers: [
    { type: 'dense', units: 512, activation: 'tanh' },
    { type: 'dense', units: 512, activation: 'tanh' },
    { type: 'dense', units: 1, activation: 'linear' },
  ],
  loss: { type: 'meanSquaredError' },
  training: { optimizer: { type: 'sgd', learningRate: 0.01 }, batchSize: 'all', epochs: 1 },
  data: { generator: 'plane', samples: 64, validation: 0 },
});

const large = { 'large.nn.json': LARGE };

/** Processes that are only counted. */
function counted(result: ExitCode | Error = 0, wide = true) {
  const reasons: string[] = [];
  const processes: CliProcesses = {
    within: undefined,
    isWideHere: false,
    isWide: () => Promise.resolve(wide),
    run: reason => {
      reasons.push(reason);
      return result instanceof Error ? Promise.reject(result) : Promise.resolve(result);
    },
  };
  return { reasons, processes };
}

async function engineOf(words: readonly string[], processes?: CliProcesses): Promise<EngineFacts> {
  const { stdout } = await nabla([...words, '--json'], large, { processes });
  return trainingLines(stdout).engine;
}

describe('the place of a training', () => {
  it('is this process where steps are short', async () => {
    const { reasons, processes } = counted();
    expect(await engineOf(['train', SMALL, '--epochs', '1'], processes)).toEqual({
      place: 'thread',
      placeReason: 'short',
      backend: 'wasm plain-4x8',
      reason: 'vectors of 128 bits',
      threads: 1,
      threadsReason: 'there are no other threads here',
    });
    expect(reasons).toEqual([]);
  });

  it('is a process where they are long: it has printed everything, and its exit code counts', async () => {
    const { reasons, processes } = counted(1);
    const { code, stdout } = await nabla(['train', 'large.nn.json'], large, { processes });
    expect({ code, stdout, reasons }).toEqual({ code: 1, stdout: '', reasons: ['long'] });
  });

  it.each([
    ['the runtime has nothing wider', counted(0, false).processes, 'narrow'],
    ['there are no processes', undefined, 'nowhereElse'],
    ['none starts', counted(new Error('EAGAIN')).processes, 'failed'],
    ['this is one already', { ...counted().processes, within: 'long' as const }, 'long'],
  ])('stays here where %s', async (_, processes, placeReason) => {
    const facts = await engineOf(['train', 'large.nn.json'], processes);
    expect(facts).toMatchObject({
      placeReason,
      place: placeReason === 'long' ? 'process' : 'thread',
    });
  });

  it('is what is asked for', async () => {
    const { reasons, processes } = counted();
    await nabla(['train', SMALL, '--engine', 'process'], {}, { processes });
    await nabla(['predict', SMALL, '--data', '--engine', 'process'], {}, { processes });
    expect(reasons).toEqual(['asked', 'asked']);
    for (const [setting, backend] of [
      ['thread', 'wasm plain-4x8'],
      ['reference', 'reference'],
    ]) {
      const facts = await engineOf(['train', 'large.nn.json', '--engine', setting], processes);
      expect(facts).toMatchObject({ place: 'thread', placeReason: 'asked', backend });
    }
    expect(reasons).toHaveLength(2);
  });

  it('--fast-maths rounds products with their sums: other bits, the same training', async () => {
    allowRelaxed();
    const losses: number[] = [];
    for (const option of [[], ['--fast-maths']]) {
      const { stdout } = await nabla(['train', SMALL, '--epochs', '5', '--json', ...option]);
      const { engine, epochs } = trainingLines(stdout);
      expect(engine.backend).toBe(option.length > 0 ? 'wasm relaxed-4x8' : 'wasm plain-4x8');
      losses.push(epochs[4].loss);
    }
    expect(losses[1]).toBeCloseTo(losses[0], 4);
    expect(losses[1]).not.toBe(losses[0]);
  });

  it('says why a process that was asked for cannot be had', async () => {
    const { processes } = counted(new Error('spawn EAGAIN'));
    const { code, stderr } = await nabla(
      ['train', SMALL, '--engine', 'process'],
      {},
      { processes },
    );
    expect(code).toBe(1);
    expect(stderr).toBe(
      `${SMALL}: the training process did not start: spawn EAGAIN. Use --engine auto or thread.\n`,
    );
  });

  it('is not changed after a process was killed: half of its lines are printed', async () => {
    const { processes } = counted(new CheckError('nabla: ended early (SIGKILL)'));
    const { code, stdout, stderr } = await nabla(['train', 'large.nn.json'], large, { processes });
    expect([code, stdout, stderr]).toEqual([1, '', 'nabla: ended early (SIGKILL)\n']);
  });

  it('refuses other words', async () => {
    const { code, stderr } = await nabla(['train', SMALL, '--engine', 'gpu']);
    expect(code).toBe(2);
    expect(stderr).toContain('--engine takes one of auto, thread, process, reference, found "gpu"');
  });

  it.each(['0', '9', 'two', '1.5', ''])('has no "%s" threads', async threads => {
    const { code, stderr } = await nabla(['train', SMALL, '--threads', threads]);
    expect(code).toBe(2);
    expect(stderr).toContain(`--threads takes auto or a number from 1 to 8, found "${threads}"`);
  });

  it('is named beside predictions, too', async () => {
    const { engine } = await nablaJson<{ engine: EngineFacts }>(['predict', SMALL, '--data']);
    expect(engine).toMatchObject({ place: 'thread', backend: 'wasm plain-4x8' });
  });
});

describe('a process of its own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nabla-engine-'));
  const endless = join(folder, 'endless.nn.json');
  let script = '';

  beforeAll(async () => {
    script = await buildCli(folder);
    writeFileSync(endless, LARGE.replace('"epochs":1', '"epochs":1000000'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const run = (...words: string[]) => runProcess(process.execPath, [script, ...words], folder);

  it('prints, writes and ends as this one does', async () => {
    const words = ['train', resolve(example('iris')), '--epochs', '2', '--json'];
    const here = await run(...words, '--out', 'here.nn.json', '--engine', 'thread');
    const there = await run(...words, '--out', 'there.nn.json', '--engine', 'process');
    expect([there.code, there.stderr]).toEqual([0, '']);
    const [first, second] = [trainingLines(here.stdout), trainingLines(there.stdout)];
    expect(second.engine).toMatchObject({ place: 'process', placeReason: 'asked' });
    expect(second.epochs).toEqual(first.epochs);
    const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
    expect(read('there.nn.json')).toBe(read('here.nn.json'));
  });

  it('and this one compute with several threads, with the same numbers', async () => {
    writeFileSync(join(folder, 'large.nn.json'), LARGE.replace('"epochs":1', '"epochs":3'));
    const files: string[] = [];
    for (const [place, threads] of [
      ['thread', '1'],
      ['thread', '2'],
      ['process', '2'],
    ]) {
      const out = `${place}${threads}.nn.json`;
      const options = ['--threads', threads, '--engine', place, '--json', '--out', out];
      const { code, stdout, stderr } = await run('train', 'large.nn.json', ...options);
      expect([code, stderr]).toEqual([0, '']);
      const facts = { place, threads: Number(threads), threadsReason: 'as asked for' };
      expect(trainingLines(stdout).engine).toMatchObject(facts);
      const written = readFileSync(join(folder, out), 'utf8');
      files.push(
        written.replace(/[^"]*\.safetensors/, /\.([\da-f]+)\.safetensors/.exec(written)?.[1] ?? ''),
      );
    }
    expect(files[0]).toMatch(/[\da-f]{8}/);
    expect(files).toEqual([files[0], files[0], files[0]]);
  });

  it('gives its exit code and its complaints, once', async () => {
    expect(await run('train', 'nothing.nn.json', '--engine', 'process')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/^nabla: cannot read nothing\.nn\.json: .*\n.*\n$/),
    });
    const broken = join(folder, 'broken.nn.json');
    writeFileSync(broken, LARGE.replace('"units":1,', '"units":0,'));
    const { code, stderr } = await run('train', 'broken.nn.json', '--engine', 'process');
    expect(code).toBe(1);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  /** A training that would never end, and the process that computes it. */
  async function training() {
    const parent = spawn(
      process.execPath,
      [script, 'train', endless, '--json', '--engine', 'process'],
      { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let errors = '';
    parent.stderr.setEncoding('utf8').on('data', text => (errors += text));
    const ended = new Promise<{ code: number | null; signal: string | null }>(done =>
      parent.on('close', (code, signal) => done({ code, signal })),
    );
    await new Promise(seen => parent.stdout.once('data', seen));
    const children = readFileSync(`/proc/${parent.pid}/task/${parent.pid}/children`, 'utf8');
    const child = Number(children.trim());
    return { parent, child, ended, errors: () => errors };
  }

  const isThere = (pid: number): boolean => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };

  describe.skipIf(process.platform !== 'linux')('and signals', () => {
    it.each(['SIGINT', 'SIGTERM'] as const)('%s ends both', async signal => {
      const { parent, child, ended } = await training();
      parent.kill(signal);
      expect(await ended).toEqual({ code: null, signal });
      expect(isThere(child)).toBe(false);
    });

    it('is gone soon after its parent was killed', async () => {
      const { parent, ended } = await training();
      parent.kill('SIGKILL');
      // Both hold the pipes: they close when the second has ended, too.
      expect(await ended).toEqual({ code: null, signal: 'SIGKILL' });
    });

    it('that is killed is told with a remedy', async () => {
      const { child, ended, errors } = await training();
      process.kill(child, 'SIGKILL');
      expect(await ended).toEqual({ code: 1, signal: null });
      expect(errors()).toBe(
        'nabla: the training process ended early (SIGKILL). Use --engine thread to do without one.\n',
      );
    });
  });
});
