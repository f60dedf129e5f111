/**
 * Two IDX files become a table of samples: one with the inputs, one with the labels.
 *
 * Unsigned bytes are inputs from 0 to 1 (byte / 255, as is usual for pictures) and are held as bytes; values of all
 * other types are taken as they are.
 */
import type { DataSource, JsonPath } from '../network/network';
import { limits } from '../network/limits';
import { grouped } from '../network/setting';
import { isPacked, unpack } from './gzip';
import type { Unpacked } from './gzip';
import { describeIdx, idxReaders, magicOf, readIdxHeader, valuesOf } from './idxHeader';
import type { IdxHeader } from './idxHeader';
import { count, dataIssue } from './issue';
import type { DataIssue } from './issue';
import { MAX_HELD_BYTES, STEP_SIZE } from './steps';
import type { Codecs, DataFiles, Steps } from './steps';
import type { RawInputs, Table, TargetColumns } from './table';

export type IdxSource = Extract<DataSource, { type: 'idx' }>;

/** What one unit of a picture's bytes is divided by. */
export const BYTE_UNIT = 255;

/** A file that has all that its header announces. */
interface IdxFile {
  readonly path: string;
  readonly header: IdxHeader;
  readonly bytes: Uint8Array;
}

interface NamedFile {
  readonly path: string;
  readonly place: JsonPath;
}

/** A file whose header is still to be judged. */
interface ReadFile extends NamedFile {
  /** Values that a sample may have in it. */
  readonly most: number;
}

/** How the network takes labels: each as one of so many classes, or as a number. */
export interface LabelUse {
  readonly classes: boolean;
  readonly outputs: number;
  /** Index of the last layer. */
  readonly layer: number;
}

/** Any error leaves the table out. */
export function* readIdx(
  { images, labels }: IdxSource,
  files: DataFiles,
  codecs: Pick<Codecs, 'inflate'>,
  use: LabelUse,
): Steps<{ table?: Table; issues: DataIssue[] }> {
  const [inputFile, labelFile] = (['images', 'labels'] as const).map(key => ({
    path: key === 'images' ? images : labels,
    place: ['data', 'idx', key],
    most: key === 'images' ? limits.inputs : limits.units,
  }));
  try {
    const inputs = yield* readFile(inputFile, files, codecs);
    const targets = yield* readFile(labelFile, files, codecs);
    checkCounts(inputs, targets, labelFile);
    return { table: yield* readTable(inputs, targets, use), issues: [] };
  } catch (error) {
    if (error instanceof IdxFault) return { issues: [error.issue] };
    throw error;
  }
}

/** Ends the reading; `message` goes on after the path of the file. */
class IdxFault extends Error {
  readonly issue: DataIssue;
  constructor({ path, place }: NamedFile, code: string, message: string) {
    super(`${path} ${message}`);
    this.issue = dataIssue(`data.idx.${code}`, 'error', place, this.message);
  }
}

function* readFile(
  file: ReadFile,
  files: DataFiles,
  codecs: Pick<Codecs, 'inflate'>,
): Steps<IdxFile> {
  const { path } = file;
  const content = Object.hasOwn(files, path) ? files[path] : undefined;
  if (content === undefined || typeof content === 'string')
    throw new IdxFault(file, 'missing', 'could not be read: it must lie beside the network file.');
  const packed = isPacked(content);
  const bytes = packed ? yield* unpackIdx(file, content, codecs) : content;
  const header = headerOf(file, bytes);
  if (bytes.length < header.length) throw tooShort(file, header, bytes.length);
  if (bytes.length > header.length) throw tooLong(file, header, `found ${grouped(bytes.length)}`);
  return { path, header, bytes };
}

function* unpackIdx(
  file: ReadFile,
  packed: Uint8Array,
  codecs: Pick<Codecs, 'inflate'>,
): Steps<Uint8Array> {
  let beginning: Uint8Array = new Uint8Array(0);
  const announced = (bytes: Uint8Array): number | 'refused' | undefined => {
    beginning = bytes;
    const header = readIdxHeader(bytes);
    if (header === undefined) return undefined;
    return header === 'none' || isTooLarge(header, file) ? 'refused' : header.length;
  };
  const unpacked: Unpacked = yield* unpack(packed, codecs, announced);
  switch (unpacked.type) {
    case 'whole':
      return unpacked.bytes;
    case 'damaged':
      throw new IdxFault(
        file,
        'packed',
        `cannot be unpacked, its gzip data are damaged or cut off${unpacked.reason ? ` (${unpacked.reason})` : ''}: download or pack it again.`,
      );
    case 'shorter':
      throw tooShort(file, headerOf(file, beginning), unpacked.length);
    case 'longer':
      throw tooLong(file, headerOf(file, beginning), 'unpacked it has more');
    case 'refused':
      headerOf(file, beginning);
      throw new Error('a header that is refused has a fault');
  }
}

