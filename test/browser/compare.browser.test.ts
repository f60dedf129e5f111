/** Kept runs beside a training: their lines, exact values, the table of them, and the way back. */
import { describe, expect, it } from 'vitest';
import { byId, harness } from './harness/actions';
import { keep, make, openCompared, openTable, run } from './harness/statesCompared';
import { openTrained } from './harness/statesPast';
import { open, page } from './harness/suite';

const legend = (look: number): Promise<string> => byId(page, `compared-${look}`).innerText();

/** Pixels of the first chart as they are. */
const pixels = (): Promise<string> =>
  page.evaluate(
    () => document.querySelector<HTMLCanvasElement>('nabla-metric-chart canvas')?.toDataURL() ?? '',
  );

/** How many pixels of the first chart are of a colour of the theme, or near it. */
const coloured = (name: string): Promise<number> =>
  page.evaluate(variable => {
    const canvas = document.querySelector<HTMLCanvasElement>('nabla-metric-chart canvas');
    const ink = canvas?.getContext('2d');
    const colour = getComputedStyle(document.body).getPropertyValue(variable).trim();
    const wanted = [1, 3, 5].map(at => parseInt(colour.slice(at, at + 2), 16));
    const { data } = ink!.getImageData(0, 0, canvas!.width, canvas!.height);
    let count = 0;
    for (let i = 0; i < data.length; i += 4)
      if (data[i + 3] > 128 && wanted.every((value, c) => Math.abs(value - data[i + c]) < 12))
        count++;
    return count;
  }, name);

describe('runs beside a training', () => {
  it('have lines of their own, names with what differs, and values', async () => {
    await openTrained({ width: 1500, height: 900 });
    expect(await coloured('--vscode-charts-blue')).toBe(0);
    await keep(run(0), 2);
    await expect.poll(() => coloured('--vscode-charts-blue')).toBeGreaterThan(50);
    await keep(run(1), 3);
    await expect.poll(() => coloured('--vscode-charts-orange')).toBeGreaterThan(50);
    await expect
      .poll(() => legend(1))
      .toMatch(/Jan 31, 12:00:01\s+0\.09\d+ \/ 0\.\d+\s+learningRate 0\.02/);
    // What the training drew is still there.
    expect(await coloured('--vscode-charts-green')).toBeGreaterThan(50);
  });

  it('that were the same training overlay exactly', async () => {
    await openTrained({ width: 1500, height: 900 });
    await keep(run(0));
    await expect.poll(() => coloured('--vscode-charts-blue')).toBeGreaterThanOrEqual(0);
    await byId(page, 'compared-0').waitFor();
    const one = await pixels();
    await expect.poll(pixels).toBe(one);
    // The same line once more, of the same colour, under the one that is there: no pixel is another.
    await keep({ ...run(0), id: 'twin' });
    await expect.poll(() => page.locator('[data-testid="compared-0"]').count()).toBe(2);
    const rest = (text: string): string => text.replace(/\s+/g, ' ');
    const [first, second] = await page.locator('[data-testid="compared-0"]').allInnerTexts();
    expect(rest(second)).toBe(rest(first));
  });

  it('are read at the pointer and with the keyboard, as far as each goes', async () => {
    await openTrained({ width: 1500, height: 900 });
    await make(run(0), 300);
    await byId(page, 'compared-0').waitFor();
    await byId(page, 'chart').focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await expect
      .poll(() => byId(page, 'chart').getAttribute('aria-valuetext'))
      .toMatch(/^epoch 1, training .*, Jan 31, 12:00:00 0\.5$/);
    await page.keyboard.press('End');
    // It goes on where the training has ended.
    await expect
      .poll(() => byId(page, 'chart').getAttribute('aria-valuetext'))
      .toMatch(/^epoch 100, .*, Jan 31, 12:00:00 0\.003322$/);
    await expect.poll(() => legend(0)).toContain('0.003322');
    const box = await page.locator('nabla-metric-chart .u-over').boundingBox();
    await page.mouse.move(box!.x + box!.width / 3, box!.y + 10);
    await expect.poll(() => legend(0)).toMatch(/0\.0099\d*/);
    await page.mouse.move(5, 5);
    await expect.poll(() => legend(0)).toContain('0.003322');
  });

  it('show charts also where nothing was trained yet', async () => {
    await open();
    await expect.poll(() => byId(page, 'chart').count()).toBe(0);
    await make(run(0), 20);
    await byId(page, 'chart').waitFor();
    await expect.poll(() => coloured('--vscode-charts-blue')).toBeGreaterThan(50);
    await harness(page, ({ runs }) => runs.put(runs.shown[0].id, false));
    await expect.poll(() => byId(page, 'chart').count()).toBe(0);
  });

  it('are in the table of numbers and in the files', async () => {
    await openCompared(2, { width: 1500, height: 900 });
    await byId(page, 'chart-options').click();
    await byId(page, 'chart-copyCsv').click();
    await expect
      .poll(() => harness(page, ({ file }) => file.clipboard))
      .toMatch(/^run,epoch,.*\nnow,0,.*\n(.*\n)*"Jan 31, 12:00:01",100,/);
    await page.keyboard.press('Escape');
    await byId(page, 'chart-table').click();
    await expect
      .poll(() => byId(page, 'metrics-table').innerText())
      .toContain('Jan 31, 12:00:01 loss');
  });
});

describe('the table of runs', () => {
  const names = (): Promise<string[]> => byId(page, 'compare-row').locator('th').allInnerTexts();

  it('is sorted by what is pressed, one way and the other', async () => {
    await openCompared(3);
    await openTable();
    await expect
      .poll(names)
      .toEqual([0, 1, 2].map(look => run(look).name).sort((a, b) => best(a) - best(b)));
    await byId(page, 'compare-sort-seconds').click();
    await byId(page, 'compare-sort-seconds').click();
    await expect.poll(names).toEqual([2, 1, 0].map(look => run(look).name));
    const head = page.locator('th:has([data-testid="compare-sort-seconds"])');
    await expect.poll(() => head.getAttribute('aria-sort')).toBe('descending');
  });

  it('takes runs off the charts, restores one, and goes back to where the keyboard was', async () => {
    await openCompared(2);
    await byId(page, 'compare-open').focus();
    await page.keyboard.press('Enter');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-testid')))
      .toBe('compare-close');
    await byId(page, 'compare-row').first().getByRole('checkbox').uncheck();
    await expect.poll(() => byId(page, 'compare-row').count()).toBe(1);
    await byId(page, 'compare-restore').click();
    await expect
      .poll(() =>
        harness(
          page,
          ({ requests }) => requests.filter(({ name }) => name === 'restoreRun').length,
        ),
      )
      .toBe(1);
    await page.keyboard.press('Escape');
    await expect.poll(() => byId(page, 'compare').count()).toBe(0);
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-testid')))
      .toBe('compare-open');
  });
});

const best = (name: string): number =>
  [0, 1, 2].map(look => run(look)).find(each => each.name === name)!.best;
