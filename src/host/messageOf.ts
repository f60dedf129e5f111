/** What went wrong, in words, whatever was thrown. */
import { l10n } from 'vscode';
import { told } from './issueWords';

/** What happens every day is said in the reader's language. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'IssuesError') return told(error.message);
  if (error.name === 'OutOfMemory')
    return l10n.t(
      'There is not enough memory for this ({0}). Fewer units, smaller images, smaller batches or less data need less of it.',
      told(error.message),
    );
  if (error.name !== 'NoData') return error.message;
  return l10n.t(
    'Gradients and training need data, and this network has none. Add a “data” block: samples of your own, a generator such as xor, or a CSV file.',
  );
}
