/** In any state of the page: axe finds nothing, in any theme; what is written can be read; every icon is there; nothing moves for who wants no motion. */
import { describe, expect, it } from 'vitest';
import { changeTheme } from './harness/actions';
import { accessibilityFaults, missingIcons } from './harness/axe';
import { paleWords } from './harness/contrast';
import type { Theme } from './harness/browser';
import { moving } from './harness/motion';
import { states } from './harness/states';
import { page } from './harness/suite';

const others: readonly Theme[] = ['light', 'high-contrast', 'high-contrast-light'];

describe('axe finds nothing in any theme, and with reduced motion nothing moves', () => {
  it.each(Object.keys(states))('%s', async state => {
    await states[state]({ reducedMotion: true });
    expect(await moving(page)).toEqual([]);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await paleWords(page)).toEqual([]);
    expect(await missingIcons(page)).toEqual([]);
    for (const theme of others) {
      await changeTheme(page, theme);
      expect(await accessibilityFaults(page, undefined, 'colours'), theme).toEqual([]);
      expect(await paleWords(page), theme).toEqual([]);
    }
  });
});
