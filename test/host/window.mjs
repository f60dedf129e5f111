/** The window under test, driven from outside over Chromium's debugging port: pointer, keys and eyes. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { connect, endBrowser, workbenchPage } from './connection.mjs';
import { countListeners, middleOfText, pointOnStroke } from './inPage.mjs';
import { heldBy } from './pageHeld.mjs';
import { Press, drag, pointAt, wheel } from './pointer.mjs';

/** @import { Action, Target } from './messages' */
/** @import { Frame, Locator, Page } from 'playwright-core' */

/** How Chromium begins to tell of a breach, whatever was refused. */
const breach = 'violates the following Content Security Policy directive';

/** How long one try on one frame may take; a webview may be replaced meanwhile, so we look again. */
const oneTry = 1500;

/** The same of a click: what was pressed, but not answered in time, would be pressed once more. */
const oneClick = 5_000;

/**
 * @typedef {object} Window
 * @property {(action: Action) => Promise<unknown>} act
 * @property {() => Promise<void>} close lets go of the browser, without ending it
 * @property {() => Promise<void>} end ends the browser
 */

/**
 * Waits for the browser and its workbench.
 * @param {number} port Chromium's debugging port
 * @param {string} shots folder for screenshots
 * @param {() => boolean} given whether to give up
 * @returns {Promise<Window>}
 */
export async function openWindow(port, shots, given) {
  const browser = await connect(port, given);
  const page = await workbenchPage(browser, given);
  /** @type {string[]} */
  const violations = [];
  page.on('console', message => {
    if (message.text().includes(breach)) violations.push(message.text());
  });
  // For the webviews that are opened from now on.
  await page.context().addInitScript(countListeners);
  /** @type {string[]} */
  const errors = [];
  page.on('pageerror', error => errors.push(error.stack ?? error.message));
  const press = new Press(page, await page.context().newCDPSession(page));
  return {
    act: action => perform({ page, press, shots, violations, errors }, action),
    close: () => browser.close(),
    end: () => endBrowser(browser),
  };
}

/**
 * @typedef {object} Scene
 * @property {Page} page
 * @property {Press} press
 * @property {string} shots
 * @property {string[]} violations
 * @property {string[]} errors
 */

/** @param {Scene} scene @param {Action} action @returns {Promise<unknown>} */
async function perform(scene, action) {
  if ('on' in action && action.on) return onTarget(scene, action, action.on);
  return onWindow(scene, action);
}

/** Gestures and looks that need no element. @param {Scene} scene @param {Action} action */
async function onWindow({ page, press, shots, violations, errors }, action) {
  switch (action.do) {
    case 'press':
      return page.keyboard.press(action.key);
    case 'type':
      return page.keyboard.type(action.text, { delay: 10 });
    case 'moveAway':
      return page.mouse.move(1, 1);
    case 'release':
      return press.up();
    case 'clickHere':
      for (let clickCount = 1; clickCount <= action.count; clickCount++) {
        await page.mouse.down({ clickCount });
        await page.mouse.up({ clickCount });
      }
      return undefined;
    case 'reload':
      await page.reload({ waitUntil: 'commit' });
      return undefined;
    case 'resize':
      return page.setViewportSize(action);
    case 'violations':
      return action.forget ? violations.splice(0) : violations;
    case 'errors':
      return errors;
    case 'listeners':
      return listeners(page);
    case 'held':
      return heldBy(page);
    case 'loads':
      return loads(page);
    case 'screenshot':
      await page.screenshot({ path: await shotPath(shots, action.name) });
      return undefined;
    default:
      throw new Error(`"${action.do}" needs an element to act on.`);
  }
}

/**
 * Listeners at what outlives every element (window, document, body), in all webviews, by name.
 * @param {Page} page
 * @returns {Promise<string[]>}
 */
async function listeners(page) {
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
async function loads(page) {
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
 * Tries until it works or the time is over: elements come, and webviews are replaced.
 * @param {Scene} scene
 * @param {Action} action
 * @param {Target} target
 */
async function onTarget(scene, action, target) {
  if (action.do === 'count') return count(scene.page, target);
  const deadline = Date.now() + (action.seconds ?? 15) * 1000;
  /** @type {unknown} */
  let failure = new Error('there is no such element');
  do {
    try {
      const element = await find(scene.page, target);
      if (action.do === 'wait' && action.until === 'gone') {
        if (!element || !(await element.isVisible())) return undefined;
        failure = new Error('it is still there');
      } else if (element) return await touch(scene, action, element);
    } catch (error) {
      failure = error;
    }
    await wait(100);
  } while (Date.now() < deadline);
  throw new Error(`${action.do} on ${target.selector} (${target.frame}): ${reason(failure)}`);
}

/** @param {unknown} failure */
function reason(failure) {
  const text = failure instanceof Error ? failure.message : String(failure);
  return text.split('\n').slice(0, 12).join(' | ');
}

/**
 * @typedef {{ [K in Action['do']]?: (
 *   element: Locator, action: Extract<Action, { do: K }>, scene: Scene) => Promise<unknown> }} Touches
 */

const options = { timeout: oneTry };

/** What each gesture or look does once the element is there. @type {Touches} */
const touches = {
  click: (element, { button, count: clickCount, modifiers }) =>
    element.click({ timeout: oneClick, button, clickCount, modifiers }),
  hover: (element, { at }) => element.hover({ ...options, position: at }),
  hoverStroke: async (element, { fraction }, { page }) =>
    pointAt(page, element, await element.evaluate(pointOnStroke, fraction)),
  hoverText: async (element, { text, occurrence }, { page }) =>
    pointAt(page, element, await element.evaluate(middleOfText, { text, occurrence })),
  drag: async (element, action, scene) => {
    const to = 'selector' in action.to ? await find(scene.page, action.to) : action.to;
    return drag(scene, element, to, action);
  },
  wheel: (element, action, { page }) => wheel(page, element, action),
  fill: (element, { text }) => element.fill(text, options),
  focus: element => element.focus(options),
  press: (element, { key }) => element.press(key, options),
  wait: element => element.waitFor({ ...options, state: 'visible' }),
  text: element => element.innerText(options),
  attribute: (element, { name }) => element.getAttribute(name, options),
  box: element => element.boundingBox(options),
  // The function's text is sent into the page, so it may be made here of a suite's words.
  evaluate: (element, { expression }) =>
    element.evaluate(
      /** @type {(element: Element) => unknown} */ (
        new Function('element', `return (${expression});`)
      ),
    ),
  screenshot: async (element, { name }, { shots }) => {
    await element.screenshot({ ...options, path: await shotPath(shots, name) });
  },
};

/** @param {Scene} scene @param {Action} action @param {Locator} element @returns {Promise<unknown>} */
async function touch(scene, action, element) {
  const perform = /** @type {((...given: unknown[]) => Promise<unknown>) | undefined} */ (
    touches[action.do]
  );
  if (!perform) throw new Error(`"${action.do}" does not act on an element.`);
  return perform(element, action, scene);
}

/**
 * The element, in the workbench or in the first webview that shows it.
 * @param {Page} page
 * @param {Target} target
 * @returns {Promise<Locator | undefined>}
 */
async function find(page, { frame, selector, nth = 0 }) {
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
async function count(page, { frame, selector }) {
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

/** @param {string} folder @param {string} name */
async function shotPath(folder, name) {
  if (!/^[\w.-]+$/.test(name)) throw new Error(`"${name}" is not a plain file name.`);
  await mkdir(folder, { recursive: true });
  return join(folder, `${name}.png`);
}

/** @param {number} milliseconds @returns {Promise<void>} */
function wait(milliseconds) {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}
