import { describe, expect, it } from 'vitest';
import { initialParameters } from '../../src/engine/initializers';
import { parseNetwork } from '../../src/network/parse';
import type { MatrixRequest } from '../../src/protocol';
import { codecs } from '../../src/worker/codecs';
import { createSession } from '../../src/worker/session';

const SAMPLE = { type: 'sample', index: 1 } as const;

/** A network of these sizes with two samples of data. */
function networkOf(shape: number[], sizes: readonly number[], layers?: object[]) {
  const inputs = shape.reduce((product, length) => product * length, 1);
  const samples = [0, 1].map(s => ({
    x: Array.from({ length: inputs }, (_, i) => Math.sin(i + 7 * s)),
    y: Array.from({ length: sizes[sizes.length - 1] }, () => 0.5),
  }));
  const text = JSON.stringify({
    version: 1,
    seed: 5,
    input: { shape },
    layers: layers ?? sizes.map(units => ({ type: 'dense', units, activation: 'tanh' })),
    loss: { type: 'meanSquaredError' },
    training: { precision: 'float64', batchSize: 1 },
    data: { inline: samples },
  });
  const { network } = parseNetwork(text);
  if (!network) throw new Error('The test has written no network.');
  return network;
}

async function loaded(network: ReturnType<typeof networkOf>) {
  const session = createSession(
    { codecs, now: () => 0, later: f => void setImmediate(f) },
    () => {},
  );
  await session.load({ network, files: {}, keepParameters: false });
  return session;
}

/** The number of the largest magnitude. */
const strongest = (values: number[]): number =>
  values.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0);

describe('a view of large layers', () => {
  const network = networkOf([20, 15], [30, 4]);

  it('has a strip over all neurons, a picture of the input and statistics of bands', async () => {
    const session = await loaded(network);
    const { layers, values } = await session.view({ scope: SAMPLE });
    const [input, hidden, output] = layers;
    const x = (await session.samples(1, 1)).samples[0].x;
    expect(input.stripCells).toBe(256);
    const cell = (c: number): number[] =>
      x.slice(Math.floor((c * 300) / 256), Math.floor(((c + 1) * 300) / 256));
    for (let c = 0; c < 256; c++) expect(values[input.strip + c]).toBe(strongest(cell(c)));
    expect(input.deltaStrip).toBe(-1);
    expect([...values.subarray(input.picture, input.picture + 300)]).toEqual(x);
    expect(hidden).toMatchObject({ stripCells: 30, picture: -1 });
    for (const j of [0, 13, 29]) {
      const facts = await session.inspect({ type: 'neuron', layer: 0, row: j }, SAMPLE);
      expect(facts).toMatchObject({
        output: values[hidden.strip + j],
        delta: values[hidden.deltaStrip + j],
      });
    }
    expect(output).toMatchObject({ strip: -1, deltaStrip: -1, stripCells: 0 });
    const facts = await session.inspect({ type: 'layer', layer: 0 }, SAMPLE);
    if (facts.type !== 'layer') throw new Error('A layer was asked for.');
    const { weights, weightGradients } = facts;
    expect(hidden.weightStatistics?.count).toBe(9000);
    for (const [found, expected] of [
      [hidden.weightStatistics, weights],
      [hidden.gradientStatistics, weightGradients],
    ])
      for (const key of ['min', 'mean', 'max', 'norm'] as const)
        expect(found?.[key]).toBeCloseTo(expected![key], 12);
    // 30 neurons go into the output: not each of its edges is drawn.
    expect(output.weightStatistics?.count).toBe(120);
  });

  it('has the first channels of a large image in fewer cells, and its first filters whole', async () => {
    const conv = {
      type: 'conv2d',
      filters: 20,
      kernel: [3, 3],
      padding: 'same',
      activation: 'tanh',
    };
    const [height, width] = [48, 40];
    const session = await loaded(
      networkOf([height, width, 1], [2], [conv, { type: 'flatten' }, { type: 'dense', units: 2 }]),
    );
    const { layers, values } = await session.view({ scope: SAMPLE });
    const [input, hidden] = layers;
    // Of one channel, all pixels are sent; of the drawn 16 that would be 30,720.
    expect(input.pictured).toEqual({ height, width, channels: 1 });
    expect(hidden.pictured).toEqual({ height: 35, width: 29, channels: 16 });
    const a = async (y: number, x: number, channel: number): Promise<number> => {
      const row = (y * width + x) * 20 + channel;
      const facts = await session.inspect({ type: 'neuron', layer: 0, row }, SAMPLE);
      if (facts.type !== 'neuron') throw new Error('A neuron was asked for.');
      return facts.output;
    };
    const cell = (y: number, x: number, channel: number): number =>
      values[hidden.picture + (y * 29 + x) * 16 + channel];
    // Rows ⌊34 · 48/35⌋ = 46 and 47, columns ⌊27 · 40/29⌋ = 37 alone.
    expect(cell(34, 27, 15)).toBe(strongest([await a(46, 37, 15), await a(47, 37, 15)]));
    expect(cell(0, 0, 3)).toBe(await a(0, 0, 3));
    expect(hidden.kernels).toEqual({ filters: 16, length: 9 });
    const weight = await session.inspect({ type: 'weight', layer: 0, row: 15, column: 8 }, SAMPLE);
    expect(weight).toMatchObject({ value: values[hidden.weights + 15 * 9 + 8] });
    const bias = await session.inspect({ type: 'bias', layer: 0, row: 15 }, SAMPLE);
    expect(bias).toMatchObject({ value: values[hidden.bias + 15] });
  });

  it('has neither where everything is drawn', async () => {
    const session = await loaded(networkOf([3], [24, 2]));
    const { layers } = await session.view({ scope: { type: 'batch' } });
    for (const layer of layers) {
      expect(layer).toMatchObject({ strip: -1, deltaStrip: -1, stripCells: 0, picture: -1 });
      expect(layer).not.toHaveProperty('weightStatistics');
    }
  });

  it('means the means over the batch in batch scope', async () => {
    const session = await loaded(network);
    const batch = await session.view({ scope: { type: 'batch' } });
    const views = await Promise.all(
      [0, 1].map(index => session.view({ scope: { type: 'sample', index } })),
    );
    const at = views.map(({ layers, values }) => values[layers[1].strip + 17]);
    expect(batch.values[batch.layers[1].strip + 17]).toBeCloseTo((at[0] + at[1]) / 2, 12);
  });
});

