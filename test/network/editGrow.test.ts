/** Edits that change sizes: weights that still fit stay, what is new is drawn. */
import { parse } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { applyTextEdits, EditError, invertEdits, planEdit } from '../../src/network/edit';
import type { EditTools, NetworkEdit } from '../../src/network/edit';
import { parseNetwork } from '../../src/network/parse';
import { asked, edited, text, tools } from './support/trained';

const styles: { readonly [name: string]: (text: string) => string } = {
  'two spaces': own => own,
  tabs: own => own.replace(/^ +/gm, spaces => '\t'.repeat(spaces.length / 2)),
  CRLF: own => own.replaceAll('\n', '\r\n'),
  'CRLF with a byte order mark': own => `\ufeff${own.replaceAll('\n', '\r\n')}`,
  'one line': own => own.replace(/ *\/\/.*\n/g, '\n').replace(/\s*\n\s*/g, ' '),
  'trailing commas': own => own.replace(/\]\n {2}\]/g, ']\n  ],').replace('0.6] }', '0.6], },'),
};

function numbers(own: string): readonly string[] {
  const bare = own.replace(/"(?:[^"\\]|\\.)*"|\/\/.*|\/\*.*?\*\//g, '');
  return bare.match(/-?\d[\d.eE+-]*/g) ?? [];
}

function isSubsequence(part: readonly string[], whole: readonly string[]): boolean {
  let at = 0;
  for (const item of whole) if (item === part[at]) at++;
  return at === part.length;
}

describe.each(Object.entries(styles))('weights that still fit, in a file with %s', (_, style) => {
  const own = style(text);
  const pairs: readonly (readonly [NetworkEdit, NetworkEdit])[] = [
    [
      { type: 'setUnits', layer: 0, units: 6 },
      { type: 'setUnits', layer: 0, units: 4 },
    ],
    [
      { type: 'setUnits', layer: 1, units: 3 },
      { type: 'setUnits', layer: 1, units: 2 },
    ],
    [
      { type: 'setInputs', size: 5 },
      { type: 'setInputs', size: 3 },
    ],
    [
      { type: 'moveLayers', layers: [1], to: 0 },
      { type: 'moveLayers', layers: [0], to: 2 },
    ],
    [
      { type: 'copyLayers', layers: [1], to: 2 },
      { type: 'removeLayer', layer: 2 },
    ],
  ];

  it.each(pairs)('%j and back: the same bytes, by edit and by undo', (there, back) => {
    const { edits } = planEdit(own, there, tools);
    const after = applyTextEdits(own, edits);
    expect(parseNetwork(after).network).toBeDefined();
    expect(applyTextEdits(after, invertEdits(own, edits))).toBe(own);
    if (there.type === 'moveLayers') return;
    expect(edited(back, after)).toBe(own);
  });

  it('keep their text when layers grow, and in part when they shrink', () => {
    for (const [there] of pairs.slice(0, 3)) {
      const after = edited(there, own);
      expect(isSubsequence(weightTokens(own), weightTokens(after))).toBe(true);
      expect(after.replace(/[^\n]/g, '').length).toBeGreaterThanOrEqual(
        own.replace(/[^\n]/g, '').length,
      );
    }
    const less = edited({ type: 'setUnits', layer: 0, units: 2 }, own);
    expect(isSubsequence(weightTokens(less), weightTokens(own))).toBe(true);
    expect(less.includes('\r\n')).toBe(own.includes('\r\n'));
    expect(/[^\r]\n/.test(less)).toBe(/[^\r]\n/.test(own));
  });
});

function weightTokens(own: string): readonly string[] {
  return numbers(own.slice(own.indexOf('"layers"')).replace(/"units": \d+/g, ''));
}

