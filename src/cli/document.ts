/** A network file with its data, opened from the disk, and its issues with line and column. */
import type { Dataset } from '../data/dataset';
import { LoadJob } from '../data/loadJob';
import { applyTextEdits, textEdits } from '../network/edit';
import { lineColumn, nearestRange } from '../network/locate';
import { formatPath } from '../network/network';
import type { Issue, Network, Severity } from '../network/network';
import { parseNetwork } from '../network/parse';
import type { ParsedDocument } from '../network/parse';
import { inferShapes } from '../network/shapes';
import type { NetworkShapes } from '../network/shapes';
import { withoutWeights } from '../export/weightsFile';
import { descend } from '../network/tree';
import { codecs } from './codecs';
import { readDataFiles } from './dataFiles';
import { CheckError, UsageError, messageOf } from './io';
import type { CliIo } from './io';
import { printable } from './printable';
import { decodeUtf8, encodingFault } from './utf8';
import { readWeightsFile } from './weightsFile';

/** As `validate --json` prints it. */
export interface PlacedIssue {
  readonly code: string;
  readonly severity: Severity;
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  readonly message: string;
}

export interface OpenDocument {
  readonly text: string;
  /** Absent when the text is no usable network. */
  readonly network?: Network;
  readonly shapes?: NetworkShapes;
  /** Absent when the network has no data or they cannot be used. */
  readonly dataset?: Dataset;
  /** `data.normalize` as written, also where the data cannot be used. */
  readonly normalize?: string;
  readonly issues: readonly PlacedIssue[];
}

export interface ReadyDocument extends OpenDocument {
  readonly network: Network;
  readonly shapes: NetworkShapes;
}

/**
 * Reads, parses and loads weights and data.
 *
 * @param seed used instead of the file's
 * @param fresh whether the weights are drawn from the seed, whatever the file has
 * @throws UsageError when the file itself cannot be read
 */
export async function openDocument(
  file: string,
  io: CliIo,
  seed?: number,
  fresh = false,
): Promise<OpenDocument> {
  const bytes = await io.readFile(file).catch((error: unknown) => {
    throw new UsageError(`cannot read ${file}: ${messageOf(error)}`);
  });
  const decoded = decodeUtf8(bytes);
  if ('text' in decoded) return openText(file, decoded.text, io, seed, fresh);
  const { valid, offset } = decoded;
  const range = { start: valid.length, end: valid.length };
  const message = `${file} ${encodingFault(bytes, offset)}`;
  const issue: Issue = { code: 'text.encoding', severity: 'error', path: [], range, message };
  return { text: valid, issues: [place(valid, issue)] };
}

/** The same of a text that the file could have. */
export async function openText(
  file: string,
  text: string,
  io: CliIo,
  seed?: number,
  fresh = false,
): Promise<OpenDocument> {
  const parsed = parseNetwork(text);
  const issues = parsed.issues.map(issue => place(text, issue));
  const normalize = normalizeAsWritten(parsed);
  if (!parsed.network) return { text, normalize, issues };
  const seeded = seed === undefined ? parsed.network : { ...parsed.network, seed };
  const named = fresh ? withoutWeights(seeded) : seeded;
  const { network, issues: weightIssues } = await readWeightsFile(file, named, io);
  const shapes = inferShapes(network);
  const { files, issues: fileIssues } = await readDataFiles(file, network, io);
  const loaded =
    fileIssues.length > 0
      ? { issues: [] }
      : await new LoadJob(network, shapes, files, codecs).whole();
  const dataIssues = [...weightIssues, ...fileIssues, ...loaded.issues].map(issue => {
    return place(text, { ...issue, range: nearestRange(parsed, issue.path) });
  });
  const { dataset } = loaded;
  return { text, network, shapes, dataset, normalize, issues: [...issues, ...dataIssues] };
}

/**
 * As {@link openDocument}, for commands that compute: warnings go to stderr, errors end the command.
 *
 * @throws CheckError that lists the errors
 */
