/** Files that are changed, renamed or taken away while they are open and trained: nothing is lost, and nothing wrong is written. */
import { Range, Uri, WorkspaceEdit, commands, languages, workspace } from 'vscode';
import type { TextDocument } from 'vscode';
import { ask } from '../errand';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  closeAll,
  designer,
  eventually,
  exampleText,
  inWorkspace,
  open,
  screenshot,
  uncaught,
} from '../ui';

const FOLDER = 'faults';
const FILE = `${FOLDER}/iris.nn.json`;
const OTHER = `${FOLDER}/renamed.nn.json`;
const DATA = `${FOLDER}/iris.csv`;
const EPOCHS = 1_000_000_000;

const status = designer.testId('status');
const phase = (): Promise<string | null> => status.attribute('data-phase');

/** How far the run has come, as the toolbar says. */
const epochs = async (): Promise<number> =>
  Number(/\d+/.exec((await status.text()).replaceAll(/[,\s]/g, ''))?.[0]);

const write = (name: string, text: string): Thenable<void> =>
  workspace.fs.writeFile(inWorkspace(name), new TextEncoder().encode(text));

async function trains(least = 100): Promise<void> {
  await eventually(async () => {
    expect(await phase()).toBe('running');
    expect(await epochs()).toBeGreaterThan(least);
  }, 30);
}

describe('while a network is trained', () => {
  let document: TextDocument;
  let text = '';

  beforeEach(async () => {
    text = await exampleText('iris.nn.json');
    await write(FILE, text);
    await write(DATA, await exampleText('iris.csv'));
    document = await workspace.openTextDocument(inWorkspace(FILE));
    await open(FILE);
    await designer.testId('neuron-0-0').waitUntilVisible(30);
    void commands.executeCommand('nabla.train', inWorkspace(FILE), { epochs: EPOCHS });
    await trains();
  });

  afterEach(async () => {
    await commands.executeCommand('nabla.pause');
    await closeAll();
    await workspace.fs.delete(inWorkspace(FOLDER), { recursive: true });
    for (const line of said.splice(0)) await ask('say', { line });
    expect(await uncaught()).toEqual([]);
  });

  it('its page is loaded anew', async () => {
    const before = await epochs();
    await commands.executeCommand('workbench.action.webview.reloadWebviewAction');
    await designer.testId('neuron-0-0').waitUntilVisible(30);
    await trains(before);
    await designer.find('nabla-metric-chart canvas').waitUntilVisible();
    expect(document.getText()).toBe(text);
    expect(document.isDirty).toBe(false);
  });

  it('its file is changed on the disk', async () => {
    await write(FILE, text.replace('"units": 8', '"units": 5'));
    await eventually(async () => expect(await designer.testId('neuron-0-5').count()).toBe(0));
    await screenshot('faults-disk');
    say('PHASE', await phase(), document.isDirty, document.getText() === text);
    say('BAR', await designer.testId('interrupted').count());
  });

  it('its file is renamed', async () => {
    const edit = new WorkspaceEdit();
    edit.renameFile(inWorkspace(FILE), inWorkspace(OTHER));
    expect(await workspace.applyEdit(edit)).toBe(true);
    await new Promise(resolve => setTimeout(resolve, 4000));
    await screenshot('faults-renamed');
    const names = (await workspace.fs.readDirectory(inWorkspace(FOLDER))).map(([name]) => name);
    say('NAMES', names, await phase(), workspace.textDocuments.map(d => d.uri.path + d.isDirty));
    say('BAR', await designer.testId('unfinished').count());
  });

  it('its file is deleted', async () => {
    await workspace.fs.delete(inWorkspace(FILE));
    await new Promise(resolve => setTimeout(resolve, 4000));
    await screenshot('faults-deleted');
    say('DELETED', await designer.testId('status').count(), workspace.textDocuments.map(d => d.uri.path + d.isDirty+d.isClosed));
    await commands.executeCommand('nabla.pause', inWorkspace(FILE));
    await new Promise(resolve => setTimeout(resolve, 3000));
    await screenshot('faults-deleted2');
    say('DELETED', await designer.testId('status').count(), workspace.textDocuments.map(d => d.uri.path + d.isDirty+d.isClosed));
    const names = (await workspace.fs.readDirectory(inWorkspace(FOLDER))).map(([name]) => name);
    say('NAMES', names);
  });

  it('its data are deleted', async () => {
    await workspace.fs.delete(inWorkspace(DATA));
    await trains((await epochs()) + 1000);
    await commands.executeCommand('nabla.pause', inWorkspace(FILE));
    await new Promise(resolve => setTimeout(resolve, 3000));
    await screenshot('faults-data');
    say('DATA', await phase(), document.isDirty, document.getText().includes('"weights"'), languages.getDiagnostics(document.uri).map(({ message }) => message));
  });
});
void Range; void Uri;
function say(...a: unknown[]) { said.push(JSON.stringify(a)); }
const said: string[] = [];
