/** A network file with its data, opened from the disk, and its issues with line and column. */
import { dirname, join } from 'node:path';
import type { Dataset } from '../data/dataset';
import type { DataIssue } from '../data/issue';
import { loadDataset } from '../data/load';
import { dataFiles } from '../network/dataFiles';
import { lineColumn, nearestRange } from '../network/locate';
import { formatPath } from '../network/network';
import type { Issue, JsonPath, Network, Severity } from '../network/network';
import { parseNetwork } from '../network/parse';
import { inferShapes } from '../network/shapes';
import type { NetworkShapes } from '../network/shapes';
import { CheckError, UsageError } from './io';
import type { CliIo } from './io';

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
  readonly issues: readonly PlacedIssue[];
}

export interface ReadyDocument extends OpenDocument {
  readonly network: Network;
  readonly shapes: NetworkShapes;
}

/**
 * Reads, parses and loads the data.
 *
 * @param seed used instead of the file's
 * @throws UsageError when the file itself cannot be read
 */
export async function openDocument(file: string, io: CliIo, seed?: number): Promise<OpenDocument> {
  const text = await io.readFile(file).catch((error: unknown) => {
    throw new UsageError(`cannot read ${file}: ${messageOf(error)}`);
  });
  const parsed = parseNetwork(text);
  const issues = parsed.issues.map(issue => place(text, issue));
  if (!parsed.network) return { text, issues };
  const network = seed === undefined ? parsed.network : { ...parsed.network, seed };
  const shapes = inferShapes(network);
  const { files, issues: fileIssues } = await readFiles(file, network, io);
  const loaded = fileIssues.length > 0 ? { issues: [] } : loadDataset(network, shapes, files);
  const dataIssues = [...fileIssues, ...loaded.issues].map(issue => {
    return place(text, { ...issue, range: nearestRange(parsed, issue.path) });
  });
  return { text, network, shapes, dataset: loaded.dataset, issues: [...issues, ...dataIssues] };
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
  const document = await openDocument(file, io, seed);
  const lines = (severity: Severity): string[] =>
    document.issues
      .filter(issue => issue.severity === severity)
      .map(issue => formatIssue(file, issue));
  for (const line of lines('warning')) io.stderr(`${line}\n`);
  const { network, shapes } = document;
  const errors = lines('error');
  if (errors.length > 0 || !network || !shapes) throw new CheckError(errors.join('\n'));
  return { ...document, network, shapes };
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

async function readFiles(
  file: string,
  network: Network,
  io: CliIo,
): Promise<{ files: Record<string, string>; issues: DataIssue[] }> {
  const files: Record<string, string> = {};
  const issues: DataIssue[] = [];
  const path: JsonPath = ['data', 'csv'];
  for (const name of dataFiles(network)) {
    try {
      files[name] = await io.readFile(join(dirname(file), name));
    } catch (error) {
      const message = `The data file ${name} cannot be read (${messageOf(error)}). Paths are relative to the network file: correct data.csv or put the file there.`;
      issues.push({ code: 'data.missing', severity: 'error', path, message });
    }
  }
  return { files, issues };
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

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
