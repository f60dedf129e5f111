/** Maps, predictions and data points in the worker, against predictions and a forward pass written out here. */
import { describe, expect, it } from 'vitest';
import type { MapRequest } from '../../src/protocol';
import { networkOf, slowSession } from './support';

const json = (more: object = {}): object => ({
  version: 1,
  seed: 3,
  input: { shape: [2] },
  layers: [
    { type: 'dense', units: 3, activation: 'tanh' },
    { type: 'dense', units: 1, activation: 'sigmoid' },
  ],
  loss: { type: 'binaryCrossEntropy' },
  training: { precision: 'float64' },
  data: {
    generator: 'circle',
    samples: 40,
    normalize: 'standard',
    split: { validation: 0.25 },
  },
  ...more,
});

const REQUEST: MapRequest = {
  neurons: [{ layer: 1, row: 0 }],
  from: [-1, -2],
  to: [1, 2],
  cells: 16,
};

/** Middles of the cells, the first input fastest. */
const middles = (cells: number): number[][] =>
  Array.from({ length: cells * cells }, (_, i) => [
    -1 + (2 * ((i % cells) + 0.5)) / cells,
    -2 + (4 * (Math.floor(i / cells) + 0.5)) / cells,
  ]);

describe('a map', () => {
  it('has the very numbers that are predicted in the middles of its cells', async () => {
    const { session, finish } = slowSession(networkOf(json()));
    const map = session.map(REQUEST, 1);
    expect(await finish()).toBe(1);
    const predicted = await session.predict(middles(16));
    expect(Array.from((await map).values)).toEqual(predicted.flat());
    expect(new Set(predicted.flat()).size).toBeGreaterThan(200);
  });

  it('is of any neuron, the inputs too, as a forward pass by hand has them', async () => {
    const { session, finish } = slowSession(networkOf(json({ data: undefined })));
    const neurons = [
      { layer: -1, row: 1 },
      { layer: 0, row: 2 },
      { layer: 1, row: 0 },
    ];
    const map = session.map({ ...REQUEST, neurons, cells: 4 }, 1);
    await finish();
    const p = await session.parameters();
    const expected = middles(4).map(([x1, x2]) => {
      const hidden = [0, 1, 2].map(j => Math.tanh(p[2 * j] * x1 + p[2 * j + 1] * x2 + p[6 + j]));
      const z = hidden.reduce((sum, a, j) => sum + p[9 + j] * a, p[12]);
      return [x2, hidden[2], 1 / (1 + Math.exp(-z))];
    });
    const { values } = await map;
    [0, 1, 2].forEach(i => {
      expected.forEach((each, cell) => expect(values[i * 16 + cell]).toBeCloseTo(each[i], 12));
    });
  });

  it('of one input is a curve', async () => {
    const network = networkOf(
      json({
        input: { shape: [1] },
        data: { generator: 'sine', samples: 9 },
        loss: { type: 'meanSquaredError' },
      }),
    );
    const { session, finish } = slowSession(network);
    const map = session.map({ ...REQUEST, from: [0], to: [2], cells: 4 }, 1);
    await finish();
    const predicted = await session.predict([[0.25], [0.75], [1.25], [1.75]]);
    expect(Array.from((await map).values)).toEqual(predicted.flat());
  });

  it('gives way to a newer one of its asker, but not to maps of several neurons', async () => {
    const { session, finish } = slowSession(networkOf(json()));
    const first = session.map({ ...REQUEST, cells: 64 }, 1);
    const several = session.map(
      { ...REQUEST, neurons: [...REQUEST.neurons, { layer: 0, row: 0 }] },
      1,
    );
    const other = session.map(REQUEST, 2);
    const second = session.map(REQUEST, 1);
    const lost = expect(first).rejects.toMatchObject({ name: 'Cancelled' });
    await finish();
    await lost;
    const single = (await second).values;
    expect((await other).values).toEqual(single);
    expect((await several).values.subarray(0, 256)).toEqual(single);
  });

  it.each([
    [{ from: [-1], to: [1] }, 'along each of 2 inputs'],
    [{ from: [1, 1], to: [1, 2] }, 'from a number to a larger one'],
    [{ cells: 1 }, '2 to 256 cells'],
    [{ cells: 257 }, '2 to 256 cells'],
    [{ neurons: [] }, 'ask for fewer'],
    [{ neurons: Array<object>(5).fill({ layer: 1, row: 0 }), cells: 256 }, 'ask for fewer'],
    [{ neurons: [{ layer: 1, row: 1 }] }, 'does not exist'],
  ])('says what is wrong with %j', async (change, words) => {
    const { session } = slowSession(networkOf(json()));
    await expect(session.map({ ...REQUEST, ...change } as MapRequest, 1)).rejects.toThrow(words);
  });

  it('needs one or two inputs', async () => {
    const { session } = slowSession(networkOf(json({ input: { shape: [3] }, data: undefined })));
    await expect(session.map({ ...REQUEST, from: [0, 0, 0], to: [1, 1, 1] }, 1)).rejects.toThrow(
      'one or two inputs, this one has 3',
    );
  });
});

