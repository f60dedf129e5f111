/** Letters at 400 % (WCAG 1.4.10), letters far apart (1.4.12), and colours that the person forces on every program. */
import { describe, expect, it } from 'vitest';
import { byId } from './harness/actions';
import { example } from './harness/browser';
import { drawnContrast } from './harness/drawn';
import { open, page } from './harness/suite';

/** 1280 × 1024 pixels at 400 %. */
const FOURFOLD = { width: 320, height: 256 };

/** Controls that are on the page and not wholly in its width. */
const cutOff = (): Promise<readonly string[]> =>
  page.evaluate(() =>
    [
      ...document.querySelectorAll<HTMLElement>(
        ':is(.toolbar, .view-bar, .notices, nabla-chart-panel header, .inspector) :is(button, input, select, nabla-button, nabla-text-field)',
      ),
    ]
      .filter(each => each.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
      .filter(each => {
        const { left, right, width } = each.getBoundingClientRect();
        return width > 0 && (left < -1 || right > innerWidth + 1);
      })
      .map(each => each.dataset['testid'] ?? each.textContent ?? each.tagName),
  );

/** Words that a control cuts off without a tip that says them. */
const cutWords = (): Promise<readonly string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, label, h2, h3, p, dt, dd, th, td, .status')]
      .filter(
        each =>
          each.checkVisibility({ visibilityProperty: true }) &&
          !each.closest('.spoken, .unseen, svg'),
      )
      .filter(each => getComputedStyle(each).overflow !== 'visible' && each.title === '')
      .filter(
        each =>
          each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 2,
      )
      .map(each => each.dataset['testid'] ?? each.textContent ?? each.tagName),
  );

describe('letters at 400 %', () => {
  it('nothing is cut off at the side, and nothing scrolls to the side', async () => {
    await open({ ...FOURFOLD, text: await example('xor') });
    await expect.poll(cutOff).toEqual([]);
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth))
      .toBeLessThanOrEqual(0);
    await expect
      .poll(() => byId(page, 'canvas').evaluate(each => each.clientHeight))
      .toBeGreaterThan(150);
    await byId(page, 'inspector-fold').click();
    await byId(page, 'group-training').waitFor();
    await expect.poll(cutOff).toEqual([]);
  });
});

it.each([420, 452])('in a window of %i pixels nothing is cut off at the side', async width => {
  await open({ width, height: 800, text: await example('xor') });
  await expect.poll(cutOff).toEqual([]);
});

describe('letters far apart', () => {
  it('cut no words off', async () => {
    await open({ text: await example('xor') });
    await byId(page, 'step-epoch').click();
    await byId(page, 'chart').waitFor();
    const before = await cutWords();
    await page.evaluate(() => {
      const spaced = new CSSStyleSheet();
      spaced.replaceSync(`* { letter-spacing: 0.12em !important; line-height: 1.5 !important; word-spacing: 0.16em !important }
        p { margin-bottom: 2em !important }`);
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, spaced];
    });
    await expect.poll(cutWords).toEqual(before);
    await expect.poll(cutOff).toEqual([]);
  });
});

describe('colours that the person forces on every program', () => {
  it.each(['dark', 'light'] as const)('are those of the picture, over %s', async theme => {
    await open({ theme, text: await example('reference-3-4-2') });
    await page.emulateMedia({ forcedColors: 'active' });
    const seen = {
      rim: { what: 'a neuron', selector: '.neuron .fill', part: 'stroke' },
      positive: { what: 'a weight', selector: '.edges .edge.positive', part: 'stroke' },
      negative: { what: 'a weight', selector: '.edges .edge.negative', part: 'stroke' },
      loss: { what: 'the loss', selector: '.loss-edges path', part: 'stroke' },
      words: { what: 'a caption', selector: '.caption text', part: 'fill' },
    } as const;
    for (const [name, drawn] of Object.entries(seen))
      await expect.poll(() => drawnContrast(page, drawn), { message: name }).toBeGreaterThan(4.5);
    const chosen = page.locator('.segment[aria-checked="true"]').first();
    await expect
      .poll(() => chosen.evaluate(each => getComputedStyle(each).outlineStyle))
      .toBe('solid');
    await page.emulateMedia({ forcedColors: 'none' });
  });
});
