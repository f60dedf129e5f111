/**
 * Event files, read by another implementation of Protocol Buffers (pbf), with field numbers of TensorFlow's published
 * event.proto and summary.proto, and a CRC-32C that goes bit by bit.
 */
import { PbfReader } from 'pbf';
import { describe, expect, it } from 'vitest';
import { crc32c } from '../../src/runs/crc32c';
import { eventFile, eventFileName, tagOf } from '../../src/runs/eventFile';
import type { RunColumns } from '../../src/runs/run';

/** Polynomial division as it stands in the definition, highest bit first on reflected input. */
function slowCrc32c(bytes: ArrayLike<number>): number {
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) {
    for (let bit = 0; bit < 8; bit++) {
      const odd = ((crc ^ (bytes[i] >> bit)) & 1) === 1;
      crc = (crc >>> 1) ^ (odd ? 0x82f63b78 : 0);
    }
  }
  return ~crc >>> 0;
}

interface Decoded {
  wallTime: number;
  step: number;
  fileVersion?: string;
  scalars: Record<string, number>;
}

/** The records' data; throws where a length or a checksum is not right. */
function records(bytes: Uint8Array): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = Number(view.getBigUint64(at, true));
    const check = (start: number, count: number): void => {
      const stored = (view.getUint32(start + count, true) - 0xa282ead8) >>> 0;
      const crc = ((stored >>> 17) | (stored << 15)) >>> 0;
      expect(crc).toBe(slowCrc32c(bytes.subarray(start, start + count)));
    };
    check(at, 8);
    check(at + 12, length);
    found.push(bytes.subarray(at + 12, at + 12 + length));
    at += 16 + length;
  }
  return found;
}

function decode(data: Uint8Array): Decoded {
  return new PbfReader(data).readFields<Decoded>(
    (field, event, reader) => {
      if (field === 1) event.wallTime = reader.readDouble();
      else if (field === 2) event.step = reader.readVarint(true);
      else if (field === 3) event.fileVersion = reader.readString();
      else if (field === 5) readSummary(reader, event.scalars);
      else throw new Error(`unknown field ${field}`);
    },
    { wallTime: NaN, step: 0, scalars: {} },
  );
}

function readSummary(reader: PbfReader, scalars: Record<string, number>): void {
  reader.readMessage((field, _, inner) => {
    expect(field).toBe(1);
    const value = inner.readMessage(
      (part, found: { tag: string; number: number }, last) => {
        if (part === 1) found.tag = last.readString();
        else if (part === 2) found.number = last.readFloat();
        else throw new Error(`unknown part ${part}`);
      },
      { tag: '', number: NaN },
    );
    scalars[value.tag] = value.number;
  }, undefined);
}

const events = (columns: RunColumns, begun = 0): Decoded[] =>
  records(eventFile(columns, begun)).map(decode);

const BEGUN = Date.UTC(2026, 0, 31, 23, 59, 59, 125);

const COLUMNS: RunColumns = new Map([
  ['epoch', Float64Array.of(0, 1, 2)],
  ['step', Float64Array.of(0, 127, 2 ** 40 + 5)],
  ['seconds', Float64Array.of(0, 0.5, 86400.25)],
  ['loss', Float64Array.of(0.5, NaN, 0.1)],
  ['validationLoss', Float64Array.of(NaN, NaN, 3)],
  ['gradientNorm', Float64Array.of(NaN, Infinity, 1e-3)],
  ['Δ 网', Float64Array.of(1, 1, 1)],
]);

describe('the checksum', () => {
  it.each([crc32c, slowCrc32c])('has the published check value: %s', checksum => {
    expect(checksum(new TextEncoder().encode('123456789'))).toBe(0xe3069283);
  });

  it('has the values of RFC 3720, B.4', () => {
    const counting = Array.from({ length: 32 }, (_, i) => i);
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
    expect(crc32c(new Uint8Array(32).fill(255))).toBe(0x62a8ab43);
    expect(crc32c(counting)).toBe(0x46dd794e);
    expect(crc32c(counting.reverse())).toBe(0x113fdb5c);
  });
});

describe('an event file', () => {
  it('begins with its version', () => {
    const [first] = events(COLUMNS, BEGUN);
    expect(first).toEqual({
      wallTime: BEGUN / 1000,
      step: 0,
      fileVersion: 'brain.Event:2',
      scalars: {},
    });
  });

  it('has every finite number of every row under its tag, at its update and time', () => {
    const [, ...rows] = events(COLUMNS, BEGUN);
    const start = BEGUN / 1000;
    expect(rows).toEqual([
      { wallTime: start, step: 0, scalars: { epoch: 0, 'loss/training': 0.5, 'Δ 网': 1 } },
      { wallTime: start + 0.5, step: 127, scalars: { epoch: 1, 'Δ 网': 1 } },
      {
        wallTime: start + 86400.25,
        step: 2 ** 40 + 5,
        scalars: {
          epoch: 2,
          'loss/training': Math.fround(0.1),
          'loss/validation': 3,
          gradientNorm: Math.fround(1e-3),
          'Δ 网': 1,
        },
      },
    ]);
  });

  it('has one event more than there are rows', () => {
    expect(events(new Map())).toHaveLength(1);
    const long = Float64Array.from({ length: 3000 }, (_, i) => i);
    const all = events(
      new Map([
        ['step', long],
        ['loss', long],
      ]),
    );
    expect(all).toHaveLength(3001);
    expect(all[3000]).toMatchObject({ step: 2999, scalars: { loss: 2999 } });
  });

  it('is a file that the reader notices a wrong byte in', () => {
    const bytes = eventFile(COLUMNS, BEGUN);
    for (const at of [0, 9, 20, bytes.length - 1]) {
      const wrong = bytes.slice();
      wrong[at] ^= 1;
      expect(() => records(wrong).map(decode)).toThrow();
    }
  });

  it('pairs a quantity with that of the validation part', () => {
    const names = ['accuracy', 'validationAccuracy', 'f1', 'validationf1', 'validation'];
    const columns = new Map(names.map(name => [name, new Float64Array(0)]));
    expect(names.map(name => tagOf(name, columns))).toEqual([
      'accuracy/training',
      'accuracy/validation',
      'f1',
      'validationf1',
      'validation',
    ]);
  });

  it('has the name that TensorBoard looks for', () => {
    expect(eventFileName(BEGUN, 'xor-1')).toBe('events.out.tfevents.1769903999.xor-1');
  });
});
