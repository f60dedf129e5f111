/** The parts of the benchmark that decide something: what is asked for, what is right, what is kept. */
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readOptions } from './options.mjs';
import { allowedBytes, report } from './report.mjs';
import type { Results } from './report.mjs';
import type { Measured } from './rounds.mjs';
import { faultOf, median } from './statistics.mjs';
import { ratio, summarize } from './summary.mjs';
import { digits, short, table, times } from './table.mjs';
import { judge, least, targetTables, targets } from './targets.mjs';
import type { Findings } from './targets.mjs';
import { denseFlops, documentOf, workloads } from './workloads.mjs';

/** A round in which a contender had this rate, and half as much again at best. */
const measured = (workload: string, contender: string, rate: number, round = 0): Measured => ({
  ...{ workload, contender, round, rate, best: 1.5 * rate },
});

const findings = (all: readonly Measured[], more: Partial<Findings> = {}): Findings => ({
  summary: summarize(all),
  fast: ['nabla', 'nabla-wide'],
  peak: { 128: 50, 256: 100 },
  ...{ gemm: undefined, gemmFast: undefined, endToEnd: {}, ...more },
});

describe('options', () => {
  it('are everything, five rounds and no peers, unless somebody asks for something else', () => {
    const options = readOptions([]);
    expect(options).toMatchObject({ rounds: 5, peers: false, wide: false, write: false });
    expect(options.subjects).toEqual([
      ...Object.keys(workloads),
      'TTA',
      'load',
      'mnist',
      'roofline',
    ]);
    const asked = 'W1 load W1 --rounds 2 --peers --python py --node n --wide --json f'.split(' ');
    expect(readOptions(asked)).toEqual({
      ...{ subjects: ['W1', 'load'], rounds: 2, peers: true, wide: true, write: false },
      ...{ python: 'py', node: 'n', json: 'f' },
    });
  });

  it.each([
    [['W7'], '"W7" is nothing to measure: expected canvas, bytes, accuracy, or some of W1, W2'],
    [['--rounds', '0'], '--rounds takes a whole number from 1 to 999, found "0"'],
    [['--rounds', 'many'], 'found "many"'],
    [['--fast'], "Unknown option '--fast'"],
  ])('are refused with a reason: %j', (args, message) => {
    expect(() => readOptions(args)).toThrow(message);
  });
});

describe('workloads', () => {
  it('count the operations of a step: twice for the first layer, three times for the others', () => {
    expect(denseFlops([784, 128, 10])).toBe(2 * (2 * 784 * 128 + 3 * 128 * 10));
    const [first, second, last] = [24 * 24 * 8 * 25, 8 * 8 * 16 * 25 * 8, 256 * 10];
    expect(workloads.W6.flops).toBe(2 * (2 * first + 3 * (second + last)));
  });

  it('are made of whole batches', () => {
    for (const { samples, batch } of Object.values(workloads)) expect(samples % batch).toBe(0);
  });

  it('are network documents', () => {
    const document = documentOf(workloads.W3a, { seed: 7 });
    expect(document).toMatchObject({
      seed: 7,
      input: { shape: [784] },
      layers: [
        { units: 128, activation: 'relu', init: 'heNormal' },
        { units: 10, activation: 'softmax', init: 'xavierUniform' },
      ],
      loss: { type: 'crossEntropy', reduction: 'mean' },
      training: { batchSize: 32, shuffle: false, optimizer: { type: 'adam' } },
    });
  });
});

describe('statistics', () => {
  it('take the middle, and the mean of two in the middle', () => {
    expect(median([3, 1, 100])).toBe(3);
    expect(median([4, 1, 100, 2])).toBe(3);
    expect(median([])).toBeNaN();
  });

  it('find a loss that is not that of the reference', () => {
    expect(faultOf({ loss: 0.5004 }, 0.5)).toBeUndefined();
    expect(faultOf({ loss: 0.52 }, 0.5)).toContain(
      'its loss is 0.52 where the float64 reference has 0.5',
    );
    expect(faultOf({ loss: null }, 0.5)).toContain('NaN');
  });

  it('find who has learnt nothing', () => {
    expect(faultOf({ learnt: [1, 0.9] }, 0.5)).toBeUndefined();
    expect(faultOf({ learnt: [1, 1] }, 0.5)).toContain('went from 1 to 1');
    expect(faultOf({ learnt: [1, null] }, 0.5)).toContain('NaN');
  });
});

