import { describe, expect, it } from 'vitest';
import { alignColumns, formatLoss, formatNumber, formatShare } from '../../src/cli/table';
import { StopWatch } from '../../src/cli/stopRule';

describe('numbers for people', () => {
  it.each([
    [0, '0'],
    [-0, '0'],
    [0.342100123, '0.342100'],
    [-0.0001, '-0.000100'],
    [0.00001234567, '1.23457e-5'],
    [999999.5, '999999.500000'],
    [1e6, '1.00000e+6'],
    [-Infinity, '-Infinity'],
    [NaN, 'NaN'],
  ])('%f is %s', (value, text) => expect(formatNumber(value)).toBe(text));

  it('shows a dash for what does not exist', () => {
    expect(formatLoss(NaN)).toBe('–');
    expect(formatShare(NaN)).toBe('–');
    expect(formatShare(0.96666)).toBe('96.7 %');
  });

  it('aligns columns', () => {
    expect(
      alignColumns([
        ['a', '1'],
        ['bcd', '23'],
      ]),
    ).toBe('a     1\nbcd  23\n');
    expect(
      alignColumns(
        [
          ['a', 'x'],
          ['bcd', 'yz'],
        ],
        [0, 1],
      ),
    ).toBe('a    x\nbcd  yz\n');
  });
});

describe('StopWatch', () => {
  const never = { targetLoss: null, patience: null, maxSeconds: null };
  const losses = (loss: number, validationLoss = NaN) => ({
    loss,
    validationLoss,
    accuracy: NaN,
    validationAccuracy: NaN,
  });

  it('watches the training loss where nothing validates', () => {
    const watch = new StopWatch({ ...never, patience: 2 }, 100, false);
    const reasons = [5, 4, 4, 3.9, 3.9, 4].map((loss, i) => watch.after(i + 1, losses(loss), 0));
    expect(reasons).toEqual([...Array<undefined>(5).fill(undefined), 'patience']);
  });

  it('watches the validation loss where there is one', () => {
    const watch = new StopWatch({ ...never, patience: 1 }, 100, true);
    expect(watch.after(1, losses(5, 1), 0)).toBeUndefined();
    expect(watch.after(2, losses(4, 1), 0)).toBe('patience');
  });

  it('names the target before the other reasons', () => {
    const watch = new StopWatch({ targetLoss: 1, patience: 0, maxSeconds: 0 }, 1, false);
    expect(watch.after(1, losses(1), 9)).toBe('targetLoss');
    expect(new StopWatch({ ...never, maxSeconds: 2 }, 1, false).after(1, losses(1), 2)).toBe(
      'maxSeconds',
    );
    expect(new StopWatch(never, 3, false).after(3, losses(1), 2)).toBe('epochs');
  });
});
