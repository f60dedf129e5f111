/**
 * Curves as an event file of TensorBoard: records of TFRecord, each an `Event` in the encoding of Protocol Buffers.
 *
 * A record is the length of its data (8 bytes), the masked CRC-32C of these, the data, and their masked CRC-32C, all
 * little-endian. Sources: tensorflow/core/lib/io/record_writer.h for records, tensorflow/core/util/event.proto and
 * tensorflow/core/framework/summary.proto for what is in them.
 */
import { crc32c } from './crc32c';
import { rowCount } from './run';
import type { RunColumns } from './run';

/** Numbers of fields. */
const event = { wallTime: 1, step: 2, fileVersion: 3, summary: 5 } as const;
const summary = { value: 1 } as const;
const value = { tag: 1, simpleValue: 2 } as const;

/** How the bytes behind a field's number are to be read. */
const wires = { varint: 0, eight: 1, bytes: 2, four: 5 } as const;

/** Columns that say when a row was made; all others are curves. */
const MOMENT = new Set(['step', 'seconds']);

/** TensorBoard knows the file by it. */
const FILE_VERSION = 'brain.Event:2';

/** The name that TensorBoard looks for. @param begun milliseconds since 1970 */
export function eventFileName(begun: number, name: string): string {
  return `events.out.tfevents.${Math.floor(begun / 1000)}.${name}`;
}

/**
 * The bytes of the file. A row is an event at its update, `seconds` after the beginning; what is not finite is left out.
 *
 * @param begun milliseconds since 1970
 */
export function eventFile(columns: RunColumns, begun: number): Uint8Array {
  const start = begun / 1000;
  const [steps, seconds] = [columns.get('step'), columns.get('seconds')];
  const curves = [...columns].filter(([name]) => !MOMENT.has(name));
  const tags = curves.map(([name]) => tagOf(name, columns));
  const records = [
    record([...double(event.wallTime, start), ...text(event.fileVersion, FILE_VERSION)]),
  ];
  for (let row = 0; row < rowCount(columns); row++) {
    const values = curves.flatMap(([, numbers], curve) =>
      Number.isFinite(numbers[row])
        ? bytes(summary.value, [
            ...text(value.tag, tags[curve]),
            ...float(value.simpleValue, numbers[row]),
          ])
        : [],
    );
    const moment = finite(seconds?.[row]);
    records.push(
      record([
        ...double(event.wallTime, start + moment),
        ...uint(event.step, finite(steps?.[row])),
        ...bytes(event.summary, values),
      ]),
    );
  }
  return joined(records);
}

/** `loss` and `validationLoss` share a chart: `loss/training`, `loss/validation`. */
export function tagOf(name: string, columns: RunColumns): string {
  const [, quantity] = /^validation(\p{Lu}.*)$/u.exec(name) ?? [];
  if (quantity) return `${quantity[0].toLowerCase()}${quantity.slice(1)}/validation`;
  const twin = `validation${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return columns.has(twin) ? `${name}/training` : name;
}

const finite = (number: number | undefined): number =>
  number !== undefined && Number.isFinite(number) ? number : 0;

// ---------------------------------------------------------------------------- records

function record(data: readonly number[]): readonly number[] {
  const length = [...littleEndian(data.length, 4), 0, 0, 0, 0];
  return [...length, ...checksum(length), ...data, ...checksum(data)];
}

/** Masked, since data may have checksums in themselves. */
function checksum(data: readonly number[]): readonly number[] {
  const crc = crc32c(data);
  return littleEndian((((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0, 4);
}

function joined(parts: readonly (readonly number[])[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

// ---------------------------------------------------------------------------- fields

const key = (field: number, wire: number): number => (field << 3) | wire;

function double(field: number, number: number): readonly number[] {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, number, true);
  return [key(field, wires.eight), ...new Uint8Array(view.buffer)];
}

function float(field: number, number: number): readonly number[] {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, number, true);
  return [key(field, wires.four), ...new Uint8Array(view.buffer)];
}

const uint = (field: number, number: number): readonly number[] => [
  key(field, wires.varint),
  ...varint(number),
];

const bytes = (field: number, data: readonly number[]): readonly number[] => [
  key(field, wires.bytes),
  ...varint(data.length),
  ...data,
];

const text = (field: number, characters: string): readonly number[] =>
  bytes(field, utf8(characters));

/** Seven bits a byte, the lowest first. Not by shifts, which have 32 bits: there may be more updates. */
function varint(number: number): readonly number[] {
  const groups: number[] = [];
  for (let rest = number; groups.length === 0 || rest > 0; rest = Math.floor(rest / 128))
    groups.push(rest % 128);
  return groups.map((group, i) => (i < groups.length - 1 ? group | 128 : group));
}

function utf8(characters: string): readonly number[] {
  // Half of a pair is no character.
  const whole = characters.replace(/[\ud800-\udfff]/gu, '\ufffd');
  const parts = encodeURIComponent(whole).match(/%..|./g) ?? [];
  return parts.map(part => (part.length > 1 ? parseInt(part.slice(1), 16) : part.charCodeAt(0)));
}

/** The lowest byte first. */
function littleEndian(number: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => (number >>> (8 * i)) & 0xff);
}
