/**
 * Everything that must hold: `npm test`. Needs Node 20 and npm; what else is missing it gets, and says so. A failure
 * does not stop the rest. The last line sums up.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { needBrowser, needModules, root } from './needs.mjs';
import { hosts, prepareHost } from './prepareHost.mjs';
import { filesToTry, isFew, onlyFiles, together } from './secondTry.mjs';

/** @import { Counts, Tried } from './secondTry.mjs' */

/** @typedef {(data: Buffer) => void} Show where the output of a check goes */
/** @typedef {(show: Show) => Promise<Counts & { again?: Check }>} Check `again` tries what failed once more, alone */

/** @param {boolean} good @returns {Counts} */
const one = good => (good ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });

const reports = join(root, '.vscode-test/reports');

/** A check that passes or fails as a whole. @type {(...args: string[]) => Check} */
const script =
  (...args) =>
  async show =>
    one((await npmRun(args, show)).code === 0);

/** @type {(project: string, ...files: string[]) => Check} of vitest.config.mts */
const vitest =
  (project, ...files) =>
  async show => {
    const report = join(reports, `${project}.json`);
    rmSync(report, { force: true });
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const { code } = await npmRun([`test:${project}`, '--', ...reporters, ...files], show);
    const { failedFiles = [], ...counts } = vitestCounts(report, code);
    // What no page is waited for does not depend on how busy the machine is.
    const again = project === 'browser' && isFew(failedFiles) && vitest(project, ...failedFiles);
    return { ...counts, again: again || undefined };
  };

/** @typedef {{ status: string, fullName: string, failureMessages: string[] }} VitestTest */
/** @typedef {{ name: string, status: string, assertionResults: VitestTest[] }} VitestFile */

/**
 * @param {string} report
 * @param {number} code
 * @returns {Counts & { failedFiles?: string[] }}
 */
function vitestCounts(report, code) {
  try {
    const said = JSON.parse(readFileSync(report, 'utf8'));
    const tests = said.testResults.flatMap(
      (/** @type {VitestFile} */ file) => file.assertionResults,
    );
    const failed = tests.filter((/** @type {VitestTest} */ { status }) => status === 'failed');
    const names = failed.map(
      (/** @type {VitestTest} */ { fullName, failureMessages: [said = ''] }) =>
        `${fullName}\n        ${said.split('\n')[0]}`,
    );
    const failedFiles = said.testResults
      .filter((/** @type {VitestFile} */ { status }) => status === 'failed')
      .map((/** @type {VitestFile} */ { name }) => relative(root, name));
    const counts = { passed: said.numPassedTests, failed: said.numFailedTests, names, failedFiles };
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
    const names = [...output.matchAll(/^ *✗ (.*)\n *(.*)$/gm)].map(
      ([, name, said]) => `${name}\n        ${said}`,
    );
    const counts = { passed: Number(passed ?? 0), failed: Number(failed ?? 0), names };
    const files = code === 0 ? undefined : filesToTry(output);
    const again = files ? vscode(...onlyFiles(args, files)) : undefined;
    const silent = code !== 0 && counts.failed === 0;
    return { ...counts, failed: counts.failed + Number(silent), again };
  };

/** What is said is tried in both languages; what is done, once: a whole run in Chinese is a job of its own in ci.yml. */
const chinese = ['--locale', 'zh-cn'];

/**
 * One stage after another; within a stage its checks one after another in each of its lanes, side by side, the longest
 * first. What is quick and often wrong comes first; last, with nothing beside it, how long activating takes is measured.
 * @type {readonly { lanes: number, checks: Record<string, Check> }[]}
 */
const stages = [
  {
    lanes: 2,
    checks: {
      lint: script('lint'),
      types: script('check-types'),
      format: script('format'),
      // As in the package: what people have is what the windows are tested with.
      build: script('build', '--', '--production'),
    },
  },
  {
    // Whoever waits for a window keeps less than a core busy.
    lanes: 3,
    checks: {
      'browser tests': vitest('browser'),
      'VS Code 1.100.3, Node extension host': vscode('1.100.3', 'node'),
      'VS Code 1.100.3, web-worker extension host': vscode('1.100.3', 'web'),
      'VS Code 1.139.1, Node extension host': vscode('1.139.1', 'node'),
      'unit tests': vitest('unit'),
      'VS Code 1.100.3, in Chinese': vscode('1.100.3', 'node', ...chinese, '--words'),
      'the walkthrough, in fresh windows': vscode('--file', 'walkthrough'),
      'the walkthrough in Chinese': vscode('1.100.3', 'node', ...chinese, '--file', 'walkthrough'),
    },
  },
  {
    lanes: 1,
    checks: {
      'activation, alone': vscode('--file', 'activation'),
      'the package': script('package', '--', '--install'),
    },
  },
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
  for (const [name, { passed, failed, seconds, names = [], late = [] }] of results) {
    const mark = failed === 0 ? '✓' : '✗';
    console.log(`${mark} ${name}: ${passed} passed, ${failed} failed (${seconds.toFixed(0)} s)`);
    for (const test of names) console.log(`    ✗ ${test}`);
    for (const test of late) console.log(`    ~ passed at the second try, alone: ${test}`);
  }
}

/** @typedef {[name: string, result: Tried & { seconds: number, again?: Check }]} Result */

/**
 * Runs checks one after another, until none is left.
 * @param {[name: string, check: Check][]} waiting shared by the lanes of a stage
 * @param {boolean} alone their output is shown as it comes; side by side with others each waits for its end
 * @returns {Promise<Result[]>}
 */
async function runLane(waiting, alone) {
  /** @type {Result[]} */
  const results = [];
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const [name, check] = next;
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

/**
 * Tries once more what failed in a window, one after another, with nothing beside it.
 * @param {Result[]} results
 */
async function tryAgain(results) {
  for (const result of results) {
    const [name, first] = result;
    if (!first.again) continue;
    process.stdout.write(`\n— ${name}: what failed, once more\n`);
    const second = await first.again(data => void process.stdout.write(data));
    result[1] = { ...together(first, second), seconds: first.seconds };
  }
}

async function main() {
  await getWhatIsMissing();
  mkdirSync(reports, { recursive: true });
  /** @type {Result[]} */
  const results = [];
  for (const { lanes, checks } of stages) {
    const waiting = Object.entries(checks);
    const running = Array.from({ length: lanes }, () => runLane(waiting, lanes === 1));
    results.push(...(await Promise.all(running)).flat());
  }
  await tryAgain(results);
  console.log('');
  summary(results);
  const sum = (/** @type {'passed' | 'failed'} */ key) =>
    results.reduce((n, [, r]) => n + r[key], 0);
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
