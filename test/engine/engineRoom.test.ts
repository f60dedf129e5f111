/** The engine's memory: every place in use lies within its room, no two rooms overlap, and it never grows. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { momentCount } from '../../src/engine/optimizers';
import { layOut, type Layout } from '../../src/engine/wasm/layout';
import { panelLengths } from '../../src/engine/wasm/panels';
import { writeProgram } from '../../src/engine/wasm/program';
import { holdingOf } from '../../src/engine/wasm/samples';
import * as denseField from '../../src/engine/wasm/shared/denseRecord';
import * as operation from '../../src/engine/wasm/shared/operations';
import * as place from '../../src/engine/wasm/shared/places';
import * as windowField from '../../src/engine/wasm/shared/windowRecord';
import { createMemory, instantiate } from '../../src/engine/wasm/webAssembly';
import type { Network } from '../../src/network/network';
import { imageSize, type WindowShape } from '../../src/network/images';
import { inferShapes, windowSize, type NetworkShapes } from '../../src/network/shapes';
import { backendOf, wasmEngines } from './engines';
import { randomCase } from './randomCases';
import { randomImageCase } from './randomImageCases';

type Numbers = Readonly<Record<string, number>>;

/** What is exported from one name on, up to another. */
function between(all: Numbers, text: string, from: string, to?: string): [string, number][] {
  const start = text.indexOf(`const ${from} =`);
  const end = to === undefined ? text.length : text.indexOf(`const ${to} =`);
  expect(start).toBeGreaterThan(0);
  return Object.entries(all).filter(([name]) => {
    const at = text.indexOf(`const ${name} =`);
    return at >= start && at < end;
  });
}

function source(path: string): string {
  return readFileSync(new URL(`../../src/engine/wasm/${path}`, import.meta.url), 'utf8');
}

/** Every index is below `room`, and nobody else's. */
function expectOwnPlaces(entries: readonly (readonly [string, number])[], room: number): void {
  expect(entries.length).toBeGreaterThan(5);
  const indices = entries.map(([, index]) => index);
  expect(new Set(indices).size).toBe(indices.length);
  for (const [name, index] of entries) {
    expect(Number.isInteger(index) && index >= 0 && index < room, name).toBe(true);
  }
}

describe('indices', () => {
  const places = source('shared/places.ts');
  /** A list takes two words: where, and how many. */
  const lists = ['FORWARD', 'BACKWARD', 'KEEPING_FORWARD', 'STORING_BACKWARD', 'STORED_UPDATE'];

  test('of words and reals in the header', () => {
    const words = between(place, places, 'ROWS', 'MOMENTUM');
    const lengths = lists.map(name => [`${name} length`, (place as Numbers)[name] + 1] as const);
    expectOwnPlaces([...words, ...lengths], place.WORD_BYTES / 4);
    expectOwnPlaces(between(place, places, 'MOMENTUM'), 256 / 8);
  });

  test('of the records', () => {
    const sizes = ['RECORD_WORDS', 'BLOCK_ROWS', 'DEPTH', 'LISTED_ROWS'];
    const fields = Object.entries(denseField).filter(([name]) => !sizes.includes(name));
    expectOwnPlaces(fields, denseField.RECORD_WORDS);
    const windowFields = Object.entries(windowField);
    expectOwnPlaces(windowFields, denseField.RECORD_WORDS);
    const text = source('shared/operations.ts');
    expectOwnPlaces(between(operation, text, 'DENSE', 'FUNCTION'), 256);
    expectOwnPlaces(between(operation, text, 'FUNCTION', 'TO'), denseField.RECORD_WORDS);
    expectOwnPlaces(between(operation, text, 'TO'), denseField.RECORD_WORDS);
  });

  test('of the numbers of a step, four bytes each of 64', () => {
    const found = source('assembly/updates.ts').matchAll(/^export const (\w+) = (\d+);$/gm);
    const entries = Array.from(found, ([, name, at]) => [name, Number(at)] as const);
    expectOwnPlaces(entries, 64 - 3);
    for (const [name, at] of entries) expect(at % 4, name).toBe(0);
  });
});

