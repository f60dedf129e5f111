/**
 * Suites that reload their window and go on in the next one. The extension host in which they run ends with the window, so
 * the launcher is told what comes next: it leaves that for the runner, which starts again with the window (bridge.mjs).
 */
import { commands } from 'vscode';
import { describe } from 'vitest';
import { endHost } from './engines';
import { ask, stageOf } from './errand';
import type { Reload, Report, Stage } from './messages';

/** The tests of one window. What they note, as JSON, those of the next ones know. */
export interface Window<Noted> {
  readonly name: string;
  define(noted: Partial<Noted>): void;
  /** How this window is reloaded when its tests have passed; the last one is not. */
  readonly then?: Reload;
}

/** By file: how a suite goes on. */
const nexts = new Map<string, Omit<Stage, 'file'>>();

/**
 * Defines the tests of the window that this is. One for each file.
 *
 * @param file its name
 */
export function inWindows<Noted>(
  file: string,
  name: string,
  windows: readonly Window<Noted>[],
): void {
  const { number, noted } = stageOf(file);
  const window = windows[number];
  if (window.then) nexts.set(file, { number: number + 1, noted, by: window.then });
  describe(`${name} › ${window.name}`, () => window.define(noted as Partial<Noted>));
}

/**
 * After each file: where its suite wants another window, and all is well, this one ends here, and what calls it. Where a
 * test has failed or none was chosen, it makes no sense to go on.
 */
export async function goOnElsewhere(file: string, own: Report, soFar: Report): Promise<void> {
  const next = nexts.get(file);
  if (!next || own.failed > 0 || own.passed === 0) return;
  await ask('reload', { stage: { file, ...next }, soFar });
  if (next.by === 'command') await commands.executeCommand('workbench.action.reloadWindow');
  // On the desktop it does not outlive its window's renderer; VS Code's server would keep it for the window to come back.
  if (next.by === 'crash') endHost();
  // The launcher gives up where no window comes.
  await new Promise(() => {});
}
