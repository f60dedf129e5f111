/**
 * The window is reloaded, or its renderer crashes, in the middle of a training: its curves are there again, it is offered to go on from the moment
 * that was kept, and what becomes of it is what would have become of it undisturbed.
 */
import { Uri, WorkspaceEdit, commands, workspace } from 'vscode';
import type { TextDocument } from 'vscode';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { areAsThere, drawnCount, drawnRows, drawnRun, trainedThere } from '../curves';
import type { Row } from '../curves';
import { inWindows } from '../stages';
import {
  closeAll,
  designer,
  eventually,
  inWorkspace,
  open,
  pattern,
  screenshot,
  uncaught,
  workbench,
} from '../ui';

const FILE = 'reloaded.nn.json';
/** The same training, which nobody disturbs. */
const UNDISTURBED = 'undisturbed.nn.json';

/** It goes on until somebody pauses it. An epoch takes some milliseconds. */
const NETWORK = `{
  "version": 1,
  "name": "Reloaded",
  "seed": 5,
  "input": { "shape": [2] },
  "layers": [
    { "type": "dense", "units": 32, "activation": "tanh" },
    { "type": "dense", "units": 32, "activation": "tanh" },
    { "type": "dense", "units": 1, "activation": "sigmoid" }
  ],
  "loss": { "type": "binaryCrossEntropy", "reduction": "mean" },
  "training": {
    "optimizer": { "type": "adam", "learningRate": 0.0002 },
    "batchSize": 4,
    "epochs": 1000000000
  },
  "data": {
    "generator": "spiral",
    "samples": 1500,
    "noise": 0.05,
    "split": { "validation": 0.2 },
    "normalize": "standard"
  }
}
`;

interface Noted {
  /** What the document said, and whether it was saved. */
  readonly text: string;
  readonly isDirty: boolean;
  /** Of the curves. */
  readonly rows: readonly Row[];
}

const bar = designer.testId('unfinished');

const phase = (): Promise<string | null> => designer.testId('status').attribute('data-phase');

const theDocument = (): Thenable<TextDocument> => workspace.openTextDocument(inWorkspace(FILE));

const write = (name: string, text: string): Thenable<void> =>
  workspace.fs.writeFile(inWorkspace(name), new TextEncoder().encode(text));

/** Lines of the charts, with a point at least. */
const chart = designer.find('nabla-metric-chart canvas');

/** When the moment that is kept was written, in VS Code's storage of the workspace, which lies beside it; 0: none is. */
async function keptAt(): Promise<number> {
  const all = inWorkspace('../user-data/User/workspaceStorage');
  const times = (await workspace.fs.readDirectory(all)).map(async ([id]) => {
    const folder = Uri.joinPath(all, id, 'nabla-designer.nabla/unfinished');
    const files = await Promise.resolve(workspace.fs.readDirectory(folder)).catch(() => []);
    const stats = files
      .filter(([name]) => name.endsWith('.nabla'))
      .map(([name]) => workspace.fs.stat(Uri.joinPath(folder, name)));
    return (await Promise.all(stats)).map(({ mtime }) => mtime);
  });
  return Math.max(0, ...(await Promise.all(times)).flat());
}

/**
 * Whether VS Code has stored that the designer is open. In a browser it stores what is open every few seconds, since what it
 * wrote at the end of a page would not be there in time.
 */
const isRemembered = (): Promise<boolean> =>
  workbench.find('body').evaluate<boolean>(`(async () => {
    const result = request => new Promise((done, fail) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => fail(request.error);
    });
    for (const { name } of await indexedDB.databases()) {
      if (!name.startsWith('vscode-web-state-db')) continue;
      const database = await result(indexedDB.open(name));
      const items = database.transaction('ItemTable').objectStore('ItemTable');
      const state = await result(items.get('memento/workbench.parts.editor'));
      database.close();
      if (String(state).includes('${FILE}')) return true;
    }
    return false;
  })()`);

/** Trains until curves are drawn and a moment of now is kept, and notes what must not be lost. */
async function train(noted: Partial<Noted>): Promise<void> {
  const document = await theDocument();
  const { isDirty } = document;
  const text = document.getText();
  const before = await keptAt();
  await designer.testId('train').click();
  await eventually(async () => expect(await keptAt()).toBeGreaterThan(before), 50);
  await eventually(async () => expect(await isRemembered()).toBe(true), 30);
  await chart.waitUntilVisible();
  const rows = await drawnRows();
  expect(rows.length).toBeGreaterThan(20);
  expect(await phase()).toBe('running');
  Object.assign(noted, { text, isDirty, rows });
}

