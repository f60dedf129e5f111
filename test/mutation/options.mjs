/** What is asked for on the command line of `npm run mutation`. */
import { parseArgs } from 'node:util';

/** Whose mutants are made, where nothing else is asked for. */
export const subjects = /** @type {const} */ (['src/network', 'src/engine']);

/**
 * @typedef {object} Options
 * @property {number | undefined} sample how many mutants are drawn; none: all are tried
 * @property {number} seed of the draw
 * @property {readonly string[]} files beginnings of the paths whose mutants are asked for
 * @property {boolean} survivors only those that the run before left alive
 */

const known = /** @type {const} */ ({
  sample: { type: 'string' },
  seed: { type: 'string' },
  files: { type: 'string', multiple: true },
  survivors: { type: 'boolean' },
});

/**
 * @param {readonly string[]} args
 * @returns {Options}
 * @throws Error that says what was expected and what was found
 */
export function readOptions(args) {
  const { values } = parse(args);
  const files = (values.files ?? []).flatMap(list => list.split(','));
  const stranger = files.find(file => !subjects.some(folder => liesIn(file, folder)));
  if (stranger !== undefined)
    throw new Error(
      `--files takes files and folders of ${subjects.join(' and ')}, with commas between them; found "${stranger}".`,
    );
  if (values.survivors && (values.sample ?? values.seed ?? values.files) !== undefined)
    throw new Error('--survivors tries what the last run left alive: name nothing beside it.');
  const sample = whole('sample', values.sample, 1);
  if (values.seed !== undefined && sample === undefined)
    throw new Error('--seed chooses a sample: say how large, as in --sample 300 --seed 1.');
  return {
    sample,
    seed: whole('seed', values.seed, 0) ?? 1,
    files: files.length > 0 ? [...new Set(files)] : subjects,
    survivors: values.survivors ?? false,
  };
}

/** @param {readonly string[]} args */
function parse(args) {
  try {
    return parseArgs({ args: [...args], options: known });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `${reason}\nThere are --sample, --seed, --files and --survivors: npm run mutation -- --sample 300 --seed 1`,
    );
  }
}

/**
 * Whether a path names this file, or one below this folder.
 * @param {string} path
 * @param {string} place
 */
export const liesIn = (path, place) => path === place || path.startsWith(`${place}/`);

/**
 * @param {string} name
 * @param {string | undefined} text
 * @param {number} least
 */
function whole(name, text, least) {
  if (text === undefined) return undefined;
  const most = 2 ** 31 - 1;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new Error(`--${name} takes a whole number from ${least} to ${most}, found "${text}".`);
}
