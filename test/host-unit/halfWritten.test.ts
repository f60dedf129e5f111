/** A disk that becomes full while a file is written, or goes away then: what was there before stays whole, whoever writes. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Uri as VscodeUri } from 'vscode';
import { saveChart } from '../../src/host/chartFiles';
import { saveCheckpoint } from '../../src/host/checkpoints';
import { KeptRuns } from '../../src/host/keptRuns';
import { newNetwork } from '../../src/host/newNetwork';
import { saveWhole, writeWhole } from '../../src/host/weightsFiles';
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
  it('is the old one or the new one, wherever it breaks off', async () => {
    const fault = fc.record({
      before: fc.option(fc.nat(40)),
      after: fc.nat(40),
      room: fc.nat(50),
      rename: fc.boolean(),
      removal: fc.boolean(),
    });
    let broken = 0;
    await fc.assert(
      fc.asyncProperty(fault, async ({ before, after, room, rename, removal }) => {
        editor.reset();
        const old = before === null ? undefined : bytes(before, 1);
        if (old) editor.files.set('/work/a.bin', old);
        editor.fullAfter = () => room;
        const renaming = vi.spyOn(workspace.fs, 'rename');
        if (rename) renaming.mockRejectedValue(new Error('the disk is gone'));
        const removing = vi.spyOn(workspace.fs, 'delete');
        if (removal) removing.mockRejectedValue(new Error('the disk is gone'));
        const failed = await writeWhole(file('/work/a.bin'), bytes(after, 2)).then(
          () => false,
          () => true,
        );
        vi.restoreAllMocks();
        expect(failed).toBe(room < after || rename);
        broken += Number(failed);
        expect(editor.files.get('/work/a.bin')).toEqual(failed ? old : bytes(after, 2));
        // What could not be removed has a name that nothing reads.
        const others = [...editor.files.keys()].filter(path => path !== '/work/a.bin');
        expect(others.every(path => path.endsWith('.tmp'))).toBe(true);
        if (!removal) expect(others).toEqual([]);
      }),
      { numRuns: 500 },
    );
    expect(broken).toBeGreaterThan(100);
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
