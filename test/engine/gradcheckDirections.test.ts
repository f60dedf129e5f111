/** Random directions through all parameters: what they find, what they leave open, and what stands for the rest. */
import { describe, expect, test } from 'vitest';
import type { Dataset } from '../../src/data/dataset';
import {
  createGradcheck,
  type GradcheckOptions,
  type GradcheckReport,
} from '../../src/engine/gradcheck';
import type { DirectionsReport } from '../../src/engine/gradcheck/directions';
import { strata } from '../../src/engine/gradcheck/strata';
import { batchGradient } from '../../src/engine/gradient';
import { initialParameters } from '../../src/engine/initializers';
import { parameterTablesOf } from '../../src/engine/plan';
import type { ActivationName, LossName, Network } from '../../src/network/network';
import { inferShapes } from '../../src/network/shapes';
import { dataset, dense, network, randomDataset } from './networks';

function check(
  net: Network,
  data: Dataset,
  options: GradcheckOptions = {},
  parameters = scattered(net),
): GradcheckReport & { readonly directions: DirectionsReport } {
  const job = createGradcheck(net, data, parameters, { directions: true, ...options });
  job.run();
  const report = job.report();
  if (!report.directions) throw new Error('There are no directions.');
  return { ...report, directions: report.directions };
}

/** Parameters that are all different from 0, biases included. */
const scattered = (net: Network): Float64Array =>
  initialParameters(net).map((w, i) => w * 0.5 + 0.5 * Math.sin(3 * i + 1));

const NET = network(3, [dense(5, 'tanh'), dense(4, 'relu'), dense(2, 'sigmoid')], {
  loss: { type: 'meanSquaredError', reduction: 'mean' },
});
const DATA = randomDataset(20, 3, 2);
const PARAMETERS = 54;

const LOSSES: [LossName, ActivationName, 'real' | 'oneHot'][] = [
  ['meanSquaredError', 'gelu', 'real'],
  ['meanAbsoluteError', 'leakyRelu', 'real'],
  ['huber', 'elu', 'real'],
  ['binaryCrossEntropy', 'sigmoid', 'oneHot'],
  ['crossEntropy', 'softmax', 'oneHot'],
];

describe('a right gradient agrees in every direction', () => {
  test.each(LOSSES)('with %s and %s', (loss, output, targets) => {
    const net = network(3, [dense(6, 'relu'), dense(5, 'silu'), dense(3, output)], {
      loss: { type: loss, reduction: 'meanAll' },
      regularization: { l2: 0.1, l1: 0.01, scale: 'lambda' },
    });
    const { directions } = check(net, randomDataset(20, 3, 3, targets));
    expect(directions).toMatchObject({ agree: 20, failed: 0, kinks: 0, leftOut: 0, moved: 77 });
    expect(directions.entries.map(({ number }) => number)).toEqual(
      Array.from({ length: 20 }, (_, i) => i + 1),
    );
    expect(directions.worst).toBe(Math.max(...directions.entries.map(({ error }) => error)));
    expect(directions.worst).toBeGreaterThan(0);
    expect(directions.worst).toBeLessThan(1e-6);
  });

  test('and the parameters beside them are checked as ever', () => {
    const report = check(NET, DATA);
    expect(report).toMatchObject({ checked: PARAMETERS, parameters: PARAMETERS, failed: [] });
    expect(report.worst?.verdict).toBe('ok');
  });
});

