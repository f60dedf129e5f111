import { describe, expect, it } from 'vitest';
import {
  applyTextEdits,
  EditError,
  editLabel,
  invertEdits,
  textEdits,
} from '../../src/network/edit';
import type { NetworkEdit } from '../../src/network/edit';
import type { ActivationName, Matrix } from '../../src/network/network';
import { parseNetwork } from '../../src/network/parse';

const text = `{
  "version": 1,
  "seed": 42, // the answer
  "input": { "shape": [2] },
  "layers": [
    // hidden
    { "type": "dense", "units": 2, "activation": "sigmoid",
      "weights": [
        [0.50, -1],
        [3, 4]  // second
      ],
      "bias": [0.10, 0.2] },
    { "type": "dense", "units": 1 } // output
  ],
  "training": { "optimizer": "sgd" }
}
`;

function edited(edit: NetworkEdit, before = text): string {
  return applyTextEdits(before, textEdits(parseNetwork(before), edit));
}

function weightsIn(document: string): Matrix | undefined {
  const layer = parseNetwork(document).network?.layers[0];
  return layer?.type === 'dense' ? layer.weights : undefined;
}

/** The lines that an edit removes (−) and adds (+). */
function difference(edit: NetworkEdit, before = text): readonly string[] {
  const [old, now] = [before.split('\n'), edited(edit, before).split('\n')];
  const removed = old.filter(line => !now.includes(line)).map(line => `-${line}`);
  return [...removed, ...now.filter(line => !old.includes(line)).map(line => `+${line}`)];
}

