/** The bar that offers to go on with a training that was cut off. */
import { describe, expect, it } from 'vitest';
import { byId, harness } from './harness/actions';
import { accessibilityFaults } from './harness/axe';
import { open, page } from './harness/suite';
import type { UnfinishedNote } from '../../src/protocol';

const note: UnfinishedNote = { epoch: 12, step: 96, epochs: 300, hidden: false };

const tell = (told: UnfinishedNote | undefined): Promise<void> =>
  page.evaluate(value => window.harness.tell('unfinished', value), told);

const words = (): Promise<string> =>
  byId(page, 'unfinished')
    .innerText()
    .then(text => text.replaceAll(/\s+/g, ' '));

const ordered = () =>
  harness(page, ({ requests }) =>
    requests.filter(({ name }) => name === 'run').map(({ args }) => args[0]),
  );

describe('a training that was cut off', () => {
  it('by the window is gone on with, or discarded', async () => {
    await open();
    await expect.poll(() => byId(page, 'unfinished').count()).toBe(0);
    await tell(note);
    await byId(page, 'unfinished').waitFor();
    await expect.poll(words).toContain('kept up to epoch 12 of 300; the file is as it was.');
    await expect
      .poll(() => byId(page, 'continueTraining').innerText())
      .toBe('Continue training (epoch 12 of 300)');
    expect(await accessibilityFaults(page)).toEqual([]);
    await byId(page, 'continueTraining').click();
    await byId(page, 'discardTraining').click();
    await expect.poll(ordered).toEqual([{ type: 'continueTraining' }, { type: 'discardTraining' }]);
    await tell(undefined);
    await byId(page, 'unfinished').waitFor({ state: 'detached' });
  });

  it('by the engine is gone on with, or not now', async () => {
    await open();
    await tell({ ...note, reason: 'exit code 137' });
    await byId(page, 'unfinished').waitFor();
    await expect.poll(words).toContain('(exit code 137)');
    await expect.poll(words).toContain('Continue from epoch 12');
    await byId(page, 'postponeTraining').click();
    await expect.poll(ordered).toEqual([{ type: 'postponeTraining' }]);
    await tell({ ...note, reason: 'exit code 137', hidden: true });
    await byId(page, 'unfinished').waitFor({ state: 'detached' });
  });

  it('and does not fit any more can only be discarded', async () => {
    await open();
    await tell({ ...note, reason: 'killed', misfit: 'Its layers are others.' });
    await byId(page, 'unfinished').waitFor();
    await expect.poll(words).toContain('cannot go on. Its layers are others.');
    await expect.poll(() => byId(page, 'continueTraining').count()).toBe(0);
    await byId(page, 'discardTraining').click();
    await expect.poll(ordered).toEqual([{ type: 'discardTraining' }]);
  });

  it('is told in Chinese, too', async () => {
    await open({ language: 'zh-cn' });
    await tell(note);
    await byId(page, 'unfinished').waitFor();
    await expect.poll(words).toContain('继续训练（第 12 轮，共 300 轮）');
  });
});
