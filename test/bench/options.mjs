/** What is asked for on the command line of `npm run bench`. */
import { parseArgs } from 'node:util';
import { workloads } from './workloads.mjs';

/** What is measured besides the workloads. */
const others = ['TTA', 'load', 'mnist', 'roofline'];

/**
 * @typedef {object} Options
 * @property {readonly string[]} subjects names of workloads, and of what else there is to measure
 * @property {number} rounds
 * @property {boolean} peers
 * @property {boolean} wide our engine also in Node 24, whose V8 makes 256 bits of two times 128
 * @property {boolean} write the report into RESULTS.md
 * @property {string} [python] with PyTorch and scikit-learn
 * @property {string} [node] to run our engine in; default: this one
 * @property {string} [json] file for all numbers
 */

const known = /** @type {const} */ ({
  rounds: { type: 'string', default: '5' },
  peers: { type: 'boolean', default: false },
  wide: { type: 'boolean', default: false },
  write: { type: 'boolean', default: false },
  python: { type: 'string' },
  node: { type: 'string' },
  json: { type: 'string' },
});

/**
 * @param {readonly string[]} args
 * @returns {Options}
 * @throws Error that says what was expected and what was found
 */
export function readOptions(args) {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: known,
    allowPositionals: true,
  });
  const names = [...Object.keys(workloads), ...others];
  const unknown = positionals.find(name => !names.includes(name));
  if (unknown !== undefined)
    throw new Error(
      `"${unknown}" is nothing to measure: expected canvas, bytes, accuracy, or some of ${names.join(', ')}.`,
    );
  const { rounds, ...rest } = values;
  if (!/^[1-9]\d{0,2}$/.test(rounds))
    throw new Error(`--rounds takes a whole number from 1 to 999, found "${rounds}".`);
  const subjects = positionals.length > 0 ? [...new Set(positionals)] : names;
  return { ...rest, rounds: Number(rounds), subjects };
}
