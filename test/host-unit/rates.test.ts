/** Learning rates that change in the text while the run trains or is paused. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LayerFacts, ParameterFacts } from '../../src/engine/facts';
import { DesignerEdits } from '../../src/host/designerEdits';
import { TYPING_REST } from '../../src/host/runNetwork';
import { createHostWith, settled, TEXT } from './support/host';
import { denseNow, host, networkNow, open, textNow, warnings } from './support/running';
import { sessionPort } from './support/session';
import { editor } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

beforeEach(() => {
  editor.reset();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  host.runs.dispose();
  vi.useRealTimers();
});

const withRate = (rate: string): string => TEXT.replace('0.5', rate);

/** A training that goes on, two epochs later. */
async function training(text?: string) {
  const opened = await open(text);
  await opened.run.train();
  opened.worker.advance(2);
  return opened;
}

/** Each is what a person has typed by then. */
async function type(...texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    host.document.change(text);
    await settled();
    vi.advanceTimersByTime(TYPING_REST / 2);
  }
}

async function rest(): Promise<void> {
  vi.advanceTimersByTime(TYPING_REST);
  await settled();
}

const told = (calls: readonly string[]) => calls.filter(call => call === 'tune').length;

describe('a rate that is typed while training goes on', () => {
  it('counts from the next step on, and nothing is stopped, loaded or written', async () => {
    const { run, worker } = await training();
    await type(withRate('0.25'));
    await rest();
    expect(worker.network?.training.optimizer.learningRate).toBe(0.25);
    expect(run.record.state).toMatchObject({ phase: 'running', epoch: 2 });
    expect(worker.loads).toHaveLength(1);
    expect(worker.calls).not.toContain('pause');
    expect(editor.applied).toHaveLength(0);
    expect(warnings()).toEqual([]);
    expect(textNow()).toBe(withRate('0.25'));
  });

  it('counts once it is complete: 5 on the way to 5e-3 never does', async () => {
    const { run, worker } = await training();
    await type(...['', '5', '5e', '5e-', '5e-3'].map(withRate));
    expect(told(worker.calls)).toBe(0);
    await rest();
    expect(told(worker.calls)).toBe(1);
    expect(worker.network?.training.optimizer.learningRate).toBe(0.005);
    expect(run.record.running).toBe(true);
    expect(warnings()).toEqual([]);
  });

  it('half typed for long keeps the rate that there was', async () => {
    const { run, worker } = await training();
    await type(...['0', '0.'].map(withRate));
    await rest();
    await rest();
    expect(told(worker.calls)).toBe(0);
    expect(run.record.running).toBe(true);
  });

  it('is changed back by undo', async () => {
    const { run, worker } = await training();
    await type(withRate('0.25'));
    await rest();
    host.document.undo();
    await rest();
    expect(textNow()).toBe(TEXT);
    expect(worker.network?.training.optimizer.learningRate).toBe(0.5);
    expect(told(worker.calls)).toBe(2);
    expect(run.record.running).toBe(true);
    expect(worker.loads).toHaveLength(1);
  });

  it('counts for the layer that it stands in', async () => {
    const { worker } = await training();
    await type(TEXT.replace('"units": 1', '"units": 1, "learningRateScale": 3'));
    await rest();
    expect(worker.network?.layers[0]).toMatchObject({ learningRateScale: 3 });
    expect(worker.loads).toHaveLength(1);
  });

  it('is taken on before the weights are written where training ends meanwhile', async () => {
    const { run, worker } = await training();
    await type(withRate('0.25'));
    worker.finish();
    await run.whenStopped();
    expect(told(worker.calls)).toBe(1);
    expect(denseNow().weights).toEqual([[2.5, 2.5]]);
    expect(networkNow().training.optimizer.learningRate).toBe(0.25);
    await rest();
    expect(worker.loads).toHaveLength(1);
    host.document.undo();
    expect(textNow()).toBe(withRate('0.25'));
  });

  it('together with another setting of the training counts as well', async () => {
    const { run, worker } = await training();
    await type(withRate('0.25').replace('"epochs": 3', '"epochs": 4, "batchSize": 2'));
    await rest();
    expect(worker.network?.training).toMatchObject({ epochs: 4, batchSize: 2 });
    expect(run.record.state).toMatchObject({ phase: 'running', epoch: 2 });
    expect(worker.loads).toHaveLength(1);
    expect(warnings()).toEqual([]);
  });

  it('together with a setting of the network pauses as that does', async () => {
    const { run, worker } = await training();
    await type(withRate('0.25').replace('"epochs": 3', '"epochs": 3, "precision": "float64"'));
    expect(run.record.running).toBe(false);
    expect(worker.loads[1]).toMatchObject({ keepParameters: true });
    expect(warnings()).toHaveLength(1);
    await run.whenStopped();
  });
});

describe('a rate that is set in the designer while training goes on', () => {
  it('counts at once', async () => {
    const { run, worker } = await training();
    const edits = new DesignerEdits(host.document as never, host.documents, run);
    const path = ['training', 'optimizer', 'learningRate'];
    await edits.edit({ type: 'set', path, value: 30 }, 1);
    await settled();
    expect(worker.network?.training.optimizer.learningRate).toBe(30);
    expect(run.record.running).toBe(true);
    expect(worker.loads).toHaveLength(1);
    expect(host.document.undoSteps).toBe(1);
  });
});