export async function readyDocument(
  file: string,
  io: CliIo,
  seed?: number,
): Promise<ReadyDocument> {
  return usableDocument(file, io, await openDocument(file, io, seed));
}

/**
 * An open document for commands that compute: warnings go to stderr, errors end the command.
 *
 * @throws CheckError that lists the errors
 */
export function usableDocument(file: string, io: CliIo, document: OpenDocument): ReadyDocument {
  const errors = linesOf(file, document, 'error');
  warn(io, linesOf(file, document, 'warning'));
  const { network, shapes } = document;
  if (errors.length > 0 || !network || !shapes) throw new CheckError(...errors);
  return { ...document, network, shapes };
}

/**
 * As {@link readyDocument}, for what needs no data of the network's own: what is wrong with them goes to
 * stderr, and `dataset` is absent.
 *
 * @throws CheckError when something else is wrong, or the inputs are to be normalised and the data that say
 * how cannot be used
 */
export async function inputsDocument(file: string, io: CliIo): Promise<ReadyDocument> {
  const document = await openDocument(file, io);
  const { normalize = 'none', dataset } = document;
  const errors = linesOf(file, document, 'error');
  const others = document.issues.some(issue => issue.severity === 'error' && !isOfData(issue));
  const network = others
    ? undefined
    : (document.network ?? (await withoutData(file, document.text, io)));
  if (!network) throw new CheckError(...errors);
  if (!dataset && normalize !== 'none') {
    throw new CheckError(
      ...errors,
      `${file}: the inputs are to be normalised ("normalize": "${normalize}"), but the statistics for that are missing: they come from the data, which are missing or cannot be used. Restore the data.`,
    );
  }
  warn(io, [...linesOf(file, document, 'warning'), ...errors]);
  if (errors.length > 0) warn(io, [`${file}: predicting without the data of the network.`]);
  return { ...document, network, shapes: document.shapes ?? inferShapes(network) };
}

function isOfData({ code, path }: PlacedIssue): boolean {
  return code.startsWith('data.') || /^data($|[.[])/.test(path);
}

/** The network of a text whose `data` are no data. Throws CheckError when its weights cannot be had. */
async function withoutData(file: string, text: string, io: CliIo): Promise<Network | undefined> {
  const edits = textEdits(text, { type: 'unset', path: ['data'] });
  const { network } = parseNetwork(applyTextEdits(text, edits));
  if (!network) return undefined;
  const read = await readWeightsFile(file, network, io);
  if (read.issues.length === 0) return read.network;
  throw new CheckError(...read.issues.map(({ code, message }) => `${file}: ${code} ${message}`));
}

function normalizeAsWritten({ root }: ParsedDocument): string | undefined {
  const node = descend(root, ['data', 'normalize']);
  return node && String(node.value);
}

function linesOf(file: string, { issues }: OpenDocument, severity: Severity): string[] {
  return issues.filter(issue => issue.severity === severity).map(issue => formatIssue(file, issue));
}

function warn(io: CliIo, lines: readonly string[]): void {
  for (const line of lines) io.stderr(`${printable(line)}\n`);
}

/** The data of a network that must have some. `what` is the beginning of a sentence: "Training". */
export function requireDataset(file: string, { dataset }: OpenDocument, what: string): Dataset {
  if (dataset) return dataset;
  throw new CheckError(
    `${file}: ${what} needs data, and this network has none: add "data" to the file, for example {"generator": "xor", "samples": 4}.`,
  );
}

/** `file:line:column code message`, which editors make a link of. */
export function formatIssue(file: string, issue: PlacedIssue): string {
  return `${file}:${issue.line}:${issue.column} ${issue.code} ${issue.message}`;
}

function place(text: string, { range, ...issue }: Issue): PlacedIssue {
  const { code, severity, message } = issue;
  return {
    code,
    severity,
    path: formatPath(issue.path),
    ...lineColumn(text, range.start),
    message,
  };
}
