/** The matrices of a layer: which neurons they show, and that shown and left out together are the sums of the pass. */
import { describe, expect, it } from 'vitest';
import type { NeuronFacts, ParameterFacts, Scope } from '../../src/engine/facts';
import { createInspector } from '../../src/engine/inspect';
import type { Grid, LayerMatrices, MatricesRequest, Vector } from '../../src/engine/matrixFacts';
import { createTrainer } from '../../src/engine/referenceTrainer';
import type { Network } from '../../src/network/network';
import { inferShapes } from '../../src/network/shapes';
import { imageNetwork } from './imageNetworks';
import { dense, merge, network, randomDataset } from './networks';

const SAMPLE = { type: 'sample', index: 2 } as const;
const BATCH = { type: 'batch' } as const;
const NOWHERE = { epoch: 0, step: 0 };

function subject(net: Network) {
  const { inputSize, outputSize, layers } = inferShapes(net);
  const data = randomDataset(5, inputSize, outputSize);
  const inspector = createInspector(net, data);
  const { parameterTables } = createTrainer(net, data).plan;
  const count = parameterTables.reduce((sum, { length }) => sum + length, 0);
  // Above −1, for among them may be variances.
  const parameters = Float64Array.from({ length: count }, (_, i) => 0.2 + 0.19 * Math.sin(3 * i));
  const matrices = (
    request: Omit<MatricesRequest, 'scope'>,
    scope: Scope = SAMPLE,
  ): LayerMatrices => inspector.layerMatrices(parameters, { ...request, scope });
  const neuron = (layer: number, row: number): NeuronFacts =>
    inspector.inspect(parameters, { type: 'neuron', layer, row }, SAMPLE, NOWHERE) as NeuronFacts;
  const weight = (layer: number, row: number, column: number, scope: Scope): ParameterFacts =>
    inspector.inspect(
      parameters,
      { type: 'weight', layer, row, column },
      scope,
      NOWHERE,
    ) as ParameterFacts;
  const sizes = [inputSize, ...layers.map(({ units }) => units)];
  return { matrices, neuron, weight, sizes, report: inspector.gradients(parameters, BATCH) };
}

/** Of twelve all, of more the first eight and the last four; one that is asked for is the eighth if it is none of them. */
function shownOf(count: number, kept = 0): number[] {
  const all = Array.from({ length: count }, (_, i) => i);
  if (count <= 12) return all;
  const shown = all.filter(i => i < 8 || i >= count - 4);
  return shown.includes(kept) ? shown : shown.map((each, i) => (i === 7 ? kept : each));
}

const closeTo = (values: Vector): Vector => values.map(v => expect.closeTo(v, 12) as number);
const at = (grid: Grid | undefined, row: number): Vector => grid?.[row] ?? [];
const dot = (a: Vector, b: Vector): number => a.reduce((sum, value, i) => sum + value * b[i], 0);

const wide = network(
  14,
  [
    dense(13, 'tanh', { id: 'a' }),
    dense(12, 'sigmoid', { id: 'b', useBias: false }),
    dense(14, 'tanh', { id: 'c', from: ['a'] }),
    merge('concat', 26, ['b', 'c'], 'tanh', 'd'),
    dense(13, 'softmax', { from: ['d'] }),
  ],
  { regularization: { l2: 0.1, bias: true } },
);

