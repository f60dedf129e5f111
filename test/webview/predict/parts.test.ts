import { describe, expect, it } from 'vitest';
import type { NeuronMaps } from '../../../src/protocol';
import {
  frameOf,
  mapValue,
  placeIn,
  rounded,
  steppedInputs,
  valuesAt,
} from '../../../webview/predict/mapFrame';
import { mapWords, readout } from '../../../webview/predict/mapWords';
import { extremes } from '../../../webview/predict/mapScale';
import { subjectOf } from '../../../webview/predict/subject';
import { outputsSay, placeOf, placeValue, spanOf, STEPS } from '../../../webview/predict/outputs';
import { lineOfCells, moveIn } from '../../../webview/predict/painterCells';
import { markOf, MARKS, markPath, pointSet } from '../../../webview/predict/points';

describe('what outputs say', () => {
  const iris = { outputNames: ['a', 'b', 'c'], classNames: ['a', 'b', 'c'] };

  it('shares with the class of the largest', () => {
    const { rows, answer } = outputsSay(iris, 'softmax', [0.2, 0.7, 0.1]);
    expect(answer).toBe('b');
    expect(rows.map(({ chosen }) => chosen)).toEqual([false, true, false]);
    expect(rows[1]).toEqual({ name: 'b', value: 0.7, share: 0.7, chosen: true });
  });

  it('one output: the second class from one half on', () => {
    const one = { outputNames: ['t'], classNames: ['no', 'yes'] };
    expect(outputsSay(one, 'sigmoid', [0.5]).answer).toBe('yes');
    expect(outputsSay(one, 'sigmoid', [0.499]).answer).toBe('no');
    expect(outputsSay(one, 'sigmoid', [0.3]).rows[0]).toMatchObject({ name: 'yes', share: 0.3 });
  });

  it('plain numbers of a regression, and no class', () => {
    const said = outputsSay({ outputNames: ['y'], classNames: undefined }, 'linear', [12]);
    expect(said).toEqual({
      rows: [{ name: 'y', value: 12, share: undefined, chosen: false }],
      answer: undefined,
    });
  });

  it('no class where a number is none', () => {
    expect(outputsSay(iris, 'softmax', [NaN, 1, 0]).answer).toBeUndefined();
  });
});

describe('a slider', () => {
  it('goes from the least to the most, and round numbers lie between', () => {
    const span = [4.3, 7.9] as const;
    expect([placeValue(span, 0), placeValue(span, STEPS)]).toEqual([4.3, 7.9]);
    expect(placeValue(span, 100)).toBe(6.1);
    expect(placeOf(span, 6.1)).toBe(100);
    expect([placeOf(span, -5), placeOf(span, 50)]).toEqual([0, STEPS]);
  });

  it('has room where the data have one value', () => {
    expect(spanOf({ least: [0, 3], most: [1, 3] }, 1)).toEqual([2, 4]);
  });
});

describe('points', () => {
  const range = {
    inputNames: ['p', 'q'],
    outputNames: ['t'],
    classNames: undefined,
    least: [],
    most: [],
  };

  it('are of two classes where all targets are 0 or 1', () => {
    const values = Float64Array.of(0, 1, 2, 0, 1, 3, 4, 1);
    const { points, groups, total } = pointSet({ values, shown: 2, total: 9 }, range);
    expect(groups).toEqual(['0', '1']);
    expect(total).toBe(9);
    expect(points[1]).toEqual({ x: [3, 4], y: [1], validates: true, group: 1 });
    expect(points[0].validates).toBe(false);
  });

  it('are of no class where targets are numbers', () => {
    const values = Float64Array.of(0, 1, 2, 0.5);
    const { points, groups } = pointSet({ values, shown: 1, total: 1 }, range);
    expect([groups, points[0].group]).toEqual([[], undefined]);
  });

  it('have the class of the one output that is 1; several yes are no class', () => {
    const three = { ...range, outputNames: ['a', 'b', 'c'], classNames: ['a', 'b', 'c'] };
    const one = Float64Array.of(0, 1, 2, 0, 0, 1);
    expect(pointSet({ values: one, shown: 1, total: 1 }, three).points[0].group).toBe(2);
    const two = Float64Array.of(0, 1, 2, 1, 0, 1);
    expect(pointSet({ values: two, shown: 1, total: 1 }, three).points[0].group).toBeUndefined();
  });

  it('have a mark of their own in each of six classes', () => {
    expect(new Set(MARKS.map(mark => markPath(mark, 8))).size).toBe(6);
    expect(markOf(6)).toBe(markOf(0));
    for (const mark of MARKS) expect(markPath(mark, 8)).not.toMatch(/NaN|e-/);
  });
});

const MAP: NeuronMaps = {
  neurons: [{ layer: 1, row: 0 }],
  from: [0, 10],
  to: [2, 30],
  cells: 2,
  values: Float64Array.of(1, 2, 3, 4),
  step: 0,
};

