/** A chart of the designer as a file: where a person wants it. */
import { Uri, l10n, window } from 'vscode';
import type { ChartKind } from '../protocol';
import { nameOf } from './documents';
import { saveWhole } from './wholeFiles';

/** Answers whether it was not given up. @param network whose training is drawn */
export async function saveChart(
  network: Uri,
  kind: ChartKind,
  bytes: Uint8Array,
): Promise<boolean> {
  const name = nameOf({ uri: network }).replace(/(\.nn)?\.json$/, '');
  const target = await window.showSaveDialog({
    title: l10n.t('Save Chart'),
    defaultUri: Uri.joinPath(network, '..', `${name}.training.${kind}`),
    filters: { [kind.toUpperCase()]: [kind] },
  });
  if (!target) return false;
  await saveWhole(target, bytes);
  return true;
}
