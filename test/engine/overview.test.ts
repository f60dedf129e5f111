/** The next update of every parameter, and all layers side by side. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Scope } from '../../src/engine/facts';
import { batchGradient } from '../../src/engine/gradient';
import { initialParameters } from '../../src/engine/initializers';
import { createInspector } from '../../src/engine/inspect';
import { histogramOf, rangeOf } from '../../src/engine/inspect/histogram';
import { createTrainer } from '../../src/engine/referenceTrainer';
import type { Optimizer, OptimizerName } from '../../src/network/network';
import { dense, network, randomDataset } from './networks';

const data = randomDataset(40, 3, 2, 'real', 10);
const BATCH: Scope = { type: 'batch' };
const SAMPLE: Scope = { type: 'sample', index: 5 };

const OPTIMIZERS: readonly OptimizerName[] = ['sgd', 'rmsprop', 'adagrad', 'adam', 'adamw'];

function netWith(optimizer: Partial<Optimizer>) {
  const base = network(3, [dense(5, 'relu'), dense(2, 'sigmoid', { learningRateScale: 0.5 })], {
    loss: { half: true, reduction: 'mean' },
    regularization: { l2: 0.2, l1: 0.1, scale: 'lambda/2m' },
  });
  const training = {
    ...base.training,
    precision: 'float64' as const,
    batchSize: 'all' as const,
    shuffle: false,
    optimizer: { ...base.training.optimizer, ...optimizer },
  };
  return { ...base, training };
}

const norm = (values: ArrayLike<number>): number =>
  Math.sqrt(Array.from(values).reduce((sum, value) => sum + value * value, 0));

describe('the next update', () => {
  it.each(OPTIMIZERS)('is the step that %s then makes', type => {
    const net = netWith({ type, learningRate: 0.01, momentum: type === 'sgd' ? 0.9 : 0 });
    const trainer = createTrainer(net, data);
    for (let i = 0; i < 3; i++) trainer.run({ steps: 1 });
    const before = trainer.readParameters();
    const state = trainer.readOptimizerState();
    const { layers, values } = createInspector(net, data).view(before, BATCH, { state });
    trainer.run({ steps: 1 });
    const change = trainer.readParameters().map((value, i) => value - before[i]);
    // In the file's order: 5 × 3 weights and 5 biases, 2 × 5 weights and 2 biases.
    const found = [
      ...values.subarray(layers[1].updates, (layers[1].updates ?? NaN) + 15),
      ...values.subarray(layers[1].biasUpdate, (layers[1].biasUpdate ?? NaN) + 5),
      ...values.subarray(layers[2].updates, (layers[2].updates ?? NaN) + 10),
      ...values.subarray(layers[2].biasUpdate, (layers[2].biasUpdate ?? NaN) + 2),
    ];
    expect(found).toHaveLength(change.length);
    found.forEach((value, i) => expect(value).toBeCloseTo(change[i], 12));
    expect(norm(found)).toBeGreaterThan(1e-4);
  });

  it('of a sample is the one that the card of each parameter tells', () => {
    const net = netWith({ type: 'adam', learningRate: 0.01 });
    const parameters = initialParameters(net);
    const inspector = createInspector(net, data);
    const { updates = NaN } = inspector.view(parameters, SAMPLE, { state: undefined }).layers[2];
    const { values } = inspector.view(parameters, SAMPLE, { state: undefined });
    for (let row = 0; row < 2; row++)
      for (let column = 0; column < 5; column++) {
        const target = { type: 'weight', layer: 1, row, column } as const;
        const facts = inspector.inspect(parameters, target, SAMPLE, { epoch: 0, step: 0 });
        expect('update' in facts && facts.update.change).toBe(values[updates + 5 * row + column]);
      }
  });

  it('is not computed unless it is asked for', () => {
    const net = netWith({});
    const { layers } = createInspector(net, data).view(initialParameters(net), BATCH);
    expect(layers.every(layer => !('updates' in layer))).toBe(true);
  });

  it('is a matrix and a fan as well', () => {
    const net = netWith({ type: 'sgd', learningRate: 0.1, momentum: 0 });
    const parameters = initialParameters(net);
    const inspector = createInspector(net, data);
    const whole = { scope: BATCH, layer: 0, rows: [0, 5], columns: [0, 3], most: 8 } as const;
    const gradient = inspector.matrix(parameters, { ...whole, quantity: 'gradient' }).values;
    const update = inspector.matrix(parameters, { ...whole, quantity: 'update' }).values;
    update.forEach((value, i) => expect(value).toBeCloseTo(-0.1 * gradient[i], 7));
    const asked = { scope: BATCH, layer: 0, row: 1 } as const;
    const fan = inspector.fan(parameters, { ...asked, quantity: 'update' });
    for (const edge of fan.incoming) expect(edge.update).toBeCloseTo(-0.1 * edge.gradient, 12);
    expect(
      inspector.fan(parameters, { ...asked, quantity: 'weight' }).incoming[0],
    ).not.toHaveProperty('update');
  });
});

describe('the overview', () => {
  const net = netWith({ type: 'sgd', learningRate: 0.1, momentum: 0 });
  const parameters = initialParameters(net);
  parameters.fill(-9, 15, 16); // the bias of the first ReLU: it is dead
  const inspector = createInspector(net, data);

  it('has the norms of the numbers themselves', () => {
    const { layers, samples } = inspector.overview(parameters, { scope: BATCH, sameBins: false });
    const { layers: gradients } = inspector.gradients(parameters, BATCH);
    expect(samples).toBe(30);
    layers.forEach(({ layer, weights }, i) => {
      const own = layer === 0 ? parameters.slice(0, 15) : parameters.slice(20, 30);
      const g = gradients[layer].weights.flat();
      const rate = layer === 0 ? 0.1 : 0.05;
      expect(weights?.norm).toBeCloseTo(norm(own), 12);
      expect(weights?.gradientNorm).toBeCloseTo(norm(g), 12);
      expect(weights?.updateNorm).toBeCloseTo(rate * norm(g), 12);
      expect(weights?.ratio).toBeCloseTo((rate * norm(g)) / norm(own), 12);
      expect(layers[i].weights?.values.counts.reduce((sum, n) => sum + n, 0)).toBe(own.length);
    });
  });

  it('counts dead and saturated neurons in both scopes', () => {
    const batch = inspector.overview(parameters, { scope: BATCH, sameBins: false }).layers[0];
    expect(batch).toMatchObject({ units: 5, dead: 1 });
    const sample = inspector.overview(parameters, { scope: SAMPLE, sameBins: false }).layers[0];
    const { z = [] } = inspector.gradients(parameters, SAMPLE).layers[0];
    expect(sample.dead).toBe(z.filter(value => value <= 0).length);
    expect(sample.saturated).toBe(sample.dead);
  });

  it('has the same bins for all layers where that is asked for', () => {
    const { layers } = inspector.overview(parameters, { scope: BATCH, sameBins: true });
    const [first, second] = layers.map(({ weights }) => weights);
    for (const which of ['values', 'gradients'] as const) {
      expect([first?.[which].from, first?.[which].to]).toEqual([
        second?.[which].from,
        second?.[which].to,
      ]);
    }
    const all = [...parameters.slice(0, 15), ...parameters.slice(20, 30)];
    expect(first?.values).toMatchObject({ from: Math.min(...all), to: Math.max(...all) });
  });
});

describe('a layer too large to be drawn', () => {
  const large = network(30, [dense(2, 'tanh')]);
  const many = randomDataset(9, 30, 2);
  const theta = initialParameters(large);
  const { layers } = createInspector(large, many).view(theta, BATCH);
  const weights = [...theta.subarray(0, 60)];

  it('sends statistics of all its weights', () => {
    const found = layers[1].weightStatistics;
    expect(found).toMatchObject({
      count: 60,
      min: Math.min(...weights),
      max: Math.max(...weights),
    });
    expect(found?.mean).toBeCloseTo(weights.reduce((sum, w) => sum + w, 0) / 60, 12);
    expect(found?.norm).toBeCloseTo(norm(weights), 12);
  });

  it('and of all their gradients', () => {
    const gradient = [...batchGradient(large, many, many.training, theta).subarray(0, 60)];
    const found = layers[1].gradientStatistics;
    expect(found?.count).toBe(60);
    expect(found?.min).toBeCloseTo(Math.min(...gradient), 12);
    expect(found?.max).toBeCloseTo(Math.max(...gradient), 12);
    expect(found?.norm).toBeCloseTo(norm(gradient), 12);
  });
});

describe('a histogram', () => {
  const of = (values: readonly number[]) => {
    const all = Float64Array.from(values);
    return histogramOf(all, rangeOf(all));
  };

  it('counts every number once, in the bin that it lies in', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2 }),
        values => {
          const { from, to, counts, others } = of(values);
          expect(counts.reduce((sum, n) => sum + n, 0)).toBe(values.length);
          expect([from, to, others]).toEqual([Math.min(...values), Math.max(...values), 0]);
          const width = (to - from) / counts.length;
          if (width < 1e-9) return;
          // Apart from rounding at the edges, no number is in another bin.
          const slack = 1e-9 * Math.max(Math.abs(from), Math.abs(to));
          let before = 0;
          counts.forEach((n, i) => {
            before += n;
            const edge = from + (i + 1) * width;
            const below = values.filter(value => value < edge - slack).length;
            const upTo = values.filter(value => value <= edge + slack).length;
            expect(before).toBeGreaterThanOrEqual(below);
            expect(before).toBeLessThanOrEqual(upTo);
          });
        },
      ),
    );
  });

  it('has one bin for equal numbers, none for none, and leaves out what is not finite', () => {
    expect(of([0.5, 0.5])).toEqual({ from: 0.5, to: 0.5, counts: [2], others: 0 });
    expect(of([])).toEqual({ from: NaN, to: NaN, counts: [], others: 0 });
    expect(of([NaN, Infinity])).toEqual({ from: NaN, to: NaN, counts: [], others: 2 });
    expect(of([1, NaN, 3]).others).toBe(1);
    const extreme = of([-Number.MAX_VALUE, Number.MAX_VALUE]).counts;
    expect([extreme[0], extreme.at(-1)]).toEqual([1, 1]);
    const tiny = of([0, Number.MIN_VALUE]).counts;
    expect([tiny[0], tiny.at(-1)]).toEqual([1, 1]);
  });
});