describe('the frame of a map', () => {
  const room = { width: 348, height: 356 };
  const frame = frameOf(room, MAP, []);

  it('leads from values to pixels and back', () => {
    const { x, y } = placeIn(frame, 0.5, 25);
    const [right, up] = valuesAt(frame, { x, y });
    expect(right).toBeCloseTo(0.5, 9);
    expect(up).toBeCloseTo(25, 9);
    expect(placeIn(frame, 0.5, 30).y).toBeLessThan(placeIn(frame, 0.5, 10).y);
    expect(valuesAt(frame, { x: -50, y: -50 })).toEqual([0, 30]);
  });

  it('of a curve is as high as its numbers', () => {
    const { y } = frameOf(room, { from: [0], to: [1] }, [3, -1]);
    expect(y[0]).toBeLessThan(-1);
    expect(y[1]).toBeGreaterThan(3);
    expect(frameOf(room, { from: [0], to: [1] }, [5, 5]).y[0]).toBeLessThan(5);
  });

  it('finds the cell of a place', () => {
    expect(mapValue(MAP, [0.1, 12])).toBe(1);
    expect(mapValue(MAP, [1.9, 12])).toBe(2);
    expect(mapValue(MAP, [2, 30])).toBe(4);
    expect(mapValue(MAP, [2.1, 12])).toBeNaN();
  });

  it('is walked by the arrows, to its border', () => {
    const step = (key: string, shiftKey = false, from = [1, 20]) =>
      steppedInputs(from, { key, shiftKey }, MAP);
    expect(step('ArrowRight')).toEqual([1.02, 20]);
    expect(step('ArrowDown', true)).toEqual([1, 18]);
    expect(step('ArrowLeft', true, [0.1, 20])).toEqual([0, 20]);
    expect(step('Enter')).toBeUndefined();
    expect(
      steppedInputs([1], { key: 'ArrowUp', shiftKey: false }, { from: [0], to: [2] }),
    ).toBeUndefined();
  });

  it('rounds to what a pixel tells apart', () => {
    expect(rounded(0.123456, [0, 1])).toBe(0.123);
    expect(rounded(123.456, [0, 1000])).toBe(123);
  });
});

describe('the words of a map', () => {
  it('name the least and the most with their places', () => {
    expect(mapWords(MAP, extremes(MAP.values), 'N', ['p', 'q'])).toBe(
      'N ranges from 1 at p 0.5, q 15 to 4 at p 1.5, q 25.',
    );
    expect(mapWords(undefined, undefined, 'N', [])).toBe('Computing the map…');
    expect(mapWords(MAP, undefined, 'N', [])).toContain('nowhere finite');
  });

  it('read the outputs of the input that is tried, and a cell elsewhere', () => {
    const of = {
      names: ['p', 'q'],
      hovered: undefined,
      tried: [0.5, 12],
      outputs: [0.875],
      lastLayer: 1,
    };
    expect(readout(MAP, of)).toBe('p 0.5, q 12 → 0.875');
    expect(readout(MAP, { ...of, hovered: [1.5, 12] })).toBe('p 1.5, q 12 → ≈ 2');
    expect(readout(MAP, { ...of, lastLayer: 2 })).toBe('p 0.5, q 12 → ≈ 1');
    expect(readout(MAP, { ...of, tried: [1, 2, 3] })).toBe('');
  });
});

describe('the neuron of a map', () => {
  const sizes = [2, 3, 1];

  it('is the chosen one, else the selected one, else the first output', () => {
    expect(subjectOf({ sizes }, undefined, undefined)).toEqual({ layer: 1, row: 0 });
    const selected = { type: 'neuron', layer: 0, row: 2 } as const;
    expect(subjectOf({ sizes }, undefined, selected)).toEqual({ layer: 0, row: 2 });
    expect(subjectOf({ sizes }, { layer: 0, row: 1 }, selected)).toEqual({ layer: 0, row: 1 });
    expect(subjectOf({ sizes }, { layer: 0, row: 9 }, undefined)).toEqual({ layer: 1, row: 0 });
    expect(subjectOf({ sizes }, undefined, { ...selected, layer: -1 })).toEqual({
      layer: 1,
      row: 0,
    });
  });
});

describe('a picture that is painted', () => {
  it('has no gaps in a quick stroke', () => {
    expect(lineOfCells(0, 33, 10)).toEqual([0, 11, 22, 33]);
    expect(lineOfCells(5, 5, 10)).toEqual([5, 5]);
    expect(lineOfCells(0, 4, 10)).toEqual([0, 1, 2, 3, 4]);
  });

  it('is walked by the arrows and ends at its border', () => {
    expect(moveIn(0, 'ArrowRight', [2, 3])).toBe(1);
    expect(moveIn(2, 'ArrowRight', [2, 3])).toBe(2);
    expect(moveIn(2, 'ArrowDown', [2, 3])).toBe(5);
    expect(moveIn(0, 'ArrowUp', [2, 3])).toBe(0);
    expect(moveIn(0, 'x', [2, 3])).toBeUndefined();
  });
});
