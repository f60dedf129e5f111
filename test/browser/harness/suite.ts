/**
 * One Chromium for a file of tests and one page a test. Importing this is all: the browser starts before
 * the first test, and after each one the page must have kept to its content security policy.
 */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { byId, harness } from './actions';
import { DesignerBrowser, type OpenOptions } from './browser';

/** The page that was opened last. */
export let page: Page;

let browser: DesignerBrowser;

beforeAll(async () => {
  browser = await DesignerBrowser.start();
});
afterAll(() => browser.stop());

/** Opens a page, whatever it will show. */
export async function openBare(options: OpenOptions = {}): Promise<void> {
  page = await browser.open(options);
}

/** Opens a page and waits for its network and for the bars around it, which are drawn after it. */
export async function open(options: OpenOptions = {}): Promise<void> {
  await openBare(options);
  await byId(page, 'neuron-0-0').waitFor();
  await byId(page, 'status').waitFor({ state: 'attached' });
}

afterEach(async () => {
  const violations = await harness(page, ({ violations: found }) => found);
  await page.context().close();
  expect(violations).toEqual([]);
});
