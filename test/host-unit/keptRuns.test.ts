/** Trainings of the real session, kept as files in an editor in memory, listed, restored, exported and deleted. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import { ChartedRuns } from '../../src/host/chartedRuns';
import { DesignerEditor } from '../../src/host/designerEditor';
import { FirstSteps } from '../../src/host/firstSteps';
import { KeptRuns } from '../../src/host/keptRuns';
import { runHandlers } from '../../src/host/runCommands';
import { RunKeeper } from '../../src/host/runKeeper';
import { isGroup, RunsView } from '../../src/host/runsView';
import type { RunGroup } from '../../src/host/runsView';
import type { KeptRun } from '../../src/host/keptRuns';
import { readRun } from '../../src/runs/readRun';
import { createHostWith, settled, TEXT as STEEP } from './support/host';
import type { Host } from './support/host';
import { sessionPort } from './support/session';
import { editor, Uri } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

/** It learns without end. */
const TEXT = STEEP.replace('"learningRate": 0.5', '"learningRate": 0.01');

const RUNS = '/work/.nabla/runs';

let host: Omit<Host, 'workers'>;
let kept: KeptRuns;
let keeper: RunKeeper;
let view: RunsView;
let charted: ChartedRuns;
let handlers: ReturnType<typeof runHandlers>;
const notes: string[] = [];

function open(text = TEXT): void {
  host = createHostWith(sessionPort, text);
  kept = new KeptRuns();
  keeper = new RunKeeper({
    documents: host.documents,
    runs: host.runs,
    kept,
    unfinished: host.unfinished,
    notices: { info: note => notes.push(note) },
  });
  charted = new ChartedRuns(kept);
  view = new RunsView(kept, charted);
  const designers = new DesignerEditor(Uri.file('/ext') as never, {
    ...host,
    kept,
    charted,
    firstSteps: new FirstSteps(host.runs),
  });
  handlers = runHandlers({ runs: host.runs, kept, runsView: view, charted, designers });
  closers.push(host.runs, keeper, view, designers, charted, kept);
}

const closers: { dispose(): void }[] = [];

beforeEach(() => {
  notes.length = 0;
  return () => {
    for (const item of closers.splice(0)) item.dispose();
  };
});

const names = (): string[] =>
  [...editor.files.keys()]
    .filter(path => path.startsWith(`${RUNS}/`))
    .map(path => path.slice(RUNS.length + 1));
const fileOf = (name: string) =>
  readRun(new TextDecoder().decode(editor.files.get(`${RUNS}/${name}`)));

/** So that no two runs begin within a millisecond. */
const tick = () => new Promise(resolve => setTimeout(resolve, 3));

async function train(epochs?: number): Promise<void> {
  const lease = host.runs.acquire(host.uri);
  await lease.run.train({ epochs });
  await lease.run.whenStopped();
  await vi.waitFor(() => expect(lease.run.record.running).toBe(false));
  await settled();
  await keeper.whenKept();
  await tick();
  lease.dispose();
}

/** Of many epochs; ended after some. */
async function trainAndPause(): Promise<void> {
  await host.runs.use(host.uri, async run => {
    await run.train({ epochs: 1_000_000 });
    await vi.waitFor(() => expect(run.record.latest.epoch).toBeGreaterThan(2));
    await run.pause();
  });
  await settled();
  await keeper.whenKept();
  await tick();
}

const groups = async () => (await view.getChildren()) as RunGroup[];
const listed = async () => (await groups()).flatMap(node => (isGroup(node) ? node.runs : [node]));
const item = (run: KeptRun) => view.getTreeItem(run) as vscode.TreeItem & { label: string };

