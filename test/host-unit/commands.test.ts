import { beforeEach, describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import { start } from '../../src/extension';
import { commandIds, designerCommandIds } from '../../src/host/manifest';
import { newNetworkText, templateNames } from '../../src/network/templates';
import { parseNetwork } from '../../src/network/parse';
import { example } from './support/example';
import { settled } from './support/host';
import { sessionPort } from './support/session';
import { commands, Diagnostic, editor, TabInputText, Uri, window } from './support/vscode';
import type { TextDocument } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

const REFERENCE = example('reference-3-4-2');

let context: { subscriptions: { dispose(): void }[]; extensionUri: Uri };
let document: TextDocument;
const spawnWorker = vi.fn(() => Promise.resolve(sessionPort()));

beforeEach(() => {
  for (const { dispose } of context?.subscriptions ?? []) dispose.call(undefined as never);
  editor.reset();
  spawnWorker.mockClear();
  context = { subscriptions: [], extensionUri: Uri.file('/ext') };
  document = editor.open('/work/net.nn.json', REFERENCE);
  editor.activeInput = new TabInputText(document.uri);
  start(context as unknown as vscode.ExtensionContext, { spawnWorker });
  return () => {
    for (const item of context.subscriptions) item.dispose();
    context.subscriptions = [];
  };
});

const run = (name: keyof typeof commandIds, ...args: unknown[]) =>
  commands.executeCommand(commandIds[name], ...args);
const status = () => editor.statusItems[0];
const problems = () => editor.diagnostics.get('/work/net.nn.json') ?? [];

describe('activation', () => {
  it('registers every command and starts no worker', async () => {
    const ids = [...Object.values(commandIds), ...Object.values(designerCommandIds)];
    expect([...editor.commands.keys()].sort()).toEqual(ids.sort());
    await settled();
    expect(spawnWorker).not.toHaveBeenCalled();
  });

  it('shows the network in the status bar', async () => {
    const shown = { visible: true, text: '3 – 4 – 2 · 26 parameters' };
    await vi.waitFor(() => expect(status()).toMatchObject(shown));
  });

  it('reads no text, however long: what is open is looked at when it has ended', async () => {
    const reading = vi.spyOn(document, 'getText');
    start(context as unknown as vscode.ExtensionContext, { spawnWorker });
    expect(reading).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(reading).toHaveBeenCalled());
  });
});

describe('training commands', () => {
  it('train to the end and answer with the state', async () => {
    const state = (await run('train', document.uri, { epochs: 3 })) as { epoch: number };
    expect(state).toMatchObject({ phase: 'finished', epoch: 3 });
    expect(document.undoSteps).toBe(1);
    expect(status().text).toMatch(/^3 – 4 – 2 · 26 parameters · loss 0\.\d+ · epoch 3$/);
  });

  it('take the network that is looked at, and ignore what title buttons add', async () => {
    await run('stepEpoch', undefined);
    await run('stepBatch', document.uri, { groupId: 1 });
    expect(document.undoSteps).toBe(2);
    await run('reset');
    expect(parseNetwork(document.getText()).network).toEqual(parseNetwork(REFERENCE).network);
  });

  it('set the context keys for menus', async () => {
    await run('stepEpoch');
    await run('train', document.uri, { epochs: 2 });
    const set = editor.executed.filter(({ command }) => command === 'setContext');
    expect(set.map(({ args }) => args)).toContainEqual(['nabla.running', ['/work/net.nn.json']]);
    expect(set.filter(({ args }) => args[0] === 'nabla.running').at(-1)?.args[1]).toBe(false);
  });

  it('give a new seed', async () => {
    await run('newSeed', document.uri, 5);
    expect(parseNetwork(document.getText()).network).toMatchObject({ seed: 5 });
  });
});

describe('gradcheck', () => {
  it('answers with the report and puts it in the log and the status bar', async () => {
    const report = (await run('gradcheck')) as { checked: number; worst: { error: number } };
    expect(report.checked).toBe(26);
    expect(report.worst.error).toBeLessThan(1e-6);
    expect(status().text).toContain('$(check) gradcheck 26/26');
    expect(editor.log.join('\n')).toMatch(/26 of 26 parameters agree, worst relative error/);
    expect(editor.messages.at(-1)?.message).toMatch(/26 of 26 parameters agree/);
  });

  it('is outdated by an edit', async () => {
    await run('gradcheck');
    document.change(REFERENCE.replace('0.15', '0.16'));
    await settled();
    expect(status().text).toContain('gradcheck outdated');
  });
});

