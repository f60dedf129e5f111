/** Looking back through a training: the slider, the chart, what follows them, the way back, and restoring. */
import { describe, expect, it } from 'vitest';
import { byId, harness, pointAtEdge, requests } from './harness/actions';
import { lastPlace, onTimeline, openTrained, train } from './harness/statesPast';
import { open, page } from './harness/suite';

const WEIGHT = { type: 'weight', layer: 1, row: 0, column: 2 };

const line = (): Promise<string> => byId(page, 'looking-back-words').innerText();
const value = async (): Promise<number> =>
  Number(await page.locator('.inspector .line.value').first().getAttribute('data-value'));
const select = (): Promise<void> =>
  page.evaluate(
    chosen =>
      (window as unknown as { harness: { select(t: object): void } }).harness.select(chosen),
    WEIGHT,
  );
const neuron = (): Promise<string> => byId(page, 'neuron-0-2').textContent().then(String);

/** The weight in the text; NaN where it has none. */
async function written(): Promise<number> {
  const text = await harness(page, ({ file }) => file.text);
  const { layers } = JSON.parse(text) as { layers: { weights?: number[][] }[] };
  return layers[1].weights?.[0][2] ?? NaN;
}

describe('looking back', () => {
  it('shows the numbers of then on canvas, cards and inspector, and those of now again', async () => {
    await open();
    await select();
    await expect.poll(value).not.toBeNaN();
    const start = { neuron: await neuron(), value: await value() };
    await train();
    await byId(page, 'timeline').waitFor();
    await expect.poll(lastPlace).toBe(100);
    await expect.poll(value).not.toBe(start.value);
    const end = { neuron: await neuron(), value: await value() };
    expect(end.neuron).not.toBe(start.neuron);

    await onTimeline('Home');
    await expect.poll(line).toMatch(/^epoch 0 of 100 · loss 1\.\d+ — looking back$/);
    await expect.poll(value).toBe(start.value);
    await expect.poll(neuron).toBe(start.neuron);
    await pointAtEdge(page, 'edge-1-0-2');
    await byId(page, 'card').waitFor();
    const onCard = page.locator('[data-testid="card"] .line.value').first();
    expect(Number(await onCard.getAttribute('data-value'))).toBe(start.value);
    await page.mouse.move(4, 400);

    await byId(page, 'past-now').click();
    await expect.poll(value).toBe(end.value);
    await expect.poll(neuron).toBe(end.neuron);
    await expect.poll(() => byId(page, 'looking-back').count()).toBe(0);
  });

  it('is done with keys: one moment, ten at once, first, and now', async () => {
    await openTrained();
    const slider = byId(page, 'timeline');
    const said = (): Promise<string | null> => slider.getAttribute('aria-valuetext');
    await expect.poll(() => said()).toMatch(/^now: epoch 100 · loss /);
    await onTimeline('ArrowLeft', 'ArrowLeft', 'ArrowDown', 'ArrowRight');
    await expect.poll(said).toMatch(/^epoch 98 of 100 · loss [\d.]+ — looking back$/);
    await onTimeline('PageDown');
    await expect.poll(said).toMatch(/^epoch 88 of 100/);
    await onTimeline('Home', 'ArrowLeft');
    await expect.poll(said).toMatch(/^epoch 0 of 100/);
    await onTimeline('Escape');
    await expect.poll(said).toMatch(/^now/);
    await onTimeline('Home', 'End');
    await expect.poll(said).toMatch(/^now/);
    // From the line too, and the keyboard is on the slider again.
    await onTimeline('Home');
    await byId(page, 'restore').focus();
    await page.keyboard.press('Escape');
    await expect.poll(said).toMatch(/^now/);
    await expect.poll(() => slider.evaluate(own => own === document.activeElement)).toBe(true);
  });

  it('is done with the pointer on the slider and on the chart, under the same place', async () => {
    await openTrained({ height: 900 });
    const track = await page.locator('.timeline-track').boundingBox();
    const plot = await page.locator('nabla-metric-chart .u-over').boundingBox();
    if (!track || !plot) throw new Error('The slider or the chart is not drawn.');
    expect(track.x).toBeCloseTo(plot.x, 0);
    expect(track.width).toBeCloseTo(plot.width, 0);
    await page.mouse.move(track.x + track.width, track.y + 1);
    await page.mouse.down();
    await page.mouse.move(track.x + 0.4 * track.width, track.y + 1, { steps: 5 });
    await page.mouse.up();
    await expect.poll(line).toMatch(/^epoch 40 of 100/);
    const mark = await byId(page, 'past-mark').boundingBox();
    const thumb = await page.locator('.timeline-thumb').boundingBox();
    expect(mark && mark.x + mark.width / 2).toBeCloseTo((thumb?.x ?? 0) + 6, 0);
    await expect.poll(() => byId(page, 'spoken').innerText()).toMatch(/^epoch 40 of 100/);
    await page.mouse.click(plot.x + 0.75 * plot.width, plot.y + plot.height / 2);
    await expect.poll(line).toMatch(/^epoch 75 of 100/);
    await expect.poll(() => byId(page, 'spoken').innerText()).toMatch(/^epoch 75 of 100/);
  });

  it('is marked on the chart, and only then, also where the scale becomes another', async () => {
    await openTrained({ height: 900 });
    const mark = byId(page, 'past-mark');
    await expect.poll(() => mark.isVisible()).toBe(false);
    await byId(page, 'chart-log').click();
    await expect.poll(() => mark.count()).toBe(1);
    await expect.poll(() => mark.isVisible()).toBe(false);
    await onTimeline('PageDown');
    await expect.poll(() => mark.isVisible()).toBe(true);
    const before = await mark.boundingBox();
    await byId(page, 'chart-linear').click();
    await expect.poll(() => mark.boundingBox()).toEqual(before);
  });

  it('stays at its moment with another sample, and asks only about that moment', async () => {
    await openTrained();
    await onTimeline('Home');
    await byId(page, 'sample-next').click();
    await expect.poll(line).toMatch(/^epoch 0 of 100/);
    await expect
      .poll(async () => (await requests(page, 'view')).at(-1))
      .toMatchObject([{ scope: { type: 'sample', index: 1, snapshot: 1 } }]);
    await expect
      .poll(() => harness(page, ({ kept }) => (kept as { scope: unknown }).scope))
      .toEqual({
        type: 'sample',
        index: 1,
      });
  });

  it('goes on while the network trains on', async () => {
    await openTrained();
    await onTimeline('Home');
    await select();
    await expect.poll(value).not.toBeNaN();
    const then = await value();
    await train();
    await expect.poll(lastPlace).toBe(200);
    await expect.poll(() => byId(page, 'status').innerText()).toContain('epoch 200');
    await expect.poll(line).toMatch(/^epoch 0 of 200/);
    await expect.poll(() => value()).toBe(then);
  });

  it('ends where the run begins anew', async () => {
    await openTrained();
    await onTimeline('Home');
    await byId(page, 'looking-back').waitFor();
    await byId(page, 'reset').click();
    await byId(page, 'looking-back').waitFor({ state: 'detached' });
    await expect.poll(() => byId(page, 'quiet-line').innerText()).toContain('begins anew');
    await expect.poll(() => byId(page, 'notice').count()).toBe(0);
  });
});