describe('a training', () => {
  it('is kept when it ends, with what it was and what became of it', async () => {
    open();
    await train();
    const [name] = names();
    expect(names()).toHaveLength(1);
    expect(name).toMatch(/^net-\d{8}T\d{9}Z-1\.jsonl$/);
    const { head, columns, result, faults } = fileOf(name);
    expect(faults).toEqual([]);
    expect(head).toMatchObject({ file: 'net.nn.json', engine: { place: 'thread' } });
    expect(JSON.stringify(head.network)).not.toContain('weights');
    expect([...columns.get('epoch')!]).toEqual([0, 1, 2, 3]);
    const losses = columns.get('loss')!;
    expect(result).toMatchObject({
      reason: 'epochs',
      epochs: 3,
      steps: 3,
      lossBefore: losses[0],
      loss: losses[3],
    });
    const { layers } = host.documents.read(host.document as never).network as never as {
      layers: { weights: number[][]; bias: number[] }[];
    };
    expect(result?.parameters).toEqual([...layers[0].weights.flat(), ...layers[0].bias]);
    expect(new TextDecoder().decode(editor.files.get('/work/.nabla/.gitignore'))).toBe('*\n');
    expect(notes).toEqual([]);
  });

  it('tells the text that it began with by its hash', async () => {
    open();
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(TEXT));
    await train(1);
    expect(fileOf(names()[0]).head.sha256).toBe(Buffer.from(digest).toString('hex'));
  });

  it('is the same run when it goes on after a pause', async () => {
    open();
    await trainAndPause();
    const [name] = names();
    const first = fileOf(name);
    expect(first.result?.reason).toBe('paused');
    expect(first.result?.epochs).toBeGreaterThan(2);
    await train(2);
    expect(names()).toEqual([name]);
    const second = fileOf(name);
    expect(second.head).toEqual(first.head);
    expect(second.result?.reason).toBe('epochs');
    expect(second.result?.epochs).toBe(first.result!.epochs + 2);
    expect(second.columns.get('epoch')![0]).toBe(0);
  });

  it('is another when it starts again', async () => {
    open();
    await train();
    await host.runs.use(host.uri, run => run.reset());
    await train();
    expect(names()).toHaveLength(2);
    const [first, second] = names().map(fileOf);
    expect([...second.columns.get('loss')!]).toEqual([...first.columns.get('loss')!]);
    expect(second.head.sha256).toBe(first.head.sha256);
  });

  it('is another when it goes another way from an earlier moment', async () => {
    open();
    await train();
    const lease = host.runs.acquire(host.uri);
    const { ids, epochs } = await (await lease.run.looks()).snapshots();
    await lease.run.restore(ids[epochs.indexOf(1)]);
    await train(1);
    lease.dispose();
    expect(names()).toHaveLength(2);
    const [first, second] = names().map(fileOf);
    expect([...first.columns.get('epoch')!]).toEqual([0, 1, 2, 3]);
    expect([...second.columns.get('epoch')!]).toEqual([0, 1, 2]);
  });

  it('is another when the network is another', async () => {
    open();
    await train();
    host.document.change(
      TEXT.replace('"units": 1', '"units": 2').replace('"y": [1]', '"y": [1, 0]'),
    );
    await settled();
    await train();
    expect(names()).toHaveLength(2);
    expect(fileOf(names()[1]).result?.parameters).toHaveLength(6);
  });

  it('that diverges is kept with the reason and the last finite weights', async () => {
    open(STEEP.replace('0.5', '1e30'));
    await train();
    const { result } = fileOf(names()[0]);
    expect(result?.reason).toBe('diverged');
    expect(result?.parameters?.every(Number.isFinite)).toBe(true);
  });

  it('of a large network has its weights beside it', async () => {
    const large = TEXT.replace('"shape": [2]', '"shape": [20001]').replace(
      '[{ "x": [1, 2], "y": [1] }]',
      JSON.stringify([{ x: Array(20001).fill(0.001), y: [1] }]),
    );
    open(large);
    await train(1);
    const [weights, name] = names();
    expect(names()).toHaveLength(2);
    expect(weights).toBe(name.replace('.jsonl', '.safetensors'));
    const { parameters } = await kept.parameters(Uri.file(`${RUNS}/${name}`) as never);
    expect(parameters).toHaveLength(20002);
  });

  it('is not kept where the settings say so, or nothing can be written', async () => {
    open();
    editor.configure('nabla.runs.keep', 0);
    await train();
    expect(names()).toEqual([]);
    editor.configure('nabla.runs.keep', 100);
    editor.refusesToWrite = path => (path.includes('.nabla') ? 'disk full' : undefined);
    await train();
    expect(names()).toEqual([]);
    expect(notes).toEqual(['The training of net.nn.json was not kept: disk full']);
  });

  it('makes the oldest go where there are too many, and nothing else', async () => {
    open();
    editor.configure('nabla.runs.keep', 2);
    editor.write(`${RUNS}/mine.jsonl`, 'a file of the person');
    const seen: string[] = [];
    for (let i = 0; i < 3; i++) {
      await host.runs.use(host.uri, run => run.reset());
      await train();
      seen.push(...names().filter(name => !seen.includes(name) && name !== 'mine.jsonl'));
    }
    expect(seen).toHaveLength(3);
    expect(names().sort()).toEqual(['mine.jsonl', seen[1], seen[2]].sort());
  });
});

