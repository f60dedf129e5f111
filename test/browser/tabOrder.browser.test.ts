/** The keyboard is never lost, and goes through the page as the eye does (WCAG 2.4.3). */
import { describe, expect, it } from 'vitest';
import { byId } from './harness/actions';
import { CHAIN } from './harness/designing';
import { open, page } from './harness/suite';

describe('the keyboard', () => {
  /** What is pressed, and after it the keyboard is on the page. */
  const losing: readonly (readonly [what: string, act: () => Promise<void>])[] = [
    [
      'a layer is deleted',
      async () => {
        await byId(page, 'layer-1').click();
        await page.keyboard.press('Delete');
        await byId(page, 'layer-2').waitFor({ state: 'detached' });
      },
    ],
    [
      'the sample before is the first',
      async () => {
        await byId(page, 'sample-next').focus();
        await page.keyboard.press('Enter');
        await byId(page, 'sample-previous').and(page.locator(':not([disabled])')).focus();
        await page.keyboard.press('Enter');
        await page.locator('[data-testid="sample-previous"][disabled]').waitFor();
      },
    ],
    [
      'a pinned card is closed',
      async () => {
        await byId(page, 'neuron-0-1').focus();
        await page.keyboard.press('ArrowDown');
        await byId(page, 'card').waitFor();
        await page.keyboard.press('p');
        await byId(page, 'pin-0-value').waitFor();
        await byId(page, 'pin-close').focus();
        await page.keyboard.press('Enter');
        await byId(page, 'pin-0-value').waitFor({ state: 'detached' });
      },
    ],
    ['the results are closed', () => closes('results-open', 'results-close')],
    ['stepping ends', () => closes('step-through', 'stepping-end')],
    ['the result of a gradcheck is closed', () => closes('gradcheck', 'gradcheck-close')],
  ];

  async function closes(opener: string, closer: string): Promise<void> {
    await byId(page, opener).focus();
    await page.keyboard.press('Enter');
    await byId(page, closer).first().waitFor();
    await byId(page, closer).first().focus();
    await page.keyboard.press('Enter');
    await byId(page, closer).first().waitFor({ state: 'detached' });
  }

  it.each(losing)('stays on the page when %s', async (_, act) => {
    await open();
    await act();
    await expect.poll(() => page.evaluate('document.activeElement?.tagName')).not.toBe('BODY');
  });

  it('goes as the eye does: by parts, and in each from above to below and from left to right', async () => {
    await open({ text: CHAIN });
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    const stops: { part: number; x: number; y: number; name: string }[] = [];
    for (let i = 0; i < 80; i++) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(() => {
        const at = document.activeElement;
        if (!at || at === document.body) return undefined;
        const parts = [
          '.toolbar',
          '.notices',
          '.palette',
          '.view-bar',
          'svg.network',
          '.zoom-bar',
          'nabla-canvas',
          'nabla-chart-panel',
          '.inspector',
        ];
        const part = parts.findIndex(each => at.closest(each));
        const { x, y, height } = at.getBoundingClientRect();
        const scrolled = at.closest('.inspector-body')?.scrollTop ?? 0;
        return {
          part,
          x,
          y: y + height / 2 + scrolled,
          name: at.getAttribute('data-testid') ?? at.tagName,
        };
      });
      if (!stop) break;
      stops.push(stop);
    }
    expect(stops.length).toBeGreaterThan(20);
    expect(stops.map(({ part }) => part)).toEqual(
      stops.map(({ part }) => part).sort((a, b) => a - b),
    );
    const wrong = stops.slice(1).filter(({ part, x, y }, i) => {
      const before = stops[i];
      return (
        part === before.part && (y < before.y - 14 || (Math.abs(y - before.y) <= 4 && x < before.x))
      );
    });
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });
});