describe('lists', () => {
  const { matrices, neuron, weight, sizes, report } = subject(wide);

  it.each([-1, 0, 1, 2, 3, 4])(
    'layers[%i] shows its neurons, and what is asked for in any case',
    layer => {
      const count = sizes[layer + 1];
      for (const row of [undefined, 0, 7, 8, count - 5, count - 4, count - 1])
        expect(matrices({ layer, row }).units).toEqual({
          layer,
          length: count,
          shown: shownOf(count, row),
        });
      const { inputs } = matrices({ layer, column: 9 });
      const source = [undefined, -1, 0, 0, undefined, 3][layer + 1];
      expect(inputs).toEqual(
        source === undefined
          ? undefined
          : { layer: source, length: sizes[source + 1], shown: shownOf(sizes[source + 1], 9) },
      );
    },
  );

  it.each([0, 1, 2, 4])(
    'of layers[%i] the shown and the left out are the weighted input',
    layer => {
      const { sample, weights, bias, units } = matrices({ layer, row: 9, column: 8 });
      const [source] = sample?.sources ?? [];
      const sums = units.shown.map((_, j) => {
        return dot(at(weights, j), source.activation) + (sample?.rest?.[j] ?? 0) + (bias?.[j] ?? 0);
      });
      expect(sums).toEqual(closeTo(sample?.weightedInput ?? []));
      const facts = units.shown.map(row => neuron(layer, row));
      expect(sample).toMatchObject({
        weightedInput: facts.map(({ weightedInput }) => weightedInput),
        activation: facts.map(({ output }) => output),
        derivative: facts.map(({ derivative }) => derivative),
        delta: facts.map(({ delta }) => delta),
        outputGradient: facts.map(({ outputGradient }) => outputGradient),
      });
      expect(sample?.rest === undefined).toBe(source.units.shown.length === source.units.length);
    },
  );

  it.each([-1, 0, 1, 2, 3])('what comes back to layers[%i] is what its consumers send', layer => {
    const { sample, units } = matrices({ layer, row: 8 });
    const sums = units.shown.map((_, k) =>
      (sample?.consumers ?? []).reduce((sum, { weights, delta, rest }) => {
        const own = weights
          ? dot(
              delta,
              weights.map(row => row[k]),
            )
          : delta[k];
        return sum + own + (rest?.[k] ?? 0);
      }, 0),
    );
    expect(sums).toEqual(closeTo(sample?.outputGradient ?? []));
    if (layer >= 0)
      expect(sample?.outputGradient).toEqual(
        units.shown.map(row => neuron(layer, row).outputGradient),
      );
  });

  it.each([0, 1, 2, 4])('the gradients of layers[%i], in both scopes', layer => {
    const request = { layer, row: 9, column: 8 };
    const { sample, units, inputs } = matrices(request);
    const shown = (of: (row: number, column: number) => number): Grid =>
      units.shown.map(row => (inputs?.shown ?? []).map(column => of(row, column)));
    expect(sample?.weightGradient).toEqual(
      shown((row, column) => weight(layer, row, column, SAMPLE).gradient),
    );
    const { batch } = matrices(request, BATCH);
    const { weights } = report.layers[layer];
    expect(batch?.weights?.gradient).toEqual(shown((row, column) => weights[row][column]));
    const { factor = NaN } = batch ?? {};
    batch?.weights?.gradient.forEach((row, j) =>
      row.forEach((gradient, k) => {
        const { sum, penalty } = batch.weights ?? { sum: [], penalty: [] };
        expect(factor * sum[j][k] + penalty[j][k]).toBeCloseTo(gradient, 14);
        expect(penalty[j][k]).not.toBe(0);
      }),
    );
    expect(batch?.bias?.gradient).toEqual(
      layer === 1 ? undefined : units.shown.map(row => report.layers[layer].bias[row]),
    );
    expect(sample?.biasGradient).toEqual(layer === 1 ? undefined : sample?.delta);
  });

  it('of a softmax that is not fused: δ by all of its derivatives', () => {
    const { sample, units } = matrices({ layer: 4, row: 8 });
    const { jacobian, target, fused, targetSum } = sample?.output ?? {};
    const { outputGradient = [], delta = [] } = sample ?? {};
    const sums = units.shown.map(
      (_, j) => dot(at(jacobian?.cells, j), outputGradient) + (jacobian?.rest?.[j] ?? 0),
    );
    expect(sums).toEqual(closeTo(delta));
    expect(fused).toBe(false);
    expect(target).toEqual(units.shown.map(row => neuron(4, row).outputLayer?.target));
    const all = Array.from({ length: 13 }, (_, row) => neuron(4, row).outputLayer?.target ?? NaN);
    expect(targetSum).toBeCloseTo(
      all.reduce((sum, y) => sum + y, 0),
      14,
    );
    expect(matrices({ layer: 3 }).sample?.output).toBeUndefined();
  });

  it('of a merge come from the source that lies there', () => {
    const { sample, units, weights } = matrices({ layer: 3, row: 13 });
    expect(weights).toBeUndefined();
    expect(sample?.sources.map(({ units: own }) => [own.layer, own.length, own.shown])).toEqual([
      [1, 12, [0, 1, 2, 3, 4, 5, 6]],
      [2, 14, [1, 10, 11, 12, 13]],
    ]);
    expect(sample?.sources.flatMap(({ activation }) => activation)).toEqual(
      units.shown.map(row => neuron(3, row).weightedInput),
    );
  });
});

