/** "Gradcheck…": what it offers, and where one finds what came of random directions. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import { start } from '../../src/extension';
import { commandIds } from '../../src/host/manifest';
import { example } from './support/example';
import { sessionPort } from './support/session';
import { commands, editor, TabInputText, Uri } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

const TEXT = example('spiral');
const PARTS = 'Gradcheck: of which parameters?';

beforeEach(() => {
  editor.reset();
  const context = { subscriptions: [] as { dispose(): void }[], extensionUri: Uri.file('/ext') };
  const { uri } = editor.open('/work/net.nn.json', TEXT);
  editor.activeInput = new TabInputText(uri);
  const spawnWorker = () => Promise.resolve(sessionPort());
  start(context as unknown as vscode.ExtensionContext, { spawnWorker });
  return () => context.subscriptions.forEach(item => item.dispose());
});

/** @param part a row of the first question @param h what is typed as another step; default: as well as possible */
function checkChosen(part: string, h?: string): Thenable<unknown> {
  editor.answer = (title, rows) => {
    if (title === PARTS) return part;
    if (rows.includes('Another step…')) return h === undefined ? rows[0] : 'Another step…';
    return title.includes('with which step') ? h : undefined;
  };
  return commands.executeCommand(commandIds.gradcheckWith);
}

const descriptions = () =>
  editor.offered.get(PARTS)?.map(({ label, description }) => [label, description]);
const status = () => editor.statusItems[0].text;
const problems = () => editor.diagnostics.get('/work/net.nn.json') ?? [];

describe('random directions', () => {
  it('are offered beside all parameters, a layer and the number of parameters', async () => {
    await checkChosen('Layer 4');
    expect(descriptions()).toEqual([
      ['All layers', '337 parameters'],
      ['Random directions', expect.stringContaining('20 directions through all parameters')],
      ...['Layer 2', 'Layer 3', 'Layer 4'].map(label => [label, 'dense']),
    ]);
    expect(status()).toContain('gradcheck 17/17');
  });

  it('are told in the status bar and the log; then it is known how long all take', async () => {
    await checkChosen('Random directions');
    expect(status()).toContain('$(check) gradcheck 200/200 · 20/20 directions');
    const log = editor.log.join('\n');
    expect(log).toMatch(/20 of 20 random directions agree; 200 of 200 parameters agree, worst/);
    expect(log).toMatch(/^.* {4}20 {2}analytic \S+ {2}numeric \S+ {2}error \S+ {2}ok$/m);
    expect(problems()).toEqual([]);
    await checkChosen('All layers');
    expect(descriptions()?.[0][1]).toMatch(/^about [\d.e-]+ s with 8 samples$/);
    expect(status()).toContain('gradcheck 337/337');
    expect(status()).not.toContain('directions');
  });

  it('that do not agree are one problem, at the layers', async () => {
    await checkChosen('Random directions', '1');
    // The end of the check is told on its own way, which may be slower than the answer.
    const own = await vi.waitFor(() => {
      expect(status()).toMatch(/\$\(warning\) gradcheck \d+\/200 · \d+\/20 directions/);
      const found = problems().filter(({ code }) => code === 'gradcheck.directions');
      expect(found).toHaveLength(1);
      return found;
    });
    expect(own[0]).toMatchObject({ severity: 0, source: 'nabla' });
    expect(own[0].message).toMatch(/^Gradcheck: in \d+ of 20 random directions/);
    const line = TEXT.split('\n').findIndex(text => text.includes('"layers"'));
    expect(own[0].range.start.line).toBe(line);
  });
});
