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
  'the results of a gradcheck in a small window': async options =>
    openChecked({ ...options, width: 800, height: 600, text: await example('digits') }),
};
