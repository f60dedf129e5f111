/** Restoring a kept moment of a run: the text, its undo steps, and the run that goes on from there. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { settled, TEXT } from './support/host';
import { denseNow, host, open, textNow, warnings } from './support/running';
import { editor } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

beforeEach(() => editor.reset());
afterEach(() => host.runs.dispose());

/** Three epochs, kept as the snapshots 2, 3 and 4 after the start. */
async function trained(writeBack = 'onStop') {
  const opened = await open();
  editor.configure('nabla.train.writeBack', writeBack);
  await opened.run.train();
  for (let epoch = 0; epoch < 3; epoch++) opened.worker.advance(1);
  opened.worker.finish();
  await opened.run.whenStopped();
  return opened;
}

describe('restoring', () => {
  it('is one undo step with its name, and the run goes on from there', async () => {
    const { run, worker } = await trained();
    const end = textNow();
    await run.restore(2);
    expect(denseNow()).toMatchObject({ weights: [[1.5, 1.5]], bias: [1] });
    expect(worker.values).toEqual([1.5, 1.5, 1]);
    expect(host.document.undoSteps).toBe(2);
    expect(editor.applied.at(-1)?.edits[0].label).toBe('Restore epoch 1');
    expect(run.record.ahead).toBe(false);
    // What is written is what the run has: nothing is loaded anew, so everything that was kept stays.
    await settled();
    expect(worker.loads).toHaveLength(1);
    await run.step('epoch');
    expect(denseNow().weights).toEqual([[2.5, 2.5]]);
    host.document.undo();
    host.document.undo();
    expect(textNow()).toBe(end);
  });

  it('writes every digit', async () => {
    const text = TEXT.replace('"training": {', '"training": { "precision": "float64",');
    const { run, worker } = await open(text);
    const values = [1 / 3, -Math.PI * 1e-9, 0.1 + 0.2];
    worker.kept.push({ values, epoch: 7.25, loss: 0.5 });
    await run.restore(2);
    const { weights, bias } = denseNow();
    expect([...(weights?.[0] ?? []), ...(bias ?? [])]).toEqual(values);
    expect(editor.applied.at(-1)?.edits[0].label).toBe('Restore epoch 7.25');
  });

  it('pauses a training first, whose weights are written before: undo leads back to them', async () => {
    const { run, worker } = await open();
    await run.train();
    worker.advance(1);
    worker.advance(1);
    await run.restore(1);
    expect(run.record.running).toBe(false);
    expect(denseNow().weights).toEqual([[0.5, 0.5]]);
    expect(host.document.undoSteps).toBe(2);
    host.document.undo();
    expect(denseNow().weights).toEqual([[2.5, 2.5]]);
  });

  it('writes also where the settings keep trained weights out of the text: it was asked for', async () => {
    const { run } = await trained('never');
    expect(textNow()).toBe(TEXT);
    await run.restore(3);
    expect(denseNow().weights).toEqual([[2.5, 2.5]]);
    expect(run.record.ahead).toBe(false);
    expect(warnings()).toEqual([]);
  });

  it('refuses a moment that is not kept any more, and changes nothing', async () => {
    const { run, worker } = await trained();
    const before = textNow();
    await expect(run.restore(99)).rejects.toThrow(
      'The numbers of that moment are not kept any more; nothing was restored.',
    );
    expect(textNow()).toBe(before);
    expect(worker.calls).not.toContain('restore');
  });

  it('leaves the run as it is where the text cannot be written', async () => {
    const { run, worker } = await trained();
    editor.readOnly.add(host.uri.path);
    await expect(run.restore(2)).rejects.toThrow();
    expect(worker.values).toEqual([3.5, 3.5, 3]);
    expect(worker.calls).not.toContain('restore');
  });
});
