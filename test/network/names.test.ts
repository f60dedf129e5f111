/** What somebody may have meant: words of other frameworks, and words that are spelt alike. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  lossSettings,
  networkSettings,
  optimizerSettings,
  clipSettings,
  inputSettings,
  scheduleSettings,
  stopSettings,
  trainingSettings,
} from '../../src/network/catalog';
import { denseSettings } from '../../src/network/layerCatalog';
import { layerTraits } from '../../src/network/layerTypes';
import { nearest, orList, quoted } from '../../src/network/names';
import { activations, initializers, losses, schedules } from '../../src/network/vocabulary';

/** Insertions, deletions, replacements and swaps of neighbours, by their definition: slow, and plain. */
function distance(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length;
  const [x, y] = [a.slice(1), b.slice(1)];
  const ways = [distance(x, b) + 1, distance(a, y) + 1];
  ways.push(distance(x, y) + (a[0] === b[0] ? 0 : 1));
  if (y !== '' && a[0] === b[1] && a[1] === b[0]) ways.push(distance(x.slice(1), y.slice(1)) + 1);
  return Math.min(...ways);
}

describe('what is spelt alike', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 5 });

  it('has at most a third of the letters wrong, or one; the nearest come first, three of them', () => {
    fc.assert(
      fc.property(word, fc.uniqueArray(word, { maxLength: 5 }), (name, known) => {
        const far = (other: string): number => distance(name, other);
        const near = known.filter(other => far(other) <= Math.max(1, other.length / 3));
        const wanted = near.sort((a, b) => far(a) - far(b)).slice(0, 3);
        expect(nearest(name, known)).toEqual(wanted);
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ['x', ['y'], ['y']],
    ['xy', ['ab'], []],
    ['adxx', ['adam'], []],
    ['dam', ['adam'], ['adam']],
    ['adamm', ['adam'], ['adam']],
    ['adma', ['adam'], ['adam']],
    ['dene', ['dense'], ['dense']],
    ['tranng', ['training'], ['training']],
    ['flxxen', ['flatten'], []],
    ['spixxx', ['spiral'], []],
    ['spixxl', ['spiral'], ['spiral']],
    ['gaussxxxx', ['gaussians'], []],
    ['gaussixxx', ['gaussians'], ['gaussians']],
    ['', ['a', 'ab'], ['a']],
    ['abc', [], []],
  ])('%s among %j: %j', (name, known, expected) => {
    expect(nearest(name, known)).toEqual(expected);
  });

  it('may be written with capitals, hyphens, underscores and spaces', () => {
    for (const name of ['batchnorm', 'BATCHNORM', 'batch-norm', 'Batch_Norm', ' batch  norm '])
      expect(nearest(name, ['batchNorm', 'dense']), name).toEqual(['batchNorm']);
  });

  it('is nothing for what is longer than any name', () => {
    const name = 'x'.repeat(40);
    expect(nearest(name, [name])).toEqual([name]);
    expect(nearest(`${name}x`, [`${name}x`, name])).toEqual([]);
  });

  it('is each name once, at most three, and of equally near ones the first', () => {
    expect(nearest('cat', ['bat', 'hat', 'cats', 'rat'])).toEqual(['bat', 'hat', 'cats']);
    expect(nearest('cat', ['bat', 'hat', 'cat'])).toEqual(['cat', 'bat', 'hat']);
  });

  it('knows no names that every object has', () => {
    for (const name of ['constructor', 'toString', '__proto__'])
      expect(nearest(name, Object.keys(losses)), name).toEqual([]);
  });
});

describe('words of other frameworks', () => {
  const understood = (known: object, words: { readonly [meant: string]: string }): void => {
    for (const [meant, all] of Object.entries(words))
      for (const name of all.split(', '))
        expect([name, nearest(name, Object.keys(known))[0]]).toEqual([name, meant]);
  };

  it('for losses', () => {
    understood(losses, {
      meanSquaredError: 'MSE, mse_loss, MSELoss, L2, L2Loss, squared_error, quadratic',
      meanAbsoluteError: 'MAE, L1, L1Loss, l1_loss',
      huber: 'SmoothL1, SmoothL1Loss, smooth_l1_loss',
      binaryCrossEntropy: 'BCE, BCELoss, BCEWithLogits, BCEWithLogitsLoss, log_loss, binary',
      crossEntropy:
        'CE, NLL, NLLLoss, nll_loss, xent, xentropy, CrossEntropyLoss, softmax_cross_entropy, categorical, categorical_crossentropy, sparse_categorical_crossentropy',
    });
  });

  it('for activations, initializers and schedules', () => {
    understood(activations, { sigmoid: 'logistic', linear: 'identity, none', silu: 'swish' });
    understood(initializers, {
      xavierUniform: 'glorot, glorot_uniform, Xavier',
      xavierNormal: 'GlorotNormal',
      heNormal: 'kaiming, he',
    });
    understood(schedules, { cosine: 'CosineAnnealing' });
  });

  it('for types of layers and numbers', () => {
    understood(layerTraits, { dense: 'Linear, fc' });
    understood({ float32: '', float64: '' }, { float32: 'float', float64: 'double' });
  });

  it('for settings', () => {
    understood(optimizerSettings, { learningRate: 'lr' });
    understood(denseSettings, { units: 'neurons', bias: 'biases' });
    understood(inputSettings, { shape: 'size' });
    understood(networkSettings, { loss: 'cost' });
    understood(trainingSettings, { batchSize: 'batch' });
    understood(stopSettings, { targetLoss: 'target_cost' });
    understood(scheduleSettings, {
      warmUp: 'warmup',
      factor: 'gamma',
      minimum: 'eta_min',
      every: 'step_size',
    });
    understood(clipSettings, { norm: 'max_norm, clipnorm', value: 'clipvalue' });
  });

  it('come before what is spelt alike, once, and only where they may stand', () => {
    const spelt = ['binari', 'binarx', 'binare'];
    expect(nearest('binary', [...spelt, 'binaryCrossEntropy'])).toEqual([
      'binaryCrossEntropy',
      'binari',
      'binarx',
    ]);
    expect(nearest('crossEntropyLoss', ['crossEntropy'])).toEqual(['crossEntropy']);
    expect(nearest('mse', Object.keys(lossSettings))).toEqual([]);
  });
});

describe('in a sentence', () => {
  it('a value stands in quotes, what is invisible escaped', () => {
    expect(quoted('a"b\n\u0007')).toBe('"a\\"b\\n\\u0007"');
    expect(quoted(4)).toBe('4');
  });

  it('a value of more than 60 characters is cut there', () => {
    expect(quoted('x'.repeat(58))).toBe(`"${'x'.repeat(58)}"`);
    expect(quoted('x'.repeat(59))).toBe(`"${'x'.repeat(58)}…`);
    expect(quoted(`${'x'.repeat(57)}😀`)).toBe(`"${'x'.repeat(57)}…`);
  });

  it.each([
    [[], ''],
    [['a'], '"a"'],
    [['a', 'b"'], '"a" or "b\\""'],
    [['a', 'b', 'c'], '"a", "b" or "c"'],
  ])('names of a list are joined: %j', (names, expected) => {
    expect(orList(names)).toBe(expected);
  });
});
