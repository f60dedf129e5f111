/** Alarms and their fixes, the overview of all layers, and edges coloured by the next update. */
import { describe, expect, it } from 'vitest';
import { byId, eventually, harness, requests } from './harness/actions';
import { example } from './harness/browser';
import { open, page } from './harness/suite';

const fileText = (): Promise<string> => harness(page, ({ file }) => file.text);

describe('the health strip', () => {
  it('says why, shows the place, and mends equal neurons as one undo step', async () => {
    const before = await example('symmetric-2-3-2');
    await open({ text: before });
    await byId(page, 'health').waitFor();
    await expect
      .poll(() => byId(page, 'health-line').innerText())
      .toBe('Symmetric neurons in layer 2 (layers[0])');
    await byId(page, 'health-why').click();
    await expect
      .poll(() => byId(page, 'alarm-symmetric').innerText())
      .toContain('3 of 3 neurons of layer 2 (layers[0]) are equal to another one');
    await byId(page, 'show-symmetric').click();
    await page.locator('.selected-columns .band').waitFor();
    await byId(page, 'fix-reinitialise').click();
    await byId(page, 'health').waitFor({ state: 'detached' });
    const { layers } = JSON.parse(await fileText()) as { layers: Record<string, unknown>[] };
    expect(Object.keys(layers[0])).not.toContain('weights');
    expect(Object.keys(layers[1])).toContain('weights');
    await harness(page, ({ file }) => void file.undo());
    await byId(page, 'health').waitFor();
    await expect.poll(() => fileText()).toBe(before);
  });

  it('stays away when it was closed, and while nothing is wrong', async () => {
    await open({ text: await example('symmetric-2-3-2') });
    await byId(page, 'health').waitFor();
    await byId(page, 'health-close').click();
    await byId(page, 'health').waitFor({ state: 'detached' });
    await byId(page, 'step-epoch').click();
    await eventually(
      async () => /epoch 1 /.test(await byId(page, 'status').innerText()),
      'an epoch passes',
    );
    await expect.poll(() => byId(page, 'health').count()).toBe(0);
  });

  it('offers nothing that a file may not get', async () => {
    await open({ text: await example('symmetric-2-3-2'), readOnly: true });
    await byId(page, 'health-why').click();
    await expect.poll(() => byId(page, 'alarm-symmetric').count()).toBe(1);
    await expect.poll(() => byId(page, 'fix-reinitialise').count()).toBe(0);
  });
});

describe('the overview of all layers', () => {
  /** Numbers of a column, from the top, without the input. */
  const column = (index: number): Promise<string[]> =>
    page
      .locator(`.network-table tbody tr:not([data-testid="row-input"]) td:nth-child(${index})`)
      .allInnerTexts();

  const normOf = (rows: readonly (readonly number[])[]): number => Math.hypot(...rows.flat());

  async function openTable(name: string): Promise<void> {
    await open({ text: await example(name) });
    await byId(page, 'layer-0').focus();
    await page.keyboard.press('t');
    await page.locator('.histogram').first().waitFor();
  }

  it('has the norms of weights, and the largest gradients first', async () => {
    await openTable('residual');
    const gradients = (await column(8)).filter(cell => cell !== '').map(Number);
    expect(gradients.length).toBeGreaterThan(3);
    expect(gradients).toEqual([...gradients].sort((a, b) => b - a));
    await expect
      .poll(() => byId(page, 'sort-gradientNorm').locator('..').getAttribute('aria-sort'))
      .toBe('descending');
  });

  it('sorts by any column, up and down, by keyboard', async () => {
    await openTable('residual');
    await byId(page, 'sort-units').focus();
    await page.keyboard.press('Enter');
    const units = (await column(4)).map(Number);
    expect(units).toEqual([...units].sort((a, b) => b - a));
    await page.keyboard.press('Enter');
    expect((await column(4)).map(Number)).toEqual([...units].sort((a, b) => a - b));
    await expect
      .poll(() => byId(page, 'sort-units').locator('..').getAttribute('aria-sort'))
      .toBe('ascending');
  });

  it('tells how far the next update goes beside the weights', async () => {
    await openTable('reference-3-4-2');
    const { layers } = JSON.parse(await example('reference-3-4-2')) as {
      layers: { weights: number[][] }[];
    };
    const cells = await byId(page, 'row-0').locator('td').allInnerTexts();
    const [weights, gradients, updates, ratio] = cells.slice(5, 9).map(Number);
    expect(weights).toBeCloseTo(normOf(layers[0].weights), 3);
    // SGD without momentum: ΔW = −η ∂C/∂W.
    const rate = (
      JSON.parse(await example('reference-3-4-2')) as {
        training: { optimizer: { learningRate: number } };
      }
    ).training.optimizer.learningRate;
    expect(updates / (rate * gradients)).toBeCloseTo(1, 2);
    expect(ratio / (updates / weights)).toBeCloseTo(1, 2);
  });

  it('says its histograms in words, and gives all layers the same bins', async () => {
    await openTable('reference-3-4-2');
    const words = (row: number): Promise<string | null> =>
      byId(page, `row-${row}`).locator('.histogram').first().getAttribute('aria-label');
    await expect
      .poll(() => words(0))
      .toMatch(/^12 weights from .+ to .+ in 24 bins of .+\. Most of them, \d+, from/);
    const range = async (row: number): Promise<string> =>
      /from (.+?) to (.+?) in/.exec((await words(row)) ?? '')?.[0] ?? '';
    await expect.poll(() => range(0)).not.toBe(await range(1));
    await byId(page, 'same-bins').check();
    await expect.poll(() => range(1)).toBe(await range(0));
  });
});

describe('edges by update', () => {
  const strokes = (): Promise<string[]> =>
    page
      .locator('.edges .edge')
      .evaluateAll(all => all.map(each => each.getAttribute('class') ?? ''));

  it('have the sign opposite to the gradient where plain descent updates', async () => {
    await open({ text: await example('reference-3-4-2') });
    await byId(page, 'colour-gradient').click();
    await expect.poll(strokes).toContainEqual(expect.stringContaining('positive'));
    await expect.poll(() => byId(page, 'legend').innerText()).toContain('edges: gradient');
    const gradients = await strokes();
    await byId(page, 'colour-update').click();
    await expect.poll(() => byId(page, 'legend').innerText()).toContain('edges: next update');
    const flipped = gradients.map(each =>
      /positive/.test(each)
        ? each.replace('positive', 'negative')
        : each.replace('negative', 'positive'),
    );
    await expect.poll(strokes).toEqual(flipped);
    await expect.poll(() => byId(page, 'colour-update').getAttribute('aria-checked')).toBe('true');
  });

  it('are also what the matrix shows', async () => {
    await open({ text: await example('digits') });
    await byId(page, 'layer-0').focus();
    await page.keyboard.press('m');
    await byId(page, 'matrix-update').click();
    await expect
      .poll(async () =>
        (await requests(page, 'matrix')).map(args => (args[0] as { quantity: string }).quantity),
      )
      .toContain('update');
    await expect.poll(() => byId(page, 'matrix-update').getAttribute('aria-checked')).toBe('true');
  });
});
