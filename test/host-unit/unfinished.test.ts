/** Trainings that are cut off by the end of the engine or of the window, over the real engine. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import { ContextKeys } from '../../src/host/contextKeys';
import { KeptRuns } from '../../src/host/keptRuns';
import type { WorkerPort } from '../../src/host/platform';
import type { Run } from '../../src/host/run';
import { LEAVE_LIMIT } from '../../src/host/runUnfinished';
import { RunKeeper } from '../../src/host/runKeeper';
import { parseNetwork } from '../../src/network/parse';
import { readRun } from '../../src/runs/readRun';
import { circle } from './support/circle';
import { createHostWith, createWindow, openDocument, PATH, settled } from './support/host';
import type { Host } from './support/host';
import { pacedSessionPort } from './support/session';
import { events } from './support/editor';
import { editor, Uri, workspace } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

const EPOCHS = 60;
const TEXT = circle(EPOCHS);

let host: Omit<Host, 'workers'>;
let kept: KeptRuns;
let keeper: RunKeeper;
/** The engines that were started, by how to end them. */
let kills: ((reason: string) => void)[] = [];
const closers: { dispose(): void }[] = [];

/** The epoch from which on no engine computes: it answers, and waits. */
let holdAt = Infinity;

/** The engine, which can be held and killed. */
function spawn(): WorkerPort {
  const port = pacedSessionPort(next => {
    const epoch = host.runs.get(host.uri)?.record.latest.epoch ?? 0;
    if (!(epoch >= holdAt)) setImmediate(next);
  });
  return { ...port, onLost: lost => void kills.push(lost) };
}

beforeEach(() => {
  // Each look at the clock is far behind the one before: every step is a slice, and a moment is due with each.
  let time = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => (time += 4000));
  kills = [];
  holdAt = Infinity;
});

afterEach(async () => {
  vi.restoreAllMocks();
  workspace.isTrusted = true;
  closeWindow();
  await written();
});

function openWindow(text = TEXT): Run {
  host = createHostWith(spawn, text);
  return begin();
}

function begin(): Run {
  kept = new KeptRuns();
  const { documents, runs, unfinished } = host;
  keeper = new RunKeeper({ documents, runs, unfinished, kept, notices: { info: () => {} } });
  closers.push(runs, unfinished, keeper, kept);
  const { run } = runs.acquire(host.uri);
  run.start();
  return run;
}

/**
 * Until the window has written and removed all that it wanted to. What it writes is hashed, on another thread: no number
 * of turns is enough for that, and what comes late would come to the files of the next window.
 */
async function written(): Promise<void> {
  await settled();
  await keeper.whenKept();
  // It is looked up after everything before it.
  await host.unfinished.find(host.uri);
}

/** What is under way ends with it, and nothing is said to anybody. */
function closeWindow(): void {
  for (const item of closers.splice(0)) item.dispose();
}

/** Another window of the same workspace, with the text that VS Code has for the document. */
function reopenWindow(text = TEXT): Run {
  closeWindow();
  editor.documents = [];
  editor.messages = [];
  host = { ...createWindow(spawn), ...openDocument(text) };
  return begin();
}

const stored = (): string[] =>
  [...editor.files.keys()].filter(path => path.startsWith('/storage/'));
const runFiles = () =>
  [...editor.files.keys()].filter(path => path.startsWith('/work/.nabla/runs/'));
const layersNow = () => parseNetwork(host.document.getText()).network?.layers;
const column = (run: Run, name: number): number[] => {
  const { history } = run.record;
  return history
    ? [...history.values.subarray(name * history.count, (name + 1) * history.count)]
    : [];
};

/** Up to some epoch, where it is held, and kept. */
async function trainUntilKept(run: Run, epoch = 10): Promise<void> {
  holdAt = epoch;
  await run.train();
  await untilHeld(run);
}

async function untilHeld(run: Run): Promise<void> {
  await vi.waitFor(() => expect(run.record.latest.epoch).toBeGreaterThanOrEqual(holdAt), 30_000);
  await written();
  expect(run.record.running).toBe(true);
  expect(stored()).toHaveLength(1);
  holdAt = Infinity;
}

