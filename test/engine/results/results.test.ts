/** Results against scikit-learn (see test/reference/make_results_fixtures.py), and what is listed, left out and undefined. */
import { describe, expect, it } from 'vitest';
import { createTrainer } from '../../../src/engine/createTrainer';
import { createFloat64Pass } from '../../../src/engine/inspect/samplePass';
import {
  MOST_CLASSES,
  MOST_LISTED,
  ResultsJob,
  type ClassQuestion,
  type ClassResults,
  type FitResults,
  type Results,
  type ResultsRequest,
} from '../../../src/engine/results/results';
import type { Dataset } from '../../../src/data/dataset';
import { inferShapes } from '../../../src/network/shapes';
import { loadFixtures } from '../fixtures';
import { dataset, dense, network } from '../networks';

interface Fixtures {
  readonly classes: readonly {
    readonly truth: readonly number[];
    readonly predicted: readonly number[];
    readonly classes: number;
    readonly counts: readonly number[];
    readonly accuracy: number;
    readonly precision: readonly (number | null)[];
    readonly recall: readonly (number | null)[];
    readonly f1: readonly (number | null)[];
    readonly support: readonly number[];
  }[];
  readonly numbers: readonly {
    readonly truth: readonly (readonly number[])[];
    readonly predicted: readonly (readonly number[])[];
    readonly r2: readonly number[];
    readonly meanError: readonly number[];
    readonly rootError: readonly number[];
    readonly largestError: readonly number[];
  }[];
}

const fixtures = loadFixtures<Fixtures>('results');

/** A job of a network that gives what it is given. */
function echo(data: Dataset, request: Partial<ResultsRequest> = {}): ResultsJob {
  const { inputSize: size } = data;
  const echoing = network(size, [dense(size, 'linear')], { loss: { half: false } });
  const identity = Array.from({ length: size * size }, (_, i) =>
    Number(i % size === Math.floor(i / size)),
  );
  const parameters = Float64Array.from([...identity, ...new Array<number>(size).fill(0)]);
  const pass = createFloat64Pass(echoing, inferShapes(echoing), 7);
  const moment = { parameters, position: { epoch: 3, step: 12 } };
  return new ResultsJob(echoing, data, pass, moment, { part: 'training', ...request });
}

function resultsOf(data: Dataset, request: Partial<ResultsRequest> = {}): Results {
  const job = echo(data, request);
  expect(job.run()).toBe(true);
  return job.result();
}

const classesOf = (data: Dataset, request: Partial<ResultsRequest> = {}): ClassResults => {
  const results = resultsOf(data, request);
  if (results.type !== 'classes') throw new Error('expected classes');
  return results;
};

const numbersOf = (data: Dataset, request: Partial<ResultsRequest> = {}): FitResults => {
  const results = resultsOf(data, request);
  if (results.type !== 'numbers') throw new Error('expected numbers');
  return results;
};

const oneHot = (labels: readonly number[], classes: number): number[][] =>
  labels.map(label => Array.from({ length: classes }, (_, j) => Number(j === label)));

const named = (data: Dataset, classNames: readonly string[]): Dataset => ({ ...data, classNames });

/** NaN is compared as null. */
function scoresOf({ classes }: ClassQuestion) {
  const all = (score: 'precision' | 'recall' | 'f1'): (number | null)[] =>
    classes.map(each => (Number.isNaN(each[score]) ? null : each[score]));
  return {
    precision: all('precision'),
    recall: all('recall'),
    f1: all('f1'),
    support: classes.map(({ support }) => support),
  };
}

