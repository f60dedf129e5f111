/** States of the page with the formula lab open. */
import { byId, harness } from './actions';
import { example, type OpenOptions } from './browser';
import { open, page } from './suite';

/** As the command of VS Code does. */
export async function openLab(options: OpenOptions, name: string): Promise<void> {
  await open({ ...options, text: await example(name) });
  await harness(page, ({ tell }) => tell('openLab'));
  await byId(page, 'lab-verdict').waitFor();
}

export const labStates: { readonly [state: string]: (options: OpenOptions) => Promise<void> } = {
  'the formula lab': options => openLab(options, 'linear-3-3-2'),
  'the formula lab with a rule that fails, in a small window': async options => {
    await openLab({ ...options, width: 800, height: 600 }, 'linear-3-3-2');
    await byId(page, 'lab-hidden').selectOption('sigmoid');
    await byId(page, 'lab-rule-note000All').click();
    await byId(page, 'lab-sign').click();
    await byId(page, 'lab-scope-batch').click();
    await page.locator('.lab-verdict.bad').waitFor();
  },
  'the formula lab with activations that cannot be': async options => {
    await openLab(options, 'iris');
    await byId(page, 'lab-output').selectOption('linear');
    await byId(page, 'lab-failure').waitFor();
  },
};
