import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSafetensors, writeSafetensors } from '../../src/export/safetensors';
import type { WrittenTensor } from '../../src/export/safetensors';
import { MAX_HEADER_BYTES, SafetensorsError } from '../../src/export/safetensorsHeader';

interface Case {
  readonly name: string;
  readonly file: string;
  readonly tensors: Record<string, { type: string; shape: number[]; data: string }> | null;
}

/** What the reference implementation has written, and what it says of other files. */
const cases = JSON.parse(
  readFileSync(new URL('../reference/safetensors.json', import.meta.url), 'utf8'),
) as Case[];

const fileOf = (name: string): Uint8Array => {
  const found = cases.find(it => it.name === name);
  if (!found) throw new Error(name);
  return Buffer.from(found.file, 'base64');
};

/** The numbers of a tensor as the bytes that they have in a file. */
const bytesOf = (values: Float32Array | Float64Array): string =>
  Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('hex');

describe('as the reference implementation does', () => {
  test.each(cases.filter(({ tensors }) => tensors))('reads: $name', ({ file, tensors }) => {
    const read = readSafetensors(Buffer.from(file, 'base64'));
    const summary = read.tensors.map(({ name, type, shape }) => [name, { type, shape }]);
    const expected = Object.entries(tensors ?? {}).map(([name, { type, shape }]) => {
      return [name, { type, shape }];
    });
    expect(Object.fromEntries(summary)).toEqual(Object.fromEntries(expected));
    for (const { name, type, values } of read.tensors) {
      if (type === 'F32' || type === 'F64') expect(bytesOf(values)).toBe(tensors?.[name].data);
    }
  });

  test.each(cases.filter(({ tensors }) => !tensors))('refuses: $name', ({ file }) => {
    expect(() => readSafetensors(Buffer.from(file, 'base64'))).toThrow(SafetensorsError);
  });

  test('half precision is the float32 numbers that it stands for', () => {
    const { tensors } = readSafetensors(fileOf('half precision'));
    const numbers = Object.fromEntries(tensors.map(({ name, values }) => [name, [...values]]));
    const [least, normal] = [2 ** -24, 2 ** -14];
    expect(numbers.half).toEqual([1, -2, 0.333251953125, normal, least, 65504, -0]);
    // The least one is 2^-7 of the least normal number, the greatest 2^128 − 2^120.
    expect(numbers.brain).toEqual([1, -2, 2 ** -133, 2 ** 128 - 2 ** 120, 0.333984375]);
  });

  test('metadata', () => {
    const { metadata } = readSafetensors(fileOf('two layers, as Nabla names them'));
    expect([...metadata].sort()).toEqual([
      ['made by', 'the reference implementation'],
      ['ключ', '∇'],
    ]);
  });
});

/** A file with this header. */
function fileWith(header: string, dataBytes = 0): Uint8Array {
  const text = Buffer.from(header);
  const file = Buffer.alloc(8 + text.length + dataBytes);
  file.writeBigUInt64LE(BigInt(text.length));
  text.copy(file, 8);
  return file;
}

describe('refused with a sentence', () => {
  const info = (begin: number, end: number, shape = '[1]', dtype = 'F32'): string =>
    `{"dtype":"${dtype}","shape":${shape},"data_offsets":[${begin},${end}]}`;
  test.each([
    [fileOf('seven bytes'), 'Expected 8 bytes with the length of the header, found 7.'],
    [
      fileOf('a header above the limit'),
      `Expected a header of at most ${MAX_HEADER_BYTES} bytes, found 100000001.`,
    ],
    [
      fileOf('a header longer than the file'),
      'The header has 1000 bytes, of which 74 are there: the file is cut off.',
    ],
    [
      fileWith(`{"a":${info(0, 4)},"a":${info(4, 8)}}`, 8),
      'The header has "a" twice. The file is damaged or no safetensors file',
    ],
    [
      fileWith(`{"a":{"dtype":"F64","dtype":"F32","shape":[1],"data_offsets":[0,4]}}`, 4),
      'The header has "dtype" twice.',
    ],
    [
      fileWith(`{"w":${info(0, 12, '[2, 2]')}}`, 12),
      'The tensor "w": F32 numbers of shape (2, 2) have 16 bytes, data_offsets leave 12.',
    ],
    [
      fileWith(`{"w":${info(0, 8, '[1]', 'I64')}}`, 8),
      'The tensor "w": expected one of F32, F64, F16, BF16 as dtype, found "I64". Convert the tensor to F32 before.',
    ],
    [
      fileWith(`{"w":${info(0, 8, '[1]', 'Z9')}}`, 8),
      'found "Z9". The file is damaged or no safetensors file: write or fetch it anew.',
    ],
    [
      fileOf('a hole between'),
      'The data of the tensor "b" leave 4 bytes unused: expected offset 4, found 8.',
    ],
    [
      fileOf('an overlap'),
      'The data of the tensor "b" overlap those before them: expected offset 8, found 4.',
    ],
    [
      fileOf('data cut off'),
      'Expected 12 bytes of data after the header, found 8: the file is cut off.',
    ],
    [fileOf('data left over'), 'Expected 8 bytes of data after the header, found 12.'],
    [fileWith('{"w":{"dtype":"F32","shape":[0.5],"data_offsets":[0,2]}}', 2), 'expected dtype'],
    [fileWith('{"__metadata__":[]}'), 'Expected texts by name in __metadata__'],
    [fileWith(' {}'), 'Expected a header that begins with "{"'],
  ])('%#', (file, sentence) => {
    expect(() => readSafetensors(file)).toThrow(sentence);
  });

  test('a key may stand in two objects, in a text, and behind an escaped quote', () => {
    const odd = `{"a\\"":${info(0, 4)},"a":${info(4, 8)},"__metadata__":{"a":"\\"a\\":","dtype":"{["}}`;
    expect(readSafetensors(fileWith(odd, 8)).tensors).toHaveLength(2);
  });

  test('a name that is a property of every object is a name', () => {
    const file = fileWith(`{"__proto__":${info(0, 4)},"toString":${info(4, 8)}}`, 8);
    expect(readSafetensors(file).tensors.map(({ name }) => name)).toEqual([
      '__proto__',
      'toString',
    ]);
  });
});

