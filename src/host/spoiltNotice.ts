/** Says which columns of a CSV file a new network does not use because of some of their cells. */
import { Range, l10n, window } from 'vscode';
import type { Uri } from 'vscode';
import type { SpoiltColumn } from '../data/infer';
import type { BadCell } from '../data/preview';
import { nameOf } from './documents';
import { showMessage } from './plainMessages';

/** Never awaited: it is answered when somebody cares to. Nothing is said where there is no such column. */
export async function tellSpoilt(csv: Uri, spoilt: readonly SpoiltColumn[]): Promise<void> {
  if (spoilt.length === 0) return;
  const message = l10n.t(
    'The network does not use every column of {0}, for cells that are empty or no numbers: {1}. Correct these cells or remove their rows, then choose the columns with "CSV file…" in the data section.',
    nameOf({ uri: csv }),
    spoiltText(spoilt),
  );
  const show = l10n.t('Show the Cell');
  if ((await showMessage('warning', message, show)) !== show) return;
  const line = (spoilt[0].cells.at(0)?.line ?? 1) - 1;
  await window.showTextDocument(csv, { selection: new Range(line, 0, line, 0) });
}

/** Columns with the places of their bad cells. @param spoilt at least one */
export const spoiltText = (spoilt: readonly SpoiltColumn[]): string =>
  spoilt.map(columnText).reduce((all, next) => l10n.t('{0}; {1}', all, next));

function columnText({ name, count, cells }: SpoiltColumn): string {
  if (cells.length === 0) return l10n.t('{0} ({1} cells)', name, count);
  const places = cells.map(cellText).reduce((all, next) => l10n.t('{0}, {1}', all, next));
  const more = count - cells.length;
  return more > 0
    ? l10n.t('{0} ({1}, {2} more)', name, places, more)
    : l10n.t('{0} ({1})', name, places);
}

function cellText({ line, text }: BadCell): string {
  return text === '' ? l10n.t('line {0}: empty', line) : l10n.t('line {0}: “{1}”', line, text);
}
