/** The data files that a network names, read from the disk. */
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import type { DataIssue } from '../data/issue';
import { dataFiles } from '../network/dataFiles';
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
): Promise<{ files: Record<string, string>; issues: DataIssue[] }> {
  const files: Record<string, string> = {};
  const issues: DataIssue[] = [];
  const tell = (code: string, message: string): void =>
    void issues.push({ code, severity: 'error', path: ['data', 'csv'], message });
  const folder = await io.realPath(dirname(file));
  const roots = [folder, await io.realPath(io.folder)];
  for (const name of dataFiles(network)) {
    try {
      const path = await pathWithin(roots, join(folder, name), io);
      if (path === undefined) {
        tell(
          'data.csv.path',
          `The data path ${name} leads out of the folder of the network and of the current folder. Put the data there, or run nabla in a folder that has both.`,
        );
        continue;
      }
      const bytes = await io.readFile(path);
      const decoded = decodeUtf8(bytes);
      if ('text' in decoded) files[name] = decoded.text;
      else tell('data.csv.encoding', `${name} ${encodingFault(bytes, decoded.offset)}`);
    } catch (error) {
      tell(
        'data.missing',
        `The data file ${name} cannot be read (${messageOf(error)}). Paths are relative to the network file: correct data.csv or put the file there.`,
      );
    }
  }
  return { files, issues };
}

/** The real path of `path`; undefined when it or what it links to lies below none of the roots. */
async function pathWithin(
  roots: readonly string[],
  path: string,
  io: CliIo,
): Promise<string | undefined> {
  // As written first: nothing is asked about a file out of reach, not even whether it is there.
  if (!roots.some(root => liesBelow(root, path))) return undefined;
  const real = await io.realPath(path);
  return roots.some(root => liesBelow(root, real)) ? real : undefined;
}

function liesBelow(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
