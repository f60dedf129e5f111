import { describe, expect, it } from 'vitest';
import { idAt, idFault, renameEdits, usesOf } from '../../src/network/idUses';
import { applyTextEdits } from '../../src/network/json';
import { parseNetwork } from '../../src/network/parse';

const TEXT = `{
  "version": 1,
  "input": { "shape": [2] },
  "layers": [
    { "type": "dense", "id": "a", "units": 4 },
    { "type": "dense", "id": "q\\"uote", "units": 4, "from": "a" },
    { "type": "add", "from": ["a", "q\\"uote"] },
    { "type": "concat", "id": "c", "from": ["a", "input", "nobody"] }
  ],
  "note": "a"
}`;

const parsed = parseNetwork(TEXT);
const use = (part: string, nth = 0, document = parsed) => {
  let offset = -1;
  for (let i = 0; i <= nth; i++) offset = document.text.indexOf(part, offset + 1);
  return idAt(document, offset + 1);
};

describe('an id', () => {
  it('is found at the layer and wherever it is named, between its quotes', () => {
    for (const nth of [0, 1, 2, 3]) {
      const found = use('"a"', nth)!;
      expect(TEXT.slice(found.range.start, found.range.end)).toBe('a');
      expect(usesOf(parsed, found)).toHaveLength(4);
      expect(found.declares).toBe(nth === 0);
    }
    expect(use('"a"', 4), 'a text of another key').toBeUndefined();
    expect(use('"dense"')).toBeUndefined();
    expect(use('"id"')).toBeUndefined();
  });

  it('may be that of the input, or of nobody', () => {
    expect(use('"input"', 1)).toMatchObject({ named: -1, declares: false });
    expect(usesOf(parsed, use('"input"', 1)!)).toHaveLength(2);
    expect(use('"nobody"')).toMatchObject({ named: undefined });
    expect(usesOf(parsed, use('"nobody"')!)).toHaveLength(1);
  });

  it('means the nearest layer above that has it, as the network does', () => {
    const twice = parseNetwork(TEXT.replace('"c"', '"a"').replace('"nobody"', '"input"'));
    expect(usesOf(twice, use('"a"', 0, twice)!)).toHaveLength(4);
    expect(usesOf(twice, use('"a"', 3, twice)!)).toHaveLength(1);
  });
});

describe('renaming', () => {
  it.each([0, 1, 2])('changes all places and nothing else, from each of them', nth => {
    const after = applyTextEdits(TEXT, renameEdits(parsed, use('"a"', nth)!, 'wide'));
    const places = TEXT.replace('"id": "a"', '"id": "wide"')
      .replace('"from": "a"', '"from": "wide"')
      .replaceAll('["a", ', '["wide", ');
    expect(after).toBe(places);
  });

  it('writes quotes, backslashes and line breaks so that they are read back', () => {
    const name = 'a "b" \\ \n c';
    const after = applyTextEdits(TEXT, renameEdits(parsed, use('"a"')!, name));
    const layers = (JSON.parse(after) as { layers: { id?: string; from?: unknown }[] }).layers;
    expect(layers[0].id).toBe(name);
    expect(layers[1].from).toBe(name);
  });

  it('keeps the network', () => {
    const whole = parseNetwork(TEXT.replace(', "nobody"', ''));
    expect(whole.network).toBeDefined();
    const edits = renameEdits(whole, use('q\\"', 0, whole)!, 'b');
    const { network, issues } = parseNetwork(applyTextEdits(whole.text, edits));
    expect(issues.map(({ code }) => code)).toEqual(whole.issues.map(({ code }) => code));
    expect(network?.layers.map(({ from }) => from)).toEqual([
      undefined,
      ['a'],
      ['a', 'b'],
      ['a', 'input'],
    ]);
  });

  it.each([
    ['', 'empty'],
    [' ', 'empty'],
    ['x'.repeat(101), 'long'],
    ['input', 'reserved'],
    ['c', 'taken'],
    ['a', undefined],
    ['new', undefined],
  ])('to "%s" is refused: %s', (name, fault) => {
    expect(idFault(parsed, use('"a"')!, name)).toBe(fault);
  });
});
