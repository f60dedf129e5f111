/**
 * What happens to a network, its data and its page while it is trained: nothing that was trained or written is lost, and
 * nothing is written that nobody wanted.
 */
import { ConfigurationTarget, WorkspaceEdit, commands, languages, workspace } from 'vscode';
import type { TextDocument } from 'vscode';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RUNS_FOLDER } from '../runsView';
import {
  closeAll,
  designer,
  errand,
  eventually,
  exampleText,
  inWorkspace,
  message,
  open,
  pattern,
  readText,
  screenshot,
  uncaught,
} from '../ui';

/** A folder of its own for each test: the run of a file stays for a moment when that was closed. */
let tests = 0;
let [folder, file, other, data] = ['', '', '', ''];
const EPOCHS = 1_000_000_000;

const status = designer.testId('status');
const phase = (): Promise<string | null> => status.attribute('data-phase');
const interrupted = designer.testId('interrupted');
const unfinished = designer.testId('unfinished');

/** How far the run has come, as the toolbar says. */
const epochs = async (): Promise<number> =>
  Number(/\d+/.exec((await status.text()).replaceAll(/[,\s]/g, ''))?.[0]);

const write = (name: string, text: string): Thenable<void> =>
  workspace.fs.writeFile(inWorkspace(name), new TextEncoder().encode(text));

async function trains(least: number): Promise<void> {
  await eventually(async () => {
    expect(await phase()).toBe('running');
    expect(await epochs()).toBeGreaterThan(least);
  }, 30);
}

async function runs(): Promise<string[]> {
  const folder = workspace.fs.readDirectory(inWorkspace(RUNS_FOLDER));
  const entries = await Promise.resolve(folder).catch(() => []);
  return entries.map(([name]) => name).filter(name => name.endsWith('.jsonl'));
}

async function isThere(name: string): Promise<boolean> {
  return workspace.fs.stat(inWorkspace(name)).then(
    () => true,
    () => false,
  );
}

