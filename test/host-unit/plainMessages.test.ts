/** Messages of VS Code have links that run commands: nobody's words may become one. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import ts from 'typescript';
import { askFirst, plain, showMessage } from '../../src/host/plainMessages';
import { tellSpoilt } from '../../src/host/spoiltNotice';
import { eachNode, placeOf, readTrees } from '../support/sources';
import { editor, Uri } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

beforeEach(() => editor.reset());

/** As VS Code finds links in a message (`base/common/linkedText.ts`). */
const LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/gi;

const HOSTILE = [
  '[Open](command:workbench.action.terminal.sendSequence?%5B%22ls%22%5D)',
  '[[a](command:x)](command:y)',
  '[Free money](https://example.org "click me")',
  '[my disk](file:///etc/passwd)',
  'a]\n(command:b)',
  '\u202egnp.sj\u202c[x](COMMAND:y)',
  '<img src=x onerror=alert(1)>${1+1}\x1b[31m\0',
];

describe('a message', () => {
  it.each(HOSTILE)('has no link in %j, and reads the same', words => {
    const said = plain(`The file ${words} was not found.`);
    expect(said.match(LINK)).toBeNull();
    expect(said).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
    const visible = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}\s]/gu, '');
    expect(visible(said)).toBe(visible(`The file ${words} was not found.`));
  });

  it('would have one: the pattern finds what VS Code finds', () => {
    expect('[a](command:b)'.match(LINK)).toHaveLength(1);
    expect(HOSTILE.flatMap(words => words.match(LINK) ?? []).length).toBeGreaterThan(4);
  });

  it('is shown as such, whatever kind it has', () => {
    for (const kind of ['error', 'warning', 'information'] as const)
      void showMessage(kind, HOSTILE[0], 'OK');
    void askFirst(HOSTILE[0], HOSTILE[2], 'OK');
    expect(editor.messages.map(({ message }) => message.match(LINK))).toEqual(Array(4).fill(null));
  });

  it('about the columns of somebody’s file has none', async () => {
    const column = { name: HOSTILE[0], count: 1, cells: [{ line: 2, text: HOSTILE[2] }] };
    void tellSpoilt(Uri.file(`/work/${HOSTILE[3]}.csv`) as never, [column] as never);
    await Promise.resolve();
    expect(editor.messages).toHaveLength(1);
    expect(editor.messages[0].message).toContain('Open');
    expect(editor.messages[0].message.match(LINK)).toBeNull();
  });
});

it('is shown in one place alone', () => {
  const found: string[] = [];
  for (const tree of readTrees('src/host').values())
    eachNode(tree, node => {
      const isMessage =
        ts.isPropertyAccessExpression(node) &&
        /^(show(Error|Warning|Information)Message|withProgress|withScmProgress)$/.test(
          node.name.text,
        );
      if (isMessage) found.push(placeOf(node).replace(/:\d+$/, ''));
    });
  expect(new Set(found)).toEqual(new Set(['src/host/plainMessages.ts']));
  expect(found).toHaveLength(5);
});
