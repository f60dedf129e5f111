/** Edits of a network with branches, one by one: what changes in the text, and what is refused. */
import { describe, expect, it } from 'vitest';
import { applyTextEdits, EditError, planEdit } from '../../src/network/edit';
import type { EditTools, LayerValue, NetworkEdit } from '../../src/network/edit';
import { parseNetwork } from '../../src/network/parse';
import { counting } from './support/draws';
import { valueOf } from './support/render';

const residual = `{
  "version": 1,
  "seed": 3,
  "input": { "shape": [2], "names": ["left", "right"] },
  "layers": [
    { "type": "dense", "id": "a", "units": 2, // first
      "weights": [[0.50, 1], [2, 3]], "bias": [0.10, 0.2] },
    { "type": "dense", "units": 2, "id": "b", "activation": "relu",
      "weights": [
        [4, 5],
        [6, 7] // second row
      ] },
    { "type": "add", "id": "sum", "from": ["a", "b"] },
    { "type": "concat", "from": ["a", "sum", "input"], "id": "all" },
    { "type": "dense", "units": 1, "weights": [[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]] }
  ]
}
`;

function edited(edit: NetworkEdit, before = residual, tools: EditTools | undefined = counting) {
  const text = applyTextEdits(before, planEdit(before, edit, tools).edits);
  const errors = parseNetwork(text).issues.filter(({ severity }) => severity === 'error');
  expect(errors).toEqual([]);
  return text;
}

/** The lines that an edit removes (−) and adds (+). */
function difference(edit: NetworkEdit, before = residual): readonly string[] {
  const [old, now] = [before.split('\n'), edited(edit, before).split('\n')];
  const removed = old.filter(line => !now.includes(line)).map(line => `-${line.trim()}`);
  return [...removed, ...now.filter(line => !old.includes(line)).map(line => `+${line.trim()}`)];
}

const grown = (units: number): NetworkEdit => ({
  type: 'several',
  label: 'Set units',
  edits: [
    { type: 'setUnits', layer: 0, units },
    { type: 'setUnits', layer: 1, units },
  ],
});

describe('sizes in a network with branches', () => {
  it('refuses to make a sum unequal, and names the other source', () => {
    for (const layer of [0, 1]) {
      expect(() => edited({ type: 'setUnits', layer, units: 3 })).toThrow(EditError);
      expect(() => edited({ type: 'setUnits', layer, units: 3 })).toThrow(
        `"sum" would add "a" (${layer === 0 ? 3 : 2}) and "b" (${layer === 1 ? 3 : 2}), which must be equally long: change both together`,
      );
    }
    expect(() => edited({ type: 'setUnits', layer: 2, units: 3 })).toThrow(
      'comes from its sources',
    );
  });

  it('grows the sources of a sum together, with new columns where the new values come in', () => {
    expect(difference(grown(3))).toEqual([
      '-{ "type": "dense", "id": "a", "units": 2, // first',
      '-"weights": [[0.50, 1], [2, 3]], "bias": [0.10, 0.2] },',
      '-{ "type": "dense", "units": 2, "id": "b", "activation": "relu",',
      '-[4, 5],',
      '-[6, 7] // second row',
      '-{ "type": "dense", "units": 1, "weights": [[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]] }',
      '+{ "type": "dense", "id": "a", "units": 3, // first',
      '+"weights": [[0.50, 1], [2, 3], [100, 101]], "bias": [0.10, 0.2, 0] },',
      '+{ "type": "dense", "units": 3, "id": "b", "activation": "relu",',
      '+[4, 5, 200],',
      '+[6, 7, 201], // second row',
      '+[202, 203, 204]',
      '+{ "type": "dense", "units": 1, "weights": [[1.0, 2.0, 500, 3.0, 4.0, 501, 5.0, 6.0]] }',
    ]);
    expect(planEdit(residual, grown(3), counting).drawn).toBe(2 + 1 + 5 + 2);
  });

  it('comes back byte by byte when it shrinks again', () => {
    expect(edited(grown(2), edited(grown(4)))).toBe(residual);
    expect(edited(grown(1))).toContain('"weights": [[1.0, 3.0, 5.0, 6.0]]');
    expect(edited(grown(1))).toContain('"weights": [[0.50, 1]], "bias": [0.10] }');
  });

  it('mixes growing and shrinking in one row', () => {
    const two = residual.replace('"add", "id": "sum"', '"concat", "id": "sum"');
    const wide = two.replace('[[1.0, 2.0, 3.0', '[[1.0, 2.0, 3.0, 0.30, 0.40');
    const edit: NetworkEdit = {
      type: 'several',
      label: '',
      edits: [
        { type: 'setUnits', layer: 0, units: 1 },
        { type: 'setUnits', layer: 1, units: 3 },
      ],
    };
    const after = edited(edit, wide);
    expect(after).toContain('"weights": [[1.0, 3.0, 0.40, 4.0, 500, 5.0, 6.0]]');
    expect(after).toMatch(/\[4\],\s*\[6\], \/\/ second row\s*\[200\]\s*\]/);
  });

  it('refuses a sum whose sources would grow at different places', () => {
    const crossed = `{ "input": { "shape": [1] }, "layers": [
      { "type": "dense", "id": "a", "units": 1 },
      { "type": "concat", "id": "left", "from": ["a", "input"] },
      { "type": "concat", "id": "right", "from": ["input", "a"] },
      { "type": "add", "from": ["left", "right"] }
    ] }`;
    expect(() => edited({ type: 'setUnits', layer: 0, units: 2 }, crossed)).toThrow(
      'layers[3] adds "left" and "right", whose values would no longer stand side by side',
    );
  });

  it('gives the input more values, and every layer that takes it a column', () => {
    const after = edited({ type: 'setInputs', size: 3 });
    expect(after).toContain('"input": { "shape": [3], "names": ["left", "right", "x3"] }');
    expect(after).toContain('"weights": [[0.50, 1, 100], [2, 3, 101]]');
    expect(after).toContain('[[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 500]]');
    expect(edited({ type: 'setInputs', size: 2 }, after)).toBe(residual);
  });
});

