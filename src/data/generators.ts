/**
 * Small seeded data sets to play with. Coordinates stay near [−1, 1] (the truth tables: 0 and 1), where
 * tanh and sigmoid neurons work. `noise` is the standard deviation added to each coordinate (to the
 * target of `plane` and `sine`); the class is that of the point before the noise.
 */
import { cos, sin } from '../math/functions';
import { Random } from '../math/random';
import type { GeneratorName } from '../network/network';
import { generators } from '../network/vocabulary';
import type { Table } from './table';

const PI = Math.PI;

interface Point {
  readonly x: readonly number[];
  /** Class 0 or 1, or the value to be predicted. */
  readonly y: number;
}

interface Generator {
  /** Sample i of n without noise. */
  readonly point: (i: number, n: number, random: Random) => Point;
  readonly truthTable?: boolean;
}

/** Rows 00, 01, 10, 11 in turn. */
function truthTable(value: (a: number, b: number) => number): Generator {
  return {
    truthTable: true,
    point: i => {
      const [a, b] = [(i >> 1) & 1, i & 1];
      return { x: [a, b], y: value(a, b) };
    },
  };
}

function polar(radius: number, angle: number): number[] {
  return [radius * cos(angle), radius * sin(angle)];
}

/** From low to high. */
function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random.uniform();
}

const GENERATORS: { readonly [K in GeneratorName]: Generator } = {
  xor: truthTable((a, b) => a ^ b),
  and: truthTable((a, b) => a & b),
  or: truthTable((a, b) => a | b),
  /** Class 1: a disc of radius ½. Class 0: the ring from 0.7 to 1 around it. */
  circle: {
    point: (i, _n, random) => {
      const y = i & 1;
      const radius = y === 1 ? 0.5 * Math.sqrt(random.uniform()) : between(random, 0.7, 1);
      return { x: polar(radius, between(random, 0, 2 * PI)), y };
    },
  },
  /** Two half circles of radius 1/2 that interlock: class 0 opens downwards, class 1 upwards. */
  moons: {
    point: (i, _n, random) => {
      const [c, s] = polar(0.5, between(random, 0, PI));
      return i & 1 ? { x: [0.25 - c, 0.125 - s], y: 1 } : { x: [c - 0.25, s - 0.125], y: 0 };
    },
  },
  /** Two arms of 1¾ turns, half a turn apart; the radius grows from 0 to 1 along an arm. */
  spiral: {
    point: (i, n) => {
      const y = i & 1;
      const radius = ((i >> 1) + 0.5) / Math.ceil(n / 2);
      return { x: polar(radius, 3.5 * PI * radius + y * PI), y };
    },
  },
  /** Two clouds around (½, ½) and (−½, −½) with standard deviation 0.15 before the noise. */
  gaussians: {
    point: (i, _n, random) => {
      const y = i & 1;
      const centre = y === 1 ? 0.5 : -0.5;
      return { x: [centre + 0.15 * random.normal(), centre + 0.15 * random.normal()], y };
    },
  },
  /** y = (x₁ + x₂)/2 over the square [−1, 1]². */
  plane: {
    point: (_i, _n, random) => {
      const x = [between(random, -1, 1), between(random, -1, 1)];
      return { x, y: (x[0] + x[1]) / 2 };
    },
  },
  /** y = sin(πx), x evenly spaced from −1 to 1. */
  sine: {
    point: (i, n) => {
      const x = n > 1 ? (2 * i) / (n - 1) - 1 : 0;
      return { x: [x], y: sin(PI * x) };
    },
  },
};

/** How many samples a generator makes: a truth table without noise always has its four rows. */
export function generatedSamples(name: GeneratorName, samples: number, noise: number): number {
  return GENERATORS[name].truthTable && noise === 0 ? 4 : samples;
}

/** Samples of a generator; the same seed gives the same numbers on every platform. */
export function generate(name: GeneratorName, samples: number, noise: number, seed: number): Table {
  const generator = GENERATORS[name];
  const n = generatedSamples(name, samples, noise);
  const { inputs: inputNames, target } = generators[name];
  const size = inputNames.length;
  const regression = target === 'numbers';
  const random = new Random(seed, 'data');
  const inputs = new Float64Array(n * size);
  const values = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const { x, y } = generator.point(i, n, random);
    for (let k = 0; k < size; k++) {
      inputs[i * size + k] = regression || noise === 0 ? x[k] : x[k] + noise * random.normal();
    }
    values[i] = regression && noise !== 0 ? y + noise * random.normal() : y;
  }
  return {
    samples: n,
    inputNames,
    inputs: { type: 'numbers', values: inputs },
    target: regression
      ? { type: 'numbers', names: ['y'], values }
      : {
          type: 'classes',
          name: 'class',
          classNames: ['0', '1'],
          labels: Uint32Array.from(values),
        },
  };
}
