/** An engine that hangs in the middle of a training: the person is asked, a click restarts it, and the training goes on. */
import { describe, expect, it } from 'vitest';
import { engines, hangEngine } from '../engines';
import { keptEpoch, longTraining, runsBeyond, stored, trainBeyond } from '../longTraining';
import { designer, eventually, message, screenshot, words } from '../ui';

const bar = designer.testId('unfinished');

describe('an engine that hangs in the middle of a training', () => {
  const subject = longTraining();
  let canHang = false;

  it('is told after twenty seconds, while VS Code and the text live', async () => {
    const before = await stored();
    await trainBeyond(1000);
    // What a restart goes on from.
    await eventually(async () => expect((await stored()).length).toBe(before.length + 1), 50);
    canHang = hangEngine();
    if (!canHang) return;
    await message(words('Restart Engine'), 45);
    await screenshot('hung');
    expect(subject.document.getText()).toBe(subject.text);
    expect(subject.document.isDirty).toBe(false);
  }, 120_000);

  it('is restarted by a click, and the training goes on from what was kept', async () => {
    if (!canHang) return;
    const before = engines();
    const question = await message(words('Restart Engine'));
    await question.find('.monaco-button').click();
    await bar.waitUntilVisible(30);
    expect(await bar.text()).toContain(words('it did not answer, and was ended'));
    await eventually(() => {
      expect(engines()).toHaveLength(1);
      expect(engines()).not.toEqual(before);
    });
    const kept = await keptEpoch();
    await designer.testId('continueTraining').click();
    await runsBeyond(kept, 30);
    expect(subject.document.getText()).toBe(subject.text);
  });
});
