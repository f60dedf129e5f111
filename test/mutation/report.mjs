/** What a run has found, in words. */
import { interval } from './statistics.mjs';

/** @import { Mutant } from './population.mjs' */
/** @import { Verdict } from './processes.mjs' */

/**
 * @typedef {object} Circumstances
 * @property {number} left tests that reach it and were not asked
 * @property {number} seconds
 * @property {boolean} compiles whether TypeScript takes it
 */
/** @typedef {Mutant & Verdict & Circumstances} Tried */

/** Those that a test has found. */
const found = /** @type {readonly Verdict['verdict'][]} */ (['killed', 'timeout', 'crashed']);

/** @param {Verdict} tried */
export const isFound = ({ verdict }) => found.includes(verdict);

/** @param {number} share */
const percent = share => `${(100 * share).toFixed(1)} %`;

/**
 * @param {readonly Tried[]} tried
 * @param {boolean} isSample of more: then the score has an interval
 */
export function scoreOf(tried, isSample) {
  if (tried.length === 0) return 'none';
  const killed = tried.filter(isFound).length;
  const score = `${percent(killed / tried.length)} of ${tried.length}`;
  if (!isSample) return score;
  const [from, to] = interval(killed, tried.length);
  return `${score} (95 %: ${percent(from)} to ${percent(to)})`;
}

/**
 * Where it stands: a folder of sources, or a part of it.
 * @param {Pick<Mutant, 'file'>} mutant
 */
const folderOf = ({ file }) => file.slice(0, file.lastIndexOf('/'));

/**
 * @param {string} code
 * @returns {string} on one line, not too long for one
 */
function brief(code) {
  const line = code.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 40)} … ${line.slice(-17)}` : line;
}

/** @param {Mutant} mutant */
export const describe = ({ file, line, column, mutator, original, replacement }) =>
  `${file}:${line}:${column} ${mutator}: ${brief(original)} → ${brief(replacement) || 'nothing'}`;

/**
 * @param {readonly Tried[]} tried
 * @param {readonly Mutant[]} population that they are drawn of
 * @returns {string[]} lines
 */
export function report(tried, population) {
  const isSample = tried.length < population.length;
  /** @param {Verdict['verdict']} verdict */
  const count = verdict => tried.filter(each => each.verdict === verdict).length;
  const folders = [...new Set(tried.map(folderOf))].sort();
  const survivors = tried.filter(each => !isFound(each));
  const partly = survivors.filter(({ left }) => left > 0);
  const seconds = tried.reduce((sum, each) => sum + each.seconds, 0);
  return [
    ...survivors.map(
      each =>
        `  ${each.verdict === 'unreached' ? 'no test reaches' : 'survived'}${each.compiles ? '' : ' (TypeScript refuses it)'} ${describe(each)}`,
    ),
    ...(folders.length > 1
      ? folders.map(folder => `  ${folder}: ${scoreOf(within(tried, folder), isSample)}`)
      : []),
    `${tried.length} of ${population.length} mutants: ${count('killed')} killed, ${count('timeout')} hung, ${count('crashed')} ended the process, ${count('survived')} survived, ${count('unreached')} not reached by any test (${(seconds / Math.max(1, tried.length)).toFixed(1)} s each)`,
    ...(partly.length > 0
      ? [
          `Not all tests that reach them were asked of ${partly.length} survivors: the cheapest up to 10 s of the processor.`,
        ]
      : []),
    `of those that TypeScript takes: ${scoreOf(
      tried.filter(({ compiles }) => compiles),
      isSample,
    )}`,
    `score: ${scoreOf(tried, isSample)}`,
  ];
}

/**
 * @param {readonly Tried[]} tried
 * @param {string} folder
 */
const within = (tried, folder) => tried.filter(each => folderOf(each) === folder);