describe('classes', () => {
  it.each(fixtures.classes)('are counted as scikit-learn counts them: $classes', one => {
    const data = dataset(oneHot(one.predicted, one.classes), oneHot(one.truth, one.classes));
    const { accuracy, questions, samples, epoch, step } = classesOf(data);
    expect({ samples, epoch, step }).toEqual({ samples: one.truth.length, epoch: 3, step: 12 });
    expect(accuracy).toBeCloseTo(one.accuracy, 15);
    expect(questions).toHaveLength(1);
    expect(questions[0].counts).toEqual(one.counts);
    const scores = scoresOf(questions[0]);
    expect(scores.support).toEqual(one.support);
    for (const score of ['precision', 'recall', 'f1'] as const)
      scores[score].forEach((value, i) => {
        const expected = one[score][i];
        if (value === null || expected === null) expect(value).toBe(expected);
        else expect(value).toBeCloseTo(expected, 14);
      });
  });

  it('have means of what is defined', () => {
    const [, rare] = fixtures.classes;
    const data = dataset(oneHot(rare.predicted, 5), oneHot(rare.truth, 5));
    const { macro } = classesOf(data).questions[0];
    const mean = (values: readonly (number | null)[]): number => {
      const defined = values.filter(value => value !== null);
      return defined.reduce((sum, value) => sum + value, 0) / defined.length;
    };
    expect(rare.precision).toContain(null);
    expect(macro.precision).toBeCloseTo(mean(rare.precision), 14);
    expect(macro.recall).toBeCloseTo(mean(rare.recall), 14);
    expect(macro.f1).toBeCloseTo(mean(rare.f1), 14);
  });

  it('of one output are yes from one half up, with the names of the data', () => {
    const data = named(dataset([[0.49], [0.5], [0.9], [0.2]], [[1], [1], [0], [0]]), ['no', 'yes']);
    const { questions, accuracy } = classesOf(data);
    expect(questions[0].classes.map(({ name }) => name)).toEqual(['no', 'yes']);
    expect(questions[0].counts).toEqual([1, 1, 1, 1]);
    expect(accuracy).toBe(0.5);
  });

  it('of several yes or no are a question each, and right together', () => {
    const data = dataset(
      [
        [0.9, 0.9],
        [0.9, 0.1],
        [0.1, 0.9],
      ],
      [
        [1, 1],
        [1, 1],
        [0, 1],
      ],
    );
    const { questions, accuracy, listed } = classesOf(data, { output: 1 });
    expect(questions.map(({ name, counts }) => [name, counts])).toEqual([
      ['y1', [1, 0, 0, 2]],
      ['y2', [0, 0, 1, 2]],
    ]);
    expect(accuracy).toBeCloseTo(2 / 3, 15);
    expect(listed[0]).toMatchObject({ index: 1, truth: 1, predicted: 0, output: 0.1 });
  });

  it('are not paired where there are too many to be looked at', () => {
    const most = MOST_CLASSES + 1;
    const labels = Array.from({ length: most }, (_, i) => i);
    const [question] = classesOf(dataset(oneHot(labels, most), oneHot(labels, most))).questions;
    expect(question.counts).toBeUndefined();
    expect(question.classes).toHaveLength(most);
    expect(question.macro.f1).toBe(1);
  });
});

describe('the samples that are listed', () => {
  /** Sample i is of class 0 and errs by i. */
  const rows = Array.from({ length: 120 }, (_, i) => [i % 60, 0.5]);
  const data: Dataset = {
    ...dataset(
      rows,
      rows.map(() => [1, 0]),
    ),
    rowNumbers: rows.map((_, i) => i + 2),
  };

  it('are those with the largest loss, the first in the data before its equals', () => {
    const { listed, of } = classesOf(data);
    expect(of).toBe(120);
    expect(listed).toHaveLength(MOST_LISTED);
    expect(listed.slice(0, 3).map(({ index, row }) => [index, row])).toEqual([
      [59, 61],
      [119, 121],
      [58, 60],
    ]);
    expect(listed[0].loss).toBe(58 ** 2 + 0.25);
  });

  it('are those of one cell, where one is asked for', () => {
    const cell = { truth: 0, predicted: 1 };
    const { listed, of, cell: told } = classesOf(data, { cell });
    expect(told).toEqual(cell);
    // Of 0 and 0.5 the larger is the second.
    expect(listed.map(({ index, predicted }) => [index, predicted])).toEqual([
      [0, 1],
      [60, 1],
    ]);
    expect(of).toBe(2);
  });
});