/** The window was reloaded: everything is as it was. */
async function isRestored({ text, isDirty, rows: before = [] }: Partial<Noted>): Promise<void> {
  await bar.waitUntilVisible(40);
  expect(await bar.text()).toMatch(
    pattern(
      'A training of this network was cut off. It is kept up to epoch {0} of {1}; the file is as it was.',
      /\d.*/,
      /.+/,
    ),
  );
  await chart.waitUntilVisible();
  const document = await theDocument();
  expect(document.getText()).toBe(text);
  expect(document.isDirty).toBe(isDirty);
  const rows = await drawnRows();
  const at = await designer.testId('continueTraining').text();
  const [kept] = /\d+/.exec(at.replaceAll(',', '')) ?? [];
  // Between the moment and the reload there may have been another one.
  const common = Math.min(rows.length, before.length);
  expect(common).toBeGreaterThan(10);
  expect(rows.slice(0, common)).toEqual(before.slice(0, common));
  expect(rows.at(-1)?.epoch).toBeLessThanOrEqual(Number(kept));
  expect(rows.at(-1)?.epoch).toBeGreaterThan(Number(kept) - 2);
}

/** Goes on for some epochs, up to the end of one. */
async function goOn({ text }: Partial<Noted>): Promise<void> {
  const kept = await drawnCount();
  await designer.testId('continueTraining').click();
  await bar.waitUntilGone();
  await eventually(async () => {
    expect(await phase()).toBe('running');
    expect(await drawnCount()).toBeGreaterThan(kept + 20);
  }, 30);
  expect((await theDocument()).getText()).toBe(text);
  await designer.testId('pause').click();
  await eventually(async () => expect(await phase()).toBe('paused'));
  // A pause may be within an epoch, or after its last step: that is the first of the two.
  await commands.executeCommand('nabla.train', inWorkspace(FILE), { epochs: 2 });
  await eventually(async () => expect(await phase()).toBe('finished'));
}

/** What was kept of the run is what an undisturbed one of as many epochs becomes, row for row and bit for bit. */
async function isAsUndisturbed({ text }: Partial<Noted>): Promise<void> {
  const { rows, result } = await drawnRun(FILE, 'epochs');
  await write(UNDISTURBED, text!);
  const there = await trainedThere(UNDISTURBED, Number(result.epochs));
  expect(areAsThere(rows, there)).toBeGreaterThan(40);
  expect(result.parameters).toEqual(there.result.parameters);
}

const restored = (noted: Partial<Noted>): void => {
  it('shows the curves up to what is kept, offers to continue, and has left the file alone', async () => {
    await isRestored(noted);
    await screenshot('reloaded');
  }, 90_000);

  it('goes on from there, and becomes what it would have become undisturbed', async () => {
    await goOn(noted);
    await isAsUndisturbed(noted);
  }, 90_000);
};

inWindows<Noted>('reload.host.test.ts', 'a window that is reloaded in the middle of a training', [
  {
    name: 'before',
    define: noted => {
      beforeAll(async () => {
        await write(FILE, NETWORK);
        await open(FILE);
        await designer.testId('neuron-0-0').waitUntilVisible(30);
      });

      it('trains and keeps a moment', () => train(noted), 90_000);
    },
    then: 'page',
  },
  {
    name: 'after the page was loaded anew',
    define: noted => {
      restored(noted);

      it('trains again, with changes that are not saved', async () => {
        await commands.executeCommand('workbench.action.files.revert');
        const document = await theDocument();
        const edit = new WorkspaceEdit();
        const at = document.positionAt(NETWORK.indexOf('Reloaded'));
        edit.insert(document.uri, at, 'Not Saved, ');
        await workspace.applyEdit(edit);
        expect(document.isDirty).toBe(true);
        await train(noted);
      }, 90_000);
    },
    then: 'command',
  },
  {
    name: 'after the command Reload Window',
    define: noted => {
      restored(noted);

      it('trains once more', async () => {
        await commands.executeCommand('workbench.action.files.revert');
        await train(noted);
      }, 90_000);
    },
    then: 'crash',
  },
  {
    name: 'after its renderer has crashed',
    define: noted => {
      restored(noted);

      afterAll(async () => {
        await closeAll();
        for (const name of [FILE, UNDISTURBED]) await workspace.fs.delete(inWorkspace(name));
        expect(await uncaught()).toEqual([]);
      });
    },
  },
]);
