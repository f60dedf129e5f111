/** The prediction panel and the decision map, against forward passes written out here. */
import { describe, expect, it } from 'vitest';
import { byId, eventually, harness, requests } from './harness/actions';
import { example } from './harness/browser';
import { CURVE, openMap, openPanel } from './harness/statesPredict';
import { open, page } from './harness/suite';

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

interface Written {
  readonly layers: readonly { readonly weights: number[][]; readonly bias: number[] }[];
  readonly data: { readonly inline: readonly { readonly x: number[] }[] };
}

/** Outputs of the 3-4-2 network (sigmoid twice), by its definition. */
async function outputsOfReference(x: readonly number[]): Promise<readonly number[]> {
  const { layers } = JSON.parse(await example('reference-3-4-2')) as Written;
  const forward = (from: readonly number[], layer: number): number[] =>
    layers[layer].weights.map((row, j) =>
      sigmoid(row.reduce((sum, w, k) => sum + w * from[k], layers[layer].bias[j])),
    );
  return forward(forward(x, 0), 1);
}

const output = async (k: number): Promise<number> =>
  Number(await byId(page, `predict-output-${k}`).getAttribute('data-value'));

const field = (k: number): Promise<string> => byId(page, `predict-field-${k}`).inputValue();

async function type(k: number, words: string): Promise<void> {
  await byId(page, `predict-field-${k}`).fill(words);
  await page.keyboard.press('Enter');
}

async function expectOutputs(x: readonly number[]): Promise<void> {
  const expected = await outputsOfReference(x);
  await expect.poll(() => output(0)).toBeCloseTo(expected[0], 12);
  await expect.poll(() => output(1)).toBeCloseTo(expected[1], 12);
}

describe('the prediction panel', () => {
  it('starts with the sample, and its outputs follow what is typed, and the text stays', async () => {
    await openPanel({}, 'reference-3-4-2');
    const before = await harness(page, ({ file }) => file.text);
    const { data } = JSON.parse(before) as Written;
    await expectOutputs(data.inline[0].x);
    await type(0, '1/4');
    await type(2, '−3,5');
    await expectOutputs([0.25, data.inline[0].x[1], -3.5]);
    await byId(page, 'predict-outside-2').waitFor();
    await byId(page, 'predict-back').click();
    await expectOutputs(data.inline[0].x);
    await byId(page, 'predict-outside-2').waitFor({ state: 'detached' });
    await expect.poll(() => harness(page, ({ file }) => file.text)).toBe(before);
    await expect.poll(() => requests(page, 'edit')).toEqual([]);
  });

  it('says why something is no number, and Escape takes it back', async () => {
    await openPanel({}, 'reference-3-4-2');
    const own = await field(1);
    await type(1, 'much');
    await page.locator('#predict-problem').waitFor();
    await expect
      .poll(() => byId(page, 'predict-field-1').getAttribute('aria-invalid'))
      .toBe('true');
    await page.keyboard.press('Escape');
    await page.locator('#predict-problem').waitFor({ state: 'detached' });
    await expect.poll(() => field(1)).toBe(own);
  });

  it('has a slider over the range of the data, in their units, by name', async () => {
    await openPanel({});
    const slider = byId(page, 'predict-slider-0');
    await expect
      .poll(() => slider.getAttribute('aria-label'))
      .toMatch(/^sepal_length, slider from 4\.3 to 7\.\d$/);
    await expect.poll(() => field(0)).toBe('5.1');
    await slider.focus();
    await page.keyboard.press('Home');
    await expect.poll(() => field(0)).toBe('4.3');
    await byId(page, 'predict-field-0').focus();
    await page.keyboard.press('ArrowDown');
    await byId(page, 'predict-outside-0').waitFor();
    expect(Number(await field(0))).toBeLessThan(4.3);
    await expect
      .poll(() => byId(page, 'predict-origin').textContent())
      .toBe('an input of your own');
  });

  it('puts any sample in, and names the class', async () => {
    await openPanel({});
    await byId(page, 'predict-sample').fill('51');
    await page.keyboard.press('Enter');
    await expect.poll(() => field(0)).toBe('7');
    await expect.poll(() => field(1)).toBe('3.2');
    await harness(page, ({ command }) => command({ type: 'train' }));
    await expect
      .poll(() => byId(page, 'predict-class').textContent(), { timeout: 15_000 })
      .toContain('versicolor');
    await byId(page, 'predict-sample').fill('151');
    await page.keyboard.press('Enter');
    await expect.poll(() => byId(page, 'predict-sample').inputValue()).toBe('51');
  });

  it('follows training, and the sample in scope until an input is chosen', async () => {
    await openPanel({});
    const first = await output(0);
    await harness(page, ({ command }) => command({ type: 'step', unit: 'epoch' } as never));
    await eventually(async () => (await output(0)) !== first, 'the outputs follow a step');
    await byId(page, 'sample-next').click();
    await expect.poll(() => field(0)).toBe('4.9');
    await type(0, '5.5');
    await byId(page, 'sample-next').click();
    await expect.poll(() => byId(page, 'predict-origin').textContent()).toContain('your own');
    await expect.poll(() => field(0)).toBe('5.5');
  });

  it('works without data, from −1 to 1', async () => {
    const json = JSON.parse(await example('reference-3-4-2')) as { data?: unknown };
    delete json.data;
    await openPanel({ text: JSON.stringify(json) });
    await expectOutputs([0, 0, 0]);
    await byId(page, 'predict-slider-1').focus();
    await page.keyboard.press('End');
    await expectOutputs([0, 1, 0]);
  });

  it('has the keyboard when the command has opened it', async () => {
    await open({});
    await harness(page, ({ tell }) => tell('predict'));
    await eventually(
      () =>
        page.evaluate(
          () => (document.activeElement as HTMLElement).dataset['testid'] === 'predict-field-0',
        ),
      'the first field has the keyboard',
    );
  });

  it('of many inputs shows the first, or those of a name', async () => {
    await openPanel({}, 'digits');
    await expect.poll(() => page.locator('.predict-input').count()).toBe(12);
    await byId(page, 'predict-filter').fill('p63');
    await byId(page, 'predict-field-63').waitFor();
    await expect.poll(() => page.locator('.predict-input').count()).toBe(1);
  });

  it('is painted where the input is a picture, by pointer and by keys', async () => {
    await openPanel({}, 'digits');
    const inputs = async (): Promise<readonly number[]> =>
      ((await requests(page, 'predict')).at(-1) as [number[][]])[0][0];
    const start = await inputs();
    expect(start[0]).toBe(0);
    await byId(page, 'painter').scrollIntoViewIfNeeded();
    const box = await byId(page, 'painter').boundingBox();
    if (!box) throw new Error('The picture is not drawn.');
    await page.mouse.move(box.x + 4, box.y + 4);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 4, box.y + 4);
    await page.mouse.up();
    await eventually(
      async () => (await inputs()).slice(0, 8).every(value => value === 16),
      'a stroke',
    );
    expect((await inputs()).slice(8)).toEqual(start.slice(8));
    await byId(page, 'painter').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press(' ');
    await eventually(async () => (await inputs())[8] === 16, 'a pixel by key');
    await page.keyboard.press('Enter');
    await eventually(async () => (await inputs()).every(value => value === 0), 'all wiped');
  });
});

