/** The prediction panel in a real window: messages cross VS Code's own port, which carries JSON. */
import { afterAll, describe, expect, it } from 'vitest';
import { closeAll, designer, eventually, open, screenshot, uncaught } from '../ui';

const output = async (): Promise<number> =>
  Number(await designer.testId('predict-output-0').attribute('data-value'));

describe('the prediction panel', () => {
  afterAll(async () => {
    await closeAll();
    expect(await uncaught()).toEqual([]);
  });

  it('predicts now, and follows what is typed', async () => {
    await open('xor.nn.json');
    await designer.testId('predict-open').click();
    await designer.testId('predict-output-0').waitUntilVisible(30);
    const before = await output();
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(1);
    const first = designer.testId('predict-field-0');
    await first.fill('5.5');
    await first.press('Enter');
    await eventually(async () => expect(await output()).not.toBe(before));
    expect(await designer.find('.predict [role=alert]').count()).toBe(0);
    await screenshot('predict');
  });
});
