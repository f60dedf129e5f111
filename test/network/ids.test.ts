/** Names that are found for layers: never twice, never the input's, never too long. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freeId, freshId, sourceNames, withIds } from '../../src/network/ids';
import { limits } from '../../src/network/limits';
import type { WiredLayer } from '../../src/network/wiring';

const taken = (...ids: readonly string[]) => new Set(ids);

describe('a fresh name', () => {
  it.each([
    [[], 'dense1'],
    [['dense2'], 'dense1'],
    [['dense1'], 'dense2'],
    [['dense1', 'dense2', 'dense4'], 'dense3'],
    [['add1'], 'dense1'],
  ])('beside %o', (ids, id) => expect(freshId('dense', taken(...ids))).toBe(id));
});

describe('a free name', () => {
  it.each([
    ['a', [], 'a'],
    ['a', ['b'], 'a'],
    ['a', ['a'], 'a2'],
    ['a', ['a', 'a2'], 'a3'],
    ['a7', ['a7'], 'a8'],
    ['a09', ['a09'], 'a10'],
    ['a1b2', ['a1b2'], 'a1b3'],
    ['7', ['7'], '8'],
    ['a\nb', ['a\nb'], 'a\nb2'],
    ['input', [], 'input2'],
    ['input', ['input2'], 'input3'],
    // Nine digits at the end are a number, more are part of the name.
    ['a123456789', ['a123456789'], 'a123456790'],
    ['a1234567890', ['a1234567890'], 'a1234567891'],
    ['a999999999', ['a999999999'], 'a1000000000'],
  ])('for %j beside %o', (id, ids, free) => expect(freeId(id, taken(...ids))).toBe(free));

  it('is not longer than a name may be, and still new', () => {
    const characters = fc.constantFrom('a', '9', '1', '\n');
    const ids = fc.string({ unit: characters, minLength: 1, maxLength: limits.id });
    fc.assert(
      fc.property(ids, fc.array(ids), (id, others) => {
        const all = taken(id, ...others);
        const free = freeId(id, all);
        expect(all.has(free)).toBe(false);
        expect(free.length).toBeLessThanOrEqual(limits.id);
        const again = freeId(id, taken(...all, free));
        expect(again).not.toBe(free);
      }),
      { numRuns: 50 },
    );
    const longest = 'a'.repeat(limits.id);
    expect(freeId(longest, taken(longest))).toBe(`${'a'.repeat(limits.id - 10)}2`);
  });
});

const layer = (key: string, rest: Partial<WiredLayer> = {}): WiredLayer => ({
  ...{ key, type: 'dense', units: 1, useBias: true, activation: 'linear' },
  ...rest,
});

describe('names that are needed', () => {
  it('are given to those layers that are called and have none', () => {
    const wiring = {
      inputs: 2,
      layers: [
        layer('0'),
        layer('1', { id: 'dense1' }),
        layer('2', { from: ['0'] }),
        layer('3', { type: 'add', from: ['2', '1'] }),
        layer('4', { type: 'add', from: ['3', 'input'] }),
      ],
    };
    const named = withIds(wiring);
    expect(named.inputs).toBe(2);
    expect(named.layers.map(({ id }) => id)).toEqual([
      'dense2',
      'dense1',
      'dense3',
      'add1',
      undefined,
    ]);
    expect(named.layers.map(({ id: _, ...rest }) => rest)).toEqual(
      wiring.layers.map(({ id: _, ...rest }) => rest),
    );
    expect(withIds(named)).toEqual(named);
    const last = withIds(named, ['4', 'input', '0']).layers.map(({ id }) => id);
    expect(last).toEqual(['dense2', 'dense1', 'dense3', 'add1', 'add2']);
    expect(sourceNames(named)).toEqual([
      undefined,
      undefined,
      ['dense2'],
      ['dense3', 'dense1'],
      ['add1', 'input'],
    ]);
  });

  it('of sources without one are their keys', () => {
    const layers = [layer('0'), layer('1', { from: ['0', 'gone'] })];
    expect(sourceNames({ inputs: 1, layers })).toEqual([undefined, ['0', 'gone']]);
  });
});
