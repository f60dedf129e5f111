/** Where links lead, on the disk of this machine. */
import { realpath } from 'node:fs/promises';
import { dirname, isAbsolute, relative, sep } from 'node:path';
import type { Uri } from 'vscode';

/**
 * Whether a file lies, once every link is followed, outside of a folder. Of a file that is not there yet the nearest
 * folder above it that is there counts (writing makes those between); of what is not on this machine nobody knows.
 */
export async function leadsOut(folder: Uri, file: Uri): Promise<boolean> {
  if (folder.scheme !== 'file' || file.scheme !== 'file') return false;
  const [from, there] = [await real(folder.fsPath), await nearest(file.fsPath)];
  if (from === undefined || there === undefined) return false;
  const way = relative(from, there);
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way);
}

/** Undefined where nothing is there. */
function real(path: string): Promise<string | undefined> {
  return realpath(path).catch(() => undefined);
}

async function nearest(path: string): Promise<string | undefined> {
  const above = dirname(path);
  return (await real(path)) ?? (above === path ? undefined : nearest(above));
}
