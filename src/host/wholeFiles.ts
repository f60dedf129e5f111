/**
 * Files that are written as a whole or not at all. Where the disk is this machine's, its file system puts the new one in the
 * place of the old one in one step (`wholeFile.desktop.ts`). Elsewhere there is no such step: VS Code's `rename` removes
 * the old file first, and what comes between is looked after here.
 */
import { Uri, l10n, workspace } from 'vscode';
import { nameOf } from './documents';
import { messageOf } from './messageOf';
import type { Platform } from './platform';

let toDisk: Platform['writeWhole'];

/** Once, at the start. */
export function writeToDisk({ writeWhole }: Pick<Platform, 'writeWhole'>): void {
  toDisk = writeWhole;
}

/** The old file is gone, and the new one could not take its place; the message says where it is. */
class LeftBesideError extends Error {}

/** {@link writeWhole} of a file that a person has named. Rejects with what the person can do. */
export async function saveWhole(uri: Uri, bytes: Uint8Array): Promise<void> {
  try {
    await writeWhole(uri, bytes);
  } catch (error) {
    if (error instanceof LeftBesideError) throw error;
    throw new Error(
      l10n.t(
        '{0} could not be written ({1}). A file that was there is as it was. Make room, or choose another place.',
        nameOf({ uri }),
        messageOf(error),
      ),
    );
  }
}

/**
 * As a whole or not at all: under another name first, which then takes the place of what was there.
 *
 * A file that a person has chosen in a browser may be all that the browser lets us see: nothing can stand beside it then, and
 * it is written as it is. The browser itself keeps the old one until the new one is whole (`createWritable`).
 *
 * Rejects with the reason. Then what was there is as it was, or, where it is gone, the message names the new file beside it.
 */
export async function writeWhole(uri: Uri, bytes: Uint8Array): Promise<void> {
  if (await toDisk?.(uri, bytes)) return;
  const before = await stampOf(uri);
  const temporary = uri.with({ path: `${uri.path}.${crypto.randomUUID()}.tmp` });
  try {
    await workspace.fs.writeFile(temporary, bytes);
  } catch (error) {
    await remove(temporary);
    const isAlone = before !== undefined && !(await stampOf(Uri.joinPath(uri, '..')));
    if (!isAlone) throw error;
    return workspace.fs.writeFile(uri, bytes);
  }
  await takePlace(temporary, uri, before);
}

/** `before`: the stamp of what was there. */
async function takePlace(temporary: Uri, uri: Uri, before: string | undefined): Promise<void> {
  const rename = (): Thenable<void> => workspace.fs.rename(temporary, uri, { overwrite: true });
  try {
    await rename();
  } catch (error) {
    if ((await stampOf(uri)) === before) {
      await remove(temporary);
      throw error;
    }
    // What was there is gone already: nothing but the new file is left.
    await Promise.resolve(rename()).catch((again: unknown) => {
      throw new LeftBesideError(
        l10n.t(
          '{0} could not take its place ({1}), and what was there is gone. The new file is whole: it is “{2}” in the same folder. Rename it.',
          nameOf({ uri }),
          messageOf(again),
          nameOf({ uri: temporary }),
        ),
      );
    });
  }
}

/** Another one when the file has changed; undefined where there is none. */
async function stampOf(uri: Uri): Promise<string | undefined> {
  return Promise.resolve(workspace.fs.stat(uri)).then(
    ({ mtime, size }) => `${mtime} ${size}`,
    () => undefined,
  );
}

async function remove(uri: Uri): Promise<void> {
  await Promise.resolve(workspace.fs.delete(uri)).catch(() => undefined);
}
