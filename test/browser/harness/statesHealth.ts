/** States with alarms, and of the overview of all layers. */
import { byId } from './actions';
import { example, type OpenOptions } from './browser';
import { open, page } from './suite';

type Maker = (options: OpenOptions) => Promise<void>;

async function openSymmetric(options: OpenOptions): Promise<void> {
  await open({ ...options, text: await example('symmetric-2-3-2') });
  await byId(page, 'health').waitFor();
}

export const healthStates: { readonly [name: string]: Maker } = {
  'an alarm of the network': openSymmetric,
  'an alarm with its reasons': async options => {
    await openSymmetric(options);
    await byId(page, 'health-why').click();
    await byId(page, 'health-alarms').waitFor();
  },
  'the overview of all layers': async options => {
    await open({ ...options, text: await example('residual') });
    await byId(page, 'layer-0').click();
    await page.keyboard.press('t');
    await page.locator('.histogram').first().waitFor();
  },
  'edges by update': async options => {
    await open(options);
    await byId(page, 'colour-update').click();
    await page.locator('.edge.negative').first().waitFor();
  },
};
