/** The other places of an issue: what a person has to look at, too. */
import { expect, it } from 'vitest';
import { loadDataset } from '../../src/data/load';
import { parseNetwork } from '../../src/network/parse';
import { relatedTo } from '../../src/network/related';
import { inferShapes } from '../../src/network/shapes';

/** «…» marks the places that are expected, in the order of the text. */
function check(code: string, marked: string, kind: string): void {
  const text = marked.replace(/[«»]/g, '');
  const document = parseNetwork(text);
  const issue = document.issues.find(found => found.code === code);
  if (!issue) throw new Error(`No ${code} among ${document.issues.map(i => i.code).join(', ')}`);
  const related = relatedTo(document, issue);
  const places = related.map(({ range }) => text.slice(range.start, range.end));
  expect(places.sort()).toEqual([...marked.matchAll(/«(.*?)»/g)].map(([, part]) => part).sort());
  for (const place of related) expect(place.kind).toBe(kind);
}

const network = (layers: string, rest = '"loss": {}', shape = '"shape": [2]'): string =>
  `{ "version": 1, "input": { ${shape} }, "layers": [${layers}], ${rest} }`;

const dense = (rest: string): string => `{ "type": "dense", ${rest} }`;

it.each([
  [
    'weights.columns',
    'givesSize',
    network(
      `${dense('«"units": 3»')}, { "type": "dropout", "rate": 0.5 }, ${dense('"units": 1, "weights": [[1]]')}`,
    ),
  ],
  [
    'weights.columns',
    'givesSize',
    network(dense('"units": 1, "weights": [[1]]'), undefined, '«"shape": [2]»'),
  ],
  [
    'add.sizes',
    'givesSize',
    network(
      `${dense('"id": "a", «"units": 3»')}, ${dense('"id": "b", «"units": 4»')}, { "type": "add", "from": ["a", "b"] }`,
    ),
  ],
  ['weights.rows', 'hasSize', network(dense('«"units": 1», "weights": [[1, 2], [3, 4]]'))],
  ['bias.length', 'hasSize', network(dense('«"units": 1», "bias": [1, 2]'))],
  ['bias.unused', 'excludes', network(dense('"units": 1, «"useBias": false», "bias": [1]'))],
  [
    'id.duplicate',
    'named',
    network(`${dense('"id": «"a"», "units": 1')}, ${dense('"id": "a", "units": 1')}`),
  ],
  [
    'from.below',
    'named',
    network(
      `${dense('"from": "b", "units": 1')}, ${dense('"id": "b", "from": "input", "units": 1')}`,
    ).replace('"id": "b"', '"id": «"b"»'),
  ],
  [
    'from.cycle',
    'inCycle',
    network(
      `${dense('«"id": "a"», "from": "b", "units": 1')}, {«"type": "dense"», "units": 2}, ${dense('«"id": "b"», "units": 1')}`,
    ),
  ],
  [
    'loss.activation',
    'excludes',
    network(dense('"units": 1, «"activation": "tanh"»'), '"loss": { "type": "crossEntropy" }'),
  ],
  ['key.duplicate', 'named', network(dense('"units": 1'), '"seed": 1, «"seed"»: 2')],
  [
    'data.outputs',
    'hasSize',
    network(dense('«"units": 2»'), '"data": { "inline": [{ "x": [1, 2], "y": [1] }] }'),
  ],
])('%s: %s', (code, kind, marked) => check(code, marked, kind));

it('names the file that the data are in, unless it is not there', () => {
  const text = network(dense('"units": 1'), '"data": { "csv": "a.csv", "target": "y" }');
  const document = parseNetwork(text);
  const issue = {
    severity: 'error',
    path: ['data', 'target'],
    range: { start: 0, end: 1 },
    message: '',
  } as const;
  const [file, ...others] = relatedTo(document, { ...issue, code: 'data.csv.column' });
  expect(others).toEqual([]);
  expect(file).toMatchObject({ kind: 'file', path: 'a.csv' });
  expect(file.row).toBeUndefined();
  expect(relatedTo(document, { ...issue, code: 'data.csv.missing' })).toEqual([]);
});

it('leads to the first row of the file that the issue names', () => {
  const text = network(dense('"units": 1'), '"data": { "csv": "a.csv", "target": "y" }');
  const document = parseNetwork(text);
  if (!document.network) throw new Error(text);
  const data = { 'a.csv': 'a,b,y\n1,2,3\n\n4,5,6\n7,?,8\n9,,1\n' };
  const [found] = loadDataset(document.network, inferShapes(document.network), data).issues;
  expect(found).toMatchObject({ code: 'data.csv.number', severity: 'error' });
  const issue = { ...found, range: { start: 0, end: 1 } };
  expect(relatedTo(document, issue)).toMatchObject([{ kind: 'file', path: 'a.csv', row: 5 }]);
});

it('has nothing to add to most issues', () => {
  const { issues, ...document } = parseNetwork(network(dense('"units": "four"')));
  expect(issues.flatMap(issue => relatedTo({ ...document, issues }, issue))).toEqual([]);
});
