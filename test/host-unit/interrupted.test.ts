/** A training that is paused because its network is changed: going on, beginning again, or taking the change back. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ContextKeys } from '../../src/host/contextKeys';
import { DesignerEdits } from '../../src/host/designerEdits';
import type { Run } from '../../src/host/run';
import { TYPING_REST } from '../../src/host/runNetwork';
import { circle } from './support/circle';
import { createHostWith, settled } from './support/host';
import { host, open as openWith, textNow, warnings } from './support/running';
import { pacedSessionPort } from './support/session';
import { editor } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

beforeEach(() => editor.reset());
afterEach(() => host.runs.dispose());

/** 2-2-1: nine numbers, which nobody has written. The worker of the test draws 0.5, and biases are 0. */
const TEXT = `{
  "version": 1,
  "seed": 1,
  "input": { "shape": [2] },
  "layers": [
    { "type": "dense", "units": 2 },
    { "type": "dense", "units": 1, "activation": "linear" }
  ],
  "loss": { "type": "meanSquaredError", "reduction": "mean" },
  "training": { "optimizer": { "type": "sgd", "learningRate": 0.5 }, "epochs": 5 },
  "data": { "inline": [{ "x": [1, 2], "y": [1] }] }
}
`;
const FIRST = '{ "type": "dense", "units": 2 },';
/** A third layer in the middle. */
const DEEPER = TEXT.replace(FIRST, `${FIRST}\n    { "type": "dense", "units": 1 },`);
const WEIGHTS = '"weights": [[1, 2], [3, 4]], "bias": [5, 6]';
const BY_HAND = TEXT.replace('"units": 2', `"units": 2, ${WEIGHTS}`);
const SUM = TEXT.replace('"mean"', '"sum"');

/** Trained for two epochs of five, and going on: each number is 2 more. */
async function training(text = TEXT) {
  const opened = await openWith(text);
  await opened.run.train();
  opened.worker.advance(2);
  return opened;
}

async function change(text: string): Promise<void> {
  host.document.change(text);
  await settled();
}

const asked = { epoch: 2, epochs: 5, hidden: false };
const said = (): string[] => warnings().map(({ message }) => message);

