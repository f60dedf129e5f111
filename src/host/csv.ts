/**
 * The CSV files that a network may use: which there are, what is in one, and the network that would learn it.
 * Paths are those that the network would write, read with the checks that its own data file passes.
 *
 * Most people never ask: what reads CSV is in the same bundle, but begins with the first question.
 */
import { FileType, RelativePattern, Uri, workspace } from 'vscode';
import type { SpoiltColumn } from '../data/infer';
import type { CsvPreview } from '../data/preview';
import { newNetworkText } from '../network/templates';
import type { TemplateName } from '../network/templates';
import { formatJson } from '../network/write';
import type { CsvFile } from '../protocol';
import { DataFileError, dataReach, readDataText } from './dataFiles';
import { EditRefused } from './documents';
import { inferText } from './inferWords';

/** Files that are listed; of more, the path can be typed. */
const MOST_FILES = 200;

/** An untitled document lies nowhere, so nothing is relative to it. */
const liesNowhere = (document: Uri): boolean => document.scheme === 'untitled';

/** CSV files below a folder, wherever the network will be that uses them. */
export async function findCsvFiles(folder: Uri): Promise<Uri[]> {
  const pattern = new RelativePattern(folder, '**/*.{csv,tsv,CSV,TSV}');
  return workspace.findFiles(pattern, '**/node_modules/**', MOST_FILES);
}

/** CSV files in the folder that the network's data must lie in, the nearest first. */
export async function csvFiles(document: Uri): Promise<CsvFile[]> {
  if (liesNowhere(document)) return [];
  const found = await findCsvFiles(dataReach(document));
  const files = await Promise.all(found.map(uri => listed(document, uri)));
  return files.flatMap(file => file ?? []).sort((a, b) => nearestFirst(a.path, b.path));
}

async function listed(document: Uri, uri: Uri): Promise<CsvFile | undefined> {
  const stat = await Promise.resolve(workspace.fs.stat(uri)).catch(() => undefined);
  if (stat === undefined || (stat.type & FileType.File) === 0) return undefined;
  return { path: pathFrom(document, uri), bytes: stat.size };
}

/** `../data/iris.csv`: a file as a network calls it. */
export function pathFrom(document: Uri, file: Uri): string {
  const from = parts(Uri.joinPath(document, '..'));
  const to = parts(file);
  let same = 0;
  while (same < from.length && same < to.length - 1 && from[same] === to[same]) same++;
  return [...from.slice(same).map(() => '..'), ...to.slice(same)].join('/');
}

const parts = ({ path }: Uri): readonly string[] => path.split('/').filter(part => part !== '');

/** Of two paths as a network writes them: the one through fewer folders, then by name. */
export function nearestFirst(a: string, b: string): number {
  const far = (path: string): number => path.split('/').length;
  return far(a) - far(b) || (a < b ? -1 : 1);
}

/** Rejects with a sentence where the file may not be read, is not there or is too large. */
export async function previewCsv(document: Uri, path: string): Promise<CsvPreview> {
  const { text, bytes } = await readDataText(document, path);
  const { previewingCsv } = await import('../data/previewCsv');
  const steps = previewingCsv(path, text, bytes);
  for (;;) {
    const next = steps.next();
    if (next.done) return next.value;
    // A long file leaves the others of this process their turn.
    await new Promise(resolve => setTimeout(resolve, 0));
  }
}

/**
 * The text that a file without a network is filled with: a template's, or that of a network which learns a CSV
 * file. Rejects with {@link EditRefused}.
 */
export async function startText(
  document: Uri,
  start: TemplateName | { readonly csv: string },
): Promise<string> {
  return typeof start === 'string'
    ? newNetworkText(start)
    : (await startFromCsv(document, start.csv)).text;
}

/**
 * The text of a network that learns a CSV file, and the columns that it does not use because of some of their
 * cells. Rejects with {@link EditRefused}.
 */
export async function startFromCsv(
  document: Uri,
  path: string,
): Promise<{ readonly text: string; readonly spoilt: readonly SpoiltColumn[] }> {
  const { InferError, inferNetwork, spoiltColumns } = await import('../data/infer');
  try {
    const preview = await previewCsv(document, path);
    return { text: formatJson(inferNetwork(preview)), spoilt: spoiltColumns(preview) };
  } catch (error) {
    if (error instanceof InferError) throw new EditRefused(inferText(path, error.fault));
    throw error instanceof DataFileError ? new EditRefused(error.message) : error;
  }
}
