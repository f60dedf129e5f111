/** The question before a gesture that would lose what a run has trained and nobody has written. */
import { l10n } from 'vscode';
import type { Uri } from 'vscode';
import { EditRefused, nameOf } from './documents';
import { askFirst } from './plainMessages';

/**
 * Whether the trained weights go into the text with the change; false: it is made without them. Rejects with
 * {@link EditRefused} when the person wants neither.
 */
export async function askAboutTrained(uri: Uri): Promise<boolean> {
  const write = l10n.t('Write Weights and Change');
  const leave = l10n.t('Change without Them');
  const question = l10n.t(
    '{0}: the run has trained weights that are not in the file. This change starts from the file, so they would be lost.',
    nameOf({ uri }),
  );
  const answer = await askFirst(question, undefined, write, leave);
  if (answer === write) return true;
  if (answer === leave) return false;
  throw new EditRefused(
    l10n.t(
      'Nothing was changed; the trained weights of {0} are still in the run.',
      nameOf({ uri }),
    ),
  );
}
