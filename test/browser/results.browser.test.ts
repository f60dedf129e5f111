/** The results: matrix, classes, plots and the samples that are worst, which lead the canvas. */
import { describe, expect, it } from 'vitest';
import { byId, harness, requests } from './harness/actions';
import { example } from './harness/browser';
import { focused } from './harness/designing';
import { openClasses, openResults, MANY, NUMBERS, WITHOUT_DATA } from './harness/statesResults';
import { open, page } from './harness/suite';

const textOf = (id: string): Promise<string> =>
  byId(page, id)
    .innerText()
    .then(text => text.replace(/\s+/g, ' ').trim());

const rows = () => byId(page, 'results-listed').locator('tbody tr');

const scope = (): Promise<unknown> =>
  harness(page, ({ kept }) => (kept as { scope: unknown } | undefined)?.scope);

const counts = (): Promise<readonly number[]> =>
  byId(page, 'results-matrix')
    .locator('td button')
    .evaluateAll(all => all.map(each => Number(each.textContent?.trim())));

const write = (text: string): Promise<void> =>
  page.evaluate(each => window.harness.setText(each), text);

const sum = (values: readonly number[]): number => values.reduce((all, each) => all + each, 0);

describe('the results of classes', () => {
  it('begin with the validation part, and turn to the training part', async () => {
    await openClasses({}, 'iris');
    await expect.poll(async () => sum(await counts())).toBe(30);
    await expect.poll(() => textOf('results-head')).toMatch(/^30 samples, accuracy \d/);
    await expect.poll(() => focused()).toBe('results-part-validation');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(async () => sum(await counts())).toBe(120);
    const classes = byId(page, 'results-classes').locator('tbody tr');
    await expect.poll(() => classes.count()).toBe(4);
    await expect.poll(() => classes.first().textContent()).toContain('setosa');
  });

  it('say what a cell counts, and list its samples', async () => {
    await openClasses({}, 'iris');
    await byId(page, 'results-part-training').click();
    await expect.poll(async () => sum(await counts())).toBe(120);
    const own = await counts();
    const at = own.findIndex((number, i) => number > 0 && i % 4 !== 0);
    expect(at).toBeGreaterThan(0);
    const cell = byId(page, `results-cell-${Math.floor(at / 3)}-${at % 3}`);
    await cell.hover();
    const said = new RegExp(`^${own[at]} of \\d+ that are .* were taken for .*\\.$`);
    await expect.poll(() => textOf('results-said')).toMatch(said);
    await cell.click();
    await expect.poll(() => textOf('results-listed-title')).toMatch(said);
    await expect.poll(() => rows().count()).toBe(own[at]);
    await byId(page, 'results-all').click();
    await expect.poll(() => rows().count()).toBe(50);
    await expect.poll(() => textOf('results-listed-title')).toBe('The 50 largest losses of 120');
  });

  it('are walked through by arrows, with one tab stop', async () => {
    await openClasses({}, 'iris');
    const stops = byId(page, 'results-matrix').locator('td button[tabindex="0"]');
    await expect.poll(() => stops.count()).toBe(1);
    await byId(page, 'results-cell-0-0').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => focused()).toBe('results-cell-1-1');
    await expect.poll(() => textOf('results-said')).toContain('that are versicolor');
    await expect.poll(() => stops.count()).toBe(1);
    await page.keyboard.press('Enter');
    await expect
      .poll(() => byId(page, 'results-cell-1-1').getAttribute('aria-pressed'))
      .toBe('true');
  });

  it('lead the canvas to a sample, with its row in the file', async () => {
    await openClasses({}, 'iris');
    await rows().first().waitFor();
    const index = Number(await rows().first().getAttribute('data-index'));
    await expect
      .poll(() => rows().first().locator('td').first().textContent())
      .toBe(String(index + 2));
    await byId(page, `results-sample-${index}`).click();
    await expect.poll(scope).toEqual({ type: 'sample', index });
    await expect.poll(() => rows().first().getAttribute('aria-selected')).toBe('true');
  });

  it('show pictures of inputs that are some', async () => {
    await openClasses({}, 'digits');
    await expect.poll(() => rows().count()).toBe(50);
    await expect.poll(() => page.locator('.results-picture[data-drawn=true]').count()).toBe(50);
    await expect
      .poll(() => page.locator('.results-picture').first().getAttribute('aria-label'))
      .toMatch(/^Input of sample [\d,]+, 8 × 8$/);
  });
});

describe('the results of numbers', () => {
  it('are errors of each output, and a plot that selects samples', async () => {
    await openResults({ text: NUMBERS });
    const outputs = byId(page, 'results-outputs').locator('tbody tr');
    await expect.poll(() => outputs.count()).toBe(2);
    const r2 = outputs.first().locator('td').first();
    await expect.poll(async () => Number(await r2.getAttribute('data-value'))).toBeLessThan(1);
    const plot = byId(page, 'results-plot');
    await expect.poll(() => plot.getAttribute('data-points')).toBe('24');
    await expect.poll(() => byId(page, 'results-decimated').count()).toBe(0);
    await byId(page, 'results-output').selectOption({ index: 1 });
    await expect.poll(() => plot.getAttribute('aria-label')).toContain('values of y2');
    // Wherever the points lie: the first place with a point below it.
    const place = await page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('[data-testid="results-plot"]');
      const { left = 0, top = 0, width = 0, height = 0 } = canvas?.getBoundingClientRect() ?? {};
      for (let y = 0; y < height; y += 4)
        for (let x = 0; x < width; x += 4) {
          const at = { clientX: left + x, clientY: top + y, bubbles: true };
          canvas?.dispatchEvent(new PointerEvent('pointermove', at));
          if (canvas?.title) return { x: left + x, y: top + y, title: canvas.title };
        }
      return undefined;
    });
    const found = /^Sample (\d+): true/.exec(place?.title ?? '');
    expect(found).not.toBeNull();
    await page.mouse.click(place?.x ?? 0, place?.y ?? 0);
    await expect.poll(scope).toEqual({ type: 'sample', index: Number(found?.[1]) - 1 });
  });
});

