/** States of the page that looks back through a training. */
import { byId, eventually, harness } from './actions';
import type { OpenOptions } from './browser';
import { open, page } from './suite';

/** Trains to the end: iris, 100 epochs. */
export async function openTrained(options: OpenOptions = {}): Promise<void> {
  await open(options);
  await train();
  await byId(page, 'timeline').waitFor();
  await eventually(async () => (await lastPlace()) === 100, 'every moment is known');
}

export async function train(): Promise<void> {
  await harness(page, ({ command }) => command({ type: 'train' }));
  await eventually(
    async () => (await byId(page, 'status').getAttribute('data-phase')) === 'finished',
    'the training ends',
  );
}

export async function lastPlace(): Promise<number> {
  return Number(await byId(page, 'timeline').getAttribute('aria-valuemax'));
}

/** With the keyboard: `keys` on the slider. */
export async function onTimeline(...keys: readonly string[]): Promise<void> {
  await byId(page, 'timeline').focus();
  for (const key of keys) await page.keyboard.press(key);
}

export const pastStates: { readonly [state: string]: (options: OpenOptions) => Promise<void> } = {
  'a trained network with its slider': openTrained,
  'looking back at the start of a training': async options => {
    await openTrained(options);
    await onTimeline('Home');
    await byId(page, 'looking-back').waitFor();
  },
  'looking back in a small window, with the numbers as a table': async options => {
    await openTrained({ ...options, width: 800, height: 600, kept: { chart: 'table' } });
    await onTimeline('PageDown', 'PageDown');
    await byId(page, 'looking-back').waitFor();
  },
  'the history of a weight': async options => {
    await openTrained(options);
    await onTimeline('PageDown', 'PageDown');
    await harness(page, ({ select }) => select({ type: 'weight', layer: 1, row: 0, column: 2 }));
    await byId(page, 'history-gradient').waitFor();
  },
  'a restored moment': async options => {
    await openTrained(options);
    await onTimeline('Home');
    await byId(page, 'restore').click();
    await byId(page, 'looking-back').waitFor({ state: 'detached' });
  },
};