describe('a direction', () => {
  const alongOne = (at: number) =>
    check(NET, DATA, {
      gradient: (_, __, ___, parameters) => parameters.map((____, i) => Number(i === at)),
    }).directions.entries.map(({ analytic }) => analytic * Math.sqrt(PARAMETERS));

  test('moves each parameter alike, up or down', () => {
    const signs = Array.from({ length: PARAMETERS }, (_, at) => alongOne(at));
    for (const sign of signs.flat()) expect(Math.abs(sign)).toBeCloseTo(1, 12);
    for (const one of signs) expect(new Set(one.map(Math.round)).size).toBe(2);
    const ups = signs.flat().filter(sign => sign > 0).length;
    expect(ups / (20 * PARAMETERS)).toBeCloseTo(0.5, 1);
    expect(new Set(signs.map(one => one.map(Math.round).join())).size).toBe(PARAMETERS);
  });

  test('comes from the seed', () => {
    const numbers = (seed: number) =>
      check({ ...NET, seed }, DATA, {}, scattered(NET)).directions.entries.map(
        ({ analytic }) => analytic,
      );
    expect(numbers(7)).toEqual(numbers(7));
    expect(numbers(7)).not.toEqual(numbers(8));
  });
});

describe('a wrong gradient is found', () => {
  const faults: Record<string, (right: Float64Array) => Float64Array> = {
    'by a factor of 2': right => right.map(g => 2 * g),
    'of the wrong sign': right => right.map(g => -g),
    'without 1/N': right => right.map(g => 8 * g),
    'by a thousandth': right => right.map(g => 1.001 * g),
    'in one parameter alone': right => right.map((g, i) => (i === 17 ? -g : g)),
    'in the last bias alone': right => right.map((g, i) => (i === PARAMETERS - 1 ? 0 : g)),
  };

  test.each(Object.keys(faults))('%s', name => {
    const gradient: GradcheckOptions['gradient'] = (...given) =>
      faults[name](batchGradient(...given));
    const { directions } = check(NET, DATA, { gradient });
    expect(directions.failed).toBe(20);
    expect(directions.agree).toBe(0);
    expect(directions.worst).toBeGreaterThan(1e-4);
  });

  test('also where it is a number that is not finite', () => {
    const gradient: GradcheckOptions['gradient'] = (...given) =>
      batchGradient(...given).map((g, i) => (i === 3 ? NaN : g));
    const { directions } = check(NET, DATA, { gradient });
    expect([directions.failed, directions.worst]).toEqual([20, Infinity]);
  });
});

describe('where the loss has a kink', () => {
  const net = network(1, [dense(2, 'relu'), dense(1, 'linear')]);

  test('on the way, a smaller step finds the derivative of the branch', () => {
    const near = check(net, dataset([[0]], [[1]]), {}, Float64Array.of(1, 1, 2e-6, 1, 0.5, 1, 0));
    expect(near.directions).toMatchObject({ agree: 20, kinks: 0, leftOut: 0 });
  });

  test('too near for every step, it is said, and neither agrees nor fails', () => {
    const at = check(net, dataset([[0]], [[1]]), {}, Float64Array.of(1, 1, 1e-12, 1, 0.5, 1, 0));
    expect(at.directions).toMatchObject({ agree: 0, failed: 0, kinks: 20, leftOut: 0 });
    expect(at.directions.worst).toBeNaN();
  });

  test('right here, the bias that would cross it is left out', () => {
    const here = check(net, dataset([[0]], [[1]]), {}, Float64Array.of(1, 1, 0, 1, 0.5, 1, 0));
    expect(here.directions).toMatchObject({ agree: 20, kinks: 0, leftOut: 1, moved: 6 });
    expect(here.kinks.map(({ target }) => target)).toEqual([{ type: 'bias', layer: 0, row: 0 }]);
  });

  test('of the penalty, a weight of 0 is left out', () => {
    const lasso = network(1, [dense(1, 'linear')], { regularization: { l1: 1, scale: 'lambda' } });
    const { directions } = check(lasso, dataset([[2]], [[1]]), {}, Float64Array.of(0, 0.5));
    expect(directions).toMatchObject({ agree: 20, leftOut: 1, moved: 1 });
    const close = check(lasso, dataset([[2]], [[1]]), {}, Float64Array.of(1e-12, 0.5));
    expect(close.directions.kinks).toBe(20);
  });

  test('behind a step activation, all directions are flat', () => {
    const flat = check(network(2, [dense(3, 'tanh'), dense(1, 'step')]), randomDataset(8, 2, 1));
    expect(flat.directions.entries.map(({ verdict }) => verdict)).toEqual(
      new Array(20).fill('flat'),
    );
    expect(flat.directions.agree).toBe(20);
  });
});

