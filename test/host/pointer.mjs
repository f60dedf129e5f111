/** The pointer's longer ways: onto a stroke, from one place to another, and its wheel. */

/** @import { Action, Modifier, Point } from './messages' */
/** @import { CDPSession, Locator, Page } from 'playwright-core' */

/** Keys that are held, as Chromium counts them. @type {{ [K in Modifier]: number }} */
const HELD = { Alt: 1, Control: 2, Meta: 4, Shift: 8 };

/** Movements from where the pointer is pressed to the middle of its way, and from there to its end. */
const STEPS = 5;

/**
 * The pointer with its left button down, told to Chromium directly. Playwright's own mouse asks each frame of the window
 * around each such movement whether something is dragged in HTML's way, which takes longer than to move; nothing here is.
 */
export class Press {
  #page;
  #session;
  /** @type {Point} */
  #at = { x: 0, y: 0 };
  #modifiers = 0;

  /** @param {Page} page @param {CDPSession} session */
  constructor(page, session) {
    this.#page = page;
    this.#session = session;
  }

  /** @param {Point} at @param {readonly Modifier[]} modifiers keys that are down meanwhile */
  async down(at, modifiers) {
    await this.#page.mouse.move(at.x, at.y);
    this.#at = at;
    this.#modifiers = modifiers.reduce((sum, key) => sum + HELD[key], 0);
    await this.#tell('mousePressed');
  }

  /** @param {Point} to */
  async move(to) {
    const { x, y } = this.#at;
    for (let step = 1; step <= STEPS; step++) {
      const part = step / STEPS;
      this.#at = { x: x + (to.x - x) * part, y: y + (to.y - y) * part };
      await this.#tell('mouseMoved');
    }
  }

  async up() {
    await this.#tell('mouseReleased');
    // So that Playwright's mouse goes on from here.
    await this.#page.mouse.move(this.#at.x, this.#at.y);
  }

  /** @param {'mousePressed' | 'mouseMoved' | 'mouseReleased'} type */
  #tell(type) {
    const buttons = type === 'mouseReleased' ? 0 : 1;
    return this.#session.send('Input.dispatchMouseEvent', {
      ...{ type, ...this.#at, modifiers: this.#modifiers, button: 'left', buttons },
      ...(type !== 'mouseMoved' && { clickCount: 1 }),
    });
  }
}

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
 * @param {{ page: Page, press: Press }} scene
 * @param {Locator} element
 * @param {Point | Locator | undefined} to
 * @param {Extract<Action, { do: 'drag' }>} action
 */
export async function drag({ page, press }, element, to, action) {
  const { at, toAt, modifiers = [], hold = false } = action;
  const from = pointIn(await element.boundingBox(), at);
  const goal = to && 'x' in to ? to : pointIn((await to?.boundingBox()) ?? null, toAt);
  for (const key of modifiers) await page.keyboard.down(key);
  await press.down(from, modifiers);
  await press.move({ x: (from.x + goal.x) / 2, y: (from.y + goal.y) / 2 });
  await press.move(goal);
  if (!hold) await press.up();
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