describe('a change of layers in mid-training', () => {
  it('pauses it, asks, and writes nothing; the text is what the network is', async () => {
    const { run, worker } = await training();
    await change(DEEPER);
    expect(run.record.interrupted).toEqual({ ...asked, what: 'layers' });
    expect(run.record.running).toBe(false);
    expect(said()).toEqual([
      'Training of net.nn.json was paused at epoch 2 of 5: its layers were changed.',
    ]);
    expect(worker.network?.layers).toHaveLength(3);
    expect(textNow()).toBe(DEEPER);
    expect(editor.applied).toHaveLength(0);
    await run.whenStopped();
  });

  it('goes on with what fits for the epochs that are left, and is one undo step in the end', async () => {
    const { run, worker } = await training();
    await change(DEEPER);
    const fresh = [...worker.values];
    await run.interrupted.continue();
    expect(worker.trains).toEqual([undefined, 3]);
    expect(run.record.state).toMatchObject({ phase: 'running', epoch: 2, step: 2 });
    // 2-2 fits, 2-1 takes the place of the new one, and 1-1 is new.
    expect(worker.values).toEqual([2.5, 2.5, 2.5, 2.5, 2, 2, 2.5, 2.5, 2, ...fresh.slice(9)]);
    expect(run.record.interrupted).toBeUndefined();
    expect(run.interrupted.asks).toBe(false);
    worker.advance(3);
    worker.finish();
    await run.whenStopped();
    expect(editor.applied).toHaveLength(1);
    host.document.undo();
    expect(textNow()).toBe(DEEPER);
  });

  it('begins again at the start of the network as it is now, with all epochs', async () => {
    const { run, worker } = await training();
    await change(DEEPER);
    await run.interrupted.restart();
    expect(worker.trains).toEqual([undefined, undefined]);
    expect(run.record.state).toMatchObject({ phase: 'running', epoch: 0, step: 0 });
    expect(worker.values.slice(0, 4)).toEqual([0.5, 0.5, 0.5, 0.5]);
    expect(textNow()).toBe(DEEPER);
    expect(run.record.interrupted).toBeUndefined();
  });

  it('with another number of epochs goes on up to that', async () => {
    const { run, worker } = await training();
    await change(DEEPER.replace('"epochs": 5', '"epochs": 50'));
    expect(run.record.interrupted).toMatchObject({ epoch: 2, epochs: 50 });
    await run.interrupted.continue();
    expect(worker.trains.at(-1)).toBe(48);
  });

  it('where epochs were asked for by number keeps their number', async () => {
    const { run, worker } = await openWith(TEXT);
    await run.train({ epochs: 20 });
    worker.advance(2);
    await change(DEEPER.replace('"epochs": 5', '"epochs": 50'));
    expect(run.record.interrupted).toMatchObject({ epochs: 20 });
    await run.interrupted.continue();
    expect(worker.trains).toEqual([20, 18]);
    expect(worker.goal).toMatchObject({ isAsked: true });
  });

  it('and epochs that change after Continue count', async () => {
    const { run, worker } = await training();
    await change(DEEPER);
    await run.interrupted.continue();
    expect(worker.goal).toMatchObject({ epochs: 3, isAsked: false });
    await change(DEEPER.replace('"epochs": 5', '"epochs": 50'));
    // What is typed while training goes on is waited for.
    await vi.waitFor(() => expect(worker.network?.training.epochs).toBe(50), 5000);
    expect(run.record.running).toBe(true);
  });

  it('that is taken back leaves the training where it was paused, as Train goes on with', async () => {
    const { run, worker } = await training();
    const trained = [...worker.values];
    await change(DEEPER);
    host.document.undo();
    await settled();
    expect(run.record.interrupted).toBeUndefined();
    expect(run.record.state).toMatchObject({ phase: 'paused', epoch: 2, step: 2 });
    expect(worker.values).toEqual(trained);
    expect(run.record.ahead).toBe(true);
    expect(textNow()).toBe(TEXT);
    expect(editor.applied).toHaveLength(0);
    await expect(run.interrupted.continue()).rejects.toThrow(
      'No training of net.nn.json waits for an answer after a change.',
    );
    await run.train();
    expect(run.record.running).toBe(true);
  });

  it('is asked about as it is in the end, once', async () => {
    const { run } = await training();
    await change(SUM);
    expect(run.record.interrupted?.what).toBe('settings');
    await change(DEEPER);
    expect(run.record.interrupted?.what).toBe('layers');
    await change(BY_HAND);
    expect(run.record.interrupted?.what).toBe('weights');
    expect(said()).toHaveLength(1);
  });
});

describe('a change of weights in mid-training', () => {
  it('goes on with exactly those of the text', async () => {
    const { run, worker } = await training();
    await change(BY_HAND);
    expect(run.record.interrupted).toEqual({ ...asked, what: 'weights' });
    await run.interrupted.continue();
    expect(worker.values.slice(0, 6)).toEqual([1, 2, 3, 4, 5, 6]);
    // Of what the text does not say it has what it had learnt.
    expect(worker.values.slice(6)).toEqual([2.5, 2.5, 2]);
    expect(worker.trains.at(-1)).toBe(3);
    expect(textNow()).toBe(BY_HAND);
  });

  it('begins again with those of the text', async () => {
    const { run, worker } = await training();
    await change(BY_HAND);
    await run.interrupted.restart();
    expect(worker.values).toEqual([1, 2, 3, 4, 5, 6, 0.5, 0.5, 0]);
    expect(textNow()).toBe(BY_HAND);
  });
});

