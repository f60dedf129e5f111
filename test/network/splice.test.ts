/** What a list looks like after items were put in or taken out: byte by byte, as a person would have done it. */
import { parseTree } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { applyTextEdits } from '../../src/network/json';
import { indentAt, insertAlike, insertItems, removeItems } from '../../src/network/splice';

/** The value of "k" in an object, or the whole. */
function listIn(text: string) {
  const root = parseTree(text, [], { allowTrailingComma: true })!;
  return root.children?.[0]?.children?.[1] ?? root;
}

function inserted(text: string, at: number, items: readonly string[], ownLines = false): string {
  const style = { ownLines, indent: '    ', lineEnd: '\r\n' };
  return applyTextEdits(text, insertItems(text, listIn(text), at, items, style));
}

function removed(text: string, ...indices: readonly number[]): string {
  return applyTextEdits(text, removeItems(text, listIn(text), indices));
}

describe('items that are inserted', () => {
  it.each<[string, number, string]>([
    ['[1, 2]', 0, '[8, 1, 2]'],
    ['[1, 2]', 1, '[1, 8, 2]'],
    ['[1, 2]', 2, '[1, 2, 8]'],
    ['[1, 2,]', 2, '[1, 2, 8,]'],
    ['[ 1 ]', 1, '[ 1, 8 ]'],
    ['[1 /* one */]', 1, '[1, /* one */ 8]'],
    ['[1 /* one */, 2]', 1, '[1 /* one */, 8, 2]'],
    ['[1, /* two */ 2]', 1, '[1, /* two */ 8, 2]'],
    ['[1 // one\n]', 1, '[1, // one\r\n8\n]'],
    ['[1, // one\n]', 1, '[1, // one\r\n8,\n]'],
    ['[1 /* a */ // b\n]', 1, '[1, /* a */ // b\r\n8\n]'],
    ['[1 // b\n/* c */]', 1, '[1, // b\r\n8\n/* c */]'],
    ['[1 /* b\n c */]', 1, '[1, 8 /* b\n c */]'],
    ['[1 /* b\n c */ /* d */]', 1, '[1, 8 /* b\n c */ /* d */]'],
    ['[\n  1,\n  2\n]', 0, '[\r\n  8,\n  1,\n  2\n]'],
    ['[\n  1,\n  2\n]', 1, '[\n  1,\r\n  8,\n  2\n]'],
    ['[\n  1,\n  2\n]', 2, '[\n  1,\n  2,\r\n  8\n]'],
    ['[\n  1,\n  2,\n]', 2, '[\n  1,\n  2,\r\n  8,\n]'],
    ['[ // list\n\t1 // one\n]', 0, '[ // list\r\n\t8,\n\t1 // one\n]'],
    ['[\n\t1, // one\n\t// two\n\t2\n]', 1, '[\n\t1, // one\r\n\t8,\n\t// two\n\t2\n]'],
    ['[\n\t1 // one\n\t, 2\n]', 1, '[\n\t1 // one\n\t, 8, 2\n]'],
    ['[1,\n  2]', 2, '[1,\n  2,\r\n  8]'],
    ['[1,\n  2]', 1, '[1,\r\n  8,\n  2]'],
  ])('into %j before %i', (text, at, after) => expect(inserted(text, at, ['8'])).toBe(after));

  it.each<[string, number, string]>([
    ['[]', 0, '[8, 9]'],
    ['[ ]', 0, '[8, 9 ]'],
    ['{}', 0, '{ 8, 9 }'],
    ['{ }', 0, '{ 8, 9 }'],
    ['[/* none */]', 0, '[/* none */8, 9]'],
    ['[ // none\n]', 0, '[ // none\r\n    8,\r\n    9\n]'],
    ['[1]', 0, '[8, 9, 1]'],
    ['[1]', 1, '[1, 8, 9]'],
    ['[\n 1]', 0, '[\r\n 8,\r\n 9,\n 1]'],
    ['[\n 1]', 1, '[\n 1,\r\n 8,\r\n 9]'],
  ])('two into %j before %i', (text, at, after) =>
    expect(inserted(text, at, ['8', '9'])).toBe(after),
  );

  it.each<[string, number, string]>([
    ['[]', 0, '[\r\n    8\r\n]'],
    ['{}', 0, '{\r\n    8\r\n}'],
    ['[\n]', 0, '[\r\n    8\n]'],
    ['{"k": []}', 0, '{"k": [\r\n    8\r\n]}'],
    ['{\n  "k": []}', 0, '{\n  "k": [\r\n    8\r\n  ]}'],
    ['{\n  "k": [ // none\n  ]}', 0, '{\n  "k": [ // none\r\n    8\n  ]}'],
    ['{\n  "k": [ /* none */ ]}', 0, '{\n  "k": [ /* none */\r\n    8\r\n   ]}'],
    ['[1]', 1, '[1,\r\n    8]'],
    ['[1]', 0, '[8,\r\n    1]'],
    ['[1, 2]', 1, '[1, 8,\r\n    2]'],
    ['[1,]', 1, '[1,\r\n    8,]'],
  ])('on lines of their own into %j before %i', (text, at, after) =>
    expect(inserted(text, at, ['8'], true)).toBe(after),
  );

  it('beside a neighbour that shows the way, however the others stand', () => {
    expect(inserted('[1,\n 2]', 0, ['8'], true)).toBe('[8,\r\n    1,\n 2]');
    expect(inserted('[\n1, 2]', 0, ['8'])).toBe('[\r\n8,\n1, 2]');
    expect(inserted('[\n1, 2]', 2, ['8'])).toBe('[\n1, 2, 8]');
  });
});

