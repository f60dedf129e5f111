/**
 * States of the page, each brought about as a person does it, with real clicks and keys. What must hold everywhere
 * (axe finds nothing, nothing moves that should not) is asked in each of them.
 */
import { byId, eventually, harness, middle, pointAtEdge } from './actions';
import { example, type OpenOptions } from './browser';
import { checkedStates } from './statesChecked';
import { comparedStates } from './statesCompared';
import { labStates } from './statesLab';
import { resultsStates } from './statesResults';
import { chartStates } from './statesCharts';
import { pastStates } from './statesPast';
import { matricesStates } from './statesMatrices';
import { healthStates } from './statesHealth';
import { stepping } from './statesStepping';
import { predictStates } from './statesPredict';
import { unitsStates } from './statesUnits';
import { narrowStates } from './statesNarrow';
import { open, openBare, page } from './suite';

/** 784-512-10 with one sample, so that there are pictures and numbers. */
const LARGE = JSON.stringify({
  version: 1,
  name: 'large',
  seed: 1,
  input: { shape: [28, 28] },
  layers: [
    { type: 'dense', units: 512, activation: 'relu' },
    { type: 'dense', units: 10, activation: 'softmax' },
  ],
  loss: { type: 'crossEntropy' },
  data: {
    inline: [
      {
        x: Array.from({ length: 784 }, (_, i) => ((i * 37) % 101) / 101),
        y: Array.from({ length: 10 }, (_, i) => (i === 0 ? 1 : 0)),
      },
    ],
  },
});

/** A bad cell, a row that is too short, and an index column. */
export const BAD_CSV = 'id;b;t\n1;2,5;x\n2;?;y\n3;4;z\n4\n';

type Maker = (options: OpenOptions) => Promise<void>;

/** A layer has the selection and the keyboard. */
async function onLayer(options: OpenOptions, layer = 0): Promise<void> {
  await open(options);
  await byId(page, `layer-${layer}`).click();
}

async function press(key: string, then: string): Promise<void> {
  await page.keyboard.press(key);
  await byId(page, then).waitFor();
}

async function openLarge(options: OpenOptions): Promise<void> {
  await openBare({ ...options, text: LARGE, files: {} });
  await byId(page, 'band-0-input').waitFor();
  await eventually(
    async () => !/–$/.test((await byId(page, 'loss').getAttribute('aria-label')) ?? '–'),
    'numbers arrive',
  );
}

async function pressAndHold(from: string, to: string): Promise<void> {
  const [start, end] = [await middle(page, from), await middle(page, to)];
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(start.x + 8, start.y + 8);
  await page.mouse.move(end.x, end.y, { steps: 4 });
  await byId(page, 'drop-label').waitFor();
}

/** As a tab that comes back shows them. */
async function pinned(options: OpenOptions, pins: readonly object[]): Promise<void> {
  await open({ ...options, kept: { pins } });
  for (const i of pins.keys()) await byId(page, `pin-${i}-value`).waitFor();
}

