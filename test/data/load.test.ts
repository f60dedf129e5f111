import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { epochOrder } from '../../src/data/batches';
import { loadDataset } from '../../src/data/load';
import { splitSamples } from '../../src/data/split';
import { inferShapes } from '../../src/network/shapes';
import type { DataSource } from '../../src/network/network';
import { load, networkWith } from './support';
import type { NetworkOptions } from './support';

const CSV: DataSource = { type: 'csv', path: 'a.csv', target: 't' };
const SOFTMAX: NetworkOptions = { activation: 'softmax', loss: 'crossEntropy' };

function inline(...rows: readonly (readonly [x: number[], y: number[]])[]): DataSource {
  return { type: 'inline', samples: rows.map(([x, y]) => ({ x, y })) };
}

function fault(source: DataSource, options: NetworkOptions = {}, files = {}) {
  const { dataset, issues } = load(source, options, files);
  expect(dataset).toBeUndefined();
  expect(issues.map(issue => issue.severity)).toEqual(['error']);
  return issues[0];
}

describe('loadDataset', () => {
  it('loads inline samples', () => {
    const { dataset, issues } = load(inline([[1, 2], [3]], [[4, 5], [6]]));
    expect(issues).toEqual([]);
    expect(dataset).toMatchObject({
      samples: 2,
      inputSize: 2,
      outputSize: 1,
      inputs: { type: 'numbers', values: Float64Array.of(1, 2, 4, 5) },
      targets: Float64Array.of(3, 6),
      training: Uint32Array.of(0, 1),
      validation: new Uint32Array(0),
      inputNames: ['x1', 'x2'],
      targetNames: ['y'],
      classNames: undefined,
      normalization: undefined,
    });
  });

  it('has nothing to say without data', () => {
    const network = networkWith(undefined);
    expect(loadDataset(network, inferShapes(network), {})).toEqual({ issues: [] });
    expect(load(inline())).toEqual({ issues: [] });
  });

  it('makes one output of each class', () => {
    const text = 'a,b,t\n1,2,cat\n3,4,bird\n5,6,cat\n7,8,ant';
    const { dataset } = load(CSV, { ...SOFTMAX, outputs: 3 }, { 'a.csv': text });
    expect(dataset?.classNames).toEqual(['ant', 'bird', 'cat']);
    expect(dataset?.targetNames).toEqual(['ant', 'bird', 'cat']);
    expect([...(dataset?.targets ?? [])]).toEqual([0, 0, 1, 0, 1, 0, 0, 0, 1, 1, 0, 0]);
  });

  it('puts two classes on one output', () => {
    const files = { 'a.csv': 'a,b,t\n1,2,yes\n3,4,no' };
    const { dataset } = load(CSV, { activation: 'sigmoid' }, files);
    expect([...(dataset?.targets ?? [])]).toEqual([1, 0]);
    expect(dataset?.classNames).toEqual(['no', 'yes']);
    expect(dataset?.targetNames).toEqual(['t']);
  });

  it('sorts numeric classes by value', () => {
    const files = { 'a.csv': 'a,b,t\n1,2,10\n3,4,9\n5,6,-1' };
    const { dataset } = load(CSV, { ...SOFTMAX, outputs: 3 }, files);
    expect(dataset?.classNames).toEqual(['-1', '9', '10']);
    expect([...(dataset?.targets ?? [])]).toEqual([0, 0, 1, 0, 1, 0, 1, 0, 0]);
  });

  it('takes a column of numbers as numbers unless the loss wants classes', () => {
    const files = { 'a.csv': 'a,b,t\n1,2,3\n3,4,5\n5,6,5' };
    expect(load(CSV, {}, files).dataset?.classNames).toBeUndefined();
    expect([...(load(CSV, {}, files).dataset?.targets ?? [])]).toEqual([3, 5, 5]);
    expect(load(CSV, { ...SOFTMAX, outputs: 2 }, files).dataset?.classNames).toEqual(['3', '5']);
    expect(fault(CSV, { outputs: 2 }, files).code).toBe('data.outputs');
    const binary = { loss: 'binaryCrossEntropy', activation: 'sigmoid' } as const;
    expect(fault(CSV, binary, files).message).toBe(
      'The target t is 3 in row 2 (and 2 more), but binaryCrossEntropy takes targets from 0 to 1: write 0 and 1 for the two classes, or use meanSquaredError with linear outputs.',
    );
    const written = { 'a.csv': 'a,b,t\n1,2,0\n3,4,0.5\n5,6,1' };
    expect([...(load(CSV, binary, written).dataset?.targets ?? [])]).toEqual([0, 0.5, 1]);
  });

  it('takes inline targets as written', () => {
    const samples = inline([[1, 2], [3]], [[4, 5], [6]]);
    expect(fault(samples, { ...SOFTMAX, outputs: 2 }).code).toBe('data.outputs');
    expect(fault(samples, { outputs: 2 }).code).toBe('data.outputs');
    const binary = load(inline([[1, 2], [0.2]], [[4, 5], [0.8]]), {
      loss: 'binaryCrossEntropy',
      activation: 'sigmoid',
    });
    expect([...(binary.dataset?.targets ?? [])]).toEqual([0.2, 0.8]);
  });

  it('takes a slip among numbers for a bad cell, unless the output is softmax', () => {
    const files = { 'a.csv': 'a,b,t\n1,2,3\n3,4,n/a\n5,6,5' };
    const { code, message } = fault(CSV, { outputs: 3 }, files);
    expect(code).toBe('data.csv.number');
    expect(message).toContain('row 3, column t: "n/a"');
    const { dataset } = load(CSV, { ...SOFTMAX, outputs: 3 }, files);
    expect(dataset?.classNames).toEqual(['3', '5', 'n/a']);
  });

  it('says once that a target is out of reach: of numbers in the file the parser does', () => {
    const file = load(CSV, { activation: 'relu' }, { 'a.csv': 'a,b,t\n1,2,-3\n3,4,1' });
    expect(file.issues.map(issue => issue.code)).toEqual(['data.targetRange']);
    expect(load(inline([[1, 2], [-3]]), { activation: 'relu' }).issues).toEqual([]);
  });

  it('refuses numbers that the precision cannot hold, with their place', () => {
    const files = { 'a.csv': 'a,b,t\n1,2,3\n\n4,1e300,5\n1e39,1,1' };
    expect(fault(CSV, {}, files)).toMatchObject({
      code: 'data.precision',
      path: ['data', 'csv'],
      message:
        '1e+300 in row 4, column b (and 1 more) is too large for float32: scale the data, or set training.precision to "float64".',
    });
    const target = { 'a.csv': 'a,b,t\n1,2,-1e300' };
    expect(fault(CSV, {}, target).message).toContain('-1e+300 in row 2, column t is too large');
    expect(fault(inline([[1, 2], [3]], [[4, 1e300], [6]])).path).toEqual([
      'data',
      'inline',
      1,
      'x',
      1,
    ]);
    expect(fault(inline([[1, 2], [1e39]])).path).toEqual(['data', 'inline', 0, 'y', 0]);
    expect(load(CSV, { precision: 'float64' }, files).issues).toEqual([]);
    expect(
      load(CSV, { normalize: 'minMax' }, { 'a.csv': 'a,b,t\n1,2,3\n1e300,4,5' }).issues,
    ).toEqual([]);
  });

  it.each(['standard', 'minMax'] as const)(
    'refuses %s where its statistics overflow',
    normalize => {
      const files = { 'a.csv': 'a,b,t\n1,1e308,3\n2,-1e308,5' };
      for (const precision of ['float32', 'float64'] as const) {
        const { code, message } = fault(CSV, { normalize, precision }, files);
        expect(code).toBe('data.precision');
        expect(message).toContain('The input b cannot be normalised');
      }
    },
  );

  it('judges the numbers after normalising, those of the validation part too', () => {
    const rows = Array.from({ length: 9 }, (_, i) => [[i * 1e-30], [0]] as const);
    const source = (x: number) =>
      inline(...rows.map(([, y], i): [number[], number[]] => [[i === 4 ? x : i * 1e-30], [...y]]));
    const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
    const options = { inputs: 1, normalize: 'minMax', validation: 0.2 } as const;
    const kept = seeds.filter(seed => splitSamples(9, 0.2, seed).validation.includes(4));
    expect(kept.length).toBeGreaterThan(0);
    const issue = fault(source(1e10), { ...options, seed: kept[0] });
    expect(issue.path).toEqual(['data', 'inline', 4, 'x', 0]);
    expect(issue.message).toContain('too large for float32 after normalising');
  });

  it('names both numbers and the remedy when sizes differ', () => {
    const files = { 'a.csv': 'a,b,c,t\n1,2,3,x\n4,5,6,y\n7,8,9,z' };
    const inputs = fault(CSV, { ...SOFTMAX, outputs: 3 }, files);
    expect(inputs.code).toBe('data.inputs');
    expect(inputs.message).toBe(
      'The data have 3 inputs (a, b, c), the network has 2: set input.shape to [3], or choose columns in data.inputs.',
    );
    const outputs = fault(CSV, { ...SOFTMAX, inputs: 3, outputs: 4 }, files);
    expect(outputs).toMatchObject({ code: 'data.outputs', path: ['data', 'target'] });
    expect(outputs.message).toContain('t has 3 classes (x, y, z), the network has 4 outputs');
    expect(outputs.message).toContain('set layers[0].units to 3');
    const targets = fault(
      inline([
        [1, 2],
        [3, 4],
      ]),
    );
    expect(targets.message).toContain('2 targets (y1, y2), the network has 1 output');
  });

  it('reports both sizes at once', () => {
    const { issues } = load(
      inline([
        [1, 2, 3],
        [3, 4],
      ]),
    );
    expect(issues.map(issue => issue.code)).toEqual(['data.inputs', 'data.outputs']);
  });

  it('reports samples of unequal length, numbers that are none', () => {
    expect(fault(inline([[1, 2], [3]], [[1], [3]])).path).toEqual(['data', 'inline', 1, 'x']);
    expect(fault(inline([[1, 2], [3]], [[1, 2], [Infinity]])).path).toEqual([
      'data',
      'inline',
      1,
      'y',
      0,
    ]);
  });

  it('reports a file that is not there and a column with one class', () => {
    expect(fault(CSV).code).toBe('data.csv.missing');
    expect(fault(CSV, {}, JSON.parse('{"__proto__": {}}')).code).toBe('data.csv.missing');
    expect(fault(CSV, {}, { 'a.csv': 'a,b,t\n1,2,x\n3,4,x' }).code).toBe('data.classes');
  });

  it('reports targets that the loss forbids, warns of targets out of reach', () => {
    const files = { 'a.csv': 'a,b,t\n1,2,2\n1,2,0\n1,2,1' };
    const binary = { loss: 'binaryCrossEntropy', activation: 'sigmoid' } as const;
    expect(fault(CSV, binary, files).code).toBe('data.targetRange');
    const { dataset, issues } = load(CSV, { activation: 'tanh' }, files);
    expect(dataset).toBeDefined();
    expect(issues).toMatchObject([{ code: 'data.targetRange', severity: 'warning' }]);
    expect(issues[0].message).toContain('is 2 in row 2, but tanh outputs lie between -1 and 1');
  });

  it('refuses a generator that would not fit in memory', () => {
    const source = { type: 'generator', name: 'circle', samples: 2e6, noise: 0 } as const;
    expect(fault(source).code).toBe('data.size');
  });
});

