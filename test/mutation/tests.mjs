/** Which tests a mutant must survive, and in which order it is soon found that it does not. */
import { basename } from 'node:path';

/** @import { Step } from './child' */

/**
 * What is known of a test.
 * @typedef {object} Known
 * @property {string} file its path from the root
 * @property {string} name
 * @property {number} milliseconds of the processor
 * @property {ReadonlySet<number>} reached numbers of mutants
 */

/**
 * @typedef {object} Knowledge
 * @property {readonly Known[]} tests those that pass
 * @property {ReadonlyMap<string, ReadonlySet<number>>} around by file: what its own code and its hooks reach
 * @property {ReadonlySet<number>} loading what is reached when sources are loaded
 * @property {ReadonlyMap<string, ReadonlySet<string>>} loads by file: the sources that it loads
 * @property {ReadonlySet<string>} left files with tests that fail without a mutant
 */

/**
 * Tests that reach a mutant. One that acts when its module is loaded is reached by every test of every file that loads it.
 * @param {Knowledge} knowledge
 * @param {string} source its file
 * @param {number} number of the mutant
 * @returns {Known[]}
 */
export function testsOf({ tests, around, loading, loads }, source, number) {
  /** @param {string} file */
  const whole = file =>
    (loading.has(number) ? loads.get(file)?.has(source) : around.get(file)?.has(number)) ?? false;
  return tests.filter(({ file, reached }) => reached.has(number) || whole(file));
}

/** Of the processor, for one mutant: one that survives everything would take minutes. */
const BUDGET_MS = 10_000;

/**
 * The cheapest of these tests, as many as may be asked of one mutant.
 * @param {readonly Known[]} tests
 * @returns {{ tests: Known[], left: number }} `left`: how many are not asked
 */
export function affordable(tests) {
  const cheapest = [...tests].sort((a, b) => a.milliseconds - b.milliseconds);
  let spent = 0;
  const over = cheapest.findIndex(({ milliseconds }) => (spent += milliseconds) > BUDGET_MS);
  const asked = over < 0 ? cheapest : cheapest.slice(0, Math.max(1, over));
  return { tests: asked, left: tests.length - asked.length };
}

/** A test that takes longer waits until all shorter ones have passed. */
const LONG_MS = 30;

/**
 * Steps in the order of what they cost: the short tests file by file, then the long ones. Of the short ones those of
 * files that are named as the source is come first.
 * @param {readonly Known[]} tests
 * @param {string} source
 * @param {(file: string) => string} urlOf
 * @returns {Step[]}
 */
export function stepsOf(tests, source, urlOf) {
  const short = grouped(tests.filter(({ milliseconds }) => milliseconds < LONG_MS));
  const long = grouped(tests.filter(({ milliseconds }) => milliseconds >= LONG_MS));
  const kin = basename(source, '.ts').toLowerCase();
  /** @param {readonly Known[]} group */
  const isKin = ([{ file }]) => basename(file).toLowerCase().startsWith(kin);
  const ordered = [...[...short.filter(isKin), ...short.filter(group => !isKin(group))], ...long];
  return ordered.map(group => ({
    file: group[0].file,
    url: urlOf(group[0].file),
    names: [...new Set(group.map(({ name }) => name))],
  }));
}

/**
 * By file, the cheapest first.
 * @param {readonly Known[]} tests
 * @returns {Known[][]}
 */
function grouped(tests) {
  /** @type {Map<string, Known[]>} */
  const groups = new Map();
  for (const test of tests) groups.set(test.file, [...(groups.get(test.file) ?? []), test]);
  /** @param {readonly Known[]} group */
  const cost = group => group.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  return [...groups.values()].sort((a, b) => cost(a) - cost(b));
}
