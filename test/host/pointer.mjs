/** The pointer's longer ways: onto a stroke, from one place to another, and its wheel. */

/** @import { Action, Point } from './messages' */
/** @import { Locator, Page } from 'playwright-core' */

/**
 * @param {Page} page
 * @param {Locator} element
 * @param {Point} point as the element's frame counts
 */
export async function pointAt(page, element, point) {
  const frame = element.locator('xpath=ancestor-or-self::html');
  const seen = await frame.boundingBox();
  if (!seen) throw new Error('it is not drawn');
  const own = await frame.evaluate(html => html.getBoundingClientRect().toJSON());
  const x = seen.x - own.x + point.x;
  const y = seen.y - own.y + point.y;
  // A hover starts with a movement: come from beside.
  await page.mouse.move(x + 3, y);
  await page.mouse.move(x, y, { steps: 3 });
}

/**
 * @param {Page} page
 * @param {Locator} element
 * @param {Point | Locator | undefined} to
 * @param {Extract<Action, { do: 'drag' }>} action
 */
export async function drag(page, element, to, { at, toAt, modifiers = [], hold = false }) {
  const from = pointIn(await element.boundingBox(), at);
  const goal = to && 'x' in to ? to : pointIn((await to?.boundingBox()) ?? null, toAt);
  await page.mouse.move(from.x, from.y);
  for (const key of modifiers) await page.keyboard.down(key);
  await page.mouse.down();
  await page.mouse.move((from.x + goal.x) / 2, (from.y + goal.y) / 2, { steps: 5 });
  await page.mouse.move(goal.x, goal.y, { steps: 5 });
  if (!hold) await page.mouse.up();
  for (const key of modifiers) await page.keyboard.up(key);
}

/**
 * @param {Page} page
 * @param {Locator} element
 * @param {Extract<Action, { do: 'wheel' }>} action
 */
export async function wheel(page, element, { x, y, modifiers = [] }) {
  const over = pointIn(await element.boundingBox());
  await page.mouse.move(over.x, over.y);
  for (const key of modifiers) await page.keyboard.down(key);
  await page.mouse.wheel(x, y);
  for (const key of modifiers) await page.keyboard.up(key);
}

/**
 * The middle of a box, or a point counted from its top left corner.
 * @param {{ x: number, y: number, width: number, height: number } | null} box
 * @param {Point} [at]
 * @returns {Point}
 */
function pointIn(box, at) {
  if (!box) throw new Error('it is not drawn');
  const { x, y } = at ?? { x: box.width / 2, y: box.height / 2 };
  return { x: box.x + x, y: box.y + y };
}
