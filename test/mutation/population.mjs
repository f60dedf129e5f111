/** All mutants that there are: Stryker's mutators find them, and `mutate.mjs` makes them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, say } from '../../scripts/needs.mjs';
import { needPackages } from '../bench/fetch.mjs';
import { liesIn, subjects } from './options.mjs';

/**
 * @typedef {object} Mutant
 * @property {string} file its path from the repository's root
 * @property {number} start offset of what is replaced
 * @property {number} end behind it
 * @property {number} line 1-based
 * @property {number} column 1-based
 * @property {string} mutator its kind, in Stryker's words
 * @property {string} original
 * @property {string} replacement
 */

/** Only that part of Stryker which finds mutants. Its versions from 10 on need Node 22. */
const mutators = { '@stryker-mutator/instrumenter': '9.6.1', '@stryker-mutator/api': '9.6.1' };

/** AssemblyScript, which another compiler reads, and what it makes. */
const elsewhere = ['src/engine/wasm/assembly', 'src/engine/wasm/shared', 'src/engine/wasm/build'];

/** @returns {string[]} paths of the sources, in order */
export function sources() {
  const paths = subjects.flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(
      name => `${folder}/${name.replaceAll('\\', '/')}`,
    ),
  );
  return paths
    .filter(path => /(?<!\.d)\.ts$/.test(path) && !elsewhere.some(folder => liesIn(path, folder)))
    .sort();
}

/**
 * Every mutant of these files.
 * @param {readonly string[]} places files and folders
 * @returns {Promise<{ mutants: Mutant[], sentences: number }>} `sentences`: those that {@link isSentence} leaves out
 */
export async function listMutants(places) {
  const paths = sources().filter(path => places.some(place => liesIn(path, place)));
  const without = places.find(place => !paths.some(path => liesIn(path, place)));
  if (without !== undefined)
    throw new Error(
      `--files: no TypeScript whose mutants are made lies at "${without}" (AssemblyScript is left out).`,
    );
  const instrumenter = await loadInstrumenter();
  /** @type {Mutant[]} */
  const all = [];
  for (const path of paths) {
    const content = readFileSync(join(root, path), 'utf8');
    const { mutants } = await instrumenter.instrument([{ name: path, content, mutate: true }], {
      plugins: null,
      excludedMutations: [],
      ignorers: [],
    });
    all.push(...placed(path, content, mutants));
  }
  const mutants = all.filter(mutant => !isSentence(mutant));
  return { mutants, sentences: all.length - mutants.length };
}

/** @returns {Promise<any>} Stryker's Instrumenter, which says nothing */
async function loadInstrumenter() {
  const folder = await needPackages('stryker', mutators);
  const place = 'node_modules/@stryker-mutator/instrumenter/dist/src/index.js';
  const { Instrumenter } = await import(pathToFileURL(join(folder, place)).href);
  const silent = () => {};
  say('looking for mutants');
  return new Instrumenter({
    debug: silent,
    info: silent,
    warn: silent,
    isDebugEnabled: () => false,
  });
}

/** @typedef {{ line: number, column: number }} Place 0-based, in Stryker's count */
/** @typedef {{ location: { start: Place, end: Place }, mutatorName: string, replacement: string }} Found */

/**
 * @param {string} file
 * @param {string} content
 * @param {readonly Found[]} found
 * @returns {Mutant[]} in the order of their places
 */
export function placed(file, content, found) {
  const starts = [0];
  for (let at = content.indexOf('\n'); at >= 0; at = content.indexOf('\n', at + 1))
    starts.push(at + 1);
  /** @param {Place} place */
  const offset = ({ line, column }) => starts[line] + column;
  const mutants = found.map(({ location, mutatorName, replacement }) => {
    const [start, end] = [offset(location.start), offset(location.end)];
    const { line, column } = location.start;
    const place = { file, start, end, line: line + 1, column: column + 1 };
    return { ...place, mutator: mutatorName, original: content.slice(start, end), replacement };
  });
  return mutants.sort((a, b) => a.start - b.start || a.end - b.end);
}

/**
 * Words for people, as in messages and tables of words: other words give no other answer.
 * Names and keys have no spaces beside letters, and stay.
 * @param {Pick<Mutant, 'mutator' | 'original'>} mutant
 */
export function isSentence({ mutator, original }) {
  if (mutator !== 'StringLiteral') return false;
  return /\p{L}\s|\s\p{L}/u.test(original.replace(/\$\{[^}]*\}/g, ''));
}
