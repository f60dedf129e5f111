#!/usr/bin/env node
/**
 * Stands in for the desktop program that `@vscode/test-electron` starts: VS Code's real server and workbench
 * (scripts/prepareHost.mjs) in a headless Chromium. The same arguments in, the same exit code out.
 *
 *     VSCODE_SHIM_VERSION     of VS Code, one that prepareHost knows
 *     VSCODE_SHIM_LOG         file for what server, workbench and extension host say
 *     VSCODE_SHIM_SCREENSHOT  PNG file, written when a run fails
 *     VSCODE_SHIM_SECONDS     a run that takes longer ends with exit code 124 (default 1500)
 */
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { chromium } from 'playwright-core';
import { pathBeside, startServer, workbenchAddress } from '../../scripts/hostServer.mjs';
import { needBrowser } from '../../scripts/needs.mjs';
import { floorVersion, prepareHost } from '../../scripts/prepareHost.mjs';

const { VSCODE_SHIM_VERSION, VSCODE_SHIM_LOG, VSCODE_SHIM_SCREENSHOT, VSCODE_SHIM_SECONDS } =
  process.env;

const { options, places } = readArguments(process.argv.slice(2));
const profile = mkdtempSync(join(tmpdir(), 'nabla-vscode-'));
const log = createWriteStream(VSCODE_SHIM_LOG ?? join(profile, 'log.txt'));

/** @type {import('../../scripts/hostServer.mjs').Server | undefined} */
let server;
/** @type {import('playwright-core').Browser | undefined} */
let browser;
/** @type {import('playwright-core').Page | undefined} */
let page;
let ending = false;

/**
 * Ends everything that was started, then this program.
 * @param {number} code
 * @param {string} [why] for the person who reads a failed run
 */
async function end(code, why) {
  if (ending) return;
  ending = true;
  if (why) console.error(`VS Code ${VSCODE_SHIM_VERSION}: ${why}`);
  if (code !== 0 && VSCODE_SHIM_SCREENSHOT) {
    await page?.screenshot({ path: VSCODE_SHIM_SCREENSHOT, timeout: 3000 }).catch(() => undefined);
  }
  await Promise.race([browser?.close().catch(() => undefined), wait(3000)]);
  await server?.stop();
  await new Promise(done => log.end(done));
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  process.exit(code);
}

const wait = (/** @type {number} */ milliseconds) => new Promise(r => setTimeout(r, milliseconds));

/**
 * `--name=value` and `--name` become options, the rest places to open.
 * @param {readonly string[]} given
 */
function readArguments(given) {
  /** @type {Map<string, string[]>} */
  const options = new Map();
  const places = [];
  for (const argument of given) {
    const [, name, value = ''] = /^--([^=]+)(?:=(.*))?$/s.exec(argument) ?? [];
    if (name === undefined) places.push(argument);
    else options.set(name, [...(options.get(name) ?? []), value]);
  }
  return { options, places };
}

/** How often the workbench was loaded, and how many extension hosts have gone. */
const counts = { loaded: 0, gone: 0 };

/** @param {string} text of the server */
function hear(text) {
  log.write(text);
  for (const [, code, signal] of text.matchAll(
    /Extension Host Process exited with code: (\S+), signal: (\S+?)\./g,
  )) {
    counts.gone++;
    // One goes with each workbench that a suite has had reloaded. At the end of a run it also goes; by then the
    // workbench has told us the result.
    setTimeout(() => {
      if (counts.gone >= counts.loaded) end(1, `the extension host died (${code}, ${signal})`);
    }, 3000).unref();
  }
}

async function openBrowser() {
  const port = options.get('remote-debugging-port')?.[0];
  browser = await chromium.launch({
    executablePath: await needBrowser(),
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
      ...['--disable-background-networking', '--disable-component-update'],
      ...(port ? [`--remote-debugging-port=${port}`] : []),
    ],
  });
  // As the launcher does when it gives up.
  browser.on('disconnected', () => end(1, 'the browser was closed'));
  const locale = options.get('locale')?.[0];
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale });
  if (locale) await context.addInitScript(speak, locale);
  return context;
}