describe('the data in their own units', () => {
  const inline = {
    inline: [
      { x: [1.1, 100], y: [0] },
      { x: [2.2, 300], y: [1] },
      { x: [3.3, 200], y: [1] },
      { x: [4.4, 500], y: [0] },
    ],
    normalize: 'standard',
  };

  it('are as they were written, though the network sees them normalised', async () => {
    const { session } = slowSession(networkOf(json({ data: inline })));
    const { values, shown, total } = await session.dataPoints({ most: 10 });
    expect([shown, total]).toEqual([4, 4]);
    expect(Array.from(values)).toEqual([
      ...[0, 1.1, 100, 0],
      ...[0, 2.2, 300, 1],
      ...[0, 3.3, 200, 1],
      ...[0, 4.4, 500, 0],
    ]);
    const { values: one } = await session.dataPoints({ sample: 2 });
    expect(Array.from(one)).toEqual([0, 3.3, 200, 1]);
    expect(await session.dataRange()).toEqual({
      inputNames: ['x1', 'x2'],
      outputNames: ['y'],
      classNames: undefined,
      least: [1.1, 100],
      most: [4.4, 500],
    });
  });

  it('range over the training part alone, and are evenly chosen where there are many', async () => {
    const { session } = slowSession(networkOf(json()));
    const all = await session.dataPoints({ most: 2000 });
    const rows = Array.from({ length: 40 }, (_, i) =>
      Array.from(all.values.subarray(4 * i, 4 * i + 4)),
    );
    expect(rows.filter(([part]) => part === 1)).toHaveLength(10);
    const training = rows.filter(([part]) => part === 0).map(([, x]) => x);
    const { least, most } = await session.dataRange();
    expect([least[0], most[0]]).toEqual([Math.min(...training), Math.max(...training)]);
    const some = await session.dataPoints({ most: 10 });
    expect([some.shown, some.total]).toEqual([10, 40]);
    expect(Array.from(some.values.subarray(4, 8))).toEqual(rows[4]);
    for (const sample of [40, -1, 0.5])
      expect(() => session.dataPoints({ sample })).toThrow(`Sample ${sample} does not exist`);
  });

  it('without data: −1 to 1, no points', async () => {
    const { session } = slowSession(networkOf(json({ data: undefined })));
    const { least, most, inputNames } = await session.dataRange();
    expect([least, most, inputNames]).toEqual([
      [-1, -1],
      [1, 1],
      ['x1', 'x2'],
    ]);
    expect((await session.dataPoints({ most: 5 })).shown).toBe(0);
  });
});

it('looks back: maps and predictions of a kept moment are those of then', async () => {
  const { session, finish } = slowSession(networkOf(json()));
  const mapOf = async (snapshot?: number) => {
    const map = session.map(snapshot === undefined ? REQUEST : { ...REQUEST, snapshot }, 1);
    await finish();
    return map;
  };
  const inputs = [[0.25, -0.5]];
  const [then, saidThen] = [await mapOf(), await session.predict(inputs)];
  const step = session.step('epoch');
  await finish();
  await step;
  const [now, saidNow] = [await mapOf(), await session.predict(inputs)];
  expect(saidNow).not.toEqual(saidThen);
  const { ids } = await session.snapshots();
  expect((await mapOf(ids[0])).values).toEqual(then.values);
  expect(await session.predict(inputs, ids[0])).toEqual(saidThen);
  expect((await mapOf(ids[1])).values).toEqual(now.values);
  expect([then.step, now.step]).toEqual([0, 1]);
});
