/** What a training leaves behind when numbers overflow, files change or nobody listens. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { OutputState } from '../../src/cli/io';
import { runCli } from '../../src/cli/main';
import { OutOfMemory } from '../../src/engine/outOfMemory';
import { EditError } from '../../src/network/edit';
import { example, nabla, trainingLines } from './support';

const LINEAR = example('linear-3-3-2');
const text = readFileSync(LINEAR, 'utf8');
const trainLinear = ['train', LINEAR, '--json'];

describe('a file that is saved during the training', () => {
  it.each([
    ['--write', ['--write']],
    ['--out by another name of the network', ['--out', `media/../${LINEAR}`]],
  ])('is not overwritten by %s', async (_, options) => {
    const savedMeanwhile = { [LINEAR]: text.replace('"name": "', '"name": "my ') };
    const words = [...trainLinear, '--epochs', '20', ...options];
    const { code, stdout, stderr, written } = await nabla(words, {}, { savedMeanwhile });
    expect(written).toEqual({});
    expect(code).toBe(1);
    expect(stderr).toContain(`${LINEAR} was changed while the network was trained`);
    expect(stderr).toContain('--out FILE');
    expect(trainingLines(stdout).done).toMatchObject({ done: 'epochs', epochs: 20 });
  });

  it('does not matter to a file of its own', async () => {
    const savedMeanwhile = { [LINEAR]: `${text}\n` };
    const words = [...trainLinear, '--epochs', '20', '--out', 'o.nn.json'];
    const { code, written } = await nabla(words, {}, { savedMeanwhile });
    expect(code).toBe(0);
    expect(Object.keys(written)).toEqual(['o.nn.json']);
  });
});

describe('numbers that overflow', () => {
  /** One step of `rate` from zero weights with the target 1: finite weights, whose next loss overflows. */
  const network = (rate: number, more = ''): string => `{
    "version": 1, "name": "n", "input": { "shape": [1] },
    "layers": [{ "type": "dense", "units": 1, "activation": "linear", "weights": [[0]], "bias": [0] }],
    "loss": { "type": "meanSquaredError" },
    "training": { "precision": "float64", "batchSize": "all", "epochs": 1,
      "optimizer": { "type": "sgd", "learningRate": ${rate} }${more} },
    "data": { "inline": [{ "x": [1], "y": [1] }] } }`;
  const train = async (content: string, ...options: string[]) => {
    const words = ['train', 'a.nn.json', '--json', '--write', ...options];
    const outcome = await nabla(words, { 'a.nn.json': content });
    return { ...outcome, ...trainingLines(outcome.stdout) };
  };

  it('in the evaluation after the last epoch are a divergence', async () => {
    const { code, stderr, done, written } = await train(network(1e200));
    expect(written).toEqual({});
    expect(done).toMatchObject({ done: 'diverged', epochs: 0, loss: 0.5 });
    expect(code).toBe(1);
    expect(stderr).toContain('training diverged');
    expect(stderr).toContain('choose a smaller learning rate');
  });

  it('are one also when the time is up before an epoch was complete', async () => {
    const slow = network(1e200, ', "shuffle": false, "stop": { "maxSeconds": 0.001 }').replace(
      '"all"',
      '1',
    );
    const two = slow.replace('"y": [1] }', '"y": [1] }, { "x": [0], "y": [0] }');
    const { code, done, written } = await train(two);
    expect([code, done.done, written]).toEqual([1, 'diverged', {}]);
  });

  it.each([[[]], [['--epochs', '0']]])(
    'before any update are not blamed on the learning rate (%j)',
    async options => {
      const huge = network(0.1).replace('"y": [1]', '"y": [1e300]');
      const { code, stderr, done, written } = await train(huge, ...options);
      expect([code, done.done, written]).toEqual([1, 'diverged', {}]);
      expect(stderr).toMatch(/the loss is Infinity before any update/);
      expect(stderr).toContain('data');
      expect(stderr).toContain('initial weights');
      expect(stderr).not.toContain('smaller learning rate');
    },
  );

  it('in the first update are', async () => {
    const { code, stderr } = await train(network(1e308).replace('"y": [1]', '"y": [9]'));
    expect(code).toBe(1);
    expect(stderr).toContain('choose a smaller learning rate');
  });

  it('are no prediction', async () => {
    const content = network(1).replace('[[0]]', '[[1e308]]');
    for (const words of [['--json'], []]) {
      const { code, stdout, stderr } = await nabla(
        ['predict', 'a.nn.json', '--input', '[[1], [100]]', ...words],
        { 'a.nn.json': content },
      );
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toContain('the output y of sample 2 (index 1) is Infinity, no finite number');
    }
  });
});

describe('standard output that ends', () => {
  const afterOneLine = (end: OutputState) => (printed: string) =>
    printed.includes('\n') ? end : ({ type: 'open' } as const);
  const closed = { output: afterOneLine({ type: 'closed' }) };

  it('ends a training that writes nothing, as a success', async () => {
    const { code, stdout, stderr } = await nabla(
      [...trainLinear, '--epochs', '1000000'],
      {},
      closed,
    );
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.split('\n').length).toBeLessThan(100);
  });

  it('does not end one that writes', async () => {
    const words = [...trainLinear, '--epochs', '50', '--write'];
    const { code, written } = await nabla(words, {}, closed);
    expect(code).toBe(0);
    expect(written).toEqual((await nabla(words)).written);
    expect(Object.keys(written)).toEqual([LINEAR]);
  });

  it('is a failure, and nothing is written, when it cannot be written to', async () => {
    const output = afterOneLine({ type: 'failed', reason: 'ENOSPC: no space left on device' });
    const { code, stderr, written } = await nabla([...trainLinear, '--write'], {}, { output });
    expect([code, written]).toEqual([1, {}]);
    expect(stderr).toBe('nabla: cannot write the output: ENOSPC: no space left on device\n');
  });

  it('is one for every command', async () => {
    const output = (): OutputState => ({ type: 'failed', reason: 'EIO: i/o error' });
    const { code, stderr } = await nabla(['gradients', LINEAR], {}, { output });
    expect([code, stderr]).toEqual([1, 'nabla: cannot write the output: EIO: i/o error\n']);
  });
});

describe('expected faults', () => {
  const failing = (error: Error) => {
    let stderr = '';
    const code = runCli(['train', LINEAR, '--epochs', '1', '--out', 'o'], {
      version: '1',
      folder: process.cwd(),
      readFile: async path => readFileSync(path),
      realPath: async () => {
        throw error;
      },
      checkWritable: async () => undefined,
      makeFolder: async () => undefined,
      time: () => 0,
      writeFile: async () => undefined,
      stdout: () => undefined,
      stderr: line => {
        stderr += line;
      },
      output: { type: 'open' },
      pause: async () => undefined,
      now: () => 0,
    });
    return code.then(ended => ({ code: ended, stderr }));
  };

  it.each([
    [new EditError('The list is shorter.'), 'The list is shorter. Nothing was written.'],
    [new RangeError('Array buffer allocation failed'), 'need more memory than there is'],
    [new OutOfMemory('19 GB'), 'more memory than there is (19 GB). Use fewer units'],
  ])('%s is a sentence', async (error, sentence) => {
    const { code, stderr } = await failing(error);
    expect(code).toBe(1);
    expect(stderr).toContain(sentence);
  });

  it('others are told apart', async () => {
    await expect(failing(new TypeError('x is no function'))).rejects.toThrow('x is no function');
  });
});
