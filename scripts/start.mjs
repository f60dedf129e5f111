/**
 * Opens the examples in VS Code with this extension loaded. Needs Node 20 and npm; the rest it gets.
 *
 *     npm start                  in your VS Code if `code` is on the PATH, else in one in the browser
 *     npm start -- --browser     in the browser in any case
 *     npm start -- --no-open     prints the address, for a machine without a screen
 *     npm start -- --fresh       puts the examples back as they were
 *     npm start -- --smoke       looks by itself whether the designer draws, then ends
 *
 * The examples are copied to `.nabla-examples`, which git ignores: what you train there stays there.
 */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pathBeside, startServer, workbenchAddress } from './hostServer.mjs';
import { mustRun, needBrowser, needModules, onPath, root, run, say } from './needs.mjs';
import { floorVersion, prepareHost } from './prepareHost.mjs';

const examples = join(root, '.nabla-examples');

/** The README of the examples says where to begin. */
const settings = { 'workbench.startupEditor': 'readme' };

const { values } = parseArgs({
  options: {
    browser: { type: 'boolean', default: false },
    fresh: { type: 'boolean', default: false },
    'no-open': { type: 'boolean', default: false },
    smoke: { type: 'boolean', default: false },
  },
});

/** @returns {Promise<number>} the exit code */
async function main() {
  await needModules();
  say('building the extension into dist');
  await mustRun('The build', process.execPath, ['esbuild.mjs'], { show: true });
  if (values.fresh) rmSync(examples, { recursive: true, force: true });
  cpSync(join(root, 'media/examples'), examples, { recursive: true, force: false });
  say('the examples are in .nabla-examples (npm start -- --fresh puts them back as they were)');
  const code = values.browser || values.smoke || values['no-open'] ? undefined : onPath('code');
  return code ? openDesktop(code) : openServer();
}

/** @param {string} code the program */
async function openDesktop(code) {
  say(`opening ${code}`);
  const args = [`--extensionDevelopmentPath=${root}`, '--new-window', examples];
  return (await run(code, args, { show: true })).code;
}

async function openServer() {
  if (process.platform === 'win32') {
    throw new Error('On Windows, npm start needs VS Code with its command `code` on the PATH.');
  }
  const host = await prepareHost(floorVersion);
  const profile = join(root, '.vscode-host/profile');
  // From here on we have something to end: no signal may pass unheard.
  const end = interrupted();
  const server = await startServer({ host, profile, settings, isPersonal: true });
  const extension = pathBeside(profile, root);
  const address = workbenchAddress(server, { folder: examples, extension });
  try {
    if (values.smoke) return await Promise.race([lookAt(address), end.then(() => 130)]);
    console.log(`\nVS Code ${host.version} with Nabla, for this machine only:\n\n  ${address}\n`);
    if (!values['no-open']) await openBrowser(address);
    console.log('Ctrl+C ends it.');
    await end;
    return 0;
  } finally {
    await server.stop();
  }
}

/** Where there is a screen and a program that knows the browser. @param {string} address */
async function openBrowser(address) {
  const screen =
    process.platform === 'darwin' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  const opener = onPath(process.platform === 'darwin' ? 'open' : 'xdg-open');
  if (screen && opener) await run(opener, [address]);
  else console.log('This machine has no screen: open the address in a browser on it.');
}

/** @returns {Promise<void>} at Ctrl+C, or when we are told to end */
function interrupted() {
  return new Promise(resolve => {
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
      process.once(signal, () => resolve());
    }
  });
}

/**
 * What a person does first: opens a network, and sees it.
 * @param {string} address
 * @returns {Promise<number>} the exit code
 */
async function lookAt(address) {
  const { chromium } = await import('playwright-core');
  const executablePath = await needBrowser();
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(address);
    const file = page.locator('.explorer-folders-view [aria-label^="iris.nn.json"]');
    await file.waitFor({ timeout: 60_000 });
    let drawn = false;
    // A window that is still starting may open its README over the network, or the network as text.
    for (let attempt = 0; attempt < 4 && !drawn; attempt++) {
      await page.keyboard.press('Control+K');
      await page.keyboard.press('Control+W');
      await file.dblclick();
      drawn = await neuronAppears(page, 15_000);
    }
    console.log(drawn ? 'The designer draws iris.nn.json.' : 'The designer shows no network.');
    return drawn ? 0 : 1;
  } finally {
    await browser.close();
  }
}

/** @param {import('playwright-core').Page} page @param {number} milliseconds */
async function neuronAppears(page, milliseconds) {
  const deadline = Date.now() + milliseconds;
  while (Date.now() < deadline) {
    for (const frame of page.frames()) {
      const neuron = frame.locator('[data-testid="neuron-0-0"]');
      if (await neuron.isVisible().catch(() => false)) return true;
    }
    await new Promise(resolve => setTimeout(resolve, 200));
  }
  return false;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