describe('a change of another setting in mid-training', () => {
  it('goes on with what was trained, as it stands there already', async () => {
    const { run, worker } = await training();
    const trained = [...worker.values];
    await change(SUM);
    expect(run.record.interrupted).toEqual({ ...asked, what: 'settings' });
    await run.interrupted.continue();
    expect(worker.loads).toHaveLength(2);
    expect(worker.values).toEqual(trained);
    expect(worker.trains).toEqual([undefined, 3]);
  });

  it('begins again at the start that there was', async () => {
    const { run, worker } = await training();
    await change(SUM);
    await run.interrupted.restart();
    expect(worker.values.slice(0, 4)).toEqual([0.5, 0.5, 0.5, 0.5]);
    expect(run.record.state).toMatchObject({ phase: 'running', epoch: 0 });
  });

  it('of those that training takes over asks nothing, and half a number nothing either', async () => {
    const { run } = await training();
    for (const rate of ['0', '0.', '0.2']) await change(TEXT.replace('0.5', rate));
    await new Promise(resolve => setTimeout(resolve, TYPING_REST));
    await settled();
    expect(run.record.running).toBe(true);
    expect(run.interrupted.asks).toBe(false);
    expect(said()).toEqual([]);
  });
});

describe('a text that is no network for a while', () => {
  const BROKEN = TEXT.replace('"units": 2', '"units": ');

  it('is waited for: nothing can be answered before', async () => {
    const { run, worker } = await training();
    await change(BROKEN);
    expect(run.record.interrupted).toEqual({ ...asked, what: 'text' });
    expect(said()).toEqual([expect.stringContaining('was paused because its text changed')]);
    await expect(run.interrupted.continue()).rejects.toThrow('is not a usable network');
    await expect(run.interrupted.restart()).rejects.toThrow('is not a usable network');
    expect(run.record.interrupted?.what).toBe('text');
    await change(TEXT.replace('"units": 2', '"units": 3'));
    expect(run.record.interrupted?.what).toBe('layers');
    expect(said()).toHaveLength(2);
    await run.interrupted.continue();
    expect(worker.trains.at(-1)).toBe(3);
  });

  it('and then what it was has changed nothing: the training rests where it was paused', async () => {
    const { run, worker } = await training();
    const trained = [...worker.values];
    await change(BROKEN);
    await change(TEXT);
    expect(run.record.interrupted).toBeUndefined();
    expect(worker.loads).toHaveLength(1);
    expect(worker.values).toEqual(trained);
    expect(run.record.state).toMatchObject({ phase: 'paused', epoch: 2 });
  });
});

describe('the question', () => {
  it.each<[string, (run: Run) => Promise<unknown>]>([
    ['training', run => run.train()],
    ['a step', run => run.step('epoch')],
    ['reset', run => run.reset()],
    ['another seed', run => run.newSeed(7)],
  ])('is gone with %s', async (_, decide) => {
    const { run } = await training();
    await change(DEEPER);
    await decide(run);
    expect(run.record.interrupted).toBeUndefined();
    await expect(run.interrupted.restart()).rejects.toThrow('waits for an answer');
  });

  it('is put off, and the commands still answer it', async () => {
    const { run, worker } = await training();
    const keys = new ContextKeys(host.runs);
    await change(DEEPER);
    const told = () => editor.executed.filter(({ args }) => args[0] === 'nabla.interrupted').at(-1);
    expect(told()?.args[1]).toEqual(['/work/net.nn.json']);
    run.interrupted.postpone();
    expect(run.record.interrupted).toEqual({ ...asked, what: 'layers', hidden: true });
    await change(`${DEEPER}\n`);
    expect(run.record.interrupted?.hidden).toBe(true);
    await run.interrupted.continue();
    expect(worker.trains.at(-1)).toBe(3);
    expect(told()?.args[1]).toBe(false);
    keys.dispose();
  });

  it.each([
    ['Continue', 2],
    ['Restart', 0],
  ])('is answered in the message: %s', async (answer, epoch) => {
    const { run } = await training();
    editor.answer = (_, items) => items.find(item => item === answer);
    await change(DEEPER);
    await settled();
    expect(run.record.state).toMatchObject({ phase: 'running', epoch });
  });

  it('is put off when the message is closed', async () => {
    const { run } = await training();
    editor.answer = () => undefined;
    await change(DEEPER);
    expect(run.record.interrupted?.hidden).toBe(true);
  });

  it('is not asked of a step, nor where the last epoch is over', async () => {
    const { run, worker } = await openWith(TEXT);
    await run.train();
    worker.advance(5);
    await change(DEEPER);
    expect(run.interrupted.asks).toBe(false);
    expect(said()).toHaveLength(1);
  });

  it('is not asked of a network whose moment would take too much memory: it is told as ever', async () => {
    // 2 × 1,500 and 1,500 × 6,000 weights and their biases, and two moments of Adam for each.
    const large = TEXT.replace('"units": 2', '"units": 1500')
      .replace('"units": 1,', '"units": 6000,')
      .replace('"type": "sgd"', '"type": "adam"')
      .replace(/"data".*\n/, '"data": { "generator": "xor" }\n');
    const { run, worker } = await training(large);
    worker.values = [];
    await change(large.replace('"units": 1500', '"units": 1501'));
    expect(run.interrupted.asks).toBe(false);
    expect(worker.calls).not.toContain('moment');
    expect(said()).toEqual([expect.stringContaining('what had been trained since was not kept')]);
  });

  it('survives the end of the engine', async () => {
    const { run, worker } = await training();
    await change(DEEPER);
    worker.die('killed');
    await settled();
    expect(run.record.interrupted).toMatchObject({ what: 'layers' });
    await run.interrupted.continue();
    expect(host.workers.at(-1)?.values.slice(0, 6)).toEqual([2.5, 2.5, 2.5, 2.5, 2, 2]);
    expect(host.workers.at(-1)?.trains).toEqual([3]);
  });
});

