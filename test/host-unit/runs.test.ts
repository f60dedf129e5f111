/** Runs of a network: training and what it writes, changes of the text, and the way back to the start. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { settled, TEXT } from './support/host';
import { acquire, denseNow, host, networkNow, open, textNow, warnings } from './support/running';
import { editor } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

beforeEach(() => editor.reset());
afterEach(() => host.runs.dispose());

describe('opening', () => {
  it('loads the network and writes nothing', async () => {
    const { run, worker } = await open();
    expect(worker.loads).toHaveLength(1);
    expect(run.record.state?.phase).toBe('idle');
    expect(textNow()).toBe(TEXT);
    expect(host.document.version).toBe(1);
    expect(editor.applied).toHaveLength(0);
  });

  it('makes one run for a document, however many ask', async () => {
    const { run } = await open();
    expect(host.runs.acquire(host.uri).run).toBe(run);
    await settled();
    expect(host.workers).toHaveLength(1);
  });

  it('starts no worker before somebody needs numbers', async () => {
    acquire();
    host.document.change(TEXT.replace('0.5', '0.25'));
    await settled();
    expect(host.workers).toHaveLength(0);
  });
});

describe('training', () => {
  it('writes the weights back as one undo step with its label', async () => {
    const { run, worker } = await open();
    await run.train();
    expect(run.record.running).toBe(true);
    worker.advance(3);
    worker.finish();
    const state = await run.whenStopped();
    expect(state?.phase).toBe('finished');
    expect(editor.applied).toHaveLength(1);
    expect(host.document.undoSteps).toBe(1);
    expect(editor.applied[0].edits[0].label).toBe('Train: 3 epochs, loss 1 → 0.7');
    expect(networkNow().layers[0]).toMatchObject({ weights: [[3.5, 3.5]], bias: [3] });
    expect(run.record.ahead).toBe(false);
  });

  it('does not touch the document while it runs', async () => {
    const { run, worker } = await open();
    await run.train();
    worker.advance(2);
    await settled();
    expect(host.document.version).toBe(1);
  });

  it('is not reloaded by its own writing', async () => {
    const { run, worker } = await open();
    await run.train();
    worker.advance(1);
    await run.pause();
    await settled();
    expect(denseNow().weights).toEqual([[1.5, 1.5]]);
    expect(worker.loads).toHaveLength(1);
  });

  it('reloads after undo, and the text is the old one byte for byte', async () => {
    const { run, worker } = await open();
    await run.train();
    worker.advance(1);
    await run.pause();
    host.document.undo();
    await settled();
    expect(textNow()).toBe(TEXT);
    expect(worker.loads).toHaveLength(2);
    expect(worker.loads[1].keepParameters).toBe(false);
    expect(worker.values).toEqual([0.5, 0.5, 0]);
    expect(run.record.ahead).toBe(false);
  });

  it('writes each step', async () => {
    const { run } = await open();
    await run.step('batch');
    await run.step('epoch');
    expect(host.document.undoSteps).toBe(2);
    expect(editor.applied.map(edit => edit.edits[0].label)).toEqual([
      'Step: 1 batch, loss 1 → 0.9',
      'Step: 1 epoch, loss 0.9 → 0.8',
    ]);
    expect(denseNow().weights).toEqual([[2.5, 2.5]]);
  });

  it('writes on the newest text when somebody types at that moment', async () => {
    const { run, worker } = await open();
    await run.train();
    worker.advance(1);
    editor.beforeApply = () => {
      editor.beforeApply = undefined;
      host.document.change(`${textNow()}\n`);
    };
    await run.pause();
    expect(textNow().endsWith('}\n\n')).toBe(true);
    expect(denseNow().weights).toEqual([[1.5, 1.5]]);
  });

  it('writes nothing over a text that is no network, and says so', async () => {
    const { run, worker } = await open();
    await run.train();
    worker.advance(1);
    host.document.change('{');
    await settled();
    expect(worker.state.phase).toBe('paused');
    expect(textNow()).toBe('{');
    expect(run.record.ahead).toBe(true);
    expect(warnings()[0].message).toMatch(/paused because its text changed/);
  });
});

describe('the setting nabla.train.writeBack', () => {
  it('never: nothing is written until asked for', async () => {
    const { run, worker } = await open();
    editor.configure('nabla.train.writeBack', 'never');
    await run.train();
    worker.advance(1);
    await run.pause();
    expect(textNow()).toBe(TEXT);
    expect(run.record.ahead).toBe(true);
    await run.writeWeights();
    expect(denseNow().weights).toEqual([[1.5, 1.5]]);
    expect(run.record.ahead).toBe(false);
  });

  it('never: other settings may change while the run is ahead', async () => {
    const { run, worker } = await open();
    editor.configure('nabla.train.writeBack', 'never');
    await run.step('epoch');
    host.document.change(TEXT.replace('"mean"', '"sum"'));
    await settled();
    expect(worker.loads[1].keepParameters).toBe(true);
    expect(run.record.ahead).toBe(true);
    host.document.change(TEXT.replace('"units": 1', '"units": 1, "useBias": false'));
    await settled();
    expect(worker.loads[2].keepParameters).toBe(false);
    expect(run.record.ahead).toBe(false);
    expect(warnings().map(({ message }) => message)).toEqual([
      expect.stringMatching(/trained and was not written was not kept/),
    ]);
  });

  it('ask: writes on yes, and nobody waits for the answer', async () => {
    const { run } = await open();
    editor.configure('nabla.train.writeBack', 'ask');
    await run.step('epoch');
    expect(textNow()).toBe(TEXT);
    await run.step('epoch');
    expect(editor.messages).toHaveLength(1);

    const second = await open();
    editor.configure('nabla.train.writeBack', 'ask');
    editor.answer = (_, [yes]) => yes;
    await second.run.step('epoch');
    await settled();
    expect(denseNow().weights).toEqual([[1.5, 1.5]]);
  });
});

describe('a change by somebody else', () => {
  it('reloads with the new network', async () => {
    const { worker } = await open();
    host.document.change(TEXT.replace('"units": 1', '"units": 2'));
    await settled();
    expect(worker.loads).toHaveLength(2);
    expect(worker.loads[1].network.layers[0].units).toBe(2);
  });

  it('does nothing when only spaces or comments change', async () => {
    const { run, worker } = await open();
    await run.train();
    host.document.change(TEXT.replace('"seed"', '// the start\n  "seed"'));
    await settled();
    expect(worker.loads).toHaveLength(1);
    expect(run.record.running).toBe(true);
  });

  it('pauses training without writing over it, and says so', async () => {
    const { run, worker } = await open();
    await run.train();
    worker.advance(2);
    const typed = TEXT.replace('"mean"', '"sum"');
    host.document.change(typed);
    await settled();
    expect(textNow()).toBe(typed);
    expect(editor.applied).toHaveLength(0);
    expect(worker.calls).toContain('pause');
    // The new loss leaves the parameters alone, so what was trained goes on.
    expect(worker.loads[1].keepParameters).toBe(true);
    expect(run.record.ahead).toBe(true);
    expect(warnings()).toHaveLength(1);
    await run.whenStopped();
  });

  it('loads a text that becomes a network after it was opened', async () => {
    const { run, worker } = await open('{');
    expect(worker).toBeUndefined();
    expect(run.record.state).toBeUndefined();
    host.document.change(TEXT);
    await settled();
    expect(host.workers[0].loads).toHaveLength(1);
    expect(run.record.state?.phase).toBe('idle');
  });

  it('keeps the run at the last valid network while the text is broken', async () => {
    const { run, worker } = await open();
    host.document.change('{ "version": 1');
    await settled();
    expect(worker.loads).toHaveLength(1);
    expect(run.record.state?.phase).toBe('idle');
    host.document.change(TEXT);
    await settled();
    expect(worker.loads).toHaveLength(1);
  });
});

describe('the start', () => {
  it('reset gives the text back byte for byte', async () => {
    const { run, worker } = await open();
    await run.train();
    worker.advance(3);
    worker.finish();
    await run.whenStopped();
    expect(textNow()).not.toBe(TEXT);
    await run.reset();
    expect(textNow()).toBe(TEXT);
    expect(worker.values).toEqual([0.5, 0.5, 0]);
    expect(run.record.state?.epoch).toBe(0);
    await settled();
    expect(worker.loads).toHaveLength(1);
  });

  it('reset gives weights that were in the file back', async () => {
    const text = TEXT.replace('"linear"', '"linear",\n      "weights": [[1, 2]], "bias": [3]');
    const { run } = await open(text);
    await run.step('epoch');
    await run.reset();
    expect(networkNow().layers[0]).toMatchObject({ weights: [[1, 2]], bias: [3] });
  });

  it('reset keeps biases that stood without weights', async () => {
    const text = TEXT.replace('"linear"', '"linear", "bias": [3]');
    const { run, worker } = await open(text);
    await run.step('epoch');
    await run.reset();
    expect(denseNow().weights).toBeUndefined();
    expect(denseNow().bias).toEqual([3]);
    expect(worker.values).toEqual([0.5, 0.5, 3]);
  });

  it('reset while training writes only the start', async () => {
    const { run, worker } = await open();
    await run.train();
    worker.advance(1);
    await run.reset();
    await run.whenStopped();
    expect(textNow()).toBe(TEXT);
    expect(run.record.ahead).toBe(false);
  });

  it('a new seed is one undo step that also removes weights', async () => {
    const text = TEXT.replace('"linear"', '"linear",\n      "weights": [[1, 2]], "bias": [3]');
    const { run, worker } = await open(text);
    await run.newSeed(77);
    expect(host.document.undoSteps).toBe(1);
    expect(networkNow().seed).toBe(77);
    expect(denseNow().weights).toBeUndefined();
    await settled();
    expect(worker.loads).toHaveLength(2);
    host.document.undo();
    expect(textNow()).toBe(text);
  });
});
