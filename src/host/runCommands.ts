/** The commands of kept runs. Each takes what is selected in the view, or asks. */
import { Uri, commands, l10n, window, workspace } from 'vscode';
import { eventFile, eventFileName } from '../runs/eventFile';
import type { ChartedRuns } from './chartedRuns';
import { compareRuns, showRuns } from './compareRuns';
import type { DesignerEditor } from './designerEditor';
import { nameOf } from './documents';
import type { KeptRun, KeptRuns } from './keptRuns';
import { TENSORBOARD_FOLDER } from './manifest';
import { askFirst } from './plainMessages';
import { restoreRun } from './restoreRun';
import type { Runs } from './runs';
import { describe, isGroup, timeOf } from './runsView';
import type { RunNode, RunsView } from './runsView';
import { saveWhole } from './wholeFiles';

export interface RunCommandWorld {
  readonly runs: Runs;
  readonly kept: KeptRuns;
  readonly runsView: RunsView;
  readonly charted: ChartedRuns;
  readonly designers: DesignerEditor;
}

type Handler = (...args: unknown[]) => unknown;

type Name =
  | 'restoreRun'
  | 'openRun'
  | 'deleteRun'
  | 'deleteRuns'
  | 'refreshRuns'
  | 'exportTensorBoard'
  | 'showRuns'
  | 'hideRuns'
  | 'compareRuns';

export function runHandlers(world: RunCommandWorld): { readonly [N in Name]: Handler } {
  const { runs, kept, runsView, charted } = world;
  const chosen = async (
    node: unknown,
    nodes: unknown,
    many = false,
  ): Promise<readonly KeptRun[]> => {
    const given = runsOf(node, nodes);
    return given.length > 0 ? given : pick(await kept.list(), many);
  };
  return {
    restoreRun: async node => {
      const [run] = await chosen(node, undefined);
      return run && restoreRun(run, { runs, kept });
    },
    openRun: async node => {
      const [run] = await chosen(node, undefined);
      return run && commands.executeCommand('vscode.open', run.uri);
    },
    deleteRun: async (node, nodes) => remove(await chosen(node, nodes), kept),
    deleteRuns: async () => remove(await kept.list(), kept),
    showRuns: async (node, nodes) => showRuns(await chosen(node, nodes, true), world),
    hideRuns: async (node, nodes) => charted.put(await chosen(node, nodes), false),
    compareRuns: async (node, nodes) => compareRuns(await chosen(node, nodes, true), world),
    refreshRuns: () => runsView.refresh(),
    exportTensorBoard: async (node, second) =>
      exportTo(await chosen(node, second), second instanceof Uri ? second : undefined, kept),
  };
}

/** A node of the view, and all that are selected with it. */
function runsOf(node: unknown, nodes: unknown): readonly KeptRun[] {
  const all = Array.isArray(nodes) && nodes.length > 0 ? nodes : [node];
  const known = all.filter(
    (one): one is RunNode =>
      typeof one === 'object' && one !== null && ('uri' in one || 'runs' in one),
  );
  return [...new Set(known.flatMap(one => (isGroup(one) ? one.runs : [one])))];
}

/** @param many whether several may be picked */
async function pick(all: readonly KeptRun[], many: boolean): Promise<readonly KeptRun[]> {
  if (all.length === 0) throw new Error(l10n.t('No training is kept here yet.'));
  const items = all.flatMap(run =>
    run.summary
      ? {
          label: timeOf(run.summary),
          description: describe(run.summary),
          detail: run.summary.head.file,
          run,
        }
      : [],
  );
  const options = { matchOnDescription: true, matchOnDetail: true };
  if (many) {
    const title = l10n.t('Which runs?');
    const picked = await window.showQuickPick(items, { ...options, title, canPickMany: true });
    return (picked ?? []).map(({ run }) => run);
  }
  const picked = await window.showQuickPick(items, { ...options, title: l10n.t('Which run?') });
  return picked ? [picked.run] : [];
}

async function remove(runs: readonly KeptRun[], kept: KeptRuns): Promise<void> {
  if (runs.length === 0) return;
  const question =
    runs.length === 1
      ? l10n.t('Delete the run {0}?', nameOf(runs[0]))
      : l10n.t('Delete {0} runs?', runs.length);
  const yes = l10n.t('Delete');
  const detail = l10n.t('Their weights go with them. This cannot be undone.');
  const answer = await askFirst(question, detail, yes);
  if (answer === yes) await kept.delete(runs.map(({ uri }) => uri));
}

/** Several runs get a folder each: TensorBoard tells them apart by that. */
async function exportTo(
  runs: readonly KeptRun[],
  given: Uri | undefined,
  kept: KeptRuns,
): Promise<void> {
  if (runs.length === 0) return;
  const target = given ?? (await askFolder(runs));
  if (!target) return;
  for (const { uri } of runs) {
    const { head, columns } = await kept.read(uri);
    const begun = Date.parse(head.begun);
    const folder = runs.length > 1 ? Uri.joinPath(target, stemOf(uri)) : target;
    await workspace.fs.createDirectory(folder);
    const file = Uri.joinPath(folder, eventFileName(begun, stemOf(uri)));
    await saveWhole(file, eventFile(columns, begun));
  }
  const path = workspace.asRelativePath(target);
  window.setStatusBarMessage(`$(check) tensorboard --logdir ${path}`, 10_000);
}

const stemOf = (uri: Uri): string => nameOf({ uri }).replace(/\.jsonl$/, '');

async function askFolder(runs: readonly KeptRun[]): Promise<Uri | undefined> {
  const [{ uri }] = runs;
  const base = Uri.joinPath(uri, '../../..', TENSORBOARD_FOLDER);
  const usual = runs.length > 1 ? base : Uri.joinPath(base, stemOf(uri));
  const other = { label: l10n.t('Other Folder…') };
  const title = l10n.t('Export to TensorBoard: where to?');
  const picked = await window.showQuickPick([{ label: workspace.asRelativePath(usual) }, other], {
    title,
  });
  if (picked !== other) return picked && usual;
  const folders = await window.showOpenDialog({
    title,
    canSelectFolders: true,
    canSelectFiles: false,
  });
  return folders?.[0];
}
