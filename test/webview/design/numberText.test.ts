import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNumber, stepped } from '../../../webview/design/numberText';

describe('readNumber', () => {
  it.each([
    ['0.5', 0.5],
    ['0,5', 0.5],
    ['.5', 0.5],
    ['5.', 5],
    ['-2', -2],
    ['−2', -2],
    ['– 2', -2],
    ['+3', 3],
    ['1/3', 1 / 3],
    ['-2/7', -2 / 7],
    ['1 / 3', 1 / 3],
    ['1⁄4', 0.25],
    ['0,5/2', 0.25],
    ['2e-3', 0.002],
    ['2E+3', 2000],
    ['1,5e−3', 0.0015],
    ['  7 ', 7],
    ['-0', -0],
  ])('%s is %d', (typed, value) => {
    expect(readNumber(typed)).toEqual({ ok: true, value });
  });

  it.each([
    ['', 'empty'],
    ['  ', 'empty'],
    ['1,234.5', 'thousands'],
    ['1.234,5', 'thousands'],
    ['1.234.567', 'thousands'],
    ['1 234', 'thousands'],
    ['1’234', 'thousands'],
    ['many', 'notNumber'],
    ['1e', 'notNumber'],
    ['0x10', 'notNumber'],
    ['1/2/3', 'notNumber'],
    ['1/', 'notNumber'],
    ['--1', 'notNumber'],
    ['1/0', 'divisionByZero'],
    ['1e400', 'tooLarge'],
    ['1e300/1e-300', 'tooLarge'],
    ['NaN', 'infinite'],
    ['-Infinity', 'infinite'],
  ])('refuses %s as %s', (typed, problem) => {
    expect(readNumber(typed)).toEqual({ ok: false, problem });
  });

  it('reads every number back as it is printed', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), value => {
        const read = readNumber(String(value));
        expect(read.ok && read.value === value).toBe(true);
      }),
    );
  });
});

describe('stepped', () => {
  it.each([
    [0, 1, 0.01],
    [0.5, 1, 0.51],
    [0.5, -1, 0.49],
    [0.29, 1, 0.3],
    [12, 1, 13],
    [-0.05, -1, -0.051],
    [1, 10, 2],
  ])('%d by %d steps is %d', (value, by, result) => {
    expect(stepped(value, by)).toBe(result);
  });
});
