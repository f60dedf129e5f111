/** Every place at which an id is written, whole, in every text. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sourcesOf } from '../../src/network/graph';
import { idAt, idFault, renameEdits, usesOf } from '../../src/network/idUses';
import { applyTextEdits } from '../../src/network/json';
import { parseSyntax } from '../../src/network/parse';

/** The use at the `|`, and all places that name the same, marked in the text by « and ». */
function marked(text: string): string | undefined {
  const plain = text.replace('|', '');
  const document = parseSyntax(plain);
  const use = idAt(document, text.indexOf('|'));
  if (!use) return undefined;
  const uses = usesOf(document, use);
  const starts = uses.map(({ range }) => range.start);
  expect(starts, 'in the order of the text').toEqual([...starts].sort((a, b) => a - b));
  const edits = uses.map(({ range, declares }) => ({
    ...range,
    text: `${declares ? '«!' : '«'}${plain.slice(range.start, range.end)}»`,
  }));
  return applyTextEdits(plain, edits);
}

describe('the places of an id', () => {
  it.each([
    [
      '{ "layers": [{ "id": "|a" }, { "from": "a" }] }',
      '{ "layers": [{ "id": "«!a»" }, { "from": "«a»" }] }',
    ],
    [
      '{ "layers": [{ "id": "a" }, { "from": "a|" }] }',
      '{ "layers": [{ "id": "«!a»" }, { "from": "«a»" }] }',
    ],
    [
      '{ "layers": [{ "id": "a" }, { "from": ["b", "|a", 5] }] }',
      '{ "layers": [{ "id": "«!a»" }, { "from": ["b", "«a»", 5] }] }',
    ],
    [
      '{ "layers": [{ "id": "|" }, { "from": "" }] }',
      '{ "layers": [{ "id": "«!»" }, { "from": "«»" }] }',
    ],
    [
      '{ "input": {}, "layers": [{ "from": "in|put" }] }',
      '{ "«!input»": {}, "layers": [{ "from": "«input»" }] }',
    ],
    [
      '{ "in|put": {}, "layers": [{ "from": ["input", "input"] }] }',
      '{ "«!input»": {}, "layers": [{ "from": ["«input»", "«input»"] }] }',
    ],
    ['{ "layers": [{ "from": "|input" }] }', '{ "layers": [{ "from": "«input»" }] }'],
    [
      '{ "layers": [{ "from": "input" }], "inp|ut": 1 }',
      '{ "layers": [{ "from": "«input»" }], "«!input»": 1 }',
    ],
    [
      '{ "layers": [{ "from": "|no" }, { "from": ["no", "nor"] }] }',
      '{ "layers": [{ "from": "«no»" }, { "from": ["«no»", "nor"] }] }',
    ],
    [
      '{ "layers": [{ "from": "|b" }, { "id": "b" }] }',
      '{ "layers": [{ "from": "«b»" }, { "id": "«!b»" }] }',
    ],
    [
      '{ "layers": [{ "id": "a", "from": "|a" }] }',
      '{ "layers": [{ "id": "«!a»", "from": "«a»" }] }',
    ],
    [
      '{ "layers": [{ "id": "|a" }, { "from": "a" }, { "id": "a" }, { "from": "a" }] }',
      '{ "layers": [{ "id": "«!a»" }, { "from": "«a»" }, { "id": "a" }, { "from": "a" }] }',
    ],
    [
      '{ "layers": [{ "id": "a" }, { "from": "a" }, { "id": "a|" }, { "from": "a" }] }',
      '{ "layers": [{ "id": "a" }, { "from": "a" }, { "id": "«!a»" }, { "from": "«a»" }] }',
    ],
    [
      '{ "layers": [{ "from": "|a" }, { "id": "a" }, { "id": "a" }] }',
      '{ "layers": [{ "from": "«a»" }, { "id": "«!a»" }, { "id": "a" }] }',
    ],
    [
      '{ "layers": [{ "id": ["|a"] }, { "from": "a" }] }',
      '{ "layers": [{ "id": ["«!a»"] }, { "from": "a" }] }',
    ],
    ['{ "layers": [{ "id": "ab|\n}]}', '{ "layers": [{ "id": "«!ab»\n}]}'],
    ['{ "layers": [{ "id": "|', '{ "layers": [{ "id": "«!»'],
  ])('%s', (text, expected) => expect(marked(text)).toBe(expected));

  it.each([
    '{ "layers": [{ "id": |"a" }] }',
    '{ "layers": [{ "id": "a"| }] }',
    '{ "layers": [{ "i|d": "a" }] }',
    '{ "layers": [{ "type": "|a" }] }',
    '{ "layers": [{ "id": 1|2 }] }',
    '{ "id": "|a", "from": "a" }',
    '{ "layers": { "id": "|a" } }',
    '{ "inputs": 1, "in|": 2 }',
    '[{ "id": "|a" }]',
    '|',
  ])('none at %s', text => expect(marked(text)).toBeUndefined());
});