/** The header of a file that can be held. */
function headerOf(file: ReadFile, bytes: Uint8Array): IdxHeader {
  const header = readIdxHeader(bytes);
  if (header === undefined)
    throw new IdxFault(
      file,
      'truncated',
      `ends after ${count(bytes.length, 'byte')}, within its header: download it again.`,
    );
  if (header === 'none')
    throw new IdxFault(
      file,
      'magic',
      `is no IDX file: expected 00 00, a type from 08 to 0E and the number of dimensions, found ${magicOf(bytes)}. Name a file in the format of MNIST.`,
    );
  const held = heldBytes(header);
  if (held > MAX_HELD_BYTES)
    throw new IdxFault(
      file,
      'size',
      `announces ${describeIdx(header)}, which take ${grouped(held)} bytes of memory; at most ${grouped(MAX_HELD_BYTES)} can be held. Use a part of them.`,
    );
  const [, ...shape] = header.dimensions;
  if (valuesOf(shape) > file.most)
    throw new IdxFault(
      file,
      'wide',
      `announces ${describeIdx(header)}: ${grouped(valuesOf(shape))} values for each sample, at most ${grouped(file.most)} are possible. Use smaller samples, or correct the header.`,
    );
  if (valuesOf(header.dimensions) === 0)
    throw new IdxFault(
      file,
      'empty',
      `announces ${describeIdx(header)}: there is no value in it. Name a file with samples.`,
    );
  return header;
}

/** Also where it says that it is: then nothing of it is unpacked. */
function isTooLarge(header: IdxHeader, { most }: ReadFile): boolean {
  return heldBytes(header) > MAX_HELD_BYTES || valuesOf(header.dimensions.slice(1)) > most;
}

/** What the values will take: numbers are eight bytes each. */
function heldBytes({ type, length, dimensions }: IdxHeader): number {
  return type === 0x08 ? length : 8 * valuesOf(dimensions);
}

function tooShort(file: NamedFile, header: IdxHeader, found: number): IdxFault {
  const message = `is cut off: its header announces ${describeIdx(header)}, in all ${grouped(header.length)} bytes, found ${grouped(found)}. Download it again.`;
  return new IdxFault(file, 'truncated', message);
}

function tooLong(file: NamedFile, header: IdxHeader, found: string): IdxFault {
  const message = `does not end where it should: its header announces ${describeIdx(header)}, in all ${grouped(header.length)} bytes, ${found}. Download it again, or correct its header.`;
  return new IdxFault(file, 'longer', message);
}

function checkCounts(inputs: IdxFile, targets: IdxFile, file: NamedFile): void {
  const [samples] = inputs.header.dimensions;
  const [labels] = targets.header.dimensions;
  if (samples === labels) return;
  const message = `has ${count(labels, 'label')}, ${inputs.path} has ${count(samples, 'sample')}: there must be as many. Name the two files that belong together.`;
  throw new IdxFault(file, 'counts', message);
}

function* readTable(inputs: IdxFile, targets: IdxFile, use: LabelUse): Steps<Table> {
  const [samples, ...inputShape] = inputs.header.dimensions;
  const size = valuesOf(inputShape);
  return {
    samples,
    inputNames: Array.from({ length: size }, (_, k) => `x${k + 1}`),
    inputs: yield* readInputs(inputs),
    inputShape,
    target: yield* readTarget(targets, use),
  };
}

function* readInputs(file: IdxFile): Steps<RawInputs> {
  const { header, bytes } = file;
  if (header.type === 0x08)
    return { type: 'bytes', values: bytes.subarray(header.start), unit: BYTE_UNIT };
  return { type: 'numbers', values: yield* readNumbers(file, ['data', 'idx', 'images']) };
}

function* readNumbers({ path, header, bytes }: IdxFile, place: JsonPath): Steps<Float64Array> {
  const { type, dimensions, start } = header;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const values = new Float64Array(valuesOf(dimensions));
  const each = values.length / dimensions[0];
  for (let i = 0; i < values.length; i++) {
    values[i] = idxReaders[type](view, start, i);
    if (!Number.isFinite(values[i]))
      throw new IdxFault(
        { path, place },
        'number',
        `has ${values[i]} in sample ${Math.floor(i / each)}, value ${i % each}: only finite numbers can be learnt. Correct the file.`,
      );
    if (i % STEP_SIZE === STEP_SIZE - 1) yield i / values.length;
  }
  return values;
}

function* readTarget(file: IdxFile, use: LabelUse): Steps<TargetColumns> {
  const place = ['data', 'idx', 'labels'];
  const values = yield* readNumbers(file, place);
  const each = values.length / file.header.dimensions[0];
  if (!use.classes || each > 1) {
    const names = Array.from({ length: each }, (_, k) => (each === 1 ? 'label' : `y${k + 1}`));
    return { type: 'numbers', names, values };
  }
  const bad = values.findIndex(label => !Number.isInteger(label) || label < 0);
  if (bad >= 0)
    throw new IdxFault(
      { path: file.path, place },
      'label',
      `has the label ${values[bad]} in sample ${bad}: a softmax output takes whole numbers from 0, one for each class. Correct it, or use linear outputs.`,
    );
  const beyond = values.findIndex(label => label >= use.outputs);
  if (beyond >= 0) {
    const most = values.reduce((high, label) => Math.max(high, label), 0);
    throw new IdxFault(
      { path: file.path, place },
      'label',
      `has the label ${values[beyond]} in sample ${beyond}, the network has outputs for 0 to ${use.outputs - 1}: set layers[${use.layer}].units to ${most + 1}, or name other labels.`,
    );
  }
  const classNames = Array.from({ length: use.outputs }, (_, i) => String(i));
  return { type: 'classes', name: 'label', classNames, labels: Uint32Array.from(values) };
}