describe('a gesture in mid-training', () => {
  const gesture = async (run: Run, edit: Parameters<DesignerEdits['edit']>[0]) => {
    const edits = new DesignerEdits(host.document as never, host.documents, run);
    const result = await edits.edit(edit, host.document.version);
    await settled();
    return result;
  };

  it('asks the same, and goes on from what the text then has', async () => {
    const { run, worker } = await training();
    await gesture(run, { type: 'setUnits', layer: 0, units: 3 });
    expect(run.record.interrupted).toEqual({ ...asked, what: 'layers' });
    const now = [...worker.values];
    expect(now).toContain(2.5);
    await run.interrupted.continue();
    expect(worker.values).toEqual(now);
    expect(worker.trains).toEqual([undefined, 3]);
    expect(run.record.state?.epoch).toBe(2);
  });

  it('that is undone leads back to where the training was paused', async () => {
    const { run, worker } = await training();
    const trained = [...worker.values];
    await gesture(run, { type: 'setUnits', layer: 0, units: 3 });
    host.document.undo();
    await settled();
    expect(run.record.interrupted).toBeUndefined();
    expect(worker.values).toEqual(trained);
    expect(run.record.state).toMatchObject({ phase: 'paused', epoch: 2 });
    expect(run.record.ahead).toBe(false);
  });

  it('that is refused as the file is read-only in VS Code alone asks nothing, and forgets nothing', async () => {
    editor.configure('nabla.train.writeBack', 'never');
    const { run, worker } = await training();
    const trained = [...worker.values];
    host.document.isLocked = true;
    const refused = await gesture(run, { type: 'setUnits', layer: 0, units: 3 });
    expect(refused).toMatchObject({ applied: false });
    expect(textNow()).toBe(TEXT);
    expect(run.interrupted.asks).toBe(false);
    expect(run.record.ahead).toBe(true);
    host.document.isLocked = false;
    await run.writeWeights();
    expect(worker.values).toEqual(trained);
    expect(textNow()).toContain('2.5');
  });

  it('that is refused asks nothing', async () => {
    const { run } = await training();
    const refused = await gesture(run, { type: 'removeLayers', layers: [7] } as never);
    expect(refused).toMatchObject({ applied: false });
    expect(run.interrupted.asks).toBe(false);
  });
});

