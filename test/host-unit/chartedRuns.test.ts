/** Kept runs on the charts of designers, and in their tables. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { runHandlers } from '../../src/host/runCommands';
import { RunKeeper } from '../../src/host/runKeeper';
import { RunsView } from '../../src/host/runsView';
import type { KeptRun } from '../../src/host/keptRuns';
import type { ComparedRun, Comparison } from '../../src/protocol';
import { MOST_COMPARED } from '../../src/runs/comparedRun';
import { settled, TEXT as STEEP } from './support/host';
import { openPage } from './support/page';
import type { OpenPage } from './support/page';
import { editor, window } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

/** It learns without end. */
const TEXT = STEEP.replace('"learningRate": 0.5', '"learningRate": 0.01');
const RUNS = '/work/.nabla/runs';

let world: OpenPage;
let view: RunsView;
let handlers: ReturnType<typeof runHandlers>;
let keeper: RunKeeper;
const closers: { dispose(): void }[] = [];

beforeEach(() => {
  world = openPage(TEXT);
  const { host, kept, charted, designers } = world;
  keeper = new RunKeeper({ ...host, kept, notices: { info: vi.fn() } });
  view = new RunsView(kept, charted);
  handlers = runHandlers({ runs: host.runs, kept, runsView: view, charted, designers });
  closers.push(keeper, view, designers, charted, kept, host.runs);
  return () => closers.splice(0).forEach(item => item.dispose());
});

async function train(epochs: number): Promise<KeptRun> {
  const { host, kept } = world;
  const before = new Set((await kept.list()).map(({ uri }) => uri.toString()));
  await host.runs.use(host.uri, async run => {
    await run.reset();
    await run.train({ epochs });
    await run.whenStopped();
  });
  await settled();
  await keeper.whenKept();
  const found = (await kept.list()).find(({ uri }) => !before.has(uri.toString()));
  if (!found) throw new Error('The training is kept.');
  return found;
}

/** What the page was told last. */
const shown = (): readonly ComparedRun[] =>
  (world.page.told.filter(({ name }) => name === 'compared').at(-1)?.args[0] ??
    []) as readonly ComparedRun[];
const compared = (): Comparison | undefined =>
  world.page.told.filter(({ name }) => name === 'compare').at(-1)?.args[0] as Comparison;

/** The same run in other files; their names differ in the second, and so may the network's file. */
function copies(run: KeptRun, count: number, file = 'net.nn.json'): void {
  const text = new TextDecoder().decode(editor.files.get(run.uri.path));
  for (let i = 0; i < count; i++)
    editor.write(
      `${RUNS}/copy-202601010000${String(i).padStart(2, '0')}000Z-1.jsonl`.replace(
        /(\d{8})(\d{6})/,
        '$1T$2',
      ),
      text.replace('"net.nn.json"', `"${file}"`),
    );
}

