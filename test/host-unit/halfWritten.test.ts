/** A disk that becomes full while a file is written, or goes away then: what was there before stays whole, whoever writes. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Uri as VscodeUri } from 'vscode';
import { saveChart } from '../../src/host/chartFiles';
import { saveCheckpoint } from '../../src/host/checkpoints';
import { KeptRuns } from '../../src/host/keptRuns';
import { newNetwork } from '../../src/host/newNetwork';
import { saveWhole, writeWhole } from '../../src/host/wholeFiles';
import { createHostWith } from './support/host';
import { sessionPort } from './support/session';
import { circle } from './support/circle';
import { editor, Uri, window, workspace } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

const file = (path: string) => Uri.file(path) as unknown as VscodeUri;
const bytes = (length: number, value: number) => new Uint8Array(length).fill(value);

beforeEach(() => editor.reset());
afterEach(() => vi.restoreAllMocks());

describe('a file that is written', () => {
  /** A rename that fails so many times, having removed what was there, as VS Code's does, or not yet. */
  function breakRename(times: number, removes: boolean): void {
    const rename = workspace.fs.rename.bind(workspace.fs);
    let left = times;
    vi.spyOn(workspace.fs, 'rename').mockImplementation((from, to, options) => {
      if (left-- <= 0) return rename(from, to, options);
      if (removes) editor.files.delete(to.path);
      return Promise.reject(new Error('the disk is gone'));
    });
  }

  /** Why it failed; undefined where it did not. */
  const failureOf = (writing: Promise<void>): Promise<Error | undefined> =>
    writing.then(
      () => undefined,
      (error: unknown) => error as Error,
    );

  const beside = (path: string): string[] => [...editor.files.keys()].filter(name => name !== path);

  it('is the old one or the new one, wherever it breaks off', async () => {
    const fault = fc.record({
      before: fc.option(fc.nat(40)),
      after: fc.nat(40),
      room: fc.nat(50),
      renames: fc.nat(2),
      removes: fc.boolean(),
      removal: fc.boolean(),
    });
    const ends = { broken: 0, mended: 0, beside: 0 };
    await fc.assert(
      fc.asyncProperty(fault, async ({ before, after, room, renames, removes, removal }) => {
        editor.reset();
        const old = before === null ? undefined : bytes(before, 1);
        if (old) editor.files.set('/work/a.bin', old);
        editor.fullAfter = () => room;
        breakRename(renames, removes);
        const removing = vi.spyOn(workspace.fs, 'delete');
        if (removal) removing.mockRejectedValue(new Error('the disk is gone'));
        const failure = await failureOf(writeWhole(file('/work/a.bin'), bytes(after, 2)));
        vi.restoreAllMocks();
        const isFull = room < after;
        // What was there went before the new one could come: that it must do then.
        const isGone = !isFull && old !== undefined && removes && renames > 0;
        expect(failure !== undefined).toBe(isFull || renames > (isGone ? 1 : 0));
        const others = beside('/work/a.bin');
        expect(others.every(path => path.endsWith('.tmp'))).toBe(true);
        ends.broken += Number(failure !== undefined);
        if (isGone && failure) {
          ends.beside++;
          expect(others.map(path => editor.files.get(path))).toEqual([bytes(after, 2)]);
          expect(failure.message).toContain(others[0]!.slice('/work/'.length));
          return;
        }
        ends.mended += Number(isGone);
        expect(editor.files.get('/work/a.bin')).toEqual(failure ? old : bytes(after, 2));
        // What could not be removed has a name that nothing reads.
        if (!removal || !failure) expect(others).toEqual([]);
      }),
      { numRuns: 500 },
    );
    expect(ends.broken).toBeGreaterThan(100);
    expect(ends.mended).toBeGreaterThan(20);
    expect(ends.beside).toBeGreaterThan(20);
  });

  it('is named where it lies, when what was there is gone and it cannot take its place', async () => {
    editor.files.set('/work/a.bin', bytes(3, 1));
    breakRename(2, true);
    const failure = await failureOf(saveWhole(file('/work/a.bin'), bytes(5, 2)));
    const [name] = beside('/work/a.bin');
    expect(failure?.message).toBe(
      `a.bin could not take its place (the disk is gone), and what was there is gone. The new file is whole: it is “${name?.slice('/work/'.length)}” in the same folder. Rename it.`,
    );
  });

  it('takes its place as it is where a browser shows nothing but that file', async () => {
    const uri = file('/net.nn.json');
    editor.files.set(uri.path, bytes(3, 1));
    editor.refusesToWrite = path =>
      path === uri.path ? undefined : 'No file system handle registered';
    await saveWhole(uri, bytes(5, 2));
    expect(editor.files.get(uri.path)).toEqual(bytes(5, 2));
    expect(beside(uri.path)).toEqual([]);
  });

  it('is not written over the old one where its folder only refuses another file', async () => {
    editor.files.set('/work/a.bin', bytes(3, 1));
    editor.refusesToWrite = path => (path.endsWith('.tmp') ? 'the folder is read-only' : undefined);
    await expect(writeWhole(file('/work/a.bin'), bytes(5, 2))).rejects.toThrow('read-only');
    expect(editor.files.get('/work/a.bin')).toEqual(bytes(3, 1));
  });

  it('for a person is told with what was kept, and what helps', async () => {
    editor.files.set('/work/a.bin', bytes(3, 1));
    editor.fullAfter = () => 2;
    await expect(saveWhole(file('/work/a.bin'), bytes(5, 2))).rejects.toThrow(
      'a.bin could not be written (no space left on device). A file that was there is as it was. Make room, or choose another place.',
    );
  });
});

