/** How many samples a network is trained on, told before its data are read. */
import type { Data } from '../network/network';
import { isPacked } from './gzip';
import type { DataFiles } from './steps';

/**
 * Samples of the training part. Of a CSV file the lines are counted, so a header or a quoted line break may count as one.
 * 0 where nothing tells.
 *
 * @param files contents by path as written in the network
 */
export function mostTrainingSamples(data: Data | undefined, files: DataFiles): number {
  return data ? Math.ceil(samplesOf(data.source, files) * (1 - data.validation)) : 0;
}

function samplesOf(source: Data['source'], files: DataFiles): number {
  if (source.type === 'inline') return source.samples.length;
  if (source.type === 'generator') return source.samples;
  const content = files[source.type === 'csv' ? source.path : source.labels];
  if (content === undefined) return 0;
  if (source.type === 'csv') return linesOf(content);
  if (typeof content === 'string') return 0;
  return Math.max(0, unpackedLength(content) - IDX_HEADER);
}

const NEWLINE = 10;

function linesOf(content: string | Uint8Array): number {
  const next = (from: number): number =>
    typeof content === 'string' ? content.indexOf('\n', from) : content.indexOf(NEWLINE, from);
  let lines = 1;
  for (let at = next(0); at >= 0; at = next(at + 1)) lines++;
  return lines;
}

/** Bytes before the labels, each of which is one byte. */
const IDX_HEADER = 8;

/** Those packed with gzip say it in their last four bytes (RFC 1952). */
function unpackedLength(bytes: Uint8Array): number {
  if (!isPacked(bytes) || bytes.length < 4) return bytes.length;
  return new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4, 4).getUint32(0, true);
}
