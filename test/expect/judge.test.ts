import { describe, expect, it } from 'vitest';
import type { GradcheckEntry, GradcheckReport } from '../../src/engine/gradcheck';
import { judgeGradcheck, judgeLoss, judgeOutputs } from '../../src/expect/judge';
import { Tally, testLine } from '../../src/expect/report';
import { runTest } from '../../src/expect/run';
import type { Bench } from '../../src/expect/run';
import { testsOf } from '../../src/expect/tests';
import { verdictChinese } from '../../src/expect/words.zh';
import type { Network } from '../../src/network/network';
import { parseNetwork } from '../../src/network/parse';

const output = (values: number[], tolerance = 1e-6) =>
  ({ type: 'output', input: [0, 1], output: values, tolerance }) as const;

describe('outputs', () => {
  it('pass within the tolerance, its edge included', () => {
    expect(judgeOutputs(output([1, 2], 0.25), [1.25, 2])).toEqual({
      result: 'passed',
      message: '2 outputs within ± 0.25 (off by at most 0.25)',
    });
  });

  it('fail beyond it, with each number that is off', () => {
    expect(judgeOutputs(output([1]), [0.93])).toEqual({
      result: 'failed',
      message: 'output[0] = 0.93, expected 1 ± 1e-6 (off by 0.07)',
      expected: '1',
      actual: '0.93',
    });
    expect(judgeOutputs(output([1, 2, 3], 0.5), [2, 2, 1.5]).message).toBe(
      'output[0] = 2, expected 1 ± 0.5 (off by 1); output[2] = 1.5, expected 3 ± 0.5 (off by 1.5)',
    );
    expect(judgeOutputs(output([1, 1, 1, 1, 1]), [0, 0, 0, 0, 0]).message).toMatch(
      /^output\[0\].*; output\[2\] [^;]*; and 2 more$/,
    );
  });

  it.each([NaN, Infinity, -Infinity])('fail with %d', value => {
    expect(judgeOutputs(output([1]), [value])).toMatchObject({
      result: 'failed',
      message: `output[0] = ${value}, expected 1 ± 1e-6`,
    });
  });
});

describe('the loss', () => {
  const wanted = { type: 'loss', atMost: 0.01, afterEpochs: 500 } as const;

  it.each([
    [0.01, 'passed', 'loss = 0.01 after 500 epochs, at most 0.01'],
    [0.02, 'failed', 'loss = 0.02 after 500 epochs, expected at most 0.01'],
    [NaN, 'failed', 'loss = NaN after 500 epochs, expected at most 0.01'],
  ])('of %d has %s', (loss, result, message) => {
    const verdict = judgeLoss(wanted, { loss, epochs: 500, diverged: false });
    expect(verdict).toMatchObject({ result, message });
  });

  it('of a training that diverged is none, however small', () => {
    expect(judgeLoss(wanted, { loss: 0, epochs: 1, diverged: true })).toEqual({
      result: 'failed',
      message: 'the training diverged after 1 epoch, expected a loss of at most 0.01',
    });
  });
});

const entry = (layer: number, error: number): GradcheckEntry => ({
  target: { type: 'weight', layer, row: 0, column: 2 },
  analytic: 0.5,
  numeric: 0.25,
  error,
  verdict: 'fail',
});

const report = (over: Partial<GradcheckReport>): GradcheckReport => ({
  parameters: 9,
  checked: 9,
  worst: undefined,
  failed: [],
  kinks: [],
  flat: 0,
  samples: 4,
  layers: [],
  step: 1e-5,
  ...over,
});

describe('a gradcheck', () => {
  it('passes where every gradient agrees', () => {
    expect(judgeGradcheck(report({ worst: entry(0, 1.5e-8) }))).toEqual({
      result: 'passed',
      message:
        '9 of 9 gradients agree with their differences, worst relative error 1.5e-8 at layers[0].weights[0][2]',
    });
  });

  it('fails with the first that do not', () => {
    const failed = [entry(1, 0.5), entry(2, 0.25)];
    expect(judgeGradcheck(report({ failed }))).toEqual({
      result: 'failed',
      message:
        '2 of 9 gradients do not agree with their differences: layers[1].weights[0][2] = 0.5, its difference 0.25 (error 5.0e-1); layers[2].weights[0][2] = 0.5, its difference 0.25 (error 2.5e-1)',
    });
  });
});