describe('the map', () => {
  const read = (): Promise<string | null> => byId(page, 'map-read').textContent();

  it('moves the input by pointer and by keys, and reads the same output as the panel', async () => {
    await openMap({});
    await byId(page, 'map').scrollIntoViewIfNeeded();
    const box = await byId(page, 'map-canvas').boundingBox();
    if (!box) throw new Error('The map is not drawn.');
    // Pixels of the plot: 40 left, 24 above, 8 right, 32 below; the data go from 0 to 1, the map a tenth further.
    const at = (x: number, y: number): [number, number] => [
      box.x + 40 + ((x + 0.1) / 1.2) * (box.width - 48),
      box.y + 24 + (1 - (y + 0.1) / 1.2) * (box.height - 56),
    ];
    await page.mouse.move(...at(0.25, 0.25));
    await page.mouse.down();
    await page.mouse.move(...at(0.75, 0.5), { steps: 3 });
    await page.mouse.up();
    expect(Math.abs(Number(await field(0)) - 0.75)).toBeLessThan(0.01);
    expect(Math.abs(Number(await field(1)) - 0.5)).toBeLessThan(0.01);
    await page.mouse.move(2, 2);
    const x = Number(await field(0));
    await byId(page, 'map-canvas').focus();
    await page.keyboard.press('Shift+ArrowLeft');
    expect(Number(await field(0))).toBeCloseTo(x - 0.12, 9);
    await eventually(async () => {
      const shown = (await read())?.split('→ ')[1] ?? '';
      return shown === (await byId(page, 'predict-output-0').textContent())?.trim();
    }, 'map and panel agree');
    await page.keyboard.press('Home');
    await expect.poll(() => field(0)).toBe('0');
  });

  it('says under the pointer what the network says there', async () => {
    await openMap({});
    await byId(page, 'map').scrollIntoViewIfNeeded();
    await byId(page, 'map-canvas').hover();
    await expect.poll(read).toMatch(/^x1 0\.\d+, x2 0\.\d+ → ≈ /);
    const [, x1, x2, value] = /x1 (.*), x2 (.*) → ≈ (.*)/.exec((await read()) ?? '') ?? [];
    await type(0, x1);
    await type(1, x2);
    await eventually(
      async () => Math.abs((await output(0)) - Number(value)) < 0.02,
      'the same number',
    );
  });

  it('is of the selected neuron, or of one from the list', async () => {
    await openMap({});
    const neurons = async (): Promise<unknown> =>
      ((await requests(page, 'map')).at(-1) as [{ neurons: unknown }])[0].neurons;
    await expect.poll(() => neurons()).toEqual([{ layer: 1, row: 0 }]);
    await byId(page, 'map-neuron').selectOption('0-2');
    await eventually(
      async () => JSON.stringify(await neurons()) === '[{"layer":0,"row":2}]',
      'the list',
    );
    await harness(page, ({ select }) => select({ type: 'neuron', layer: 0, row: 1 }));
    await eventually(
      async () => JSON.stringify(await neurons()) === '[{"layer":0,"row":1}]',
      'the selection',
    );
    await expect.poll(() => byId(page, 'predict').count()).toBe(0);
    await expect.poll(() => byId(page, 'map-neuron').inputValue()).toBe('0-1');
  });

  it('follows training', async () => {
    await openMap({});
    const words = (): Promise<string | null> => byId(page, 'map-words').textContent();
    const before = await words();
    await harness(page, ({ command }) => command({ type: 'train' }));
    await eventually(
      async () => Number(await byId(page, 'map-canvas').getAttribute('data-step')) > 50,
      'a map of a later step',
    );
    await harness(page, ({ command }) => command({ type: 'pause' }));
    await page.locator('canvas[data-cells="128"]').waitFor();
    await expect.poll(() => words()).not.toBe(before);
    await expect.poll(() => words()).toMatch(/ranges from .* at x1 .*, x2 .* to .* at x1 /);
  });

  it('tells classes by shape and parts by filling', async () => {
    await openMap({}, 'spiral');
    const marks = await page
      .locator('.map-keys path')
      .evaluateAll(all => all.map(path => [path.getAttribute('d'), path.getAttribute('fill')]));
    expect(marks).toHaveLength(4);
    expect(marks[0][0]).not.toBe(marks[1][0]);
    expect([marks[2][1], marks[3][1]]).toEqual(['currentColor', 'none']);
    await expect.poll(() => byId(page, 'map-legend').textContent()).toContain('all 400 samples');
  });

  it('is enlarged and closed by key, and the keyboard comes back', async () => {
    await openMap({});
    await byId(page, 'map-enlarge').focus();
    await page.keyboard.press('Enter');
    await page.locator('dialog[open]').waitFor();
    const wide = await byId(page, 'map-canvas').boundingBox();
    expect(wide?.width).toBeGreaterThan(400);
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
    await eventually(
      () =>
        page.evaluate(
          () => (document.activeElement as HTMLElement).dataset['testid'] === 'map-enlarge',
        ),
      'the button has the keyboard',
    );
  });

  it('of one input is a curve with its words', async () => {
    await openPanel({ text: CURVE });
    await page.locator('canvas[data-cells="128"].curve').waitFor();
    await expect
      .poll(() => byId(page, 'map-words').textContent())
      .toMatch(/ranges from .* at x .* to .* at x /);
    await byId(page, 'map-canvas').focus();
    const before = await field(0);
    await page.keyboard.press('ArrowRight');
    expect(Number(await field(0))).toBeGreaterThan(Number(before));
  });

  it('is not there for three inputs', async () => {
    await openPanel({}, 'reference-3-4-2');
    await expect.poll(() => byId(page, 'map').count()).toBe(0);
    await expect.poll(() => byId(page, 'colour-map').count()).toBe(0);
    await expect.poll(() => requests(page, 'map')).toEqual([]);
  });
});

