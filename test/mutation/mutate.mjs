/** Texts of mutated sources, and of sources that tell which of their mutants a test has reached. */
import { transformSync } from 'esbuild';
import ts from 'typescript';
import { REACHED } from './reached.mjs';

/** @import { Mutant } from './population.mjs' */

/**
 * The source with one mutant in it. An expression gets brackets, for among others it may bind otherwise than what it
 * replaces; what is none (a block, a case) stands as it is.
 * @param {string} text
 * @param {Mutant} mutant
 * @throws Error when it is no TypeScript either way
 */
export function mutated(text, mutant) {
  const { start, end, replacement, mutator } = mutant;
  /** @param {string} code */
  const put = code => text.slice(0, start) + code + text.slice(end);
  const ways = mutator === 'BlockStatement' ? [replacement] : [`(${replacement})`, replacement];
  const sound = ways.map(put).find(isTypeScript);
  if (sound !== undefined) return sound;
  throw new Error(
    `${mutant.file}:${mutant.line}: "${replacement}" cannot stand here (${mutator}). Stryker and esbuild read this line differently.`,
  );
}

/** @param {string} text */
function isTypeScript(text) {
  try {
    transformSync(text, { loader: 'ts', logLevel: 'silent' });
    return true;
  } catch {
    return false;
  }
}

/**
 * The source with a mark at the beginning of the innermost block around each mutant, which is set when it is entered. At
 * a module's level it is set when the module is loaded.
 * @param {string} path
 * @param {string} text
 * @param {readonly { start: number, end: number, number: number }[]} mutants their numbers are elements of {@link REACHED}
 */
export function marked(path, text, mutants) {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  /** @type {Map<number, { after: number, numbers: number[] }>} by the place of the mark */
  const marks = new Map();
  for (const { start, end, number } of mutants) {
    const { at, after } = blockAround(tree, start, end);
    const mark = marks.get(at) ?? { after, numbers: [] };
    mark.numbers.push(number);
    marks.set(at, mark);
  }
  // From the last on, so that places before it stay. Of an expression the bracket closes behind all marks within it.
  /** @type {[number, string][]} */
  const pieces = [];
  for (const [at, { after, numbers }] of marks) {
    const sets = numbers.map(number => `globalThis.${REACHED}[${number}] = 1`);
    if (after < 0) pieces.push([at, ` ${sets.join('; ')}; `]);
    else pieces.push([at, `(${sets.join(', ')}, `], [after, ')']);
  }
  pieces.sort(([a], [b]) => b - a);
  return pieces.reduce((made, [at, code]) => made.slice(0, at) + code + made.slice(at), text);
}

/**
 * @param {ts.SourceFile} tree
 * @param {number} start
 * @param {number} end
 * @returns {{ at: number, after: number }} where a statement may be put; with `after` ≥ 0 an expression reaches from one to the other
 */
function blockAround(tree, start, end) {
  /** @type {{ at: number, after: number }} */
  let found = { at: tree.getFullText().length, after: -1 };
  /** @param {ts.Node} node */
  const visit = node => {
    if (node.getStart() > start || node.getEnd() < end) return;
    found = ownBlock(node, start) ?? found;
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/**
 * @param {ts.Node} node
 * @param {number} start of the mutant
 */
function ownBlock(node, start) {
  if (ts.isBlock(node)) return { at: node.getStart() + 1, after: -1 };
  if (ts.isCaseOrDefaultClause(node) && start > node.getStart() && node.statements.length > 0)
    return start >= node.statements[0].getStart()
      ? { at: node.statements[0].getStart(), after: -1 }
      : undefined;
  if (!ts.isFunctionLike(node) || !('body' in node) || !node.body) return undefined;
  // Defaults of parameters are computed where the body begins. What stands for the function itself is made outside of it.
  const body = /** @type {ts.Node} */ (node.body);
  if (start === node.getStart()) return undefined;
  if (ts.isBlock(body)) return { at: body.getStart() + 1, after: -1 };
  return { at: body.getStart(), after: body.getEnd() };
}