describe('the split', () => {
  it('parts the samples, in the order of the data, by the seed', () => {
    const { training, validation } = splitSamples(10, 0.3, 7);
    expect(validation).toHaveLength(3);
    const sorted = (part: Uint32Array): number[] => [...part].sort((a, b) => a - b);
    expect([...training]).toEqual(sorted(training));
    expect([...validation]).toEqual(sorted(validation));
    expect([...training, ...validation].sort((a, b) => a - b)).toEqual([...Array(10).keys()]);
    expect(splitSamples(10, 0.3, 7)).toEqual({ training, validation });
    expect(splitSamples(10, 0.3, 8)).not.toEqual({ training, validation });
  });

  it('draws every sample equally often', () => {
    const counts = new Array<number>(10).fill(0);
    for (let seed = 0; seed < 3000; seed++) {
      for (const i of splitSamples(10, 0.3, seed).validation) counts[i]++;
    }
    for (const n of counts) expect(Math.abs(n - 900)).toBeLessThan(120); // 4.8 sigma
  });

  it('says when a part would be empty', () => {
    const four = { type: 'generator', name: 'xor', samples: 4, noise: 0 } as const;
    expect(fault(four, { validation: 0.95 }).code).toBe('data.split.training');
    const { dataset, issues } = load(four, { validation: 0.1 });
    expect(dataset?.training).toHaveLength(4);
    expect(issues).toMatchObject([{ code: 'data.split.validation', severity: 'warning' }]);
  });
});

