/** Holds test/seeds.md to be true: every idea of the five notes has a row, and what a row names is there. */
import { existsSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import type { Loss, NotationName } from '../src/network/network';
import { parseNetwork } from '../src/network/parse';
import { inferShapes } from '../src/network/shapes';

/** Rows of each note, S0 to S4. */
const ROWS = [32, 18, 30, 19, 11];
const MOST_WORDS = 12;

const TABLE = readFileSync('test/seeds.md', 'utf8');

interface Row {
  readonly id: string;
  readonly seen: string;
  /** Entries of the last column, each a place or what is open. */
  readonly entries: readonly string[];
}

function rowsOf(table: string): Row[] {
  const lines = table.split('\n').filter(line => /^\| *\d/.test(line));
  return lines.map(line => {
    const [id = '', seen = '', shown = ''] = line.slice(1, -1).split('|');
    const entries = shown.split(';').map(entry => entry.trim());
    return { id: id.trim(), seen: seen.trim(), entries: entries.filter(entry => entry !== '') };
  });
}

const isOpen = (entry: string): boolean => entry.startsWith('open:');

/** Rows with nothing to show, and rows with something to show and something open. */
function counts(rows: readonly Row[]): { readonly open: number; readonly inPart: number } {
  const open = rows.filter(({ entries }) => entries.every(isOpen)).length;
  return { open, inPart: rows.filter(({ entries }) => entries.some(isOpen)).length - open };
}

/** What a test file calls its tests, each behind what is around it, and the other texts in it: names of cases. */
interface Titles {
  readonly tests: readonly (readonly string[])[];
  readonly cases: ReadonlySet<string>;
}

const known = new Map<string, Titles>();

function titlesOf(path: string): Titles {
  const found = known.get(path) ?? readTitles(path);
  known.set(path, found);
  return found;
}

function readTitles(path: string): Titles {
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const tests: (readonly string[])[] = [];
  const cases = new Set<string>();
  const visit = (node: ts.Node, around: readonly string[]): void => {
    if (ts.isStringLiteralLike(node)) cases.add(node.text);
    const title = titleOf(node);
    const inside = title === undefined ? around : [...around, title];
    if (title !== undefined) tests.push(inside);
    ts.forEachChild(node, child => visit(child, inside));
  };
  visit(file, []);
  for (const title of tests.flat()) cases.delete(title);
  return { tests, cases };
}

/** `it('…')`, `describe.each(…)('…')`; nothing of what is skipped. */
function titleOf(node: ts.Node): string | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const [first] = node.arguments;
  if (!first || !ts.isStringLiteralLike(first)) return undefined;
  const called = node.expression.getText();
  const runs = /^(it|test|describe)\b/.test(called) && !/^\w+\.(skip|todo)\b/.test(called);
  return runs ? first.text : undefined;
}

/** What is wrong with one entry of the last column. */
function faultOf(entry: string): string | undefined {
  if (isOpen(entry)) return /^open: \S/.test(entry) ? undefined : 'does not say what is open';
  const parts = entry.split(' › ').map(part => /^`([^`]+)`$/.exec(part)?.[1]);
  const [path, title, within] = parts;
  if (path === undefined || parts.includes(undefined) || parts.length > 3)
    return `is no entry: ${entry}`;
  if (/^[./~]|^\w+:|\.\./.test(path)) return `${path} is no path from the root`;
  if (!existsSync(path)) return `${path} does not exist`;
  if (title === undefined)
    return /^media\/examples\/.*\.nn\.json$/.test(path) ? undefined : `${path} without a test`;
  if (!/^test\/.*\.test\.ts$/.test(path)) return `${path} is no file of tests`;
  const { tests, cases } = titlesOf(path);
  const inside = tests.filter(titles => titles.includes(title)).flat();
  if (inside.length === 0) return `${path} has no test “${title}”`;
  if (within === undefined || inside.includes(within) || cases.has(within)) return undefined;
  return `${path} has no “${within}” in “${title}”`;
}

function faultsOf(table: string): string[] {
  const rows = rowsOf(table);
  const ids = ROWS.flatMap((count, note) =>
    Array.from({ length: count }, (_, i) => `${note}-${i + 1}`),
  );
  const { open, inPart } = counts(rows);
  const sentence = `${open} of ${ids.length} rows are open as a whole, ${inPart} are shown in part`;
  return [
    ...ids.filter(id => rows.every(row => row.id !== id)).map(id => `${id} is missing`),
    ...rows.filter(({ id }) => !ids.includes(id)).map(({ id }) => `${id} is no row`),
    ...rows
      .filter(({ id }, i) => rows.findIndex(row => row.id === id) < i)
      .map(({ id }) => `${id} stands twice`),
    ...rows.flatMap(faultsOfRow),
    ...(table.replaceAll('\n', ' ').includes(sentence) ? [] : [`does not say: ${sentence}`]),
  ];
}

function faultsOfRow({ id, seen, entries }: Row): string[] {
  const words = seen.split(' ').filter(word => word !== '').length;
  const faults = entries.map(entry => faultOf(entry)).filter(fault => fault !== undefined);
  if (entries.length === 0) faults.push('says nothing of what shows it');
  if (words === 0 || words > MOST_WORDS) faults.push(`has ${words} words, 1 to ${MOST_WORDS} fit`);
  return faults.map(fault => `${id}: ${fault}`);
}

describe('the table of what the notes ask for', () => {
  it('is complete, and everything that it names is there', () => {
    expect(faultsOf(TABLE)).toEqual([]);
  });

  const [line = ''] = /^\| 3-3 .*$/m.exec(TABLE) ?? [];
  const saying = (entries: string): string => `| 3-3 | biases | ${entries} |`;

  it.each([
    ['a row is missing', '', '3-3 is missing'],
    ['a row stands twice', `${line}\n${line}`, '3-3 stands twice'],
    ['there are more rows than ideas', `${line}\n${line.replace('3-3', '3-20')}`, '3-20 is no row'],
    ['a row names nothing', saying(''), '3-3: says nothing'],
    ['a row does not say what is open', saying('open:'), '3-3: does not say what is open'],
    ['the number of open rows is another', saying('open: it'), 'does not say: '],
    ['an entry is no entry', saying('see the test'), '3-3: is no entry'],
    ['a file is not there', saying('`test/none.test.ts` › `is`'), 'test/none.test.ts does not'],
    ['a path leads elsewhere', saying('`../a.test.ts` › `is`'), 'is no path from the root'],
    ['a test is not named', saying('`test/seeds.test.ts`'), 'without a test'],
    ['a test is not there', saying('`test/seeds.test.ts` › `rowsOf`'), 'has no test “rowsOf”'],
    [
      'a case is not there',
      saying(`\`test/seeds.test.ts\` › \`finds that %s\` › \`${'no'.repeat(2)}\``),
      'has no “nono”',
    ],
    ['words are missing', line.replace(/^(\| 3-3 \|)[^|]*/, '$1 '), '3-3: has 0 words'],
  ])('finds that %s', (_, instead, fault) => {
    expect(line).not.toBe('');
    expect(faultsOf(TABLE.replace(line, instead)).join('\n')).toContain(fault);
  });
});