describe('the tests of a network', () => {
  const list = (expectations: Network['expect']) =>
    testsOf({ expect: expectations }).map(({ id, label, path }) => [id, label, path]);

  it('begin with its gradcheck, which stands where the file asks for it', () => {
    expect(list(undefined)).toEqual([['gradcheck', 'gradcheck', []]]);
    expect(
      list([output([1]), { type: 'gradcheck', name: 'exact' }, { type: 'gradcheck' }]),
    ).toEqual([
      ['gradcheck', 'exact', ['expect', 1]],
      ['expect[0]', '[0, 1] → [1]', ['expect', 0]],
    ]);
  });

  it.each(['', '  ', '\u200b'])('are not called %j, which nobody sees in a list', name => {
    expect(list([{ ...output([1]), name }])).toContainEqual([
      ...['expect[0]', '[0, 1] → [1]', ['expect', 0]],
    ]);
    expect(list([{ type: 'gradcheck', name }])).toEqual([
      ['gradcheck', 'gradcheck', ['expect', 0]],
    ]);
  });

  it('are called by their names, or by what they say', () => {
    const long = { ...output([1, 2, 3, 4, 5]), name: undefined };
    expect(
      list([
        long,
        { type: 'loss', atMost: 0.1, afterEpochs: 0 },
        { type: 'loss', atMost: 0.1, afterEpochs: 1 },
        { type: 'loss', atMost: 0.1, afterEpochs: 5, name: 'learns' },
      ]).map(([, label]) => label),
    ).toEqual([
      'gradcheck',
      '[0, 1] → [1, 2, 3, 4, …]',
      'loss ≤ 0.1',
      'loss ≤ 0.1 after 1 epoch',
      'learns',
    ]);
  });
});

describe('a test', () => {
  const text = `{"version": 1, "input": {"shape": [2]}, "layers": [{"type": "dense", "units": 1}]}`;
  const network = parseNetwork(text).network as Network;
  const asked: unknown[] = [];
  const bench = (hasData: boolean): Bench => ({
    network,
    hasData,
    predict: async input => {
      asked.push(input);
      return [1];
    },
    gradcheck: async () => report({}),
    loss: async epochs => ({ loss: 0.5, epochs, diverged: false }),
  });
  const run = (expectation: NonNullable<Network['expect']>[number], hasData = true) =>
    runTest({ id: '', label: '', path: ['expect', 0], expectation }, bench(hasData));

  it('asks only for what it needs', async () => {
    expect(await run(output([1]), false)).toMatchObject({ result: 'passed' });
    expect(asked.splice(0)).toEqual([[0, 1]]);
    expect(await run({ type: 'loss', atMost: 0.6, afterEpochs: 7 })).toMatchObject({
      message: 'loss = 0.5 after 7 epochs, at most 0.6',
    });
    expect(asked).toEqual([]);
  });

  it('of other sizes than the network has is not computed', async () => {
    const short = { ...output([1]), input: [1] };
    expect(await run(short)).toMatchObject({
      result: 'failed',
      message: 'input has 1 number, expected the 2 that the network takes',
    });
    expect(await run(output([1, 2]))).toMatchObject({
      result: 'failed',
      message: 'output has 2 numbers, expected the 1 that the network gives',
    });
    expect(asked).toEqual([]);
  });

  it('without data fails where the file asks for it, and is skipped where it does not', async () => {
    expect((await run({ type: 'loss', atMost: 9, afterEpochs: 0 }, false)).result).toBe('failed');
    expect((await run({ type: 'gradcheck' }, false)).result).toBe('failed');
    const [own] = testsOf({});
    expect(await runTest(own, bench(false))).toMatchObject({ result: 'skipped' });
  });
});

it('is told in a line that a terminal makes a link of', () => {
  const tally = new Tally();
  const verdicts = [judgeOutputs(output([1]), [1]), judgeOutputs(output([1]), [0.5])];
  for (const verdict of verdicts) tally.add(verdict);
  expect(tally.summary).toBe('1 passed, 1 failed');
  const spot = { file: 'a.nn.json', line: 3, column: 5 };
  expect(testLine(spot, '[0] → [1]', verdicts[1])).toBe(
    'FAIL  a.nn.json:3:5 [0] → [1]: output[0] = 0.5, expected 1 ± 1e-6 (off by 0.5)',
  );
  tally.add({ result: 'skipped', message: '' });
  expect(tally.summary).toBe('1 passed, 1 failed, 1 skipped');
});

describe('in Chinese', () => {
  const wanted = { type: 'loss', atMost: 0.01, afterEpochs: 500 } as const;

  it('a verdict has the same numbers', () => {
    expect(judgeOutputs(output([1]), [0.93], verdictChinese).message).toBe(
      'output[0] = 0.93，应为 1 ± 1e-6（偏差 0.07）',
    );
    const found = { loss: 0.02, epochs: 500, diverged: false };
    expect(judgeLoss(wanted, found, verdictChinese).message).toBe(
      '训练 500 轮后损失 = 0.02，应不超过 0.01',
    );
    expect(judgeOutputs(output([1, 1, 1, 1, 1]), [0, 0, 0, 0, 0], verdictChinese).message).toMatch(
      /；另有 2 处$/,
    );
  });

  it('labels, marks and the sum are, too', () => {
    const [, loss] = testsOf({ expect: [wanted] }, verdictChinese);
    expect(loss.label).toBe('训练 500 轮后损失 ≤ 0.01');
    const spot = { file: 'a.nn.json', line: 3, column: 5 };
    const verdict = judgeOutputs(output([1]), [0.5], verdictChinese);
    expect(testLine(spot, loss.label, verdict, verdictChinese)).toMatch(
      /^失败 {2}a\.nn\.json:3:5 /,
    );
    const tally = new Tally(verdictChinese);
    tally.add(verdict);
    expect(tally.summary).toBe('0 项通过，1 项失败');
  });
});