describe('whoever writes', () => {
  const OLD = new TextEncoder().encode('what was there');

  /** Each has a file of its own, which is larger than the room that is left. */
  const writers: readonly (readonly [string, string, () => Promise<unknown>])[] = [
    [
      'a new network in the place of another one',
      '/work/sine.nn.json',
      () => newNetwork('sine', Uri.file('/work/sine.nn.json')),
    ],
    [
      'a chart',
      '/work/loss.svg',
      () => {
        vi.spyOn(window, 'showSaveDialog').mockResolvedValue(Uri.file('/work/loss.svg') as never);
        return saveChart(file('/work/net.nn.json'), 'svg', bytes(100, 60));
      },
    ],
    [
      'a run',
      '/work/.nabla/runs/a.jsonl',
      async () => {
        const kept = new KeptRuns();
        const run = { name: 'a.jsonl', lines: 'x'.repeat(100), weights: undefined };
        await kept.keep(file('/work'), run, 9).finally(() => kept.dispose());
      },
    ],
  ];

  it.each(writers)('%s leaves the old file', async (_, path, write) => {
    editor.files.set(path, OLD);
    editor.fullAfter = () => 20;
    await expect(write()).rejects.toThrow('no space left on device');
    expect(editor.files.get(path)).toEqual(OLD);
    expect([...editor.files.keys()].filter(name => name.endsWith('.tmp'))).toEqual([]);
  });

  it('a checkpoint leaves the older one, and the training goes on', async () => {
    const { runs, uri } = createHostWith(sessionPort, circle(4));
    const { run } = runs.acquire(uri);
    const target = Uri.file('/work/c.safetensors');
    await run.train({ epochs: 1 });
    await run.whenStopped();
    await saveCheckpoint(run, target);
    const old = editor.files.get(target.path)!;
    await run.train({ epochs: 1 });
    await run.whenStopped();
    editor.fullAfter = () => old.length / 2;
    await expect(saveCheckpoint(run, target)).rejects.toThrow(/could not be written.*Make room/);
    expect(editor.files.get(target.path)).toEqual(old);
    editor.fullAfter = undefined;
    await saveCheckpoint(run, target);
    expect(editor.files.get(target.path)).not.toEqual(old);
    expect(run.record.state?.epoch).toBe(2);
    runs.dispose();
  });
});
