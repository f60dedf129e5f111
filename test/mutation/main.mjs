/**
 * The mutation score: how many small mistakes in `src/network` and `src/engine` the tests of pure code find.
 *
 *     npm run mutation -- --sample 300 --seed 1          mutants drawn at random: the score with its interval
 *     npm run mutation -- --sample 50 --files src/engine/losses.ts,src/engine/lab
 *     npm run mutation -- --survivors                    what the last run has left alive, again
 *     npm run mutation                                   all of them: some nights
 *
 * A mutant is a source with one change: `<` for `<=`, `+` for `-`, a condition that always holds, a block that does
 * nothing. Stryker's mutators find them; each is tried in a process of its own, by the tests that reach it.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, say } from '../../scripts/needs.mjs';
import { compiler } from './compiler.mjs';
import { emit, folder, writeModules } from './modules.mjs';
import { marked, mutated } from './mutate.mjs';
import { readOptions } from './options.mjs';
import { listMutants } from './population.mjs';
import { judge, measure } from './processes.mjs';
import { describe, isFound, report } from './report.mjs';
import { drawn } from './statistics.mjs';
import { affordable, stepsOf, testsOf } from './tests.mjs';

/** @import { Mutant } from './population.mjs' */
/** @import { Knowledge, Known } from './tests.mjs' */
/** @import { Tried } from './report.mjs' */

/** Tests that Node runs as it is: they must find them. Those of `test/host-unit` need a VS Code that vitest plays. */
const testFolders = [
  ...['network', 'engine', 'data', 'explain', 'expect', 'export', 'runs', 'math'],
  ...['worker', 'cli', 'webview', 'differential', 'fuzz'],
].map(name => `test/${name}`);

/** It measures a process of its own, which a mutant does not reach. */
const apart = ['test/engine/allocation.test.ts'];

/** What the last run has found. */
const results = join(root, '.bench/mutation.json');

/** @param {string} path from the root */
const urlOf = path => pathToFileURL(join(folder, path.replace(/ts$/, 'mjs'))).href;

/** @param {string} path from the root */
const read = path => readFileSync(join(root, path), 'utf8');

/** @returns {string[]} */
const testFiles = () =>
  testFolders
    .flatMap(each =>
      readdirSync(join(root, each), { recursive: true, encoding: 'utf8' })
        .filter(name => name.endsWith('.test.ts'))
        .map(name => `${each}/${name.replaceAll('\\', '/')}`),
    )
    .filter(path => !apart.includes(path))
    .sort();

/**
 * Runs all tests once, and finds what each of them reaches.
 * @param {readonly Mutant[]} mutants
 * @returns {Promise<Knowledge>}
 */
async function learn(mutants) {
  const all = testFiles();
  const loads = await writeModules(all);
  const numbered = mutants.map((mutant, number) => ({ ...mutant, number }));
  const sources = [...new Set(mutants.map(({ file }) => file))];
  const files = all.filter(file => sources.some(source => loads.get(file)?.has(source)));
  say(`running the tests without a mutant (${files.length} files of ${testFolders.join(', ')})`);
  const texts = new Map(
    sources.map(path => [
      path,
      marked(
        path,
        read(path),
        numbered.filter(({ file }) => file === path),
      ),
    ]),
  );
  await emit(sources, texts);
  const steps = files.map(file => ({ file, url: urlOf(file) }));
  const loaded = { mutants: mutants.length, sources: sources.map(urlOf) };
  const { failed, ...known } = await measure(steps, loaded);
  await emit(sources, new Map());
  if (failed.length > 0) say(`left out, for without vitest's server they fail as they are:`);
  for (const line of failed) console.log(`    ${line.split('\n')[0]}`);
  await control(known.tests);
  return { ...known, loads, left: new Set(failed.map(line => line.split(/ › |: /)[0])) };
}

/**
 * Runs tests as they are run for a mutant, but without one: none may fail, and none be missing.
 * @param {readonly Known[]} all
 */
async function control(all) {
  const tests = all.filter(({ milliseconds }) => milliseconds < 10);
  if (tests.length === 0) return;
  const { verdict, by, ran } = await judge(stepsOf(tests, '', urlOf), tests);
  if (verdict !== 'survived')
    throw new Error(
      `Without a mutant, in the order of what they cost, a test fails (${verdict}): ${by}`,
    );
  if (ran < tests.length)
    throw new Error(`${tests.length} tests were asked by their names, and ${ran} answered.`);
}

/**
 * @param {readonly Mutant[]} mutants
 * @param {Knowledge} knowledge
 * @returns {Promise<Tried[]>}
 */
async function tryAll(mutants, knowledge) {
  /** @type {Tried[]} */
  const tried = [];
  const compiles = compiler();
  for (const [number, mutant] of mutants.entries()) {
    const begun = performance.now();
    const { tests, left } = affordable(testsOf(knowledge, mutant.file, number));
    await emit([mutant.file], new Map([[mutant.file, mutated(read(mutant.file), mutant)]]));
    const verdict = await judged(mutant, tests, knowledge.left);
    await emit([mutant.file], new Map());
    const seconds = (performance.now() - begun) / 1000;
    tried.push({ ...mutant, ...verdict, left, seconds, compiles: compiles(mutant) });
    console.log(
      `${number + 1}/${mutants.length} ${verdict.verdict} (${seconds.toFixed(1)} s) ${describe(mutant)}`,
    );
  }
  return tried;
}

/**
 * @param {Mutant} mutant whose source is written
 * @param {readonly Known[]} tests
 * @param {ReadonlySet<string>} left files in which tests fail as they are
 */
async function judged({ file }, tests, left) {
  const first = await judge(stepsOf(tests, file, urlOf), tests);
  const renamed = first.renamed.filter(each => !left.has(each));
  if (first.verdict !== 'survived' || renamed.length === 0) return first;
  // A name may say what the mutant changes: files that have such are run as a whole.
  const steps = renamed.map(each => ({ file: each, url: urlOf(each) }));
  return judge(steps, tests);
}

/** @returns {Mutant[]} what the last run has left alive, if the sources are as they were */
function lastSurvivors() {
  if (!existsSync(results))
    throw new Error('--survivors: there was no run before. Draw a sample first: --sample 300');
  /** @type {Tried[]} */
  const last = JSON.parse(readFileSync(results, 'utf8'));
  const alive = last.filter(each => !isFound(each));
  const moved = alive.find(
    ({ file, start, end, original }) => read(file).slice(start, end) !== original,
  );
  if (moved) throw new Error(`--survivors: ${moved.file} is not what it was. Draw a sample anew.`);
  if (alive.length === 0) throw new Error('--survivors: the last run has left none.');
  return alive;
}

async function main() {
  const { sample, seed, files, survivors } = readOptions(process.argv.slice(2));
  const { mutants, sentences } = survivors
    ? { mutants: lastSurvivors(), sentences: 0 }
    : await listMutants(files);
  const chosen = sample === undefined ? mutants : drawn(mutants, sample, seed);
  const tried = await tryAll(chosen, await learn(chosen));
  mkdirSync(join(root, '.bench'), { recursive: true });
  writeFileSync(results, JSON.stringify(tried, undefined, 1));
  console.log('');
  for (const line of report(tried, mutants)) console.log(line);
  if (sentences > 0)
    say(
      `not mutated: AssemblyScript, and ${sentences} texts with spaces in them (words for people)`,
    );
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