describe('the summary', () => {
  const all = [
    measured('W1', 'nabla', 20),
    measured('W1', 'synaptic', 5),
    measured('W1', 'nabla', 30, 1),
    measured('W1', 'synaptic', 10, 1),
    measured('W1', 'nabla', 100, 2),
    measured('W1', 'synaptic', 10, 2),
  ];

  it('has medians of the rounds, and the best of them all', () => {
    expect(summarize(all).W1[0]).toMatchObject({
      contender: 'nabla',
      rounds: 3,
      value: 30,
      best: 150,
    });
    expect(ratio(summarize(all), 'W1', 'nabla', 'synaptic')).toBe(3);
    expect(ratio(summarize(all), 'W1', 'nabla', 'torch')).toBeUndefined();
  });

  it('gives no number to who failed in any round', () => {
    const failed = summarize([...all, { ...measured('W1', 'nabla', 40, 3), fault: 'wrong' }]);
    expect(failed.W1[0]).toMatchObject({ value: NaN, fault: 'wrong' });
    expect(ratio(failed, 'W1', 'nabla', 'synaptic')).toBeUndefined();
  });

  it('takes less time for faster in the race, and no median of the races that were won alone', () => {
    const raced = (contender: string, seconds: number | null, round: number): Measured => ({
      ...{ workload: 'TTA', contender, round, seconds, steps: 250 },
    });
    const races = [
      raced('nabla', 1, 0),
      raced('torch', 4, 0),
      raced('torch', 2, 1),
      raced('slow', 1, 0),
    ];
    const summary = summarize([...races, raced('slow', null, 1)]);
    expect(summary.TTA[1]).toMatchObject({ value: 3, best: 2, steps: 250 });
    expect(ratio(summary, 'TTA', 'nabla', 'torch')).toBe(3);
    expect(summary.TTA[2].fault).toBe('the accuracy was not reached');
  });
});

describe('tables', () => {
  it('line up, and are Markdown', () => {
    expect(
      table(
        ['who', 'rate', 'note '],
        [
          ['a', '1', 'x'],
          ['bbbb', '20', ''],
        ],
      ).split('\n'),
    ).toEqual([
      '| who  | rate | note |',
      '| ---- | ---: | ---- |',
      '| a    |    1 | x    |',
      '| bbbb |   20 |      |',
    ]);
  });

  it('show three digits', () => {
    expect([1_234_567, 999_600, 45_678, 12.345, 0.01234, NaN].map(short)).toEqual([
      '1.23 M',
      '1.00 M',
      '45.7 k',
      '12.3',
      '0.0123',
      '–',
    ]);
    expect([9.999, 123.4, 4567, 0, undefined].map(digits)).toEqual([
      '10.0',
      '123',
      '4567',
      '0.00',
      '–',
    ]);
    expect([0.345, 34.56, 2400.4, undefined].map(times)).toEqual([
      '0.345×',
      '34.6×',
      '2,400×',
      '–',
    ]);
  });
});

describe('targets', () => {
  const [threeTimesSynaptic] = targets.floors;

  it('are kept from the number on that they name', () => {
    const found = (rate: number) =>
      judge(
        threeTimesSynaptic,
        findings([measured('W1', 'nabla', rate), measured('W1', 'synaptic', 10)]),
      );
    expect(found(30)).toEqual({ value: 3, verdict: 'kept' });
    expect(found(29)).toEqual({ value: 2.9, verdict: 'missed' });
    expect(judge(threeTimesSynaptic, findings([]))).toEqual({
      value: undefined,
      verdict: 'not measured',
    });
  });

  it('compare with the best of several', () => {
    const best = targets.floors.find(({ what }) => what === 'the best in JavaScript');
    const all = [
      measured('W2', 'nabla', 80),
      measured('W2', 'brain', 20),
      measured('W2', 'synaptic', 10),
    ];
    expect(best && judge(best, findings(all)).value).toBe(4);
    expect(least([])).toBeUndefined();
  });

  it('are floors for this Node, and goals for the fastest', () => {
    const all = [
      measured('W4', 'nabla', 8),
      measured('W4', 'nabla-wide', 20),
      measured('W4', 'torch', 10),
    ];
    const value = (list: typeof targets.floors) => {
      const target = list.find(({ subject, unit }) => subject === 'W4' && unit === '×');
      return target && judge(target, findings(all)).value;
    };
    expect(value(targets.floors)).toBe(0.8);
    expect(value(targets.goals)).toBe(2);
  });

  it('know the roofline and the way from start to end', () => {
    const text = targetTables(
      findings([], { gemm: 40, gemmFast: 90, endToEnd: { nabla: 10, 'nabla-wide': 5, torch: 30 } }),
    );
    expect(text).toMatch(/SGEMM +\| peak at 128 bits +\| +70.0 % \| +80.0 % \| kept/);
    expect(text).toMatch(/SGEMM +\| peak at 256 bits +\| +85.0 % \| +90.0 % \| kept/);
    expect(text).toMatch(/MNIST end to end \| PyTorch +\| +2.00× \| +3.00× \| kept/);
    expect(text).toMatch(/MNIST end to end \| PyTorch +\| +4.00× \| +6.00× \| kept/);
  });

  it('allow memory for the data, and for the parameters four times', () => {
    expect(allowedBytes(1000, 0) - 80e6).toBeCloseTo(1.3 * 4000);
    expect(allowedBytes(0, 1000) - 80e6).toBeCloseTo(1.3 * 16_000);
  });
});

