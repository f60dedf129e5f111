/** What the rounds come to: medians by workload and contender, and their ratios. */
import { median } from './statistics.mjs';

/** @typedef {import('./rounds.mjs').Measured} Measured */

/**
 * @typedef {object} Line of a workload's table
 * @property {string} contender
 * @property {number} rounds that gave a number
 * @property {number} value samples per second, or seconds of the race: the median of the rounds; NaN without any
 * @property {number} best
 * @property {number} [wall] medians, as are these
 * @property {number} [spent]
 * @property {number} [peakBytes]
 * @property {number} [steps]
 * @property {string} [engine]
 * @property {string} [fault]
 */

/** Lines by workload, in the order in which they were measured. */
/** @typedef {Readonly<Record<string, readonly Line[]>>} Summary */

/** @param {readonly Measured[]} measured @returns {Summary} */
export function summarize(measured) {
  const names = [...new Set(measured.map(({ workload }) => workload))];
  const linesOf = (/** @type {string} */ name) => {
    const here = measured.filter(({ workload }) => workload === name);
    const contenders = [...new Set(here.map(({ contender }) => contender))];
    return contenders.map(id =>
      lineOf(
        id,
        here.filter(({ contender }) => contender === id),
      ),
    );
  };
  return Object.fromEntries(names.map(name => [name, linesOf(name)]));
}

/** @param {string} contender @param {readonly Measured[]} all its own @returns {Line} */
function lineOf(contender, all) {
  const good = all.filter(({ fault }) => !fault);
  const numbers = (/** @type {keyof Measured} */ key) =>
    good.map(each => each[key]).filter(each => typeof each === 'number');
  const middle = (/** @type {keyof Measured} */ key) =>
    numbers(key).length > 0 ? { [key]: median(numbers(key)) } : {};
  const isRace = good.some(({ seconds }) => seconds !== undefined);
  const values = isRace ? numbers('seconds') : numbers('rate');
  const bests = isRace ? values.map(each => -each) : numbers('best');
  const fault = all.find(each => each.fault)?.fault ?? neverThere(good);
  return {
    contender,
    rounds: values.length,
    value: fault ? NaN : median(values),
    best: fault ? NaN : Math.abs(Math.max(...bests)),
    ...middle('wall'),
    ...middle('spent'),
    ...middle('peakBytes'),
    ...middle('steps'),
    ...(good[0]?.engine && { engine: good[0].engine }),
    ...(fault && { fault }),
  };
}

/** A median over the races that were won alone would flatter. @param {readonly Measured[]} all */
const neverThere = all =>
  all.some(({ seconds }) => seconds === null) ? 'the accuracy was not reached' : undefined;

/**
 * How many times as fast as another: by rates, or by the seconds of the race.
 * @param {Summary} summary
 * @param {string} name of the workload
 * @param {string} contender
 * @param {string} other
 * @returns {number | undefined} undefined unless both were measured
 */
export function ratio(summary, name, contender, other) {
  const [mine, theirs] = [contender, other].map(
    id => summary[name]?.find(each => each.contender === id)?.value ?? NaN,
  );
  const times = name === 'TTA' ? theirs / mine : mine / theirs;
  return Number.isFinite(times) ? times : undefined;
}
