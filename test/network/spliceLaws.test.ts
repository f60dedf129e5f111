/** Laws of inserting into and removing from a list, in every way that people separate its items. */
import { describe, expect, it } from 'vitest';
import { applyTextEdits } from '../../src/network/json';
import type { TextEdit } from '../../src/network/json';
import { insertAlike, insertItems, removeItems } from '../../src/network/splice';
import { syntaxTree } from '../../src/network/syntaxTree';
import { end, toValue } from '../../src/network/tree';

const heads = [
  '',
  ' ',
  '\n  ',
  '\r\n\t',
  ' // head\n  ',
  '/* head */ ',
  '\n  /* two\n lines */\n  ',
];
const separators = [
  ',',
  ', ',
  ',\n  ',
  '\n  , ',
  ' /* x */, ',
  ', // y\n  ',
  ' // z\n  , ',
  ',\r\n\t',
];
const tails = [
  '',
  ' ',
  '\n',
  ',',
  ' ,\n',
  ' // t\n',
  ', // t\n',
  ' /* t */',
  ' /* t */,\r\n',
  '\n// own\n',
];

/** Lists of so many items, with every pair of what stands between and behind them, or before and behind them. */
function layouts(count: number): readonly string[] {
  const between = count < 2 ? [''] : separators;
  const behind = count === 0 ? tails.filter(tail => !tail.includes(',')) : tails;
  const items = Array.from({ length: count }, (_, index) => String(index + 1));
  return heads.flatMap((head, h) =>
    behind.map((tail, t) => `[${head}${items.join(between[(h + t) % between.length])}${tail}]`),
  );
}

function listIn(text: string) {
  const { root, errors } = syntaxTree(text);
  if (!root || errors.length > 0) throw new Error(`no JSON: ${JSON.stringify(text)}`);
  return root;
}

const valueIn = (text: string) => toValue(listIn(text));
const comments = (text: string): readonly string[] =>
  text.match(/\/\/[^\r\n]*|\/\*[^]*?\*\//g)?.map(comment => comment.trim()) ?? [];
const style = (ownLines: boolean) => ({ ownLines, indent: '  ', lineEnd: '\n' });

/** A list, its text, and what is wrong with what an edit makes of it. */
const wrong: string[] = [];
function check(text: string, after: unknown, expected: unknown): void {
  const [found, wanted] = [JSON.stringify(after), JSON.stringify(expected)];
  if (found !== wanted) wrong.push(`${JSON.stringify(text)}: ${found} instead of ${wanted}`);
}
const noneIsWrong = () => expect(wrong.splice(0)).toEqual([]);

describe.each([0, 1, 2, 3])('in a list of %i items', count => {
  const texts = layouts(count);
  const old = Array.from({ length: count }, (_, index) => index + 1);

  /** Every way to insert at every place. */
  const insertions = (text: string, added: readonly string[]): [number, readonly TextEdit[]][] =>
    [...Array(count + 1).keys()].flatMap(index => [
      [index, insertItems(text, listIn(text), index, added, style(false))],
      [index, insertItems(text, listIn(text), index, added, style(true))],
      [index, insertAlike(text, listIn(text), index, added, '\n')],
    ]);

  it.each([[['8']], [['8', '9']]])('what is inserted stands where it belongs: %o', added => {
    for (const text of texts) {
      for (const [index, edits] of insertions(text, added)) {
        const after = applyTextEdits(text, edits);
        check(text, valueIn(after), [
          ...old.slice(0, index),
          ...added.map(Number),
          ...old.slice(index),
        ]);
        check(text, edits.filter(({ start, end: stop }) => start !== stop).length, 0);
        check(text, comments(after), comments(text));
      }
    }
    noneIsWrong();
  });

  it('what is inserted leaves no trace when it is removed', () => {
    for (const text of texts) {
      insertions(text, ['8', '9']).forEach(([index, edits], way) => {
        const after = applyTextEdits(text, edits);
        const edit = removeItems(after, listIn(after), [index, index + 1]);
        const back = applyTextEdits(after, edit);
        if (count > 0 && way % 3 < 2) check(text, back, text);
        else check(text, back.replace(/\s/g, ''), text.replace(/\s/g, ''));
      });
    }
    noneIsWrong();
  });

  it('what is removed takes nothing else with it', () => {
    for (const text of texts) {
      const { children = [] } = listIn(text);
      for (let chosen = 1; chosen < 2 ** count; chosen++) {
        const doomed = [...old.keys()].filter(index => chosen & (2 ** index));
        const edits = removeItems(text, listIn(text), doomed);
        const after = applyTextEdits(text, edits);
        const left = old.filter((_, index) => !doomed.includes(index));
        check(text, valueIn(after), left);
        check(text, edits.map(edit => edit.text).join(''), '');
        const inRuns = doomed
          .filter(index => doomed.includes(index + 1))
          .map(index => text.slice(end(children[index]), children[index + 1].offset));
        const most = comments(text).length - comments(inRuns.join('\n')).length;
        check(text, comments(after).length, most);
      }
    }
    noneIsWrong();
  });
});

it('nothing is inserted or removed where nothing is asked for', () => {
  for (const text of ['[]', '[1]', '[1, 2]']) {
    expect(insertItems(text, listIn(text), 0, [], style(true))).toEqual([]);
    expect(removeItems(text, listIn(text), [])).toEqual([]);
  }
});
