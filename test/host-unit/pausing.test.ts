/** A pause: training stops at once, and what needs its loss waits for that. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { METRIC_COLUMNS } from '../../src/engine/history';
import { KeptRuns } from '../../src/host/keptRuns';
import type { Run } from '../../src/host/run';
import { RunKeeper } from '../../src/host/runKeeper';
import type { Divergence } from '../../src/protocol';
import { readRun } from '../../src/runs/readRun';
import { settled, TEXT } from './support/host';
import { denseNow, host, open, textNow, warnings } from './support/running';
import { editor } from './support/vscode';
import type { FakeWorker } from './support/worker';

vi.mock('vscode', () => import('./support/vscode'));

beforeEach(() => editor.reset());
afterEach(() => host.runs.dispose());

const WHERE: Divergence = {
  epoch: 2,
  batch: 0,
  step: 2,
  layer: -1,
  row: -1,
  quantity: 'loss',
  value: Infinity,
  learningRate: 30,
};

/** Trained for two epochs, and paused; the loss of that place is not known yet. */
async function paused(): Promise<{ run: Run; worker: FakeWorker; pause: Promise<void> }> {
  const { run, worker } = await open();
  worker.settlesSlowly = true;
  await run.train();
  worker.advance(2);
  const pause = run.pause();
  await settled();
  return { run, worker, pause };
}

const labels = (): (string | undefined)[] =>
  editor.applied.map(({ edits }) => edits[0].label as string | undefined);

describe('while the loss of a pause is computed', () => {
  it('the run is paused already, without a loss, and nothing is written', async () => {
    const { run, worker, pause } = await paused();
    expect(run.record.state).toMatchObject({ phase: 'paused', settling: true, loss: NaN });
    expect(run.record.running).toBe(false);
    expect(run.record.busy).toBe(true);
    expect(textNow()).toBe(TEXT);
    worker.settle();
    await pause;
  });

  it('ends as one undo step with the loss that was found', async () => {
    const { run, worker, pause } = await paused();
    worker.settle();
    await pause;
    expect(labels()).toEqual(['Train: 2 epochs, loss 1 → 0.8']);
    expect(run.record.busy).toBe(false);
    expect(run.record.ahead).toBe(false);
  });

  it('ends as diverged where that loss is not finite, and nothing is written', async () => {
    const { run, worker, pause } = await paused();
    worker.settle(WHERE);
    await pause;
    expect(run.record.state?.phase).toBe('diverged');
    expect(warnings()).toHaveLength(1);
    expect(textNow()).toBe(TEXT);
  });

  it('goes on as the same training when Train is pressed', async () => {
    const { run, worker, pause } = await paused();
    await run.train();
    await pause;
    expect(run.record.running).toBe(true);
    expect(textNow()).toBe(TEXT);
    worker.advance(1);
    worker.finish();
    await run.whenStopped();
    expect(labels()).toEqual(['Train: 3 epochs, loss 1 → 0.7']);
  });

  it('goes on as the same training when the loss is known at the same moment', async () => {
    const { run, worker } = await paused();
    const train = run.train();
    worker.settle();
    await train;
    await settled();
    expect(run.record.running).toBe(true);
    expect(textNow()).toBe(TEXT);
    worker.advance(1);
    worker.finish();
    await run.whenStopped();
    expect(labels()).toEqual(['Train: 3 epochs, loss 1 → 0.7']);
  });

  it('a step waits for it: both are undo steps with their losses', async () => {
    const { run, worker } = await paused();
    const step = run.step('epoch');
    await settled();
    expect(worker.calls).not.toContain('step');
    worker.settle();
    await step;
    expect(labels()).toEqual(['Train: 2 epochs, loss 1 → 0.8', 'Step: 1 epoch, loss 0.8 → 0.7']);
  });

  it('a change by a gesture waits for it, also where training goes on before', async () => {
    const { run, worker } = await paused();
    const change = run.change(true, () => Promise.resolve(textNow() !== TEXT));
    await settled();
    await run.train();
    await settled();
    expect(run.record.state, 'paused again, for the change').toMatchObject({ settling: true });
    worker.settle();
    expect(await change, 'after the weights were written').toBe(true);
  });

  it('a change of the text is loaded behind it, with what was trained', async () => {
    const { worker, run } = await paused();
    host.document.change(TEXT.replace('"mean"', '"sum"'));
    await settled();
    expect(worker.loads).toHaveLength(1);
    worker.settle();
    await settled();
    expect(worker.loads).toHaveLength(2);
    expect(worker.loads[1].keepParameters).toBe(true);
    expect(run.record.ahead).toBe(true);
    await run.whenStopped();
  });

  it('reset gives the start back, and writes nothing else', async () => {
    const { worker, run } = await paused();
    const reset = run.reset();
    worker.settle();
    await reset;
    expect(textNow()).toBe(TEXT);
    expect(run.record.state).toMatchObject({ phase: 'idle', epoch: 0 });
  });

  it('weights are written on request when it is known', async () => {
    const { run, worker } = await paused();
    const write = run.writeWeights();
    await settled();
    expect(textNow()).toBe(TEXT);
    worker.settle();
    await write;
    expect(denseNow().weights).toEqual([[2.5, 2.5]]);
  });

  it('the run is kept once, with the loss that was found', async () => {
    const { run, worker } = await open();
    const kept = new KeptRuns();
    const { documents, runs, unfinished } = host;
    const keeper = new RunKeeper({ documents, runs, kept, unfinished, notices: { info() {} } });
    const files = (): [string, Uint8Array][] =>
      [...editor.files].filter(([path]) => path.startsWith('/work/.nabla/runs/'));
    worker.settlesSlowly = true;
    await run.train();
    worker.advance(2);
    const row = { count: 1, values: new Float64Array(METRIC_COLUMNS.length), restart: false };
    run.record.append(row);
    const pause = run.pause();
    await settled();
    await keeper.whenKept();
    expect(files()).toEqual([]);
    worker.settle();
    await pause;
    await settled();
    await keeper.whenKept();
    expect(files()).toHaveLength(1);
    const { result } = readRun(new TextDecoder().decode(files()[0][1]));
    expect(result).toMatchObject({ reason: 'paused', epochs: 2, loss: 0.8 });
    keeper.dispose();
    kept.dispose();
  });
});
