/** No word that VS Code shows stands in the host's code: all of them are given to `l10n.t`. */
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { eachNode, hasWords, piecesOf, placeOf, readTrees, treeOf } from '../support/sources';

/** What these are told is shown. */
const SHOWS = /\b(?:window\.(?:show\w+Message|setStatusBarMessage)|item\.show)$/;

/** Properties of questions, messages, items and views whose text is shown. */
const SHOWN =
  /^(?:title|placeHolder|prompt|detail|label|description|message|validationMessage|tooltip|openLabel|saveLabel)$/;

/** What is the same in every language: paths in the file, and a command for a terminal. */
const NAMES = /\blayers\[|\btensorboard --logdir\b/g;

/** Words of a text that is written out; those of an icon, `$(play)`, are none. */
function wordsIn(node: ts.Node): string[] {
  if (ts.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse].flatMap(wordsIn);
  const words = (piecesOf(node) ?? []).map(text => text.replace(/\$\([\w-]+\)/g, ''));
  return words.filter(text => hasWords(text.replace(NAMES, '')));
}

function hardCoded(tree: ts.SourceFile): string[] {
  const found: string[] = [];
  const look = (node: ts.Node): void =>
    void found.push(...wordsIn(node).map(text => `${placeOf(node)} ${text}`));
  eachNode(tree, node => {
    if (ts.isCallExpression(node) && SHOWS.test(node.expression.getText()))
      node.arguments.forEach(look);
    else if (ts.isPropertyAssignment(node) && SHOWN.test(node.name.getText()))
      look(node.initializer);
    else if (ts.isBinaryExpression(node) && ts.isPropertyAccessExpression(node.left)) {
      const assigned = node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
      if (assigned && SHOWN.test(node.left.name.text)) look(node.right);
    }
  });
  return found;
}

describe('what VS Code shows', () => {
  it('comes from the table of words', () => {
    const trees = [...readTrees('src/host').values()];
    expect(trees.length).toBeGreaterThan(80);
    expect(trees.flatMap(hardCoded)).toEqual([]);
  });

  it.each([
    ["window.showErrorMessage('It failed')", 'It failed'],
    ['void window.showInformationMessage(`${n} weights`, yes)', 'weights'],
    ["window.showQuickPick(items, { title: l10n.t('a'), placeHolder: 'Which one?' })", 'Which'],
    ["const item = { label: isOne ? 'one' : l10n.t('two') }", 'one'],
    ["item.tooltip = 'Train'", 'Train'],
  ])('is found in %s', (source, words) => {
    expect(hardCoded(treeOf('a.ts', source)).join()).toContain(words);
  });

  it.each([
    "item.tooltip = l10n.t('Train')",
    "({ label: '$(play) 3 × 4' })",
    "({ type: 'train' })",
  ])('is not suspected in %s', source => expect(hardCoded(treeOf('a.ts', source))).toEqual([]));
});
