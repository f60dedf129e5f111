/** The bar that asks what becomes of a training that a change of the network has paused. */
import { describe, expect, it } from 'vitest';
import { byId, harness } from './harness/actions';
import { accessibilityFaults } from './harness/axe';
import { open, page } from './harness/suite';
import type { DocumentState, InterruptedNote } from '../../src/protocol';

const note: InterruptedNote = { epoch: 120, epochs: 500, what: 'layers', hidden: false };

const tell = (told: InterruptedNote | undefined): Promise<void> =>
  page.evaluate(value => window.harness.tell('interrupted', value), told);

const words = (): Promise<string> => byId(page, 'interrupted').locator('p').innerText();

const ordered = () =>
  harness(page, ({ requests }) =>
    requests.filter(({ name }) => name === 'run').map(({ args }) => args[0]),
  );

describe('a training that a change has paused', () => {
  it('goes on, begins again or neither, as the person says', async () => {
    await open();
    await expect.poll(() => byId(page, 'interrupted').count()).toBe(0);
    await tell(note);
    await byId(page, 'interrupted').waitFor();
    await expect.poll(words).toBe('Training paused at epoch 120 of 500: layers changed.');
    expect(await accessibilityFaults(page)).toEqual([]);
    await expect
      .poll(() => byId(page, 'continueInterrupted').getAttribute('title'))
      .toContain('remaining epochs (380)');
    for (const answer of ['continue', 'restart', 'postpone'])
      await byId(page, `${answer}Interrupted`).click();
    await expect
      .poll(ordered)
      .toEqual([
        { type: 'continueInterrupted' },
        { type: 'restartInterrupted' },
        { type: 'postponeInterrupted' },
      ]);
    await tell({ ...note, hidden: true });
    await byId(page, 'interrupted').waitFor({ state: 'detached' });
    await tell({ ...note, what: 'weights' });
    await expect.poll(words).toContain('weights changed');
    await tell(undefined);
    await byId(page, 'interrupted').waitFor({ state: 'detached' });
  });

  it('is answered with the keyboard, which the bar does not take away from anybody', async () => {
    await open();
    await byId(page, 'layer-0').click();
    const focused = (): Promise<string | undefined> =>
      page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['testid']);
    await expect.poll(focused).toBe('layer-0');
    await tell(note);
    await byId(page, 'interrupted').waitFor();
    await expect.poll(focused).toBe('layer-0');
    await byId(page, 'restartInterrupted').focus();
    await page.keyboard.press('Enter');
    await expect.poll(ordered).toEqual([{ type: 'restartInterrupted' }]);
  });

  it('cannot go on nor begin again while there are no data, and says why', async () => {
    await open();
    await tell(note);
    // The text names no data any more, and then names them again.
    await page.evaluate(() => {
      const { tell: send, document } = window.harness;
      const named = document();
      const network = named.network && { ...named.network, data: undefined };
      Object.assign(window, { named });
      send('document', { ...named, network, data: undefined, version: named.version + 1 });
    });
    const titles = (): Promise<(string | null)[]> =>
      Promise.all(
        ['continue', 'restart'].map(id =>
          byId(page, `${id}Interrupted`).and(page.locator('[disabled]')).getAttribute('title'),
        ),
      );
    await expect.poll(titles).toEqual(['Continue: no data', 'Restart: no data']);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.evaluate(() => {
      const { named } = window as unknown as { named: DocumentState };
      window.harness.tell('document', { ...named, version: named.version + 2 });
    });
    await byId(page, 'restartInterrupted').and(page.locator(':not([disabled])')).click();
    await expect.poll(ordered).toEqual([{ type: 'restartInterrupted' }]);
  });

  it('cannot be answered while the text is no network', async () => {
    await open();
    await tell({ ...note, what: 'text' });
    await expect.poll(words).toContain('the text is no usable network at the moment');
    await expect.poll(() => byId(page, 'continueInterrupted').count()).toBe(0);
    await expect.poll(() => byId(page, 'restartInterrupted').count()).toBe(0);
    await byId(page, 'postponeInterrupted').click();
    await expect.poll(ordered).toEqual([{ type: 'postponeInterrupted' }]);
  });

  it('is told in Chinese, too', async () => {
    await open({ language: 'zh-cn' });
    await tell(note);
    await expect.poll(words).toBe('训练已在第 120 轮（共 500 轮）暂停：层已更改。');
    await expect.poll(() => byId(page, 'continueInterrupted').innerText()).toBe('继续');
  });
});
