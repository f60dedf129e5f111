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
  'a chart with changed settings, read with the keyboard': async options => {
    await openTrained({ ...options, height: 900 });
    await tellChanges();
    await byId(page, 'chart').focus();
    await page.keyboard.press('Home');
    for (let i = 0; i < 4; i++) await page.keyboard.press('PageUp');
    await byId(page, 'change-note').waitFor();
  },
  'a table of numbers with changed settings': async options => {
    await openTrained({ ...options, height: 900, kept: { chart: 'table' } });
    await tellChanges();
    await byId(page, 'metrics-table').locator('td.change-key').first().waitFor();
  },
  'a training that a change has paused': async options => {
    await openTrained(options);
    await page.evaluate(() =>
      window.harness.tell('interrupted', {
        ...{ epoch: 40, epochs: 100, what: 'layers', hidden: false },
      }),
    );
    await byId(page, 'continueInterrupted').waitFor();
  },
  'a zoomed chart in a narrow window': async options => {
    await openTrained({ ...options, width: 620, height: 800, kept: { charts: ['rate'] } });
    await byId(page, 'chart').focus();
    await page.keyboard.press('+');
    await byId(page, 'chart-unzoom').waitFor();
  },
};

/** Settings are changed in mid-training: at epoch 40 (iris makes 8 steps an epoch), and two of them at epoch 70. */
export async function tellChanges(): Promise<void> {
  const optimizer = ['training', 'optimizer'];
  const changes = [
    { path: [...optimizer, 'learningRate'], from: 0.01, to: 0.003 },
    { path: ['training', 'batchSize'], from: 16, to: 8 },
    { path: [...optimizer, 'type'], from: 'adam', to: 'sgd' },
  ];
  const marks = [
    { epoch: 40, step: 320, seconds: 0.2, changes: changes.slice(0, 1) },
    { epoch: 70, step: 560, seconds: 4, changes: changes.slice(1) },
  ];
  await page.evaluate(told => {
    const none = { count: 0, values: new Float64Array(0), restart: false };
    for (const mark of told) window.harness.tell('metrics', { ...none, marks: [mark] });
  }, marks);
}
