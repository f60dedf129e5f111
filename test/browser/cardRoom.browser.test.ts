/** Cards in small windows, what their numbers are of, and where pinned cards leave the picture free. */
import { describe, expect, it } from 'vitest';
import { boxOf, byId, eventually, overlap, pointAtEdge } from './harness/actions';
import { example } from './harness/browser';
import { onTimeline, openTrained } from './harness/statesPast';
import { open, page } from './harness/suite';

/** The editor of VS Code in a window of 800 × 600, and with another beside it. */
const SMALL = [
  [452, 447],
  [452, 560],
  [800, 400],
] as const;

describe('the card in a small window', () => {
  it.each(SMALL)(
    'leaves what it explains free, and ends in sight: %d × %d',
    async (width, height) => {
      await open({ width, height });
      for (const id of ['neuron-0-1', 'neuron-0-4', 'neuron-1-1', 'input-2']) {
        await byId(page, id).hover();
        await byId(page, 'card').waitFor();
        const [card, target] = [await boxOf(page, 'card'), await boxOf(page, id)];
        expect(overlap(card, target), id).toBe(false);
        expect(card.y + card.height, id).toBeLessThanOrEqual(height);
        expect(card.height, id).toBeLessThanOrEqual(0.72 * height);
        await page.mouse.move(3, height - 3);
        await byId(page, 'card').waitFor({ state: 'detached' });
      }
    },
  );

  it('is placed again when what comes later makes it taller', async () => {
    await open({ width: 700, height: 560 });
    // As low as a card with one line, which a failure has, until its numbers come.
    await page.evaluate(() => {
      const low = new CSSStyleSheet();
      low.replaceSync('nabla-hover-card .card { height: 40px; }');
      document.adoptedStyleSheets.push(low);
    });
    await byId(page, 'neuron-0-7').hover();
    await byId(page, 'card').waitFor();
    const { y: top } = await boxOf(page, 'card');
    await page.evaluate(() => void document.adoptedStyleSheets.pop());
    expect(top + (await boxOf(page, 'card')).height).toBeGreaterThan(560);
    await eventually(async () => {
      const { y, height } = await boxOf(page, 'card');
      return y + height <= 560;
    }, 'the card is in the window again');
    expect(overlap(await boxOf(page, 'card'), await boxOf(page, 'neuron-0-7'))).toBe(false);
  });
});

describe('what numbers are of', () => {
  it('stands on cards, pins and in the inspector', async () => {
    await open();
    await byId(page, 'neuron-0-1').click();
    await expect
      .poll(() => byId(page, 'inspector-scope').textContent())
      .toMatch(/^\s*sample 1\s*$/);
    await byId(page, 'loss').hover();
    await byId(page, 'card').waitFor();
    await page.keyboard.press('p');
    await byId(page, 'pin-0-scope').waitFor();
    await byId(page, 'scope-batch').click();
    for (const where of ['pin-0', 'inspector'])
      await expect
        .poll(() => byId(page, `${where}-scope`).textContent())
        .toContain('training part, 120 samples');
  });

  it('says the moment that is looked back at, also where the run is told', async () => {
    await openTrained();
    await onTimeline('PageUp', 'PageDown');
    const status = (): Promise<string> => byId(page, 'status').innerText();
    await expect.poll(status).toMatch(/^epoch \d\d\s+run: epoch 100 · loss /);
    const moment = (await byId(page, 'status').locator('.moment').innerText()).trim();
    await pointAtEdge(page, 'edge-1-0-2');
    await byId(page, 'card').waitFor();
    await expect.poll(() => byId(page, 'card-scope').locator('.moment').innerText()).toBe(moment);
    await onTimeline('End');
    await expect.poll(status).toMatch(/^epoch 100 · loss /);
    await expect.poll(() => page.locator('.moment').count()).toBe(0);
  });

  it('names the target of a sample, and leaves the bars as high over all samples', async () => {
    await open({ text: await example('reference-3-4-2') });
    await expect.poll(() => byId(page, 'sample').innerText()).toMatch(/· target 1, 0/);
    await page.close();
    await open({ text: await example('xor'), width: 700 });
    await expect
      .poll(() => byId(page, 'sample').innerText())
      .toMatch(/of 4 · training part\s+· class 0/);
    const heights = (): Promise<number[]> =>
      page.locator('.view-bar').evaluateAll(bars => bars.map(bar => bar.clientHeight));
    for (const width of [500, 600, 664, 700, 760]) {
      await page.setViewportSize({ width, height: 700 });
      await byId(page, 'scope-sample').click();
      const before = await heights();
      await byId(page, 'scope-batch').click();
      await page.locator('.scope-room').waitFor({ state: 'attached' });
      await expect.poll(() => heights(), { message: `${width}` }).toEqual(before);
    }
  });
});

