/** Runs on the charts of designers, and in a table. A designer is opened where none of them can be seen. */
import { ViewColumn, commands, l10n } from 'vscode';
import type { Uri } from 'vscode';
import type { ChartedRuns } from './chartedRuns';
import type { DesignerEditor } from './designerEditor';
import type { KeptRun } from './keptRuns';
import { DESIGNER } from './manifest';

export interface CompareWorld {
  readonly charted: ChartedRuns;
  readonly designers: DesignerEditor;
}

/** Puts runs on the charts. */
export async function showRuns(
  runs: readonly KeptRun[],
  { charted, designers }: CompareWorld,
): Promise<void> {
  const whole = runs.filter(({ summary }) => summary);
  if (whole.length === 0) return;
  charted.put(whole, true);
  await showDesigner(whole, designers);
}

/** Shows a table of runs in the designer of the network of the first. */
export async function compareRuns(
  runs: readonly KeptRun[],
  { charted, designers }: CompareWorld,
  title?: string,
): Promise<void> {
  const compared = runs.flatMap(run => charted.compared(run) ?? []);
  if (compared.length === 0) return;
  const network = await showDesigner(runs, designers);
  designers.compare(network, { title, runs: compared });
}

/** The network of one of these runs that a designer shows, or could; the first's where none is open. */
async function showDesigner(runs: readonly KeptRun[], designers: DesignerEditor): Promise<Uri> {
  const networks = runs.flatMap(({ network }) => network ?? []);
  const shown =
    networks.find(network => designers.isVisible(network)) ??
    networks.find(network => designers.goTo(network, true));
  if (shown) return shown;
  const [first] = networks;
  if (!first) throw new Error(l10n.t('This run names no network of this folder.'));
  const options = { viewColumn: ViewColumn.Active, preserveFocus: true };
  await commands.executeCommand('vscode.openWith', first, DESIGNER, options);
  return first;
}
