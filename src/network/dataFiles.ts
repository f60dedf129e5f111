/** Which files a network needs, and which paths it may name. */
import type { JsonPath, Network, TextRange } from './network';
import type { ParsedDocument } from './parse';
import { descend, end } from './tree';

/** Every place at which a network may name a file of data. */
export const dataPlaces: readonly JsonPath[] = [
  ['data', 'csv'],
  ['data', 'idx', 'images'],
  ['data', 'idx', 'labels'],
];

/** A file that a network's data are in. */
export interface DataFile {
  /** As written in the network. */
  readonly path: string;
  /** Where the network names it. */
  readonly place: JsonPath;
}

/** The files that a network's data are in, and where it names them. */
export function dataFilePlaces({ data }: Network): readonly DataFile[] {
  const source = data?.source;
  if (source?.type === 'csv') return [{ path: source.path, place: ['data', 'csv'] }];
  if (source?.type !== 'idx') return [];
  return [
    { path: source.images, place: ['data', 'idx', 'images'] },
    { path: source.labels, place: ['data', 'idx', 'labels'] },
  ];
}

/** Their paths alone, each once. */
export function dataFiles(network: Network): readonly string[] {
  return [...new Set(dataFilePlaces(network).map(({ path }) => path))];
}

/** The files that a text names, those of weights too, each with its place between the quotes. */
export function filesNamed({
  root,
}: ParsedDocument): readonly (DataFile & { readonly range: TextRange })[] {
  return [...dataPlaces, ['weights', 'file']].flatMap(place => {
    const node = descend(root, place);
    const path: unknown = node?.value;
    if (!node || typeof path !== 'string' || path === '') return [];
    return [{ path, place, range: { start: node.offset + 1, end: end(node) - 1 } }];
  });
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
