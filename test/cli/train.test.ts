import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EXAMPLES, example, nabla, nablaJson, trainingLines } from './support';
import type { DoneLine } from './support';

const IRIS = example('iris');

async function train(file: string, options: readonly string[] = [], files = {}) {
  const outcome = await nabla(['train', file, '--json', ...options], files);
  return { ...outcome, ...trainingLines(outcome.stdout) };
}

/** Loss and accuracies of a text before any step. */
async function evaluate(file: string, text: string): Promise<DoneLine> {
  return (await train(file, ['--epochs', '0'], { [file]: text })).done;
}

describe('train', () => {
  it('iris as shipped reaches a validation accuracy of 0.93', async () => {
    const { code, epochs, done } = await train(IRIS);
    expect(code).toBe(0);
    expect(done.done).toBe('epochs');
    expect(done.epochs).toBe(100);
    expect(epochs.map(line => line.epoch)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
    expect(done.validationAccuracy).toBeGreaterThanOrEqual(0.93);
    expect(done.accuracy).toBeGreaterThanOrEqual(0.93);
  });

  it.each(['2', '3', '4', '5', '6'])('iris reaches it with seed %s too', async seed => {
    expect((await train(IRIS, ['--seed', seed])).done.validationAccuracy).toBeGreaterThanOrEqual(
      0.93,
    );
  });

  it.each(EXAMPLES)('lowers the loss of %s', async file => {
    const start = await train(file, ['--epochs', '0']);
    expect(start.epochs).toEqual([]);
    const { code, done } = await train(file, ['--epochs', '20']);
    expect(code).toBe(0);
    expect(done.loss).toBeLessThan(start.done.loss);
  });

  it.each([
    ['digits', 0.95],
    ['residual', 0.95],
    ['two-branches', 0.93],
    ['spiral', 0.95],
    ['nielsen-2-4-2', 0.95],
  ])('%s as shipped validates with %f', async (name, accuracy) => {
    expect((await train(example(name))).done.validationAccuracy).toBeGreaterThanOrEqual(accuracy);
  });

  it('xor is learnt, equal weights do not learn it', async () => {
    const xor = await train(example('xor'));
    expect(xor.done).toMatchObject({ done: 'targetLoss', accuracy: 1 });
    expect(xor.done.loss).toBeLessThanOrEqual(0.001);
    expect((await train(example('symmetric-2-3-2'))).done.loss).toBeGreaterThan(0.24);
  });

  it('prints some epochs for people, with the numbers that all of them have', async () => {
    const { epochs, done } = await train(IRIS);
    const { stdout } = await nabla(['train', IRIS]);
    const rows = stdout.split('\n').filter(line => /^ +\d/.test(line));
    expect(rows.map(row => Number.parseInt(row, 10))).toEqual(
      Array.from({ length: 21 }, (_, i) => 5 * i),
    );
    for (const row of rows.slice(1)) {
      const [epoch, loss] = row.trim().split(/ +/);
      expect(Number(loss)).toBeCloseTo(epochs[Number(epoch) - 1].loss, 6);
    }
    expect(stdout).toContain(`after ${done.epochs} epochs`);
  });

  it('prints one line an epoch with exactly the promised names', async () => {
    const { epochs, done } = await train(IRIS, ['--epochs', '3']);
    expect(epochs).toHaveLength(3);
    for (const line of epochs) {
      expect(Object.keys(line)).toEqual([
        'epoch',
        'loss',
        'validationLoss',
        'accuracy',
        'validationAccuracy',
        'r2',
        'validationR2',
      ]);
    }
    expect(Object.keys(done)).toEqual([
      'done',
      'epochs',
      'loss',
      'accuracy',
      'validationAccuracy',
      'r2',
      'validationR2',
      'seconds',
      'samplesPerSecond',
    ]);
    expect(done.loss).toBe(epochs[2].loss);
    expect(done.samplesPerSecond).toBeCloseTo((3 * 120) / done.seconds, 6);
  });

  it('gives null for what does not exist', async () => {
    const { epochs } = await train(example('linear-3-3-2'), ['--epochs', '1']);
    expect(epochs[0]).toMatchObject({
      validationLoss: null,
      accuracy: null,
      validationAccuracy: null,
      validationR2: null,
    });
    expect((await train(IRIS, ['--epochs', '1'])).epochs[0]).toMatchObject({ r2: null });
  });

  it('tells R² where there is no accuracy', async () => {
    const { epochs, done } = await train(example('linear-3-3-2'), ['--epochs', '2']);
    expect(done.r2).toBeLessThan(1);
    expect(done.r2).toBe(epochs[1].r2);
    const { stdout } = await nabla(['train', example('linear-3-3-2'), '--epochs', '2']);
    expect(stdout).toMatch(/^ *epoch +loss +val\. loss +R² +val\. R²$/m);
    expect(stdout).toContain(done.r2!.toFixed(6));
  });

  it('gives the same bytes twice, and others for another seed', async () => {
    const write = async (...options: string[]): Promise<string> =>
      (await train(IRIS, ['--epochs', '20', '--out', 'o.nn.json', ...options])).written[
        'o.nn.json'
      ];
    const first = await write();
    expect(await write()).toBe(first);
    expect(await write('--seed', '1')).toBe(first);
    expect(await write('--seed', '2')).not.toBe(first);
  });

  it.each(['reference-3-4-2', 'iris', 'rates-3-3-2-1', 'residual', 'two-branches'])(
    'writes numbers of %s that give the very same loss when read',
    async name => {
      const file = example(name);
      const { done, written } = await train(file, ['--epochs', '10', '--write']);
      expect(Object.keys(written)).toEqual([file]);
      const read = await evaluate(file, written[file]);
      expect(read.loss).toBe(done.loss);
      expect(read.validationAccuracy).toBe(done.validationAccuracy);
    },
  );

  it('changes nothing else in the file, and leaves it alone when not told to write', async () => {
    const file = example('reference-3-4-2');
    const { written } = await train(file, ['--epochs', '1', '--write']);
    const strip = (text: string): string => text.replace(/-?\d+(\.\d+)?(e-?\d+)?/g, '#');
    expect(strip(written[file])).toBe(strip(readFileSync(file, 'utf8')));
    expect((await train(file, ['--epochs', '1'])).written).toEqual({});
  });

  it('writes the seed it was told to use, since split and samples belong to it', async () => {
    const { done, written } = await train(IRIS, ['--epochs', '5', '--seed', '9', '--write']);
    expect(JSON.parse(written[IRIS]).seed).toBe(9);
    expect((await evaluate(IRIS, written[IRIS])).loss).toBe(done.loss);
  });

  it('obeys patience and the time limit', async () => {
    const text = readFileSync(IRIS, 'utf8');
    const stop = (rule: string): Record<string, string> => ({
      [IRIS]: text.replace('"epochs": 100', `"epochs": 100, "stop": { ${rule} }`),
    });
    const patient = await train(IRIS, [], stop('"patience": 5'));
    expect(patient.done.done).toBe('patience');
    const losses = patient.epochs.map(line => line.validationLoss ?? NaN);
    expect(losses.length - 1 - losses.indexOf(Math.min(...losses))).toBe(5);
    const hurried = await train(IRIS, [], stop('"maxSeconds": 1'));
    expect(hurried.done.done).toBe('maxSeconds');
    expect(hurried.done.epochs).toBeLessThan(100);
  });

  it('stops before it writes numbers that overflowed', async () => {
    const file = example('linear-3-3-2');
    const wild = readFileSync(file, 'utf8').replace('"learningRate": 0.1', '"learningRate": 1e9');
    const { code, stderr, done, written } = await train(file, ['--write'], { [file]: wild });
    expect(code).toBe(1);
    expect(done.done).toBe('diverged');
    expect(stderr).toMatch(
      /training diverged in epoch \d+, batch 1: .+ became -?(Infinity|NaN) with learning rate 1000000000\. Nothing was written/,
    );
    expect(written).toEqual({});
  });

  it('reports a file that cannot be written', async () => {
    const words = ['train', IRIS, '--epochs', '1', '--out', 'locked/o.nn.json'];
    const { code, stderr } = await nabla(words);
    expect(code).toBe(1);
    expect(stderr).toBe('cannot write locked/o.nn.json: EACCES: permission denied\n');
  });

  it('asks before it trains whether the file can be written', async () => {
    const words = ['train', IRIS, '--epochs', '1', '--out', 'locked/o.nn.json'];
    expect((await nabla(words)).stdout).toBe('');
  });

  it('prints how the training ended also when it cannot be saved', async () => {
    const { code, stderr, done } = await train(IRIS, ['--epochs', '1', '--out', 'full/o.nn.json']);
    expect(code).toBe(1);
    expect(done).toMatchObject({ done: 'epochs', epochs: 1 });
    expect(stderr).toBe('cannot write full/o.nn.json: ENOSPC: no space left on device\n');
  });

  it('prints a table for people that ends with the last epoch', async () => {
    const { code, stdout } = await nabla(['train', IRIS]);
    expect(code).toBe(0);
    const lines = stdout.split('\n');
    expect(lines[0]).toMatch(/^ epoch +loss +val\. loss +accuracy +val\. accuracy$/);
    expect(lines[1]).toMatch(/^ +0 +\d/);
    expect(lines.filter(line => /^ +\d+ /.test(line))).toHaveLength(21);
    expect(stdout).toMatch(/^ +100 +0\.\d{6} +0\.\d{6} +\d+\.\d % +\d+\.\d %$/m);
    expect(stdout).toMatch(/Done after 100 epochs, \d+\.\d\d s, \d+ samples\/s\n$/);
  });

  it('says where the weights are, where nobody has said what becomes of them', async () => {
    const { stderr } = await nabla(['train', IRIS, '--epochs', '1']);
    expect(stderr).toBe(
      `The trained weights were not kept: --write puts them into ${IRIS}, --out FILE into another file.\n`,
    );
    expect((await nabla(['train', IRIS, '--epochs', '1', '--json'])).stderr).toBe('');
    expect((await train(IRIS, ['--epochs', '1', '--write'])).stderr).toBe('');
  });
});

describe('predict', () => {
  it('computes the outputs of the 3-4-2 network', async () => {
    const words = ['predict', example('reference-3-4-2'), '--input', '[1, 0.5, -1]'];
    const { outputs } = await nablaJson<{ outputs: number[][] }>(words);
    expect(outputs.map(row => row.map(y => y.toFixed(6)))).toEqual([['0.440615', '0.609335']]);
  });

  it('brings raw inputs to the scale that the network was trained on', async () => {
    const { written } = await train(IRIS, ['--write']);
    const all = await nablaJson<{ outputs: number[][] }>(['predict', IRIS, '--data'], written);
    expect(all.outputs).toHaveLength(150);
    const two = ['predict', IRIS, '--input', '[[5.1,3.5,1.4,0.2],[7,3.2,4.7,1.4]]'];
    const { outputs } = await nablaJson<{ outputs: number[][] }>(two, written);
    expect(outputs).toEqual([all.outputs[0], all.outputs[50]]);
  });

  it('names class and target for people', async () => {
    const { written } = await train(IRIS, ['--write']);
    const { stdout } = await nabla(['predict', IRIS, '--data'], written);
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(151);
    expect(lines[0]).toMatch(/^index +setosa +versicolor +virginica +class +target$/);
    expect(lines[1]).toMatch(/^ +0 +0\.99\d+ .* setosa +setosa$/);
    const right = lines.slice(1).filter(line => / (\w+) +\1$/.test(line)).length;
    expect(right).toBeGreaterThan(140);
  });

  it('needs no data', async () => {
    const text = readFileSync(example('xor'), 'utf8').replace(/,\n {2}"data".*/, '');
    const words = ['predict', 'a.nn.json', '--input', '[0, 1]'];
    const { outputs } = await nablaJson<{ outputs: number[][] }>(words, { 'a.nn.json': text });
    expect(outputs[0]).toHaveLength(1);
  });
});
