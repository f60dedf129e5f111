/** States of the page with a layer in matrices. */
import { byId, harness } from './actions';
import { example, type OpenOptions } from './browser';
import { open, page } from './suite';

const SMALL = { width: 800, height: 600, language: 'zh-cn' } as const;

/** On top of a selected neuron of the reference network, the keyboard on a number. */
async function openMatrices(options: OpenOptions): Promise<void> {
  await open({ ...options, text: await example('reference-3-4-2') });
  await harness(page, ({ select }) => select({ type: 'neuron', layer: 0, row: 1 }));
  await byId(page, 'show-matrices').click();
  await page.locator('[data-spot="3,0,1,0"]').focus();
}

export const matricesStates: { readonly [state: string]: (options: OpenOptions) => Promise<void> } =
  {
    'a layer in matrices': openMatrices,
    'matrices in a small window, in Chinese': async options => {
      await open({ ...options, text: await example('residual'), ...SMALL });
      await byId(page, 'layer-1').click();
      await page.keyboard.press('Shift+M');
      await byId(page, 'matrix-step-carried').waitFor();
    },
    'matrices over all samples, of a large layer': async options => {
      await open({ ...options, text: await example('digits') });
      await byId(page, 'scope-batch').click();
      await byId(page, 'layer-0').click();
      await page.keyboard.press('Shift+M');
      await byId(page, 'matrix-step-weightGradient').waitFor();
    },
  };