describe('textEdits', () => {
  it('replaces a scalar token by token', () => {
    const edit: NetworkEdit = { type: 'setSeed', seed: 7 };
    const start = text.indexOf('42');
    expect(textEdits(parseNetwork(text), edit)).toEqual([{ start, end: start + 2, text: '7' }]);
    expect(textEdits(text, { type: 'setSeed', seed: 42 })).toEqual([]);
  });

  it('adds a member behind the comment of the last line', () => {
    const before = '{\n  "version": 1, // one\n  "seed": 3 // three\n}\n';
    const after = '{\n  "version": 1, // one\n  "seed": 3, // three\n  "name": "n"\n}\n';
    const add: NetworkEdit = { type: 'set', path: ['name'], value: 'n' };
    expect(edited(add, before)).toBe(after);
    expect(edited({ type: 'unset', path: ['name'] }, after)).toBe(before);
  });

  it('never writes into a comment', () => {
    const add: NetworkEdit = { type: 'set', path: ['training', 'epochs'], value: 5 };
    const before = '{ "training": { "shuffle": true // yes\n } }';
    const after = '{ "training": { "shuffle": true, // yes\n  "epochs": 5\n } }';
    expect(parseNetwork(edited(add, before)).root).toBeDefined();
    expect(edited(add, before).replace(/\s+/g, ' ')).toBe(after.replace(/\s+/g, ' '));
    const empty = '{ "training": { // nothing\n } }';
    expect(edited(add, empty).replace(/\s+/g, ' ')).toBe(
      '{ "training": { // nothing "epochs": 5 } }',
    );
    expect(edited(add, empty)).toMatch(/nothing\r?\n/);
    expect(edited(add, before)).toMatch(/yes\r?\n/);
  });

  it('writes a trained layer as a few changes, not as one for each number', () => {
    const row = (value: number) => Array.from({ length: 400 }, (_, k) => value + k / 1024);
    const before = `{ "input": { "shape": [400] }, "layers": [
      { "type": "dense", "units": 2, "weights": [[${row(0).join(', ')}], [${row(1).join(', ')}]] } ] }`;
    const layers = [{ weights: [row(0.5), row(1.5)] }];
    const edits = textEdits(before, { type: 'setParameters', label: 'Train', layers });
    expect(edits.length).toBe(1);
    const weights = weightsIn(applyTextEdits(before, edits));
    expect(weights?.map(values => values.map(Math.fround))).toEqual(layers[0].weights);
  });

  it('adds what is missing on the way to a setting', () => {
    const path = ['training', 'stop', 'targetLoss'];
    expect(difference({ type: 'set', path, value: 0.01 })).toEqual([
      '-  "training": { "optimizer": "sgd" }',
      '+  "training": { "optimizer": "sgd", "stop": { "targetLoss": 0.01 } }',
    ]);
  });

  it('turns the name of an optimizer into an object when a setting of it is set', () => {
    const path = ['training', 'optimizer', 'learningRate'];
    expect(difference({ type: 'set', path, value: 0.5 })).toEqual([
      '-  "training": { "optimizer": "sgd" }',
      '+  "training": { "optimizer": { "type": "sgd", "learningRate": 0.5 } }',
    ]);
  });

  it('writes weights into a bare layer with one row per line', () => {
    const layers = [undefined, { weights: [[Math.fround(0.1), -2]], bias: [0] }];
    const label = 'Train: 3 epochs';
    expect(edited({ type: 'setParameters', label, layers })).toContain(`
    // hidden
    { "type": "dense", "units": 2, "activation": "sigmoid" },
    { "type": "dense", "units": 1,
      "weights": [
        [0.1, -2]
      ],
      "bias": [0] } // output
  ],
`);
  });

  it.each([
    ['trained', [{ weights: [[3, 4]] }]],
    ['trained, with biases that the layer has not', [{ weights: [[3, 4]], bias: [9] }]],
    ['drawn anew', [undefined]],
  ] as const)('leaves a bias that has no effect, and its comment: %s', (_, layers) => {
    const before = `{ "version": 1, "input": { "shape": [2] }, "layers": [
      { "type": "dense", "units": 1, "useBias": false, "weights": [[1, 2]],
        "bias": [0.70] /* for later */ }
    ] }`;
    const after = edited({ type: 'setParameters', label: '', layers }, before);
    expect(after).toContain('"bias": [0.70] /* for later */ }');
    expect(after.includes('[[3, 4]]')).toBe(layers[0] !== undefined);
    const { network } = parseNetwork(after);
    expect(network?.layers[0]).not.toHaveProperty('bias');
    const bare = before.replace('"weights": [[1, 2]],', '');
    const filled = edited({ type: 'setParameters', label: '', layers }, bare);
    expect(filled).toContain('"bias": [0.70] /* for later */ }');
    expect(weightsIn(filled)).toEqual(layers[0]?.weights);
  });

  it('keeps the text of numbers that stay the same in the precision of the network', () => {
    const weights = [
      [0.5, -1],
      [3, 5],
    ];
    const bias = [Math.fround(0.1), Math.fround(0.3)];
    const edit: NetworkEdit = {
      type: 'setParameters',
      label: 'Train',
      layers: [{ weights, bias }, undefined],
    };
    expect(difference(edit)).toEqual([
      '-        [3, 4]  // second',
      '-      "bias": [0.10, 0.2] },',
      '+        [3, 5]  // second',
      '+      "bias": [0.10, 0.3] },',
    ]);
  });

  it('drops the last neurons when a layer shrinks', () => {
    const before = text.replace('"units": 1', '"units": 1, "weights": [[7, 8]]');
    expect(difference({ type: 'setUnits', layer: 0, units: 1 }, before)).toEqual([
      '-    { "type": "dense", "units": 2, "activation": "sigmoid",',
      '-        [0.50, -1],',
      '-        [3, 4]  // second',
      '-      "bias": [0.10, 0.2] },',
      '-    { "type": "dense", "units": 1, "weights": [[7, 8]] } // output',
      '+    { "type": "dense", "units": 1, "activation": "sigmoid",',
      '+        [0.50, -1]  // second',
      '+      "bias": [0.10] },',
      '+    { "type": "dense", "units": 1, "weights": [[7]] } // output',
    ]);
  });

  it('removes the weights that would need new numbers when a layer grows', () => {
    const before = text.replace('"units": 1', '"units": 1, "weights": [[7, 8]], "bias": [9]');
    expect(edited({ type: 'setUnits', layer: 0, units: 3 }, before)).toContain(
      `    // hidden
    { "type": "dense", "units": 3, "activation": "sigmoid" },
    { "type": "dense", "units": 1, "bias": [9] } // output`,
    );
  });

  it('puts a layer on a line of its own, and takes it away again', () => {
    const layer = { type: 'dense', units: 2, activation: 'relu' };
    const add: NetworkEdit = { type: 'addLayer', index: 1, layer };
    expect(difference(add)).toEqual([
      '+    { "type": "dense", "units": 2, "activation": "relu" },',
    ]);
    expect(edited({ type: 'removeLayer', layer: 1 }, edited(add))).toBe(text);
    const last: NetworkEdit = { type: 'addLayer', index: 2, layer };
    expect(difference(last)).toEqual([
      '-    { "type": "dense", "units": 1 } // output',
      '+    { "type": "dense", "units": 1 }, // output',
      '+    { "type": "dense", "units": 2, "activation": "relu" }',
    ]);
    expect(edited({ type: 'removeLayer', layer: 2 }, edited(last))).toBe(text);
  });

  it('puts the first layer behind the comment of the bracket', () => {
    const layer = { type: 'dense', units: 2 };
    expect(difference({ type: 'addLayer', index: 0, layer })).toEqual([
      '+    { "type": "dense", "units": 2 },',
    ]);
    const empty = '{\n  "input": { "shape": [1] },\n  "layers": [] // none\n}';
    expect(edited({ type: 'addLayer', index: 0, layer }, empty)).toBe(
      '{\n  "input": { "shape": [1] },\n  "layers": [\n    { "type": "dense", "units": 2 }\n  ] // none\n}',
    );
  });

  it('drops the weights of a pasted layer that do not fit its new place', () => {
    const layer = { type: 'dense', units: 1, weights: [[1, 2, 3]], bias: [4] };
    expect(difference({ type: 'addLayer', index: 2, layer })).toContain(
      '+    { "type": "dense", "units": 1, "bias": [4] }',
    );
  });

  it('keeps a document of one line on one line', () => {
    const before = '{"version":1,"input":{"shape":[1]},"layers":[{"type":"dense","units":1}]}';
    const layers = [{ weights: [[0.5]], bias: [1] }];
    const after = edited({ type: 'setParameters', label: 'Train', layers }, before);
    expect(after).toBe(
      '{"version":1,"input":{"shape":[1]},"layers":[{"type":"dense","units":1, "weights": [[0.5]], "bias": [1]}]}',
    );
  });

  it('removes every one of equal keys', () => {
    const before = '{ "seed": 1, "seed": 2, "name": "n", "seed": 3 }';
    expect(edited({ type: 'unset', path: ['seed'] }, before)).toBe('{ "name": "n" }');
  });
});

