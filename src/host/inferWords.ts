/** Why no network can be made of a CSV file, and what to do, as a person reads it. */
import { l10n } from 'vscode';
import type { InferFault, SpoiltColumn } from '../data/infer';
import type { BadCell } from '../data/preview';
import { spoiltText } from './spoiltNotice';

/** @param path of the file as the network would name it */
export function inferText(path: string, fault: InferFault): string {
  switch (fault.kind) {
    case 'empty':
      return l10n.t(
        "{0} is empty: write the columns' names in its first row and one sample in each further row.",
        path,
      );
    case 'rows':
      return l10n.t('{0} has no row below its header: each further row is a sample.', path);
    case 'table':
      return tableText(path, fault.place);
    case 'target':
      return l10n.t(
        '{0} has no column to predict: one with at least two different classes or numbers, and no empty or wrong cell. {1}',
        path,
        remedy(fault.spoilt),
      );
    case 'inputs':
      return l10n.t(
        '{0} has no column besides {1} in which every cell is a number: nothing is left for the inputs. {2}',
        path,
        fault.target,
        remedy(fault.spoilt),
      );
  }
}

function tableText(path: string, place: BadCell | undefined): string {
  if (!place) return l10n.t('{0} cannot be read as a table. Correct the file first.', path);
  return l10n.t(
    '{0} cannot be read as a table (line {1}: {2}). Correct the file first.',
    path,
    place.line,
    reason(place),
  );
}

/** Of a place that keeps the whole file from being used. */
function reason({ kind, text }: BadCell): string {
  switch (kind) {
    case 'quote':
      return l10n.t('a quote that does not close');
    case 'endless':
      return l10n.t('a row that does not end within {0} characters', text);
    case 'size':
      return l10n.t('more than {0} different texts up to here', text);
    case 'name':
      return l10n.t('the name of another column: {0}', text);
    default:
      return l10n.t('another number of cells than columns: {0}', text);
  }
}

const remedy = (spoilt: readonly SpoiltColumn[]): string =>
  spoilt.length === 0
    ? l10n.t('Add or correct one.')
    : l10n.t('Correct these cells or remove their rows: {0}.', spoiltText(spoilt));