describe('pinned cards', () => {
  const pins = [0, 1, 2].map(row => ({ type: 'neuron', layer: 0, row }));

  it.each([
    [1104, 780],
    [452, 447],
    [300, 600],
  ])(
    'stay in the part of the picture and leave half of it free: %d × %d',
    async (width, height) => {
      await open({ width: 1104, height: 780, kept: { pins: pins.slice(0, 2) } });
      await byId(page, 'pin-1-value').waitFor();
      await page.setViewportSize({ width, height });
      await eventually(async () => {
        const main = await page.locator('main').boundingBox();
        const boxes = [await boxOf(page, 'pin-0'), await boxOf(page, 'pin-1')];
        return boxes.every(
          box =>
            box.x >= main!.x &&
            box.x + box.width <= main!.x + main!.width &&
            box.y >= height * 0.45 &&
            box.y + box.height <= height,
        );
      }, 'they stand in their part');
    },
  );
});

describe('frames of focus', () => {
  it('are whole, also around the words of the inputs at the edge of the canvas', async () => {
    // A click puts the focus there without moving the picture.
    for (const name of ['xor', 'spiral']) {
      await open({ text: await example(name) });
      await byId(page, 'layer-input').click();
      const frame = await byId(page, 'layer-input').locator('.halo').boundingBox();
      expect(frame!.x, name).toBeGreaterThan((await boxOf(page, 'canvas')).x);
      if (name === 'xor') await page.close();
    }
  });
});

describe('a sentence over the canvas', () => {
  it('covers no button, in the picture or in matrices', async () => {
    await open({ kept: { selection: { type: 'layer', layer: 0 }, pins: [] } });
    const lies = async (on: string): Promise<boolean[]> => {
      await byId(page, 'quiet-line').locator('span').waitFor();
      const words = (await byId(page, 'quiet-line').locator('span').boundingBox())!;
      const boxes = await page.locator(`${on} button`).evaluateAll(all =>
        all.map(each => {
          const { x, y, width, height } = each.getBoundingClientRect();
          return { x, y, width, height };
        }),
      );
      expect(boxes.length).toBeGreaterThan(2);
      return boxes.map(box => overlap(box, words));
    };
    await page.setViewportSize({ width: 600, height: 600 });
    await page.keyboard.press('p');
    await expect.poll(() => lies('nabla-canvas')).not.toContain(true);
    await byId(page, 'show-matrices').click();
    await byId(page, 'matrices').waitFor();
    await page.keyboard.press('p');
    await expect.poll(() => lies('.matrices > header')).not.toContain(true);
  });
});

describe('the page', () => {
  it('does not scroll as a whole', async () => {
    await open();
    const moved = await page.evaluate(() => {
      const root = document.scrollingElement!;
      const tall = document.createElement('div');
      tall.style.cssText = 'position: absolute; top: 0; height: calc(100% + 6px); width: 1px';
      document.getElementById('root')!.append(tall);
      const end = document.createElement('div');
      tall.append(end);
      end.style.cssText = 'position: absolute; bottom: 0; height: 1px; width: 1px';
      end.scrollIntoView({ block: 'end' });
      root.scrollTop = 6;
      document.body.scrollTop = 6;
      const { scrollTop } = root;
      const body = document.body.scrollTop;
      tall.remove();
      return [scrollTop, body];
    });
    expect(moved).toEqual([0, 0]);
  });
});