describe('normalisation', () => {
  const source: DataSource = {
    type: 'inline',
    samples: Array.from({ length: 20 }, (_, i) => ({ x: [i * i, 7.1], y: [0] })),
  };

  it('uses the training part alone', () => {
    const { dataset } = load(source, { normalize: 'standard', validation: 0.4 });
    if (!dataset) throw new Error('no data set');
    const column = [...dataset.training].map(i => dataset.inputs.values[2 * i]);
    const mean = column.reduce((a, b) => a + b) / column.length;
    expect(mean).toBeCloseTo(0, 14);
    expect(column.reduce((s, x) => s + x * x, 0) / column.length).toBeCloseTo(1, 14);
    const { offset, scale } = dataset.normalization ?? { offset: [], scale: [] };
    for (let i = 0; i < 20; i++) {
      expect(dataset.inputs.values[2 * i] * scale[0] + offset[0]).toBeCloseTo(i * i, 10);
    }
  });

  it('brings the training part between 0 and 1', () => {
    const { dataset } = load(source, { normalize: 'minMax', validation: 0.4 });
    const column = [...(dataset?.training ?? [])].map(i => dataset?.inputs.values[2 * i] ?? NaN);
    expect([Math.min(...column), Math.max(...column)]).toEqual([0, 1]);
  });

  it.each(['standard', 'minMax'] as const)('%s leaves the scale of a constant column', kind => {
    const { dataset } = load(source, { normalize: kind });
    expect(dataset?.normalization?.scale[1]).toBe(1);
    expect(Math.abs(dataset?.inputs.values[1] ?? NaN)).toBeLessThan(1e-14);
  });
});