/** Until the offer is there; the epoch up to which it was kept. */
async function offered(run: Run): Promise<number> {
  await vi.waitFor(() => expect(run.record.unfinished).toBeDefined(), 30_000);
  return run.record.unfinished!.epoch;
}

/** What an undisturbed training becomes. */
async function undisturbed() {
  const run = openWindow();
  await run.train();
  await run.whenStopped();
  const end = outcome(run);
  await written();
  closeWindow();
  return end;
}

function outcome(run: Run) {
  const { phase, epoch, step, loss } = run.record.state!;
  const rows = [0, 1, 3, 4, 7, 8].map(name => column(run, name));
  return { phase, epoch, step, loss, rows, layers: layersNow() };
}

describe('an engine that ends in the middle of a training', () => {
  it('is told with what is kept; the training goes on to the same weights and curves', async () => {
    const expected = await undisturbed();
    expect(expected.rows[0]).toEqual(Array.from({ length: EPOCHS + 1 }, (_, i) => i));
    const run = openWindow();
    await trainUntilKept(run);
    kills.at(-1)!('killed');
    expect(run.record.running).toBe(false);
    const epoch = await offered(run);
    expect(epoch).toBeGreaterThan(0);
    expect(run.record.unfinished).toMatchObject({
      epochs: EPOCHS,
      reason: 'killed',
      hidden: false,
    });
    expect(run.record.unfinished?.misfit).toBeUndefined();
    expect(editor.messages.map(({ message }) => message)).toEqual([
      `The training engine of net.nn.json stopped in the middle of the training (killed). It has started again; what was trained is kept up to epoch ${epoch}, and the file is as it was.`,
    ]);
    expect(host.document.getText()).toBe(TEXT);
    expect(column(run, 0)).toEqual(expected.rows[0].slice(0, epoch + 1));

    await run.unfinished.continue();
    expect(run.record.unfinished).toBeUndefined();
    await run.whenStopped();
    expect(outcome(run)).toEqual(expected);
    await written();
    expect(stored()).toEqual([]);
    // Cut off and whole it is the same run.
    expect(runFiles()).toHaveLength(1);
    const { result } = readRun(new TextDecoder().decode(editor.files.get(runFiles()[0])));
    expect(result).toMatchObject({ reason: 'epochs', epochs: EPOCHS });
  });

  it('goes on with the marks of settings that were changed before, and its run keeps them', async () => {
    const run = openWindow();
    await trainUntilKept(run);
    kills.at(-1)!('killed');
    const cut = await offered(run);
    host.document.change(TEXT.replace('0.01', '0.02'));
    await run.looks();
    holdAt = 30;
    await run.unfinished.continue();
    const path = ['training', 'optimizer', 'learningRate'];
    const { marks } = run.record.history!;
    expect(marks).toMatchObject([{ epoch: cut, changes: [{ path, from: 0.01, to: 0.02 }] }]);
    await untilHeld(run);
    kills.at(-1)!('again');
    expect(await offered(run)).toBeGreaterThan(cut);
    expect(run.record.history?.marks, 'among the curves of before').toEqual(marks);
    await run.unfinished.continue();
    await run.whenStopped();
    expect(run.record.history?.marks).toEqual(marks);
    await keeper.whenKept();
    const { result, columns, faults } = readRun(
      new TextDecoder().decode(editor.files.get(runFiles()[0])),
    );
    expect(result?.changes).toEqual(marks);
    expect(faults).toEqual([]);
    expect([...columns.keys()].slice(0, 3)).toEqual(['epoch', 'step', 'seconds']);
    expect(columns.get('epoch')).toHaveLength(EPOCHS + 1);
    await run.reset();
    expect(run.record.history).not.toHaveProperty('marks');
  });

  it('may end once more', async () => {
    const expected = await undisturbed();
    const run = openWindow();
    await trainUntilKept(run);
    kills.at(-1)!('killed');
    const first = await offered(run);
    holdAt = 30;
    await run.unfinished.continue();
    await untilHeld(run);
    kills.at(-1)!('again');
    expect(await offered(run)).toBeGreaterThan(first);
    await run.unfinished.continue();
    await run.whenStopped();
    expect(outcome(run)).toEqual(expected);
  });

  it('is answered in the message: it goes on', async () => {
    const expected = await undisturbed();
    const run = openWindow();
    editor.answer = (_, [go]) => go;
    await trainUntilKept(run);
    kills.at(-1)!('killed');
    await vi.waitFor(() => expect(run.record.state?.phase).toBe('finished'), 30_000);
    await run.whenStopped();
    expect(outcome(run).layers).toEqual(expected.layers);
  });

  it('is answered with not now: then only the command goes on', async () => {
    const run = openWindow();
    editor.answer = (_, [, later]) => later;
    await trainUntilKept(run);
    kills.at(-1)!('killed');
    await offered(run);
    await vi.waitFor(() => expect(run.record.unfinished?.hidden).toBe(true), 30_000);
    await run.unfinished.continue();
    expect(run.record.running).toBe(true);
  });

  it('leaves nothing to go on with where nothing was being trained, or nothing was kept', async () => {
    const run = openWindow();
    await run.looks();
    kills.at(-1)!('killed');
    await run.looks();
    expect(run.record.unfinished).toBeUndefined();
    expect(editor.messages[0].message).toContain('It starts again when it is needed');
    await expect(run.unfinished.continue()).rejects.toThrow(
      'There is no unfinished training of net.nn.json.',
    );
    await expect(run.unfinished.discard()).rejects.toThrow('no unfinished training');
  });
});

