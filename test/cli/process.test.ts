import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
});
