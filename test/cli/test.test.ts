import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { example, nabla, trainingLines } from './support';

const XOR = example('xor');

/** y = 2 x₁ + x₂, exactly. */
const base = {
  version: 1,
  input: { shape: [2] },
  layers: [{ type: 'dense', units: 1, activation: 'linear', weights: [[2, 1]], bias: [0] }],
  loss: { type: 'meanSquaredError' },
  training: { precision: 'float64', optimizer: { type: 'sgd', learningRate: 0.01 }, epochs: 3 },
  data: { inline: [{ x: [1, 1], y: [4] }] },
};

const file = (expectations: unknown, rest: object = {}): string =>
  JSON.stringify({ ...base, ...rest, expect: expectations }, undefined, 1);

interface Told {
  passed: number;
  failed: number;
  skipped: number;
  tests: {
    file: string;
    test: string;
    path: string;
    line: number;
    result: string;
    message: string;
  }[];
}

/** What `--json` prints, and the exit code. */
async function told(text: string, ...options: string[]): Promise<Told & { code: number }> {
  const words = ['test', 'a.nn.json', '--json', ...options];
  const { code, stdout, written } = await nabla(words, { 'a.nn.json': text });
  expect(written).toEqual({});
  return { ...(JSON.parse(stdout) as Told), code };
}

