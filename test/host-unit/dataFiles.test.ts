import { beforeEach, expect, it, vi } from 'vitest';
import type { Uri as VscodeUri } from 'vscode';
import { MAX_DATA_BYTES, readDataFiles } from '../../src/host/dataFiles';
import type { Network } from '../../src/network/network';
import { editor, Uri, workspace } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

const document = Uri.file('/work/nets/iris.nn.json') as unknown as VscodeUri;
const naming = (path: string) =>
  ({ data: { source: { type: 'csv', path, target: 'y' } } }) as unknown as Network;

beforeEach(() => {
  vi.restoreAllMocks();
  editor.reset();
});

it('reads a file beside the network, by its name in the network', async () => {
  editor.write('/work/nets/data/iris.csv', 'a,b\n1,2\n');
  expect(await readDataFiles(document, naming('data/iris.csv'))).toEqual({
    'data/iris.csv': new TextEncoder().encode('a,b\n1,2\n'),
  });
});

it('reads a file elsewhere in the workspace', async () => {
  editor.write('/work/shared.csv', 'a,b\n1,2\n');
  expect(await readDataFiles(document, naming('../shared.csv'))).toEqual({
    '../shared.csv': new TextEncoder().encode('a,b\n1,2\n'),
  });
});

it('keeps a network outside of the workspace to its own folder', async () => {
  const alone = Uri.file('/home/me/iris.nn.json') as unknown as VscodeUri;
  editor.write('/home/me/a.csv', 'a,b\n');
  expect(await readDataFiles(alone, naming('data/../a.csv'))).toHaveProperty(['data/../a.csv']);
  await expect(readDataFiles(alone, naming('../a.csv'))).rejects.toThrow(/leaves the folder/);
});

it('reads nothing for a network without files', async () => {
  expect(await readDataFiles(document, {} as Network)).toEqual({});
});

it.each([
  ['../../secret.csv', /leaves the folder "\/work"/],
  ['data/../../../work/secret.csv', /leaves the folder/],
  ['/etc/passwd', /is absolute/],
  ['C:\\data.csv', /drive or a scheme/],
  ['..\\data.csv', /backslash/],
  ['file:///etc/passwd', /drive or a scheme/],
  ['https://example.com/a.csv', /drive or a scheme/],
  ['', /empty/],
])('refuses %s before anything is read', async (path, message) => {
  const read = vi.spyOn(workspace.fs, 'readFile');
  const stat = vi.spyOn(workspace.fs, 'stat');
  editor.write('/work/secret.csv', 'a,b\n');
  const error = await readDataFiles(document, naming(path)).catch((e: unknown) => e);
  expect(error).toMatchObject({
    name: 'DataFileError',
    message: expect.stringMatching(message),
    issue: { severity: 'error', path: ['data', 'csv'] },
  });
  expect(read).not.toHaveBeenCalled();
  expect(stat).not.toHaveBeenCalled();
});

it('names a missing file', async () => {
  await expect(readDataFiles(document, naming('none.csv'))).rejects.toThrow(/"none.csv" was not/);
});

it('refuses a file that is too large, naming both sizes', async () => {
  editor.files.set('/work/nets/big.csv', { byteLength: MAX_DATA_BYTES + 1 } as Uint8Array);
  await expect(readDataFiles(document, naming('big.csv'))).rejects.toThrow(
    /has 257 MB; at most 256/,
  );
});