describe('numbers', () => {
  it.each(fixtures.numbers)('are off as scikit-learn says', one => {
    const { outputs } = numbersOf(dataset(one.predicted, one.truth));
    outputs.forEach((output, j) => {
      expect(output.r2).toBeCloseTo(one.r2[j], 9);
      expect(output.meanError / one.meanError[j]).toBeCloseTo(1, 12);
      expect(output.rootError / one.rootError[j]).toBeCloseTo(1, 12);
      expect(output.largestError / one.largestError[j]).toBeCloseTo(1, 12);
      const at = output.largestAt;
      expect(Math.abs(one.predicted[at][j] - one.truth[at][j])).toBeCloseTo(output.largestError, 9);
    });
  });

  it('that are all equal have no R², and neither have none at all', () => {
    const equal = dataset([[0.3], [0.5]], [[0.3], [0.3]]);
    expect(numbersOf(equal).outputs[0]).toMatchObject({ r2: NaN, largestError: 0.2, largestAt: 1 });
    const none = numbersOf(equal, { part: 'validation' });
    expect(none).toMatchObject({ samples: 0, meanLoss: NaN, of: 0, listed: [] });
    expect(none.outputs[0]).toMatchObject({ r2: NaN, meanError: NaN, largestError: NaN });
  });

  it('become points of the asked output, evenly chosen where there are many', () => {
    const few = numbersOf(dataset([[1, 2]], [[3, 4]]), { output: 1 });
    expect([...few.points]).toEqual([0, 4, 2]);
    const many = Array.from({ length: 5000 }, (_, i) => [i / 7]);
    const { points } = numbersOf(dataset(many, many));
    expect(points).toHaveLength(3 * 2000);
    expect([...points.subarray(0, 6)]).toEqual([0, 0, 0, 2, 2 / 7, 2 / 7]);
  });

  it('that are not finite are left out, and said to be', () => {
    const data = dataset([[1], [Infinity], [2.5]], [[1], [2], [3.5]]);
    const { notFinite, outputs, meanLoss, of, points } = numbersOf(data);
    expect({ notFinite, meanLoss, of }).toEqual({ notFinite: 1, meanLoss: 0.5, of: 2 });
    expect(outputs[0]).toMatchObject({ r2: NaN, meanError: 0.5 });
    expect(points).toHaveLength(6);
  });
});

it('works in slices, and is complete in the end', () => {
  const data = dataset(
    Array.from({ length: 30 }, (_, i) => [i]),
    Array.from({ length: 30 }, (_, i) => [i / 3]),
  );
  const job = echo(data);
  let slices = 1;
  while (!job.run(() => true)) slices += 1;
  expect(slices).toBe(5);
  expect(job.result()).toEqual(resultsOf(data));
});

describe('R² of a training', () => {
  const [one] = fixtures.numbers;
  const data = dataset(
    [...one.predicted, ...one.predicted.slice(0, 20)],
    [...one.truth, ...one.truth.slice(0, 20)],
    20,
  );
  const given = network(
    3,
    [
      dense(3, 'linear', {
        weights: [
          [1, 0, 0],
          [0, 1, 0],
          [0, 0, 1],
        ],
        bias: [0, 0, 0],
      }),
    ],
    { training: { precision: 'float64' } },
  );

  it('is the mean of what scikit-learn says of each output', () => {
    const { evaluation } = createTrainer(given, data, {});
    const mean = one.r2.reduce((sum, each) => sum + each, 0) / one.r2.length;
    expect(evaluation.r2).toBeCloseTo(mean, 9);
    const validation = numbersOf(data, { part: 'validation' }).outputs.map(({ r2 }) => r2);
    expect(evaluation.validationR2).toBeCloseTo(
      validation.reduce((sum, each) => sum + each, 0) / 3,
      12,
    );
    expect(evaluation.accuracy).toBeNaN();
  });

  it('is nearly the same in float32, in WebAssembly', () => {
    const training = { ...given.training, precision: 'float32' as const };
    // Numbers around 1,000 that differ by a hundredth are told apart badly in float32: the first two outputs are looked at.
    const two = (rows: readonly (readonly number[])[]) => rows.map(row => row.slice(0, 2));
    const layers = [
      dense(2, 'linear', {
        weights: [
          [1, 0],
          [0, 1],
        ],
        bias: [0, 0],
      }),
    ];
    const { evaluation, engine } = createTrainer(
      { ...network(2, layers), training },
      dataset(two(one.predicted), two(one.truth)),
    );
    expect(engine.backend).not.toBe('reference');
    expect(evaluation.r2).toBeCloseTo((one.r2[0] + one.r2[1]) / 2, 4);
    expect(evaluation.validationR2).toBeNaN();
  });

  it('is none where targets are classes, and none where they are all equal', () => {
    const classes = dataset(oneHot([0, 1, 2], 3), oneHot([0, 1, 1], 3));
    expect(createTrainer(given, classes).evaluation).toMatchObject({ r2: NaN, accuracy: 2 / 3 });
    const equal = dataset([[1, 2, 3]], [[2, 2, 2]]);
    expect(createTrainer(given, equal).evaluation.r2).toBeNaN();
  });
});

it('refuses an output that there is not', () => {
  expect(() => echo(dataset([[1]], [[2]]), { output: 1 })).toThrow('expected 0 to 0');
});