describe('epochOrder', () => {
  const training = Uint32Array.of(2, 3, 5, 7, 11, 13);
  const order = (seed: number, epoch: number, shuffle = true): number[] => {
    const out = new Uint32Array(6);
    epochOrder(training, seed, epoch, shuffle, out);
    return [...out];
  };

  it('holds every training sample once, in an order that seed and epoch decide', () => {
    expect(order(1, 0).sort((a, b) => a - b)).toEqual([...training]);
    expect(order(1, 4)).toEqual(order(1, 4));
    const orders = Array.from({ length: 30 }, (_, epoch) => order(1, epoch).join());
    expect(new Set(orders).size).toBeGreaterThan(25);
    expect(order(2, 0)).not.toEqual(order(1, 0));
  });

  it('writes the orders of several epochs one behind the other, and nothing besides', () => {
    for (const shuffle of [true, false]) {
      const all = new Uint32Array(20).fill(99);
      for (const epoch of [0, 1, 2]) epochOrder(training, 1, epoch, shuffle, all, 1 + 6 * epoch);
      const orders = [0, 1, 2].flatMap(epoch => order(1, epoch, shuffle));
      expect([...all]).toEqual([99, ...orders, 99]);
    }
    expect(() => epochOrder(training, 1, 0, true, new Uint32Array(8), 3)).toThrow(RangeError);
  });

  it('keeps the order of the data without shuffling', () => {
    expect(order(1, 3, false)).toEqual([...training]);
    expect(() => epochOrder(training, 1, 0, true, new Uint32Array(5))).toThrow(RangeError);
  });
});

describe('the shipped data', () => {
  it('iris: 150 flowers, four measures, three species', () => {
    const files = { 'iris.csv': readFileSync('media/examples/iris.csv', 'utf8') };
    const source = { type: 'csv', path: 'iris.csv', target: 'species' } as const;
    const { dataset, issues } = load(source, { ...SOFTMAX, inputs: 4, outputs: 3 }, files);
    expect(issues).toEqual([]);
    expect(dataset?.samples).toBe(150);
    expect(dataset?.classNames).toEqual(['setosa', 'versicolor', 'virginica']);
    const perClass = [0, 1, 2].map(k => dataset?.targets.filter((t, i) => i % 3 === k && t === 1));
    expect(perClass.map(ones => ones?.length)).toEqual([50, 50, 50]);
  });

  it('offers softmax where targets out of range look like numbers of classes', () => {
    const files = { 'a.csv': 'a,b,t\n1,2,0\n2,3,1\n3,4,2\n' };
    const source = { type: 'csv', path: 'a.csv', target: 't' } as const;
    const remedy = 'if they are numbers of classes, use 3 softmax outputs';
    const strict = { activation: 'sigmoid', loss: 'binaryCrossEntropy' } as const;
    expect(load(source, strict, files).issues[0].message).toContain(remedy);
    expect(load(source, { activation: 'sigmoid' }, files).issues[0]).toMatchObject({
      severity: 'warning',
      message: expect.stringContaining(remedy),
    });
    expect(load(source, {}, files).issues).toEqual([]);
  });
});
