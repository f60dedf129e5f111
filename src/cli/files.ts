/** Writing a file so that it is never half there. Node's side of {@link CliIo}. */
import { randomBytes } from 'node:crypto';
import { access, constants, open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where a file is written, and what is there now. */
interface Target {
  /** Links are followed: a link to a network stays a link. */
  readonly path: string;
  readonly folder: string;
  /** Absent when there is nothing yet. */
  readonly stats?: Stats;
}

/** Rejects with the reason when {@link writeWhole} cannot succeed. */
export async function checkWritable(path: string): Promise<void> {
  const target = await findTarget(path);
  if (target.stats) await access(target.path, constants.W_OK);
  if (!isReplaced(target)) return;
  const folder = await statsOf(target.folder);
  if (!folder?.isDirectory()) {
    throw new Error(`there is no folder ${target.folder}: create it, or choose another place`);
  }
  await access(target.folder, constants.W_OK | constants.X_OK);
}

/**
 * Writes a text or bytes as a whole or not at all: into a temporary file in the same folder, which then takes the
 * place and the permissions of the old one. Devices and pipes are written to as they are.
 */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  await checkWritable(path);
  const target = await findTarget(path);
  if (!isReplaced(target)) return writeFile(target.path, content, 'utf8');
  const temporary = join(target.folder, `.nabla-${randomBytes(8).toString('hex')}.tmp`);
  try {
    await writeThrough(temporary, content, target.stats);
    await rename(temporary, target.path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Creates a file and returns when it is on the disk. */
async function writeThrough(
  path: string,
  content: string | Uint8Array,
  like: Stats | undefined,
): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(content, 'utf8');
    if (like) {
      const own = await file.stat();
      // Only a privileged person may give a file away; for the others it stays their own.
      if (own.uid !== like.uid || own.gid !== like.gid) {
        await file.chown(like.uid, like.gid).catch(() => undefined);
      }
      await file.chmod(like.mode & 0o7777);
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

function isReplaced({ stats }: Target): boolean {
  return stats === undefined || stats.isFile();
}

async function findTarget(path: string): Promise<Target> {
  if (path === '' || /[/\\]$/.test(path)) throw new Error('this names no file: add its name');
  const stats = await statsOf(path);
  if (stats?.isDirectory()) throw new Error('this is a folder: add the name of a file');
  // The links below /dev and /proc lead to what has no path.
  const real = stats?.isFile() ? await realpath(path) : path;
  return { path: real, folder: dirname(real), stats };
}

async function statsOf(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
