/** Steps, each on the text that the one before has left, as one change of the first text. */
import { describe, expect, it } from 'vitest';
import { EditError } from '../../src/network/edit';
import type { DrawRequest } from '../../src/network/edit';
import { applyTextEdits } from '../../src/network/json';
import { parseNetwork } from '../../src/network/parse';
import { Rewriting } from '../../src/network/rewriting';

const text = '{"seed": 1, "name": "a"}';
const request: DrawRequest = {
  ...{ layer: 0, inputs: 1, units: 2, count: 2, seed: 1, precision: 'float32' },
  init: { type: 'normal', value: 0, scale: 1 },
};

describe('steps', () => {
  it('see the text of the one before, and are edits of the first', () => {
    const rewriting = new Rewriting(parseNetwork(text));
    expect(rewriting.edits).toEqual([]);
    rewriting.apply(rewriting.editing.set(['seed'], 23));
    expect(rewriting.editing.text).toBe('{"seed": 23, "name": "a"}');
    expect(rewriting.editing.seed).toBe(23);
    expect(rewriting.editing).toBe(rewriting.editing);
    rewriting.apply(rewriting.editing.set(['name'], 'b'));
    rewriting.apply(rewriting.editing.unset(['seed']));
    expect(rewriting.editing.text).toBe('{"name": "b"}');
    expect(applyTextEdits(text, rewriting.edits)).toBe('{"name": "b"}');
    rewriting.apply([{ start: 9, end: 12, text: '"a"' }]);
    rewriting.apply(rewriting.editing.set(['seed'], 1));
    expect(applyTextEdits(text, rewriting.edits)).toBe('{"name": "a", "seed": 1}');
  });

  it('that change nothing are none', () => {
    const rewriting = new Rewriting(parseNetwork(text));
    const { editing } = rewriting;
    rewriting.apply([]);
    rewriting.apply([{ start: 9, end: 10, text: '1' }]);
    expect(rewriting.edits).toEqual([]);
    expect(rewriting.editing).toBe(editing);
  });

  it('need a text that can be edited', () => {
    expect(() => new Rewriting(parseNetwork('[]'))).toThrow(EditError);
  });
});

describe('new weights', () => {
  it('are those of the tools, as many as were asked for', () => {
    const asked: DrawRequest[] = [];
    const draw = (wish: DrawRequest): readonly number[] => {
      asked.push(wish);
      return [1, 2];
    };
    const rewriting = new Rewriting(parseNetwork(text), { draw });
    expect(rewriting.draws).toBe(true);
    expect(rewriting.draw(request)).toEqual([1, 2]);
    expect(rewriting.draw({ ...request, count: 0 })).toEqual([]);
    expect(asked).toEqual([request]);
    expect(rewriting.drawn).toBe(0);
    rewriting.count(2);
    rewriting.count(3);
    expect(rewriting.drawn).toBe(5);
  });

  it.each([[[1]], [[1, 2, 3]], [[]], [[1, NaN]], [[Infinity, 1]]])(
    'are not what is no such number: %j',
    numbers => {
      const rewriting = new Rewriting(parseNetwork(text), { draw: () => numbers });
      expect(() => rewriting.draw(request)).toThrow(
        new RangeError(`2 finite weights were asked for, got ${numbers.length}`),
      );
    },
  );

  it('are none where nothing draws', () => {
    const rewriting = new Rewriting(parseNetwork(text));
    expect(rewriting.draws).toBe(false);
    expect(rewriting.draw(request)).toEqual([]);
  });
});