const looking: { readonly [state: string]: Maker } = {
  'a network at rest': open,
  'the card of an edge': async options => {
    await open(options);
    await pointAtEdge(page, 'edge-0-0-0');
    await byId(page, 'card').waitFor();
  },
  'a pinned card': async options => {
    await open(options);
    await pointAtEdge(page, 'edge-0-0-0');
    await byId(page, 'card-pin').click();
    await byId(page, 'pin-0-value').waitFor();
  },
  'three pinned cards that are compared': options =>
    pinned(options, [
      { type: 'weight', layer: 0, row: 0, column: 0 },
      { type: 'weight', layer: 0, row: 0, column: 1 },
      { type: 'loss' },
    ]),
  'pinned cards in a small window, with all digits': async options => {
    const rows = [0, 1, 2].map(row => ({ type: 'neuron', layer: 0, row }));
    await pinned({ ...options, width: 800, height: 600 }, rows);
    await page.keyboard.down('Shift');
    await page.locator('.pin .exact').first().waitFor();
  },
  'gradients and deltas': async options => {
    await open(options);
    await byId(page, 'colour-gradient').click();
    await byId(page, 'colour-delta').click();
    await byId(page, 'scope-batch').click();
  },
  'the network table': async options => {
    await onLayer(options);
    await press('t', 'network-table');
  },
  'a large network': openLarge,
  'the matrix of a large layer': async options => {
    await openLarge(options);
    await byId(page, 'layer-0').click();
    await press('m', 'matrix');
    await page.keyboard.press('ArrowDown');
  },
  'a residual network': async options => {
    await open({ ...options, text: await example('residual') });
    await byId(page, 'symbol-3').waitFor();
  },
  'a network of images': async options => {
    await openBare({ ...options, text: await example('digits-conv') });
    await byId(page, 'map-0-0').locator('.channel-picture path').first().waitFor();
    await byId(page, 'status').waitFor({ state: 'attached' });
  },
  'the card of a value of an image': async options => {
    await openBare({ ...options, text: await example('digits-conv') });
    await byId(page, 'map-1-0').locator('.channel-picture path').first().waitFor();
    await byId(page, 'status').waitFor({ state: 'attached' });
    const { x, y } = await middle(page, 'map-1-0');
    await page.mouse.move(x - 3, y);
    await page.mouse.move(x, y, { steps: 3 });
    await byId(page, 'card').waitFor();
  },
  Chinese: async options => {
    await onLayer({ ...options, language: 'zh-cn' });
    await byId(page, 'units').waitFor();
  },
  'the help': async options => {
    await onLayer(options);
    await press('?', 'help');
  },
};

const selecting: { readonly [state: string]: Maker } = {
  'a selected layer': async options => {
    await onLayer(options);
    await byId(page, 'units').waitFor();
  },
  'a selected edge': async options => {
    await open(options);
    await pointAtEdge(page, 'edge-0-0-0');
    await byId(page, 'card').waitFor();
    await page.mouse.down();
    await page.mouse.up();
    await byId(page, 'inspector-value').waitFor();
  },
  'a derivation and all paths': async options => {
    await open({ ...options, height: 1100 });
    await harness(page, ({ select }) => select({ type: 'weight', layer: 0, row: 0, column: 0 }));
    for (const fold of ['derivation', 'paths']) await byId(page, fold).locator('summary').click();
  },
  'a pushed neuron': async options => {
    await open(options);
    await byId(page, 'neuron-0-2').click();
    await byId(page, 'what-if-slider').press('PageUp');
    await byId(page, 'what-if-number').fill('far');
    await byId(page, 'what-if-number').press('Enter');
    await page.locator('#what-if-problem').waitFor();
  },
  'a slice through the loss of all samples': async options => {
    await open({ ...options, width: 800, height: 1000, kept: { fold: 'open', inspector: true } });
    await byId(page, 'scope-batch').click();
    await harness(page, ({ select }) => select({ type: 'bias', layer: 1, row: 0 }));
    await byId(page, 'what-if').waitFor();
    await byId(page, 'what-if-zoom-in').click();
  },
  'the selected input': async options => {
    await open(options);
    await byId(page, 'layer-input').click();
    await byId(page, 'select-network').waitFor();
  },
  'several selected layers': async options => {
    await onLayer(options);
    await byId(page, 'layer-1').click({ modifiers: ['Control'] });
    await byId(page, 'several').waitFor();
  },
  'every group of the form': async options => {
    await open(options);
    for (const more of await page.locator('[data-testid^="more-"]').all()) await more.click();
    await onEveryGroup();
  },
  'an error at a field': async options => {
    await open(options);
    const field = byId(page, 'field-training.epochs');
    await field.fill('-3');
    await field.press('Enter');
    await page.locator('[aria-invalid="true"]').waitFor();
  },
  'the palette as a drawer': async options => {
    await open({ ...options, width: 600 });
    await byId(page, 'palette-open').click();
    await byId(page, 'palette').waitFor();
  },
};

async function onEveryGroup(): Promise<void> {
  await byId(page, 'layer-0').click();
  for (const more of await page.locator('[data-testid^="more-"]').all()) await more.click();
}