/** All rooms of a layout: where, and how many bytes. */
function roomsOf(layout: Layout, network: Network, shapes: NetworkShapes): [number, number][] {
  const { rows, width, data, input, targets, work, stateBytes } = layout;
  const { parameters, parameterBytes, saved, gradients } = layout;
  const dense = shapes.layers.filter((_, layer) => network.layers[layer].type === 'dense');
  const widest = Math.max(0, ...dense.map(({ units, inputs }) => Math.max(units, inputs)));
  const moments = momentCount(network.training.optimizer);
  const tensors = layout.weighted.flatMap(({ layer, weights, bias }): [number, number][] => {
    const { rows: units, columns } = shapes.layers[layer];
    const lengths = panelLengths(units, columns, width);
    return [
      [weights, 4 * lengths.weights],
      [bias, 4 * lengths.bias],
    ];
  });
  expect(stateBytes).toBe(parameterBytes * (1 + moments));
  for (const [start, bytes] of tensors) {
    expect(start >= parameters && start + bytes <= parameters + parameterBytes).toBe(true);
  }
  return [
    [layout.header, place.WORD_BYTES + 256],
    [layout.stepNumbers, 64],
    [layout.trace, 16],
    [layout.block, 4 * denseField.BLOCK_ROWS * width],
    ...layout.weighted.map(({ rate }): [number, number] => [rate, 8]),
    ...tensors,
    [parameters + parameterBytes, stateBytes - parameterBytes],
    ...saved.map((start): [number, number] => [start, stateBytes]),
    [gradients, parameterBytes],
    ...layout.layers.flatMap(({ kept, output, delta, stride }) =>
      [kept, output, delta].map((start): [number, number] => [start, rows * stride]),
    ),
    [input.address, rows * input.stride],
    [targets.address, rows * targets.stride],
    // Packed rows, columns and panels of the widest layer at least.
    [work.rows, 4 * rows * widest],
    [work.transposed, 4 * widest],
    [work.input, widest > 0 ? 4 * rows : 0],
    [work.delta, widest > 0 ? 4 * rows * width : 0],
    ...windowRooms(layout, network),
    ...layout.dropout.flatMap(({ layer, key, factors }): [number, number][] => [
      [key, 4],
      [factors, rows * layout.layers[layer].stride],
    ]),
    [data.inputs, data.samples * data.inputStride],
    [data.targets, data.samples * targets.stride],
    [data.order, 4 * data.places],
    [data.tileOrder, 4 * rows],
    [data.offsets, input.stride],
    [data.scales, input.stride],
    [layout.program, 0],
  ];
}

/** Records and tables of windows, and room for the largest padded image and maps of conv2d. */
function windowRooms({ windows, work, width }: Layout, { layers }: Network): [number, number][] {
  const ofConv = windows.filter(({ layer }) => layers[layer].type === 'conv2d');
  const most = (of: (window: WindowShape) => number): number =>
    4 * Math.max(0, ...ofConv.map(({ window }) => of(window)));
  const placesOf = ({ target }: WindowShape): number => target.height * target.width;
  return [
    ...windows.map(({ record }): [number, number] => [record, 4 * denseField.RECORD_WORDS]),
    ...ofConv.flatMap(({ window, places, values }): [number, number][] => [
      [places, 4 * Math.ceil(placesOf(window) / 4) * 4],
      [values, 4 * Math.ceil(windowSize(window) / 4) * 4],
    ]),
    [work.image, most(({ source }) => imageSize(source) + width)],
    [work.maps, most(window => placesOf(window) * Math.max(width, window.target.channels))],
  ];
}

describe.each([
  [8, 'lists', randomCase],
  [16, 'lists', randomCase],
  [8, 'images', randomImageCase],
  [16, 'images', randomImageCase],
] as const)('rooms for panels of %i, of %s', (width, _, draw) => {
  test('lie apart, and lists and records of 300 networks within theirs', () => {
    for (let seed = 0; seed < 300; seed++) {
      const { network, dataset } = draw(seed);
      const shapes = inferShapes(network);
      const holding = holdingOf(dataset, 40, 1 + (seed % 3));
      const layout = layOut(network, shapes, 1 + (seed % 40), holding, width);
      let end = 8192;
      for (const [start, bytes] of roomsOf(layout, network, shapes).sort(([a], [b]) => a - b)) {
        expect(start).toBeGreaterThanOrEqual(end);
        end = start + bytes;
      }
      expect(end).toBeLessThanOrEqual(layout.program);
      expectProgramFits(network, shapes, layout);
    }
  });
});

function expectProgramFits(network: Network, shapes: NetworkShapes, layout: Layout): void {
  const buffer = new ArrayBuffer(layout.byteLength + 4096);
  writeProgram(buffer, network, shapes, layout);
  const words = new Int32Array(buffer);
  expect(words.subarray(layout.byteLength / 4).every(word => word === 0)).toBe(true);
  const lists = [place.FORWARD, place.BACKWARD, place.KEEPING_FORWARD, place.STORING_BACKWARD];
  for (const list of [...lists, place.STORED_UPDATE]) {
    const at = layout.header / 4 + list;
    const [start, length] = [words[at], words[at + 1]];
    expect(start + 8 * length).toBeLessThanOrEqual(layout.byteLength);
    for (let i = 0; i < length; i++) {
      const record = words[start / 4 + 2 * i + 1];
      expect(record).toBeGreaterThanOrEqual(layout.program);
      expect(record + 4 * denseField.RECORD_WORDS).toBeLessThanOrEqual(layout.byteLength);
    }
  }
}

describe.each(wasmEngines)('$name', ({ name }) => {
  test('its constants end below what networks use, and its memory cannot grow', () => {
    const memory = createMemory(65_536);
    const { module } = backendOf(name.endsWith('4x8') ? 'plain-4x8' : 'plain-4x16');
    instantiate(module, memory);
    const bytes = new Uint8Array(memory.buffer);
    expect(bytes.subarray(0, 8192).some(byte => byte !== 0)).toBe(true);
    expect(bytes.subarray(8192).every(byte => byte === 0)).toBe(true);
    const grow = Reflect.get(memory, 'grow') as (pages: number) => number;
    expect(() => grow.call(memory, 1)).toThrow(RangeError);
  });
});
