/** The browser under test, found over its debugging port, and the page in it that is VS Code. */
import { chromium } from 'playwright-core';
import { unpacked } from './plain.mjs';

/** @import { Browser } from 'playwright-core' */

/** @param {number} port @param {() => boolean} given @returns {Promise<Browser>} */
export async function connect(port, given) {
  const way = await unpacked(port);
  for (;;) {
    try {
      return await chromium.connectOverCDP(`http://127.0.0.1:${way}`, { timeout: 5000 });
    } catch (error) {
      if (given()) throw error;
      await wait(200);
    }
  }
}

/** @param {Browser} browser @param {() => boolean} given */
export async function workbenchPage(browser, given) {
  for (;;) {
    const page = browser
      .contexts()
      .flatMap(context => context.pages())
      .find(candidate => /workbench|127\.0\.0\.1/.test(candidate.url()));
    if (page) return page;
    if (given()) throw new Error('The browser shows no workbench.');
    await wait(100);
  }
}

/** It ends for whoever has started it, too: to close a connection only lets go. @param {Browser} browser */
export async function endBrowser(browser) {
  await (await browser.newBrowserCDPSession()).send('Browser.close');
}

/** @param {number} milliseconds @returns {Promise<void>} */
function wait(milliseconds) {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}
