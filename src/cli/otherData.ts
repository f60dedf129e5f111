/** `--csv FILE`, or `--images FILE --labels FILE`: data that a network was not trained with, of the form of its own. */
import type { Dataset } from '../data/dataset';
import { LoadJob } from '../data/loadJob';
import type { DataSource } from '../network/network';
import type { Arguments } from './arguments';
import { codecs } from './codecs';
import type { ReadyDocument } from './document';
import { CheckError, UsageError, messageOf } from './io';
import type { CliIo } from './io';
import { printable } from './printable';
import { decodeUtf8, encodingFault } from './utf8';

export interface OtherData {
  /** All samples are its training part. Inputs as the network sees them, by the scale of its own data. */
  readonly dataset: Dataset;
  /** The file that says what its samples are. */
  readonly name: string;
}

/**
 * @param own data of the network
 * @returns undefined where the command line names no other
 * @throws UsageError where the options do not fit each other or the network, or a file cannot be read
 * @throws CheckError that says what is wrong in the files
 */
export async function otherData(
  call: Arguments,
  document: ReadyDocument,
  own: Dataset,
  io: CliIo,
): Promise<OtherData | undefined> {
  const named = namedSource(call, document, own);
  if (!named) return undefined;
  const { source, paths } = named;
  const files: Record<string, Uint8Array> = {};
  for (const path of paths) files[path] = await bytesOf(path, source, io);
  const { network, shapes } = document;
  const data = { source, validation: 0, normalize: 'none' } as const;
  const job = new LoadJob({ ...network, data }, shapes, files, codecs, own);
  const { dataset, issues } = await job.whole();
  const [errors, warnings] = (['error', 'warning'] as const).map(severity =>
    issues
      .filter(issue => issue.severity === severity)
      .map(issue => `${issue.code} ${issue.message}`),
  );
  for (const warning of warnings) io.stderr(`${printable(warning)}\n`);
  if (!dataset) throw new CheckError(...errors);
  return { dataset, name: paths[0] };
}

function namedSource(
  { values }: Arguments,
  { network }: ReadyDocument,
  { inputNames }: Dataset,
): { readonly source: DataSource; readonly paths: readonly string[] } | undefined {
  const [csv, images, labels] = ['csv', 'images', 'labels'].map(name => values.get(name));
  if (csv === undefined && images === undefined && labels === undefined) return undefined;
  if (values.has('part'))
    throw new UsageError("--part is of the network's own data: leave it out beside other data");
  const own = network.data?.source;
  // By their names, in whatever order they stand there. Where the network has names of its own, all but the targets.
  const named = network.input.names ? undefined : inputNames;
  const columns = own?.type === 'csv' ? (own.inputs ?? named) : undefined;
  if (csv !== undefined) {
    if (images !== undefined || labels !== undefined)
      throw new UsageError('results takes either --csv or --images and --labels, found both');
    if (own?.type === 'csv')
      return { source: { ...own, inputs: columns, path: csv }, paths: [csv] };
    throw new UsageError(`--csv needs a network with data.csv, found ${foundOf(own)}`);
  }
  if (images === undefined || labels === undefined)
    throw new UsageError(
      `--images and --labels need each other, found only ${images === undefined ? '--labels' : '--images'}`,
    );
  if (own?.type === 'idx') return { source: { ...own, images, labels }, paths: [images, labels] };
  throw new UsageError(`--images and --labels need a network with data.idx, found ${foundOf(own)}`);
}

const foundOf = (own: DataSource | undefined): string => (own ? `data.${own.type}` : 'no data');

async function bytesOf(path: string, { type }: DataSource, io: CliIo): Promise<Uint8Array> {
  const bytes = await io.readFile(path).catch((error: unknown) => {
    throw new UsageError(`cannot read ${path}: ${messageOf(error)}`);
  });
  const decoded = type === 'csv' ? decodeUtf8(bytes) : undefined;
  if (!decoded || 'text' in decoded) return bytes;
  throw new CheckError(`${path} ${encodingFault(bytes, decoded.offset)}`);
}