describe('the list', () => {
  it('has the runs of each network, the newest first', async () => {
    open();
    await train();
    await host.runs.use(host.uri, run => run.newSeed(5));
    await train();
    const [group] = await groups();
    expect(view.getTreeItem(group)).toMatchObject({ label: 'net.nn.json', description: '2 runs' });
    const [newest, oldest] = group.runs.map(item);
    expect(newest.description).toMatch(/^loss \S+ · 3 epochs · seed 5 · sgd 0\.01$/);
    expect(oldest.description).toMatch(/^loss \S+ · 3 epochs · seed 1 · sgd 0\.01$/);
    expect(newest).toMatchObject({ contextValue: 'runWithWeights', iconPath: { id: 'check' } });
    const { value } = newest.tooltip as vscode.MarkdownString;
    for (const word of ['all epochs trained', 'best loss', '3 steps in', '"learningRate": 0.01'])
      expect(value).toContain(word);
    expect(newest.accessibilityInformation?.label).toContain('all epochs trained');
  });

  it('has files that are damaged or none of runs, and says what is wrong', async () => {
    open();
    await train();
    const [name] = names();
    const text = new TextDecoder().decode(editor.files.get(`${RUNS}/${name}`));
    editor.write(`${RUNS}/cut.jsonl`, text.slice(0, text.lastIndexOf('"reason"')));
    editor.write(`${RUNS}/strange.jsonl`, 'hello');
    editor.write(`${RUNS}/outside.jsonl`, text.replace('net.nn.json', '../../net.nn.json'));
    const all = await listed();
    expect(all).toHaveLength(4);
    const named = (end: string) => item(all.find(({ uri }) => uri.path.endsWith(end))!);
    expect(named('cut.jsonl')).toMatchObject({ contextValue: 'run', iconPath: { id: 'warning' } });
    expect(named('strange.jsonl')).toMatchObject({ label: 'strange.jsonl', contextValue: 'run' });
    expect(named('strange.jsonl').tooltip).toContain('This is no run');
    expect(all.find(({ uri }) => uri.path.endsWith('outside.jsonl'))?.network).toBeUndefined();
  });

  it('reads a file again only when it is another', async () => {
    open();
    await train();
    const [before] = await listed();
    expect((await listed())[0]).toBe(before);
    await train();
    expect((await listed())[0]).not.toBe(before);
  });

  it('is told when a run comes or goes, also by others', async () => {
    open();
    const told = vi.fn();
    view.onDidChangeTreeData(told);
    await train();
    await vi.waitFor(() => expect(told).toHaveBeenCalled());
    const [run] = await listed();
    told.mockClear();
    const watcher = [...editor.watchers].find(({ pattern }) => pattern.pattern.includes('.nabla'));
    editor.files.delete(run.uri.path);
    watcher!.remove.fire(Uri.file(run.uri.path));
    await vi.waitFor(() => expect(told).toHaveBeenCalledTimes(1));
  });
});

