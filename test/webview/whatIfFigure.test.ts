import { describe, expect, it } from 'vitest';
import { curvePath, scaleOf, ticks, type Figure } from '../../webview/inspect/whatIfFigure';

const figureOf = (changes: readonly number[]): Figure => ({
  label: '',
  start: 0,
  from: -1,
  to: 1,
  changes,
  base: 0,
  slope: 0,
  mark: undefined,
});

describe('the scale of a curve', () => {
  it('holds all of it and the place where it stands', () => {
    const { low, high, x, y } = scaleOf(figureOf([3, 1, 0.5, 2, 4]));
    expect([low, high]).toEqual([0, 4]);
    expect(x(-1)).toBeLessThan(x(1));
    expect(y(4)).toBeLessThan(y(0));
  });

  it('puts what is flat, and what is nowhere finite, in the middle', () => {
    const flat = scaleOf(figureOf([0, 0, 0]));
    const none = scaleOf(figureOf([NaN, Infinity, NaN]));
    expect(none.y(0)).toBe(flat.y(0));
    expect(Number.isFinite(flat.y(0))).toBe(true);
  });
});

it('a curve has a gap where the loss is not finite', () => {
  const of = figureOf([1, Infinity, 0, 2, NaN]);
  const path = curvePath(of, scaleOf(of));
  expect(path.match(/M/g)).toHaveLength(2);
  expect(path.match(/L/g)).toHaveLength(1);
  expect(path).not.toMatch(/NaN|Infinity/);
});

describe('the labels of an axis', () => {
  it('are numbers while these differ', () => {
    expect(ticks(0.342, [0.01, 0, -0.02])).toEqual(['0.352', '0.342', '0.322']);
  });

  it('are distances where the numbers would look the same', () => {
    expect(ticks(0.342, [1e-6, 0, -2e-6])).toEqual(['+1×10⁻⁶', '0.342', '−2×10⁻⁶']);
  });

  it('are short', () => {
    expect(ticks(0, [0.00656, 0, -0.007051])).toEqual(['0.00656', '0', '−0.0071']);
  });

  it('of a flat curve are all the same', () => {
    expect(ticks(2, [0, 0, 0])).toEqual(['2', '2', '2']);
  });
});
