/** What unfolds under a gradient in the inspector: its derivation, and all paths that it is the sum of. */
import { describe, expect, it } from 'vitest';
import { byId, harness } from './harness/actions';
import { example } from './harness/browser';
import { open, page } from './harness/suite';

async function selectWeight(): Promise<void> {
  await open({ text: await example('reference-3-4-2'), height: 1100 });
  await harness(page, ({ select }) => select({ type: 'weight', layer: 0, row: 0, column: 0 }));
  await byId(page, 'derivation').waitFor();
}

const valuesIn = (id: string): Promise<number[]> =>
  page.locator(`[data-testid="${id}"] .line`).evaluateAll(lines =>
    lines.flatMap(line => {
      const value = line.getAttribute('data-value');
      return value === null ? [] : [Number(value)];
    }),
  );

const gradient = async (): Promise<number> =>
  Number(await byId(page, 'inspector-value').getAttribute('data-value'));

describe('under a gradient', () => {
  it('the derivation unfolds and ends with the gradient', async () => {
    await selectWeight();
    await byId(page, 'derivation').locator('summary').click();
    await expect
      .poll(() => byId(page, 'derivation').locator('.line').first().isVisible())
      .toBe(true);
    expect((await valuesIn('derivation')).at(-1)).toBe(await gradient());
  });

  it('all paths are listed, and their sum is the gradient', async () => {
    await selectWeight();
    await byId(page, 'paths').locator('summary').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => byId(page, 'paths-words').isVisible()).toBe(true);
    const values = await valuesIn('paths');
    const [one, two, sum] = values;
    expect(values.length).toBe(3);
    expect(one + two).toBeCloseTo(sum, 15);
    expect(sum).toBeCloseTo(await gradient(), 15);
  });

  it('they stay open while training changes the numbers', async () => {
    await selectWeight();
    await byId(page, 'paths').locator('summary').click();
    const before = await gradient();
    await byId(page, 'step-epoch').click();
    await expect.poll(gradient).not.toBe(before);
    await expect.poll(() => byId(page, 'paths').getAttribute('open')).not.toBeNull();
  });

  it('a link to the derivation opens both, and the inspector with them', async () => {
    await open({ text: await example('reference-3-4-2'), height: 640 });
    await byId(page, 'scope-batch').click();
    await harness(page, ({ tell }) =>
      tell('select', { type: 'weight', layer: 0, row: 0, column: 0 }, true),
    );
    for (const name of ['derivation', 'paths'])
      await expect.poll(() => byId(page, name).getAttribute('open')).not.toBeNull();
    await expect.poll(() => byId(page, 'paths').locator('.line').first().isVisible()).toBe(true);
    const isHigh = async (): Promise<boolean> => {
      const [at, frame] = await Promise.all(
        ['derivation', 'inspector'].map(id => byId(page, id).boundingBox()),
      );
      return at !== null && frame !== null && at.y < frame.y + frame.height / 2;
    };
    await expect.poll(isHigh).toBe(true);
    await byId(page, 'paths').locator('summary').click();
    await harness(page, ({ select }) => select({ type: 'weight', layer: 0, row: 1, column: 1 }));
    await expect.poll(() => byId(page, 'paths').getAttribute('open')).toBeNull();
    await expect.poll(() => byId(page, 'derivation').getAttribute('open')).not.toBeNull();
  });

  it('nothing unfolds where there is no single sample, and on no card', async () => {
    await selectWeight();
    await byId(page, 'scope-batch').click();
    await byId(page, 'derivation').waitFor({ state: 'detached' });
    await expect.poll(() => byId(page, 'paths').count()).toBe(0);
  });
});

describe('under a neuron', () => {
  const NEURON = { type: 'neuron', layer: 0, row: 0 } as const;

  it('each connection has its share, and the shares add up', async () => {
    await open({ text: await example('reference-3-4-2'), height: 1100 });
    await harness(page, ({ select }) => select({ type: 'neuron', layer: 0, row: 0 }));
    await byId(page, 'outgoing').locator('summary').click();
    const sent = await valuesIn('outgoing');
    // In this notation δ is −∂E/∂net: by way of 8 and of 9, and their sum.
    [0.0137873, -0.043515, -0.0297277].forEach((value, i) => expect(sent[i]).toBeCloseTo(value, 6));
    const brought = await valuesIn('incoming');
    [0.05, 0, 0.05, 0.1, 0.2].forEach((value, i) => expect(brought[i]).toBeCloseTo(value, 12));
  });

  it('the curve says in words where the neuron is', async () => {
    await open({ text: await example('reference-3-4-2'), kept: { pins: [NEURON] } });
    const picture = byId(page, 'pin-0').getByRole('img', { name: /z = 0\.2, f\(z\) = 0\.5498/ });
    await expect.poll(() => picture.getAttribute('aria-label')).toContain('f′(z) = 0.2475');
  });
});

describe('under a weight of a single layer of steps', () => {
  const STEPS = JSON.stringify({
    version: 1,
    input: { shape: [2] },
    layers: [{ type: 'dense', units: 1, activation: 'step', weights: [[0.25, -0.5]], bias: [0] }],
    training: { optimizer: { type: 'sgd', learningRate: 0.5 } },
    data: {
      inline: [
        { x: [1, 1], y: [1] },
        { x: [0, 1], y: [0] },
      ],
    },
  });

  it('the perceptron rule unfolds, of one sample and of all, and says that the weight is learned', async () => {
    await open({ text: STEPS, height: 1100 });
    await harness(page, ({ select }) => select({ type: 'weight', layer: 0, row: 0, column: 1 }));
    await byId(page, 'perceptron').locator('summary').click();
    await expect.poll(() => valuesIn('perceptron')).toEqual([0.5, 0]);
    await expect
      .poll(() => byId(page, 'perceptron-words').textContent())
      .toContain('Rosenblatt 1958');
    await expect
      .poll(() => byId(page, 'inspector-kind').textContent())
      .toContain('learned by training');
    await byId(page, 'scope-batch').click();
    await expect.poll(() => valuesIn('perceptron')).toEqual([0.25, -0.25]);
  });
});
