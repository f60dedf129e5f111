/** Alarms about layers and the whole network at both sides of their limits, from numbers that are given. */
import { describe, expect, it } from 'vitest';
import { LIMITS, type Alarm, type LossTrend } from '../../src/engine/health/alarm';
import type { LayerNorms, Measured } from '../../src/engine/health/measure';
import { chain, first, SAMPLES, told } from './measured';
import { dense, merge, network } from './networks';

const norms = (...gradients: readonly number[]): LayerNorms[] =>
  gradients.map((gradient, layer) => ({ layer, gradient, weights: 1, update: 0.01 }));

describe('the flow of the error', () => {
  const flow = (gradients: readonly number[], more: Partial<Measured> = {}, net = chain('tanh')) =>
    told(net, new Map(), { norms: norms(...gradients), ...more });
  const alarm = (kind: string, layer: number, norm: number, last: number): object => {
    return { kind, severity: 'warning', layer, norm, last: { layer: 2, norm: last } };
  };

  it('vanishes below a thousandth of that of the last layer', () => {
    expect(flow([9e-4, 1, 1])).toEqual([alarm('vanishing', 0, 9e-4, 1)]);
    expect(flow([1e-3, 1, 1])).toEqual([]);
    expect(flow([0, 1, 1])).toEqual([alarm('vanishing', 0, 0, 1)]);
    expect(flow([5e-4, 1e-4, 1])).toEqual([alarm('vanishing', 1, 1e-4, 1)]);
    expect(flow([1e-4, 5e-4, 1])).toEqual([alarm('vanishing', 0, 1e-4, 1)]);
  });

  it('explodes above a thousandfold', () => {
    expect(flow([1001, 1, 1])).toEqual([alarm('exploding', 0, 1001, 1)]);
    expect(flow([1000, 1, 1])).toEqual([]);
    expect(flow([2000, 3000, 2])).toEqual([alarm('exploding', 1, 3000, 2)]);
    expect(flow([3000, 2000, 2])).toEqual([alarm('exploding', 0, 3000, 2)]);
  });

  it('may vanish and explode at once', () => {
    expect(flow([1e-5, 1e5, 1])).toEqual([
      alarm('vanishing', 0, 1e-5, 1),
      alarm('exploding', 1, 1e5, 1),
    ]);
  });

  it.each([
    ['there is one layer', [1]],
    ['there is none', []],
    ['the last layer has none', [1, 1, 0]],
    ['the last is no number', [1, 1, NaN]],
    ['the last is infinite', [1, 1, Infinity]],
    ['the first is no number', [NaN, NaN, 1]],
    ['the first is infinite', [Infinity, 1, 1]],
  ])('says nothing where %s', (_, gradients) => {
    expect(flow(gradients)).toEqual([]);
  });

  it('says nothing where the data are learned, or a layer behind lets nothing through', () => {
    const few = [1e-9, 1, 1];
    expect(flow(few, { learned: true })).toEqual([]);
    const step = network(2, [dense(10, 'tanh'), dense(10, 'step'), dense(2, 'linear')]);
    expect(flow(few, {}, step)).toEqual([]);
    // Before the layer a step is in nobody's way.
    const before = network(2, [dense(10, 'step'), dense(10, 'tanh'), dense(2, 'linear')]);
    expect(flow([1, 1e-9, 1], {}, before)).toEqual([alarm('vanishing', 1, 1e-9, 1)]);
    const relu = network(2, [dense(10, 'tanh'), dense(10, 'relu'), dense(2, 'linear')]);
    const dead = (count: number) =>
      told(relu, new Map([[1, first(count, { dead: SAMPLES })]]), { norms: norms(...few) });
    expect(dead(10).map(({ kind }) => kind)).toEqual(['dead']);
    expect(dead(9).map(({ kind }) => kind)).toEqual(['vanishing', 'dead']);
    // A layer of others with slopes of 0 is none of dead neurons.
    const flat = told(chain('tanh'), new Map([[1, first(10, { dead: SAMPLES })]]), {
      norms: norms(...few),
    });
    expect(flat).toEqual([alarm('vanishing', 0, 1e-9, 1)]);
  });
});

