/** The help for keys and screen readers, by the key that VS Code's own helps have. */
import { afterAll, describe, expect, it } from 'vitest';
import { closeAll, designer, open, press, screenshot, uncaught, words } from '../ui';

describe('the help of the designer', () => {
  afterAll(async () => {
    await closeAll();
    expect(await uncaught()).toEqual([]);
  });

  it('opens by Alt+F1 from anywhere in the designer, and leads back by Escape', async () => {
    await open('iris.nn.json');
    await designer.testId('neuron-0-0').waitUntilVisible(30);
    for (const from of ['train', 'neuron-0-0']) {
      await designer.testId(from).focus();
      await press('Alt+F1');
      await designer.testId('help').waitUntilVisible();
      expect(await designer.testId('help').text()).toContain(words('With a screen reader'));
      if (from === 'train') await screenshot('help');
      await press('Escape');
      await designer.testId('help').waitUntilGone();
    }
  });
});