test('two numbers that are both tiny agree', () => {
  const line = network(1, [dense(1, 'linear')]);
  const { directions } = check(line, dataset([[1]], [[3]]), {}, Float64Array.of(2, 1));
  expect(directions.entries.map(({ verdict }) => verdict)).toEqual(new Array(20).fill('tiny'));
});

test('another step than the one that was asked for is not tried', () => {
  const { directions, h } = check(NET, DATA, { h: 0.5 });
  expect(h).toBe(0.5);
  expect(directions.agree).toBeLessThan(20);
});

test('slices change nothing, and directions count in the progress', () => {
  const job = createGradcheck(NET, DATA, scattered(NET), { directions: true });
  expect(job.progress).toEqual({ checked: 0, parameters: 20 + PARAMETERS });
  let slices = 1;
  while (!job.run(() => true)) slices += 1;
  expect(slices).toBe(20 + PARAMETERS);
  expect(job.report()).toEqual(check(NET, DATA));
});

describe('the parameters beside the directions', () => {
  const tablesOf = (net: Network) => parameterTablesOf(net, inferShapes(net));
  const wide = network(40, [dense(30, 'tanh'), dense(6, 'tanh'), dense(2, 'linear')]);

  test('are 200, of each tensor a fair share, its first and its last among them', () => {
    const tables = tablesOf(wide);
    const places = strata(tables, 200, 1);
    expect(places).toEqual(places.slice().sort());
    expect(new Set(places).size).toBe(200);
    const counts = tables.map(({ offset, length }) => {
      const own = places.filter(place => place >= offset && place < offset + length);
      expect(own[0]).toBe(offset);
      expect(own.at(-1)).toBe(offset + length - 1);
      return own.length;
    });
    // 1200, 30, 180, 6, 12, 2
    expect(counts).toEqual([75, 30, 75, 6, 12, 2]);
  });

  test('lie in every stretch, not always in the same column', () => {
    const [weights] = tablesOf(wide);
    const own = [...strata(tablesOf(wide), 200, 1)].filter(place => place < weights.length);
    own.forEach((place, i) => expect(Math.floor(place / 16)).toBe(i));
    expect(new Set(own.map(place => place % 40)).size).toBeGreaterThan(20);
    expect(strata(tablesOf(wide), 200, 1)).not.toEqual(strata(tablesOf(wide), 200, 2));
  });

  test('are all of a small network, and at least one of each tensor of a deep one', () => {
    expect([...strata(tablesOf(NET), 200, 1)]).toEqual([...Array(PARAMETERS).keys()]);
    const deep = network(
      2,
      Array.from({ length: 150 }, () => dense(2, 'tanh')),
    );
    const places = strata(tablesOf(deep), 200, 1);
    for (const { offset, length } of tablesOf(deep))
      expect(places.some(place => place >= offset && place < offset + length)).toBe(true);
  });

  test('tell how long all would take', () => {
    let ms = 0;
    // Each look at the clock takes half a millisecond: a check between two of them takes as long.
    const { secondsForAll, checked, parameters } = check(wide, randomDataset(8, 40, 2), {
      now: () => (ms += 0.5),
    });
    expect([checked, parameters]).toEqual([200, 1430]);
    expect(secondsForAll).toBeCloseTo((1430 * 0.5) / 1000, 9);
  });

  test('do not, where the clock stands, for ever', () => {
    expect(check(wide, randomDataset(8, 40, 2), { now: () => 5 }).secondsForAll).toBe(0);
  });

  test('are not timed where they are all, or where there is no clock', () => {
    let looks = 0;
    const now = () => (looks += 1);
    expect(check(NET, DATA, { now }).secondsForAll).toBeUndefined();
    expect(looks).toBe(0);
    expect(check(wide, randomDataset(8, 40, 2)).secondsForAll).toBeUndefined();
  });
});
