import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Uri as VscodeUri } from 'vscode';
import { csvFiles, pathFrom, previewCsv, startText } from '../../src/host/csv';
import { MAX_TEXT_BYTES } from '../../src/data/steps';
import { parseNetwork } from '../../src/network/parse';
import { editor, Uri, workspace } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

const at = (path: string) => Uri.file(path) as unknown as VscodeUri;
const document = at('/work/nets/iris.nn.json');

beforeEach(() => {
  vi.restoreAllMocks();
  editor.reset();
});

describe('csvFiles', () => {
  it('names the files of the workspace folder as the network would, the nearest first', async () => {
    editor.write('/work/z.csv', 'a,b\n');
    editor.write('/work/nets/deep/x.tsv', 'a\tb\n1\t2');
    editor.write('/work/nets/b.csv', 'a,b\n');
    editor.write('/work/nets/notes.txt', 'a');
    editor.write('/elsewhere/c.csv', 'a,b\n');
    expect(await csvFiles(document)).toEqual([
      { path: 'b.csv', bytes: 4 },
      { path: '../z.csv', bytes: 4 },
      { path: 'deep/x.tsv', bytes: 7 },
    ]);
  });

  it('keeps a network outside of the workspace to its own folder', async () => {
    editor.write('/home/me/a.csv', '1');
    editor.write('/home/b.csv', '1');
    expect(await csvFiles(at('/home/me/x.nn.json'))).toEqual([{ path: 'a.csv', bytes: 1 }]);
  });

  it('lists at most two hundred, and nothing for a document that lies nowhere', async () => {
    for (let i = 0; i < 300; i++) editor.write(`/work/nets/${i}.csv`, '1');
    expect(await csvFiles(document)).toHaveLength(200);
    const untitled = Uri.from({ scheme: 'untitled', path: 'x.nn.json' }) as unknown as VscodeUri;
    expect(await csvFiles(untitled)).toEqual([]);
  });

  it('gives paths that can be read', async () => {
    editor.write('/work/data/a b.csv', 'a,t\n1,2\n');
    const [{ path }] = await csvFiles(document);
    expect(path).toBe('../data/a b.csv');
    expect(await previewCsv(document, path)).toMatchObject({ path, rows: 1, bytes: 8 });
    expect(pathFrom(document, at('/work/nets/iris.csv'))).toBe('iris.csv');
  });
});

describe('previewCsv', () => {
  it.each([
    ['../../secret.csv', /leaves the folder "\/work"/],
    ['/etc/passwd', /is absolute/],
    ['https://example.com/a.csv', /drive or a scheme/],
    ['', /empty/],
    ['none.csv', /was not found/],
  ])('refuses %j', async (path, message) => {
    editor.write('/secret.csv', 'a,b\n1,2');
    const read = vi.spyOn(workspace.fs, 'readFile');
    await expect(previewCsv(document, path)).rejects.toThrow(message);
    expect(read).not.toHaveBeenCalled();
  });

  it('refuses 100 MB with the size, unread', async () => {
    editor.files.set('/work/nets/big.csv', { byteLength: 100 * 1024 * 1024 } as Uint8Array);
    const read = vi.spyOn(workspace.fs, 'readFile');
    const most = MAX_TEXT_BYTES / 1024 / 1024;
    await expect(previewCsv(document, 'big.csv')).rejects.toThrow(
      `has 100 MB; at most ${most} MB are read`,
    );
    expect(read).not.toHaveBeenCalled();
  });
});

describe('startText', () => {
  it('writes a network for a file, that names it as it was named', async () => {
    editor.write('/work/a.csv', 'u,v,t\n1,2,x\n3,4,y\n5,5,z\n');
    const { network, issues } = parseNetwork(await startText(document, { csv: '../a.csv' }));
    expect(issues).toEqual([]);
    expect(network?.data?.source).toMatchObject({ path: '../a.csv', target: 't' });
    expect(network?.layers.at(-1)).toMatchObject({ units: 3, activation: 'softmax' });
  });

  it.each([
    ['empty.csv', /is empty/],
    ['ragged.csv', /line 3/],
    ['none.csv', /was not found/],
    ['../../x.csv', /leaves the folder/],
  ])('refuses %s as an edit is refused', async (path, message) => {
    editor.write('/work/nets/empty.csv', '');
    editor.write('/work/nets/ragged.csv', 'a,b\n1,2\n3\n');
    await expect(startText(document, { csv: path })).rejects.toMatchObject({
      name: 'EditRefused',
      message: expect.stringMatching(message),
    });
  });
});
