/** States of stepping through a pass. */
import { byId } from './actions';
import { example, type OpenOptions } from './browser';
import { open, page } from './suite';

async function begin(options: OpenOptions, unit: 'layer' | 'neuron' | 'term'): Promise<void> {
  await open({ ...options, text: await example('reference-3-4-2') });
  await byId(page, 'step-through').click();
  await byId(page, `stepping-by-${unit}`).click();
  await byId(page, 'stepping-forward').focus();
}

export const stepping: { readonly [state: string]: (options: OpenOptions) => Promise<void> } = {
  'a pass of which nothing is known yet': options => begin(options, 'neuron'),
  'a sum that is stepped through forward': async options => {
    await begin(options, 'term');
    for (let i = 0; i < 10; i++) await page.keyboard.press('ArrowRight');
    await byId(page, 'stepping-running').waitFor();
  },
  'a pass that goes back, in a small window': async options => {
    await begin({ ...options, width: 800, height: 600 }, 'term');
    await byId(page, 'stepping-pass-backward').click();
    await byId(page, 'stepping-forward').focus();
    for (let i = 0; i < 16; i++) await page.keyboard.press('ArrowRight');
    await byId(page, 'kept-1-1').waitFor();
  },
  'a complete pass, by layer': async options => {
    await begin(options, 'layer');
    await page.keyboard.press('End');
    await byId(page, 'stepping-work').waitFor();
  },
};
