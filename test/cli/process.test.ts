import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSafetensors } from '../../src/export/safetensors';
import { buildCli, runProcess } from './bundle';
import type { Ended } from './bundle';
import { example } from './support';

const folder = mkdtempSync(join(tmpdir(), 'nabla-cli-'));
let script = '';

beforeAll(async () => {
  script = await buildCli(folder);
});

afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the bundle in an empty folder. */
function nabla(...words: readonly string[]): Promise<Ended> {
  return runProcess(process.execPath, [script, ...words], folder);
}

describe('the program', () => {
  const network = resolve(example('iris'));

  it('starts by its first line', () => {
    expect(readFileSync(script, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  });

  it('finds data beside the network from any folder, and writes files', async () => {
    const trained = await nabla('train', network, '--epochs', '2', '--out', 'out.nn.json');
    expect(trained).toMatchObject({ code: 0, stderr: '' });
    const written = JSON.parse(readFileSync(join(folder, 'out.nn.json'), 'utf8')) as {
      layers: { weights: number[][] }[];
    };
    expect(written.layers[0].weights).toHaveLength(8);
  });

  it('ends with the exit codes that it promises', async () => {
    expect(await nabla('--version')).toEqual({ code: 0, stdout: '9.9.9\n', stderr: '' });
    expect((await nabla('validate', 'out.nn.json')).code).toBe(1); // its data are not beside it
    expect((await nabla('validate', 'nothing.nn.json')).code).toBe(2);
    expect((await nabla('train')).code).toBe(2);
  });

  it('goes on with a training in another process, bit for bit', async () => {
    const spiral = resolve(example('spiral'));
    const train = (...options: readonly string[]): Promise<Ended> =>
      nabla('train', spiral, '--json', ...options);
    const whole = await train('--epochs', '8', '--checkpoint', 'whole.safetensors');
    await train('--epochs', '3', '--checkpoint', 'part.safetensors');
    const rest = [
      '--epochs',
      '8',
      '--resume',
      'part.safetensors',
      '--checkpoint',
      'part.safetensors',
    ];
    const ended = await train(...rest);
    expect([whole.code, ended.code, ended.stderr]).toEqual([0, 0, '']);
    const [one, two] = ['whole', 'part'].map(name =>
      readFileSync(join(folder, `${name}.safetensors`)),
    );
    expect(two.equals(one)).toBe(true);
    expect(readdirSync(folder).filter(name => name.includes('.tmp'))).toEqual([]);
  });

  it('keeps a checkpoint when it is interrupted', async () => {
    const spiral = resolve(example('spiral'));
    const words = [
      'train',
      spiral,
      '--epochs',
      '1000000',
      '--checkpoint',
      'cut.safetensors',
      '--engine',
      'thread',
    ];
    const child = spawn(process.execPath, [script, ...words], { cwd: folder });
    let stderr = '';
    child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
    const ended = new Promise<number | null>(done => child.once('exit', done));
    child.stdout.once('data', () => child.kill('SIGINT'));
    expect(await ended).toBe(1);
    expect(stderr).toContain('--resume cut.safetensors goes on');
    const { metadata } = readSafetensors(readFileSync(join(folder, 'cut.safetensors')));
    expect(metadata.get('format')).toBe('nabla.checkpoint');
  });
});
