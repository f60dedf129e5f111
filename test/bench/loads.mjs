/** How long it takes from a file to the first step: each file in a process of its own that has compiled nothing yet. */
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/needs.mjs';
import { bundleFile } from './bundle.mjs';
import { folders } from './folders.mjs';
import { ask } from './rounds.mjs';
import { median } from './statistics.mjs';
import { digits, short, table } from './table.mjs';

/** @typedef {{ characters: number, parameters: number, parse: number, compile: number, samples: number, data: number }} Loaded */
/** @typedef {Loaded & { name: string }} Load medians, in milliseconds */

const examples = join(root, 'media/examples');

/** A network with 407,050 parameters, all written in the file. @returns {string} the file */
function writeLarge() {
  mkdirSync(folders.work, { recursive: true });
  const file = join(folders.work, '784-512-10.nn.json');
  const dense = (
    /** @type {number} */ units,
    /** @type {number} */ inputs,
    /** @type {string} */ activation,
  ) => {
    const weight = (/** @type {number} */ i) => Math.fround(Math.sin(i) / Math.sqrt(inputs));
    const row = (/** @type {number} */ j) =>
      Array.from({ length: inputs }, (_, k) => +weight(j * inputs + k).toPrecision(8));
    const weights = Array.from({ length: units }, (_, j) => row(j));
    return {
      type: 'dense',
      units,
      activation,
      weights,
      bias: Array.from({ length: units }, () => 0),
    };
  };
  const layers = [dense(512, 784, 'relu'), dense(10, 512, 'softmax')];
  const loss = { type: 'crossEntropy' };
  writeFileSync(file, JSON.stringify({ version: 1, input: { shape: [28, 28] }, layers, loss }));
  return file;
}

/** The example with the longest text. */
function largestExample() {
  const files = readdirSync(examples).filter(name => name.endsWith('.nn.json'));
  const [largest] = files.sort(
    (a, b) => statSync(join(examples, b)).size - statSync(join(examples, a)).size,
  );
  return join(examples, largest);
}

/** @param {number} rounds @param {string} node @returns {Promise<Load[]>} */
export async function measureLoads(rounds, node) {
  const large = writeLarge();
  const subjects = {
    [`largest example, ${JSON.parse(readFileSync(largestExample(), 'utf8')).name}`]:
      largestExample(),
    '784-512-10, parameters inline': large,
    'iris, CSV': join(examples, 'iris.nn.json'),
    'digits 8×8, CSV': join(examples, 'digits.nn.json'),
  };
  /** @type {Map<string, Loaded[]>} */
  const all = new Map(Object.keys(subjects).map(name => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const [name, file] of Object.entries(subjects)) {
      const answer = await ask({ command: node, args: [bundleFile('load'), file] });
      all.get(name)?.push(/** @type {Loaded} */ (answer));
    }
  return [...all].map(([name, loads]) => {
    const middle = (/** @type {keyof Loaded} */ key) => median(loads.map(each => each[key]));
    const [{ characters, parameters, samples }] = loads;
    const times = { parse: middle('parse'), compile: middle('compile'), data: middle('data') };
    return { name, characters, parameters, samples, ...times };
  });
}

/** @param {readonly Load[]} loads */
export const loadTable = loads =>
  table(
    [
      'Load, ms (cold)',
      'characters',
      'parameters',
      'parse and validate',
      'compile',
      'samples',
      'data',
    ],
    loads.map(({ name, characters, parameters, parse, compile, samples, data }) => [
      name,
      ...[short(characters), short(parameters), digits(parse), digits(compile)],
      ...[short(samples), samples > 0 ? digits(data) : '–'],
    ]),
  );
