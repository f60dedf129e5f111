/** Every gesture and its undo, on files as people write them: not a byte is lost. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseNetwork } from '../../../src/network/parse';
import { design, discard, readBytes } from '../designing';
import type { Design } from '../designing';
import { hostNumber } from '../errand';
import { gestures, undoKey } from '../gestures';
import { eventually, screenshot, uncaught } from '../ui';

const NETWORK = {
  version: 1,
  name: 'Written by hand',
  seed: 7,
  input: { shape: [3], names: ['a', 'b', 'c'] },
  layers: [
    {
      type: 'dense',
      units: 4,
      activation: 'sigmoid',
      weights: [
        [0.1, -0.2, 0.3],
        [0.4, 0.5, -0.6],
        [-0.7, 0.8, 0.9],
        [1, -1.1, 1.2],
      ],
      bias: [0.01, 0.02, 0.03, 0.04],
    },
    {
      type: 'dense',
      units: 4,
      activation: 'tanh',
      weights: [
        [0.11, 0.12, 0.13, 0.14],
        [0.21, 0.22, 0.23, 0.24],
        [0.31, 0.32, 0.33, 0.34],
        [0.41, 0.42, 0.43, 0.44],
      ],
      bias: [0.1, 0.2, 0.3, 0.4],
    },
    {
      type: 'dense',
      units: 2,
      activation: 'linear',
      weights: [
        [1, 2, 3, 4],
        [5, 6, 7, 8],
      ],
      bias: [0, -1],
    },
  ],
  loss: { type: 'meanSquaredError' },
  training: { optimizer: { type: 'sgd', learningRate: 0.1 }, batchSize: 2, epochs: 10 },
};

/** As somebody writes it who has other things to do than to align it. */
const COMMENTED = `// A network, with remarks
{
  "version":1, "seed" : 7,
    /* three of them */ "input": { "shape": [ 3 ], "names": ["a","b",  "c",], },
  "layers": [
    { "type": "dense", "units": 4, "activation": "sigmoid", // first
      "weights": [
        [0.10, -0.20, 3e-1],   // one neuron
        [0.4,0.5,-0.6],
        [ -0.7 , 0.8 , 0.9 ], /* between */ [1.0, -1.1, 1.2],
      ],
      "bias": [ 1E-2, 0.02, 0.03, 0.04, ],
    },

    { "type": "dense", "units":4, "activation":"tanh",
      "weights": [[0.11,0.12,0.13,0.14],
                  [0.21,0.22,0.23,0.24],
                  [0.31,0.32,0.33,0.34], // third
                  [0.41,0.42,0.43,0.44]],
      "bias": [0.1,0.2,0.3,0.4] }, // second
    { "bias": [0, -1],
      "units": 2, "type": "dense", "activation": "linear",
      "weights": [[1,2,3,4], [5,6,7,8]]
    },   // the output
  ],
  "loss": { "type": "meanSquaredError" /* half */ },
  "training":
    { "optimizer": {"type":"sgd","learningRate":0.1}, "batchSize": 2, "epochs": 10, },
}

`;

/** Every third gesture: the three hosts of a whole run together try all of them on each style. */
const third = (first: number) =>
  gestures.filter((_, index) => index % 3 === (first + hostNumber()) % 3);

const fixtures = [
  ['two spaces, LF', `${JSON.stringify(NETWORK, undefined, 2)}\n`, third(0)],
  [
    'tabs, CRLF',
    `${JSON.stringify(NETWORK, undefined, '\t')}\n`.replaceAll('\n', '\r\n'),
    third(1),
  ],
  ['comments, odd spaces, trailing commas', COMMENTED, third(0)],
  ['one line after a byte order mark', `\uFEFF${JSON.stringify(NETWORK)}`, third(2)],
] as const;

describe.each(fixtures)('in a file of %s', (name, written, tried) => {
  // A file of its own: nothing of one style can reach the next.
  const FILE = `gestures ${name.split(/[ ,]/)[0]}.nn.json`;
  let on: Design;
  let original: string;
  let bytes: string;

  beforeAll(async () => {
    on = await design(FILE, written);
    original = on.text;
    bytes = await readBytes(FILE);
  });

  afterAll(async () => {
    await discard(FILE);
    expect(await uncaught()).toEqual([]);
  });

  it('nothing is written by opening it', async () => {
    expect(parseNetwork(original).issues.filter(({ severity }) => severity === 'error')).toEqual(
      [],
    );
    expect((await on.shown()).circles).toEqual([3, 4, 4, 2]);
    expect(on.document.isDirty).toBe(false);
    expect(bytes).toBe(String.fromCharCode(...new TextEncoder().encode(written)));
  });

  it.each(tried.map(gesture => [gesture.name, gesture] as const))(
    '%s is one undo step',
    async (gesture, { act, read, becomes }) => {
      try {
        const text = await on.changing(act);
        const { network, issues } = parseNetwork(text);
        expect(
          issues.filter(({ severity }) => severity === 'error'),
          text,
        ).toEqual([]);
        expect(network && read(network)).toEqual(becomes);
        const { heads } = await on.shown();
        expect(heads).toHaveLength((network?.layers.length ?? 0) + 1);
        await on.becomes(original, undoKey.key, undoKey.on);
      } catch (error) {
        await screenshot(`gesture-${gesture.replaceAll(/\W+/g, '-')}`);
        throw error;
      } finally {
        // One gesture that fails must not take the others with it.
        await on.reset(original);
      }
    },
  );

  it('and the file is what it was, byte for byte', async () => {
    await on.save();
    // Undo has made the text what it was: it is not dirty, while the file is still being written.
    await eventually(async () => expect(await readBytes(FILE)).toBe(bytes));
  });
});
