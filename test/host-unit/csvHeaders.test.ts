import { beforeEach, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import { CsvHeaders } from '../../src/host/csvHeaders';
import { Completions } from '../../src/host/completions';
import { editor, Uri } from './support/vscode';
import type { CompletionItem } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

const NETWORK = Uri.file('/work/nets/a.nn.json') as unknown as vscode.Uri;
const rows = (count: number): string => `a,b,class\n${'1,2,x\n'.repeat(count)}`;

beforeEach(() => editor.reset());

it('knows the columns of a file beside the network, and of one above it', async () => {
  editor.write('/work/nets/near.csv', 'x;y\r\n1;2\r\n');
  editor.write('/work/far.csv', '"a b",c,,c\n1,2,3,4\n');
  const headers = new CsvHeaders({});
  expect(await headers.names(NETWORK, 'near.csv')).toEqual(['x', 'y']);
  expect(await headers.names(NETWORK, '../far.csv')).toEqual(['a b', 'c']);
});

it('knows nothing of files that are not there or may not be read', async () => {
  editor.write('/other/secret.csv', 'a,b\n1,2\n');
  const headers = new CsvHeaders({});
  for (const path of ['nobody.csv', '../../other/secret.csv', '/other/secret.csv', '', 'C:\\a.csv'])
    expect(await headers.names(NETWORK, path), path).toEqual([]);
});

it('reads the beginning of a large file, where that can be read alone', async () => {
  const text = rows(100_000);
  editor.write('/work/nets/large.csv', text);
  const asked: number[] = [];
  const readStart = (_: unknown, most: number) => {
    asked.push(most);
    return Promise.resolve(new TextEncoder().encode(text.slice(0, most)));
  };
  const headers = new CsvHeaders({ readStart });
  expect(await headers.names(NETWORK, 'large.csv')).toEqual(['a', 'b', 'class']);
  expect(await headers.names(NETWORK, 'large.csv')).toEqual(['a', 'b', 'class']);
  expect(asked).toEqual([128 * 1024]);
});

it('leaves a file alone that could only be read as a whole and is too large for that', async () => {
  editor.write('/work/nets/huge.csv', rows(2_000_000));
  const nowhere = () => Promise.resolve(undefined);
  expect(await new CsvHeaders({ readStart: nowhere }).names(NETWORK, 'huge.csv')).toEqual([]);
  expect(await new CsvHeaders({}).names(NETWORK, 'huge.csv')).toEqual([]);
});

it('looks again when the file has changed', async () => {
  editor.write('/work/nets/a.csv', 'a,b\n1,2\n');
  const headers = new CsvHeaders({});
  expect(await headers.names(NETWORK, 'a.csv')).toEqual(['a', 'b']);
  editor.write('/work/nets/a.csv', 'a,b,c\n1,2,3\n');
  expect(await headers.names(NETWORK, 'a.csv')).toEqual(['a', 'b', 'c']);
});

it('proposes columns in the order of the file, as texts that replace the quotes, too', async () => {
  editor.write('/work/nets/a.csv', 'z,b "c",a\n1,2,3\n');
  const text = '{ "data": { "csv": "a.csv", "inputs": ["z"], "target": "" } }';
  const document = editor.open('/work/nets/a.nn.json', text);
  const position = document.positionAt(text.indexOf('""') + 1);
  const items = (await new Completions(new CsvHeaders({})).provideCompletionItems(
    document as unknown as vscode.TextDocument,
    position as unknown as vscode.Position,
  )) as unknown as CompletionItem[];
  expect(items.map(({ label }) => label)).toEqual(['b "c"', 'a']);
  expect(items.map(({ insertText }) => insertText)).toEqual(['"b \\"c\\""', '"a"']);
  const [{ range, filterText }] = items;
  expect(filterText).toBe('"b \\"c\\""');
  expect(document.offsetAt(range!.end) - document.offsetAt(range!.start)).toBe(2);
});
