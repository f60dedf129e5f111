/** States of the charts of a training. */
import { byId } from './actions';
import type { OpenOptions } from './browser';
import { openTrained } from './statesPast';
import { page } from './suite';

export const chartStates: { readonly [state: string]: (options: OpenOptions) => Promise<void> } = {
  'three charts side by side, read with the keyboard': async options => {
    const charts = ['loss', 'gradient', 'ratio'];
    await openTrained({ ...options, width: 1500, height: 900, kept: { charts } });
    await byId(page, 'chart').focus();
    for (const key of ['Home', 'ArrowRight']) await page.keyboard.press(key);
    await byId(page, 'chart-of-ratio').waitFor();
  },
  'the small window of the charts': async options => {
    await openTrained({ ...options, kept: { charts: ['accuracy'], recent: true, smooth: 1 } });
    await byId(page, 'chart-options').click();
    await byId(page, 'chart-options-window').waitFor();
  },
  'a zoomed chart in a narrow window': async options => {
    await openTrained({ ...options, width: 620, height: 800, kept: { charts: ['rate'] } });
    await byId(page, 'chart').focus();
    await page.keyboard.press('+');
    await byId(page, 'chart-unzoom').waitFor();
  },
};
