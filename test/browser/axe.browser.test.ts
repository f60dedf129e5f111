/** axe finds nothing, in any state of the page and in any theme. */
import { describe, expect, it } from 'vitest';
import { byId, pointAtEdge } from './harness/actions';
import { accessibilityFaults } from './harness/axe';
import type { OpenOptions, Theme } from './harness/browser';
import { open, openBare, page } from './harness/suite';

const themes: readonly Theme[] = ['dark', 'light', 'high-contrast', 'high-contrast-light'];

/** How each state comes about. */
const states: { readonly [state: string]: (options: OpenOptions) => Promise<void> } = {
  'a network at rest': options => open(options),
  'the card of an edge': async options => {
    await open(options);
    await pointAtEdge(page, 'edge-0-0-0');
    await byId(page, 'card').waitFor();
  },
  'a selected layer': async options => {
    await open(options);
    await byId(page, 'layer-0').click();
    await byId(page, 'units').waitFor();
  },
  'a text with an error': async options => {
    await open(options);
    await page.evaluate('window.harness.setText("{")');
    await byId(page, 'banner').waitFor();
  },
  'an empty file': async options => {
    await openBare({ ...options, text: '' });
    await byId(page, 'empty').waitFor();
  },
  'a gradcheck': async options => {
    await open(options);
    await page.evaluate('window.harness.command({ type: "gradcheck" })');
    await byId(page, 'gradcheck').waitFor();
  },
};

describe.each(themes)('in the theme %s', theme => {
  it.each(Object.keys(states))('%s', async state => {
    await states[state]({ theme });
    expect(await accessibilityFaults(page)).toEqual([]);
  });
});
