/** Networks of images: what is drawn, what is pointed at, forms, and a palette that stays in reach. */
import { describe, expect, it } from 'vitest';
import { byId, eventually, harness, middle } from './harness/actions';
import { example } from './harness/browser';
import { drag, edits, gap, made } from './harness/designing';
import { openBare, page } from './harness/suite';

async function openDigits(height = 800, width = 1300): Promise<void> {
  await openBare({ text: await example('digits-conv'), width, height });
  await byId(page, 'map-0-0').waitFor();
  await byId(page, 'palette-conv2d').waitFor();
}

const hasPixels = (id: string): Promise<boolean> =>
  byId(page, id)
    .locator('.channel-picture path')
    .count()
    .then(count => count > 0);

describe('image layers', () => {
  it('show a picture for each channel, and the kernel that makes it', async () => {
    await openDigits();
    await eventually(() => hasPixels('map-input-0'), 'the sample is drawn');
    await eventually(() => hasPixels('map-0-0'), 'a channel is drawn');
    await expect.poll(() => page.locator('[data-testid^="map-0-"]').count()).toBe(8);
    await expect.poll(() => page.locator('[data-testid^="map-1-"]').count()).toBe(8);
    await expect.poll(() => byId(page, 'map-0-0').locator('.channel-picture').count()).toBe(2);
    await expect.poll(() => byId(page, 'map-1-0').locator('.channel-picture').count()).toBe(1);
  });

  it('are drawn where there are more values than can be sent one by one', async () => {
    const text = JSON.stringify({
      version: 1,
      name: 'large',
      seed: 3,
      input: { shape: [40, 40, 1] },
      layers: [
        { type: 'conv2d', filters: 32, kernel: [5, 5], padding: 'same', activation: 'relu' },
        { type: 'flatten' },
        { type: 'dense', units: 2 },
      ],
      loss: { type: 'meanSquaredError' },
      data: { inline: [{ x: Array.from({ length: 1600 }, (_, i) => Math.sin(i / 7)), y: [1, 0] }] },
    });
    await openBare({ text, width: 1300, height: 800 });
    await eventually(() => hasPixels('map-0-15'), 'the last drawn channel has pixels');
    await expect.poll(() => byId(page, 'map-0-15').locator('.channel-picture').count()).toBe(2);
    await expect.poll(() => byId(page, 'maps-0').locator('text.gap').textContent()).toContain('16');
  });

  it('show the window of the value that is pointed at, and its card', async () => {
    await openDigits();
    const { x, y } = await middle(page, 'map-1-3');
    await page.mouse.move(x - 2, y);
    await page.mouse.move(x + 1, y + 1, { steps: 3 });
    await byId(page, 'card').waitFor();
    // A pool sees the same channel alone.
    await expect.poll(() => byId(page, 'map-window').locator('.seen').count()).toBe(1);
    const value = await byId(page, 'neuron-0-291').boundingBox();
    expect(value).not.toBeNull();
  });

  it('are reached by the keyboard, channel by channel', async () => {
    await openDigits();
    await byId(page, 'layer-0').focus();
    await page.keyboard.press('ArrowUp');
    const focused = (): Promise<string> =>
      page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? '');
    await eventually(async () => (await focused()) === 'neuron-0-295', 'the last channel');
    await page.keyboard.press('ArrowUp');
    await eventually(async () => (await focused()) === 'neuron-0-294', 'the one before');
  });
});

describe('the forms of image layers', () => {
  it('change the kernel, and refuse one that the image is too small for', async () => {
    await openDigits();
    await byId(page, 'layer-0').click();
    const kernel = byId(page, 'kernel');
    await kernel.fill('5');
    await kernel.press('Enter');
    await made(1);
    await expect
      .poll(() => edits())
      .toEqual([{ type: 'set', path: ['layers', 0, 'kernel'], value: [5, 5] }]);
    await byId(page, 'layer-1').click();
    const size = byId(page, 'size');
    await size.fill('9 x 9');
    await size.press('Enter');
    await page
      .getByText(/is larger than the image 8 × 8 × 8/)
      .first()
      .waitFor();
    await expect.poll(() => edits()).toHaveLength(1);
  });
});

describe('the palette', () => {
  it.each([
    [1300, 600],
    [1300, 460],
    [1000, 600],
    [1000, 460],
  ])('has all its items in sight on a page of %i × %i', async (width, height) => {
    await openDigits(height, width);
    const bottom = await page.evaluate(() => {
      const all = [...document.querySelectorAll('.palette-item')];
      return Math.max(...all.map(item => item.getBoundingClientRect().bottom));
    });
    expect(bottom).toBeLessThanOrEqual(height);
  });

  it('gives a network a layer of filters by dragging', async () => {
    const text = JSON.stringify({
      version: 1,
      seed: 1,
      input: { shape: [8, 8] },
      layers: [{ type: 'dense', units: 3 }],
    });
    await openBare({ text, width: 1000, height: 600 });
    await byId(page, 'palette-conv2d').waitFor();
    await drag(await middle(page, 'palette-conv2d'), await gap('input-0', 'neuron-0-1'));
    await made(1);
    await byId(page, 'map-0-7').waitFor();
    const { input, layers } = JSON.parse(await harness(page, ({ file }) => file.text)) as {
      input: object;
      layers: readonly object[];
    };
    expect(input).toEqual({ shape: [8, 8, 1] });
    expect(layers[0]).toMatchObject({ type: 'conv2d', filters: 8, kernel: [3, 3] });
  });

  it.each(['classes', 'regression'])('drops %s onto the output in a low window', async purpose => {
    await openDigits(600, 1000);
    await byId(page, 'neuron-6-1').waitFor();
    await drag(await middle(page, `palette-${purpose}`), await middle(page, 'neuron-6-1'));
    const refused = page.getByText(/is softmax, crossEntropy already/);
    if (purpose === 'classes') await refused.first().waitFor();
    else await made(1);
  });
});