describe('with the real worker', () => {
  const EPOCHS = 40;
  const REAL = circle(EPOCHS);
  const LAST = '{ "type": "dense", "units": 1,';
  const OTHER = REAL.replace(LAST, `{ "type": "dense", "units": 3 },\n    ${LAST}`);

  let real: ReturnType<typeof createHostWith>;
  /** From this epoch on it rests until it is let go. */
  let holdAt = Infinity;
  let held: (() => void)[] = [];

  function begin(): Run {
    real = createHostWith(() =>
      pacedSessionPort(next => {
        const epoch = real.runs.get(real.uri)?.record.latest.epoch ?? 0;
        if (epoch >= holdAt) held.push(next);
        else setImmediate(next);
      }),
    );
    real.document.change(REAL);
    return real.runs.acquire(real.uri).run;
  }

  const go = (): void => {
    holdAt = Infinity;
    for (const next of held.splice(0)) next();
  };

  beforeEach(() => {
    // Each look at the clock is far behind the one before: every step is a slice.
    let time = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => (time += 4000));
    held = [];
  });
  afterEach(() => {
    vi.restoreAllMocks();
    go();
    real.runs.dispose();
  });

  async function changeAt(epoch: number, run: Run, text: string): Promise<void> {
    holdAt = epoch;
    await run.train();
    await vi.waitFor(() => expect(run.record.latest.epoch).toBeGreaterThanOrEqual(epoch), 30_000);
    real.document.change(text);
    await settled();
    go();
    await vi.waitFor(() => expect(run.record.interrupted).toBeDefined(), 30_000);
    // The other network is loaded.
    await run.looks();
  }

  const epochsOf = (run: Run): number[] => {
    const { count = 0, values = [] } = run.record.history ?? {};
    return [...values.slice(0, count)];
  };

  it('shows the curves up to there, and goes on with them and a mark to the last epoch', async () => {
    const run = begin();
    await changeAt(10, run, OTHER);
    const note = run.record.interrupted!;
    expect(note).toMatchObject({ epochs: EPOCHS, what: 'layers' });
    expect(run.record.state).toMatchObject({ phase: 'idle', step: 0 });
    const before = epochsOf(run);
    expect(before.at(-1)).toBeGreaterThanOrEqual(note.epoch);
    expect(before[0]).toBe(0);
    await run.interrupted.continue();
    await run.whenStopped();
    expect(run.record.state).toMatchObject({ phase: 'finished', epoch: EPOCHS });
    const all = epochsOf(run);
    expect(all.slice(0, before.length)).toEqual(before);
    expect(all.at(-1)).toBe(EPOCHS);
    expect(all).toEqual([...all].sort((a, b) => a - b));
    expect(run.record.history?.marks).toMatchObject([
      {
        epoch: note.epoch,
        changes: [{ path: ['layers'], from: '2 – 4 – 1', to: '2 – 4 – 3 – 1' }],
      },
    ]);
  });

  it('begins again without them', async () => {
    const run = begin();
    await changeAt(10, run, OTHER);
    await run.interrupted.restart();
    await run.whenStopped();
    expect(run.record.state).toMatchObject({ phase: 'finished', epoch: EPOCHS });
    expect(epochsOf(run)).toEqual(Array.from({ length: EPOCHS + 1 }, (_, i) => i));
    expect(run.record.history?.marks).toBeUndefined();
  });

  it('taken back it comes to the same bits and curves as if nothing had been', async () => {
    const outcome = (run: Run) => ({
      text: real.document.getText(),
      loss: run.record.state?.loss,
      epochs: epochsOf(run).filter(Number.isInteger),
    });
    const undisturbed = begin();
    await undisturbed.train();
    await undisturbed.whenStopped();
    const expected = outcome(undisturbed);
    real.runs.dispose();
    const run = begin();
    await changeAt(10, run, OTHER);
    real.document.change(REAL);
    await run.looks();
    expect(run.record.interrupted).toBeUndefined();
    expect(run.record.state?.phase).toBe('paused');
    expect(real.document.getText()).toBe(REAL);
    await run.train();
    await run.whenStopped();
    expect(outcome(run)).toEqual(expected);
  });
});
