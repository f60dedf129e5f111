import fc from 'fast-check';
import { parse } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { composeTextEdits } from '../../src/network/compose';
import {
  applyTextEdits,
  EditError,
  invertEdits,
  planEdit,
  planEdits,
  textEdits,
} from '../../src/network/edit';
import type { DrawRequest, EditTools, NetworkEdit } from '../../src/network/edit';
import { keptParameters } from '../../src/network/keptParameters';
import { parseNetwork } from '../../src/network/parse';
import { formatJson } from '../../src/network/write';

/** 3-4-2 with all of its 26 parameters. */
const text = `{
  "version": 1,
  "seed": 42,
  "input": { "shape": [3], "names": ["a", "b", "c"] },
  "layers": [
    { "type": "dense", "units": 4, "activation": "sigmoid", "init": "heNormal",
      "weights": [
        [0.50, 0, -0.05],
        [0.15, 1e-1, 0.05], // second
        [0.25, 0.2, 0.15],
        [0.35, 0.3, 0.250]
      ],
      "bias": [0.1, 0.20, 0.3, 0.4] },
    { "type": "dense", "units": 2, "activation": "sigmoid",
      "weights": [[1.0, 2, 3, 4], [5, 6, 7, 8.50]],
      "bias": [0.5, 0.6] }
  ]
}
`;

const styles: { readonly [name: string]: (text: string) => string } = {
  'two spaces': own => own,
  tabs: own => own.replace(/^ +/gm, spaces => '\t'.repeat(spaces.length / 2)),
  CRLF: own => own.replaceAll('\n', '\r\n'),
  'CRLF with a byte order mark': own => `\ufeff${own.replaceAll('\n', '\r\n')}`,
  'one line': own => own.replace(/ *\/\/.*\n/g, '\n').replace(/\s*\n\s*/g, ' '),
  'trailing commas': own => own.replace(/\]\n {2}\]/g, ']\n  ],').replace('0.6] }', '0.6], },'),
};

const asked: DrawRequest[] = [];
const tools: EditTools = {
  draw: request => {
    asked.push(request);
    return Array.from({ length: request.count }, (_, n) => 0.1 + n);
  },
};

function edited(edit: NetworkEdit, before = text, draws: EditTools | null = tools): string {
  return applyTextEdits(before, planEdit(before, edit, draws ?? undefined).edits);
}

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

describe('one parameter by hand', () => {
  const weight = { type: 'setParameter', layer: 0, kind: 'weight', row: 1, column: 1 } as const;
  const bias = { type: 'setParameter', layer: 0, kind: 'bias', row: 1, column: 0 } as const;

  it('changes one token', () => {
    const at = text.indexOf('1e-1');
    expect(textEdits(text, { ...weight, value: 0.75 })).toEqual([
      { start: at, end: at + 4, text: '0.75' },
    ]);
    expect(textEdits(text, { ...weight, value: 0.1 })).toEqual([]);
    expect(edited({ ...bias, value: -2 })).toContain('"bias": [0.1, -2, 0.3, 0.4]');
  });

  it('writes the block of now where it is not in the file', () => {
    const bare = '{ "input": { "shape": [2] }, "layers": [{ "type": "dense", "units": 2 }] }';
    const parameters = {
      weights: [
        [1, 2],
        [3, 4],
      ],
      bias: [5, 6],
    };
    expect(edited({ ...weight, value: 9, parameters }, bare)).toContain(
      '"units": 2, "weights": [[1, 2], [3, 9]], "bias": [5, 6] }',
    );
    expect(edited({ ...bias, value: 9, parameters }, bare)).toContain(
      '"units": 2, "weights": [[1, 2], [3, 4]], "bias": [5, 9] }',
    );
    const half = bare.replace('"units": 2', '"units": 2, "weights": [[0.10, 0], [0, 0]]');
    expect(edited({ ...bias, value: 9, parameters }, half)).toContain(
      '"weights": [[0.10, 0], [0, 0]], "bias": [5, 9]',
    );
    expect(() => edited({ ...weight, value: 9 }, bare)).toThrow('are not in the file');
    expect(() => edited({ ...weight, value: 9, parameters: { weights: [[1, 2]] } }, bare)).toThrow(
      'do not fit',
    );
  });

  it.each<[string, NetworkEdit, string?]>([
    ['only finite numbers', { ...weight, value: Infinity }],
    ['only finite numbers', { ...bias, value: NaN }],
    ['choose a smaller one', { ...bias, value: 1e39 }],
    ['no layers[0].weights[4][1]', { ...weight, row: 4, value: 1 }],
    ['no layers[0].weights[1][3]', { ...weight, column: 3, value: 1 }],
    ['no layers[0].bias[-1]', { ...bias, row: -1, value: 1 }],
    ['no layers[3]', { ...bias, layer: 3, value: 1 }],
    [
      'set useBias to true',
      { ...bias, value: 1 },
      text.replace('"init"', '"useBias": false, "init"'),
    ],
  ])('%s: refused', (words, edit, before = text) => {
    expect(() => edited(edit, before)).toThrow(EditError);
    expect(() => edited(edit, before)).toThrow(words);
  });
});

