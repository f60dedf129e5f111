import { describe, expect, it } from 'vitest';
import { isTuningBeingTyped } from '../../src/network/tuning';

describe('a setting that is being typed', () => {
  const text = (rate: string, scale = '1', rest = '"epochs": 3'): string =>
    `{ "layers": [{ "learningRateScale": ${scale} }], "optimizer": { "learningRate" : ${rate}, "momentum": 0.5 }, ${rest} }`;

  it.each(['0.', '', '-', '5e', '5e-', '0.55', '1.5', '0.5 '])('is half typed: %o', typed => {
    expect(isTuningBeingTyped(text('0.5'), text(typed))).toBe(true);
    expect(isTuningBeingTyped(text(typed), text('0.5'))).toBe(true);
    expect(isTuningBeingTyped(text('0.5', '1'), text('0.5', typed))).toBe(true);
  });

  const keys = ['momentum', 'beta1', 'every', 'warmUp', 'batchSize', 'norm', 'epochs', 'l2'];
  it.each(keys)('may be %s', key => {
    const schedule = (number: string): string => `{ "schedule": { "${key}": ${number} } }`;
    expect(isTuningBeingTyped(schedule('0.5'), schedule('0.'))).toBe(true);
    expect(isTuningBeingTyped(schedule('0.5'), schedule('{'))).toBe(false);
  });

  it('is nothing else', () => {
    expect(isTuningBeingTyped(text('0.5'), text('fast'))).toBe(false);
    expect(isTuningBeingTyped(text('0.5'), text('0.5, "x": '))).toBe(false);
    expect(isTuningBeingTyped(text('0.5'), text('0.'.concat(', ')))).toBe(false);
    expect(isTuningBeingTyped(text('0.5'), text('0.5', '1', '"units": 30'))).toBe(false);
    expect(isTuningBeingTyped(text('0.5'), text('0.6', '2'))).toBe(false);
    expect(isTuningBeingTyped(text('0.5'), '{')).toBe(false);
    expect(isTuningBeingTyped('', text('0.5'))).toBe(false);
  });
});
