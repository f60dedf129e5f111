/** Which networks an edit may just make, and how it calls their layers. */
import { describe, expect, it } from 'vitest';
import { EditError } from '../../src/network/editError';
import { limits } from '../../src/network/limits';
import { flowsOf } from '../../src/network/wiring';
import type { WiredLayer } from '../../src/network/wiring';
import { assertUnits, capital, checkedFlows, nameOf } from '../../src/network/wiringRules';
import { add, concat, conv, layer, wiring } from './support/wired';

const softmax = { activation: 'softmax' };

describe('a network is let pass', () => {
  it.each<[string, readonly WiredLayer[], (readonly number[])?]>([
    ['of one layer', [layer('0')]],
    [
      'of as many layers as are possible',
      Array.from({ length: limits.layers }, (_, n) => layer(`${n}`)),
    ],
    ['with a softmax at its end', [layer('0'), layer('1', softmax)]],
    [
      'with sources above',
      [layer('0'), layer('1', { from: ['input'] }), add('2', ['0', '1', 'input'])],
    ],
    ['with joins of other lengths', [layer('0', { units: 7 }), concat('1', ['0', 'input'])]],
    [
      'with sums of lists and images',
      [layer('0', { type: 'flatten' }), add('1', ['0', 'input'])],
      [2, 2, 1],
    ],
    ['with sums of unknown lengths', [layer('0', { units: NaN }), add('1', ['0', 'input'])]],
    ['with a window as large as the image', [conv('0', [3, 4])], [3, 4, 1]],
    ['with a window whose settings are wrong', [layer('0', { type: 'conv2d' })]],
    ['with a window over what is not known', [layer('0', { units: NaN }), conv('1', [9, 9])]],
    [
      'with as many values as are possible',
      [
        layer('0', { units: 65_535 }),
        layer('1', { units: 1, from: ['input'] }),
        concat('2', ['0', '1']),
      ],
    ],
    [
      'with as many parameters as are possible',
      [layer('0', { units: 500, useBias: false })],
      [100_000],
    ],
  ])('%s', (_what, layers, shape) => {
    const own = wiring(layers, shape);
    expect(checkedFlows(own)).toEqual(flowsOf(own));
  });
});

describe('the names of layers', () => {
  const own = wiring([
    layer('0'),
    layer('12', { id: 'h' }),
    layer('new', { type: 'add' }),
    layer('1a'),
  ]);
  it.each([
    [-1, 'the input', 'The input'],
    [0, 'layers[0]', 'layers[0]'],
    [1, '"h"', '"h"'],
    [2, 'the new add layer', 'The new add layer'],
    [3, 'the new dense layer', 'The new dense layer'],
    [4, 'the input', 'The input'],
  ])('%i', (index, name, beginning) => {
    expect(nameOf(own, index)).toBe(name);
    expect(capital(name)).toBe(beginning);
  });

  it('are capital only at the beginning', () => {
    expect(capital('"the "')).toBe('"the "');
    expect(capital('other')).toBe('other');
  });
});

describe('units', () => {
  it.each([1, 2, limits.units])('%d are possible', units => {
    expect(() => assertUnits(units)).not.toThrow();
  });

  it.each([0, -1, 1.5, limits.units + 1, NaN, Infinity])('%d are not', units => {
    expect(() => assertUnits(units)).toThrow(
      new EditError(`A layer cannot have ${units} units: choose a whole number from 1 to 65,536.`),
    );
  });
});