describe('edits that cannot be made', () => {
  const dense = { type: 'dense', units: 1 };
  it.each<[string, NetworkEdit, string?]>([
    ['no JSON', { type: 'setSeed', seed: 1 }, '{ "seed": }'],
    ['no JSON object', { type: 'setSeed', seed: 1 }, '[1]'],
    ['no JSON object', { type: 'setSeed', seed: 1 }, ''],
    [
      'NaN cannot be written to layers[0].bias[0]',
      { type: 'set', path: ['layers', 0, 'bias', 0], value: NaN },
    ],
    ['the list is shorter', { type: 'set', path: ['layers', 0, 'bias', 2], value: 1 }],
    ['seed is no object', { type: 'set', path: ['seed', 'x'], value: 1 }],
    ['no list at seed', { type: 'insert', path: ['seed'], index: 0, value: 1 }],
    ['nothing can be put at 3', { type: 'insert', path: ['layers'], index: 3, value: dense }],
    ['There is no layers[2]', { type: 'remove', path: ['layers'], index: 2 }],
    ['There is no layers[2]', { type: 'setUnits', layer: 2, units: 1 }],
    ['from 1 to 65,536', { type: 'setUnits', layer: 0, units: 0 }],
    ['from 1 to 65,536', { type: 'setUnits', layer: 0, units: 65_537 }],
    [
      'at most 50,000,000',
      { type: 'setUnits', layer: 0, units: 60_000 },
      text.replace('[2]', '[1000]'),
    ],
    [
      'at most 50,000,000',
      { type: 'addLayer', index: 0, layer: { ...dense, units: 60_000 } },
      text.replace('[2]', '[1000]'),
    ],
    ['needs "units"', { type: 'addLayer', index: 0, layer: { type: 'dense' } }],
    ['No layer can be put at 9', { type: 'addLayer', index: 9, layer: dense }],
    [
      'only be the last',
      { type: 'addLayer', index: 0, layer: { ...dense, activation: 'softmax' } },
    ],
    [
      'Nothing can follow',
      { type: 'addLayer', index: 2, layer: dense },
      text.replace('"units": 1', '"units": 1, "activation": "softmax"'),
    ],
    ['at least one layer', { type: 'removeLayer', layer: 0 }, '{ "layers": [{ "units": 1 }] }'],
    ['changed meanwhile', { type: 'setParameters', label: '', layers: [] }],
    [
      'do not fit layers[0] (2 × 2)',
      { type: 'setParameters', label: '', layers: [{ weights: [[1, 2]] }, undefined] },
    ],
    [
      'Infinity cannot be written',
      { type: 'setParameters', label: '', layers: [undefined, { weights: [[1, Infinity]] }] },
    ],
  ])('%s', (words, edit, before = text) => {
    expect(() => textEdits(before, edit)).toThrow(EditError);
    expect(() => textEdits(before, edit)).toThrow(words);
  });
});

describe('text edits', () => {
  it('are applied in the order of the text, and taken back', () => {
    const edits = [
      { start: 4, end: 5, text: 'EE' },
      { start: 0, end: 1, text: '' },
      { start: 2, end: 2, text: '++' },
    ];
    expect(applyTextEdits('abcdef', edits)).toBe('b++cdEEf');
    expect(applyTextEdits('b++cdEEf', invertEdits('abcdef', edits))).toBe('abcdef');
  });

  it('may not overlap', () => {
    const edits = [
      { start: 0, end: 3, text: '' },
      { start: 2, end: 4, text: '' },
    ];
    expect(() => applyTextEdits('abcdef', edits)).toThrow('overlap');
  });
});

