/** The two instruments of the inspector: a pushed z, and the loss along one parameter. */
import { describe, expect, it } from 'vitest';
import { allAsked, byId, eventually, harness, requests } from './harness/actions';
import { example } from './harness/browser';
import { open, page } from './harness/suite';

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

interface Reference {
  readonly layers: readonly { readonly weights: number[][]; readonly bias: number[] }[];
  readonly data: { readonly inline: readonly { readonly x: number[]; readonly y: number[] }[] };
}

/** Loss of the 3-4-2 network (sigmoid, ½ squared error, one sample), by its definition. */
async function lossOfReference(
  change: (of: Reference) => void = () => {},
  push: { readonly row: number; readonly by: number } = { row: 0, by: 0 },
): Promise<number> {
  const of = JSON.parse(await example('reference-3-4-2')) as Reference;
  change(of);
  const [{ x, y }] = of.data.inline;
  const z = (layer: number, from: readonly number[]): number[] =>
    of.layers[layer].weights.map((row, j) =>
      row.reduce((sum, w, k) => sum + w * from[k], of.layers[layer].bias[j]),
    );
  const hidden = z(0, x).map((value, j) => sigmoid(value + (j === push.row ? push.by : 0)));
  const output = z(1, hidden).map(sigmoid);
  return output.reduce((sum, a, j) => sum + 0.5 * (a - y[j]) ** 2, 0);
}

const value = async (name: string): Promise<number> =>
  Number(await byId(page, `what-if-${name}`).getAttribute('data-value'));

const choose = (target: object): Promise<void> =>
  page.evaluate(
    chosen =>
      (window as unknown as { harness: { select(t: object): void } }).harness.select(chosen),
    target,
  );

async function openReference(target: object): Promise<void> {
  await open({ text: await example('reference-3-4-2'), height: 1100 });
  await choose(target);
  await byId(page, 'what-if').waitFor();
}

const NEURON = { type: 'neuron', layer: 0, row: 0 };
const WEIGHT = { type: 'weight', layer: 1, row: 0, column: 2 };

/** δ of neuron 4, by a central difference. */
async function delta(): Promise<number> {
  const h = 1e-6;
  const up = await lossOfReference(undefined, { row: 0, by: h });
  return (up - (await lossOfReference(undefined, { row: 0, by: -h }))) / (2 * h);
}

async function expectPush(by: number): Promise<void> {
  await expect.poll(() => value('true')).not.toBeNaN();
  const change = (await lossOfReference(undefined, { row: 0, by })) - (await lossOfReference());
  const predicted = (await delta()) * by;
  await expect.poll(() => value('true')).toBeCloseTo(change, 12);
  await expect.poll(() => value('predicted')).toBeCloseTo(predicted, 8);
  await expect.poll(() => value('gap')).toBeCloseTo(change - predicted, 8);
}

describe('the demon', () => {
  it('says what it predicts beside what is true, by slider, keys and field', async () => {
    await openReference(NEURON);
    await expectPush(0.1);
    await expect.poll(() => value('true')).toBeCloseTo(0.0007324, 7);
    const asked = await allAsked(page, 'whatIf');
    const slider = byId(page, 'what-if-slider');
    await slider.focus();
    await page.keyboard.press('ArrowRight');
    await expectPush(0.12);
    await page.keyboard.press('End');
    await expectPush(1);
    await expect
      .poll(() => slider.getAttribute('aria-valuetext'))
      .toMatch(/^Δnet₄ = 1: predicted 0\.0073/);
    await byId(page, 'what-if-reset').click();
    await expect.poll(() => byId(page, 'what-if-number').inputValue()).toBe('0');
    await expect.poll(() => value('true')).toBe(0);
    // What lies on the curve is known already.
    expect(await allAsked(page, 'whatIf')).toBe(asked);
  });

  it('takes any number, also beyond its range, and says why something is none', async () => {
    await openReference(NEURON);
    const field = byId(page, 'what-if-number');
    await field.fill('1/3');
    await field.press('Enter');
    await expectPush(1 / 3);
    await field.fill('−4,25');
    await field.press('Enter');
    await expectPush(-4.25);
    await field.fill('much');
    await field.press('Enter');
    await page.locator('#what-if-problem').waitFor();
    await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true');
    await field.press('Escape');
    await expect.poll(() => field.inputValue()).toBe('-4.25');
    await page.locator('#what-if-problem').waitFor({ state: 'detached' });
  });

  it('follows the notation: with δ = −∂E/∂net the prediction is −δ·Δ', async () => {
    await openReference(NEURON);
    await expect
      .poll(() => byId(page, 'what-if-predicted').textContent())
      .toMatch(/−δ4.*−\(−0\.007358\)/s);
    await harness(page, ({ tell }) => tell('notation', 'nielsen'));
    await expect
      .poll(() => byId(page, 'what-if-predicted').textContent())
      .toMatch(/=δ12.*0\.007358/s);
  });

  it('calls a flat neuron saturated, not optimal', async () => {
    const text = JSON.parse(await example('reference-3-4-2')) as Reference;
    text.layers[0].bias[0] = 12;
    await open({ text: JSON.stringify(text), height: 1100 });
    await choose(NEURON);
    await byId(page, 'what-if-saturated').waitFor();
    await choose({ ...NEURON, row: 1 });
    await byId(page, 'what-if-help').waitFor();
    await expect.poll(() => byId(page, 'what-if-saturated').count()).toBe(0);
  });

  it('needs one sample', async () => {
    await openReference(NEURON);
    await byId(page, 'scope-batch').click();
    await byId(page, 'what-if-batch').waitFor();
    await expect.poll(() => byId(page, 'what-if').count()).toBe(0);
    await byId(page, 'scope-sample').click();
    await byId(page, 'what-if').waitFor();
  });
});

