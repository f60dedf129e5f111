/** The launcher's ear: answers a suite that runs inside VS Code (messages.ts). */
import { spawn } from 'node:child_process';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { basename, join, relative } from 'node:path';
import { root } from '../../scripts/needs.mjs';
import { needDigits } from '../bench/mnist.mjs';
import { openWindow } from './window.mjs';
import { Windows } from './windows.mjs';

/** @import { Action, Answer, CommandResult, Report, Requests, Stage, TestOutcome } from './messages' */

/**
 * @typedef {object} BridgeOptions
 * @property {number} debuggingPort of the browser under test
 * @property {string} workspace
 * @property {string} shots folder for screenshots
 * @property {string} kept folder for files that a suite leaves to the person
 * @property {(outcome: TestOutcome) => void} tested
 * @property {(bridge: string, stage?: Stage) => Promise<void>} leave an errand, for the first window and for those after it
 */

/**
 * @typedef {object} Bridge
 * @property {() => Report | undefined} report what the suites said at their end, in all windows together
 * @property {() => string | undefined} problem what went wrong between two windows
 * @property {() => Promise<void>} close
 */

/** @param {BridgeOptions} options @returns {Promise<Bridge>} */
export async function openBridge({ debuggingPort, workspace, shots, kept, tested, leave }) {
  let closing = false;
  // From the start, so that nothing a webview says is missed.
  const window = openWindow(debuggingPort, shots, () => closing);
  window.catch(() => undefined);
  const windows = new Windows(leave, async () => (await window).end());

  /** @type {{ [K in keyof Requests]: (ask: Requests[K]['ask']) => Promise<unknown> }} */
  const answers = {
    act: async action => (await window).act(action),
    cli: ({ args }) => commandLine(args, workspace),
    example: ({ name }) => readFile(join(root, 'media/examples', basename(name)), 'utf8'),
    digits: async () => cp(await needDigits(), join(workspace, 'mnist'), { recursive: true }),
    keep: file => keepFile(kept, file),
    say: async ({ line }) => console.log(`    ${line}`),
    tested: async outcome => {
      tested(outcome);
      if (outcome.state === 'failed') await (await window).act(pictureOf(outcome)).catch(() => {});
    },
    reload: async ({ stage, soFar }) => {
      await windows.expect(stage, soFar);
      if (stage.by === 'page') await (await window).act({ do: 'reload' });
      if (stage.by === 'crash') await (await window).act({ do: 'crash' });
    },
    report: async said => windows.end(said),
  };
  const server = serve(windows, answers);
  await new Promise(listening => server.listen(0, '127.0.0.1', () => listening(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  await windows.open(`http://127.0.0.1:${port}`);
  return {
    report: () => windows.report,
    problem: () => windows.problem,
    async close() {
      closing = true;
      windows.close();
      server.closeAllConnections();
      await new Promise(closed => server.close(closed));
      await window.then(opened => opened.close()).catch(() => undefined);
    },
  };
}

/** What the window shows when a test has failed, among the screenshots. @param {TestOutcome} outcome @returns {Action} */
function pictureOf({ name }) {
  return { do: 'screenshot', name: `failed-${name.replace(/[^a-z0-9]+/gi, '-').slice(0, 80)}` };
}

/** @param {string} folder @param {Requests['keep']['ask']} file */
async function keepFile(folder, { name, text }) {
  const path = join(folder, basename(name));
  await mkdir(folder, { recursive: true });
  await writeFile(path, text);
  return relative(root, path);
}

/**
 * JSON in, JSON out, open to every origin: a web-worker extension host has one of its own.
 * @param {Windows} windows
 * @param {Record<string, (ask: any) => Promise<unknown>>} answers
 */
function serve(windows, answers) {
  return createServer(async (request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Access-Control-Allow-Headers', 'content-type');
    const name = windows.asked(request.url ?? '');
    const answer = Object.hasOwn(answers, name) ? answers[name] : undefined;
    if (request.method !== 'POST' || !answer) {
      response.writeHead(request.method === 'OPTIONS' ? 204 : 404).end();
      return;
    }
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(await settle(request, answer)));
  });
}

/**
 * @param {AsyncIterable<Buffer>} request
 * @param {(ask: unknown) => Promise<unknown>} answer
 * @returns {Promise<Answer>}
 */
async function settle(request, answer) {
  try {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    return { value: (await answer(JSON.parse(Buffer.concat(chunks).toString('utf8')))) ?? null };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * @param {readonly string[]} args
 * @param {string} cwd
 * @returns {Promise<CommandResult>}
 */
function commandLine(args, cwd) {
  const child = spawn(process.execPath, [join(root, 'dist/cli.js'), ...args], { cwd });
  const result = { code: 1, stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', text => (result.stdout += text));
  child.stderr.setEncoding('utf8').on('data', text => (result.stderr += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', code => resolve({ ...result, code: code ?? 1 }));
  });
}
