/** What is told of tests in the file that do not fit the network, at their places; and which are read. */
import { describe, expect, it } from 'vitest';
import { parseNetwork } from '../../src/network/parse';
import { network } from './support/marked';
import { codesOf, expectOnly } from './support/told';
import type { Told } from './support/told';

const data = '{ "generator": "xor" }';
const net = (expectations: string, parts: { [key: string]: string } = { data }) =>
  network({ ...parts, expect: `[${expectations}]` });
const loss = '{ "loss": { "atMost": 1 } }';
const unknown = { layers: '[{ "type": "dense", "units": 0 }]', data };

const rows: readonly Told[] = [
  [
    'error expect.output expect[0]',
    net('«{ "input": [0, 1] }»'),
    'expect[0] has an input, but says no output: add "output": […] with 1 number.',
  ],
  [
    'warning expect.inputs expect[0].input',
    net('{ "input": «[0]», "output": [1] }'),
    'expect[0].input has 1 number, the network takes 2: the test fails. Write 2 numbers.',
  ],
  [
    'warning expect.inputs expect[1].input',
    net(`${loss}, { "input": «[0, /* b */ 1, 2]», "output": [1] }`),
    'expect[1].input has 3 numbers, the network takes 2: the test fails. Write 2 numbers.',
  ],
  [
    'warning expect.outputs expect[0].output',
    net('{ "input": [0, 1], "output": «[]» }'),
    'expect[0].output has 0 numbers, the network gives 1: the test fails. Write 1 number.',
  ],
  [
    'warning expect.outputs expect[0].output',
    net('{ "input": [0, 1], "output": «[1, 2]» }'),
    'expect[0].output has 2 numbers, the network gives 1: the test fails. Write 1 number.',
  ],
  [
    'error expect.gradcheck expect[0].gradcheck',
    net('{ "gradcheck": «false» }'),
    'expect[0].gradcheck must be true; found false, which expects nothing. Set it to true, or remove this entry.',
  ],
  [
    'warning expect.data expect[1]',
    net(`{ "input": [0, 1], "output": [1] }, «{ "gradcheck": true }»`, {}),
    'expect[1].gradcheck needs data, and this network has none: the test fails. Add "data" to the file.',
  ],
  [
    'warning expect.data expect[0]',
    net(`«${loss}»`, {}),
    'expect[0].loss needs data, and this network has none: the test fails. Add "data" to the file.',
  ],
  [
    'information setting.unused expect[0].output',
    net('{ "gradcheck": true, «"output": [1]» }'),
    'expect[0].output has no effect on gradcheck (it has no settings). Remove it.',
  ],
  [
    'information setting.unused expect[0].tolerance',
    net('{ «"tolerance": 1», "loss": { "atMost": 1 } }'),
    'expect[0].tolerance has no effect on loss (it has no settings). Remove it.',
  ],
];

describe('of tests is told', () => {
  it.each(rows)('%s in %s', (...row) => expectOnly(row));
});

describe('nothing is told', () => {
  it.each([
    net(''),
    net(`{ "input": [0, 1], "output": [1] }, { "gradcheck": true }, ${loss}`),
    net('{ "input": [0, 1], "output": [1] }', {}),
    net('{ "name": "n", "gradcheck": true }'),
  ])('of %s', text => {
    expect(codesOf(text)).toEqual([]);
  });
});

describe('of a test that is wrong in itself nothing else is told', () => {
  it.each([
    [net('{ "input": 7, "output": [1] }'), ['value.type expect[0].input']],
    [net('{ "input": [0, 1], "output": "1" }'), ['value.type expect[0].output']],
    [net('{ "output": [1, 2, 3] }'), ['expect.check expect[0]']],
    [net('{ "input": [0], "gradcheck": false }'), ['expect.check expect[0]']],
    [net('{ "gradcheck": "yes" }'), ['value.type expect[0].gradcheck']],
    [net('7'), ['value.type expect[0]']],
    [
      net('{ "input": [0, 1] }', unknown),
      ['value.range layers[0].units', 'expect.output expect[0]'],
    ],
    [net('{ "input": [0, 1], "output": [1, 2] }', unknown), ['value.range layers[0].units']],
    [
      net('{ "input": [0], "output": [1] }', { input: '{ "shape": [0] }', data }),
      ['value.range input.shape[0]'],
    ],
    [
      net('{ "gradcheck": false, "output": [1], "tolerance": 1 }', {}),
      [
        'expect.gradcheck expect[0].gradcheck',
        'expect.data expect[0]',
        'setting.unused expect[0].output',
        'setting.unused expect[0].tolerance',
      ],
    ],
    [
      net('{ "input": [0], "output": [1, 2] }'),
      ['expect.inputs expect[0].input', 'expect.outputs expect[0].output'],
    ],
  ])('%s', (text, told) => {
    expect(codesOf(text)).toEqual(told);
  });

  it('and where the outputs are not known, one for each is asked for', () => {
    const { issues } = parseNetwork(net('{ "input": [0, 1] }', unknown));
    expect(issues.map(({ message }) => message)).toContain(
      'expect[0] has an input, but says no output: add "output": […] with one number for each output.',
    );
  });
});

describe('tests are read', () => {
  const read = (text: string) => parseNetwork(net(text)).network?.expect;

  it.each([
    ['', []],
    ['{ "gradcheck": true }', [{ type: 'gradcheck' }]],
    ['{ "name": "", "gradcheck": true }', [{ type: 'gradcheck', name: '' }]],
    [
      '{ "name": "l", "loss": { "atMost": -0.5, "afterEpochs": 3 } }',
      [{ type: 'loss', name: 'l', atMost: -0.5, afterEpochs: 3 }],
    ],
    [
      '{ "input": [1, 2], "output": [3], "tolerance": 4, "name": "o" }, { "gradcheck": true }',
      [
        { type: 'output', name: 'o', input: [1, 2], output: [3], tolerance: 4 },
        { type: 'gradcheck' },
      ],
    ],
    [
      '{ "input": [1], "output": [3, 4] }',
      [{ type: 'output', input: [1], output: [3, 4], tolerance: 1e-6 }],
    ],
  ])('from %s', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each(['{ "input": [1, 2] }', '{ "input": [1, 2], "output": [null] }', '{ "loss": {} }', '{}'])(
    'not from %s, which makes no network',
    text => {
      const { network: found, sketch } = parseNetwork(net(`{ "gradcheck": true }, ${text}`));
      expect(found).toBeUndefined();
      expect(sketch).toBeDefined();
      expect(sketch).not.toHaveProperty('expect');
    },
  );
});