describe('items that are inserted as their neighbours stand', () => {
  const alike = (text: string, at: number): string =>
    applyTextEdits(text, insertAlike(text, listIn(text), at, ['8', '9'], '\r\n'));

  it.each<[string, number, string]>([
    ['[1,2]', 0, '[8,9,1,2]'],
    ['[1,2]', 1, '[1,8,9,2]'],
    ['[1,2]', 2, '[1,2,8,9]'],
    ['[1,2, ]', 2, '[1,2,8,9, ]'],
    ['[1 , 2]', 2, '[1 , 2 , 8 , 9]'],
    ['[1,2,  3]', 0, '[8,9,1,2,  3]'],
    ['[1,2,  3]', 1, '[1,8,9,2,  3]'],
    ['[1,2,  3]', 2, '[1,2,  8,  9,  3]'],
    ['[1,2,  3]', 3, '[1,2,  3,  8,  9]'],
    ['[\n\t1,\n\t2\n]', 2, '[\n\t1,\n\t2,\n\t8,\n\t9\n]'],
    ['[\n\t1,\n\t2\n]', 1, '[\n\t1,\n\t8,\n\t9,\n\t2\n]'],
    // As insertItems does, where there is no way to be like, or a comment is in it.
    ['[1]', 1, '[1, 8, 9]'],
    ['[1]', 0, '[8, 9, 1]'],
    ['[]', 0, '[8, 9]'],
    ['[\n  1]', 1, '[\n  1,\r\n  8,\r\n  9]'],
    ['[1,/**/2]', 2, '[1,/**/2, 8, 9]'],
    ['[1,2/**/]', 2, '[1,2,/**/ 8, 9]'],
    ['[1,2/**/]', 1, '[1,8,9,2/**/]'],
    ['[1,2/**/]', 0, '[8,9,1,2/**/]'],
    ['[1,/**/2,3]', 3, '[1,/**/2,3,8,9]'],
    ['[1,/**/2,3]', 0, '[8, 9, 1,/**/2,3]'],
    ['  [ // none\n  ]', 0, '  [ // none\r\n  8,\r\n  9\n  ]'],
  ])('into %j before %i', (text, at, after) => expect(alike(text, at)).toBe(after));
});

