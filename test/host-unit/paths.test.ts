/** No path of a network file leads out of the folder in which its files must lie: not as it is written, nor by a link. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Uri as VscodeUri } from 'vscode';
import { readDataFiles, resolveDataPath } from '../../src/host/dataFiles';
import { leadsOut } from '../../src/host/leadsOut.desktop';
import { followLinks } from '../../src/host/links';
import { readWeights, writeWeights } from '../../src/host/weightsFiles';
import type { Network } from '../../src/network/network';
import { parseNetwork } from '../../src/network/parse';
import { editor, Uri } from './support/vscode';
import { TEXT } from './support/host';

vi.mock('vscode', () => import('./support/vscode'));

const document = Uri.file('/work/nets/a.nn.json') as unknown as VscodeUri;

beforeEach(() => editor.reset());
afterEach(() => followLinks({}));

describe('a path as it is written', () => {
  /** Parts that somebody tries who wants to get out. */
  const part = fc.oneof(
    fc.constantFrom('..', '.', '', '...', '..;', '.. ', ' ..', '%2e%2e', '%2E%2E%2F..', '..%00'),
    fc.constantFrom(
      '..\\',
      '\\..',
      'C:',
      'c:..',
      '~',
      'a',
      'nets',
      'work',
      '\u2025',
      '\uff0e\uff0e',
    ),
    fc.constantFrom(
      'file:',
      'vscode-remote:',
      'http:',
      '//host',
      '\0',
      '\u202e..',
      '\r\n',
      '?',
      '#..',
    ),
    fc.string({ maxLength: 4, unit: 'binary' }),
  );
  const path = fc.array(part, { minLength: 1, maxLength: 8 }).map(parts => parts.join('/'));

  it('stays within, or is refused', () => {
    let [taken, refused] = [0, 0];
    fc.assert(
      fc.property(path, written => {
        let uri: VscodeUri;
        try {
          uri = resolveDataPath(document, { path: written, place: ['data', 'csv'] });
        } catch (error) {
          refused++;
          expect(error).toMatchObject({ name: 'DataFileError', issue: { code: 'data.csv.path' } });
          return;
        }
        taken++;
        expect(uri.scheme).toBe('file');
        expect(posix.normalize(uri.path)).toMatch(/^\/work(\/|$)/);
      }),
      { numRuns: 5000 },
    );
    expect(Math.min(taken, refused)).toBeGreaterThan(300);
  });

  it.each(['%2e%2e/%2e%2e/secret.csv', '..%2f..%2fsecret.csv', '%252e%252e/secret.csv'])(
    'with %s is a name like any other',
    async written => {
      editor.write('/secret.csv', 'a,b\n');
      editor.write('/work/secret.csv', 'a,b\n');
      const network = { data: { source: { type: 'csv', path: written } } } as unknown as Network;
      await expect(readDataFiles(document, network)).rejects.toThrow(/was not found beside/);
    },
  );
});

describe('a link on the disk', () => {
  let root: string;
  const uri = (...path: string[]) => Uri.file(join(root, ...path)) as unknown as VscodeUri;

  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'nabla-links-')));
    for (const folder of ['in/nets/deep', 'in/data', 'out', 'in-beside']) {
      mkdirSync(join(root, folder), { recursive: true });
      writeFileSync(join(root, folder, 'd.csv'), 'a\n');
    }
    symlinkSync('../data', join(root, 'in/nets/inside'));
    symlinkSync('../../out', join(root, 'in/nets/outside'));
    symlinkSync('../../out/d.csv', join(root, 'in/nets/file.csv'));
    symlinkSync('../../in-beside', join(root, 'in/nets/beside'));
    symlinkSync('outside', join(root, 'in/nets/twice'));
    symlinkSync('loop', join(root, 'in/nets/loop'));
    symlinkSync('in', join(root, 'linked'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it.each([
    ['inside/d.csv', false],
    ['deep/d.csv', false],
    ['outside/d.csv', true],
    ['file.csv', true],
    ['beside/d.csv', true],
    ['twice/d.csv', true],
    // What is not there yet lies where its folder does.
    ['outside/new.safetensors', true],
    ['inside/new.safetensors', false],
    ['nothing/at/all.csv', false],
    // Writing makes the folders that are missing.
    ['outside/new/x.safetensors', true],
    ['twice/new/deep/x.safetensors', true],
    ['inside/new/x.safetensors', false],
    ['loop', false],
  ])('%s: %s', async (path, expected) => {
    expect(await leadsOut(uri('in'), uri('in/nets', path))).toBe(expected);
    // Also where the folder itself is one.
    expect(await leadsOut(uri('linked'), uri('linked/nets', path))).toBe(expected);
  });

  it('is not known of files elsewhere', async () => {
    const remote = { scheme: 'vscode-remote', path: '/in/a' } as VscodeUri;
    expect(await leadsOut(uri('in'), remote)).toBe(false);
  });
});

describe('a file to which a link leads out', () => {
  const network = parseNetwork(TEXT).network!;
  const weights = { ...network, weights: { file: 'w.safetensors', sha256: '0'.repeat(64) } };

  beforeEach(() => {
    editor.write('/work/nets/d.csv', 'a,b\n1,2\n');
    editor.write('/work/nets/w.safetensors', 'x');
    followLinks({ leadsOut: () => Promise.resolve(true) });
  });

  it('is no data: it is not read, and the place is named', async () => {
    const csv = { data: { source: { type: 'csv', path: 'd.csv', target: 'b' } } };
    await expect(readDataFiles(document, csv as unknown as Network)).rejects.toMatchObject({
      message: expect.stringMatching(
        /"d\.csv" leads by a link out of the folder "\/work"/,
      ) as string,
      issue: { code: 'data.csv.path', path: ['data', 'csv'] },
    });
  });

  it('is no file of weights, neither to read nor to write', async () => {
    const files = [...editor.files.keys()];
    const error = { name: 'WeightsError', code: 'weights.path' };
    await expect(readWeights(document, weights as Network)).rejects.toMatchObject(error);
    await expect(writeWeights(document, network, new Float64Array(3))).rejects.toMatchObject(error);
    expect([...editor.files.keys()]).toEqual(files);
  });
});