describe('the penalty', () => {
  const net = (l2: number) =>
    network(2, [dense(3, 'tanh'), dense(1, 'linear')], { regularization: { l2 } });
  const penalised = (data: number, penalty: number, l2 = 0.1) =>
    told(net(l2), new Map(), { parts: { data, penalty } });

  it('is told above ten times the data', () => {
    const alarm = { kind: 'penalty', severity: 'warning', layer: -1, data: 2, penalty: 20.1 };
    expect(penalised(2, 20.1)).toEqual([alarm]);
    expect(penalised(2, 20)).toEqual([]);
    expect(penalised(0, 1)).toEqual([{ ...alarm, data: 0, penalty: 1 }]);
    expect(penalised(2, 20.1, 0)).toEqual([]);
    for (const penalty of [NaN, Infinity]) expect(penalised(2, penalty)).toEqual([]);
  });
});

describe('the rate', () => {
  const rated = (...ratios: readonly (readonly [update: number, weights: number])[]) =>
    told(chain('tanh'), new Map(), {
      norms: ratios.map(([update, weights], layer) => ({ layer, update, weights, gradient: 1 })),
    });

  it('is told of the layer whose update is the largest beside its weights, above a half', () => {
    const alarm = { kind: 'rate', severity: 'warning', layer: 1, ratio: 0.75 };
    expect(rated([1, 100], [3, 4], [1, 100])).toEqual([alarm]);
    expect(rated([2, 4], [2, 4], [2, 4])).toEqual([]);
    expect(rated([3, 5], [3, 4], [5, 8])).toEqual([alarm]);
    expect(rated([4, 4], [3, 4], [5, 8])).toEqual([{ ...alarm, layer: 0, ratio: 1 }]);
    expect(rated([9, 0], [Infinity, 1], [NaN, 1])).toEqual([]);
    expect(rated([9, 0], [3, 4], [Infinity, 1])).toEqual([alarm]);
  });
});

describe('the loss', () => {
  const trend = (recent: readonly number[], start = 1): readonly Alarm[] => {
    const losses: LossTrend = { start, recent };
    return told(chain('tanh'), new Map(), { losses });
  };
  /** Twenty losses that jump by `swing` of their mean, and come no further. */
  const jumping = (swing: number, level = 0.5): number[] =>
    Array.from({ length: LIMITS.losses }, (_, i) => level * (1 + (i % 2 ? swing : -swing) / 2));

  it('is unsteady where it jumps and comes no further', () => {
    expect(trend(jumping(0.06))).toEqual([
      {
        ...{ kind: 'unsteady', severity: 'warning', layer: -1, epochs: 20 },
        swing: expect.closeTo(0.06, 12) as number,
      },
    ]);
    expect(trend(jumping(0.04))).toEqual([]);
    expect(trend([])).toEqual([]);
    expect(trend(jumping(0.06).slice(1))).toEqual([]);
    expect(trend(jumping(0.06).map((loss, i) => (i === 3 ? NaN : loss)))).toEqual([]);
    expect(trend(jumping(0))).toEqual([]);
    expect(trend(jumping(0.06).map(() => 0))).toEqual([]);
  });

  it('is told by the latest twenty alone', () => {
    expect(trend([...jumping(2), ...jumping(0.04)])).toEqual([]);
    expect(trend([9, NaN, ...jumping(0.1)])).toMatchObject([
      { swing: expect.closeTo(0.1, 12) as number },
    ]);
  });

  it('is no trouble while it comes down, nor where it is learned', () => {
    const down = jumping(0.4).map((loss, i) => loss - 0.001 * i);
    const up = jumping(0.4).map((loss, i) => loss + 0.001 * i);
    expect([trend(down).length, trend(up).length]).toEqual([0, 1]);
    expect(trend(jumping(0.4, 0.0099), 1)).toEqual([]);
    expect(trend(jumping(0.4, 0.0101), 1)).toHaveLength(1);
  });
});

it('alarms come by layer, those of the whole network last', () => {
  const net = network(
    2,
    [
      dense(10, 'sigmoid', { id: 'a' }),
      dense(10, 'relu', { id: 'b' }),
      merge('add', 10, ['a', 'b']),
      dense(2, 'linear'),
    ],
    { regularization: { l2: 1 } },
  );
  const counts = new Map([
    [0, first(10, { saturated: 10 })],
    [1, first(1, { dead: 10 })],
  ]);
  const layers = [
    { layer: 0, gradient: 1, weights: 1, update: 9 },
    { layer: 1, gradient: 1e-9, weights: 1, update: 1 },
    { layer: 3, gradient: 1, weights: 1, update: 1 },
  ];
  const found = told(net, counts, { norms: layers, parts: { data: 1, penalty: 99 } });
  expect(found.map(({ kind, layer }) => [kind, layer])).toEqual([
    ['saturated', 0],
    ['rate', 0],
    ['dead', 1],
    ['vanishing', 1],
    ['penalty', -1],
  ]);
});