describe('runs on the charts', () => {
  it('are told to the page of their network, with what differs, and their curves on demand', async () => {
    await world.page.remote.ready();
    const runs = [await train(3), await train(5)];
    await handlers.showRuns(runs[0], runs);
    await vi.waitFor(() => expect(shown()).toHaveLength(2));
    const [newest, oldest] = shown();
    expect([newest.look, oldest.look].sort()).toEqual([0, 1]);
    expect(newest).toMatchObject({ epochs: 5, file: 'net.nn.json', hasWeights: true });
    expect(newest.settings['optimizer.learningRate']).toBe('0.01');
    expect(newest.best).toBeLessThan(oldest.best);
    const { count, values } = await world.page.remote.comparedCurves(oldest.id);
    expect(count).toBe(4);
    const { columns } = await world.kept.read(runs[0].uri);
    expect([...values.subarray(3 * 4, 4 * 4)]).toEqual([...columns.get('loss')!]);
    await expect(world.page.remote.comparedCurves('other')).rejects.toThrow('not kept any more');
  });

  it('have the same points where two trainings were the same', async () => {
    await world.page.remote.ready();
    const runs = [await train(9), await train(9)];
    await handlers.showRuns(runs[0], runs);
    await vi.waitFor(() => expect(shown()).toHaveLength(2));
    const [one, other] = await Promise.all(
      shown().map(({ id }) => world.page.remote.comparedCurves(id)),
    );
    // The third column is time, the only thing in which they differ.
    const apart = (values: Float64Array) => values.filter((_, i) => Math.floor(i / 10) !== 2);
    expect(apart(one.values)).toEqual(apart(other.values));
    expect(one.count).toBe(10);
  });

  it('are checked in the tree, and taken away there or on the page', async () => {
    await world.page.remote.ready();
    const run = await train(3);
    expect(view.getTreeItem(run).checkboxState).toMatchObject({ state: 0 });
    editor.commands.set('nabla.showRuns', handlers.showRuns);
    editor.commands.set('nabla.hideRuns', handlers.hideRuns);
    editor.checked.fire({ items: [[run, 1]] });
    await vi.waitFor(() => expect(shown()).toHaveLength(1));
    expect(view.getTreeItem(run).checkboxState).toMatchObject({
      state: 1,
      tooltip: 'On the charts',
    });
    await world.page.remote.putRun(shown()[0].id, false);
    await vi.waitFor(() => expect(shown()).toEqual([]));
    expect(view.getTreeItem(run).checkboxState).toMatchObject({ state: 0 });
    editor.checked.fire({ items: [[run, 1]] });
    await vi.waitFor(() => expect(shown()).toHaveLength(1));
    editor.checked.fire({ items: [[run, 0]] });
    await vi.waitFor(() => expect(shown()).toEqual([]));
  });

  it('are there when a page comes back, and gone when their files are', async () => {
    const run = await train(3);
    await handlers.showRuns(run, [run]);
    expect((await world.page.remote.ready()).compared).toHaveLength(1);
    await world.kept.delete([run.uri]);
    await vi.waitFor(() => expect(world.page.names()).toContain('compared'));
    expect(shown()).toEqual([]);
  });

  it('bring a designer that is hidden to the front, and open no other', async () => {
    const run = await train(3);
    world.page.show(false);
    await handlers.showRuns(run, [run]);
    expect(world.page.revealed).toEqual([1]);
    expect(editor.executed.filter(({ command }) => command === 'vscode.openWith')).toEqual([]);
  });

  it('cost nothing where there are none: a page that opens reads no file', async () => {
    await train(3);
    const list = vi.spyOn(world.kept, 'list');
    expect((await world.page.remote.ready()).compared).toEqual([]);
    expect(list).not.toHaveBeenCalled();
  });

  it('are as many as can be told apart', async () => {
    const run = await train(3);
    copies(run, MOST_COMPARED);
    const all = await world.kept.list();
    expect(all).toHaveLength(MOST_COMPARED + 1);
    await expect(handlers.showRuns(all[0], all)).rejects.toThrow(
      'The charts show 20 runs at most, and 0 are there. Remove some first.',
    );
    await handlers.showRuns(all[0], all.slice(1));
    const looks = (await world.charted.of(world.host.uri)).map(({ look }) => look);
    expect(new Set(looks).size).toBe(MOST_COMPARED);
    await handlers.hideRuns(all[3], [all[3]]);
    await handlers.showRuns(all[0], [all[0]]);
    expect(world.charted.compared(all[0])?.look).toBe(looks[2]);
  });

  it('of other networks are shown beside one of its own, and not alone', async () => {
    const run = await train(3);
    copies(run, 1, 'other.nn.json');
    const other = (await world.kept.list()).find(({ network }) =>
      network?.path.endsWith('other.nn.json'),
    )!;
    world.charted.put([other], true);
    expect(await world.charted.of(world.host.uri)).toEqual([]);
    world.charted.put([run], true);
    const files = (await world.charted.of(world.host.uri)).map(({ file }) => file);
    expect(files.sort()).toEqual(['net.nn.json', 'other.nn.json']);
  });
});

describe('a table of runs', () => {
  it('is of those that a person picks, where none was given', async () => {
    await world.page.remote.ready();
    await train(3);
    await train(5);
    const picking = vi.spyOn(window, 'showQuickPick') as unknown as {
      mockImplementation(f: unknown): void;
    };
    picking.mockImplementation(
      async (items: unknown[], { canPickMany = false }) => canPickMany && items,
    );
    await handlers.compareRuns();
    await vi.waitFor(() => expect(compared()?.runs).toHaveLength(2));
    picking.mockImplementation(async () => undefined);
    await handlers.showRuns();
    expect(await world.charted.of(world.host.uri)).toEqual([]);
    vi.restoreAllMocks();
  });

  it('is shown in the designer of their network', async () => {
    await world.page.remote.ready();
    const runs = [await train(3), await train(5)];
    await handlers.compareRuns(runs[0], runs);
    await vi.waitFor(() => expect(compared()?.runs).toHaveLength(2));
    expect(compared()?.runs[0]).toMatchObject({ epochs: 3 });
    expect(compared()?.runs[0].look).toBeUndefined();
  });

  it('restores settings and weights of a run as one undo step', async () => {
    await world.page.remote.ready();
    const run = await train(3);
    const trained = world.host.document.getText();
    world.host.document.change(
      trained
        .replace('0.01', '0.03')
        .replace('"seed": 1', '"seed": 8')
        .replace(/\[\[.*?\]\]/, '[[9, 9]]'),
    );
    const before = world.host.document.getText();
    const steps = world.host.document.undoSteps;
    world.charted.put([run], true);
    const [{ id }] = await world.charted.of(world.host.uri);
    await world.page.remote.restoreRun(id);
    expect(world.host.document.getText()).toBe(trained);
    expect(world.host.document.undoSteps).toBe(steps + 1);
    expect(editor.applied.at(-1)?.edits[0].label).toMatch(/^Restore settings and weights of /);
    world.host.document.undo();
    expect(world.host.document.getText()).toBe(before);
  });
});
