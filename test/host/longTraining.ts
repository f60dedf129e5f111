/** A training that has no end of its own, for suites in which something happens to its engine. */
import { ConfigurationTarget, Uri, commands, workspace } from 'vscode';
import type { TextDocument } from 'vscode';
import { afterAll, beforeAll, expect } from 'vitest';
import { leaveWorkers, watchWorkers } from './engines';
import {
  closeAll,
  designer,
  errand,
  eventually,
  inWorkspace,
  open,
  openText,
  restore,
  uncaught,
} from './ui';

/** The network that is trained. */
export const FILE = 'iris.nn.json';

/** It and its text as they are before; the text stays open behind the designer. */
export interface Subject {
  document: TextDocument;
  text: string;
}

/** What the toolbar says that it does. */
export const phase = (): Promise<string | null> =>
  designer.testId('status').attribute('data-phase');

/** How far the training has come, as the toolbar says. */
export const epochs = async (): Promise<number> =>
  Number(/\d+/.exec((await designer.testId('status').text()).replaceAll(/[,\s]/g, ''))?.[0]);

/** Which epoch the button behind the bar goes on from. */
export async function keptEpoch(): Promise<number> {
  const label = await designer.testId('continueTraining').text();
  return Number(/\d+/.exec(label.replaceAll(',', ''))?.[0]);
}

/** Starts it, and waits until it has come beyond this epoch. */
export async function trainBeyond(least: number): Promise<void> {
  void commands.executeCommand('nabla.train', inWorkspace(FILE), { epochs: 1_000_000_000 });
  await runsBeyond(least, 50);
}

export const runsBeyond = (least: number, seconds: number): Promise<void> =>
  eventually(async () => {
    expect(await phase()).toBe('running');
    expect(await epochs()).toBeGreaterThan(least);
  }, seconds);

/** Files of trainings that were cut off, in what VS Code stores for the workspace: that lies beside it. */
export async function stored(): Promise<string[]> {
  const all = inWorkspace('../user-data/User/workspaceStorage');
  const workspaces = await workspace.fs.readDirectory(all);
  const folders = workspaces.map(([id]) =>
    Uri.joinPath(all, id, 'nabla-designer.nabla/unfinished'),
  );
  const entries = folders.map(folder =>
    Promise.resolve(workspace.fs.readDirectory(folder)).catch(() => []),
  );
  return (await Promise.all(entries)).flat().map(([name]) => name);
}

const configure = (value: string | undefined): Thenable<void> =>
  workspace.getConfiguration('nabla').update('engine', value, ConfigurationTarget.Global);

/** For a `describe`: opens it before the tests, in an engine that can be got at, and leaves everything as it was after them. */
export function longTraining(): Subject {
  const subject = {} as Subject;
  beforeAll(async () => {
    const { kind } = await errand();
    await restore(FILE);
    if (kind === 'web') watchWorkers();
    else await configure('process');
    subject.document = await openText(FILE);
    subject.text = subject.document.getText();
    await open(FILE);
    await designer.testId('neuron-0-0').waitUntilVisible(30);
  });
  afterAll(async () => {
    leaveWorkers();
    await commands.executeCommand('nabla.pause', inWorkspace(FILE));
    await configure(undefined);
    await closeAll();
    await restore(FILE);
    expect(await uncaught()).toEqual([]);
  });
  return subject;
}
