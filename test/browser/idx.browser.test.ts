/** IDX files in the inspector, and data that take long to read. */
import { describe, expect, it } from 'vitest';
import { accessibilityFaults } from './harness/axe';
import { byId, eventually, requests } from './harness/actions';
import { open, page } from './harness/suite';

const TEXT = JSON.stringify({
  version: 1,
  name: 'pictures',
  input: { shape: [2, 2] },
  layers: [{ type: 'dense', units: 3, activation: 'softmax' }],
  loss: { type: 'crossEntropy' },
  data: { idx: { images: 'data/x.gz', labels: 'data/y.gz' }, split: { validation: 0.25 } },
});

describe('the source of the data', () => {
  it.each([
    ['en', 'data/x.gz and data/y.gz'],
    ['zh-cn', 'data/x.gz 和 data/y.gz'],
  ])('names both files, in %s', async (language, source) => {
    await open({ text: TEXT, files: {}, language });
    await byId(page, 'data-source').filter({ hasText: source }).waitFor();
    await expect.poll(() => byId(page, 'data-problem').textContent()).toContain('data/x.gz');
    expect(await accessibilityFaults(page)).toEqual([]);
  });
});

describe('reading that takes long', () => {
  const told = (part: number | undefined) =>
    page.evaluate(value => window.harness.tell('loadProgress', value), part);

  it('says how far it is, and can be cancelled', async () => {
    await open({ text: TEXT, files: {} });
    await expect.poll(() => byId(page, 'load-strip').count()).toBe(0);
    await told(0.25);
    await byId(page, 'load-strip').waitFor();
    const bar = byId(page, 'load-strip').locator('progress');
    await expect
      .poll(() => bar.evaluate((element: HTMLProgressElement) => element.value))
      .toBe(0.25);
    await told(0.75);
    const isFar = async (): Promise<boolean> =>
      (await bar.evaluate((element: HTMLProgressElement) => element.value)) === 0.75;
    await eventually(isFar, 'the bar has moved');
    expect(await accessibilityFaults(page)).toEqual([]);
    await byId(page, 'load-cancel').click();
    await expect.poll(() => requests(page, 'run')).toContainEqual([{ type: 'cancelLoad' }]);
    await told(undefined);
    await byId(page, 'load-strip').waitFor({ state: 'detached' });
  });
});
