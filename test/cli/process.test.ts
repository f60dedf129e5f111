import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { BuildOptions } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { example } from './support';

const folder = mkdtempSync(join(tmpdir(), 'nabla-cli-'));
const script = join(folder, 'cli.js');

beforeAll(async () => {
  const builder = pathToFileURL(resolve('esbuild.mjs')).href;
  const { bundleOptions } = (await import(builder)) as {
    bundleOptions: (name: 'cli', mode: { define: Record<string, string> }) => BuildOptions;
  };
  const options = bundleOptions('cli', { define: { NABLA_VERSION: '"9.9.9"' } });
  await build({ ...options, outdir: folder });
});

afterAll(() => rmSync(folder, { recursive: true }));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the bundle as a process of its own, in an empty folder. */
function nabla(...words: readonly string[]): Promise<Ended> {
  return new Promise(done => {
    const child = execFile(
      process.execPath,
      [script, ...words],
      { cwd: folder },
      (_error, stdout, stderr) => done({ code: child.exitCode, stdout, stderr }),
    );
  });
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
