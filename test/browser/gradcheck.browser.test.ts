/** All results of a gradcheck: sorted, filtered, as pictures, and each parameter by its steps. */
import { describe, expect, it } from 'vitest';
import { byId, harness, middle, requests } from './harness/actions';
import { focused } from './harness/designing';
import { example } from './harness/browser';
import { openChecked, openDirections } from './harness/statesChecked';
import { open, page } from './harness/suite';

const rows = () => byId(page, 'checked-rows').locator('tbody tr');

const column = (number: number): Promise<readonly string[]> =>
  rows().evaluateAll(
    (all, at) => all.map(row => (row.children[at] as HTMLTableCellElement).title),
    number,
  );

const sizes = async (number: number): Promise<readonly number[]> =>
  (await column(number)).map(text => Math.abs(numberOf(text)));

/** `−1.2×10⁻⁵` as it is printed. */
function numberOf(text: string): number {
  const [digits, power = ''] = text.replace('−', '-').split('×10');
  const raised = [...power].map(sign => '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(sign)).map(n => (n < 0 ? '-' : n));
  return Number(`${digits}e${raised.join('') || 0}`);
}

const descending = (values: readonly number[]): readonly number[] =>
  [...values].sort((a, b) => b - a);

describe('the results of a gradcheck', () => {
  it('have every parameter, the largest error first, and sort by another column', async () => {
    await openChecked();
    await expect.poll(() => rows().count()).toBe(50);
    const errors = await sizes(4);
    expect(errors).toEqual(descending(errors));
    await byId(page, 'checked-more').click();
    await expect.poll(() => rows().count()).toBe(67);
    await byId(page, 'checked-sort-gradient').click();
    await expect
      .poll(() => byId(page, 'checked-sort-gradient').locator('..').getAttribute('aria-sort'))
      .toBe('descending');
    await expect.poll(async () => (await sizes(2))[0]).toBe(Math.max(...(await sizes(2))));
    await byId(page, 'checked-sort-place').click();
    await expect.poll(() => rows().first().textContent()).toContain('layers[0].weights[0][0]');
  });

  it('keep to a layer, and to what is doubtful', async () => {
    await openChecked();
    await byId(page, 'checked-layer-1').click();
    await expect.poll(() => rows().count()).toBe(27);
    await expect.poll(() => rows().allTextContents()).not.toContain('layers[0]');
    await byId(page, 'checked-doubtful').check();
    await byId(page, 'checked-none').waitFor();
  });

  it('are cells, too: a click on one selects it, on the canvas as well', async () => {
    await openChecked();
    await byId(page, 'checked-layer-1').click();
    await byId(page, 'checked-picture-bias').waitFor();
    const { x, y } = await middle(page, 'checked-picture-bias');
    await page.mouse.click(x, y);
    await byId(page, 'checked-curve').waitFor();
    await expect
      .poll(() => byId(page, 'checked-curve').textContent())
      .toContain('layers[1].bias[1]');
    await expect
      .poll(() => harness(page, ({ kept }) => (kept as { selection: unknown }).selection))
      .toEqual({ type: 'bias', layer: 1, row: 1 });
    await byId(page, 'checked-text').click();
    await expect
      .poll(() => requests(page, 'reveal'))
      .toEqual([[['layers', 1, 'bias', 1], undefined]]);
  });

  it('have random directions in a table of their own, which a layer hides', async () => {
    await openDirections({ text: await example('digits') });
    const directions = byId(page, 'checked-directions').locator('tbody tr');
    await expect.poll(() => directions.count()).toBe(20);
    await expect.poll(() => directions.first().textContent()).toMatch(/^\s*1\s+ok\s/);
    await expect
      .poll(() => byId(page, 'checked-directions-said').textContent())
      .toMatch(/In 20 of 20 random directions they agree\. Each direction v .* 2,410 parameters/);
    await expect.poll(() => byId(page, 'checked-more').textContent()).toContain('of 200');
    await byId(page, 'checked-layer-1').click();
    await byId(page, 'checked-directions').waitFor({ state: 'detached' });
  });

  it('say how long all take, and check all of them', async () => {
    await openDirections({ text: await example('digits') });
    await expect
      .poll(() => byId(page, 'gradcheck-strip').textContent())
      .toMatch(/200 of 200 agree.*20 of 20 random directions agree.*Check all, about [\d.e-]+ s/s);
    await byId(page, 'gradcheck-all').click();
    await expect.poll(() => requests(page, 'run')).toEqual([[{ type: 'gradcheck' }]]);
    await expect
      .poll(() => byId(page, 'gradcheck-strip').textContent())
      .toContain('2,410 of 2,410 agree');
    await byId(page, 'gradcheck-all').waitFor({ state: 'detached' });
  });

  it('say where directions do not agree, though each parameter that was checked does', async () => {
    await open();
    await harness(page, async ({ gradcheck, report, document }) => {
      await gradcheck({ directions: true });
      const entry = { analytic: 2, numeric: 1, error: 0.5 };
      const entries = [
        { number: 1, ...entry, verdict: 'fail' as const },
        { number: 2, analytic: 1, numeric: 1, error: 0, verdict: 'ok' as const },
        { number: 3, ...entry, error: 0, verdict: 'kink' as const },
      ];
      report({
        ...{ parameters: document().shapes?.parameters ?? 0, checked: 67, worst: undefined },
        ...{ failed: [], kinks: [], flat: 0, samples: 8, step: 0, layers: [] },
        directions: { entries, agree: 1, failed: 1, kinks: 1, worst: 0.5, moved: 65, leftOut: 2 },
      });
    });
    await expect.poll(() => byId(page, 'gradcheck-strip').getAttribute('class')).toBe('strip bad');
    await byId(page, 'gradcheck-open').click();
    await expect
      .poll(() => byId(page, 'checked-directions-said').textContent())
      .toMatch(
        /In 1 of 3 .* 1 crosses a kink and tells nothing\. 2 parameters that stand at a kink/,
      );
    const rows3 = byId(page, 'checked-directions').locator('tbody tr');
    await expect.poll(() => rows3.nth(0).getAttribute('class')).toBe('fail');
    await expect.poll(() => rows3.nth(2).textContent()).toContain('kink');
  });

  it('are copied as a report, and Escape leads back', async () => {
    await openChecked();
    await byId(page, 'checked-copy').click();
    await expect
      .poll(() => harness(page, ({ file }) => file.clipboard))
      .toMatch(/^# Gradcheck of Iris\n\n67 of 67 parameters agree/);
    await page.keyboard.press('Escape');
    await byId(page, 'checked').waitFor({ state: 'detached' });
    await expect.poll(() => focused()).toBe('gradcheck-open');
  });
});
