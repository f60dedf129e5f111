/** The files that a network names, and which paths no file can have. */
import { describe, expect, it } from 'vitest';
import {
  dataFilePlaces,
  dataFiles,
  filesNamed,
  foldersAbove,
  pathFault,
} from '../../src/network/dataFiles';
import { parseNetwork } from '../../src/network/parse';
import { network, withData } from './support/marked';

function parsed(text: string) {
  const { network: found } = parseNetwork(text);
  if (!found) throw new Error('no network');
  return found;
}

describe('the files of the data', () => {
  it.each([
    [
      '{ "csv": "a/b.csv", "target": "y" }',
      [{ path: 'a/b.csv', place: ['data', 'csv'] }],
      ['a/b.csv'],
    ],
    [
      '{ "idx": { "images": "i", "labels": "l" } }',
      [
        { path: 'i', place: ['data', 'idx', 'images'] },
        { path: 'l', place: ['data', 'idx', 'labels'] },
      ],
      ['i', 'l'],
    ],
    [
      '{ "idx": { "images": "same", "labels": "same" } }',
      [
        { path: 'same', place: ['data', 'idx', 'images'] },
        { path: 'same', place: ['data', 'idx', 'labels'] },
      ],
      ['same'],
    ],
    ['{ "generator": "xor" }', [], []],
    ['{ "inline": [{ "x": [0, 0], "y": [0] }] }', [], []],
  ])('%s', (data, places, files) => {
    const found = parsed(withData(data));
    expect(dataFilePlaces(found)).toEqual(places);
    expect(dataFiles(found)).toEqual(files);
  });

  it('are none of a network without data', () => {
    expect(dataFilePlaces(parsed(network()))).toEqual([]);
  });
});

describe('the files that a text names', () => {
  /** Each with what stands at its range. */
  const named = (text: string) =>
    filesNamed(parseNetwork(text)).map(({ path, place, range }) => [
      place.join('.'),
      path,
      text.slice(range.start - 1, range.end + 1),
    ]);

  it('have a place between the quotes, in the order of their kinds', () => {
    const weights = `{ "file": "w.safetensors", "sha256": "${'0'.repeat(64)}" }`;
    expect(
      named(network({ weights, data: '{ "idx": { "labels": "é.gz", "images": "i" } }' })),
    ).toEqual([
      ['data.idx.images', 'i', '"i"'],
      ['data.idx.labels', 'é.gz', '"é.gz"'],
      ['weights.file', 'w.safetensors', '"w.safetensors"'],
    ]);
    expect(named('{ "data": { "csv": /* here */ "a.csv" } }')).toEqual([
      ['data.csv', 'a.csv', '"a.csv"'],
    ]);
  });

  it.each([
    '{ "data": { "csv": "" } }',
    '{ "data": { "csv": 7 } }',
    '{ "data": { "csv": null, "idx": ["a"] } }',
    '{ "data": "a.csv", "weights": "w" }',
    '[]',
    '',
  ])('are none in %s', text => {
    expect(named(text)).toEqual([]);
  });
});

describe('a path', () => {
  const relative = 'Write it relative to this file, with "/" between folders.';

  it.each([
    ['', 'is empty'],
    [' \t', 'is empty'],
    ['a\0b', 'contains a control character'],
    ['a\nb', 'contains a control character'],
    ['a\x1f', 'contains a control character'],
    ['C:/a.csv', 'begins with a drive or a scheme'],
    ['c:a', 'begins with a drive or a scheme'],
    ['https://x.org/a.csv', 'begins with a drive or a scheme'],
    ['git+ssh.2-x:a', 'begins with a drive or a scheme'],
    ['a\\b', 'contains a backslash'],
    ['\\\\server\\a', 'contains a backslash'],
    ['/a', 'is absolute'],
    ['//a', 'is absolute'],
  ])('%j %s', (path, fault) => {
    expect(pathFault(path)).toBe(`${fault}. ${relative}`);
  });

  it.each(['a', ' a b ', 'a/b.csv', '../a', './a', 'a//b', 'a/', '~', 'é/数据', 'a\x7f'])(
    '%j may be one',
    path => {
      expect(pathFault(path)).toBeUndefined();
    },
  );

  it.each(['1:a', 'a b:c', 'a/b:c', ':a', '-a:b'])('%j begins with no scheme', path => {
    expect(pathFault(path)).toBeUndefined();
  });

  it.each([
    ['', 0],
    ['a.csv', 0],
    ['a/b/../../c', 0],
    ['a/..', 0],
    ['..', 1],
    ['../a', 1],
    ['../..', 2],
    ['../../a/b/c', 2],
    ['../a/b/../../../c', 2],
    ['a/../..', 1],
    ['./../a', 1],
    ['a/./../..', 1],
    ['a//../..', 1],
    ['.//..', 1],
    ['...', 0],
    ['..a/../..', 1],
  ])('%j climbs %i folders', (path, above) => {
    expect(foldersAbove(path)).toBe(above);
  });
});
