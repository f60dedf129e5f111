/** States of the page with the results open. */
import { byId, harness } from './actions';
import { example, type OpenOptions } from './browser';
import { open, page } from './suite';

const NETWORK = {
  version: 1,
  seed: 3,
  input: { shape: [2] },
  layers: [
    { type: 'dense', units: 4, activation: 'tanh' },
    { type: 'dense', units: 2, activation: 'linear' },
  ],
  loss: { type: 'meanSquaredError' },
};
export const WITHOUT_DATA = JSON.stringify(NETWORK);
/** Two numbers of two inputs. */
export const NUMBERS = JSON.stringify({
  ...NETWORK,
  data: {
    inline: Array.from({ length: 24 }, (_, i) => ({
      x: [i / 24, (i % 5) / 5],
      y: [i / 12, 1 - (i % 5) / 3],
    })),
  },
});

/** So many samples that their results take some seconds. */
export const MANY = JSON.stringify({
  ...NETWORK,
  layers: [
    { type: 'dense', units: 96, activation: 'tanh' },
    { type: 'dense', units: 96, activation: 'tanh' },
    { type: 'dense', units: 1, activation: 'sigmoid' },
  ],
  loss: { type: 'binaryCrossEntropy' },
  data: { generator: 'circle', samples: 400_000, split: { validation: 0.001 } },
});

export async function openResults(options: OpenOptions): Promise<void> {
  await open(options);
  await harness(page, ({ tell }) => tell('openResults'));
  await byId(page, 'results').waitFor();
}

export const openClasses = async (options: OpenOptions, name: string): Promise<void> =>
  openResults({ ...options, text: await example(name) });

export const resultsStates: {
  readonly [state: string]: (options: OpenOptions) => Promise<void>;
} = {
  'the results of classes, with the samples of a cell': async options => {
    await openClasses(options, 'iris');
    await byId(page, 'results-part-training').click();
    await byId(page, 'results-cell-0-0').click();
    await byId(page, 'results-all').waitFor();
  },
  'the results of pictures in a small window': async options => {
    await openClasses({ ...options, width: 800, height: 600 }, 'digits');
    await page.locator('.results-picture[data-drawn=true]').first().waitFor();
  },
  'the results of numbers': async options => {
    await openResults({ ...options, text: NUMBERS });
    await byId(page, 'results-plot').waitFor();
  },
  'the results without data': async options => {
    await openResults({ ...options, text: WITHOUT_DATA });
    await byId(page, 'results-missing').waitFor();
  },
};