describe('problems', () => {
  it('follow the text, with source, code and range', async () => {
    document.change(REFERENCE.replace('[0.05, 0, -0.05]', '[0.05, 0]'));
    await settled();
    const [first] = problems();
    expect(first).toBeInstanceOf(Diagnostic);
    expect(first).toMatchObject({ source: 'nabla', severity: 0 });
    expect(first.code).toMatch(/^weights/);
    expect(first.range.start.line).toBe(
      REFERENCE.split('\n').findIndex(line => line.includes('[0.05, 0, -0.05]')),
    );
    document.change(REFERENCE);
    expect(problems()).toEqual([]);
  });

  it('name the data file that is missing, at its place', async () => {
    const csv = '"data": { "csv": "none.csv", "target": "y" }\n}\n';
    document.change(REFERENCE.replace(/"data": [^]*$/, csv));
    await run('stepEpoch');
    await settled();
    const [problem] = problems();
    expect(problem.message).toMatch(/none.csv/);
    expect(problem.range.start.line).toBe(
      document
        .getText()
        .split('\n')
        .findIndex(line => line.includes('"csv"')),
    );
  });

  it('go when the document is closed', async () => {
    document.change('{');
    expect(problems()).not.toEqual([]);
    editor.close(document);
    expect(editor.diagnostics.has('/work/net.nn.json')).toBe(false);
  });
});

describe('trouble', () => {
  it('is shown, never swallowed', async () => {
    document.change('{');
    await run('train');
    expect(editor.messages.at(-1)).toMatchObject({
      kind: 'error',
      message: expect.stringMatching(/not a usable network/),
    });
    expect(editor.log.join('\n')).toMatch(/not a usable network/);
  });

  it('says so when there is no network at all', async () => {
    editor.activeInput = undefined;
    await run('train');
    expect(editor.messages.at(-1)?.message).toMatch(/no network file/);
  });

  it('is none where another page is looked at: the only network that is open is meant', async () => {
    editor.otherInputs = [editor.activeInput];
    editor.activeInput = { viewType: 'welcome' };
    expect(await run('train', undefined, { epochs: 3 })).toMatchObject({ epoch: 3 });
    expect(editor.messages).toEqual([]);
  });

  it('asks where several are open, those without a file too', async () => {
    const other = editor.open('/work/other.nn.json', REFERENCE);
    editor.files.clear();
    editor.otherInputs = [editor.activeInput, new TabInputText(other.uri)];
    editor.activeInput = undefined;
    const pick = vi.spyOn(window, 'showQuickPick').mockImplementation((items, { title } = {}) => {
      const labels = items.map(({ label }) => label);
      expect([title, ...labels]).toEqual(['Which network?', 'net.nn.json', 'other.nn.json']);
      return Promise.resolve(items[1]);
    });
    await run('train', undefined, { epochs: 3 });
    expect([document.undoSteps, other.undoSteps]).toEqual([0, 1]);
    pick.mockRestore();
  });
});

describe('new networks', () => {
  it.each(templateNames)('%s is a network without a problem', name => {
    const { network, issues } = parseNetwork(newNetworkText(name));
    expect(issues).toEqual([]);
    expect(network).toBeDefined();
  });

  it('are written and opened in the designer', async () => {
    const target = Uri.file('/work/fresh.nn.json');
    await run('newNetwork', 'xor', target);
    expect(new TextDecoder().decode(editor.files.get('/work/fresh.nn.json'))).toBe(
      newNetworkText('xor'),
    );
    expect(editor.executed).toContainEqual({
      command: 'vscode.openWith',
      args: [target, 'nabla.designer'],
    });
  });
});

it('the log says how soon it was active and the engine was there, and where a training began and ended', async () => {
  await run('train', document.uri, { epochs: 2 });
  const lines = editor.log.join('\n');
  expect(lines).toMatch(/^Activated in \d+ ms$/m);
  expect(lines).toMatch(/^The training engine started in \d+ ms$/m);
  expect(lines).toMatch(/^net\.nn\.json: training begins at epoch 0$/m);
  expect(lines).toMatch(
    /^net\.nn\.json: training ends \(finished\) at epoch 2, step \d+, after \d+\.\d s of computing, loss 0\.\d+$/m,
  );
});