const names = fc
  .string({ unit: 'grapheme', maxLength: 12 })
  .filter(name => name !== '__metadata__');

const tensor: fc.Arbitrary<WrittenTensor> = fc
  .tuple(names, fc.array(fc.nat(4), { maxLength: 3 }), fc.boolean())
  .chain(([name, shape, single]) => {
    const length = shape.reduce((product, size) => product * size, 1);
    const exactly = { minLength: length, maxLength: length };
    const values = single ? fc.float32Array(exactly) : fc.float64Array(exactly);
    return values.map(numbers => ({ name, shape, values: numbers }));
  });

const files = fc.tuple(
  fc.uniqueArray(tensor, { maxLength: 6, selector: ({ name }) => name }),
  fc.dictionary(names, fc.string({ unit: 'grapheme' }), { maxKeys: 3 }),
);

describe('written and read again', () => {
  test('every tensor, its bits, and the metadata', () => {
    fc.assert(
      fc.property(files, ([tensors, texts]) => {
        const metadata = new Map(Object.entries(texts));
        const file = writeSafetensors(tensors, metadata);
        expect((8 + Number(new DataView(file.buffer).getBigUint64(0, true))) % 8).toBe(0);
        const read = readSafetensors(file);
        const byName = new Map(read.tensors.map(it => [it.name, it]));
        expect(byName.size).toBe(tensors.length);
        for (const { name, shape, values } of tensors) {
          const found = byName.get(name);
          expect(found?.shape).toEqual(shape);
          expect(found?.values.constructor).toBe(values.constructor);
          expect([...(found?.values ?? [])]).toEqual([...values]);
        }
        expect(new Map([...read.metadata].sort())).toEqual(new Map([...metadata].sort()));
      }),
    );
  });

  test('also from the middle of a buffer', () => {
    const file = writeSafetensors([{ name: 'a', shape: [1], values: Float64Array.of(1.5) }]);
    const shifted = new Uint8Array(file.length + 3);
    shifted.set(file, 3);
    expect([...readSafetensors(shifted.subarray(3)).tensors[0].values]).toEqual([1.5]);
  });

  test('a shape that is not that of the numbers, and a name twice, are not written', () => {
    const one = { name: 'a', shape: [1], values: Float32Array.of(1) };
    expect(() => writeSafetensors([{ ...one, shape: [2, 2] }])).toThrow(
      'The tensor "a" has 1 numbers, its shape is (2, 2).',
    );
    expect(() => writeSafetensors([one, one])).toThrow('The tensor "a" is there twice.');
  });
});

describe('damaged files', () => {
  const change = fc.record({ at: fc.nat(), byte: fc.nat(255) });

  test('any bytes changed, cut off or added: read, or refused with a sentence', () => {
    let refused = 0;
    fc.assert(
      fc.property(files, fc.array(change, { maxLength: 4 }), fc.nat(3), (content, changes, cut) => {
        const whole = writeSafetensors(content[0], new Map(Object.entries(content[1])));
        const file = whole.slice(0, whole.length - cut);
        for (const { at, byte } of changes) file[at % Math.min(file.length, 200)] = byte;
        try {
          const { tensors } = readSafetensors(file);
          const bytes = tensors.reduce((sum, { values }) => sum + values.byteLength, 0);
          // F16 takes twice its bytes.
          expect(bytes).toBeLessThanOrEqual(2 * file.length);
        } catch (error) {
          expect(error).toBeInstanceOf(SafetensorsError);
          refused++;
        }
      }),
      { numRuns: 500 },
    );
    expect(refused).toBeGreaterThan(100);
  });

  test('any bytes at all', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), bytes => {
        expect(() => readSafetensors(bytes)).toThrow(SafetensorsError);
      }),
    );
  });
});
