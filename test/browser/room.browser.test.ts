import { describe, expect, it } from 'vitest';
import { newNetworkText } from '../../src/network/templates';
import { byId, eventually } from './harness/actions';
import { example } from './harness/browser';
import { open, page } from './harness/suite';

describe('where there is little room', () => {
  it.each([
    { width: 700, height: 780, least: 0.55 },
    { width: 560, height: 780, least: 0.55 },
    { width: 700, height: 470, least: 0.5 },
  ])('fits the picture into $width × $height, above chart and inspector', async size => {
    await open(size);
    await byId(page, 'step-epoch').click();
    await eventually(
      async () => (await byId(page, 'status').textContent())?.includes('epoch 1') ?? false,
      'an epoch is trained',
    );
    await byId(page, 'layer-0').click();
    await byId(page, 'select-network').click();
    const over = await page
      .locator('.canvas-scroll')
      .evaluate(scroll => [
        scroll.scrollWidth - scroll.clientWidth,
        scroll.scrollHeight - scroll.clientHeight,
      ]);
    expect(over).toEqual([0, 0]);
    const boxes = await Promise.all(
      ['nabla-canvas', 'nabla-chart-panel', '.inspector'].map(each =>
        page.locator(each).boundingBox(),
      ),
    );
    const [canvas, chart, inspector] = boxes.map(box => box ?? { y: NaN, height: NaN });
    expect(canvas.height).toBeGreaterThanOrEqual(size.least * size.height - 1);
    expect(chart.y).toBeGreaterThanOrEqual(canvas.y + canvas.height - 0.5);
    expect(inspector.y).toBeGreaterThanOrEqual(chart.y + chart.height - 0.5);
    expect(inspector.y + inspector.height).toBeLessThanOrEqual(size.height + 0.5);
  });

  it('folds the inspector of a short page until a layer is selected or it is opened', async () => {
    await open({ width: 700, height: 470 });
    const body = page.locator('.inspector-body');
    await expect.poll(() => body.count()).toBe(0);
    await byId(page, 'neuron-0-0').click();
    await expect.poll(() => body.count()).toBe(0);
    await byId(page, 'layer-0').click();
    await byId(page, 'units').waitFor();
    await byId(page, 'inspector-fold').click();
    await body.waitFor({ state: 'detached' });
    await byId(page, 'inspector-fold').click();
    await byId(page, 'units').waitFor();
  });

  it.each([860, 660])(
    'keeps what stands below the buttons where it is, %i pixels wide',
    async width => {
      await open({ width });
      const bar = page.locator('.toolbar');
      const height = () => bar.evaluate(own => own.getBoundingClientRect().height);
      await expect.poll(() => byId(page, 'status').textContent()).toContain('epoch 0');
      const before = await height();
      await byId(page, 'train').click();
      await expect.poll(() => byId(page, 'status').textContent()).toContain('all epochs');
      await expect.poll(height).toBe(before);
      const [words, shown] = await Promise.all(
        ['scrollWidth', 'clientWidth'].map(each =>
          byId(page, 'status').evaluate((own, name) => Number(Reflect.get(own, name)), each),
        ),
      );
      expect(words).toBeLessThanOrEqual(shown);
    },
  );

  it('keeps the numbers in the neurons when the chart comes, smaller and within the rim', async () => {
    await open({ width: 932, height: 664 });
    await byId(page, 'train').click();
    await byId(page, 'chart').waitFor();
    const values = page.locator('.neuron text.number');
    await expect.poll(() => values.count()).toBe(15);
    const overhang = () =>
      values.evaluateAll(all =>
        all.map(value => {
          const circle = value.parentElement?.querySelector('circle.ground');
          return value.getBoundingClientRect().width - (circle?.getBoundingClientRect().width ?? 0);
        }),
      );
    await expect.poll(async () => Math.max(...(await overhang()))).toBeLessThanOrEqual(0);
  });

  it('keeps labels, the lines into the loss and the loss apart', async () => {
    await open({ text: newNetworkText('sine'), width: 700 });
    const target = page.locator('.canvas-scroll text.target');
    await eventually(async () => (await target.count()) === 1, 'the target is written');
    const [label, line, loss] = await Promise.all(
      [target, page.locator('.loss-edges path').first(), byId(page, 'loss')].map(each =>
        each.boundingBox(),
      ),
    );
    const end = (label?.x ?? NaN) + (label?.width ?? NaN);
    expect(end).toBeLessThan(line?.x ?? NaN);
    expect(line?.x).toBeLessThan(loss?.x ?? NaN);
  });

  it('says which neurons are not drawn', async () => {
    await open({ text: await example('digits') });
    const gap = page.locator('[data-gap="0"]');
    await expect.poll(() => gap.getAttribute('aria-label')).toBe('neurons 9–28 are not drawn');
    await expect.poll(() => gap.locator('title').textContent()).toBe('neurons 9–28 are not drawn');
  });

  it('tells positive from negative by colour in the light high-contrast theme too', async () => {
    await open({ theme: 'high-contrast-light' });
    const inks = await page.evaluate(() =>
      ['positive', 'negative'].map(
        sign => getComputedStyle(document.querySelector(`.edge.${sign}`) as Element).stroke,
      ),
    );
    expect(inks).toEqual(['rgb(26, 133, 255)', 'rgb(181, 32, 13)']);
  });

  it('stacks below 900 pixels without scrolling sideways', async () => {
    await open({ width: 560 });
    const [canvas, inspector] = await Promise.all(
      ['canvas', 'inspector'].map(id => byId(page, id).boundingBox()),
    );
    expect(inspector?.y).toBeGreaterThan((canvas?.y ?? 0) + (canvas?.height ?? 0));
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(560);
  });
});
