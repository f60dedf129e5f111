/**
 * Everything that must hold: `npm test`. Needs Node 20 and npm; what else is missing it gets, and says so. A failure
 * does not stop the rest. The last line sums up.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { needBrowser, needModules, root } from './needs.mjs';
import { hosts, prepareHost } from './prepareHost.mjs';

/** @typedef {{ passed: number, failed: number }} Counts */
/** @typedef {(data: Buffer) => void} Show where the output of a check goes */
/** @typedef {(show: Show) => Promise<Counts>} Check */

/** @param {boolean} good @returns {Counts} */
const one = good => (good ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });

const reports = join(root, '.vscode-test/reports');

/** A check that passes or fails as a whole. @type {(...args: string[]) => Check} */
const script =
  (...args) =>
  async show =>
    one((await npmRun(args, show)).code === 0);

/** @type {(project: string) => Check} of vitest.config.mts */
const vitest = project => async show => {
  const report = join(reports, `${project}.json`);
  rmSync(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { code } = await npmRun([`test:${project}`, '--', ...reporters], show);
  return vitestCounts(report, code);
};

/**
 * @param {string} report
 * @param {number} code
 * @returns {Counts}
 */
function vitestCounts(report, code) {
  try {
    const said = JSON.parse(readFileSync(report, 'utf8'));
    const counts = { passed: said.numPassedTests, failed: said.numFailedTests };
    // A file that cannot be loaded, or an error outside of all tests, fails no test by itself.
    if (code === 0 ? counts.passed > 0 : counts.failed > 0) return counts;
    return { ...counts, failed: counts.failed + 1 };
  } catch {
    return one(false);
  }
}

/** @type {(...args: string[]) => Check} of test/host/main.mjs */
const vscode =
  (...args) =>
  async show => {
    const { code, output } = await npmRun(['test:host', '--', ...args], show);
    const [, passed, failed] = /^(\d+) passed, (\d+) failed$/m.exec(output) ?? [];
    const counts = { passed: Number(passed ?? 0), failed: Number(failed ?? 0) };
    return code === 0 || counts.failed > 0 ? counts : { ...counts, failed: counts.failed + 1 };
  };

/**
 * One stage after another; within a stage its lanes side by side. What is quick and often wrong comes first, and the
 * package last, alone: how long it takes to activate is measured.
 * @type {readonly (readonly Record<string, Check>[])[]}
 */
const stages = [
  [
    {
      types: script('check-types'),
      lint: script('lint'),
      format: script('format'),
      build: script('build'),
    },
  ],
  [
    {
      'unit tests': vitest('unit'),
      'browser tests': vitest('browser'),
      'VS Code 1.139.1, Node extension host': vscode('1.139.1', 'node'),
    },
    {
      'VS Code 1.100.3, Node extension host': vscode('1.100.3', 'node'),
      'VS Code 1.100.3, web-worker extension host': vscode('1.100.3', 'web'),
    },
  ],
  [{ 'the package': script('package', '--', '--install') }],
];

/**
 * Runs a script of package.json; its output is shown and kept.
 * @param {string[]} args
 * @param {Show} show
 * @returns {Promise<{ code: number, output: string }>}
 */
function npmRun(args, show) {
  const child = spawn('npm', ['run', '--silent', ...args], {
    cwd: root,
    shell: process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stderr.on('data', show);
  child.stdout.on('data', data => {
    show(data);
    output += data;
  });
  return new Promise(resolve => {
    child.on('error', error => resolve({ code: 1, output: String(error) }));
    child.on('close', code => resolve({ code: code ?? 1, output }));
  });
}

/** Before the first check, so that none of them waits for the network. */
async function getWhatIsMissing() {
  await needModules();
  await needBrowser();
  for (const version of Object.keys(hosts)) await prepareHost(version);
}

/** @param {Result[]} results */
function summary(results) {
  for (const [name, { passed, failed, seconds }] of results) {
    const mark = failed === 0 ? '✓' : '✗';
    console.log(`${mark} ${name}: ${passed} passed, ${failed} failed (${seconds.toFixed(0)} s)`);
  }
}

/** @typedef {[name: string, result: Counts & { seconds: number }]} Result */

/**
 * Runs checks one after another.
 * @param {Record<string, Check>} checks
 * @param {boolean} alone their output is shown as it comes; side by side with others each waits for its end
 * @returns {Promise<Result[]>}
 */
async function runLane(checks, alone) {
  /** @type {Result[]} */
  const results = [];
  for (const [name, check] of Object.entries(checks)) {
    /** @type {Buffer[]} */
    const kept = [];
    const title = `\n— ${name}\n`;
    process.stdout.write(alone ? title : `· ${name} …\n`);
    const began = Date.now();
    const counts = await check(data => void (alone ? process.stdout.write(data) : kept.push(data)));
    if (!alone) process.stdout.write(Buffer.concat([Buffer.from(title), ...kept]));
    results.push([name, { ...counts, seconds: (Date.now() - began) / 1000 }]);
  }
  return results;
}

async function main() {
  await getWhatIsMissing();
  mkdirSync(reports, { recursive: true });
  /** @type {Result[]} */
  const results = [];
  for (const lanes of stages) {
    const ran = await Promise.all(lanes.map(lane => runLane(lane, lanes.length === 1)));
    results.push(...ran.flat());
  }
  console.log('');
  summary(results);
  const sum = (/** @type {keyof Counts} */ key) => results.reduce((n, [, r]) => n + r[key], 0);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
  if (sum('failed') > 0) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}