interface Expected {
  readonly notation: NotationName;
  readonly sizes: readonly number[];
  readonly loss: Partial<Loss>;
  readonly batchSize: number | 'all';
  readonly activations: string;
}

/** The network of each note, as the note has it. */
const EXAMPLES: { readonly [name: string]: Expected } = {
  'linear-3-3-2': {
    notation: 'ng',
    sizes: [3, 3, 2],
    loss: { type: 'meanSquaredError', half: true, reduction: 'mean' },
    batchSize: 'all',
    activations: 'linear linear',
  },
  'chain-2-3-2-2': {
    notation: 'chain0',
    sizes: [2, 3, 2, 2],
    loss: { type: 'meanSquaredError', half: true, reduction: 'sum' },
    batchSize: 'all',
    activations: 'sigmoid sigmoid sigmoid',
  },
  'reference-3-4-2': {
    notation: 'zybuluo',
    sizes: [3, 4, 2],
    loss: { type: 'meanSquaredError', half: true },
    batchSize: 1,
    activations: 'sigmoid sigmoid',
  },
  'nielsen-2-4-2': {
    notation: 'nielsen',
    sizes: [2, 4, 2],
    loss: { type: 'meanSquaredError', half: true, reduction: 'mean' },
    batchSize: 10,
    activations: 'sigmoid sigmoid',
  },
  'rates-3-3-2-1': {
    notation: 'triple',
    sizes: [3, 3, 2, 1],
    loss: { type: 'meanSquaredError' },
    batchSize: 2,
    activations: 'tanh tanh linear',
  },
};

describe('the example of each note', () => {
  const read = (name: string) => {
    const text = readFileSync(`media/examples/${name}.nn.json`, 'utf8');
    const { network } = parseNetwork(text);
    if (!network) throw new Error(`${name} is no network.`);
    return network;
  };

  it.each(Object.entries(EXAMPLES))('%s: sizes, notation and settings', (name, expected) => {
    const network = read(name);
    const { inputSize, layers } = inferShapes(network);
    expect(network.notation).toBe(expected.notation);
    expect([inputSize, ...layers.map(({ units }) => units)]).toEqual(expected.sizes);
    expect(network.loss).toMatchObject(expected.loss);
    expect(network.training.batchSize).toBe(expected.batchSize);
    expect(network.layers.map(({ activation }) => activation).join(' ')).toBe(expected.activations);
  });

  it('the linear one is penalised by λ/(2m) without its biases', () => {
    const { regularization } = read('linear-3-3-2');
    expect(regularization).toMatchObject({ scale: 'lambda/2m', bias: false });
    expect(regularization.l2).toBeGreaterThan(0);
  });

  it('the one with rates has no biases, and another rate in each layer', () => {
    const dense = read('rates-3-3-2-1').layers.filter(layer => layer.type === 'dense');
    expect(dense.map(({ useBias }) => useBias)).toEqual([false, false, false]);
    expect(new Set(dense.map(layer => layer.learningRateScale)).size).toBe(3);
  });
});