describe('layers in a network with branches', () => {
  it('connects past a removed layer', () => {
    expect(difference({ type: 'removeLayer', layer: 2 })).toEqual([
      '-{ "type": "add", "id": "sum", "from": ["a", "b"] },',
      '-{ "type": "concat", "from": ["a", "sum", "input"], "id": "all" },',
      '+{ "type": "concat", "from": ["a", "b", "input"], "id": "all" },',
    ]);
    expect(difference({ type: 'removeLayer', layer: 3 })).toEqual([
      '-{ "type": "concat", "from": ["a", "sum", "input"], "id": "all" },',
      '-{ "type": "dense", "units": 1, "weights": [[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]] }',
      '+{ "type": "dense", "units": 1, "weights": [[3.0, 4.0]] }',
    ]);
  });

  it('keeps a layer without "from" connected with what the removed one took', () => {
    const side = `{ "input": { "shape": [1] }, "layers": [
      { "type": "dense", "id": "a", "units": 1 },
      { "type": "dense", "id": "b", "units": 1 },
      { "type": "dense", "from": ["a"], "units": 1 },
      { "type": "dense", "units": 1 }
    ] }`;
    const [, , last] = valueOf(edited({ type: 'removeLayer', layer: 2 }, side)).layers as object[];
    expect(last).toEqual({ type: 'dense', from: ['a'], units: 1 });
    const sum = side.replace('"dense", "from": ["a"], "units": 1', '"add", "from": ["a", "b"]');
    const [, , next] = valueOf(edited({ type: 'removeLayer', layer: 2 }, sum)).layers as object[];
    expect(next).toEqual({ type: 'dense', units: 1 });
  });

  it('refuses to leave a merge with one source, unless that goes too', () => {
    expect(() => edited({ type: 'removeLayer', layer: 1 })).toThrow(
      '"sum" joins at least two different sources and would have 1, one of them twice: remove it too',
    );
    const both = edited({ type: 'removeLayers', layers: [1, 2, 3] });
    expect(valueOf(both).layers).toEqual([
      expect.objectContaining({ id: 'a' }),
      { type: 'dense', units: 1, weights: [[1, 2]] },
    ]);
  });

  it('puts a new layer between two that are connected by name', () => {
    const layer = { type: 'dense', units: 2, activation: 'tanh' };
    expect(difference({ type: 'addLayer', index: 2, layer })).toEqual([
      '-{ "type": "add", "id": "sum", "from": ["a", "b"] },',
      '+{ "type": "dense", "id": "dense1", "units": 2, "activation": "tanh" },',
      '+{ "type": "add", "id": "sum", "from": ["a", "dense1"] },',
    ]);
    expect(() => edited({ type: 'addLayer', index: 2, layer: { ...layer, units: 5 } })).toThrow(
      '"sum" would add "a" (2) and "dense1" (5)',
    );
  });

  it('keeps the columns of values that still come in', () => {
    expect(difference({ type: 'setSources', layer: 3, sources: [0, 2] })).toEqual([
      '-{ "type": "concat", "from": ["a", "sum", "input"], "id": "all" },',
      '-{ "type": "dense", "units": 1, "weights": [[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]] }',
      '+{ "type": "concat", "from": ["a", "sum"], "id": "all" },',
      '+{ "type": "dense", "units": 1, "weights": [[1.0, 2.0, 3.0, 4.0]] }',
    ]);
    expect(difference({ type: 'setSources', layer: 3, sources: [0, 1, 2, -1] }).at(-1)).toBe(
      '+{ "type": "dense", "units": 1, "weights": [[1.0, 2.0, 500, 501, 3.0, 4.0, 5.0, 6.0]] }',
    );
  });

  it('puts the new columns of several sources behind each other, beside comments too', () => {
    const commented = residual.replace('6.0]]', '6.0 /* last */]]');
    const edit: NetworkEdit = { type: 'setSources', layer: 4, sources: [0] };
    const narrow = edited(
      edit,
      commented.replace('"dense", "units": 1', '"dense", "from": "all", "units": 1'),
    );
    expect(narrow).toContain('"from": "a", "units": 1, "weights": [[1.0, 2.0 /* last */]]');
    const wide = edited({ type: 'setSources', layer: 4, sources: [3] }, narrow);
    expect(wide).toContain('"weights": [[1.0, 2.0, /* last */ 500, 501, 502, 503]]');
  });

  it('writes and removes the one source of a dense layer', () => {
    const once = edited({ type: 'setSources', layer: 4, sources: [-1] });
    expect(once).toContain(
      '{ "type": "dense", "from": ["input"], "units": 1, "weights": [[5.0, 6.0]] }',
    );
    const back = edited({ type: 'setSources', layer: 4, sources: [3] }, once);
    expect(back).toContain(
      '{ "type": "dense", "units": 1, "weights": [[500, 501, 502, 503, 5.0, 6.0]] }',
    );
    const bare = once.replace('["input"]', '"input"');
    expect(edited({ type: 'setSources', layer: 4, sources: [2] }, bare)).toContain('"from": "sum"');
  });

  it('names what would be a cycle, and what stands below', () => {
    expect(() => edited({ type: 'setSources', layer: 0, sources: [2] })).toThrow(
      'would close a cycle: "a" → "sum" → "a"',
    );
    const branch = residual.replace(
      '"units": 2, "id": "b"',
      '"units": 2, "id": "b", "from": ["input"]',
    );
    expect(() => edited({ type: 'moveLayers', layers: [1], to: 4 }, branch)).toThrow(
      '"sum" takes its values from "b", which would stand below it: put "b" above "sum"',
    );
    expect(() => edited({ type: 'setSources', layer: 0, sources: [1] }, branch)).toThrow(
      '"a" takes its values from "b", which would stand below it',
    );
  });

  it('makes merges, and names their sources', () => {
    const plain = `{ "input": { "shape": [2] }, "layers": [
  { "type": "dense", "units": 3, "weights": [[1, 2], [3, 4], [5, 6]] },
  { "type": "dense", "units": 3, "id": "dense1" },
  { "type": "dense", "units": 1, "weights": [[0.10, 0.20, 0.30]] }
] }`;
    const sum = edited({ type: 'addMerge', index: 2, merge: 'add', sources: [0, 1] }, plain);
    expect(sum).toContain('{ "type": "dense", "id": "dense2", "units": 3,');
    expect(sum).toContain('  { "type": "add", "from": ["dense2", "dense1"] },\n');
    expect(sum).toContain('"weights": [[0.10, 0.20, 0.30]]');
    const wide = edited({ type: 'addMerge', index: 2, merge: 'concat', sources: [1, -1] }, plain);
    expect(wide).toContain('  { "type": "concat", "from": ["dense1", "input"] },\n');
    expect(wide).toContain('"weights": [[0.10, 0.20, 0.30, 400, 401]]');
    expect(() =>
      edited({ type: 'addMerge', index: 2, merge: 'add', sources: [1, -1] }, plain),
    ).toThrow('The new add layer would add "dense1" (3) and the input (2)');
    expect(() =>
      edited({ type: 'addMerge', index: 1, merge: 'concat', sources: [0, 1] }, plain),
    ).toThrow('insert it below');
    expect(() =>
      edited({ type: 'addMerge', index: 1, merge: 'concat', sources: [0, 0] }, plain),
    ).toThrow('at least two different sources');
  });

  it('copies layers with their text, under names of their own', () => {
    const after = edited({ type: 'copyLayers', layers: [0, 1, 2], to: 3 });
    expect(valueOf(after).layers).toMatchObject([
      { id: 'a' },
      { id: 'b' },
      { id: 'sum' },
      {
        id: 'a2',
        weights: [
          [0.5, 1],
          [2, 3],
        ],
      },
      {
        id: 'b2',
        weights: [
          [4, 5],
          [6, 7],
        ],
      },
      { id: 'sum2', from: ['a2', 'b2'] },
      { id: 'all', from: ['a', 'sum2', 'input'] },
      { weights: [[1, 2, 3, 4, 5, 6]] },
    ]);
    expect(after.match(/\[\[0\.50, 1\], \[2, 3\]\], "bias": \[0\.10, 0\.2\]/g)).toHaveLength(2);
    expect(after.match(/\/\/ second row/g)).toHaveLength(2);
  });

  it('pastes what fits, and drops connections to what is not there', () => {
    const layers: LayerValue[] = [
      {
        type: 'dense',
        id: 'a',
        from: ['elsewhere'],
        units: 2,
        weights: [
          [1, 2],
          [3, 4],
        ],
        bias: [1],
      },
      { type: 'dense', id: 'skip', from: 'input', units: 2 },
      { type: 'add', from: ['a', 'skip', 'elsewhere'] },
    ];
    const after = edited({ type: 'insertLayers', index: 5, layers });
    expect(valueOf(after).layers).toMatchObject([
      ...(valueOf(residual).layers as object[]),
      { type: 'dense', id: 'a2', units: 2 },
      { type: 'dense', id: 'skip', from: ['input'], units: 2 },
      { type: 'add', from: ['a2', 'skip'] },
    ]);
    expect(valueOf(after).layers).toEqual(
      expect.arrayContaining([{ type: 'dense', id: 'a2', units: 2 }]),
    );
    const lonely = { type: 'add', from: ['x', 'input'] };
    expect(() => edited({ type: 'insertLayers', index: 1, layers: [lonely] })).toThrow(
      'no layer above is called "x"',
    );
    expect(() => edited({ type: 'insertLayers', index: 1, layers: [{ type: 'lstm' }] })).toThrow(
      'There is no layer of the type "lstm": use "dense", "add",',
    );
  });

  it('writes parameters into dense layers alone', () => {
    const odd = residual.replace('"id": "sum",', '"id": "sum", "weights": [[9]],');
    const none = [undefined, undefined, undefined, undefined, undefined];
    const reset = edited({ type: 'setParameters', label: '', layers: none }, odd);
    expect(reset.match(/"weights"/g)).toHaveLength(1);
    expect(reset).toContain('"id": "sum", "weights": [[9]],');
    const layers = [undefined, undefined, { weights: [[1], [2]] }, undefined, undefined];
    expect(() => edited({ type: 'setParameters', label: '', layers })).toThrow(
      'do not fit layers[2]',
    );
    expect(() =>
      edited({ type: 'setParameter', layer: 2, kind: 'weight', row: 0, column: 0, value: 1 }),
    ).toThrow('layers[2] joins other layers, so it has no weights');
  });
});
