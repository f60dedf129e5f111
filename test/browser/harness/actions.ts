/** What tests do and see on a page of the designer. */
import type { Locator, Page } from 'playwright-core';
import { KINDS, type Theme } from './browser';
import type { Harness } from './page';

export const byId = (page: Page, id: string): Locator => page.locator(`[data-testid="${id}"]`);

/** The middle of the first element of that name, in the page's pixels. */
export async function middle(page: Page, id: string): Promise<{ x: number; y: number }> {
  const box = await byId(page, id).first().boundingBox();
  if (!box) throw new Error(`${id} is not drawn.`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** A point of an edge, at a share of its length, in the page's pixels. */
export function edgePoint(
  page: Page,
  id: string,
  share: number,
): Promise<{ x: number; y: number }> {
  return byId(page, id).evaluate((element, along) => {
    const path = element as unknown as SVGPathElement;
    const point = path.getPointAtLength(path.getTotalLength() * along);
    const matrix = path.getScreenCTM();
    const { x, y } = matrix ? point.matrixTransform(matrix) : point;
    return { x, y };
  }, share);
}

/** Moves the pointer onto an edge, at a share of its length: where two edges cross, another share decides. */
export async function pointAtEdge(page: Page, id: string, share = 0.3): Promise<void> {
  const { x, y } = await edgePoint(page, id, share);
  await page.mouse.move(x, y);
}

/** The number that the card's headline carries, at full precision. */
export async function cardValue(page: Page): Promise<number> {
  return Number(await byId(page, 'card-value').getAttribute('data-value'));
}

/** Changes the theme of a page that is open, as VS Code does: other variables, another class of the body. */
export async function changeTheme(page: Page, theme: Theme): Promise<void> {
  await page.evaluate(
    async ([name, kind]) => {
      const sheet = document.querySelector<HTMLLinkElement>('link[href^="/themes/"]');
      if (!sheet) throw new Error('The page has no theme.');
      const href = `/themes/${name}.css`;
      if (sheet.getAttribute('href') !== href) {
        const loaded = new Promise(done => sheet.addEventListener('load', done, { once: true }));
        sheet.href = href;
        await loaded;
      }
      document.body.className = kind;
      document.body.dataset['vscodeThemeKind'] = kind;
      await new Promise(done => requestAnimationFrame(done));
    },
    [theme, KINDS[theme]],
  );
}

/** Calls the harness in the page. */
export function harness<T>(page: Page, act: (harness: Harness) => T | Promise<T>): Promise<T> {
  // The function's text runs in the page, where `window.harness` stands.
  return page.evaluate(`(${act.toString()})(window.harness)`) as Promise<T>;
}

/** Requests of one kind so far: their arguments. */
export async function requests(page: Page, name: string): Promise<readonly (readonly unknown[])[]> {
  const all = await harness(page, ({ requests: noted }) => noted);
  return all.filter(request => request.name === name).map(({ args }) => args);
}

/** Waits until the page asks no more of that kind, and says how often it has: it asks ten times a second at most. */
export async function allAsked(page: Page, name: string): Promise<number> {
  const count = async (): Promise<number> => (await requests(page, name)).length;
  for (let before = await count(); ;) {
    await new Promise(resolve => setTimeout(resolve, 300));
    const now = await count();
    if (now === before) return now;
    before = now;
  }
}

/** Waits until `ask` says yes. */
export async function eventually(ask: () => Promise<boolean>, what: string): Promise<void> {
  const end = Date.now() + 15_000;
  while (!(await ask())) {
    if (Date.now() > end) throw new Error(`Never happened: ${what}.`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

/** In pixels of the page. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export async function boxOf(page: Page, id: string): Promise<Box> {
  const box = await byId(page, id).first().boundingBox();
  if (!box) throw new Error(`${id} is not drawn.`);
  return box;
}

export const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
