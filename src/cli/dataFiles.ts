/** The data files that a network names, read from the disk. */
import { isUtf8 } from 'node:buffer';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import type { DataIssue } from '../data/issue';
import { dataFilePlaces } from '../network/dataFiles';
import type { DataFile } from '../network/dataFiles';
import { formatPath } from '../network/network';
import type { Network } from '../network/network';
import { messageOf } from './io';
import type { CliIo } from './io';
import { decodeUtf8, encodingFault } from './utf8';

/**
 * Contents by path as written in the network, and what is wrong with them.
 *
 * A network file is somebody else's text: the paths in it, and the links that they meet, reach only what
 * lies below the folder of that file or below the folder that one works in.
 *
 * @param file the network file
 */
export async function readDataFiles(
  file: string,
  network: Network,
  io: CliIo,
): Promise<{ files: Record<string, Uint8Array>; issues: DataIssue[] }> {
  const files: Record<string, Uint8Array> = {};
  const issues: DataIssue[] = [];
  const reach = await reachOf(file, io);
  for (const named of dataFilePlaces(network)) {
    const read = await readDataFile(named, await fileNamed(named.path, reach, io), io);
    if (read instanceof Uint8Array) files[named.path] = read;
    else issues.push({ ...read, severity: 'error', path: named.place });
  }
  return { files, issues };
}

/** @param real where the file is; undefined when that is out of reach, a fault when it is nowhere */
async function readDataFile(
  { path, place }: DataFile,
  real: string | Fault | undefined,
  io: CliIo,
): Promise<Uint8Array | { readonly code: string; readonly message: string }> {
  const kind = `data.${place[1]}`;
  if (real === undefined) {
    const message = `The data path ${path} leads out of the folder of the network and of the current folder. Put the data there, or run nabla in a folder that has both.`;
    return { code: `${kind}.path`, message };
  }
  const bytes = typeof real === 'string' ? await io.readFile(real).catch(faultOf) : real;
  if ('fault' in bytes) {
    const message = `The data file ${path} cannot be read (${bytes.fault}). Paths are relative to the network file: correct ${formatPath(place)} or put the file there.`;
    return { code: 'data.missing', message };
  }
  const decoded = place[1] === 'csv' && !isUtf8(bytes) ? decodeUtf8(bytes) : undefined;
  if (!decoded || 'text' in decoded) return bytes;
  return { code: `${kind}.encoding`, message: `${path} ${encodingFault(bytes, decoded.offset)}` };
}

/** Where a network's files may lie. */
export interface Reach {
  /** Of the network itself: paths are relative to it. */
  readonly folder: string;
  /** They lie below one of these. */
  readonly roots: readonly string[];
}

/** @param file the network file */
export async function reachOf(file: string, io: CliIo): Promise<Reach> {
  const folder = await io.realPath(dirname(file));
  return { folder, roots: [folder, await io.realPath(io.folder)] };
}

/** Where a file lies that a network names; undefined when that is out of reach, a fault when it is nowhere. */
export function fileNamed(
  name: string,
  { folder, roots }: Reach,
  io: CliIo,
): Promise<string | Fault | undefined> {
  return pathWithin(roots, join(folder, name), io);
}

/** Why a file cannot be read. */
export interface Fault {
  readonly fault: string;
}

const faultOf = (error: unknown): Fault => ({ fault: messageOf(error) });

/** The real path of `path`; undefined when it or what it links to lies below none of the roots. Never rejects. */
async function pathWithin(
  roots: readonly string[],
  path: string,
  io: CliIo,
): Promise<string | Fault | undefined> {
  // As written first: nothing is asked about a file out of reach, not even whether it is there.
  if (!roots.some(root => liesBelow(root, path))) return undefined;
  const real = await io.realPath(path).catch(faultOf);
  if (typeof real !== 'string') return real;
  return roots.some(root => liesBelow(root, real)) ? real : undefined;
}

function liesBelow(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
