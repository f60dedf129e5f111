/** Where settings were changed in mid-training: lines on the charts, words at the crosshair and in the table. */
import { describe, expect, it } from 'vitest';
import { byId, harness } from './harness/actions';
import { tellChanges } from './harness/statesCharts';
import { openTrained } from './harness/statesPast';
import { page } from './harness/suite';

const RATE = 'learning rate 0.01 → 0.003';
const TWO = 'batch size 16 → 8, optimizer adam → sgd';

const note = (index = 0) => page.locator('nabla-metric-chart .change-note').nth(index);
const values = (): Promise<string> => byId(page, 'chart-values').innerText();
const spoken = (): Promise<string | null> => byId(page, 'chart').getAttribute('aria-valuetext');

async function plot(index = 0): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await page.locator('nabla-metric-chart .u-over').nth(index).boundingBox();
  if (!box) throw new Error('The chart has a plotting area.');
  return box;
}

/** The pointer rests at a part of the x axis; it comes from a pixel beside it. */
async function pointAt(part: number, index = 0): Promise<void> {
  const { x, y, width } = await plot(index);
  await page.mouse.move(x + part * width - 1, y + 30);
  await page.mouse.move(x + part * width, y + 31);
}

/** Where along the x axis, in hundredths of it, the lines of changes are drawn: at their upper ends nothing covers them. */
const ticks = (index = 0): Promise<number[]> =>
  page.evaluate(chart => {
    const over = document.querySelectorAll('nabla-metric-chart .u-over')[chart] as HTMLElement;
    const canvas = over.parentElement?.querySelector('canvas') as HTMLCanvasElement;
    const [box, around] = [over.getBoundingClientRect(), canvas.getBoundingClientRect()];
    const ratio = canvas.width / around.width;
    const ink = document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D;
    const style = getComputedStyle(document.body);
    ink.fillStyle = style.getPropertyValue('--vscode-charts-yellow').trim();
    ink.fillRect(0, 0, 1, 1);
    const ground = [...ink.getImageData(0, 0, 1, 1).data];
    const left = Math.round((box.left - around.left) * ratio);
    const width = Math.round(box.width * ratio);
    const row = Math.round((box.top - around.top) * ratio) + 1;
    const { data } = canvas.getContext('2d')?.getImageData(left, row, width, 1) ?? { data: [] };
    const found: number[] = [];
    for (let x = 0; x < width; x++) {
      const own = ground.every((part, i) => Math.abs(part - data[4 * x + i]) < 12);
      const place = Math.round((100 * x) / width);
      if (own && place - (found.at(-1) ?? -9) > 3) found.push(place);
    }
    return found;
  }, index);

describe('a setting that was changed in mid-training', () => {
  it('is a line on every chart, over whatever they are drawn, and stays where it is when zoomed', async () => {
    await openTrained({ width: 1500, height: 900, kept: { charts: ['loss', 'gradient'] } });
    await expect.poll(() => ticks()).toEqual([]);
    await tellChanges();
    for (const chart of [0, 1]) await expect.poll(() => ticks(chart)).toEqual([40, 70]);
    await byId(page, 'chart-options').click();
    await byId(page, 'chart-step').click();
    await expect.poll(() => ticks()).toEqual([40, 70]);
    // Over seconds, where its row is: the clock of this page has its own idea of that.
    await byId(page, 'chart-seconds').click();
    await expect.poll(async () => (await ticks()).length).toBe(2);
    await byId(page, 'chart-epoch').click();
    await page.keyboard.press('Escape');
    await byId(page, 'chart').focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('+');
    await expect.poll(() => ticks()).toEqual([80]);
  });

  it('is told at the line and above the chart when the pointer is near, and by the keyboard at its row', async () => {
    await openTrained({ height: 900 });
    await tellChanges();
    await pointAt(0.2);
    await expect.poll(values).toContain('epoch 20');
    await expect.poll(() => note().isVisible()).toBe(false);
    const { width } = await plot();
    await pointAt(0.4 + 4 / width);
    await expect.poll(() => note().innerText()).toBe(RATE);
    await expect.poll(() => byId(page, 'chart-change').innerText()).toBe(RATE);
    await expect.poll(values).toContain('epoch 40');
    await pointAt(0.7 - 4 / width);
    await expect.poll(() => note().innerText()).toBe(TWO);
    await expect.poll(values).toContain('epoch 70');
    await page.mouse.move(5, 5);
    await expect.poll(() => byId(page, 'chart-change').count()).toBe(0);
    await byId(page, 'chart').focus();
    for (const key of ['Home', 'PageUp', 'PageUp', 'PageUp', 'PageUp'])
      await page.keyboard.press(key);
    await expect.poll(spoken).toMatch(new RegExp(`^epoch 40, training .*, ${RATE}$`));
    await page.keyboard.press('ArrowRight');
    await expect.poll(spoken).not.toContain('→');
  });

  it('stands in the table at the row behind it, and in the picture that is saved, not among the numbers', async () => {
    await openTrained({ height: 900, kept: { chart: 'table' } });
    const head = byId(page, 'metrics-table').locator('thead th').last();
    await expect.poll(() => head.innerText()).toBe('seconds');
    await tellChanges();
    await expect.poll(() => head.innerText()).toBe('changed');
    const told = byId(page, 'metrics-table').locator('tbody tr', { hasText: '→' });
    await expect.poll(() => told.locator('th').allInnerTexts()).toEqual(['71', '41']);
    await expect.poll(() => told.locator('td:last-child').allInnerTexts()).toEqual([TWO, RATE]);
    await byId(page, 'chart-options').click();
    for (const file of ['saveSvg', 'copyCsv']) await byId(page, `chart-${file}`).click();
    const svg = (): Promise<string> =>
      page.evaluate(() => {
        const saved = window.harness.requests.find(({ name }) => name === 'saveChart');
        const [, bytes] = (saved?.args ?? []) as [string, Uint8Array];
        return bytes ? new TextDecoder().decode(bytes) : '';
      });
    await expect.poll(svg).toContain(`<title>${RATE}</title>`);
    await expect.poll(() => harness(page, ({ file }) => file.clipboard)).toMatch(/^epoch,step,/);
    await expect.poll(() => harness(page, ({ file }) => file.clipboard)).not.toContain('rate 0.01');
  });

  it('is told in Chinese, and forgotten with the history', async () => {
    await openTrained({ height: 900, language: 'zh-cn' });
    await tellChanges();
    await pointAt(0.4);
    await expect.poll(() => note().innerText()).toMatch(/^学习率 0\.01 → 0\.003$/);
    await page.mouse.move(5, 5);
    await page.evaluate(() => {
      const values = new Float64Array(window.harness.metricColumns * 3).fill(0.5);
      for (const column of [0, 1]) for (let row = 0; row < 3; row++) values[column * 3 + row] = row;
      window.harness.tell('metrics', { count: 3, values, restart: true });
    });
    await expect.poll(() => ticks()).toEqual([]);
  });
});