describe('a matrix', () => {
  const network = networkOf([40], [60, 2]);
  const all = initialParameters(network);
  const whole: MatrixRequest = {
    scope: SAMPLE,
    layer: 0,
    quantity: 'weight',
    rows: [0, 60],
    columns: [0, 40],
    most: 256,
  };

  it('is given cell by cell where it fits', async () => {
    const session = await loaded(network);
    const picture = await session.matrix(whole);
    expect(picture).toMatchObject({ height: 60, width: 40, statistics: { count: 2400 } });
    expect(picture.values).toEqual(Float32Array.from(all.subarray(0, 2400)));
    const part = await session.matrix({ ...whole, rows: [5, 7], columns: [38, 40] });
    const at = (row: number, column: number): number => all[row * 40 + column];
    expect(part.values).toEqual(Float32Array.of(at(5, 38), at(5, 39), at(6, 38), at(6, 39)));
    expect(part.largest).toBe(picture.largest);
    expect(picture.largest).toBe(Math.abs(strongest([...all.subarray(0, 2400)])));
  });

  it('shows the largest magnitude of each cell where it does not', async () => {
    const session = await loaded(network);
    const { height, width, values } = await session.matrix({
      ...whole,
      rows: [3, 59],
      columns: [1, 40],
      most: 9,
    });
    expect([height, width]).toEqual([9, 9]);
    for (let r = 0; r < 9; r++)
      for (let c = 0; c < 9; c++) {
        const cell: number[] = [];
        for (let j = 3 + Math.floor((r * 56) / 9); j < 3 + Math.floor(((r + 1) * 56) / 9); j++)
          for (let k = 1 + Math.floor((c * 39) / 9); k < 1 + Math.floor(((c + 1) * 39) / 9); k++)
            cell.push(all[j * 40 + k]);
        expect(values[r * 9 + c]).toBe(Math.fround(strongest(cell)));
      }
  });

  it('of gradients has those of inspection', async () => {
    const session = await loaded(network);
    const { values } = await session.matrix({ ...whole, quantity: 'gradient' });
    for (const [row, column] of [
      [0, 0],
      [59, 39],
      [31, 7],
    ]) {
      const facts = await session.inspect({ type: 'weight', layer: 0, row, column }, SAMPLE);
      expect(values[row * 40 + column]).toBe(Math.fround((facts as { gradient: number }).gradient));
    }
  });

  it('follows a step', async () => {
    const session = await loaded(network);
    const before = await session.matrix(whole);
    await session.step('sample');
    const after = await session.matrix(whole);
    const now = await session.parameters();
    expect(after.values).not.toEqual(before.values);
    expect(after.values).toEqual(Float32Array.from(now.subarray(0, 2400)));
    await session.reset();
    expect((await session.matrix(whole)).values).toEqual(before.values);
  });

  it.each<[Partial<MatrixRequest>, RegExp]>([
    [{ layer: 2 }, /layers\[2\] has no weights/],
    [{ rows: [0, 61] }, /rows 0 to 61 do not exist; there are 0 to 60/],
    [{ columns: [4, 4] }, /columns 4 to 4/],
    [{ rows: [0.5, 2] }, /rows 0.5/],
    [{ most: 0 }, /at least 1 cell/],
  ])('is refused for %j', async (wrong, message) => {
    const session = await loaded(network);
    await expect(session.matrix({ ...whole, ...wrong })).rejects.toThrow(message);
  });

  it('is never larger than 65,536 cells, but a row of 784 pixels comes whole', async () => {
    const session = await loaded(networkOf([28, 28], [300, 2]));
    const row = { ...whole, rows: [299, 300] as const, columns: [0, 784] as const, most: 784 };
    expect(await session.matrix(row)).toMatchObject({ height: 1, width: 784 });
    await expect(session.matrix({ ...row, rows: [0, 300] })).rejects.toThrow(/300 × 784 cells/);
  });
});