const results: Results = {
  ...{ command: 'npm run bench -- W1', rounds: 2, peers: true, plain: ['nabla'], fast: ['nabla'] },
  machine: {
    ...{ processor: 'a processor', cores: 2, memory: '8 GiB', system: 'linux x64' },
    ...{ nodes: ['Node 20, V8 11'], date: '2026-01-01', load: [0.2, 0, 0] },
  },
  summary: summarize([measured('W1', 'synaptic', 1e6), measured('W1', 'nabla', 5e6)]),
  contenders: {
    nabla: { label: 'Nabla' },
    synaptic: { label: 'synaptic', notes: { W1: 'one by one' } },
  },
  ...{ loads: [], endToEnd: [], peaks: [] },
  absent: [{ label: 'PyTorch', reason: 'nowhere' }],
  prepared: { W1: {}, W6: { absent: 'layers of type conv2d' } },
};

describe('the report', () => {
  it('says when the machine was busy', () => {
    const busy = { ...results.machine, load: [1, 0, 0] };
    expect(report({ ...results, machine: busy })).toContain('nothing here should be quoted');
    expect(report(results)).not.toContain('nothing here should be quoted');
  });

  it('gives the reason of who has failed below the tables', () => {
    const failed = { ...measured('W1', 'synaptic', 1), fault: 'its loss is wrong' };
    const text = report({ ...results, summary: summarize([failed, measured('W1', 'nabla', 5e6)]) });
    expect(text).toMatch(/synaptic +\| +– \| +– \| +– \| +– \| failed: see below/);
    expect(text).toContain('Failed:\n\n- W1, synaptic: its loss is wrong');
  });

  it('has the fastest first, with its ratios, and says what is not there and why', () => {
    const text = report(results);
    expect(text.indexOf('| Nabla ')).toBeLessThan(text.indexOf('| synaptic '));
    expect(text).toMatch(/synaptic +\| +1.00 M \| +1.50 M \| +[\d.]+ \| +5.00× \| one by one/);
    expect(text).toContain('- PyTorch: nowhere');
    expect(text).toContain('- W6: layers of type conv2d');
    expect(text).toMatch(/W1 +\| synaptic +\| +3.00× \| +5.00× \| kept/);
  });
});

it('the report compares memory with what is allowed, and steps with the roofline', () => {
  const trained = { ...measured('W4', 'nabla', 1e4), ...{ wall: 3, spent: 2, peakBytes: 116e6 } };
  const text = report({
    ...results,
    summary: summarize([trained, { ...measured('W5', 'nabla', 100), ...{ wall: 3, spent: 2 } }]),
    prepared: { W4: { parameters: 669_706 } },
    peaks: [[{ bits: 128, gflops: 50 }], [{ bits: 256, absent: 'no compiler' }]],
  });
  // 1.3 · 4 · (7,936 · 794 + 4 · 669,706) + 80 MB = 126.7 MB
  expect(text).toMatch(/W4, Nabla +\| +1.00 \| +116 \| +127 \| kept/);
  expect(text).toMatch(/128 bits, multiply and add +\| +50.0 \|/);
  expect(text).toMatch(/256 bits, multiply and add +\| +– \| no compiler/);
  const gflops = (1e4 * workloads.W4.flops) / 1e9;
  expect(text).toMatch(new RegExp(`steps of W4 and W5 +\\| +${gflops.toPrecision(3)} `));
});

it('measures the engine that `nabla train` uses', () => {
  const moduleOf = (file: string): string => {
    const path = join(import.meta.dirname, file);
    const [, specifier = ''] =
      /createTrainer\b[^;]*? from '([^']+)'/.exec(readFileSync(path, 'utf8')) ?? [];
    return relative(import.meta.dirname, join(dirname(path), specifier));
  };
  const used = moduleOf('../../src/cli/train.ts');
  expect(used).toContain('engine');
  expect(moduleOf('ours/engine.ts')).toBe(used);
});
