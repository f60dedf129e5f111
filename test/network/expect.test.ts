import { describe, expect, it } from 'vitest';
import { changeBetween } from '../../src/host/compare';
import { applyTextEdits, planEdit } from '../../src/network/edit';
import { networkToJson } from '../../src/network/toJson';
import { parseNetwork } from '../../src/network/parse';
import { tools } from './support/trained';

const base = {
  version: 1,
  input: { shape: [2] },
  layers: [
    { type: 'dense', units: 3, activation: 'tanh' },
    { type: 'dense', units: 1, activation: 'sigmoid' },
  ],
  data: { generator: 'xor' },
};

const parsed = (expectations: unknown, rest: object = {}) =>
  parseNetwork(JSON.stringify({ ...base, ...rest, expect: expectations }));

/** What is told about it, in the order of the text. */
const told = (expectations: unknown, rest: object = {}): string[] =>
  parsed(expectations, rest).issues.map(
    ({ code, severity, message }) => `${severity} ${code} ${message}`,
  );

describe('expectations', () => {
  it('are read with their defaults', () => {
    const { network, issues } = parsed([
      { input: [0, 1], output: [1] },
      { name: 'by hand', input: [0, 0], output: [0], tolerance: 0.25 },
      { gradcheck: true },
      { loss: { atMost: 0.01 } },
      { loss: { atMost: 0.01, afterEpochs: 500 } },
    ]);
    expect(issues).toEqual([]);
    expect(network?.expect).toEqual([
      { type: 'output', input: [0, 1], output: [1], tolerance: 1e-6 },
      { type: 'output', name: 'by hand', input: [0, 0], output: [0], tolerance: 0.25 },
      { type: 'gradcheck' },
      { type: 'loss', atMost: 0.01, afterEpochs: 0 },
      { type: 'loss', atMost: 0.01, afterEpochs: 500 },
    ]);
  });

  it('are written as they were read', () => {
    const written = [
      { input: [0, 1], output: [1] },
      { name: 'by hand', input: [0, 0], output: [0], tolerance: 0.25 },
      { name: 'g', gradcheck: true },
      { loss: { atMost: 0.01 } },
      { loss: { atMost: 0.01, afterEpochs: 500 } },
    ];
    const { network } = parsed(written);
    expect(network && networkToJson(network).expect).toEqual(written);
  });

  it.each([
    [
      [{ input: [0, 1, 2], output: [1] }],
      'warning expect.inputs expect[0].input has 3 numbers, the network takes 2: the test fails. Write 2 numbers.',
    ],
    [
      [{ gradcheck: true }, { input: [0, 1], output: [1, 2] }],
      'warning expect.outputs expect[1].output has 2 numbers, the network gives 1: the test fails. Write 1 number.',
    ],
    [
      [{ input: [0, 1] }],
      'error expect.output expect[0] has an input, but says no output: add "output": […] with 1 number.',
    ],
    [
      [{ input: [0, 1], output: [1], tolerance: 0 }],
      'error value.range expect[0].tolerance must be a number above 0; found 0.',
    ],
    [
      [{ input: [0, '1'], output: [1] }],
      'error value.type expect[0].input[1] must be a number; found "1".',
    ],
    [
      [{ gradcheck: false }],
      'error expect.gradcheck expect[0].gradcheck must be true; found false, which expects nothing. Set it to true, or remove this entry.',
    ],
    [
      [{ output: [1] }],
      'error expect.check expect[0] names no check: add one of "input", "gradcheck" or "loss".',
    ],
    [
      [{ gradcheck: true, loss: { atMost: 1 } }],
      'error expect.check expect[0] names 2 checks: keep one of "gradcheck" or "loss".',
    ],
    [
      [{ loss: { afterEpochs: 5 } }],
      'error value.missing expect[0].loss.atMost is missing (the largest training loss that is good). Add "atMost": ….',
    ],
    [
      [{ loss: { atMost: 1, afterEpochs: 1.5 } }],
      'error value.range expect[0].loss.afterEpochs must be a whole number from 0 to 1,000,000,000; found 1.5.',
    ],
    [
      [{ gradcheck: true, tolerance: 1 }],
      'information setting.unused expect[0].tolerance has no effect on gradcheck (it has no settings). Remove it.',
    ],
    [
      [{ loss: { atmost: 1, atMost: 2 } }],
      'information key.unknown expect[0].loss.atmost is not known and has no effect; it is kept. Did you mean "atMost"?',
    ],
    [{}, 'error value.type expect must be a list: […]; found an object.'],
  ])('%j: %s', (expectations, issue) => {
    expect(told(expectations)).toEqual([issue]);
  });

  it('need data where they are about gradients or the loss', () => {
    const message =
      'needs data, and this network has none: the test fails. Add "data" to the file.';
    expect(
      told([{ gradcheck: true }, { loss: { atMost: 1 } }, { input: [0, 1], output: [1] }], {
        data: undefined,
      }),
    ).toEqual([
      `warning expect.data expect[0].gradcheck ${message}`,
      `warning expect.data expect[1].loss ${message}`,
    ]);
  });

  it('that are wrong leave the picture of the network', () => {
    const { network, sketch } = parsed([{ input: [0, 1], output: [1], tolerance: -1 }]);
    expect(network).toBeUndefined();
    expect(sketch?.layers).toHaveLength(2);
    expect(sketch?.data).toBeDefined();
    expect(sketch).not.toHaveProperty('expect');
  });
});

describe('a gesture on the canvas', () => {
  it('leaves them as they are, also where they no longer fit', () => {
    const own = '"expect": [ {"input": [0,1], /* mine */ "output": [1.50]} ]';
    const text = JSON.stringify(base).replace(/\}$/, `, ${own} }`);
    const edit = { type: 'setUnits', layer: 1, units: 2 } as const;
    const after = applyTextEdits(text, planEdit(parseNetwork(text), edit, tools).edits);
    expect(after).toContain(own);
    const { network, issues } = parseNetwork(after);
    expect(network?.layers[1].units).toBe(2);
    expect(issues.map(({ code }) => code)).toContain('expect.outputs');
  });
});

it('other expectations are no other network for a run', () => {
  const before = parsed([{ gradcheck: true }]).network;
  const after = parsed([{ loss: { atMost: 1 } }]).network;
  const other = parsed([{ loss: { atMost: 1 } }], { seed: 5 }).network;
  expect(before && after && changeBetween(before, after)).toBe('none');
  expect(before && other && changeBetween(before, other)).toBe('parameters');
});
