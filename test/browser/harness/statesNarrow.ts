/** States of the page where there is little width: half a window, a phone, letters at 400 % (WCAG 1.4.10). */
import { byId } from './actions';
import { example, type OpenOptions } from './browser';
import { openTrained } from './statesPast';
import { openClasses } from './statesResults';
import { open, page } from './suite';

const NARROW = { width: 420, height: 800 } as const;
/** 1280 × 1024 pixels at 400 %. */
const FOURFOLD = { width: 320, height: 256 } as const;

async function openSettings(options: OpenOptions): Promise<void> {
  await open(options);
  await byId(page, 'layer-0').click();
  await byId(page, 'units').waitFor();
}

export const narrowStates: { readonly [state: string]: (options: OpenOptions) => Promise<void> } = {
  'a narrow window': options => open({ ...options, ...NARROW }),
  'the settings of a layer in a narrow window': options => openSettings({ ...options, ...NARROW }),
  'a trained network in a narrow window, in Chinese': options =>
    openTrained({ ...options, ...NARROW, language: 'zh-cn' }),
  'the results in a narrow window': options => openClasses({ ...options, ...NARROW }, 'iris'),
  'the help in a narrow window': async options => {
    await open({ ...options, ...NARROW });
    await byId(page, 'help-open').click();
    await byId(page, 'help').waitFor();
  },
  'a text with an error in a narrow window': async options => {
    await open({ ...options, ...NARROW });
    await page.evaluate(() => window.harness.setText('{'));
    await byId(page, 'banner').waitFor();
  },
  'letters four times as large': async options =>
    open({ ...options, ...FOURFOLD, text: await example('xor') }),
};
