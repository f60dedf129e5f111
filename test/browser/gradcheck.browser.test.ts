/** All results of a gradcheck: sorted, filtered, as pictures, and each parameter by its steps. */
import { describe, expect, it } from 'vitest';
import { byId, harness, middle, requests } from './harness/actions';
import { focused } from './harness/designing';
import { openChecked } from './harness/statesChecked';
import { page } from './harness/suite';

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
