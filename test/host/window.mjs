/** The window under test, driven from outside over Chromium's debugging port: pointer, keys and eyes. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { connect, endBrowser, workbenchPage } from './connection.mjs';
import { count, find, listeners, loads, oneTry, wait } from './frames.mjs';
import { countListeners, middleOfText, pointOnStroke } from './inPage.mjs';
import { thrownAround } from './judge.mjs';
import { heldBy } from './pageHeld.mjs';
import { Press, drag, pointAt, wheel } from './pointer.mjs';

/** @import { Action, Target } from './messages' */
/** @import { Locator, Page } from 'playwright-core' */

/** How Chromium begins to tell of a breach, whatever was refused. */
const breach = 'violates the following Content Security Policy directive';

/** How long a click may take, longer than a look: what was pressed, but not answered in time, would be pressed once more. */
const oneClick = 5_000;

/** How long the next window may be away after a crash. */
const NEXT = 30_000;

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
  // For the webviews that are opened from now on.
  await page.context().addInitScript(countListeners);
  const scene = { shots, violations: [], errors: [], ...(await lookAt(page)) };
  listen(scene);
  return {
    act: action => perform(scene, action),
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

/** @param {Page} page */
const lookAt = async page => ({
  page,
  press: new Press(page, await page.context().newCDPSession(page)),
});

/** To what its page says from now on. @param {Scene} scene */
function listen({ page, violations, errors }) {
  page.on('console', message => {
    if (message.text().includes(breach)) violations.push(message.text());
  });
  page.on('pageerror', error => {
    const thrown = error.stack ?? error.message;
    if (!thrownAround(thrown)) errors.push(thrown);
  });
}

/** The renderer of the window dies, with all webviews, and the next window takes its place. @param {Scene} scene */
async function crash(scene) {
  const { page } = scene;
  const context = page.context();
  const next = context.waitForEvent('page', { timeout: NEXT });
  const session = await context.newCDPSession(page);
  // It is never answered.
  session.send('Page.crash').catch(() => undefined);
  Object.assign(scene, await lookAt(await next));
  listen(scene);
}

/** @param {Scene} scene @param {Action} action @returns {Promise<unknown>} */
async function perform(scene, action) {
  if ('on' in action && action.on) return onTarget(scene, action, action.on);
  return onWindow(scene, action);
}

/** @param {Page} page @param {number} count */
async function clickHere(page, count) {
  for (let clickCount = 1; clickCount <= count; clickCount++) {
    await page.mouse.down({ clickCount });
    await page.mouse.up({ clickCount });
  }
}

/** Gestures and looks that need no element. @param {Scene} scene @param {Action} action */
async function onWindow(scene, action) {
  const { page, press, shots, violations, errors } = scene;
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
      return clickHere(page, action.count);
    case 'reload':
      await page.reload({ waitUntil: 'commit' });
      return undefined;
    case 'crash':
      return crash(scene);
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

/** @param {string} folder @param {string} name */
async function shotPath(folder, name) {
  if (!/^[\w.-]+$/.test(name)) throw new Error(`"${name}" is not a plain file name.`);
  await mkdir(folder, { recursive: true });
  return join(folder, `${name}.png`);
}
