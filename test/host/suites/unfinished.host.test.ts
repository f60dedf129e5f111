/** The engine is killed in the middle of a training: nothing is lost but a few seconds, and the file is as it was. */
import { commands, workspace } from 'vscode';
import { describe, expect, it } from 'vitest';
import { engines, killEngine } from '../engines';
import {
  FILE,
  keptEpoch,
  longTraining,
  phase,
  runsBeyond,
  stored,
  trainBeyond,
} from '../longTraining';
import { designer, eventually, inWorkspace, open, pattern, run, screenshot } from '../ui';

const bar = designer.testId('unfinished');
const kept = pattern(
  'The training engine stopped in the middle of the training ({2}), and has started again. What was trained is kept up to epoch {0} of {1}; the file is as it was.',
  /\d.*/,
  /.+/,
  /.+/,
);

/** Trains until something is kept of it, then kills the engine; false where none can be killed. */
async function trainAndKill(): Promise<boolean> {
  for (let least = 1000; ; least *= 4) {
    await trainBeyond(least);
    if (!killEngine()) return false;
    await eventually(async () => expect(await phase()).toBe('idle'), 30);
    // The engine was too fast for the first moment to be kept.
    if ((await bar.count()) > 0) return true;
  }
}

describe('an engine that is killed in the middle of a training', () => {
  const subject = longTraining();
  let canKill = false;

  it('is started again; the page says what is kept, and the file is as it was', async () => {
    canKill = await trainAndKill();
    if (!canKill) return;
    await bar.waitUntilVisible();
    expect(await bar.text()).toMatch(kept);
    expect(subject.document.getText()).toBe(subject.text);
    expect(subject.document.isDirty).toBe(false);
    expect(await stored()).toHaveLength(1);
    // The curves up to there.
    await designer.find('nabla-metric-chart').waitUntilVisible();
    await screenshot('unfinished');
  });

  it('goes on from there', async () => {
    if (!canKill) return;
    const reached = await keptEpoch();
    await designer.testId('continueTraining').click();
    await bar.waitUntilGone();
    await runsBeyond(reached, 15);
    expect(subject.document.getText()).toBe(subject.text);
  });

  it('goes on by a command after "not now"', async () => {
    if (!canKill) return;
    expect(killEngine()).toBe(true);
    await designer.testId('postponeTraining').click();
    await bar.waitUntilGone();
    await run('Nabla: Continue Unfinished Training');
    await eventually(async () => expect(await phase()).toBe('running'));
  });

  it('is offered when the network is opened again, and can be discarded', async () => {
    if (!canKill) return;
    expect(killEngine()).toBe(true);
    await bar.waitUntilVisible(30);
    await commands.executeCommand('workbench.action.closeAllEditors');
    // Until the run of the network that nobody looks at has ended.
    await eventually(() => expect(engines()).toEqual([]), 30);
    await open(FILE);
    await bar.waitUntilVisible(30);
    const offered = pattern(
      'A training of this network was cut off. It is kept up to epoch {0} of {1}; the file is as it was.',
      /\d.*/,
      /.+/,
    );
    expect(await bar.text()).toMatch(offered);
    await commands.executeCommand('nabla.discardTraining', inWorkspace(FILE));
    await bar.waitUntilGone();
    await eventually(async () => expect(await stored()).toEqual([]));
    expect(await phase()).toBe('idle');
    expect((await workspace.openTextDocument(inWorkspace(FILE))).getText()).toBe(subject.text);
  });
});
