/**
 * Puts everything that reads a file or a message under fire: spoilt, random and extreme inputs.
 *
 *     npm run fuzz                              all targets: more than 100,000 inputs
 *     npm run fuzz -- --target csv,idx          some of them
 *     npm run fuzz -- --seed 7 --runs 1000      other inputs, and as many of each
 *     npm run fuzz -- --target csv --seed 7 --path 41:0   one that has failed
 *
 * No input may crash, take more than a second, or allocate more than `allowedBytes` (target.ts) says. One that does is
 * kept in `.bench/fuzz`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { clearInterval, setInterval } from 'node:timers';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { bundleOptions, defines } from '../../esbuild.mjs';
import { root } from '../../scripts/needs.mjs';
import { buildWasm } from '../../scripts/wasm.mjs';
import { readOptions } from './options.mjs';

/** Names in the order of a run, with the inputs of each. The table itself is TypeScript, which is bundled first. */
const folder = join(root, '.bench/fuzz');

/** What an input may take of the processor, before it is called a hang, in milliseconds; what is only slow is judged by itself. */
const HANG_MS = 60_000;

const spentMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** @returns {Promise<string>} the bundle */
async function bundle() {
  await buildWasm();
  const options = bundleOptions('cli', { define: await defines() });
  const entryPoints = {
    worker: join(root, 'test/fuzz/worker.ts'),
    targets: join(root, 'test/fuzz/targets.ts'),
  };
  const own = {
    entryPoints,
    outdir: folder,
    format: /** @type {const} */ ('esm'),
    outExtension: { '.js': '.mjs' },
  };
  await build({ ...options, ...own, sourcemap: false, banner: {} });
  return folder;
}

/** @typedef {import('./fire').Report} Report */
/** @typedef {import('./fire').Failure} Failure */

/**
 * Runs one target in a thread.
 * @param {object} task
 * @returns {Promise<{ at?: string, report?: Report, lost?: string }>} `lost`: why the thread ended, at or behind input `at`
 */
function run(task) {
  const worker = new Worker(join(folder, 'worker.mjs'), {
    workerData: task,
    // New objects stay where they are counted, and a heap that grows without end is an error.
    resourceLimits: { maxYoungGenerationSizeMb: 256, maxOldGenerationSizeMb: 3000, stackSizeMb: 4 },
  });
  let [at, since] = ['the beginning', spentMs()];
  return new Promise(resolve => {
    const watch = setInterval(() => {
      if (spentMs() - since < HANG_MS) return;
      void worker.terminate();
      end({ lost: `No answer within ${HANG_MS / 1000} s` });
    }, 500);
    /** @param {{ at?: string, report?: Report, lost?: string }} result */
    const end = result => {
      clearInterval(watch);
      resolve({ at, ...result });
    };
    worker.on('message', ({ begins, report }) => {
      [at, since] = [begins, spentMs()];
      if (report) end({ report });
    });
    worker.on('error', error => end({ lost: error.message }));
    worker.on('exit', () => end({ lost: 'The thread ended' }));
  });
}

/** @param {number} bytes */
const megabytes = bytes => `${(bytes / 2 ** 20).toFixed(1)} MB`;

/**
 * @param {string} name
 * @param {number} seed
 * @param {Failure} failure
 */
function show(name, seed, { extreme, path, message, bytes }) {
  const file = join(
    folder,
    `${name}-${extreme ? extreme.replace(/\W+/g, '-') : `${seed}-${path?.replace(/:/g, '-')}`}.bin`,
  );
  writeFileSync(file, bytes);
  const again = extreme
    ? `--target ${name} --runs 0`
    : `--target ${name} --seed ${seed} --path ${path}`;
  console.log(
    `  ✗ ${extreme ?? `input ${path}`}: ${message.split('\n').slice(0, 12).join('\n      ')}`,
  );
  console.log(`    the input (${bytes.length} bytes): ${relative(root, file)}`);
  console.log(`    again: npm run fuzz -- ${again}`);
}

/**
 * Runs one target; after an input that ended the thread, what is behind it.
 * @param {{ target: string, seed: number, [more: string]: unknown }} task
 */
async function runWhole(task) {
  const { target, seed } = task;
  const begun = Date.now();
  let [tried, failed] = [0, 0];
  /** @type {string | undefined} */
  let after;
  for (;;) {
    const { report, lost, at = '' } = await run({ ...task, after });
    if (report) {
      say(target, report, (Date.now() - begun) / 1000);
      for (const failure of report.failures) show(target, seed, failure);
      return { tried: tried + report.tried, failed: failed + report.failures.length };
    }
    failed++;
    const [, extreme] = /^extreme (.*)$/.exec(at) ?? [];
    console.log(`${target}\n  ✗ ${at}: ${lost}`);
    console.log(
      `    again: npm run fuzz -- --target ${target} ${extreme ? '--runs 0' : `--seed ${seed}`}`,
    );
    if (!extreme) return { tried, failed };
    tried++;
    after = extreme;
  }
}

/**
 * @param {string} name
 * @param {Report} report
 * @param {number} seconds
 */
function say(name, { tried, refused, accepted, ...worst }, seconds) {
  const { worstMs, worstMsOf, worstBytes, worstBytesOf } = worst;
  console.log(
    `${name}: ${tried} tried, ${refused} refused, ${accepted} accepted (${seconds.toFixed(0)} s)`,
  );
  console.log(
    `    worst ${worstMs.toFixed(0)} ms: ${worstMsOf}; ${megabytes(worstBytes)}: ${worstBytesOf}`,
  );
}

async function main() {
  mkdirSync(folder, { recursive: true });
  await bundle();
  const { targets } = await import(join(folder, 'targets.mjs'));
  const options = readOptions(process.argv.slice(2), Object.keys(targets), Date.now() % 2 ** 31);
  const { seed, path } = options;
  let [tried, failed] = [0, 0];
  console.log(`seed ${seed}`);
  for (const name of options.targets) {
    const runs = options.runs ?? targets[name].runs;
    const result = await runWhole({
      target: name,
      seed,
      runs,
      path,
      withExtremes: path === undefined,
      measures: true,
    });
    tried += result.tried;
    failed += result.failed;
  }
  console.log(`${tried} inputs tried, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
