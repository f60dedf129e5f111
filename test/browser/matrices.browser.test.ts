/** A layer in matrices, over the picture. */
import { describe, expect, it } from 'vitest';
import { allAsked, byId, harness } from './harness/actions';
import { example } from './harness/browser';
import { open, page } from './harness/suite';

const spot = (...place: readonly number[]) => page.locator(`[data-spot="${place.join(',')}"]`);

/** What lights up beside the number in question. */
const parts = (): Promise<string[]> =>
  page
    .locator('.matrix-table .part')
    .evaluateAll(cells => cells.map(cell => cell.getAttribute('data-spot') ?? ''));

const numbersOf = (step: string, matrix: number): Promise<number[]> =>
  byId(page, `matrix-step-${step}`)
    .locator('table')
    .nth(matrix)
    .locator('[data-value]')
    .evaluateAll(cells => cells.map(cell => Number(cell.getAttribute('data-value'))));

async function openReference(target: object = { type: 'layer', layer: 0 }): Promise<void> {
  await open({ text: await example('reference-3-4-2'), width: 1200, height: 900 });
  await page.evaluate(
    chosen =>
      (window as unknown as { harness: { select(t: object): void } }).harness.select(chosen),
    target,
  );
  await byId(page, 'show-matrices').click();
  await byId(page, 'matrix-step-weightedInput').waitFor();
}