describe('restoring the weights of a run', () => {
  it('is one undo step, after which training goes on from there', async () => {
    open();
    await train();
    const trained = host.document.getText();
    await host.runs.use(host.uri, run => run.reset());
    const before = host.document.getText();
    const steps = host.document.undoSteps;
    await handlers.restoreRun((await listed())[0]);
    expect(host.document.getText()).toBe(trained);
    expect(host.document.undoSteps).toBe(steps + 1);
    expect(editor.applied.at(-1)?.edits[0].label).toMatch(/^Restore weights of /);
    const loss = await host.runs.use(host.uri, async run => {
      await run.looks();
      return run.record.state?.loss;
    });
    expect(loss).toBe((await listed())[0].summary?.result?.loss);
    host.document.undo();
    expect(host.document.getText()).toBe(before);
  });

  it('is refused with a sentence when the shapes are others', async () => {
    open();
    await train();
    const wider = TEXT.replace('"units": 1', '"units": 2').replace('"y": [1]', '"y": [1, 0]');
    host.document.change(wider);
    const [run] = await listed();
    await expect(handlers.restoreRun(run)).rejects.toThrow(
      'The weights of this run do not fit net.nn.json any more: it has layers.0.weight (2, 2) in layers[0], the run has layers.0.weight (1, 2). Nothing was restored.',
    );
    expect(host.document.getText()).toBe(wider);
  });

  it('asks for the run where none was given', async () => {
    open();
    await expect(handlers.restoreRun()).rejects.toThrow('No training is kept here yet.');
    await train();
    const trained = host.document.getText();
    await host.runs.use(host.uri, run => run.reset());
    editor.answer = (title, labels) => (title === 'Which run?' ? labels[0] : undefined);
    await handlers.restoreRun();
    expect(host.document.getText()).toBe(trained);
    editor.answer = () => undefined;
    expect(await handlers.restoreRun()).toBeUndefined();
  });
});

describe('deleting', () => {
  it('asks, and takes the weights along', async () => {
    open();
    await train();
    const [name] = names();
    const weights = name.replace('.jsonl', '.safetensors');
    editor.write(`${RUNS}/${weights}`, 'weights');
    const [run] = await listed();
    editor.answer = () => undefined;
    await handlers.deleteRun(run);
    expect(names()).toContain(name);
    editor.answer = (_, [first]) => first;
    await handlers.deleteRun(run);
    expect(names()).toEqual([]);
    expect(editor.messages.at(-1)?.message).toBe(`Delete the run ${name}?`);
  });

  it('removes all that are selected, or all that there are', async () => {
    open();
    for (let i = 0; i < 4; i++) {
      await host.runs.use(host.uri, run => run.reset());
      await train();
    }
    editor.answer = (_, [first]) => first;
    const runs = await listed();
    await handlers.deleteRun(runs[0], runs.slice(0, 2));
    expect(editor.messages.at(-1)?.message).toBe('Delete 2 runs?');
    expect(await listed()).toHaveLength(2);
    await handlers.deleteRuns();
    expect(await listed()).toEqual([]);
  });
});

describe('exporting to TensorBoard', () => {
  it('writes an event file where the person wants it', async () => {
    open();
    await train();
    const [run] = await listed();
    const stem = names()[0].replace('.jsonl', '');
    const seconds = Math.floor(Date.parse(run.summary!.head.begun) / 1000);
    await handlers.exportTensorBoard(run, Uri.file('/work/board'));
    const path = `/work/board/events.out.tfevents.${seconds}.${stem}`;
    expect(editor.files.get(path)?.length).toBeGreaterThan(200);
    editor.answer = (_, [first]) => first;
    await handlers.exportTensorBoard(run);
    expect([...editor.files.keys()]).toContain(
      `/work/.nabla/tensorboard/${stem}/events.out.tfevents.${seconds}.${stem}`,
    );
    expect(editor.words.at(-1)).toContain(`tensorboard --logdir .nabla/tensorboard/${stem}`);
  });

  it('gives each of several runs a folder of its own', async () => {
    open();
    await train();
    await host.runs.use(host.uri, run => run.reset());
    await train();
    const group = (await groups())[0];
    editor.answer = (_, [first]) => first;
    await handlers.exportTensorBoard(group, [group]);
    const written = [...editor.files.keys()].filter(path => path.includes('tfevents'));
    expect(new Set(written.map(path => path.split('/').at(-2)))).toEqual(
      new Set(names().map(name => name.replace('.jsonl', ''))),
    );
  });
});
