/** Why an edit may not make a network: the sentence. */
import { describe, expect, it } from 'vitest';
import { EditError } from '../../src/network/editError';
import { limits } from '../../src/network/limits';
import type { WiredLayer } from '../../src/network/wiring';
import { checkedFlows } from '../../src/network/wiringRules';
import { add, concat, conv, layer, wiring } from './support/wired';

const softmax = { activation: 'softmax' };

/** The sentence that refuses a network; empty where there is none. */
function refusal(layers: readonly WiredLayer[], shape?: readonly number[]): string {
  try {
    checkedFlows(wiring(layers, shape));
    return '';
  } catch (error) {
    if (error instanceof EditError) return error.message;
    throw error;
  }
}

const sources = 'connect it with a layer above, or take its sources along';

describe('a network is refused', () => {
  it.each<[string, readonly WiredLayer[], string, (readonly number[])?]>([
    ['without a layer', [], 'A network needs at least one layer.'],
    [
      'of too many',
      Array.from({ length: limits.layers + 1 }, (_, n) => layer(`${n}`)),
      'A network has at most 1,000 layers.',
    ],
    // softmax
    [
      'with a softmax above',
      [layer('0', softmax), layer('1')],
      'A softmax layer can only be the last one: choose another activation.',
    ],
    [
      'with a softmax above another one, in a file of more than ten',
      [...Array.from({ length: 10 }, (_, n) => layer(`${n}`)), layer('10', softmax), layer('11')],
      'A softmax layer can only be the last one: choose another activation.',
    ],
    [
      'with a softmax above a new layer',
      [layer('0', softmax), layer('new')],
      'Nothing can follow a softmax layer: put the new layer before it.',
    ],
    [
      'with a new softmax above a new layer',
      [layer('new', softmax), layer('newer')],
      'A softmax layer can only be the last one: choose another activation.',
    ],
    [
      'with a new softmax above a layer',
      [layer('new', softmax), layer('0')],
      'A softmax layer can only be the last one: choose another activation.',
    ],
    [
      'with a softmax above another',
      [layer('0'), layer('1', softmax), layer('2', softmax)],
      'A softmax layer can only be the last one: choose another activation.',
    ],
    // sources
    [
      'with a source that is none',
      [layer('0', { from: ['"who"'] })],
      `layers[0] takes its values from "who", which is no layer above it: ${sources}.`,
    ],
    [
      'with a second source that is none',
      [layer('0'), add('new', ['0', '"who"'])],
      `The new add layer takes its values from "who", which is no layer above it: ${sources}.`,
    ],
    [
      'with a named layer and a source that is none',
      [layer('0', { id: 'h', from: ['"who"'] })],
      `"h" takes its values from "who", which is no layer above it: ${sources}.`,
    ],
    [
      'with two sources of one',
      [layer('0'), layer('1', { from: ['0', 'input'] })],
      'layers[1] is dense and takes exactly one source, not 2: join them with an add or concat first.',
    ],
    [
      'with no source',
      [layer('0', { type: 'dropout', from: [] })],
      'layers[0] is dropout and takes exactly one source, not 0: join them with an add or concat first.',
    ],
    [
      'with a join of one',
      [layer('0'), add('1', ['0'])],
      'layers[1] joins at least two different sources and would have 1: remove it too, or connect it with another layer first.',
    ],
    [
      'with a join of none',
      [concat('0', [])],
      'layers[0] joins at least two different sources and would have 0: remove it too, or connect it with another layer first.',
    ],
    [
      'with a join of one twice',
      [layer('0'), add('1', ['0', '0'])],
      'layers[1] joins at least two different sources and would have 1, one of them twice: remove it too, or connect it with another layer first.',
    ],
    [
      'with a join of three, one twice',
      [layer('0'), concat('1', ['0', 'input', '0'])],
      'layers[1] joins at least two different sources and would have 2, one of them twice: remove it too, or connect it with another layer first.',
    ],
    [
      'with a join of too many',
      [
        ...Array.from({ length: limits.sources + 1 }, (_, n) => layer(`${n}`)),
        add(
          's',
          Array.from({ length: limits.sources + 1 }, (_, n) => `${n}`),
          { id: 's' },
        ),
      ],
      '"s" joins at most 256 sources.',
    ],
    // circles
    [
      'with a layer that takes its own values',
      [layer('0', { from: ['0'] })],
      'This connection would close a cycle: layers[0] → layers[0]. A layer takes its values from layers above it.',
    ],
    [
      'with a circle',
      [layer('0', { from: ['2'] }), layer('1', { id: 'b' }), layer('2')],
      'This connection would close a cycle: layers[0] → "b" → layers[2] → layers[0]. A layer takes its values from layers above it.',
    ],
    [
      'with two circles, told by the shortest',
      [add('0', ['input', '3']), layer('1'), layer('2'), add('3', ['0', '2'])],
      'This connection would close a cycle: layers[0] → layers[3] → layers[0]. A layer takes its values from layers above it.',
    ],
    [
      'with a source below',
      [layer('0', { from: ['1'] }), layer('1', { id: 'b', from: ['input'] })],
      'layers[0] takes its values from "b", which would stand below it: put "b" above layers[0].',
    ],
    [
      'with a new layer and a source below',
      [layer('new', { from: ['1'] }), layer('1', { from: ['input'] })],
      'The new dense layer takes its values from layers[1], which would stand below it: put layers[1] above the new dense layer.',
    ],
    // sums
    [
      'with a sum of other lengths',
      [layer('0', { units: 1200 }), add('1', ['input', '0'])],
      'layers[1] would add the input (2) and layers[0] (1,200), which must be equally long: change both together, or disconnect one first.',
    ],
    [
      'with a sum of three, one of them longer',
      [layer('0'), layer('1', { id: 'b', units: 3 }), add('new', ['0', 'input', '1'])],
      'The new add layer would add layers[0] (2) and "b" (3), which must be equally long: change both together, or disconnect one first.',
    ],
    [
      'with a sum of images of other shape',
      [
        conv('0', [1, 2]),
        layer('1', { type: 'flatten', from: ['input'] }),
        conv('2', [2, 1], { from: ['input'] }),
        add('3', ['0', '2']),
      ],
      'layers[3] would add images of different shape: layers[0] (3 × 2 × 1) and layers[2] (2 × 3 × 1). Put a flatten layer behind each, or make them alike.',
      [3, 3, 1],
    ],
    [
      'with a sum of the input and an image of other shape',
      [
        conv('0', [1, 1], {
          sliding: { window: [1, 1], stride: [1, 2], padding: 'same', channels: 2 },
        }),
        add('1', ['input', '0']),
      ],
      'layers[1] would add images of different shape: the input (2 × 4 × 1) and layers[0] (2 × 2 × 2). Put a flatten layer behind each, or make them alike.',
      [2, 4, 1],
    ],
    // windows
    [
      'with a window that is too large',
      [conv('0', [4, 1])],
      'The window of layers[0] would be 4 × 1, and the input gives an image of 3 × 3 × 1: make it smaller, or set padding to "same".',
      [3, 3, 1],
    ],
    [
      'with a window that is too large behind a layer',
      [layer('0', { type: 'dropout', id: 'd' }), conv('new', [1, 4])],
      'The window of the new conv2d layer would be 1 × 4, and "d" gives an image of 3 × 3 × 1: make it smaller, or set padding to "same".',
      [3, 3, 1],
    ],
    [
      'with a window over a list',
      [conv('0', [1, 1])],
      'layers[0] needs an image, and the input gives a list of 1,200 values: give the input a height, a width and channels (input.shape) first.',
      [1200],
    ],
    [
      'with a window over the list of a layer',
      [layer('0', { units: 4 }), conv('new', [1, 1])],
      'The new conv2d layer needs an image, and layers[0] gives a list of 4 values: put it behind a layer that gives one.',
      [3, 3, 1],
    ],
    // sizes
    [
      'with a join that is too long',
      [
        layer('0', { units: 65_536 }),
        layer('1', { units: 1, from: ['input'] }),
        concat('2', ['0', '1']),
      ],
      'The concat would have 65,537 values, at most 65,536 are possible.',
    ],
    [
      'with an image that is too large',
      [conv('0', [1, 1])],
      'The conv2d would have 65,792 values, at most 65,536 are possible.',
      [256, 257, 1],
    ],
    [
      'with too many weights',
      [layer('0', { units: 501, useBias: false })],
      'The network would have 50,100,000 parameters, at most 50,000,000 are possible: use fewer units.',
      [100_000],
    ],
    [
      'with too many biases',
      [layer('0', { units: 500 })],
      'The network would have 50,000,500 parameters, at most 50,000,000 are possible: use fewer units.',
      [100_000],
    ],
    [
      'with too many parameters of all layers',
      [layer('0', { units: 5000 }), layer('1', { units: 5000 }), layer('2', { units: 5000 })],
      'The network would have 50,025,000 parameters, at most 50,000,000 are possible: use fewer units.',
    ],
  ])('%s', (_what, layers, sentence, shape) => {
    expect(refusal(layers, shape)).toBe(sentence);
  });
});