describe('a window that ends in the middle of a training', () => {
  it('leaves curves that the next one shows, a training that goes on to the same end, and a run', async () => {
    const expected = await undisturbed();
    await trainUntilKept(openWindow());
    const run = reopenWindow();
    const epoch = await offered(run);
    expect(run.record.unfinished).toMatchObject({ epochs: EPOCHS });
    expect(run.record.unfinished?.reason).toBeUndefined();
    expect(column(run, 0)).toEqual(expected.rows[0].slice(0, epoch + 1));
    expect(column(run, 3)).toEqual(expected.rows[2].slice(0, epoch + 1));
    expect(run.record.state).toMatchObject({ phase: 'idle', step: 0 });

    await keeper.keepLeft();
    await keeper.whenKept();
    const [name, ...others] = runFiles();
    expect(others).toEqual([]);
    const read = () => readRun(new TextDecoder().decode(editor.files.get(name)));
    expect(read().result).toMatchObject({ reason: 'interrupted', epochs: epoch });
    expect(read().result?.parameters).toHaveLength(4 * 3 + 5);
    expect(host.document.getText()).toBe(TEXT);

    await run.unfinished.continue();
    await run.whenStopped();
    expect(outcome(run)).toEqual(expected);
    await written();
    expect(runFiles()).toEqual([name]);
    expect(read().result).toMatchObject({ reason: 'epochs', epochs: EPOCHS });
    expect(stored()).toEqual([]);
  });

  it('is not gone on with where weights or layers are others now: the text is right', async () => {
    await trainUntilKept(openWindow());
    const wider = TEXT.replace('"units": 4', '"units": 5');
    const run = reopenWindow(wider);
    const epoch = await offered(run);
    const sentence = 'Since then its layers or weights were changed in the file.';
    expect(run.record.unfinished?.misfit).toBe(sentence);
    expect(column(run, 0)).toHaveLength(epoch + 1);
    await expect(run.unfinished.continue()).rejects.toThrow(sentence);
    expect(run.record.state?.step).toBe(0);
    expect(host.document.getText()).toBe(wider);

    host.document.change(TEXT);
    await vi.waitFor(() => expect(run.record.unfinished?.misfit).toBeUndefined(), 30_000);
    expect(run.record.unfinished).toBeDefined();
  });

  it.each([
    [
      'a setting that decides numbers',
      '"batchSize": 8',
      '"batchSize": 9',
      'batchSize is 8 in it and 9 here',
    ],
    ['the data', '"samples": 60', '"samples": 61', 'of other data'],
  ])('is not gone on with where %s has changed', async (_, before, after, sentence) => {
    await trainUntilKept(openWindow());
    const run = reopenWindow(TEXT.replace(before, after));
    await offered(run);
    await expect(run.unfinished.continue()).rejects.toThrow(sentence);
    expect(run.record.unfinished?.misfit).toContain(sentence);
    expect(run.record.state?.step).toBe(0);
  });

  it('goes on with other learning rates, and to the end that it had', async () => {
    await trainUntilKept(openWindow());
    const run = reopenWindow(TEXT.replace('0.01', '0.02'));
    await offered(run);
    await run.unfinished.continue();
    await run.whenStopped();
    expect(run.record.state).toMatchObject({ phase: 'finished', epoch: EPOCHS });
  });

  it('is forgotten when it is discarded', async () => {
    await trainUntilKept(openWindow());
    const run = reopenWindow();
    // The palette has the commands for it only while there is one: nobody takes them for Train.
    const keys = new ContextKeys(host.runs);
    const told = () => editor.executed.filter(({ args }) => args[0] === 'nabla.unfinished').at(-1);
    await offered(run);
    expect(told()?.args[1]).toEqual([run.uri.path]);
    await run.unfinished.discard();
    expect(told()?.args[1]).toBe(false);
    keys.dispose();
    expect(run.record.unfinished).toBeUndefined();
    expect(column(run, 0)).toEqual([0]);
    expect(stored()).toEqual([]);
    const next = reopenWindow();
    await next.looks();
    await next.unfinished.look();
    expect(next.record.unfinished).toBeUndefined();
  });

  it('gives way to another training, whose curves are its own', async () => {
    const expected = await undisturbed();
    await trainUntilKept(openWindow());
    const run = reopenWindow();
    await offered(run);
    await run.train();
    expect(run.record.unfinished).toBeUndefined();
    await run.whenStopped();
    expect(outcome(run)).toEqual(expected);
    await written();
    expect(stored()).toEqual([]);
  });

  it('shows the curves of the run again when a step is made', async () => {
    await trainUntilKept(openWindow());
    const run = reopenWindow();
    await offered(run);
    await run.step('epoch');
    expect(column(run, 0)).toEqual([0, 1]);
  });
});

