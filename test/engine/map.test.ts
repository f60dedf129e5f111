/** Maps of neurons over the plane of two inputs: beside the formula of each neuron, in slices, and what makes no map. */
import { describe, expect, it } from 'vitest';
import { createFloat64Pass } from '../../src/engine/inspect/samplePass';
import { MapJob, type MapRequest, type NeuronMaps } from '../../src/engine/inspect/map';
import type { Network } from '../../src/network/network';
import { inferShapes } from '../../src/network/shapes';
import { dense, network } from './networks';

const plane = network(2, [dense(2, 'tanh'), dense(1, 'sigmoid')]);
const line = network(1, [dense(2, 'tanh')]);
/** Of `plane`: two rows of two weights, two biases, a row of two weights, one bias. */
const theta = Float64Array.of(0.5, -1, 2, 0.25, 0.1, -0.2, 1.5, -0.5, 0.3);

const NORMALIZATION = { offset: Float64Array.of(3, -1), scale: Float64Array.of(0.5, 2) };

const job = (of: Network, request: MapRequest, rows = 3, normalization?: typeof NORMALIZATION) =>
  new MapJob(
    createFloat64Pass(of, inferShapes(of), rows),
    theta.subarray(0, inferShapes(of).parameters),
    normalization,
    request,
    7,
  );

function finished(of: Network, request: MapRequest, rows?: number): NeuronMaps {
  const all = job(of, request, rows);
  expect(all.run()).toBe(true);
  return all.result();
}

const ALL = [
  { layer: -1, row: 0 },
  { layer: -1, row: 1 },
  { layer: 0, row: 0 },
  { layer: 0, row: 1 },
  { layer: 1, row: 0 },
];
const REQUEST: MapRequest = { neurons: ALL, from: [-1, 2], to: [3, 5], cells: 4 };

/** Every neuron of `plane`, by its formula. */
function neuronsAt(x: number, y: number): number[] {
  const a = Math.tanh(0.5 * x - y + 0.1);
  const b = Math.tanh(2 * x + 0.25 * y - 0.2);
  return [x, y, a, b, 1 / (1 + Math.exp(-(1.5 * a - 0.5 * b + 0.3)))];
}

describe('a map', () => {
  it.each([1, 3, 16, 40])('has each neuron in the middle of each cell, %i at once', rows => {
    const { values, ...rest } = finished(plane, REQUEST, rows);
    expect(rest).toEqual({ ...REQUEST, step: 7 });
    expect(values).toHaveLength(5 * 16);
    for (let cell = 0; cell < 16; cell++) {
      const wanted = neuronsAt(-0.5 + (cell % 4), 2.375 + 0.75 * Math.floor(cell / 4));
      wanted.forEach((value, i) => expect(values[16 * i + cell]).toBeCloseTo(value, 14));
    }
  });

  it('of one input is a line', () => {
    const { values } = finished(line, {
      neurons: [
        { layer: 0, row: 1 },
        { layer: -1, row: 0 },
      ],
      from: [-1],
      to: [1],
      cells: 4,
    });
    const middles = [-0.75, -0.25, 0.25, 0.75];
    const outputs = middles.map(x => Math.tanh(-1 * x + 0.25));
    expect([...values]).toEqual([...outputs, ...middles].map(v => expect.closeTo(v, 14) as number));
  });

  it('goes on where its time ended, and works off one tile at least', () => {
    const whole = finished(plane, REQUEST);
    const sliced = job(plane, REQUEST);
    let asked = 0;
    let slices = 1;
    while (!sliced.run(() => ++asked > 0)) slices += 1;
    // Sixteen points by three: six tiles, and nobody asks behind the last.
    expect([slices, asked]).toEqual([6, 5]);
    expect(sliced.result()).toEqual(whole);
    expect(sliced.run()).toBe(true);
    expect(sliced.result()).toEqual(whole);
  });

  it('is of raw inputs, which the network sees as its data', () => {
    const normalised = job(plane, REQUEST, 3, NORMALIZATION);
    normalised.run();
    const { values } = normalised.result();
    for (let cell = 0; cell < 16; cell++) {
      const [x, y] = [-0.5 + (cell % 4), 2.375 + 0.75 * Math.floor(cell / 4)];
      const wanted = neuronsAt((x - 3) / 0.5, (y + 1) / 2);
      wanted.forEach((value, i) => expect(values[16 * i + cell]).toBeCloseTo(value, 14));
    }
  });

  it('takes its own parameters, whatever the pass has held between two slices', () => {
    const pass = createFloat64Pass(plane, inferShapes(plane), 3);
    const own = new MapJob(pass, theta, undefined, REQUEST, 7);
    while (!own.run(() => true)) pass.arena.parameters.fill(9);
    expect(own.result()).toEqual(finished(plane, REQUEST));
  });
});

describe('no map', () => {
  const MANY = Array<(typeof ALL)[0]>(5).fill(ALL[0]);
  const alongBoth = /^A map goes from a number to a larger one along each of 2 inputs, not from /;

  it.each<[string, Partial<MapRequest>, RegExp]>([
    ['with too few ends', { from: [0] }, alongBoth],
    ['with too many beginnings', { from: [-1, 2, 0] }, alongBoth],
    ['with too many ends', { to: [3, 5, 6] }, alongBoth],
    ['from a number to itself', { from: [-1, 5] }, alongBoth],
    ['backwards', { from: [4, 2] }, /not from 4, 2 to 3, 5\.$/],
    ['from no number', { from: [NaN, 2] }, alongBoth],
    ['from −∞', { from: [-Infinity, 2] }, alongBoth],
    ['to ∞', { to: [3, Infinity] }, alongBoth],
    ['of one cell', { cells: 1 }, /^A map has 2 to 256 cells a side, not 1\.$/],
    ['of too many cells', { cells: 257 }, /cells a side, not 257/],
    ['of half a cell', { cells: 2.5 }, /cells a side, not 2\.5/],
    ['of no neuron', { neurons: [] }, /1 to 262144 numbers together, not 0: ask for fewer/],
    ['of too many numbers', { neurons: MANY, cells: 256 }, /not 327680: ask for fewer/],
    ['of a layer that is not there', { neurons: [{ layer: 2, row: 0 }] }, /there are 2/],
    ['of a neuron that is not there', { neurons: [ALL[0], { layer: 0, row: 2 }] }, /it has 2/],
  ])('is made %s', (_, change, words) => {
    expect(() => job(plane, { ...REQUEST, ...change })).toThrow(words);
    expect(() => job(plane, { ...REQUEST, ...change })).toThrow(RangeError);
  });

  it('is made of three inputs', () => {
    const cube = network(3, [dense(1, 'linear')]);
    const request = { ...REQUEST, from: [0, 0, 0], to: [1, 1, 1] };
    expect(() => job(cube, request)).toThrow('one or two inputs, this one has 3.');
  });

  it('is refused that is as large as it may be', () => {
    const four = MANY.slice(1);
    expect(() => job(plane, { ...REQUEST, neurons: four, cells: 256 })).not.toThrow();
    expect(finished(plane, { ...REQUEST, cells: 2 }).values).toHaveLength(20);
  });
});