describe('a rate that changes in a pause', () => {
  it('counts at once, and the run goes on where it was', async () => {
    const { run, worker } = await training();
    await run.pause();
    const paused = textNow();
    host.document.change(paused.replace('0.5 }', '0.25 }'));
    await settled();
    expect(textNow()).not.toBe(paused);
    expect(worker.network?.training.optimizer.learningRate).toBe(0.25);
    expect(worker.loads).toHaveLength(1);
    expect(run.record.state).toMatchObject({ phase: 'paused', epoch: 2 });
    await run.step('epoch');
    expect(denseNow().weights).toEqual([[3.5, 3.5]]);
  });

  it('leaves the way back to the start', async () => {
    const { run } = await training();
    await type(withRate('0.25'));
    await run.pause();
    await run.reset();
    expect(textNow()).toBe(withRate('0.25'));
    expect(run.record.state?.epoch).toBe(0);
  });

  it('begins with a fresh optimizer where training has diverged', async () => {
    const { run, worker } = await training();
    const place = { epoch: 2, batch: 0, step: 2, layer: 0, row: 0, value: Infinity };
    worker.diverge({ ...place, quantity: 'gradient', learningRate: 0.5 });
    await run.whenStopped();
    host.document.change(withRate('0.1'));
    await settled();
    expect(worker.loads[1]).toMatchObject({ keepParameters: true });
    expect(run.record.state).toMatchObject({ phase: 'idle', epoch: 2 });
  });
});

describe('epochs that change in a pause', () => {
  it('are told to the training, which stays where it is, once they are typed', async () => {
    const { run, worker } = await training();
    await run.pause();
    const paused = textNow();
    await type(...['2', '20'].map(epochs => paused.replace('"epochs": 3', `"epochs": ${epochs}`)));
    expect(told(worker.calls)).toBe(0);
    await rest();
    expect(told(worker.calls)).toBe(1);
    expect(worker.network?.training.epochs).toBe(20);
    expect(worker.loads).toHaveLength(1);
    expect(run.record.state).toMatchObject({ phase: 'paused', epoch: 2 });
  });

  it('count where training goes on before they rest', async () => {
    const { run, worker } = await training();
    await run.pause();
    await type(textNow().replace('"epochs": 3', '"epochs": 20'));
    await run.train();
    expect(worker.calls.slice(-2)).toEqual(['tune', 'train']);
    expect(worker.loads).toHaveLength(1);
  });
});

describe('with the real worker', () => {
  it('is a mark of the history, also where it waits in a pause, and none at the start', async () => {
    vi.useRealTimers();
    const slow = withRate('0.01').replace('"epochs": 3', '"epochs": 100000000');
    const real = createHostWith(sessionPort, slow);
    const { run } = real.runs.acquire(real.uri);
    const change = async (from: string, to: string): Promise<void> => {
      real.document.change(real.document.getText().replace(from, to));
      // What is typed while training goes on is waited for.
      await new Promise(resolve => setTimeout(resolve, TYPING_REST));
      await run.looks();
    };
    await change('0.01', '0.02');
    await run.train();
    await vi.waitFor(() => expect(run.record.state?.step).toBeGreaterThan(0), 5000);
    expect(run.record.history?.marks).toBeUndefined();
    const told: unknown[] = [];
    run.record.onDidChange(event => {
      if (event.type === 'metrics' && event.chunk.marks) told.push(event.chunk.marks);
    });
    await change('0.02', '0.05');
    expect(told).toHaveLength(1);
    await run.pause();
    await change('"units": 1', '"learningRateScale": 3, "units": 1');
    expect(told).toHaveLength(2);
    const changes = run.record.history?.marks?.flatMap(mark => mark.changes);
    expect(changes).toEqual([
      { path: ['training', 'optimizer', 'learningRate'], from: 0.02, to: 0.05 },
      { path: ['layers', 0, 'learningRateScale'], from: 1, to: 3 },
    ]);
    await run.reset();
    expect(run.record.history?.marks).toBeUndefined();
    real.runs.dispose();
  });

  it('the next update of a card and the rate of a layer are the new ones while it trains', async () => {
    vi.useRealTimers();
    const slow = withRate('0.01').replace('"epochs": 3', '"epochs": 100000000');
    const real = createHostWith(sessionPort, slow);
    const { run } = real.runs.acquire(real.uri);
    await run.train();
    const seen = async (): Promise<readonly number[]> => {
      const target = { type: 'weight', layer: 0, row: 0, column: 1 } as const;
      const weight = (await run.inspect(target, { type: 'batch' })) as ParameterFacts;
      const layer = { type: 'layer', layer: 0 } as const;
      const facts = (await run.inspect(layer, { type: 'batch' })) as LayerFacts;
      return [weight.update.learningRate, facts.learningRate];
    };
    expect(await seen()).toEqual([0.01, 0.01]);
    const { epoch } = run.record.state ?? { epoch: NaN };
    const edits = new DesignerEdits(real.document as never, real.documents, run);
    const path = ['training', 'optimizer', 'learningRate'];
    await edits.edit({ type: 'set', path, value: 0.02 }, 1);
    expect(await seen()).toEqual([0.02, 0.02]);
    expect(run.record.running).toBe(true);
    real.document.undo();
    await vi.waitFor(async () => expect(await seen()).toEqual([0.01, 0.01]), 5000);
    expect(run.record.running).toBe(true);
    expect(editor.applied).toHaveLength(1);
    await run.pause();
    expect(run.record.state?.epoch).toBeGreaterThan(epoch);
    real.runs.dispose();
  });
});