describe('kept and fresh parameters', () => {
  const line = (edit: NetworkEdit, before = text, draws: EditTools | null = tools) => {
    const document = parseNetwork(before);
    const { edits, drawn } = planEdit(document, edit, draws ?? undefined);
    return keptParameters(document, parseNetwork(applyTextEdits(before, edits)), drawn);
  };
  const dense4 = { type: 'dense', units: 4, activation: 'sigmoid' };

  it.each<[string, NetworkEdit, number, number]>([
    ['3-4-2 to 3-5-2', { type: 'setUnits', layer: 0, units: 5 }, 26, 3 + 1 + 2],
    ['3-4-2 to 3-3-2', { type: 'setUnits', layer: 0, units: 3 }, 20, 0],
    ['3-4-2 to 4-4-2', { type: 'setInputs', size: 4 }, 26, 4],
    ['3-4-2 to 3-4-4-2', { type: 'addLayer', index: 1, layer: dense4 }, 26, 20],
    [
      '3-4-2 to 3-5-4-2',
      { type: 'addLayer', index: 0, layer: { ...dense4, units: 5 } },
      14,
      20 + 20,
    ],
    ['3-4-2 to 3-2', { type: 'removeLayer', layer: 0 }, 2, 6],
    ['3-4-2 to 3-2-4', { type: 'moveLayers', layers: [1], to: 0 }, 6, 6 + 8],
    ['a copy', { type: 'copyLayers', layers: [1], to: 2 }, 24 + 2, 2 * 2],
  ])('%s', (_, edit, kept, fresh) => {
    expect(line(edit)).toEqual({ kept, fresh });
  });

  it('counts what goes to the seed where nothing is drawn', () => {
    expect(line({ type: 'setUnits', layer: 0, units: 5 }, text, null)).toEqual({
      kept: 2,
      fresh: 15 + 5 + 10,
    });
  });

  it('says nothing where no parameters were written, or only values have changed', () => {
    const bare = formatJson({ input: { shape: [2] }, layers: [dense4] });
    expect(line({ type: 'setUnits', layer: 0, units: 9 }, bare)).toBeUndefined();
    expect(
      line({ type: 'setParameter', layer: 0, kind: 'bias', row: 0, column: 0, value: 9 }),
    ).toBeUndefined();
    expect(line({ type: 'setSeed', seed: 1 })).toBeUndefined();
    const trained = {
      type: 'setParameters',
      label: '',
      layers: [{ weights: Array(4).fill([1, 2]), bias: [0, 0, 0, 0] }],
    } as const;
    expect(line(trained as unknown as NetworkEdit, bare)).toBeUndefined();
    const broken = parseNetwork('{');
    expect(keptParameters(broken, parseNetwork(text), 0)).toBeUndefined();
  });

  it('does not count twice what was left to the seed before', () => {
    const half = text.replace(/"weights": \[\[1.*\n/, '');
    expect(line({ type: 'setUnits', layer: 1, units: 3 }, half)).toEqual({
      kept: 18,
      fresh: 1 + 12,
    });
    expect(line({ type: 'addLayer', index: 2, layer: { ...dense4, units: 1 } }, half)).toEqual({
      kept: 18,
      fresh: 3,
    });
  });
});

describe('edits as one', () => {
  const editsArbitrary = (length: number) =>
    fc
      .array(
        fc.tuple(
          fc.nat({ max: length }),
          fc.nat({ max: 3 }),
          fc.constantFrom('', 'a', 'xy', '\r\n', '😀'),
        ),
        { maxLength: 5 },
      )
      .map(list => {
        let from = 0;
        return list
          .sort(([a], [b]) => a - b)
          .flatMap(([at, count, inserted]) => {
            const start = Math.max(at, from);
            const end = Math.min(start + count, length);
            if (start > length || (at < from && from > 0)) return [];
            from = end + 1;
            return [{ start, end, text: inserted }];
          });
      });

  it('do what they do one after the other, and touch nothing else', () => {
    const before = 'ab😀cd\r\nef\r\ngh';
    const pairs = editsArbitrary(before.length).chain(first =>
      editsArbitrary(applyTextEdits(before, first).length).map(second => [first, second] as const),
    );
    fc.assert(
      fc.property(pairs, ([first, second]) => {
        const after = applyTextEdits(applyTextEdits(before, first), second);
        const edits = composeTextEdits(before, first, second);
        expect(applyTextEdits(before, edits)).toBe(after);
        edits.forEach(({ start, end, text: inserted }, index) => {
          expect(before.slice(start, end)).not.toBe(inserted);
          if (index > 0) expect(start).toBeGreaterThan(edits[index - 1].end);
        });
      }),
      { numRuns: 3000 },
    );
  });

  it('are one change per place', () => {
    const { edits } = planEdits(text, [
      { type: 'setSeed', seed: 7 },
      { type: 'set', path: ['layers', 1, 'bias', 0], value: 9 },
      { type: 'setSeed', seed: 8 },
    ]);
    expect(edits.map(edit => [text.slice(edit.start, edit.end), edit.text])).toEqual([
      ['42', '8'],
      ['0.5', '9'],
    ]);
    const nothing = planEdits(text, [
      { type: 'setSeed', seed: 7 },
      { type: 'setSeed', seed: 42 },
    ]);
    expect(nothing.edits).toEqual([]);
    expect(planEdits(text, []).edits).toEqual([]);
  });

  it('never cut a line end or a character in two', () => {
    expect(
      composeTextEdits(
        'a\r\nb',
        [{ start: 1, end: 3, text: '\r' }],
        [{ start: 2, end: 2, text: 'x' }],
      ),
    ).toEqual([{ start: 1, end: 3, text: '\rx' }]);
  });

  it('build the same bytes in another order', () => {
    const start = formatJson({
      version: 1,
      input: { shape: [2] },
      layers: [{ type: 'dense', units: 1, activation: 'sigmoid' }],
    });
    const dense = (units: number) => ({ type: 'dense', units, activation: 'sigmoid' });
    const forward: NetworkEdit[] = [
      { type: 'setInputs', size: 4 },
      { type: 'addLayer', index: 0, layer: dense(8) },
      { type: 'addLayer', index: 1, layer: dense(6) },
      { type: 'setUnits', layer: 2, units: 3 },
    ];
    const backward: NetworkEdit[] = [
      { type: 'setUnits', layer: 0, units: 3 },
      { type: 'addLayer', index: 0, layer: dense(6) },
      { type: 'addLayer', index: 0, layer: dense(8) },
      { type: 'setInputs', size: 4 },
    ];
    const one = applyTextEdits(start, planEdits(start, forward, tools).edits);
    const two = backward.reduce((own, edit) => edited(edit, own), start);
    expect(one).toBe(two);
    expect(parseNetwork(one).network?.layers.map(({ units }) => units)).toEqual([8, 6, 3]);
  });
});
