/** Files on the disk of this machine, written by the editor: one step of the file system between the old one and the new one. */
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import * as files from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Uri as VscodeUri } from 'vscode';
import { writeWhole } from '../../src/host/wholeFile.desktop';
import * as host from '../../src/host/wholeFiles';
import { editor, Uri, workspace } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));
vi.mock('node:fs/promises', async original => {
  const real = await original<typeof files>();
  return { ...real, rename: vi.fn(real.rename) };
});

const bytes = (length: number, value: number) => new Uint8Array(length).fill(value);
const fault = (code: string): Error => Object.assign(new Error(code), { code });

let root: string;
const path = (...parts: string[]): string => join(root, ...parts);
const uri = (...parts: string[]) => Uri.file(path(...parts)) as unknown as VscodeUri;
const read = (...parts: string[]): Uint8Array => new Uint8Array(readFileSync(path(...parts)));
const temporaries = (): string[] => readdirSync(root).filter(name => name.endsWith('.tmp'));

beforeEach(() => {
  editor.reset();
  root = mkdtempSync(join(tmpdir(), 'nabla-whole-'));
});
afterEach(() => {
  host.writeToDisk({});
  vi.restoreAllMocks();
  rmSync(root, { recursive: true });
});

describe('a file on this machine', () => {
  it('is there at every moment, the old one or the new one', async () => {
    await writeWhole(uri('a.bin'), bytes(1000, 0));
    let looks = 0;
    for (let round = 1; round <= 20; round++) {
      const writing = { isDone: false };
      const end = writeWhole(uri('a.bin'), bytes(1000 + round, round)).then(() => {
        writing.isDone = true;
      });
      while (!writing.isDone) {
        const found = read('a.bin');
        const value = found[0]!;
        expect(found.length === 1000 + value && found.every(byte => byte === value)).toBe(true);
        looks++;
        await new Promise(done => void setImmediate(done));
      }
      await end;
      expect(read('a.bin')).toEqual(bytes(1000 + round, round));
    }
    expect(looks).toBeGreaterThanOrEqual(20);
    expect(temporaries()).toEqual([]);
  });

  it('is as it was where the new one cannot take its place', async () => {
    writeFileSync(path('a.bin'), bytes(3, 1));
    vi.mocked(files.rename).mockRejectedValueOnce(fault('EIO'));
    await expect(writeWhole(uri('a.bin'), bytes(5, 2))).rejects.toThrow('EIO');
    expect(read('a.bin')).toEqual(bytes(3, 1));
    expect(temporaries()).toEqual([]);
  });

  it('waits on Windows for who has the old one open', async () => {
    writeFileSync(path('a.bin'), bytes(3, 1));
    const { platform } = process;
    try {
      for (const name of ['win32', 'linux']) {
        Object.defineProperty(process, 'platform', { value: name });
        vi.mocked(files.rename).mockRejectedValueOnce(fault('EPERM'));
        const writing = writeWhole(uri('a.bin'), bytes(5, 2));
        if (name === 'win32') await writing;
        else await expect(writing).rejects.toThrow('EPERM');
      }
    } finally {
      Object.defineProperty(process, 'platform', { value: platform });
    }
    expect(read('a.bin')).toEqual(bytes(5, 2));
  });

  it('stays a folder where it is one', async () => {
    mkdirSync(path('a.bin'));
    writeFileSync(path('a.bin', 'inside'), 'x');
    await expect(writeWhole(uri('a.bin'), bytes(5, 2))).rejects.toThrow('EISDIR');
    expect(readdirSync(path('a.bin'))).toEqual(['inside']);
  });

  it('comes with the folders that are missing', async () => {
    await writeWhole(uri('new', 'deep', 'a.bin'), bytes(5, 2));
    expect(read('new', 'deep', 'a.bin')).toEqual(bytes(5, 2));
  });

  it.skipIf(process.platform === 'win32')('keeps its links and permissions', async () => {
    mkdirSync(path('links'));
    writeFileSync(path('a.bin'), bytes(3, 1));
    chmodSync(path('a.bin'), 0o640);
    symlinkSync('../a.bin', path('links', 'l.bin'));
    await writeWhole(uri('links', 'l.bin'), bytes(5, 2));
    expect(lstatSync(path('links', 'l.bin')).isSymbolicLink()).toBe(true);
    expect(statSync(path('a.bin')).mode & 0o7777).toBe(0o640);
    expect(read('a.bin')).toEqual(bytes(5, 2));
  });
});

describe('the host', () => {
  it('writes to this machine’s disk where it can, and through VS Code elsewhere', async () => {
    host.writeToDisk({ writeWhole });
    const throughEditor = vi.spyOn(workspace.fs, 'rename');
    await host.writeWhole(uri('a.bin'), bytes(5, 2));
    expect(read('a.bin')).toEqual(bytes(5, 2));
    expect(throughEditor).not.toHaveBeenCalled();

    const virtual = Uri.from({ scheme: 'vscode-vfs', path: '/a.bin' }) as unknown as VscodeUri;
    await host.writeWhole(virtual, bytes(4, 3));
    expect(editor.files.get('/a.bin')).toEqual(bytes(4, 3));
    expect(throughEditor).toHaveBeenCalledOnce();
  });

  it('tells a person what the disk says', async () => {
    host.writeToDisk({ writeWhole });
    writeFileSync(path('a.bin'), bytes(3, 1));
    vi.mocked(files.rename).mockRejectedValueOnce(fault('EIO'));
    await expect(host.saveWhole(uri('a.bin'), bytes(5, 2))).rejects.toThrow(
      'a.bin could not be written (EIO). A file that was there is as it was. Make room, or choose another place.',
    );
  });
});
