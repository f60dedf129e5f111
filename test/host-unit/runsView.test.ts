/** The tree of kept runs: what is drawn anew, and what is left alone under the pointer of a person. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { runHandlers } from '../../src/host/runCommands';
import { RunKeeper } from '../../src/host/runKeeper';
import { isGroup, RunsView } from '../../src/host/runsView';
import type { KeptRun } from '../../src/host/keptRuns';
import { settled, TEXT as STEEP } from './support/host';
import { openPage } from './support/page';
import type { OpenPage } from './support/page';
import { editor } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

const TEXT = STEEP.replace('"learningRate": 0.5', '"learningRate": 0.01');

let world: OpenPage;
let view: RunsView;
let keeper: RunKeeper;
/** What was drawn anew: the file names of some rows, or everything. */
const drawn: (readonly string[] | 'all')[] = [];

const nameOf = (run: KeptRun): string => run.uri.path.split('/').at(-1)!;

/** Draws it as VS Code does; the runs in it. */
async function draw(): Promise<readonly KeptRun[]> {
  const nodes = (await view.getChildren()).flatMap(node => (isGroup(node) ? node.runs : [node]));
  for (const node of nodes) view.getTreeItem(node);
  return nodes;
}

beforeEach(() => {
  world = openPage(TEXT);
  drawn.length = 0;
  const { host, kept, charted, designers } = world;
  keeper = new RunKeeper({ ...host, kept, notices: { info: vi.fn() } });
  view = new RunsView(kept, charted);
  const handlers = runHandlers({ runs: host.runs, kept, runsView: view, charted, designers });
  editor.commands.set('nabla.showRuns', handlers.showRuns);
  view.onDidChangeTreeData(nodes => drawn.push(nodes ? (nodes as KeptRun[]).map(nameOf) : 'all'));
  const closers = [keeper, view, designers, charted, kept, host.runs];
  return () => closers.forEach(item => item.dispose());
});

async function train(): Promise<void> {
  const { host } = world;
  await host.runs.use(host.uri, async run => {
    await run.reset();
    await run.train({ epochs: 3 });
    await run.whenStopped();
  });
  await settled();
  await keeper.whenKept();
}

/** Whoever listens has heard it. */
const heard = () => new Promise(done => setTimeout(done, 20));

describe('the tree of kept runs', () => {
  it('is drawn anew once for a run more, however often its file is told to have changed', async () => {
    await train();
    await heard();
    const [before] = await draw();
    drawn.length = 0;
    await train();
    const run = (await world.kept.list()).find(({ uri }) => uri.path !== before.uri.path)!;
    for (const watcher of editor.watchers) {
      watcher.create.fire(run.uri as never);
      watcher.change.fire(run.uri as never);
    }
    await heard();
    expect(drawn).toEqual(['all']);
    expect(await draw()).toHaveLength(2);
  });

  it('is left alone while a training goes on', async () => {
    await train();
    await heard();
    await draw();
    drawn.length = 0;
    const { host } = world;
    await host.runs.use(host.uri, async run => {
      await run.train({ epochs: 1_000_000 });
      await vi.waitFor(() => expect(run.record.latest.epoch).toBeGreaterThan(500));
      expect(drawn).toEqual([]);
      await run.pause();
    });
  });

  it('draws only the rows anew whose boxes are others', async () => {
    await train();
    await train();
    const [newest, oldest] = await draw();
    drawn.length = 0;
    world.charted.put([oldest], true);
    expect(drawn).toEqual([[nameOf(oldest)]]);
    view.getTreeItem(oldest);
    world.charted.put([oldest], true);
    expect(drawn).toHaveLength(1);
    world.charted.put([newest, oldest], true);
    expect(drawn.slice(1)).toEqual([[nameOf(newest)]]);
    world.charted.put([newest, oldest], false);
    expect(drawn.slice(2)).toEqual([[nameOf(oldest)]]);
  });

  it('gives a box back what is so where a command has refused it', async () => {
    await train();
    const [run] = await draw();
    drawn.length = 0;
    editor.commands.set('nabla.showRuns', () => Promise.reject(new Error('refused')));
    editor.checked.fire({ items: [[run, 1]] });
    await vi.waitFor(() => expect(drawn).toEqual([[nameOf(run)]]));
    expect(view.getTreeItem(run).checkboxState).toMatchObject({ state: 0 });
  });
});