describe('nabla test', () => {
  it('checks the gradients of a network that expects nothing', async () => {
    const { code, stdout, stderr } = await nabla(['test', XOR]);
    expect(stdout).toMatch(
      /^pass {2}media\/examples\/xor\.nn\.json:1:1 gradcheck: 17 of 17 gradients agree .*\n1 passed, 0 failed\n$/,
    );
    expect([code, stderr]).toEqual([0, '']);
  });

  it('speaks Chinese where it is asked to', async () => {
    const words = ['test', 'a.nn.json', '--language', 'zh-cn'];
    const { code, stdout } = await nabla(words, {
      'a.nn.json': file([{ input: [1, 2], output: [4.5] }]),
    });
    expect(stdout).toContain('output[0] = 4，应为 4.5 ± 1e-6（偏差 0.5）');
    expect(stdout).toMatch(/1 项通过，1 项失败\n$/);
    expect(code).toBe(1);
  });

  it('tells each expectation where it stands, and exits with 1 when one is not met', async () => {
    const text = file([
      { input: [1, 1], output: [3] },
      { name: 'four', input: [1, 2], output: [4.5] },
    ]);
    const { code, stdout } = await nabla(['test', 'a.nn.json'], { 'a.nn.json': text });
    const line = (part: string): number => text.slice(0, text.indexOf(part)).split('\n').length;
    expect(stdout.split('\n')).toEqual([
      expect.stringMatching(/^pass {2}a\.nn\.json:1:1 gradcheck: 3 of 3/),
      `pass  a.nn.json:${line('"input": [\n    1,\n    1') - 1}:3 [1, 1] → [3]: 1 output within ± 1e-6 (off by at most 0)`,
      `FAIL  a.nn.json:${line('"name": "four"') - 1}:3 four: output[0] = 4, expected 4.5 ± 1e-6 (off by 0.5)`,
      '2 passed, 1 failed',
      '',
    ]);
    expect(code).toBe(1);
  });

  it('takes inputs in the units of the data', async () => {
    const data = {
      inline: [
        { x: [10, 0], y: [1] },
        { x: [30, 4], y: [1] },
      ],
      normalize: 'minMax',
    };
    // 2 · (20 − 10) / 20 + (1 − 0) / 4
    const { code, tests } = await told(file([{ input: [20, 1], output: [1.25] }], { data }));
    expect(tests[1]).toMatchObject({ path: 'expect[0]', result: 'passed' });
    expect(code).toBe(0);
  });

  it('trains as train does, from the same start each time', async () => {
    const { stdout } = await nabla(['train', XOR, '--epochs', '40', '--json']);
    const { loss } = trainingLines(stdout).done;
    const network = JSON.parse(readFileSync(XOR, 'utf8')) as object;
    const after = (atMost: number) => ({ loss: { atMost, afterEpochs: 40 } });
    const text = JSON.stringify({ ...network, expect: [after(loss), after(loss * 0.999999)] });
    const { tests } = await told(text);
    expect(tests.map(({ result }) => result)).toEqual(['passed', 'passed', 'failed']);
    expect(tests[2].message).toContain(' after 40 epochs');
  });

  it('asks for the loss as it is where no epochs are said', async () => {
    // ½ (3 − 4)²
    const { tests } = await told(file([{ loss: { atMost: 0.5 } }, { loss: { atMost: 0.49 } }]));
    expect(tests.slice(1).map(({ result }) => result)).toEqual(['passed', 'failed']);
    expect(tests[2].message).toBe('loss = 0.5, expected at most 0.49');
  });

  it('forgets what one test has trained before the next', async () => {
    const trained = { loss: { atMost: 0.45, afterEpochs: 50 } };
    const { tests } = await told(
      file([trained, { input: [1, 1], output: [3] }, trained, { loss: { atMost: 0.45 } }]),
    );
    const results = tests.map(({ result }) => result);
    expect(results).toEqual(['passed', 'passed', 'passed', 'passed', 'failed']);
    expect(tests[1].message).toBe(tests[3].message);
  });

  it('fails where training diverges', async () => {
    const training = { ...base.training, optimizer: { type: 'sgd', learningRate: 1e9 } };
    const expectations = [{ loss: { atMost: 1e300, afterEpochs: 100 } }];
    const { code, tests } = await told(file(expectations, { training }));
    expect(tests[1]).toMatchObject({
      result: 'failed',
      message: expect.stringMatching(/^the training diverged after \d+ epochs?, expected a loss/),
    });
    expect(code).toBe(1);
  });

  it('fails where the loss is no number to begin with', async () => {
    const layers = [{ ...base.layers[0], weights: [[1e200, 1]] }];
    const { code, tests } = await told(file([{ loss: { atMost: 1 } }], { layers }));
    expect(tests[1].message).toBe('loss = Infinity, expected at most 1');
    expect(code).toBe(1);
  });

  it('skips what needs data and nobody asks for, and fails what somebody does', async () => {
    const expectations = [{ input: [1, 1], output: [3] }];
    expect(await told(file(expectations, { data: undefined }))).toMatchObject({
      ...{ code: 0, passed: 1, failed: 0, skipped: 1 },
    });
    const asked = await told(file([{ gradcheck: true }], { data: undefined }));
    expect(asked).toMatchObject({ code: 1, failed: 1, skipped: 0 });
  });

  it('takes several files, and a broken one is a failed test of its own', async () => {
    const broken = file([{ input: [1, 1], output: [3], tolerance: -1 }]);
    const good = file([{ input: [1, 1], output: [3] }]);
    const files = { 'a.nn.json': broken, 'b.nn.json': good };
    const { code, stdout } = await nabla(['test', 'a.nn.json', 'b.nn.json'], files);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toMatch(
      /^FAIL {2}a\.nn\.json:\d+:\d+ value\.range: expect\[0\]\.tolerance must be a number above 0; found -1\.$/,
    );
    expect(lines.slice(1).map(line => line.slice(0, 16))).toEqual([
      ...['pass  b.nn.json:', 'pass  b.nn.json:', '2 passed, 1 fail'],
    ]);
    expect(code).toBe(1);
  });

  it('exits with 2 when a file cannot be read, or none is named', async () => {
    const missing = await nabla(['test', XOR, 'none.nn.json']);
    expect(missing).toMatchObject({ code: 2, stdout: '' });
    expect(missing.stderr).toContain('cannot read none.nn.json');
    const none = await nabla(['test']);
    expect(none.code).toBe(2);
    expect(none.stderr).toContain('test takes at least one network file, found none');
  });

  it('stops when nobody reads what it prints', async () => {
    const world = {
      output: (printed: string) =>
        printed === '' ? ({ type: 'open' } as const) : ({ type: 'closed' } as const),
    };
    const { code, stdout } = await nabla(['test', XOR, XOR, XOR], {}, world);
    expect(stdout.split('\n')).toHaveLength(2);
    expect(code).toBe(0);
  });
});
