/** All results of a gradcheck. */
import { byId, harness } from './actions';
import { example, type OpenOptions } from './browser';
import { open, page } from './suite';

/** Checks a network's gradients, and opens the results. */
export async function openChecked(options: OpenOptions = {}): Promise<void> {
  await open(options);
  await harness(page, ({ command }) => command({ type: 'gradcheck' }));
  await byId(page, 'gradcheck-open').click();
  await byId(page, 'checked-rows').waitFor();
}

/** The same in random directions. */
export async function openDirections(options: OpenOptions = {}): Promise<void> {
  await open(options);
  await harness(page, ({ gradcheck }) => gradcheck({ directions: true }));
  await byId(page, 'gradcheck-open').click();
  await byId(page, 'checked-directions').waitFor();
}

export const checkedStates: {
  readonly [state: string]: (options: OpenOptions) => Promise<void>;
} = {
  'the results of a gradcheck, with the curve of one parameter': async options => {
    await openChecked(options);
    await byId(page, 'checked-layer-0').click();
    await byId(page, 'checked-picture-weight').waitFor();
    await byId(page, 'checked-rows').locator('tbody button').first().click();
    await byId(page, 'checked-curve').waitFor();
  },
  'the results of a gradcheck in random directions': async options =>
    openDirections({ ...options, text: await example('digits') }),
  'the results of a gradcheck in a small window': async options =>
    openChecked({ ...options, width: 800, height: 600, text: await example('digits') }),
};