describe('matrices', () => {
  it('stand side by side with the numbers of the layer', async () => {
    await openReference();
    const [net] = [await numbersOf('weightedInput', 0)];
    const weights = await numbersOf('weightedInput', 1);
    const sources = await numbersOf('weightedInput', 2);
    expect(sources).toEqual([1, 0.5, -1, 1]);
    net.forEach((z, j) =>
      expect(z).toBeCloseTo(
        sources.reduce((sum, x, k) => sum + x * weights[4 * j + k], 0),
        12,
      ),
    );
    // Zybuluo: the bias is the last column, and the size says it.
    await expect.poll(() => byId(page, 'matrices-words').innerText()).toContain('4 × (3 + 1)');
    const gradient = await numbersOf('weightGradient', 0);
    expect(gradient.slice(0, 2).map(value => value.toFixed(6))).toEqual(['0.007358', '0.003679']);
    const errors = await numbersOf('weightGradient', 1);
    gradient.forEach((value, i) =>
      expect(value).toBeCloseTo(-errors[Math.floor(i / 4)] * sources[i % 4], 12),
    );
    await byId(page, 'bias-apart').click();
    await byId(page, 'matrix-step-biasGradient').waitFor();
    await expect.poll(() => numbersOf('weightedInput', 2)).toEqual([1, 0.5, -1]);
    await expect.poll(() => numbersOf('weightedInput', 3)).toEqual([0.1, 0.2, 0.3, 0.4]);
  });

  it('have their captions at one height, and signs that enclose as high as the rows', async () => {
    await openReference();
    const heads = await byId(page, 'matrix-step-weightedInput')
      .locator('caption')
      .evaluateAll(all =>
        all.map(caption => {
          const range = document.createRange();
          range.selectNodeContents(caption);
          return Math.round(range.getBoundingClientRect().top);
        }),
      );
    expect(new Set(heads).size).toBe(1);
    const step = byId(page, 'matrix-step-activation');
    const opens = (await step.locator('.enclosing.opens').boundingBox())!;
    const rows = (await step.locator('tbody').last().boundingBox())!;
    expect(Math.abs(opens.y - rows.y)).toBeLessThanOrEqual(2);
    expect(Math.abs(opens.height - rows.height)).toBeLessThanOrEqual(4);
  });

  it('light up what a number is made of, by pointer and by keyboard', async () => {
    await openReference();
    await spot(0, 0, 2, 0).hover();
    await expect
      .poll(parts)
      .toEqual([
        ...['0,1,2,0', '0,1,2,1', '0,1,2,2', '0,1,2,3'],
        ...['0,2,0,0', '0,2,1,0', '0,2,2,0', '0,2,3,0'],
      ]);
    const written = (await byId(page, 'matrices-cell').textContent()) ?? '';
    expect(written.replace(/\s/g, '')).toContain('0.25·1+0.2·0.5+0.15·(−1)+0.3·1=0.5');
    // The column of the next layer's weights: transposed, a row.
    await spot(3, 0, 1, 0).hover();
    await expect.poll(parts).toEqual(['3,1,1,0', '3,1,1,1', '3,2,0,0', '3,2,1,0']);
    await page.locator('[data-testid="matrices-close"]').hover();
    await expect.poll(parts).toEqual([]);
    await spot(5, 0, 3, 1).focus();
    await expect.poll(parts).toEqual(['5,1,3,0', '5,2,0,1']);
    await page.keyboard.press('ArrowLeft');
    await expect.poll(parts).toEqual(['5,1,3,0', '5,2,0,0']);
    for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowRight');
    // Past the edge of the gradient: an error term, and all gradients that it goes into.
    await expect.poll(parts).toEqual(['5,0,3,0', '5,0,3,1', '5,0,3,2', '5,0,3,3']);
    await expect.poll(() => byId(page, 'spoken').textContent()).toContain('−0.006214');
  });

  it('explain ⊙ where it stands, and broadcasting in the notation that broadcasts', async () => {
    await openReference();
    await expect
      .poll(() => byId(page, 'hadamard').getAttribute('title'))
      .toContain('element by element');
    await expect
      .poll(() => byId(page, 'matrix-step-error').innerText())
      .toContain('element by element');
    await harness(page, ({ tell }) => tell('notation', 'chain0'));
    await byId(page, 'matrix-step-broadcast').waitFor();
    await expect
      .poll(() => byId(page, 'matrix-step-broadcast').innerText())
      .toContain('This ⊙ broadcasts');
  });

  it('go from layer to layer, to all samples, and back to the picture', async () => {
    await openReference({ type: 'neuron', layer: 0, row: 1 });
    await expect.poll(() => page.locator('.matrix-table tr.chosen').count()).toBeGreaterThan(4);
    await byId(page, 'matrices-next').click();
    await byId(page, 'matrix-step-outputGradient').waitFor();
    await byId(page, 'matrices-previous').click();
    await byId(page, 'matrices-previous').click();
    await byId(page, 'matrix-step-inputGradient').waitFor();
    await expect.poll(() => byId(page, 'matrices-previous').isDisabled()).toBe(true);
    await byId(page, 'matrices-next').click();
    await byId(page, 'scope-batch').click();
    await page.locator('.matrices-body').getByText('Gradient over all samples').waitFor();
    await page.locator('.matrices').focus();
    await page.keyboard.press('Escape');
    await byId(page, 'matrices').waitFor({ state: 'detached' });
    await byId(page, 'neuron-0-0').click();
    await page.keyboard.press('Shift+M');
    await byId(page, 'matrices').waitFor();
    await byId(page, 'show-scalar').click();
    await byId(page, 'matrices').waitFor({ state: 'detached' });
  });

  it('keep the keyboard on the button that leads to the last layer', async () => {
    await openReference();
    const next = byId(page, 'matrices-next');
    await next.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => next.isDisabled()).toBe(true);
    await page.keyboard.press('Enter');
    await expect.poll(() => next.evaluate(own => own === document.activeElement)).toBe(true);
    await expect.poll(() => byId(page, 'matrices').locator('h2').innerText()).toContain('Layer 2');
    await page.keyboard.press('Escape');
    await byId(page, 'matrices').waitFor({ state: 'detached' });
  });

  it('follow training, and stay with the numbers that are shown', async () => {
    await openReference();
    const before = await numbersOf('weightGradient', 0);
    await byId(page, 'step-batch').click();
    await expect.poll(() => numbersOf('weightGradient', 0)).not.toEqual(before);
    const asked = await allAsked(page, 'layerMatrices');
    await spot(0, 0, 0, 0).hover();
    expect(await allAsked(page, 'layerMatrices')).toBe(asked);
  });

  it('copy themselves as LaTeX and as Markdown', async () => {
    await openReference();
    await byId(page, 'matrices-copy-latex').click();
    const clipboard = (): Promise<string | undefined> =>
      harness(page, ({ file }) => file.clipboard);
    await expect.poll(clipboard).toContain('\\begin{bmatrix}');
    await byId(page, 'matrices-copy-markdown').click();
    await expect.poll(clipboard).toContain('⎡');
  });
});
