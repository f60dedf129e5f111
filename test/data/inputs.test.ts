import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { copyInputs, inputAt, inputRange, inputsOf } from '../../src/data/inputs';
import type { InputRows } from '../../src/data/inputs';
import type { Normalize } from '../../src/network/network';
import { load, loadBytes, idxFile } from './support';

const bytes: InputRows = {
  inputSize: 2,
  inputs: {
    type: 'bytes',
    values: Uint8Array.of(0, 255, 10, 20, 30, 5),
    offset: Float64Array.of(0, 100),
    scale: Float64Array.of(255, 3),
  },
};
const numbers: InputRows = {
  inputSize: 2,
  inputs: { type: 'numbers', values: Float64Array.of(0.1, -0, 3, 4, -5, 6) },
};

describe('the inputs of a sample', () => {
  it('are bytes brought to scale in float64', () => {
    expect([...inputsOf(bytes, 1)]).toEqual([10 / 255, -80 / 3]);
    expect([...inputsOf(bytes, 0, 3)]).toEqual([0, 155 / 3, 10 / 255, -80 / 3, 30 / 255, -95 / 3]);
    expect(inputAt(bytes, 2, 1)).toBe(-95 / 3);
  });

  it('are numbers as they are', () => {
    expect([...inputsOf(numbers, 0)]).toEqual([0.1, -0]);
    expect(inputAt(numbers, 2, 0)).toBe(-5);
  });

  it('are copied to where they are wanted, and nowhere else', () => {
    for (const rows of [bytes, numbers]) {
      const into = new Float32Array(4).fill(9);
      copyInputs(rows, 2, into, 1);
      expect([...into]).toEqual([9, ...Float32Array.from(inputsOf(rows, 2)), 9]);
    }
  });

  it('have a range over some samples', () => {
    expect(inputRange(bytes, Uint32Array.of(1, 2))).toEqual({
      least: Float64Array.of(10 / 255, -95 / 3),
      most: Float64Array.of(30 / 255, -80 / 3),
    });
    expect(inputRange(numbers, Uint32Array.of(0, 2)).least).toEqual(Float64Array.of(-5, -0));
    expect(inputRange(numbers, new Uint32Array(0)).most).toEqual(
      Float64Array.of(-Infinity, -Infinity),
    );
  });
});

describe('bytes that are normalised', () => {
  const rows = fc.array(fc.tuple(fc.nat(255), fc.nat(255), fc.constant(7)), {
    minLength: 2,
    maxLength: 40,
  });
  const kind = fc.constantFrom<Normalize>('none', 'standard', 'minMax');
  const options = { inputs: 3, outputs: 1, validation: 0.3 };

  it('are to the last bit what the same numbers of a CSV file are', async () => {
    const check = async (table: number[][], normalize: Normalize): Promise<void> => {
      const text = ['a,b,c,t', ...table.map(row => [...row, 1].join(','))].join('\n');
      const source = { type: 'csv', path: 'a.csv', target: 't' } as const;
      const how = { ...options, normalize };
      const fromText = load(source, how, { 'a.csv': text }).dataset;
      const fromBytes = await loadBytes(source, how, { 'a.csv': new TextEncoder().encode(text) });
      const { dataset } = fromBytes;
      expect([fromText?.inputs.type, dataset?.inputs.type]).toEqual(['numbers', 'bytes']);
      if (!dataset || !fromText) return;
      expect(inputsOf(dataset, 0, table.length)).toEqual(fromText.inputs.values);
      expect(dataset.normalization).toEqual(fromText.normalization);
    };
    await fc.assert(fc.asyncProperty(rows, kind, check), { numRuns: 200 });
  });

  it('are what byte / 255 normalised would be, but for the last bits', async () => {
    const check = async (table: number[][], normalize: Normalize): Promise<void> => {
      const pixels = table.flat();
      const labels = idxFile(
        [table.length],
        table.map(() => 1),
      );
      const source = { type: 'idx', images: 'x', labels: 'y' } as const;
      const how = { ...options, normalize, precision: 'float64' } as const;
      const shape = [table.length, 3];
      const load8 = { x: idxFile(shape, pixels), y: labels };
      const load64 = {
        x: idxFile(
          shape,
          pixels.map(byte => byte / 255),
          0x0e,
        ),
        y: labels,
      };
      const held = (await loadBytes(source, how, load8)).dataset;
      const divided = (await loadBytes(source, how, load64)).dataset;
      if (!held || !divided) throw new Error('no data set');
      const [x, expected] = [held, divided].map(dataset => inputsOf(dataset, 0, table.length));
      if (normalize === 'none') expect(x).toEqual(expected);
      x.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 10));
      const { normalization } = held;
      expect(normalization === undefined).toBe(normalize === 'none');
      // What a person types is brought to the same scale: a raw number is byte / 255.
      x.forEach((value, i) => {
        const [offset, scale] = [
          normalization?.offset[i % 3] ?? 0,
          normalization?.scale[i % 3] ?? 1,
        ];
        expect((pixels[i] / 255 - offset) / scale).toBeCloseTo(value, 10);
      });
    };
    await fc.assert(fc.asyncProperty(rows, kind, check), { numRuns: 200 });
  });

  it('reach exactly 0 and 1 with minMax', async () => {
    const source = { type: 'idx', images: 'x', labels: 'y' } as const;
    for (let most = 1; most < 256; most++) {
      const files = { x: idxFile([2, 2], [0, most - 1, 3, most]), y: idxFile([2], [0, 1]) };
      const how = { inputs: 2, normalize: 'minMax' } as const;
      const { dataset } = await loadBytes(source, how, files);
      expect(dataset && [...inputsOf(dataset, 0, 2)]).toEqual([0, 0, 1, 1]);
    }
  });

  it('are numbers only where the picture varies: a rim that is always black stays 0', async () => {
    const source = { type: 'idx', images: 'x', labels: 'y' } as const;
    const files = { x: idxFile([3, 2], [0, 1, 0, 2, 0, 3]), y: idxFile([3], [0, 1, 1]) };
    const { dataset } = await loadBytes(source, { inputs: 2, normalize: 'standard' }, files);
    expect(dataset?.normalization?.scale[0]).toBe(1);
    expect(dataset && inputAt(dataset, 2, 0)).toBe(0);
  });
});
