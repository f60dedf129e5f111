/**
 * The data files that a network names, read through VS Code's file system (so that they may lie on another
 * machine or in a browser).
 *
 * A network file is somebody else's text: the paths in it stay inside the workspace folder.
 */
import { FileType, Uri, l10n, workspace } from 'vscode';
import type { DataIssue } from '../protocol';
import { MAX_TEXT_BYTES } from '../data/steps';
import { dataFilePlaces, foldersAbove, pathFault } from '../network/dataFiles';
import type { DataFile } from '../network/dataFiles';
import { formatPath } from '../network/network';
import type { Network } from '../network/network';
import { leadsOutOf } from './links';

const MEGABYTE = 1024 * 1024;

/** A larger file is refused: the whole file is read into memory and handed to the worker. */
export const MAX_DATA_BYTES = 256 * MEGABYTE;

/** A data file that cannot be used, with the place in the network that names it. */
export class DataFileError extends Error {
  override readonly name = 'DataFileError';
  constructor(readonly issue: DataIssue) {
    super(issue.message);
  }
}

/** The data files as they are, by path as written. Rejects with {@link DataFileError}. */
export async function readDataFiles(
  document: Uri,
  network: Network,
): Promise<Record<string, Uint8Array>> {
  const files: Record<string, Uint8Array> = {};
  for (const file of dataFilePlaces(network))
    files[file.path] ??= await readDataFile(document, file, MAX_DATA_BYTES);
  return files;
}

/**
 * Where a data path leads. Throws {@link DataFileError} when it leaves the workspace folder that the network
 * lies in; outside of every workspace folder, when it leaves the network's own folder.
 */
export function resolveDataPath(document: Uri, file: DataFile): Uri {
  const { path } = file;
  const fault = pathFault(path);
  if (fault !== undefined)
    throw refuse(file, 'path', l10n.t('The data path "{0}" {1}', path, fault));
  if (!isWithinReach(document, path))
    throw refuse(
      file,
      'path',
      l10n.t(
        'The data path "{0}" leaves the folder "{1}". Put the data inside of it.',
        path,
        dataReach(document).path,
      ),
    );
  return Uri.joinPath(document, '..', path);
}

/** The same, where no link on the way leads out either. Rejects with {@link DataFileError}. */
export async function reachDataFile(document: Uri, file: DataFile): Promise<Uri> {
  const uri = resolveDataPath(document, file);
  const reach = dataReach(document);
  if (!(await leadsOutOf(reach, uri))) return uri;
  throw refuse(
    file,
    'path',
    l10n.t(
      'The data path "{0}" leads by a link out of the folder "{1}". Put the data inside of it.',
      file.path,
      reach.path,
    ),
  );
}

/** Whether a path that a network names stays in the folder that its files must lie in. */
export function isWithinReach(document: Uri, path: string): boolean {
  const folder = Uri.joinPath(document, '..');
  return foldersAbove(path) <= depth(folder) - depth(dataReach(document));
}

/** The folder that the data of a network must lie in. */
export function dataReach(document: Uri): Uri {
  return workspace.getWorkspaceFolder(document)?.uri ?? Uri.joinPath(document, '..');
}

const depth = ({ path }: Uri): number => path.split('/').filter(part => part !== '').length;

/** A CSV file as a text. Rejects with {@link DataFileError}. */
export async function readDataText(
  document: Uri,
  path: string,
): Promise<{ text: string; bytes: number }> {
  const bytes = await readDataFile(document, { path, place: ['data', 'csv'] }, MAX_TEXT_BYTES);
  return { text: new TextDecoder().decode(bytes), bytes: bytes.length };
}

/** One data file of at most `most` bytes. Rejects with {@link DataFileError}. */
async function readDataFile(document: Uri, file: DataFile, most: number): Promise<Uint8Array> {
  const uri = await reachDataFile(document, file);
  const size = await sizeOf(uri, file);
  if (size > most)
    throw refuse(
      file,
      'size',
      l10n.t(
        'The data file "{0}" has {1} MB; at most {2} MB are read. Use a smaller part of it.',
        file.path,
        Math.ceil(size / MEGABYTE),
        most / MEGABYTE,
      ),
    );
  return workspace.fs.readFile(uri);
}

async function sizeOf(uri: Uri, file: DataFile): Promise<number> {
  const stat = await Promise.resolve(workspace.fs.stat(uri)).catch(() => undefined);
  if (stat === undefined || (stat.type & FileType.File) === 0)
    throw refuse(
      file,
      'missing',
      l10n.t(
        'The data file "{0}" was not found beside the network. Correct {1}.',
        file.path,
        formatPath(file.place),
      ),
    );
  return stat.size;
}

/** `data.csv.missing`, `data.idx.missing` … */
function refuse({ place }: DataFile, fault: string, message: string): DataFileError {
  const code = `data.${place[1]}.${fault}`;
  return new DataFileError({ code, severity: 'error', path: place, message });
}
