/** Batch normalisation on the canvas: its sign, its card, its form, and the palette. */
import { describe, expect, it } from 'vitest';
import { byId, harness, middle } from './harness/actions';
import { drag, edits, gap, made } from './harness/designing';
import { openBare, page } from './harness/suite';

const text = (layers: readonly object[]): string =>
  JSON.stringify({
    version: 1,
    seed: 1,
    input: { shape: [2] },
    layers,
    loss: { type: 'meanSquaredError' },
    training: { batchSize: 'all' },
    data: {
      inline: [
        { x: [1, 2], y: [0] },
        { x: [3, 5], y: [1] },
      ],
    },
  });

const dense = (units: number): object => ({ type: 'dense', units });
const norm = { type: 'batchNorm', mean: [1, 2, 3], variance: [1, 4, 9] };

async function open(): Promise<void> {
  await openBare({ text: text([dense(3), norm, dense(1)]), width: 1300, height: 800 });
  await byId(page, 'neuron-1-1').waitFor();
}

describe('batchNorm', () => {
  it('stands below its sign, and its card tells how it normalises', async () => {
    await open();
    await byId(page, 'symbol-1').waitFor();
    const { x, y } = await middle(page, 'neuron-1-1');
    await page.mouse.move(x - 3, y);
    await page.mouse.move(x, y, { steps: 3 });
    const card = byId(page, 'card');
    await card.getByText('normalised', { exact: true }).waitFor();
    await card.getByText(/While training, mean and variance are those of the batch/).waitFor();
    await expect.poll(() => card.textContent()).toContain('γ');
  });

  it('changes its momentum in the form, where it has no weights to draw', async () => {
    await open();
    await byId(page, 'layer-1').click();
    const momentum = byId(page, 'field-layers.1.momentum');
    await momentum.fill('0.5');
    await momentum.press('Enter');
    await made(1);
    await expect
      .poll(() => edits())
      .toEqual([{ type: 'set', path: ['layers', 1, 'momentum'], value: 0.5 }]);
    await expect.poll(() => byId(page, 'field-layers.1.init.type').count()).toBe(0);
  });

  it('is dragged from the palette into a gap', async () => {
    await openBare({ text: text([dense(3), dense(1)]), width: 1300, height: 800 });
    await byId(page, 'palette-batchNorm').waitFor();
    await drag(await middle(page, 'palette-batchNorm'), await gap('neuron-0-1', 'neuron-1-0'));
    await made(1);
    await byId(page, 'symbol-1').waitFor();
    const { layers } = JSON.parse(await harness(page, ({ file }) => file.text)) as {
      layers: readonly object[];
    };
    expect(layers).toEqual([dense(3), { type: 'batchNorm' }, dense(1)]);
  });
});
