/** The charts of a training: which, over what, how; the crosshair, zooming, and taking them along. */
import { describe, expect, it } from 'vitest';
import { byId, harness } from './harness/actions';
import { openTrained, train } from './harness/statesPast';
import { NUMBERS } from './harness/statesResults';
import { open, page } from './harness/suite';

const kept = (): Promise<unknown> => harness(page, ({ kept: now }) => now);
const values = (of = 'chart-values'): Promise<string> => byId(page, of).innerText();
const spoken = (chart = 'chart'): Promise<string | null> =>
  byId(page, chart).getAttribute('aria-valuetext');

async function plot(index = 0): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await page.locator('nabla-metric-chart .u-over').nth(index).boundingBox();
  if (!box) throw new Error('The chart has a plotting area.');
  return box;
}

/** What stands along the x axis of a chart can be told from where an epoch's crosshair is. */
const crosshairs = (): Promise<number[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('nabla-metric-chart')].map(chart => {
      const over = chart.querySelector('.u-over') as HTMLElement;
      const line = chart.querySelector('.u-cursor-x') as HTMLElement;
      const left = line.getBoundingClientRect().x - over.getBoundingClientRect().x;
      return Math.round((100 * left) / over.clientWidth);
    }),
  );

describe('the charts of a training', () => {
  it('are chosen in a small window, kept, and as many as there is room for', async () => {
    await openTrained({ width: 1500, height: 900 });
    await byId(page, 'chart-options').click();
    await byId(page, 'chart-show-gradient').check();
    await byId(page, 'chart-show-ratio').check();
    await expect.poll(() => page.locator('nabla-metric-chart').count()).toBe(3);
    await expect.poll(kept).toMatchObject({ charts: ['loss', 'gradient', 'ratio'] });
    await expect
      .poll(() => values('chart-values-gradient'))
      .toMatch(/Layer 2\s+[\d.e−]+.*Layer 3/s);
    await page.keyboard.press('Escape');
    await expect.poll(() => byId(page, 'chart-options-window').isVisible()).toBe(false);
    await page.setViewportSize({ width: 760, height: 900 });
    await expect.poll(() => page.locator('nabla-metric-chart').count()).toBe(2);
    // The last chosen are shown.
    await expect.poll(() => byId(page, 'chart-of-ratio').isVisible()).toBe(true);
  });

  it('have one crosshair: the others follow the pointer, and all tell their values', async () => {
    await openTrained({ width: 1500, height: 900, kept: { charts: ['loss', 'gradient', 'rate'] } });
    const box = await plot(1);
    await page.mouse.move(box.x + 0.4 * box.width, box.y + 10);
    await expect.poll(() => values()).toMatch(/^epoch 40 · step 320/);
    await expect.poll(crosshairs).toEqual([40, 40, 40]);
    await expect.poll(() => values('chart-values-rate')).toContain('0.01');
    await page.mouse.move(5, 5);
    await expect.poll(() => values()).toMatch(/^epoch 100/);
  });

  it('are read row by row with the keyboard, which is told each value', async () => {
    await openTrained({ width: 1500, height: 900, kept: { charts: ['loss', 'accuracy'] } });
    await byId(page, 'chart').focus();
    await page.keyboard.press('Home');
    await expect.poll(spoken).toMatch(/^epoch 0, training 1\.205, validation 1\.\d+$/);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await expect.poll(spoken).toMatch(/^epoch 2, /);
    await expect.poll(() => spoken('chart-of-accuracy')).toMatch(/^epoch 2, training \d+ %/);
    await expect.poll(() => byId(page, 'chart').getAttribute('aria-valuenow')).toBe('2');
    await expect.poll(crosshairs).toEqual([2, 2]);
    await page.keyboard.press('End');
    await expect.poll(spoken).toMatch(/^epoch 100, /);
  });

  it('zoom with keys, wheel and Shift and drag, all together, and show all again', async () => {
    await openTrained({ width: 1500, height: 900, kept: { charts: ['loss', 'ratio'] } });
    const middle = async (): Promise<string> => {
      const box = await plot(1);
      await page.mouse.move(box.x + 0.5 * box.width, box.y + 9);
      await page.mouse.move(box.x + 0.5 * box.width, box.y + 10);
      return values();
    };
    await expect.poll(middle).toMatch(/^epoch 50 /);
    const box = await plot();
    await page.keyboard.down('Shift');
    await page.mouse.move(box.x + 0.1 * box.width, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + 0.3 * box.width, box.y + 20, { steps: 4 });
    await page.mouse.up();
    await page.keyboard.up('Shift');
    await expect.poll(middle).toMatch(/^epoch 20 /);
    // Nobody has chosen a moment by that.
    await expect.poll(() => byId(page, 'looking-back').count()).toBe(0);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, 200);
    await page.keyboard.up('Control');
    await expect.poll(() => byId(page, 'chart-unzoom').isVisible()).toBe(true);
    await page.mouse.dblclick(box.x + 0.5 * box.width, box.y + 20);
    await expect.poll(() => byId(page, 'chart-unzoom').count()).toBe(0);
    await expect.poll(() => byId(page, 'looking-back').count()).toBe(0);
    await expect.poll(middle).toMatch(/^epoch 50 /);
    await byId(page, 'chart').focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('+');
    await expect.poll(middle).toMatch(/^epoch 25 /);
    await byId(page, 'chart-unzoom').click();
    await expect.poll(middle).toMatch(/^epoch 50 /);
  });

  it('are drawn over steps or seconds, where a moment is still that moment', async () => {
    await openTrained({ height: 900, kept: { chartX: 'step' } });
    const box = await plot();
    await page.mouse.click(box.x + 0.75 * box.width, box.y + 10);
    await expect.poll(() => byId(page, 'looking-back-words').innerText()).toMatch(/^epoch 75 /);
    const mark = await byId(page, 'past-mark').boundingBox();
    expect(((mark?.x ?? 0) - box.x) / box.width).toBeCloseTo(0.75, 2);
    await byId(page, 'chart-options').click();
    await byId(page, 'chart-seconds').click();
    await expect.poll(kept).toMatchObject({ chartX: 'seconds' });
    await byId(page, 'chart-much').click();
    await byId(page, 'chart-recent').click();
    await expect.poll(kept).toMatchObject({ smooth: 2, recent: true });
    await page.keyboard.press('Escape');
    await byId(page, 'past-now').click();
    await expect.poll(values).toContain('fits the last fifth');
  });

  it('are marked in red where a run met a number that is none', async () => {
    await openTrained({ height: 900 });
    await expect.poll(() => byId(page, 'broken-mark').isVisible()).toBe(false);
    await page.evaluate(() => {
      const values = new Float64Array(window.harness.metricColumns * 3).fill(0.5);
      // epoch, step, and the loss of the last row
      for (const column of [0, 1]) for (let row = 0; row < 3; row++) values[column * 3 + row] = row;
      values[3 * 3 + 2] = Infinity;
      window.harness.tell('metrics', { count: 3, values, restart: true });
    });
    await expect.poll(() => byId(page, 'broken-mark').isVisible()).toBe(true);
    await expect
      .poll(() => byId(page, 'broken-mark').getAttribute('data-words'))
      .toBe('No number any more at epoch 2');
    await expect.poll(values).toContain('∞');
  });

  it('become files: a table on the clipboard or saved, lines, and the picture', async () => {
    await openTrained({ width: 1300, height: 900, kept: { charts: ['loss', 'gradient'] } });
    await byId(page, 'chart-options').click();
    await byId(page, 'chart-copyCsv').click();
    await expect
      .poll(() => harness(page, ({ file }) => file.clipboard))
      .toMatch(/^epoch,step,seconds,loss,.*gradient\/0,gradient\/1,ratio\/0,ratio\/1\n0,0,0,1\.2/);
    for (const file of ['saveCsv', 'saveSvg', 'savePng']) await byId(page, `chart-${file}`).click();
    const starts = (): Promise<string[]> =>
      page.evaluate(() =>
        window.harness.requests
          .filter(({ name }) => name === 'saveChart')
          .map(({ args }) => {
            const [kind, bytes] = args as [string, Uint8Array];
            return `${kind} ${new TextDecoder('latin1').decode(bytes.slice(0, 5))}`;
          }),
      );
    await expect
      .poll(async () => (await starts()).sort())
      .toEqual(['csv epoch', 'png \u2030PNG\r', 'svg <svg ']);
    await expect.poll(() => byId(page, 'quiet-line').innerText()).toContain('Saved.');
  });

  it('have the same numbers as a table', async () => {
    await openTrained({ kept: { chart: 'table', charts: ['ratio'] } });
    const head = (): Promise<string[]> =>
      byId(page, 'metrics-table').locator('thead th').allInnerTexts();
    await expect
      .poll(head)
      .toEqual([
        ...['epoch', 'loss', 'validation loss', 'accuracy', 'validation accuracy'],
        ...['|∇C| Layer 2', '|∇C| Layer 3', '|Δθ| / |θ| Layer 2', '|Δθ| / |θ| Layer 3'],
        ...['η', 'step', 'seconds'],
      ]);
  });

  it('show R² where targets are numbers, as the status does', async () => {
    await open({ text: NUMBERS, height: 900, kept: { charts: ['r2'] } });
    const status = (): Promise<string> => byId(page, 'status').innerText();
    await expect.poll(status).toMatch(/R² −?\d/);
    await train();
    await expect.poll(values).toMatch(/training 0\.\d+/);
    const [, shown] = (await values()).match(/training (0\.\d+)/) ?? [];
    await expect.poll(status).toContain(`R² ${shown}`);
  });

  it('catch up with a run that went on', async () => {
    await open({ height: 900, kept: { charts: ['gradient'] } });
    await train();
    await expect.poll(values).toMatch(/Layer 2 .*epoch 100$/s);
    await byId(page, 'chart').focus();
    await page.keyboard.press('Home');
    await expect.poll(() => spoken()).toMatch(/^epoch 0, Layer 2 [\d.]+, Layer 3 [\d.]+$/);
  });
});