const changing: { readonly [state: string]: Maker } = {
  'where to go': async options => {
    await onLayer(options);
    await press('/', 'go-to');
    await page.keyboard.type('nowhere');
    await press('Enter', 'problem');
  },
  'the chooser of a layer': async options => {
    await onLayer(options);
    await press('i', 'chooser');
  },
  'the chooser of an activation': async options => {
    await onLayer(options);
    await press('a', 'activation-chooser');
  },
  'the editor of a number': async options => {
    await onLayer(options);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('e');
    await press('Enter', 'number-editor');
    await page.keyboard.type('one');
    await press('Enter', 'problem');
  },
  'a connection that waits': async options => {
    await open({ ...options, text: await example('residual') });
    await byId(page, 'layer-0').click();
    await press('c', 'overlay');
    await page.keyboard.press('ArrowRight');
  },
  'a drag with its ghost': async options => {
    await open(options);
    await pressAndHold('palette-dense', 'neuron-0-0');
  },
  'a drag to a forbidden place': async options => {
    await open(options);
    await pressAndHold('palette-softmax', 'neuron-0-1');
    await page.locator('.drop-label.forbidden').waitFor();
  },
  'a refused edit': async options => {
    await onLayer(options);
    await byId(page, 'palette-softmax').click();
    await byId(page, 'notice').waitFor();
  },
  'the quiet line of an edit': async options => {
    await onLayer(options);
    await page.keyboard.press('+');
    await byId(page, 'neuron-0-8').waitFor();
  },
  'a read-only file': async options => {
    await onLayer({ ...options, readOnly: true });
    await byId(page, 'lock').waitFor();
  },
};

const running: { readonly [state: string]: Maker } = {
  'a running training': async options => {
    const text = (await example('iris')).replace('"epochs": 100', '"epochs": 1000000');
    await open({ ...options, text });
    await byId(page, 'train').click();
    await byId(page, 'pause').waitFor();
    await byId(page, 'chart').waitFor();
  },
  'the table of a run': async options => {
    await open(options);
    await byId(page, 'step-epoch').click();
    await byId(page, 'chart-table').click();
    await byId(page, 'metrics-table').waitFor();
  },
  'a gradcheck': async options => {
    await open(options);
    await byId(page, 'gradcheck').click();
    await byId(page, 'gradcheck-close').waitFor();
  },
  'a run that diverged': async options => {
    const text = (await example('iris'))
      .replace('"adam", "learningRate": 0.01', '"sgd", "learningRate": 1000000')
      .replace('"crossEntropy"', '"meanSquaredError"')
      .replace('softmax', 'linear');
    await open({ ...options, text });
    await byId(page, 'train').click();
    await byId(page, 'banner-diverged').waitFor();
  },
};

const data: { readonly [state: string]: Maker } = {
  'a text with an error': async options => {
    await open(options);
    await harness(page, ({ setText }) => setText('{'));
    await byId(page, 'banner').waitFor();
  },
  'an empty file': async options => {
    await openBare({ ...options, text: '' });
    await byId(page, 'empty').waitFor();
  },
  'a table for an empty file': async options => {
    await openBare({ ...options, text: '', files: { 'a.csv': BAD_CSV }, width: 560 });
    await byId(page, 'template-csv').click();
    await byId(page, 'csv-bad').waitFor();
  },
  'a table for a network': async options => {
    await open(options);
    await byId(page, 'use-csv').click();
    await byId(page, 'consequences').waitFor();
  },
  'a generator for a network': async options => {
    await open({ ...options, text: await example('xor') });
    await byId(page, 'use-generator').click();
  },
};

export const states: { readonly [state: string]: Maker } = {
  ...looking,
  ...selecting,
  ...changing,
  ...running,
  ...data,
  ...checkedStates,
  ...labStates,
  ...resultsStates,
  ...chartStates,
  ...comparedStates,
  ...pastStates,
  ...stepping,
  ...healthStates,
  ...matricesStates,
  ...predictStates,
  ...unitsStates,
  ...narrowStates,
};