describe('the results', () => {
  it('follow the training, and are computed anew when it ends', async () => {
    await openClasses({}, 'iris');
    await expect.poll(() => textOf('results-head')).toContain('epoch 0');
    const before = await textOf('results-head');
    await harness(page, ({ command }) => command({ type: 'step', unit: 'epoch' }));
    await expect.poll(() => textOf('results-head')).toContain('epoch 1');
    expect(await textOf('results-head')).not.toBe(before);
    await harness(page, ({ command }) => command({ type: 'train' }));
    await expect.poll(() => textOf('results-head')).not.toMatch(/epoch 1$/);
    await harness(page, ({ command }) => command({ type: 'pause' }));
    const status = async (): Promise<string> =>
      /epoch ([\d,.]+)/.exec(await textOf('status'))?.[0] ?? 'none';
    await expect
      .poll(async () => (await textOf('results-head')).split(' · ')[1])
      .toBe(await status());
  });

  it('say how far they are where they take long, and are given up on demand', async () => {
    await openResults({ text: MANY });
    await expect.poll(() => textOf('results-head')).toMatch(/^400 samples/);
    await byId(page, 'results-part-training').click();
    const bar = byId(page, 'results-progress').locator('progress');
    const part = async (): Promise<number> =>
      Number(await bar.evaluate(each => (each as HTMLProgressElement).value));
    await expect.poll(part).toBeGreaterThan(0);
    const before = await part();
    await expect.poll(part).toBeGreaterThan(before);
    expect(await part()).toBeLessThan(1);
    await byId(page, 'results-cancel').click();
    await expect.poll(() => textOf('results-cancelled')).toContain('the results of before');
    await byId(page, 'results-progress').waitFor({ state: 'detached' });
    await expect.poll(() => requests(page, 'cancelResults')).toEqual([[]]);
    await expect.poll(() => textOf('results-head')).toMatch(/^400 samples/);
    await byId(page, 'results-part-validation').click();
    await byId(page, 'results-cancelled').waitFor({ state: 'detached' });
    await byId(page, 'results-part-training').click();
    await byId(page, 'results-cancel').click();
    const asked = (await requests(page, 'results')).length;
    await byId(page, 'results-again').click();
    await expect.poll(async () => (await requests(page, 'results')).length).toBe(asked + 1);
    await byId(page, 'results-progress').waitFor();
  });

  it('are given up where the panel is closed before they are there', async () => {
    await openResults({ text: MANY });
    await expect.poll(() => textOf('results-head')).toMatch(/^400 samples/);
    await byId(page, 'results-close').click();
    expect(await requests(page, 'cancelResults'), 'nothing was under way').toEqual([]);
    await byId(page, 'results-open').click();
    await byId(page, 'results-part-training').click();
    await byId(page, 'results-progress').waitFor();
    await byId(page, 'results-close').click();
    await expect.poll(() => requests(page, 'cancelResults')).toEqual([[]]);
    await expect.poll(() => harness(page, ({ resultsPart }) => resultsPart())).toBeNull();
    await byId(page, 'results-open').click();
    await byId(page, 'results-progress').waitFor();
    await expect.poll(() => byId(page, 'results-cancelled').count()).toBe(0);
    await byId(page, 'results-part-validation').click();
    await expect.poll(() => textOf('results-head')).toMatch(/^400 samples/);
  });

  it('are computed anew on demand', async () => {
    await openClasses({}, 'xor');
    await rows().first().waitFor();
    const before = (await requests(page, 'results')).length;
    await byId(page, 'results-refresh').click();
    await expect.poll(async () => (await requests(page, 'results')).length).toBe(before + 1);
  });

  it('say why there is no validation part, and what is missing', async () => {
    await openClasses({}, 'xor');
    const validation = byId(page, 'results-part-validation');
    await expect.poll(() => validation.getAttribute('aria-disabled')).toBe('true');
    await expect.poll(() => validation.getAttribute('title')).toContain('data.split.validation');
    await write(WITHOUT_DATA);
    await expect.poll(() => textOf('results-missing')).toContain('Choose data');
    await write('{');
    await expect.poll(() => textOf('results-missing')).toContain('has an error');
    await write(await example('iris'));
    await expect.poll(async () => sum(await counts())).toBe(30);
  });

  it('are opened by their button and closed by Escape, which leads back to it', async () => {
    await open();
    await byId(page, 'results-open').click();
    await byId(page, 'results').waitFor();
    await expect.poll(() => focused()).toMatch(/^results-part/);
    await page.keyboard.press('Escape');
    await byId(page, 'results').waitFor({ state: 'detached' });
    await expect.poll(() => focused()).toBe('results-open');
  });
});
