import { describe, expect, it } from 'vitest';
import { rateOf, ratesOf, withRates } from '../../src/network/rates';
import { RESIDUAL, dense, network } from '../engine/networks';

const net = network(3, [dense(4, 'tanh', { learningRateScale: 0.25 }), ...RESIDUAL], {
  optimizer: { type: 'adam', learningRate: 0.02 },
});

describe('the rates of a network', () => {
  it('are its own and what each layer multiplies it by', () => {
    const { schedule } = net.training;
    expect(ratesOf(net)).toEqual({ rate: 0.02, scales: [0.25, 1, 1, 1, 1], schedule });
    expect([-1, 0, 1, 3, 9].map(layer => rateOf(net, layer))).toEqual([0, 0.005, 0.02, 0, 0]);
  });

  it('are replaced, and nothing else is', () => {
    const other = withRates(net, { rate: 3, scales: [2, 4, 5, 6, 7] });
    expect(ratesOf(other)).toMatchObject({ rate: 3, scales: [2, 4, 5, 1, 7] });
    expect(withRates(other, ratesOf(net))).toEqual(net);
  });

  it('are those of its schedule, which stays where none is given', () => {
    const schedule = { ...net.training.schedule, type: 'cosine', minimum: 0.001 } as const;
    const waving = withRates(net, { ...ratesOf(net), schedule });
    expect(waving.training.schedule).toBe(schedule);
    const { rate, scales } = ratesOf(net);
    expect(withRates(waving, { rate, scales })).toEqual(waving);
  });

  it('are one for each layer', () => {
    expect(() => withRates(net, { rate: 3, scales: [1, 1] })).toThrow('expected 5 scales');
  });
});
