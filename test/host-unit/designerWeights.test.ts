/** Which weights a gesture of the designer is made on: those that the person sees. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { NetworkEdit } from '../../src/network/edit';
import { host, open, started, TEXT } from './support/designing';
import { settled } from './support/host';
import { editor } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

afterEach(() => host.runs.dispose());

describe('weights that the person sees', () => {
  it('are counted: kept and new', async () => {
    const { edits, weights } = open();
    const grown = await edits.edit({ type: 'setUnits', layer: 0, units: 3 }, 1);
    // 2 × 2 + 2 and 2 + 1 were there; a row of 2, a bias and a weight of the next layer are new.
    expect(grown).toEqual({ applied: true, version: 2, kept: { kept: 9, fresh: 4 } });
    expect(weights(0)?.slice(0, 2)).toEqual([
      [0.1, 0.2],
      [0.3, 0.4],
    ]);
    expect(host.document.undoSteps).toBe(1);
    host.document.undo();
    expect(host.document.getText()).toBe(TEXT);
  });

  it('are those of a run that is ahead of the text: one undo step has them and the gesture', async () => {
    const { edits, run, worker, weights } = await started();
    editor.configure('nabla.train.writeBack', 'ask');
    await run.step('epoch'); // everything + 1, not written
    await settled();
    expect(run.record.ahead).toBe(true);
    expect(weights(1)).toEqual([[5, 6]]);
    const edit = { type: 'setParameter', layer: 1, kind: 'weight', row: 0, column: 1 } as const;
    expect(await edits.edit({ ...edit, value: -1 }, 1)).toMatchObject({ applied: true });
    expect(weights(0)?.[0][0]).toBeCloseTo(1.1, 12);
    expect(weights(1)).toEqual([[6, -1]]);
    expect(host.document.undoSteps).toBe(1);
    await settled();
    expect(run.record.ahead).toBe(false);
    expect(worker.values.slice(-3)).toEqual([6, -1, 8]);
  });

  describe('where nothing shall be written back', () => {
    const grow: NetworkEdit = { type: 'setUnits', layer: 1, units: 2 };

    async function trained(answer: string | undefined) {
      const opened = await started();
      editor.configure('nabla.train.writeBack', 'never');
      editor.answer = () => answer ?? 'Cancel';
      await opened.run.step('epoch');
      return opened;
    }

    it('stay out of the text when the person says so, who is asked once', async () => {
      const { edits, run, weights } = await trained('Change without Them');
      expect(await edits.edit(grow, 1)).toMatchObject({ applied: true });
      await settled();
      expect(weights(0)?.[0]).toEqual([0.1, 0.2]);
      expect(weights(1)?.[0]).toEqual([5, 6]);
      expect(run.record.ahead).toBe(false);
      await edits.edit({ ...grow, units: 3 }, host.document.version);
      expect(editor.messages).toHaveLength(1);
      expect(editor.messages[0].message).toMatch(/trained weights that are not in the file/);
    });

    it('go into the text with the change, as one undo step, when the person says so', async () => {
      const { edits, run, weights } = await trained('Write Weights and Change');
      expect(await edits.edit(grow, 1)).toMatchObject({ applied: true });
      await settled();
      expect(weights(0)?.[0][0]).toBeCloseTo(1.1, 12);
      expect(weights(1)?.[0]).toEqual([6, 7]);
      expect(host.document.undoSteps).toBe(1);
      expect(run.record.ahead).toBe(false);
      expect(editor.messages).toHaveLength(1);
    });

    it('stay in the run, and the text as it is, when the person closes the question', async () => {
      const { edits, run, text, worker } = await trained(undefined);
      const loads = worker.loads.length;
      expect(await edits.edit(grow, 1)).toMatchObject({
        applied: false,
        message: expect.stringMatching(/still in the run/) as string,
      });
      await settled();
      expect(text()).toBe(TEXT);
      expect(run.record.ahead).toBe(true);
      expect(worker.loads).toHaveLength(loads);
    });

    it('are asked about while they are being trained', async () => {
      const { edits, run, worker, text } = await trained(undefined);
      await run.train();
      worker.advance(1);
      expect(await edits.edit(grow, 1)).toMatchObject({ applied: false });
      expect(run.record.running).toBe(true);
      expect(text()).toBe(TEXT);
      await run.pause();
    });
  });

  it('are those at which a running training was paused by the gesture', async () => {
    const { edits, run, worker, weights } = await started();
    await run.train();
    await settled();
    worker.advance(2);
    expect(run.record.running).toBe(true);
    expect(await edits.edit({ type: 'removeLayer', layer: 0 }, 1)).toMatchObject({ applied: true });
    expect(run.record.running).toBe(false);
    expect(weights(0)).toEqual([[7, 8]]);
    expect(host.document.undoSteps).toBe(2); // the training, then the gesture
    expect(editor.messages).toEqual([]);
  });

  it('stay in the run when a setting alone changes', async () => {
    const { edits, run, worker } = await started();
    editor.configure('nabla.train.writeBack', 'ask');
    await run.step('epoch');
    const edit = { type: 'setActivation', layer: 0, activation: 'relu' } as const;
    expect(await edits.edit(edit, 1)).toEqual({ applied: true, version: 2 });
    await settled();
    expect(run.record.ahead).toBe(true);
    expect(worker.loads.at(-1)).toMatchObject({ keepParameters: true });
  });

  it('fill a layer whose numbers are the seed’s, without asking the worker', async () => {
    const { edits, weights } = open(
      TEXT.replace(/"weights": \[\[5, 6\]\], "bias": \[7\]/, '"useBias": true'),
    );
    const edit = { type: 'setParameter', layer: 1, kind: 'weight', row: 0, column: 0 } as const;
    expect(await edits.edit({ ...edit, value: 0.5 }, 1)).toMatchObject({ applied: true });
    const [[first, second]] = weights(1)!;
    expect(first).toBe(0.5);
    expect(Math.abs(second)).toBeGreaterThan(0);
    expect(host.workers).toHaveLength(0);
  });
});

it('writes a bias by hand where the file has the weights alone', async () => {
  const { edits, read, weights } = open(
    TEXT.replace(', "bias": [7]', '').replace(/,\s+"bias": \[1, 2\]/, ''),
  );
  const place = { type: 'setParameter', layer: 0, kind: 'bias', row: 1, column: 0 } as const;
  expect(await edits.edit({ ...place, value: 0.5 }, 1)).toMatchObject({ applied: true });
  expect(read().network!.layers[0]).toMatchObject({ bias: [0, 0.5] });
  expect(weights(0)).toEqual([
    [0.1, 0.2],
    [0.3, 0.4],
  ]);
});