describe('what an id means', () => {
  const names = fc.constantFrom('a', 'b', 'c');
  const layer = fc.record(
    { id: names, from: fc.array(names, { maxLength: 3 }) },
    { requiredKeys: [] },
  );

  it('is what the network takes, where there is such a layer above', () => {
    fc.assert(
      fc.property(fc.array(layer, { maxLength: 6 }), layers => {
        const document = parseSyntax(JSON.stringify({ layers }));
        const sources = sourcesOf({ layers });
        let offset = 0;
        layers.forEach(({ from = [] }, index) => {
          offset = document.text.indexOf('{', offset + 1);
          const list = document.text.indexOf('"from":[', offset) + 8;
          from.forEach((name, entry) => {
            const use = idAt(document, list + 4 * entry + 1);
            expect(use).toMatchObject({ name, declares: false });
            const source = sources[index][entry];
            if (!Number.isNaN(source)) expect(use?.named).toBe(source);
            else if (layers.some(({ id }) => id === name))
              expect(use?.named).toBe(layers.findIndex(({ id }) => id === name));
            else expect(use?.named).toBeUndefined();
          });
        });
      }),
      { numRuns: 60 },
    );
  });

  it('stays, whatever it is called', () => {
    const name = fc.string({ minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(name, newName => {
        const text = '{ "layers": [{ "id": "a" }, { "id": "b" }, { "from": ["a", "b", "a"] }] }';
        const document = parseSyntax(text);
        const use = idAt(document, text.indexOf('"a"') + 1);
        const after = applyTextEdits(text, renameEdits(document, use!, newName));
        expect(JSON.parse(after)).toEqual({
          layers: [{ id: newName }, { id: 'b' }, { from: [newName, 'b', newName] }],
        });
      }),
      { numRuns: 50 },
    );
  });
});

describe('a new name', () => {
  const text =
    '{ "layers": [{ "id": "a" }, { "id": "b" }, { "id": "a" }, { "from": ["no", "b"] }] }';
  const document = parseSyntax(text);
  const use = (part: string) => idAt(document, text.indexOf(part) + 1)!;

  it.each([
    ['"b"', '', 'empty'],
    ['"b"', ' \t ', 'empty'],
    ['"b"', ' a', undefined],
    ['"b"', 'x'.repeat(100), undefined],
    ['"b"', 'x'.repeat(101), 'long'],
    ['"b"', '😀'.repeat(100), undefined],
    ['"b"', '😀'.repeat(101), 'long'],
    ['"b"', 'input', 'reserved'],
    ['"b"', 'Input', undefined],
    ['"b"', 'a', 'taken'],
    ['"b"', 'b', undefined],
    ['"a"', 'a', 'taken'],
    ['"b"', 'no', undefined],
    ['"no"', 'b', 'taken'],
    ['"no"', 'new', undefined],
  ])('of %s: %j is %s', (part, name, fault) => {
    expect(idFault(document, use(part), name)).toBe(fault);
  });
});
