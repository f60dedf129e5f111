/** The frames of the window: the workbench's own page, and webviews, which come and are replaced while one looks. */

/** @import { Target } from './messages' */
/** @import { Frame, Locator, Page } from 'playwright-core' */

/** How long one try on one frame may take; a webview may be replaced meanwhile, so we look again. */
export const oneTry = 1500;

/**
 * Listeners at what outlives every element (window, document, body), in all webviews, by name.
 * @param {Page} page
 * @returns {Promise<string[]>}
 */
export async function listeners(page) {
  const all = below(page).map(frame =>
    frame.evaluate('globalThis.countedListeners?.() ?? []').catch(() => []),
  );
  return (await Promise.all(all)).flat().sort();
}

/** VS Code's own frame around a webview's page. @param {Frame} frame */
const isAround = frame => frame.url().includes('/webview/browser/pre/index.html');

/** Where VS Code has the worker of extensions that run in the browser. @param {Frame} frame */
const isOfExtensions = frame => frame.url().includes('/webWorkerExtensionHostIframe.html');

/** How long every webview must have had its page, for another may be on its way; and how often we look. */
const settled = 200;
const look = 50;

/**
 * Whether every webview has a page by now, with all that belongs to it.
 * @param {Page} page
 */
export async function loads(page) {
  let since = Infinity;
  for (const end = Date.now() + 40_000; Date.now() < end; await wait(look)) {
    const outer = page.frames().filter(isAround);
    const all = await Promise.all(outer.map(hasPage));
    since = all.every(Boolean) ? Math.min(since, Date.now()) : Infinity;
    if (Date.now() - since >= settled) return true;
  }
  return false;
}

/** @param {Frame} outer @returns {Promise<boolean>} */
async function hasPage(outer) {
  const inner = outer.childFrames().find(frame => frame.url() !== '');
  if (!inner) return outer.isDetached();
  const state = inner.evaluate('document.readyState').catch(() => '');
  return (await Promise.race([state, wait(oneTry)])) === 'complete';
}

/**
 * The element, in the workbench or in the first webview that shows it.
 * @param {Page} page
 * @param {Target} target
 * @returns {Promise<Locator | undefined>}
 */
export async function find(page, { frame, selector, nth = 0 }) {
  const places = framesOf(page, frame);
  for (const candidate of places) {
    const element = candidate.locator(selector).nth(nth);
    if (await inTime(element.isVisible(), false)) return element;
  }
  for (const candidate of places)
    if ((await countIn(candidate, selector)) > nth) return candidate.locator(selector).nth(nth);
  return undefined;
}

/**
 * Around a webview's page and around its worker of extensions VS Code has frames of its own, in which nobody sees a thing.
 * @param {Page} page
 * @param {Target['frame']} kind
 * @returns {Frame[]}
 */
function framesOf(page, kind) {
  if (kind === 'page') return [page.mainFrame()];
  return below(page).filter(frame => !isAround(frame) && !isOfExtensions(frame));
}

/** @param {Page} page @returns {Frame[]} all but its own */
const below = page =>
  page.frames().filter(frame => frame !== page.mainFrame() && !frame.isDetached());

/** @param {Page} page @param {Omit<Target, 'nth'>} target */
export async function count(page, { frame, selector }) {
  let sum = 0;
  for (const candidate of framesOf(page, frame)) sum += await countIn(candidate, selector);
  return sum;
}

/** A frame that goes away while we look has nothing. @param {Frame} frame @param {string} selector */
const countIn = (frame, selector) => inTime(frame.locator(selector).count(), 0);

/**
 * What is asked of a frame; one that goes away meanwhile, or is not there yet, says nothing.
 * @template T
 * @param {Promise<T>} answer
 * @param {T} none
 * @returns {Promise<T>}
 */
function inTime(answer, none) {
  return Promise.race([answer.catch(() => none), wait(oneTry).then(() => none)]);
}

/** @param {number} milliseconds @returns {Promise<void>} */
export function wait(milliseconds) {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}
