/** The clock of the runners: warm up, then repetitions. Used by our engine and by the peers alike. */
import { median } from './statistics.mjs';

/** Milliseconds after which code is taken to be compiled, and those of one repetition, at least. */
export const WARM = 700;
export const REPETITION = 500;
export const REPETITIONS = 3;
/** Milliseconds of a repetition that is long enough to be the only one: of a step by a library that takes seconds for it. */
const LONG = 2000;
/** Milliseconds between two looks at the clock, about. */
const STRETCH = 10;

/**
 * Samples per second.
 * @param {number} samples of one step
 * @param {(steps: number) => number} stretch makes steps and says how many milliseconds they took: what it does besides
 * is off the clock
 * @returns {{ rate: number, best: number }} median and best repetition
 */
export function rateOf(samples, stretch) {
  let steps = 1;
  for (let spent = 0; spent < WARM;) {
    const took = stretch(steps);
    spent += Math.max(took, 1e-3);
    if (took < STRETCH) steps *= 2;
  }
  /** @type {number[]} */
  const rates = [];
  for (let spent = 0; rates.length < REPETITIONS && spent < LONG;) {
    spent = 0;
    let made = 0;
    while (spent < REPETITION) {
      spent += stretch(steps);
      made += steps;
    }
    rates.push((1000 * made * samples) / spent);
  }
  return { rate: median(rates), best: Math.max(...rates) };
}

/** Milliseconds of an action. @param {() => void} act */
export function timeOf(act) {
  const start = performance.now();
  act();
  return performance.now() - start;
}