describe('growing', () => {
  it('asks for what is new, by the size of the whole matrix, and writes it where it belongs', () => {
    asked.length = 0;
    const { edits, drawn } = planEdit(text, { type: 'setUnits', layer: 0, units: 5 }, tools);
    const common = { seed: 42, precision: 'float32' };
    expect(asked).toEqual([
      {
        ...common,
        layer: 0,
        init: expect.objectContaining({ type: 'heNormal' }) as unknown,
        inputs: 3,
        units: 5,
        count: 3,
      },
      {
        ...common,
        layer: 1,
        init: expect.objectContaining({ type: 'xavierUniform' }) as unknown,
        inputs: 5,
        units: 2,
        count: 2,
      },
    ]);
    expect(drawn).toBe(3 + 1 + 2);
    const after = applyTextEdits(text, edits);
    expect(after).toContain(
      '[0.35, 0.3, 0.250],\n        [0.1, 1.1, 2.1]\n      ],\n      "bias": [0.1, 0.20, 0.3, 0.4, 0] }',
    );
    expect(after).toContain('"weights": [[1.0, 2, 3, 4, 0.1], [5, 6, 7, 8.50, 1.1]]');
  });

  it('writes the shortest text that reads back in the precision of the file', () => {
    const third: EditTools = { draw: ({ count }) => new Array<number>(count).fill(1 / 3) };
    expect(edited({ type: 'setInputs', size: 4 }, text, third)).toContain(
      '[0.50, 0, -0.05, 0.33333334]',
    );
    const double = text.replace(
      '"seed": 42,',
      '"seed": 42, "training": { "precision": "float64" },',
    );
    expect(edited({ type: 'setInputs', size: 4 }, double, third)).toContain(
      '[0.50, 0, -0.05, 0.3333333333333333]',
    );
  });

  it('writes new rows as the file writes them', () => {
    const compact =
      '{"input":{"shape":[2]},"layers":[{"type":"dense","units":2,"weights":[[1,2],[3,4]],"bias":[5,6]}]}';
    expect(edited({ type: 'setUnits', layer: 0, units: 3 }, compact)).toBe(
      compact
        .replace('"units":2', '"units":3')
        .replace('[3,4]]', '[3,4],[0.1,1.1]]')
        .replace('[5,6]', '[5,6,0]'),
    );
    const tall =
      '{"input":{"shape":[2]},"layers":[{"type":"dense","units":1,"weights":[\n[\n  1,\n  2\n]\n]}]}';
    expect(edited({ type: 'setUnits', layer: 0, units: 2 }, tall)).toContain(
      '[\n  1,\n  2\n],\n[\n  0.1,\n  1.1\n]\n]',
    );
  });

  it('refuses tools that draw something else', () => {
    for (const drawn of [[], [NaN, 1, 2]]) {
      const bad: EditTools = { draw: () => drawn };
      expect(() => edited({ type: 'setUnits', layer: 0, units: 5 }, text, bad)).toThrow(RangeError);
    }
  });

  it('leaves to the seed what is not in the file, and what cannot be drawn', () => {
    const bare = text.replace('"weights": [[1.0, 2, 3, 4], [5, 6, 7, 8.50]],\n      ', '');
    const after = edited({ type: 'setUnits', layer: 0, units: 5 }, bare);
    expect(after).toContain(
      '{ "type": "dense", "units": 2, "activation": "sigmoid",\n      "bias": [0.5, 0.6] }',
    );
    const plain = edited({ type: 'setUnits', layer: 0, units: 5 }, text, null);
    expect(plain).not.toContain('"weights"');
    const short = text.replace('[1.0, 2, 3, 4], ', '');
    expect(edited({ type: 'setUnits', layer: 0, units: 5 }, short)).not.toContain('8.50');
  });

  it('is refused before anything is drawn', () => {
    asked.length = 0;
    const edits: NetworkEdit[] = [
      { type: 'setUnits', layer: 0, units: 65_537 },
      { type: 'setInputs', size: 2_000_000 },
      { type: 'setInputs', size: 0.5 },
      { type: 'setInputs', size: 2, names: ['a'] },
      { type: 'moveLayers', layers: [0], to: 3 },
      { type: 'moveLayers', layers: [7], to: 0 },
      { type: 'removeLayers', layers: [0, 1] },
      {
        type: 'insertLayers',
        index: 0,
        layers: [
          { type: 'dense', units: 65_536 },
          { type: 'dense', units: 65_536 },
        ],
      },
      { type: 'insertLayers', index: 0, layers: [{ type: 'dense' }] },
      { type: 'insertLayers', index: 0, layers: Array.from({ length: 999 }, () => ({ units: 1 })) },
      { type: 'setSources', layer: 1, sources: [0, -1] },
      { type: 'setSources', layer: 1, sources: [5] },
      { type: 'setSources', layer: 1, sources: [] },
    ];
    for (const edit of edits) {
      expect(() => planEdit(text, edit, tools), JSON.stringify(edit).slice(0, 80)).toThrow(
        EditError,
      );
    }
    expect(asked).toEqual([]);
  });
});

describe('the input', () => {
  const shape = (edit: NetworkEdit, before = text): unknown =>
    (parse(edited(edit, before)) as { input: unknown }).input;

  it('keeps its names, cuts them, and counts on', () => {
    expect(shape({ type: 'setInputs', size: 2 })).toEqual({ shape: [2], names: ['a', 'b'] });
    expect(shape({ type: 'setInputs', size: 5 })).toEqual({
      shape: [5],
      names: ['a', 'b', 'c', 'x4', 'x5'],
    });
    expect(shape({ type: 'setInputs', size: 2, names: ['a', 'z'] })).toEqual({
      shape: [2],
      names: ['a', 'z'],
    });
    const bare = text.replace(', "names": ["a", "b", "c"]', '');
    expect(shape({ type: 'setInputs', size: 4 }, bare)).toEqual({ shape: [4] });
    expect(shape({ type: 'setInputs', size: 1, names: ['a'] }, bare)).toEqual({
      shape: [1],
      names: ['a'],
    });
    const square = bare.replace('[3]', '[3, 1]');
    expect(shape({ type: 'setInputs', size: 3 }, square)).toEqual({ shape: [3, 1] });
    expect(shape({ type: 'setInputs', size: 4 }, square)).toEqual({ shape: [4] });
  });
});
