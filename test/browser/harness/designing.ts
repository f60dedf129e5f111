/** What tests of designing begin with, do and see; all of it on the page that was opened last. */
import { byId, eventually, middle, requests } from './actions';
import { page } from './suite';

/** Pixels of the page. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** A layer as it stands in a text. */
export const dense = (units: number, more: object = {}): object => ({
  type: 'dense',
  units,
  activation: 'tanh',
  ...more,
});

export const textOf = (layers: readonly object[], more: object = {}): string =>
  JSON.stringify({ version: 1, seed: 3, input: { shape: [3] }, layers, ...more });

/** 3 – 4 – 5 – 2 */
export const CHAIN = textOf([dense(4), dense(5), dense(2)]);

/** 2 – 3 – 3 – 2, with a sample to learn from. */
export const SAMPLED = textOf(
  [dense(3, { activation: 'sigmoid' }), dense(3), dense(2, { activation: 'linear' })],
  { input: { shape: [2] }, data: { inline: [{ x: [0, 1], y: [1, 0] }] } },
);

/** Halfway between two columns, at the height of the first. */
export async function gap(left: string, right: string): Promise<Spot> {
  const [a, b] = [await middle(page, left), await middle(page, right)];
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

/** Drags, and does not let go. */
export async function press(from: Spot, to: Spot): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 6, from.y + 6);
  await page.mouse.move(to.x, to.y, { steps: 5 });
}

export async function drag(from: Spot, to: Spot): Promise<void> {
  await press(from, to);
  await page.mouse.up();
}

/** Drags a layer's handle, which is shown only near its column, and does not let go. */
export async function pressHandle(layer: number, way: number): Promise<void> {
  const column = await middle(page, `neuron-${layer}-0`);
  await page.mouse.move(column.x, column.y);
  const handle = await middle(page, `handle-${layer}`);
  await press(handle, { x: handle.x, y: handle.y + way });
}

/** Edits that the page has asked for. */
export const edits = async (): Promise<readonly unknown[]> =>
  (await requests(page, 'edit')).map(([edit]) => edit);

export const made = (many: number): Promise<void> =>
  eventually(async () => (await edits()).length === many, `${many} edits`);

/** Selects a layer by its caption, which also puts the keyboard there. */
export const on = (layer: number): Promise<void> => byId(page, `layer-${layer}`).click();

/** The name of what has the focus. */
export const focused = (): Promise<string | null> =>
  page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? null);
