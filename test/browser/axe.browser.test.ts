/** axe finds nothing, in any state of the page and in any theme; and every icon is there. */
import { describe, expect, it } from 'vitest';
import { changeTheme } from './harness/actions';
import { accessibilityFaults, missingIcons } from './harness/axe';
import type { Theme } from './harness/browser';
import { states } from './harness/states';
import { page } from './harness/suite';

const others: readonly Theme[] = ['light', 'high-contrast', 'high-contrast-light'];

describe('axe finds nothing in any theme', () => {
  it.each(Object.keys(states))('%s', async state => {
    await states[state]({});
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await missingIcons(page)).toEqual([]);
    for (const theme of others) {
      await changeTheme(page, theme);
      expect(await accessibilityFaults(page, undefined, 'colours'), theme).toEqual([]);
    }
  });
});
