/** States of the prediction panel and of the maps. */
import { byId, harness } from './actions';
import { example, type OpenOptions } from './browser';
import { open, openBare, page } from './suite';

type Maker = (options: OpenOptions) => Promise<void>;

/** One input, so that there is a curve. */
export const CURVE = JSON.stringify({
  version: 1,
  name: 'Curve',
  seed: 3,
  input: { shape: [1] },
  layers: [
    { type: 'dense', units: 8, activation: 'tanh' },
    { type: 'dense', units: 1, activation: 'linear' },
  ],
  loss: { type: 'meanSquaredError' },
  data: { generator: 'sine', samples: 40, noise: 0.05, split: { validation: 0.25 } },
});

/** The page of a network, with the panel opened as the command does it. */
export async function openPanel(options: OpenOptions, name?: string): Promise<void> {
  const text = name === undefined ? {} : { text: await example(name) };
  await openBare({ height: 1100, ...options, ...text });
  await byId(page, 'status').waitFor({ state: 'attached' });
  await byId(page, 'predict-open').click();
  await byId(page, 'predict-output-0').waitFor();
}

export async function openMap(options: OpenOptions, name = 'xor'): Promise<void> {
  await openPanel(options, name);
  await page.locator('canvas[data-cells="128"]').waitFor();
}

export const predictStates: { readonly [state: string]: Maker } = {
  'the prediction panel': options => openPanel(options),
  'an input beyond the data, and one that is no number': async options => {
    await openPanel(options);
    await byId(page, 'predict-field-0').fill('99');
    await page.keyboard.press('Enter');
    await byId(page, 'predict-outside-0').waitFor();
    await byId(page, 'predict-field-1').fill('much');
    await page.keyboard.press('Enter');
    await page.locator('#predict-problem').waitFor();
  },
  'a painted input': async options => {
    await openPanel(options, 'digits');
    await byId(page, 'painter').click();
    await byId(page, 'predict-filter').fill('p1');
  },
  'the map of an output': options => openMap(options),
  'the map of a hidden neuron in a small window': async options => {
    await open({ ...options, text: await example('xor'), width: 800, height: 600 });
    await harness(page, ({ select }) => select({ type: 'neuron', layer: 0, row: 1 }));
    await byId(page, 'inspector-fold').click();
    await page.locator('canvas[data-cells="128"]').waitFor();
  },
  'an enlarged map': async options => {
    await openMap(options);
    await byId(page, 'map-enlarge').click();
    await byId(page, 'map-close').waitFor();
  },
  'the curve of one input': async options => {
    await openPanel({ ...options, text: CURVE });
    await page.locator('canvas[data-cells="128"]').waitFor();
  },
  'neurons filled with maps': async options => {
    await open({ ...options, text: await example('xor') });
    await byId(page, 'colour-map').click();
    await page.locator('.neuron-map').first().waitFor();
  },
};