describe('images', () => {
  const net = imageNetwork(
    [
      { type: 'conv2d', id: 'a', filters: 2, kernel: [2, 2], padding: 'same', activation: 'tanh' },
      { type: 'conv2d', id: 'b', filters: 13, kernel: [3, 3], activation: 'tanh' },
      { type: 'maxPool2d', id: 'c', from: 'a', size: [2, 2] },
      { type: 'batchNorm', id: 'd', from: 'a', activation: 'tanh' },
      { type: 'flatten', id: 'e', from: 'b' },
      { type: 'flatten', id: 'f', from: 'c' },
      { type: 'flatten', id: 'g', from: 'd' },
      { type: 'concat', from: ['e', 'f', 'g'] },
      { type: 'dense', units: 2 },
    ],
    [4, 5, 2],
  );
  const { matrices, neuron, sizes } = subject(net);

  it('what each layer with a window sends back is its own part', () => {
    for (const row of [0, 9, sizes[1] - 1]) {
      const { sample, units } = matrices({ layer: 0, row });
      const consumers = sample?.consumers ?? [];
      expect(consumers.map(({ layer, sent }) => [layer, sent !== undefined])).toEqual([
        [1, true],
        [2, true],
        [3, true],
      ]);
      units.shown.forEach((shown, k) => {
        const { outgoing, outputGradient } = neuron(0, shown);
        for (const { layer, sent } of consumers) {
          const own = outgoing?.terms.filter(term => term.layer === layer) ?? [];
          if (outgoing?.more.count === 0)
            expect(sent?.[k]).toBeCloseTo(
              own.reduce((sum, { weight, factor }) => sum + weight * factor, 0),
              12,
            );
        }
        expect(consumers.reduce((sum, { sent }) => sum + (sent?.[k] ?? NaN), 0)).toBeCloseTo(
          outputGradient,
          12,
        );
      });
    }
  });

  it('a place of a convolution: its filters, the values under its window, and the gradients of all other places', () => {
    const middle = matrices({ layer: 1 });
    // Of 2 × 3 places the fifth, of 13 filters twelve.
    expect(middle.place).toBe(4);
    expect(middle.units).toEqual({
      ...{ layer: 1, length: 13, places: shownOf(13) },
      shown: shownOf(13).map(filter => 4 * 13 + filter),
    });
    const row = 2 * 13 + 8;
    const { place, units, inputs, weights, bias, sample } = matrices({ layer: 1, row, column: 9 });
    expect([place, units.places]).toEqual([2, shownOf(13, 8)]);
    expect([inputs?.layer, inputs?.length]).toEqual([0, 3 * 3 * 2]);
    expect(inputs?.places).toEqual(shownOf(18, 9));
    const [source] = sample?.sources ?? [];
    const sums = units.shown.map(
      (_, j) =>
        dot(at(weights, j), source.activation) + (sample?.rest?.[j] ?? 0) + (bias?.[j] ?? 0),
    );
    expect(sums).toEqual(closeTo(sample?.weightedInput ?? []));
    const { elsewhere, weightGradient, biasGradient, delta = [] } = sample ?? {};
    units.shown.forEach((_, j) => {
      const here = source.activation.map(a => delta[j] * a);
      const whole = here.map((own, k) => own + at(elsewhere?.weights, j)[k]);
      expect(whole).toEqual(closeTo(at(weightGradient, j)));
      expect(delta[j] + (elsewhere?.bias?.[j] ?? NaN)).toBeCloseTo(biasGradient?.[j] ?? NaN, 12);
    });
    expect(matrices({ layer: 1, filter: 8, column: 9 })).toMatchObject({
      place: 4,
      units: { places: shownOf(13, 8) },
    });
  });
});