describe('a fan', () => {
  const network = networkOf([40], [60, 3]);
  const all = initialParameters(network);
  const magnitude = (edge: { weight: number }): number => Math.abs(edge.weight);

  it('has the twelve strongest connections each way and sums up the rest', async () => {
    const session = await loaded(network);
    const fan = await session.fan({ scope: SAMPLE, layer: 0, row: 8, quantity: 'weight' });
    const row = Array.from(all.subarray(8 * 40, 9 * 40), Math.abs).sort((a, b) => b - a);
    expect(fan.incoming.map(magnitude)).toEqual(row.slice(0, 12));
    expect(fan.moreIncoming.count).toBe(28);
    expect(fan.moreIncoming.sum).toBeCloseTo(
      row.slice(12).reduce((a, b) => a + b),
      12,
    );
    for (const { layer, row: j, column, weight } of fan.incoming) {
      expect([layer, j]).toEqual([0, 8]);
      expect(weight).toBe(all[8 * 40 + column]);
    }
    expect(fan.outgoing).toHaveLength(3);
    expect(fan.moreOutgoing).toEqual({ count: 0, sum: 0 });
    const offset = 40 * 60 + 60;
    for (const { layer, row: j, column, weight } of fan.outgoing) {
      expect([layer, column]).toEqual([1, 8]);
      expect(weight).toBe(all[offset + j * 60 + 8]);
    }
  });

  it('is chosen by gradients where they are looked at; the input has only ways out', async () => {
    const session = await loaded(network);
    const fan = await session.fan({ scope: SAMPLE, layer: -1, row: 2, quantity: 'gradient' });
    const sizes = fan.outgoing.map(({ gradient }) => Math.abs(gradient));
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    expect(fan).toMatchObject({ incoming: [], moreIncoming: { count: 0, sum: 0 } });
    expect(fan.moreOutgoing.count).toBe(48);
    const least = sizes[sizes.length - 1];
    expect(fan.moreOutgoing.sum).toBeLessThanOrEqual(48 * least);
  });

  it('goes to every layer that takes the values through weights', async () => {
    const branched = networkOf(
      [2],
      [2],
      [
        { type: 'dense', id: 'a', units: 2 },
        { type: 'dense', id: 'b', units: 2, from: ['a'] },
        { type: 'dense', id: 'c', units: 2, from: ['a'] },
        { type: 'add', from: ['b', 'c', 'a'] },
      ],
    );
    const session = await loaded(branched);
    const fan = await session.fan({ scope: SAMPLE, layer: 0, row: 1, quantity: 'weight' });
    const ends = fan.outgoing.map(({ layer, row, column }) => [layer, row, column]);
    expect(ends.sort()).toEqual([
      [1, 0, 1],
      [1, 1, 1],
      [2, 0, 1],
      [2, 1, 1],
    ]);
    const sum = await session.fan({ scope: SAMPLE, layer: 3, row: 0, quantity: 'weight' });
    expect(sum).toMatchObject({ incoming: [], outgoing: [] });
    const { layers } = await session.view({ scope: SAMPLE });
    expect(layers[4]).toMatchObject({ weights: -1, gradients: -1, bias: -1, biasGradient: -1 });
    await expect(
      session.matrix({
        ...{ scope: SAMPLE, layer: 3, quantity: 'weight', most: 4 },
        rows: [0, 1],
        columns: [0, 1],
      }),
    ).rejects.toThrow(/no weights/);
  });

  it('of no neuron is refused', async () => {
    const session = await loaded(network);
    const ask = session.fan({ scope: SAMPLE, layer: 0, row: 60, quantity: 'weight' });
    await expect(ask).rejects.toThrow(/neuron 60 does not exist; it has 60/);
  });

  it('of a network without data has weights, and gradients that are no numbers', async () => {
    const { data: _, ...alone } = network;
    const session = await loaded(alone);
    const fan = await session.fan({ scope: SAMPLE, layer: 1, row: 0, quantity: 'weight' });
    expect(fan.incoming).toHaveLength(12);
    expect(fan.incoming[0].gradient).toBeNaN();
  });
});
