/** Writing a file on the disk of this machine so that it is never half there. */
import { access, constants, mkdir } from 'node:fs/promises';
import type { Uri } from 'vscode';
import { findTarget, writeTarget } from '../node/wholeFile';

/**
 * As a whole or not at all, with the folders that are missing; links and permissions stay. Rejects with the system's reason;
 * then what was there is as it was.
 *
 * @returns false where the file does not lie on this machine: nothing is written then
 */
export async function writeWhole(uri: Uri, bytes: Uint8Array): Promise<boolean> {
  if (uri.scheme !== 'file') return false;
  const target = await findTarget(uri.fsPath);
  // Another file in the place of one that is read-only would be a way around that.
  if (target.stats) await access(target.path, constants.W_OK);
  await mkdir(target.folder, { recursive: true });
  await writeTarget(target, bytes);
  return true;
}
