/** Alarms about neurons at both sides of their limits, from numbers that are given: which, how many, how severe. */
import { describe, expect, it } from 'vitest';
import { findAlarms } from '../../src/engine/health/detectors';
import type { ActivationName, Loss } from '../../src/network/network';
import { imageNetwork } from './imageNetworks';
import { chain, first, measuredOf, SAMPLES, told, type Counts } from './measured';
import { dense, network } from './networks';

describe('neurons that take no part', () => {
  const alarm = (
    kind: 'dead' | 'saturated',
    count: number,
    severity: string,
    layer = 0,
  ): object => ({
    ...{ kind, severity, layer, count, units: 10 },
    rows: Array.from({ length: Math.min(count, 8) }, (_, row) => row),
  });

  it.each([
    [0, []],
    [1, ['information']],
    [4, ['information']],
    [5, ['warning']],
    [9, ['warning']],
    [10, ['warning']],
  ])('dead: %i of ten are told as %j, the first eight by name', (count, severities) => {
    expect(
      told(chain('relu'), new Map([[0, first(count, { dead: SAMPLES, saturated: SAMPLES })]])),
    ).toEqual(severities.map(severity => alarm('dead', count, severity)));
  });

  it('dead is none that one sample goes through, and none but of a relu', () => {
    expect(told(chain('relu'), new Map([[0, first(10, { dead: SAMPLES - 1 })]]))).toEqual([]);
    expect(told(chain('leakyRelu'), new Map([[0, first(10, { dead: SAMPLES })]]))).toEqual([]);
  });

  it.each([
    [0, []],
    [1, ['information']],
    // Hidden neurons that have learned are often saturated.
    [9, ['information']],
    [10, ['warning']],
  ])('saturated: %i of ten hidden ones are told as %j', (count, severities) => {
    expect(told(chain('sigmoid'), new Map([[0, first(count, { saturated: 6 })]]))).toEqual(
      severities.map(severity => alarm('saturated', count, severity)),
    );
  });

  it.each<[ActivationName, number, boolean]>([
    ['sigmoid', 6, true],
    ['sigmoid', 5, false],
    ['tanh', 10, true],
    ['relu', 10, false],
    ['step', 10, false],
  ])('saturated is a %s that is so on %i of ten samples: %s', (activation, saturated, isTold) => {
    const found = told(chain(activation), new Map([[0, first(10, { saturated })]]));
    expect(found.filter(({ kind }) => kind === 'saturated')).toEqual(
      isTold ? [alarm('saturated', 10, 'warning')] : [],
    );
  });

  it('saturated is an output only where it is wrong on most samples, and no cross-entropy takes the slope out', () => {
    const outputs = (own: Counts, loss: Partial<Loss> = {}) =>
      told(chain('tanh', 'sigmoid', loss), new Map([[2, first(1, own)]]));
    const wrong = {
      kind: 'saturated',
      severity: 'warning',
      layer: 2,
      rows: [0],
      count: 1,
      units: 2,
    };
    expect(outputs({ saturated: 10, wrong: 6 })).toEqual([wrong]);
    expect(outputs({ saturated: 10, wrong: 5 })).toEqual([]);
    expect(outputs({ saturated: 10, wrong: 10 }, { type: 'binaryCrossEntropy' })).toEqual([]);
    // Of a hidden layer it does not matter how far off anything is.
    const hidden = new Map([[1, first(10, { saturated: 6 })]]);
    expect(told(chain('tanh', 'sigmoid', { type: 'binaryCrossEntropy' }), hidden)).toEqual([
      alarm('saturated', 10, 'warning', 1),
    ]);
  });

  it('are told of layers that the output hangs on, and only of samples', () => {
    const net = network(2, [
      dense(10, 'sigmoid', { id: 'a' }),
      dense(10, 'sigmoid', { id: 'unused', from: ['input'] }),
      dense(2, 'linear', { from: ['a'] }),
    ]);
    const both = new Map([0, 1].map(layer => [layer, first(10, { saturated: 10 })] as const));
    expect(told(net, both)).toEqual([alarm('saturated', 10, 'warning')]);
    expect(told(net, both, { samples: 0 })).toEqual([]);
    expect(told(net, both, { learned: true })).toEqual([]);
  });

  it('are filters in a convolution, where they are so at every place', () => {
    const net = imageNetwork(
      [
        { type: 'conv2d', filters: 3, kernel: [2, 2], activation: 'relu' },
        { type: 'flatten' },
        { type: 'dense', units: 2 },
      ],
      [3, 3, 1],
    );
    // Four places of three filters: the first is dead at all, the second at three, the last at all.
    const places = Array.from({ length: 12 }, (_, neuron): Counts => {
      const isDead = neuron % 3 !== 1 || neuron < 9;
      return { dead: isDead ? SAMPLES : 0 };
    });
    expect(told(net, new Map([[0, places]]))).toEqual([
      {
        ...{ kind: 'dead', severity: 'warning', layer: 0, rows: [0, 2] },
        ...{ count: 2, units: 3, filters: true },
      },
    ]);
  });
});

describe('copies', () => {
  it('are a warning, and information once the data are learned', () => {
    const net = chain('tanh');
    const found = (learned: boolean) => {
      const measured = measuredOf(net, new Map(), { learned });
      return findAlarms({ ...measured, parameters: measured.parameters.fill(0.5) });
    };
    const copies = (severity: string, layer: number): object => ({
      ...{ kind: 'symmetric', severity, layer, count: 10, units: 10 },
      rows: [0, 1, 2, 3, 4, 5, 6, 7],
    });
    expect(found(false)).toEqual([copies('warning', 0), copies('warning', 1)]);
    expect(found(true)).toEqual([copies('information', 0), copies('information', 1)]);
  });
});
