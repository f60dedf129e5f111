/** Where links lead, on the disk of this machine. */
import { realpath } from 'node:fs/promises';
import { dirname, isAbsolute, relative, sep } from 'node:path';
import type { Uri } from 'vscode';

/**
 * Whether a file lies, once every link is followed, outside of a folder. Of a file that is not there yet its folder counts;
 * of what is not on this machine nobody knows.
 */
export async function leadsOut(folder: Uri, file: Uri): Promise<boolean> {
  if (folder.scheme !== 'file' || file.scheme !== 'file') return false;
  const [from, to] = [await real(folder.fsPath), await real(file.fsPath)];
  const there = to ?? (await real(dirname(file.fsPath)));
  if (from === undefined || there === undefined) return false;
  const way = relative(from, there);
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way);
}

/** Undefined where nothing is there. */
function real(path: string): Promise<string | undefined> {
  return realpath(path).catch(() => undefined);
}