describe('editLabel', () => {
  it.each<[string, NetworkEdit]>([
    ['Set training.epochs to 5', { type: 'set', path: ['training', 'epochs'], value: 5 }],
    ['Remove loss', { type: 'unset', path: ['loss'] }],
    ['Insert data.inline[2]', { type: 'insert', path: ['data', 'inline'], index: 2, value: null }],
    ['Remove data.inline[0]', { type: 'remove', path: ['data', 'inline'], index: 0 }],
    ['Set units of layers[1] to 8', { type: 'setUnits', layer: 1, units: 8 }],
    [
      'Insert dense 4 sigmoid',
      { type: 'addLayer', index: 0, layer: { type: 'dense', units: 4, activation: 'sigmoid' } },
    ],
    ['Remove layers[0]', { type: 'removeLayer', layer: 0 }],
    ['Train: 2 epochs', { type: 'setParameters', label: 'Train: 2 epochs', layers: [] }],
    ['Set seed to 9', { type: 'setSeed', seed: 9 }],
    ['Remove layers[0] and layers[2]', { type: 'removeLayers', layers: [2, 0] }],
    ['Move layers[1] before layers[0]', { type: 'moveLayers', layers: [1], to: 0 }],
    ['Move layers[0] behind layers[2]', { type: 'moveLayers', layers: [0], to: 3 }],
    ['Move 4 layers before layers[0]', { type: 'moveLayers', layers: [1, 2, 3, 4], to: 0 }],
    ['Duplicate layers[1]', { type: 'copyLayers', layers: [1], to: 2 }],
    [
      'Paste dense 4 relu',
      {
        type: 'insertLayers',
        index: 0,
        layers: [{ type: 'dense', units: 4, activation: 'relu' }],
      },
    ],
    ['Paste 2 layers', { type: 'insertLayers', index: 0, layers: [{}, {}] }],
    [
      'Insert concat of input and layers[1]',
      { type: 'addMerge', index: 2, merge: 'concat', sources: [1, -1] },
    ],
    ['Connect layers[2] with layers[0]', { type: 'setSources', layer: 2, sources: [0] }],
    [
      'Set weight layers[0].weights[2][1] to 0.5',
      { type: 'setParameter', layer: 0, kind: 'weight', row: 2, column: 1, value: 0.5 },
    ],
    [
      'Set bias layers[0].bias[2] to NaN',
      { type: 'setParameter', layer: 0, kind: 'bias', row: 2, column: 0, value: NaN },
    ],
    ['Set inputs to 3', { type: 'setInputs', size: 3 }],
    ['Build', { type: 'several', label: 'Build', edits: [] }],
  ])('%s', (label, edit) => {
    expect(editLabel(edit)).toBe(label);
  });
});

describe('another activation', () => {
  const classifier = `{
  "version": 1,
  "input": { "shape": [2] },
  "layers": [
    { "type": "dense", "units": 3, "activation": "tanh" },
    { "type": "dense", "units": 2, "activation": "softmax" }
  ],
  "loss": { "type": "crossEntropy", "reduction": "mean" } // of classes
}
`;
  const to = (layer: number, activation: ActivationName): readonly string[] =>
    difference({ type: 'setActivation', layer, activation }, classifier);

  it('leaves the loss alone in a hidden layer', () => {
    expect(to(0, 'relu')).toEqual([
      '-    { "type": "dense", "units": 3, "activation": "tanh" },',
      '+    { "type": "dense", "units": 3, "activation": "relu" },',
    ]);
  });

  it('brings a loss that goes with it at the output', () => {
    expect(to(1, 'sigmoid').at(-1)).toBe(
      '+  "loss": { "type": "binaryCrossEntropy", "reduction": "mean" } // of classes',
    );
    expect(to(1, 'linear').at(-1)).toBe(
      '+  "loss": { "type": "meanSquaredError", "reduction": "mean" } // of classes',
    );
    expect(to(1, 'softmax')).toEqual([]);
  });
});

it('setUnits of no layer is refused; −1 is not taken for the input', () => {
  const text =
    '{"version":1,"input":{"shape":[2]},"layers":[{"type":"dense","units":1}],"loss":{"type":"meanSquaredError"}}';
  const seed = { type: 'setSeed', seed: 1 } as const;
  for (const layer of [-1, 1, NaN, 0.5]) {
    const edit = { type: 'setUnits', layer, units: 3 } as const;
    const several = { type: 'several', label: '', edits: [edit, edit, seed] } as const;
    for (const one of [edit, several])
      expect(() => textEdits(text, one)).toThrow(/There is no layers/);
  }
});