describe('the slice', () => {
  it('shows the next step: what the slope predicts and what becomes of the loss', async () => {
    await openReference(WEIGHT);
    const h = 1e-6;
    const at = (by: number): Promise<number> =>
      lossOfReference(of => (of.layers[1].weights[0][2] += by));
    const slope = ((await at(h)) - (await at(-h))) / (2 * h);
    const step = -0.5 * slope;
    await expect.poll(() => value('predicted')).toBeCloseTo(slope * step, 8);
    await expect.poll(() => value('true')).toBeCloseTo((await at(step)) - (await at(0)), 8);
    await expect
      .poll(() => byId(page, 'what-if-way').textContent())
      .toContain(slope > 0 ? 'is positive, so gradient descent moves left' : 'is negative');
  });

  it('has its picture in words, and zooms', async () => {
    await openReference(WEIGHT);
    const label = (): Promise<string | null> =>
      byId(page, 'what-if-figure').getAttribute('aria-label');
    await expect.poll(() => label()).toMatch(/^E against w₈₆ from .* Slope here −?0\.\d+\.$/);
    const before = await label();
    await byId(page, 'what-if-zoom-in').click();
    await expect.poll(label).not.toBe(before);
    const [{ from, to }] = (await requests(page, 'whatIf')).at(-1) as [
      { from: number; to: number },
    ];
    expect([from, to]).toEqual([-0.5, 0.5]);
    await byId(page, 'what-if-zoom-out').click();
    await expect.poll(label).toBe(before);
  });

  it('over the training part speaks of all samples and follows training', async () => {
    await open({ height: 1100 });
    await byId(page, 'scope-batch').click();
    await choose({ type: 'weight', layer: 1, row: 0, column: 1 });
    await byId(page, 'what-if').waitFor();
    await expect
      .poll(() => byId(page, 'what-if').textContent())
      .toContain('over all 120 training samples');
    const path = (): Promise<string | null> => byId(page, 'what-if-curve').getAttribute('d');
    const before = await path();
    await harness(page, ({ command }) => command({ type: 'train' }));
    await eventually(async () => (await path()) !== before, 'the curve moves');
    await harness(page, ({ command }) => command({ type: 'pause' }));
    const asked = await requests(page, 'whatIf');
    expect(asked.length).toBeGreaterThan(1);
  });

  it('follows the text, and goes away with what it was about', async () => {
    await openReference(WEIGHT);
    const text = JSON.parse(await example('reference-3-4-2')) as Reference;
    const bias = (of: Reference): void => void (of.layers[1].bias[0] = -2);
    bias(text);
    await page.evaluate(
      changed =>
        (window as unknown as { harness: { setText(t: string): Promise<void> } }).harness.setText(
          changed,
        ),
      JSON.stringify(text),
    );
    const at = (by: number): Promise<number> =>
      lossOfReference(of => {
        bias(of);
        of.layers[1].weights[0][2] += by;
      });
    const h = 1e-6;
    const slope = ((await at(h)) - (await at(-h))) / (2 * h);
    await expect.poll(() => value('predicted')).toBeCloseTo(-0.5 * slope * slope, 8);
    await expect.poll(() => value('true')).toBeCloseTo((await at(-0.5 * slope)) - (await at(0)), 8);
    await choose({ type: 'layer', layer: 0 });
    await byId(page, 'what-if').waitFor({ state: 'detached' });
  });
});

it('speaks Chinese', async () => {
  await open({ text: await example('reference-3-4-2'), language: 'zh-cn', height: 1100 });
  await choose(NEURON);
  await byId(page, 'what-if').waitFor();
  await expect.poll(() => byId(page, 'what-if').textContent()).toContain('推动 net₄');
  await expect
    .poll(() => byId(page, 'what-if-slider').getAttribute('aria-valuetext'))
    .toMatch(/预测.*实际/);
});
