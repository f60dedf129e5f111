/** Sources as trees, for tests that look for words in them. */
import { readFileSync, readdirSync } from 'node:fs';
import ts from 'typescript';

/** Every TypeScript file below a folder, by its path from the repository's root. */
export function readTrees(folder: string): ReadonlyMap<string, ts.SourceFile> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const paths = names.filter(name => name.endsWith('.ts')).map(name => `${folder}/${name}`);
  return new Map(paths.map(path => [path, treeOf(path, readFileSync(path, 'utf8'))]));
}

export function treeOf(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
}

export function eachNode(tree: ts.Node, visit: (node: ts.Node) => void): void {
  visit(tree);
  ts.forEachChild(tree, child => eachNode(child, visit));
}

/** Where it stands: `src/host/a.ts:12`. */
export function placeOf(node: ts.Node): string {
  const file = node.getSourceFile();
  const { line } = file.getLineAndCharacterOfPosition(node.getStart());
  return `${file.fileName}:${line + 1}`;
}

/** The fixed pieces of a text in the source, between what is put into it; undefined of what is no text. */
export function piecesOf(node: ts.Node): readonly string[] | undefined {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (!ts.isTemplateExpression(node)) return undefined;
  return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)];
}

/** Whether a person would read it as words: symbols, numbers and single letters are none. */
export const hasWords = (text: string): boolean => /\p{L}{2,}/u.test(text);
