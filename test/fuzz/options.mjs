/** What is asked for on the command line of `npm run fuzz`. */
import { parseArgs } from 'node:util';

/**
 * @typedef {object} Options
 * @property {readonly string[]} targets their names
 * @property {number} seed
 * @property {number | undefined} runs random inputs of each target; default: its own number
 * @property {string | undefined} path of an input that has failed
 */

const known = /** @type {const} */ ({
  target: { type: 'string', multiple: true },
  seed: { type: 'string' },
  runs: { type: 'string' },
  path: { type: 'string' },
});

/**
 * @param {readonly string[]} args
 * @param {readonly string[]} names of all targets
 * @param {number} freshSeed where none is given
 * @returns {Options}
 * @throws Error that says what was expected and what was found
 */
export function readOptions(args, names, freshSeed) {
  const { values } = parseArgs({ args: [...args], options: known });
  const asked = (values.target ?? []).flatMap(list => list.split(','));
  const unknown = asked.find(name => !names.includes(name));
  if (unknown !== undefined)
    throw new Error(`--target takes some of ${names.join(', ')}; found "${unknown}".`);
  if (values.path !== undefined && asked.length !== 1)
    throw new Error(`--path leads to an input of one target: name it with --target.`);
  if (values.path !== undefined && !/^\d+(:\d+)*$/.test(values.path))
    throw new Error(`--path takes numbers with colons between them, found "${values.path}".`);
  return {
    targets: asked.length > 0 ? [...new Set(asked)] : names,
    seed: whole('seed', values.seed, 2 ** 31 - 1) ?? freshSeed,
    runs: whole('runs', values.runs, 100_000_000),
    path: values.path,
  };
}

/**
 * @param {string} name
 * @param {string | undefined} text
 * @param {number} most
 */
function whole(name, text, most) {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= most) return value;
  throw new Error(`--${name} takes a whole number from 0 to ${most}, found "${text}".`);
}
