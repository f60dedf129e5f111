/** Writing a file so that it is never half there. Node's side of {@link CliIo}. */
import { access, constants } from 'node:fs/promises';
import { findTarget, isReplaced, statsOf, writeTarget } from '../node/wholeFile';
import type { Target } from '../node/wholeFile';

/** Rejects with the reason when {@link writeWhole} cannot succeed. */
export async function checkWritable(path: string): Promise<void> {
  await writableTarget(path);
}

/**
 * Writes a text or bytes as a whole or not at all ({@link writeTarget}). Devices and pipes are written to as they are.
 */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  await writeTarget(await writableTarget(path), content);
}

async function writableTarget(path: string): Promise<Target> {
  if (path === '' || /[/\\]$/.test(path)) throw new Error('this names no file: add its name');
  const target = await findTarget(path);
  if (target.stats?.isDirectory()) throw new Error('this is a folder: add the name of a file');
  if (target.stats) await access(target.path, constants.W_OK);
  if (!isReplaced(target)) return target;
  const folder = await statsOf(target.folder);
  if (!folder?.isDirectory()) {
    throw new Error(`there is no folder ${target.folder}: create it, or choose another place`);
  }
  await access(target.folder, constants.W_OK | constants.X_OK);
  return target;
}