describe('a file that gets another name in the middle of a training', () => {
  const OTHER = '/work/deep/other.nn.json';

  /** As VS Code does it: whoever wants to is waited for, then the file is another one. */
  async function rename(opensAfter: boolean, text = TEXT): Promise<Run> {
    const files = [{ oldUri: Uri.file(PATH), newUri: Uri.file(OTHER) }];
    const waits: Promise<unknown>[] = [];
    events.willRename.fire({ files, waitUntil: done => void waits.push(done) });
    await Promise.all(waits);
    if (opensAfter) events.rename.fire({ files });
    const document = editor.open(OTHER, text);
    const { run } = host.runs.acquire(document.uri as unknown as vscode.Uri);
    run.start();
    await run.looks();
    if (!opensAfter) events.rename.fire({ files });
    return run;
  }

  it.each([
    ['is opened then', true, true],
    ['was opened already', false, true],
    ['is opened then, in a workspace that is not trusted', true, false],
  ])('takes it along, where it %s', async (_, opensAfter, isTrusted) => {
    const expected = await undisturbed();
    workspace.isTrusted = isTrusted;
    const before = openWindow();
    holdAt = 10;
    await before.train();
    await vi.waitFor(() => expect(host.unfinished.held(host.uri)).toBeDefined(), 30_000);
    const run = await rename(opensAfter);
    expect(before.record.running).toBe(false);
    expect(host.document.getText()).toBe(TEXT);
    holdAt = Infinity;
    const epoch = await offered(run);
    expect(epoch).toBeGreaterThan(0);
    await run.unfinished.continue();
    await run.whenStopped();
    const { epoch: end, loss, phase } = run.record.state!;
    expect({ epoch: end, loss, phase }).toEqual({
      epoch: expected.epoch,
      loss: expected.loss,
      phase: expected.phase,
    });
    await written();
    expect(stored()).toEqual([]);
  });

  it('takes along one that a change has paused: it fits again when that is taken back', async () => {
    const expected = await undisturbed();
    const before = openWindow();
    await trainUntilKept(before);
    const wider = TEXT.replace('"units": 4', '"units": 5');
    host.document.change(wider);
    await vi.waitFor(() => expect(before.record.interrupted).toBeDefined(), 30_000);
    await before.looks();
    const { epoch } = before.record.interrupted!;
    const run = await rename(true, wider);
    expect(await offered(run)).toBe(epoch);
    expect(run.record.unfinished?.misfit).toContain('were changed');
    editor.documents.at(-1)!.change(TEXT);
    await vi.waitFor(() => expect(run.record.unfinished?.misfit).toBeUndefined(), 30_000);
    await run.unfinished.continue();
    await run.whenStopped();
    expect(run.record.state).toMatchObject({ epoch: EPOCHS, loss: expected.loss });
    expect(column(run, 0)).toEqual(expected.rows[0]);
  });

  it('takes along one that was paused, and whose weights are not written', async () => {
    const expected = await undisturbed();
    const before = openWindow();
    editor.configure('nabla.train.writeBack', 'never');
    await trainUntilKept(before);
    await before.pause();
    const { epoch } = before.record.state!;
    expect(host.document.getText()).toBe(TEXT);
    const run = await rename(true);
    expect(await offered(run)).toBe(epoch);
    await run.unfinished.continue();
    await run.whenStopped();
    expect(run.record.state).toMatchObject({ epoch: EPOCHS, loss: expected.loss });
    expect(run.record.ahead).toBe(true);
  });

  it.each<[string, (run: Run) => Promise<unknown>, number]>([
    ['a training that is over', run => run.train().then(() => run.whenStopped()), EPOCHS],
    ['steps', run => run.step('epoch').then(() => run.step('epoch')), 2],
  ])('takes along the weights of %s, and trains nothing more', async (_, make, epoch) => {
    const before = openWindow();
    editor.configure('nabla.train.writeBack', 'never');
    await make(before);
    const { loss } = before.record.state!;
    const run = await rename(true);
    expect(await offered(run)).toBe(epoch);
    expect(run.record.unfinished?.epochs).toBe(epoch);
    await run.unfinished.continue();
    expect(run.record.running).toBe(false);
    expect(run.record.state).toMatchObject({ epoch, loss });
    expect(run.record.ahead).toBe(true);
    await written();
    expect(stored()).toEqual([]);
    await run.writeWeights();
    expect(editor.documents.at(-1)!.getText()).toContain('"weights"');
  });

  it('waits for no engine that hangs: what was kept before is offered', async () => {
    let hangs = false;
    host = createHostWith(() => {
      const port = spawn();
      return { ...port, post: (...message) => (hangs ? undefined : port.post(...message)) };
    }, TEXT);
    const before = begin();
    await trainUntilKept(before);
    hangs = true;
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const files = [{ oldUri: Uri.file(PATH), newUri: Uri.file(OTHER) }];
    const waits: Promise<unknown>[] = [];
    events.willRename.fire({ files, waitUntil: done => void waits.push(done) });
    await vi.advanceTimersByTimeAsync(LEAVE_LIMIT);
    vi.useRealTimers();
    await Promise.all(waits);
    events.rename.fire({ files });
    const found = await host.unfinished.find(Uri.file(OTHER) as unknown as vscode.Uri);
    expect(found).toBeDefined();
    // It ends with the window.
    expect(before.record.running).toBe(true);
  });

  it('is offered under its own name where that was not changed after all', async () => {
    const run = openWindow();
    await trainUntilKept(run);
    const waits: Promise<unknown>[] = [];
    const files = [{ oldUri: Uri.file('/work'), newUri: Uri.file('/play') }];
    events.willRename.fire({ files, waitUntil: done => void waits.push(done) });
    await Promise.all(waits);
    await offered(run);
    await run.unfinished.continue();
    await run.whenStopped();
    expect(run.record.state).toMatchObject({ phase: 'finished', epoch: EPOCHS });
  });
});

