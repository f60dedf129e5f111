/**
 * One page a test, in the one Chromium of whoever runs the file (`setup.ts`).
 */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { byId, harness } from './actions';
import { DesignerBrowser, type OpenOptions } from './browser';

/** The page that was opened last. */
export let page: Page;

let browser: Promise<DesignerBrowser> | undefined;

/** The browser, which starts before the first test of all files and ends with the process that runs them. */
export function started(): Promise<DesignerBrowser> {
  browser ??= DesignerBrowser.start({ together: true });
  return browser;
}

/** Opens a page, whatever it will show. */
export async function openBare(options: OpenOptions = {}): Promise<void> {
  page = await (await started()).open(options);
}

/** Opens a page and waits for its network and for the bars around it, which are drawn after it. */
export async function open(options: OpenOptions = {}): Promise<void> {
  await openBare(options);
  await byId(page, 'neuron-0-0').waitFor();
  await byId(page, 'status').waitFor({ state: 'attached' });
}

/** The page must have kept to its content security policy. */
export async function close(): Promise<void> {
  const violations = await harness(page, ({ violations: found }) => found);
  await page.close();
  expect(violations).toEqual([]);
}