/**
 * @param {import('playwright-core').BrowserContext} context
 * @param {string} address of the workbench
 */
async function openWorkbench(context, address) {
  const workbench = await context.newPage();
  page = workbench;
  workbench.on('pageerror', error => log.write(`[page error] ${error.message}\n`));
  workbench.on('crash', () => void afterCrash(context, address));
  workbench.on('framenavigated', frame => {
    if (frame === workbench.mainFrame()) counts.loaded++;
  });
  // The workbench looks for these two on its page: every line of its log, and the result of the tests.
  await workbench.exposeFunction(
    'codeAutomationLog',
    (/** @type {string} */ type, /** @type {unknown[]} */ a) =>
      log.write(
        `[${type}] ${a.map(x => (typeof x === 'string' ? x : JSON.stringify(x))).join(' ')}\n`,
      ),
  );
  await workbench.exposeFunction('codeAutomationExit', (/** @type {number} */ code) => end(code));
  await workbench.goto(address);
}

/** The stage of a suite that began with a crash; there is one crash for each. @type {number | undefined} */
let crashed;

/**
 * A suite may want its window to crash; then another is opened, as a person would.
 * @param {import('playwright-core').BrowserContext} context
 * @param {string} address of the workbench
 */
async function afterCrash(context, address) {
  const errand = await readFile(join(places[0], '.nabla-test.json'), 'utf8').catch(() => '{}');
  const { stage } = JSON.parse(errand);
  if (stage?.by !== 'crash' || stage.number === crashed) return end(1, 'the page crashed');
  crashed = stage.number;
  await openWorkbench(context, address).catch(error => end(1, String(error?.stack ?? error)));
}

/**
 * Runs in the page before VS Code: there are no language packs, so it stays English, but extensions read
 * this name and take their own words in that language.
 * @param {string} language
 */
function speak(language) {
  const fixed = { get: () => language, set: () => undefined };
  Object.defineProperty(globalThis, '_VSCODE_NLS_LANGUAGE', fixed);
}

/**
 * `--extensionDevelopmentKind=web` of desktop VS Code has no effect in the browser's workbench; there a setting
 * moves the extension, with its `browser` entry, into the web-worker extension host.
 */
async function kindSettings() {
  const [extension] = options.get('extensionDevelopmentPath') ?? [];
  if (!extension || options.get('extensionDevelopmentKind')?.[0] !== 'web') return {};
  const { publisher, name } = JSON.parse(await readFile(join(extension, 'package.json'), 'utf8'));
  return { 'remote.extensionKind': { [`${publisher}.${name}`]: ['web'] } };
}

async function main() {
  const host = await prepareHost(VSCODE_SHIM_VERSION ?? floorVersion);
  const userData = options.get('user-data-dir')?.[0];
  const extensions = options.get('extensions-dir')?.[0];
  const settings = { 'files.exclude': { '.nabla-test.json': true }, ...(await kindSettings()) };
  server = await startServer({ host, profile, userData, extensions, settings, log: hear });
  const address = workbenchAddress(server, { folder: places[0], ...whatToLoad() });
  await openWorkbench(await openBrowser(), address);
}

/** The extension and, inside it, the tests. */
function whatToLoad() {
  const [extension] = options.get('extensionDevelopmentPath') ?? [];
  const [tests] = options.get('extensionTestsPath') ?? [];
  if (!extension) return {};
  const link = pathBeside(profile, extension);
  return { extension: link, tests: tests && join(link, relative(extension, tests)) };
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => end(130, `ended by ${signal}`));
}
const seconds = Number(VSCODE_SHIM_SECONDS ?? 1500);
setTimeout(() => end(124, `no result within ${seconds} seconds`), seconds * 1000).unref();
main().catch(error => end(1, String(error?.stack ?? error)));
