/** Which files a network needs, and which paths it may name. */
import type { Network } from './network';

/** Paths, as written in the network, of the files that its data are in. */
export function dataFiles(network: Network): readonly string[] {
  const source = network.data?.source;
  return source?.type === 'csv' ? [source.path] : [];
}

/**
 * What is wrong with a path in itself, as the end of a sentence with its remedy; undefined when nothing is.
 * Whoever reads the file also sees to it that the path does not leave the workspace ({@link foldersAbove}).
 */
export function pathFault(path: string): string | undefined {
  const relative = 'Write it relative to this file, with "/" between folders.';
  if (path.trim() === '') return `is empty. ${relative}`;
  if (/[\0-\x1f]/.test(path)) return `contains a control character. ${relative}`;
  if (/^[a-z][a-z0-9+.-]*:/i.test(path)) return `begins with a drive or a scheme. ${relative}`;
  if (path.includes('\\')) return `contains a backslash. ${relative}`;
  if (path.startsWith('/')) return `is absolute. ${relative}`;
  return undefined;
}

/** How many folders above that of the network a path climbs on its way: `../a/../../b.csv` climbs 2. */
export function foldersAbove(path: string): number {
  let depth = 0;
  let lowest = 0;
  for (const part of path.split('/')) {
    if (part === '..') depth--;
    else if (part !== '' && part !== '.') depth++;
    lowest = Math.min(lowest, depth);
  }
  return 0 - lowest;
}
