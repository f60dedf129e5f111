/**
 * The data files that a network names, read through VS Code's file system (so that they may lie on another
 * machine or in a browser).
 *
 * A network file is somebody else's text: the paths in it stay inside the workspace folder.
 */
import { FileType, Uri, l10n, workspace } from 'vscode';
import type { DataIssue } from '../protocol';
import { dataFiles, foldersAbove, pathFault } from '../network/dataFiles';
import type { Network } from '../network/network';

/** A larger file is refused: the whole text is read into memory and sent to the worker. */
export const MAX_DATA_BYTES = 64 * 1024 * 1024;

/** A data file that cannot be used, with the place in the network that names it. */
export class DataFileError extends Error {
  override readonly name = 'DataFileError';
  constructor(readonly issue: DataIssue) {
    super(issue.message);
  }
}

/** Contents of the data files by path as written. Rejects with {@link DataFileError}. */
export async function readDataFiles(
  document: Uri,
  network: Network,
): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const path of dataFiles(network)) files[path] = (await readDataFile(document, path)).text;
  return files;
}

/**
 * Where a data path leads. Throws {@link DataFileError} when it leaves the workspace folder that the network
 * lies in; outside of every workspace folder, when it leaves the network's own folder.
 */
export function resolveDataPath(document: Uri, path: string): Uri {
  const fault = pathFault(path);
  if (fault !== undefined)
    throw refuse('data.csv.path', l10n.t('The data path "{0}" {1}', path, fault));
  const folder = Uri.joinPath(document, '..');
  const reach = dataReach(document);
  if (foldersAbove(path) > depth(folder) - depth(reach))
    throw refuse(
      'data.csv.path',
      l10n.t(
        'The data path "{0}" leaves the folder "{1}". Put the data inside of it.',
        path,
        reach.path,
      ),
    );
  return Uri.joinPath(folder, path);
}

/** The folder that the data of a network must lie in. */
export function dataReach(document: Uri): Uri {
  return workspace.getWorkspaceFolder(document)?.uri ?? Uri.joinPath(document, '..');
}

const depth = ({ path }: Uri): number => path.split('/').filter(part => part !== '').length;

/** One data file. Rejects with {@link DataFileError}. */
export async function readDataFile(
  document: Uri,
  path: string,
): Promise<{ text: string; bytes: number }> {
  const uri = resolveDataPath(document, path);
  const size = await sizeOf(uri, path);
  if (size > MAX_DATA_BYTES)
    throw refuse(
      'data.csv.size',
      l10n.t(
        'The data file "{0}" has {1} MB; at most {2} MB are read. Use a smaller part of it.',
        path,
        Math.ceil(size / (1024 * 1024)),
        MAX_DATA_BYTES / (1024 * 1024),
      ),
    );
  const text = new TextDecoder().decode(await workspace.fs.readFile(uri));
  return { text, bytes: size };
}

async function sizeOf(uri: Uri, path: string): Promise<number> {
  const stat = await Promise.resolve(workspace.fs.stat(uri)).catch(() => undefined);
  if (stat === undefined || (stat.type & FileType.File) === 0)
    throw refuse(
      'data.csv.missing',
      l10n.t('The data file "{0}" was not found beside the network. Correct data.csv.', path),
    );
  return stat.size;
}

function refuse(code: string, message: string): DataFileError {
  return new DataFileError({ code, severity: 'error', path: ['data', 'csv'], message });
}