describe('neurons filled with maps', () => {
  it('are offered for layers of 16 too, and refused with the reason where there are too many', async () => {
    const spiral = await example('spiral');
    await open({ text: spiral });
    await byId(page, 'colour-map').click();
    await expect.poll(() => page.locator('.neuron-map').count()).toBe(2 + 16 + 16 + 1);
    await open({ text: spiral.replace('"units": 16', '"units": 30') });
    const choice = byId(page, 'colour-map');
    await expect.poll(() => choice.getAttribute('aria-disabled')).toBe('true');
    await expect.poll(() => choice.getAttribute('title')).toContain('at most 24 neurons');
    await choice.click({ force: true });
    await expect.poll(() => choice.getAttribute('aria-checked')).toBe('false');
  });

  it('have one each, in place of their numbers, and follow training', async () => {
    await open({ text: await example('xor') });
    await byId(page, 'colour-map').click();
    await expect.poll(() => page.locator('.neuron-map').count()).toBe(7);
    await expect.poll(() => page.locator('.neuron .number').count()).toBe(0);
    const picture = (): Promise<string | null> =>
      byId(page, 'neuron-1-0').locator('image').getAttribute('href');
    const before = await picture();
    await harness(page, ({ command }) => command({ type: 'train' }));
    await eventually(async () => (await picture()) !== before, 'the picture changes');
    await expect
      .poll(() => byId(page, 'legend-maps').textContent())
      .toContain('x1 (to the right) and x2 (up)');
    await byId(page, 'colour-activation').click();
    await expect.poll(() => page.locator('.neuron-map').count()).toBe(0);
  });
});

it('speaks Chinese', async () => {
  await openMap({ language: 'zh-cn' });
  await expect.poll(() => byId(page, 'predict').textContent()).toContain('回到样本');
  await expect.poll(() => byId(page, 'map-words').textContent()).toContain('范围');
});
