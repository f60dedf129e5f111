/** The commands that save a checkpoint of a training, and go on from one. */
import { Uri, l10n, window, workspace } from 'vscode';
import { isCheckpoint } from '../export/checkpointFile';
import { nameOf } from './documents';
import type { Run } from './run';
import { saveWhole } from './wholeFiles';

/** @param given the file; without it the person is asked */
export async function saveCheckpoint(run: Run, given?: unknown): Promise<void> {
  const target = given instanceof Uri ? given : await askWhereTo(run);
  if (!target) return;
  const present = await Promise.resolve(workspace.fs.readFile(target)).catch(() => undefined);
  if (present && !isCheckpoint(present))
    throw new Error(
      l10n.t(
        '{0} is no checkpoint, so it was not written over. Choose another name.',
        nameOf({ uri: target }),
      ),
    );
  const file = await run.checkpoint();
  await saveWhole(target, file);
  window.setStatusBarMessage(
    `$(check) ${l10n.t('Checkpoint saved in {0}', nameOf({ uri: target }))}`,
    5000,
  );
}

/** @param given the file; without it the person is asked */
export async function resumeCheckpoint(run: Run, given?: unknown): Promise<void> {
  const source = given instanceof Uri ? given : await askWhereFrom(run);
  if (source) await run.resume(await workspace.fs.readFile(source));
}

function askWhereTo(run: Run): Thenable<Uri | undefined> {
  const name = nameOf(run).replace(/(\.nn)?\.json$/, '');
  return window.showSaveDialog({
    title: l10n.t('Save Checkpoint'),
    defaultUri: Uri.joinPath(run.uri, '..', `${name}.checkpoint.safetensors`),
    filters: filters(),
  });
}

async function askWhereFrom(run: Run): Promise<Uri | undefined> {
  const picked = await window.showOpenDialog({
    title: l10n.t('Resume from Checkpoint'),
    defaultUri: Uri.joinPath(run.uri, '..'),
    filters: filters(),
  });
  return picked?.[0];
}

function filters(): { [name: string]: string[] } {
  return { [l10n.t('Checkpoints')]: ['safetensors'] };
}