describe('items that are removed', () => {
  it.each<[string, readonly number[], string]>([
    ['[1, 2, 3]', [0], '[2, 3]'],
    ['[1, 2, 3]', [1], '[1, 3]'],
    ['[1, 2, 3]', [2], '[1, 2]'],
    ['[1, 2, 3]', [0, 1], '[3]'],
    ['[1, 2, 3]', [1, 2], '[1]'],
    ['[1, 2, 3]', [0, 2], '[2]'],
    ['[1, 2, 3]', [2, 0, 1], '[]'],
    ['[1, 2, 3,]', [2], '[1, 2,]'],
    ['[1, 2, 3 , ]', [2], '[1, 2, ]'],
    ['[ 1 ]', [0], '[]'],
    ['[ 1, ]', [0], '[]'],
    ['[\n  1\n]', [0], '[]'],
    ['[ /* a */ 1 ]', [0], '[ /* a */  ]'],
    ['[ 1 /* a */ ]', [0], '[  /* a */ ]'],
    ['[ 1 /* a */, ]', [0], '[  /* a */ ]'],
    ['[ 1, /* a */ ]', [0], '[  /* a */ ]'],
    ['[\n  1,\n  2,\n  3\n]', [0], '[\n  2,\n  3\n]'],
    ['[\n  1,\n  2,\n  3\n]', [1], '[\n  1,\n  3\n]'],
    ['[\n  1,\n  2,\n  3\n]', [2], '[\n  1,\n  2\n]'],
    ['[\r\n  1,\r\n  2\r\n]', [0], '[\r\n  2\r\n]'],
    ['[\r\n  1,\r\n  2\r\n]', [1], '[\r\n  1\r\n]'],
    ['[\r  1,\r  2\r]', [0], '[\r  2\r]'],
    ['[\n  1, // one\n  2 // two\n]', [0], '[\n  // one\n  2 // two\n]'],
    ['[\n  1, // one\n  2 // two\n]', [1], '[\n  1 // one\n   // two\n]'],
    ['[\n  1, // one\n  2, // two\n]', [1], '[\n  1, // one\n   // two\n]'],
    ['[\n  1, // one\n  2]', [1], '[\n  1 // one\n  ]'],
    ['[1 /* a */, 2]', [0], '[/* a */2]'],
    ['[1/*a*/, 2]', [0], '[/*a*/2]'],
    ['[1 , 2]', [0], '[2]'],
    ['[1, 2/*b*/,]', [1], '[1,/*b*/]'],
    ['[1, 2 ,]', [1], '[1,]'],
    ['[ 1 , ]', [0], '[]'],
    ['[1/*a*/,]', [0], '[/*a*/]'],
    ['[1/*a*/ ,]', [0], '[/*a*/ ]'],
    ['[1, // one\n 2]', [0], '[// one\n 2]'],
    ['[ // list\n 1, 2]', [0], '[ // list\n 2]'],
    ['[1, // one\n 2, 3]', [1, 2], '[1 // one\n ]'],
    ['[1, /* one */ 2, 3]', [1, 2], '[1 /* one */]'],
    ['[1 /* a */, 2 /* b */]', [1], '[1 /* a */ /* b */]'],
    ['[1, 2 /* b */, ]', [1], '[1, /* b */ ]'],
    ['[1,\n 2]', [0], '[2]'],
    ['[1,\n 2, 3]', [1], '[1,\n 3]'],
    ['[1, 2,\n 3]', [1], '[1, 3]'],
    ['{\n  "a": [1,\n    2],\n  "b": 3\n}', [0], '{\n  "b": 3\n}'],
  ])('of %j: %j', (text, indices, after) => {
    const list = parseTree(text, [], { allowTrailingComma: true })!;
    expect(applyTextEdits(text, removeItems(text, list, indices))).toBe(after);
  });

  it('of a list in a list', () => {
    expect(removed('{"k": [1, 2]}', 0)).toBe('{"k": [2]}');
    expect(removed('{"k": [\n1, 2\n]}', 1)).toBe('{"k": [\n1\n]}');
    expect(removed('{"k": [\n1, 2\n]}', 0, 1)).toBe('{"k": []}');
  });
});

describe('the indentation of a line', () => {
  it.each([
    ['  x', 2, '  '],
    ['  x y', 4, '  '],
    ['\ufeff\tx', 2, '\t'],
    ['a\n \t x', 5, ' \t '],
    ['a\r  x', 4, '  '],
    ['  a\nx', 4, ''],
    ['   x', 1, ' '],
    ['x', 0, ''],
  ])('of %j at %i', (text, offset, indent) => expect(indentAt(text, offset)).toBe(indent));
});
