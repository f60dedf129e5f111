import { describe, expect, it } from 'vitest';
import { isRateBeingTyped, rateOf, ratesOf, withRates } from '../../src/network/rates';
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

describe('a rate that is being typed', () => {
  const text = (rate: string, scale = '1', rest = '"epochs": 3'): string =>
    `{ "layers": [{ "learningRateScale": ${scale} }], "optimizer": { "learningRate" : ${rate}, "momentum": 0.5 }, ${rest} }`;

  it.each(['0.', '', '-', '5e', '5e-', '0.55', '1.5', '0.5 '])('is half typed: %o', typed => {
    expect(isRateBeingTyped(text('0.5'), text(typed))).toBe(true);
    expect(isRateBeingTyped(text(typed), text('0.5'))).toBe(true);
    expect(isRateBeingTyped(text('0.5', '1'), text('0.5', typed))).toBe(true);
  });

  it.each(['every', 'factor', 'minimum', 'warmUp'])('may be of a schedule: %s', key => {
    const schedule = (number: string): string => `{ "schedule": { "${key}": ${number} } }`;
    expect(isRateBeingTyped(schedule('0.5'), schedule('0.'))).toBe(true);
    expect(isRateBeingTyped(schedule('0.5'), schedule('{'))).toBe(false);
  });

  it('is nothing else', () => {
    expect(isRateBeingTyped(text('0.5'), text('fast'))).toBe(false);
    expect(isRateBeingTyped(text('0.5'), text('0.5, "x": '))).toBe(false);
    expect(isRateBeingTyped(text('0.5'), text('0.'.concat(', ')))).toBe(false);
    expect(isRateBeingTyped(text('0.5'), text('0.5', '1', '"epochs": 30'))).toBe(false);
    expect(isRateBeingTyped(text('0.5'), text('0.6', '2'))).toBe(false);
    expect(isRateBeingTyped(text('0.5'), '{')).toBe(false);
    expect(isRateBeingTyped('', text('0.5'))).toBe(false);
  });
});
