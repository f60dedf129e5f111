/** `nabla train FILE --run FOLDER`: the file that the editor keeps of a training, too. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readRun } from '../../src/runs/readRun';
import { parametersOf } from '../../src/runs/runParameters';
import { example, nabla, trainingLines } from './support';

const IRIS = example('iris');

async function kept(file: string, options: readonly string[] = [], files = {}, folder = 'runs') {
  const words = ['train', file, '--run', folder, '--json', ...options];
  const outcome = await nabla(words, files);
  const [path, text] = Object.entries(outcome.written).find(([name]) => name.endsWith('.jsonl'))!;
  return { ...outcome, ...trainingLines(outcome.stdout), path, text, run: readRun(text) };
}

const rowsOf = (text: string): Record<string, number>[] =>
  text
    .trimEnd()
    .split('\n')
    .slice(1, -1)
    .map(line => ({ ...(JSON.parse(line) as Record<string, number>), seconds: 0 }));

describe('train --run', () => {
  it('keeps settings, a row an epoch, and the result', async () => {
    const { path, run, epochs, done, engine } = await kept(IRIS, ['--epochs', '20']);
    expect(path).toBe('runs/iris-20260131T235959123Z-1.jsonl');
    expect(run.faults).toEqual([]);
    expect(run.head).toMatchObject({ file: IRIS, begun: '2026-01-31T23:59:59.123Z', engine });
    const text = readFileSync(IRIS);
    const digest = Buffer.from(await crypto.subtle.digest('SHA-256', text)).toString('hex');
    expect(run.head.sha256).toBe(digest);
    expect([...run.columns.get('epoch')!]).toEqual(Array.from({ length: 21 }, (_, i) => i));
    expect([...run.columns.get('loss')!].slice(1)).toEqual(epochs.map(({ loss }) => loss));
    expect([...run.columns.get('validationAccuracy')!].slice(1)).toEqual(
      epochs.map(({ validationAccuracy }) => validationAccuracy),
    );
    expect(run.result).toMatchObject({
      reason: 'epochs',
      epochs: 20,
      loss: done.loss,
      seconds: done.seconds,
      best: { loss: Math.min(...run.columns.get('loss')!) },
    });
  });

  it('gives the same rows twice, however they are printed, and others for another seed', async () => {
    const first = await kept(IRIS, ['--epochs', '30']);
    const second = await kept(IRIS, ['--epochs', '30']);
    expect(rowsOf(second.text)).toEqual(rowsOf(first.text));
    const { written } = await nabla(['train', IRIS, '--run', 'runs', '--epochs', '30']);
    expect(rowsOf(Object.values(written)[0])).toEqual(rowsOf(first.text));
    const other = await kept(IRIS, ['--epochs', '30', '--seed', '2']);
    expect(other.path).toMatch(/-2\.jsonl$/);
    expect(rowsOf(other.text)).not.toEqual(rowsOf(first.text));
    expect(other.run.result?.parameters).not.toEqual(first.run.result?.parameters);
    expect(second.run.result?.parameters).toEqual(first.run.result?.parameters);
  });

  it('has the very numbers that are written back', async () => {
    const { run, written } = await kept(IRIS, ['--epochs', '5', '--write']);
    const nothing = () => Promise.reject(new Error('no file was expected'));
    const values = await parametersOf(run, nothing, crypto.subtle);
    const { layers } = JSON.parse(written[IRIS]) as {
      layers: { weights: number[][]; bias: number[] }[];
    };
    expect([...values]).toEqual(
      layers.flatMap(({ weights, bias }) => [...weights.flat(), ...bias]),
    );
  });

  it('has few rows of many epochs: as many for each time as long', async () => {
    const file = example('linear-3-3-2');
    const { run } = await kept(file, ['--epochs', '5000']);
    const epochs = [...run.columns.get('epoch')!];
    const gaps = epochs.slice(1).map((epoch, i) => epoch - epochs[i]);
    expect(epochs.at(-1)).toBe(5000);
    expect(epochs.slice(0, 1025)).toEqual(Array.from({ length: 1025 }, (_, i) => i));
    expect([...new Set(gaps)]).toEqual([1, 2, 4, 8]);
  });

  it('keeps a training that diverges, with the reason and finite weights', async () => {
    const file = example('linear-3-3-2');
    const wild = readFileSync(file, 'utf8').replace('"learningRate": 0.1', '"learningRate": 1e9');
    const { code, run, done } = await kept(file, [], { [file]: wild });
    expect(code).toBe(1);
    expect(run.result).toMatchObject({ reason: 'diverged', epochs: done.epochs });
    expect(run.result?.parameters?.every(Number.isFinite)).toBe(true);
  });

  it('writes the weights of a large network beside it', async () => {
    const file = example('xor');
    const text = readFileSync(file, 'utf8').replace(/"units": \d+/, '"units": 6000');
    const bare = text.replace(/,\s*"weights": \[[^{}]*?\](?=\s*[,}])/g, '');
    const { bytes, run } = await kept(file, ['--fresh', '--epochs', '1'], { [file]: bare });
    expect(run.result?.parameters).toBeUndefined();
    const beside = `runs/${run.result!.weights!.file}`;
    const read = (name: string) => Promise.resolve(bytes[`runs/${name}`]);
    expect(Object.keys(bytes)).toEqual([beside]);
    expect(await parametersOf(run, read, crypto.subtle)).toHaveLength(24001);
  });

  it('names the network from the folder that the editor keeps runs of', async () => {
    const { run } = await kept(IRIS, ['--epochs', '1'], {}, 'media/.nabla/runs');
    expect(run.head.file).toBe('examples/iris.nn.json');
  });

  it('says before it trains that nothing can be written, and after it when nothing was', async () => {
    const words = ['train', IRIS, '--epochs', '1', '--run'];
    const locked = await nabla([...words, 'locked/runs']);
    expect(locked).toMatchObject({ code: 1, stdout: '' });
    expect(locked.stderr).toBe('cannot keep runs in locked/runs: EACCES: permission denied\n');
    const full = await nabla([...words, 'full/runs']);
    expect(full.code).toBe(1);
    expect(full.stdout).toContain('Done after 1 epochs');
    expect(full.stderr).toBe('cannot keep the run in full/runs: ENOSPC: no space left on device\n');
  });
});