describe('restoring', () => {
  it('writes the weights of then as one undo step, says so, and keeps every moment', async () => {
    await openTrained();
    await select();
    await expect.poll(value).not.toBeNaN();
    const end = await value();
    await onTimeline('PageDown');
    await expect.poll(line).toMatch(/^epoch 90 of 100/);
    await expect.poll(value).not.toBe(end);
    const then = await value();
    await expect.poll(() => written()).toBeNaN();
    await byId(page, 'restore').click();
    await expect
      .poll(() => byId(page, 'quiet-line').innerText())
      .toMatch(/^Restored epoch 90: its weights are in the text/);
    expect(Math.fround(await written())).toBe(then);
    await expect.poll(() => byId(page, 'looking-back').count()).toBe(0);
    const focused = byId(page, 'timeline').evaluate(own => own === document.activeElement);
    await expect.poll(() => focused).toBe(true);
    await expect.poll(value).toBe(then);
    // The moments of before are still there, and now is among them.
    const status = (): Promise<string> => byId(page, 'status').innerText();
    const thumb = (): Promise<string> =>
      page.locator('.timeline-thumb').evaluate(own => own.style.left);
    await expect.poll(status).toContain('epoch 90');
    await expect.poll(() => byId(page, 'chart-values').innerText()).toContain('epoch 90');
    await expect.poll(thumb).toBe('90%');
    await expect.poll(() => byId(page, 'past-mark').isVisible()).toBe(true);
    await expect.poll(() => lastPlace()).toBe(100);
    await onTimeline('End');
    await expect.poll(line).toMatch(/^epoch 100 of 100/);
    await onTimeline('Escape');
    await expect.poll(value).toBe(then);
    await harness(page, ({ file }) => file.undo());
    await expect.poll(() => written()).toBeNaN();
    // In the harness nothing writes what was trained: before the restore the text was that of the start.
    await expect.poll(status).toContain('epoch 0');
    await expect.poll(thumb).toBe('0%');
    await harness(page, ({ file }) => file.redo());
    await expect.poll(status).toContain('epoch 90');
    await expect.poll(value).toBe(then);
    await train();
    await expect.poll(status).toContain('epoch 190');
    await expect.poll(lastPlace).toBe(190);
  });

  it('is not offered for a file that cannot be written', async () => {
    await open({ readOnly: true });
    await train();
    await byId(page, 'timeline').waitFor();
    await onTimeline('Home');
    await expect.poll(() => byId(page, 'restore').isDisabled()).toBe(true);
  });
});

describe('the history of a weight', () => {
  it('says where its value began and where it is, and marks the moment', async () => {
    await open();
    await select();
    await expect.poll(value).not.toBeNaN();
    const start = await value();
    await expect.poll(() => byId(page, 'history-value').count()).toBe(0);
    await train();
    await byId(page, 'history-gradient').waitFor();
    const words = (name: string): Promise<string> =>
      byId(page, `history-${name}`).locator('svg').getAttribute('aria-label').then(String);
    const print = (number: number): string =>
      Number(number.toPrecision(4)).toString().replace('-', '−');
    await expect.poll(() => words('value')).toContain('epoch 0 to 100');
    // The value beside it follows by its own clock.
    const sameEnds = async (): Promise<boolean> =>
      (await words('value')).includes(`from ${print(start)} to ${print(await value())}`);
    await expect.poll(sameEnds).toBe(true);
    await onTimeline('Home');
    await expect.poll(() => words('value')).toContain(`At epoch 0: ${print(start)}.`);
    const gradient = Number(await byId(page, 'inspector-value').getAttribute('data-value'));
    await expect.poll(() => words('gradient')).toContain(`At epoch 0: ${print(gradient)}.`);
  });

  it('comes after the card and moves nothing of it', async () => {
    await openTrained();
    await pointAtEdge(page, 'edge-1-0-2');
    await byId(page, 'card').waitFor();
    const before = await byId(page, 'card').boundingBox();
    await byId(page, 'card').locator('[data-testid="history-value"]').waitFor();
    await expect.poll(() => byId(page, 'card').boundingBox()).toEqual(before);
  });
});
