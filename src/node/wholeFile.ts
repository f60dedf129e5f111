/** Writing a file so that it is never half there: once for the command line and the editor. */
import { randomBytes } from 'node:crypto';
import { open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Where a file is written, and what is there now. */
export interface Target {
  /** Links are followed: a link to a network stays a link. */
  readonly path: string;
  readonly folder: string;
  /** Absent when there is nothing yet. */
  readonly stats?: Stats;
}

/** Rejects with the system's reason when nobody can tell what is there. */
export async function findTarget(path: string): Promise<Target> {
  const stats = await statsOf(path);
  // The links below /dev and /proc lead to what has no path.
  const real = stats?.isFile() ? await realpath(path) : path;
  return { path: real, folder: dirname(real), stats };
}

/** Undefined when there is nothing. */
export async function statsOf(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Whether another file takes its place; devices and pipes are written to as they are. */
export function isReplaced({ stats }: Target): boolean {
  return stats === undefined || stats.isFile();
}

/**
 * Writes a text or bytes as a whole or not at all: into a temporary file in the same folder, which then takes the
 * place and the permissions of the old one in one step of the file system.
 */
export async function writeTarget(target: Target, content: string | Uint8Array): Promise<void> {
  if (!isReplaced(target)) return writeFile(target.path, content, 'utf8');
  const temporary = join(target.folder, `.nabla-${randomBytes(8).toString('hex')}.tmp`);
  try {
    await writeThrough(temporary, content, target.stats);
    await takePlace(temporary, target.path);
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

/** What Windows answers while another program, as a scanner, has the old file open: mostly for a moment. */
const HELD: ReadonlySet<string | undefined> = new Set(['EPERM', 'EACCES', 'EBUSY']);

/** Milliseconds before each further try, about two seconds in all. */
const PAUSES = [20, 50, 100, 200, 500, 1000];

async function takePlace(temporary: string, path: string): Promise<void> {
  const pauses = process.platform === 'win32' ? PAUSES : [];
  for (const milliseconds of pauses) {
    try {
      return await rename(temporary, path);
    } catch (error) {
      if (!HELD.has((error as NodeJS.ErrnoException).code)) throw error;
      await pause(milliseconds);
    }
  }
  await rename(temporary, path);
}