describe('while a network is trained', () => {
  let document: TextDocument;
  let text = '';

  const problems = (): string =>
    languages
      .getDiagnostics(document.uri)
      .map(({ message }) => message)
      .join('\n');

  /** Training ends, and what it has become is in the text. */
  async function pauses(): Promise<void> {
    await commands.executeCommand('nabla.pause', document.uri);
    await eventually(() => expect(document.getText()).toContain('"weights"'));
  }

  beforeEach(async () => {
    folder = `faults-${++tests}`;
    [file, other, data] = ['iris.nn.json', 'renamed.nn.json', 'iris.csv'].map(
      name => `${folder}/${name}`,
    );
    text = await exampleText('iris.nn.json');
    await write(file, text);
    await write(data, await exampleText('iris.csv'));
    document = await workspace.openTextDocument(inWorkspace(file));
    await open(file);
    await designer.testId('neuron-0-0').waitUntilVisible(30);
    void commands.executeCommand('nabla.train', inWorkspace(file), { epochs: EPOCHS });
    await trains(100);
  });

  afterEach(async () => {
    await commands.executeCommand('nabla.pause');
    await closeAll();
    await workspace.fs.delete(inWorkspace(folder), { recursive: true });
    expect(await uncaught()).toEqual([]);
  });

  it('its page is loaded anew: it shows the training that has gone on', async () => {
    const before = await epochs();
    await commands.executeCommand('workbench.action.webview.reloadWebviewAction');
    await designer.testId('neuron-0-0').waitUntilVisible(30);
    await trains(before);
    await designer.find('nabla-metric-chart canvas').waitUntilVisible();
    expect(document.getText()).toBe(text);
    expect(document.isDirty).toBe(false);
  });

  it('its file is changed on the disk: it is paused, and asks what becomes of it', async () => {
    const narrower = text.replace('"units": 8', '"units": 5');
    await write(file, narrower);
    await interrupted.waitUntilVisible();
    expect(await designer.testId('neuron-0-5').count()).toBe(0);
    expect(document.getText()).toBe(narrower);
    expect(document.isDirty).toBe(false);
    await designer.testId('continueInterrupted').click();
    await trains(100);
  });

  it('its file is changed on the disk beside what is not saved: that stays', async () => {
    await pauses();
    const trained = document.getText();
    await write(file, text.replace('"units": 8', '"units": 5'));
    await commands.executeCommand('nabla.train', inWorkspace(file), { epochs: 3 });
    await eventually(async () => expect(await phase()).toBe('finished'));
    expect(document.isDirty).toBe(true);
    await commands.executeCommand('undo');
    await eventually(() => expect(document.getText()).toBe(trained));
    expect(await readText(file)).toContain('"units": 5');
  });

  it('its file is renamed: the training goes with it', async () => {
    const edit = new WorkspaceEdit();
    edit.renameFile(inWorkspace(file), inWorkspace(other));
    expect(await workspace.applyEdit(edit)).toBe(true);
    await unfinished.waitUntilVisible(30);
    expect(await unfinished.text()).toMatch(
      pattern(
        'A training of this network was cut off. It is kept up to epoch {0} of {1}; the file is as it was.',
        /\d.*/,
        /.+/,
      ),
    );
    await screenshot('faults-renamed');
    expect(await isThere(file)).toBe(false);
    expect(await readText(other)).toBe(text);
    const [kept] = /\d+/.exec(
      (await designer.testId('continueTraining').text()).replaceAll(',', ''),
    )!;
    await designer.testId('continueTraining').click();
    await trains(Number(kept));
    document = await workspace.openTextDocument(inWorkspace(other));
    await pauses();
    expect(document.uri.path).toContain('renamed');
  });

  it('its file is deleted in VS Code: the training ends, and is kept as a run', async () => {
    const kept = await runs();
    const edit = new WorkspaceEdit();
    edit.deleteFile(inWorkspace(file));
    expect(await workspace.applyEdit(edit)).toBe(true);
    await status.waitUntilGone(30);
    await eventually(async () => expect(await runs()).toHaveLength(kept.length + 1));
    const [name] = (await runs()).filter(run => !kept.includes(run));
    expect(await readText(`${RUNS_FOLDER}/${name}`)).toContain('"parameters"');
    expect(await isThere(file)).toBe(false);
    await workspace.fs.delete(inWorkspace(`${RUNS_FOLDER}/${name}`));
  });

  it('its file is deleted by another program: what was trained can be saved again', async () => {
    // In a browser every deletion is VS Code's own, which closes the editor.
    if ((await errand()).kind === 'web') return;
    await workspace.fs.delete(inWorkspace(file));
    await trains((await epochs()) + 500);
    await pauses();
    expect(await isThere(file)).toBe(false);
    expect(await document.save()).toBe(true);
    expect(await readText(file)).toBe(document.getText());
  });

  it('its data are deleted: it goes on, and says afterwards what is missing', async () => {
    await workspace.fs.delete(inWorkspace(data));
    await trains((await epochs()) + 500);
    await pauses();
    await eventually(() => expect(problems()).toContain('iris.csv'));
    const trained = document.getText();
    await write(data, await exampleText('iris.csv'));
    await eventually(() => expect(problems()).toBe(''));
    expect(document.getText()).toBe(trained);
    await commands.executeCommand('nabla.train', inWorkspace(file), { epochs: 2 });
    await eventually(async () => expect(await phase()).toBe('finished'));
  });

  it('its data are changed: it goes on with those that it has, and then has the others', async () => {
    const csv = await exampleText('iris.csv');
    await write(data, csv.replace(/^5\.1,/m, 'five,'));
    await trains((await epochs()) + 500);
    await pauses();
    await eventually(() => expect(problems()).toContain('five'));
    await write(data, csv);
    await eventually(() => expect(problems()).toBe(''));
  });

  it('its file may not be written to any more: the weights stay in the run', async () => {
    const config = workspace.getConfiguration('files');
    await config.update(
      'readonlyInclude',
      { '**/faults-*/**': true },
      ConfigurationTarget.Workspace,
    );
    await commands.executeCommand('nabla.pause', document.uri);
    await eventually(async () => expect(await phase()).toBe('paused'));
    await message('iris.nn.json');
    await screenshot('faults-read-only');
    expect(document.getText()).toBe(text);
    expect(document.isDirty).toBe(false);
    await config.update('readonlyInclude', undefined, ConfigurationTarget.Workspace);
    await eventually(async () => {
      await commands.executeCommand('nabla.writeWeights', document.uri);
      expect(document.getText()).toContain('"weights"');
    });
    expect(document.isDirty).toBe(true);
    await commands.executeCommand('notifications.clearAll');
  });
});
