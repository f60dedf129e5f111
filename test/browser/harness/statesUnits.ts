/** States of the picture with units that are 1. */
import { byId, pointAtEdge } from './actions';
import { example, type OpenOptions } from './browser';
import { open, page } from './suite';

async function draw(options: OpenOptions, name: string): Promise<void> {
  await open({ ...options, text: await example(name) });
  await byId(page, 'bias-units').click();
  await page.locator('.unit').first().waitFor();
}

export const unitsStates: { readonly [state: string]: (options: OpenOptions) => Promise<void> } = {
  'bias units, and neurons with their numbers': async options => {
    await draw(options, 'reference-3-4-2');
    await pointAtEdge(page, 'bias-0-1', 0.5);
    await byId(page, 'card').waitFor();
  },
  'bias units of branches, in a small window': options =>
    draw({ ...options, width: 800, height: 600 }, 'two-branches'),
};