describe('what is kept', () => {
  const uri = (path: string) => Uri.file(path) as unknown as vscode.Uri;

  it('follows a network to another name, and a folder above it', async () => {
    await trainUntilKept(openWindow());
    reopenWindow();
    const [before] = stored();
    events.rename.fire({ files: [{ oldUri: Uri.file('/work'), newUri: Uri.file('/work/other') }] });
    const found = await host.unfinished.find(uri('/work/other/net.nn.json'));
    expect(found?.uri).toContain('/work/other/net.nn.json');
    expect(stored()).toHaveLength(1);
    expect(stored()).not.toEqual([before]);
    expect(await host.unfinished.find(uri(PATH))).toBeUndefined();
  });

  it('follows as it is held, where the disk was full when it was kept last', async () => {
    await trainUntilKept(openWindow());
    const first = host.unfinished.held(host.uri)!;
    editor.refusesToWrite = path => (path.startsWith('/storage') ? 'disk full' : undefined);
    await host.unfinished.keep({ ...first, begun: { ...first.begun, at: 'later' } });
    events.rename.fire({
      files: [{ oldUri: Uri.file(PATH), newUri: Uri.file('/work/b.nn.json') }],
    });
    const found = await host.unfinished.find(uri('/work/b.nn.json'));
    expect(found?.begun.at).toBe('later');
  });

  it('goes with its network, also with one that went while nobody looked', async () => {
    await trainUntilKept(openWindow());
    reopenWindow();
    events.remove.fire({ files: [Uri.file('/work/other.nn.json')] });
    expect(await host.unfinished.left()).toHaveLength(1);
    events.remove.fire({ files: [Uri.file(PATH)] });
    expect(await host.unfinished.left()).toEqual([]);
    expect(stored()).toEqual([]);

    await trainUntilKept(openWindow());
    closeWindow();
    editor.documents = [];
    const { unfinished } = createWindow(spawn);
    closers.push(unfinished);
    expect(await unfinished.left()).toEqual([]);
    expect(stored()).toEqual([]);
  });

  it('is no longer there when it is damaged, or its writing was cut off', async () => {
    await trainUntilKept(openWindow());
    closeWindow();
    const [path] = stored();
    editor.files.set(path, editor.files.get(path)!.slice(0, 500));
    editor.write(`${path}.1.tmp`, 'half');
    const run = reopenWindow();
    await run.looks();
    expect(await host.unfinished.left()).toEqual([]);
    expect(stored()).toEqual([]);
    expect(run.record.unfinished).toBeUndefined();
    expect(editor.log.join('\n')).toContain('not whole');
  });

  it('is found where the window ended when the old file was gone and the new one had not its name yet', async () => {
    const left = async (): Promise<string> => {
      await trainUntilKept(openWindow());
      closeWindow();
      const [path] = stored();
      const bytes = editor.files.get(path)!;
      editor.files.delete(path);
      editor.files.set(`${path}.${crypto.randomUUID()}.tmp`, bytes);
      return path;
    };
    await left();
    const run = reopenWindow();
    await offered(run);
    expect(await host.unfinished.left()).toHaveLength(1);
    await run.unfinished.discard();
    expect(stored()).toEqual([]);

    // Beside one that has its name it is nothing.
    const path = await left();
    editor.files.set(path, editor.files.get(stored()[0])!);
    reopenWindow();
    expect(await host.unfinished.left()).toHaveLength(1);
    expect(stored()).toEqual([path]);
  });

  it('is in no file where the workspace is not trusted, and still survives the engine', async () => {
    workspace.isTrusted = false;
    const run = openWindow();
    holdAt = 10;
    await run.train();
    await vi.waitFor(() => expect(host.unfinished.held(host.uri)).toBeDefined(), 30_000);
    kills.at(-1)!('killed');
    await offered(run);
    await written();
    expect(stored()).toEqual([]);
  });

  it('is held where the disk is full, which is said once', async () => {
    const run = openWindow();
    editor.refusesToWrite = path => (path.startsWith('/storage') ? 'disk full' : undefined);
    holdAt = 20;
    await run.train();
    await vi.waitFor(() => expect(run.record.latest.epoch).toBeGreaterThanOrEqual(20), 30_000);
    kills.at(-1)!('killed');
    await offered(run);
    await written();
    expect(editor.log.filter(line => line === 'disk full')).toHaveLength(1);
  });

  it('is none of a training that was paused: its weights are in the text', async () => {
    const run = openWindow();
    await trainUntilKept(run);
    await run.pause();
    await written();
    expect(stored()).toEqual([]);
    expect(host.document.getText()).toContain('"weights"');
  });
});
