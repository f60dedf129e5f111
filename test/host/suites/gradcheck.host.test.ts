/** "Gradcheck…" asks, and what it found is all there to be looked at. */
import { afterAll, describe, expect, it } from 'vitest';
import {
  closeAll,
  designer,
  eventually,
  open,
  press,
  run,
  screenshot,
  uncaught,
  workbench,
} from '../ui';

const question = workbench.find('.quick-input-widget:visible .quick-input-title');

const asked = (title: string) =>
  eventually(async () => expect(await question.text()).toContain(title));

describe('a gradcheck as a person wants it', () => {
  afterAll(closeAll);

  it('asks which parameters, over how many samples, with which step', async () => {
    await open('iris.nn.json');
    await designer.testId('neuron-0-0').waitUntilVisible();
    await run('Nabla: Gradcheck…');
    await asked('of which parameters');
    await press('ArrowDown');
    await press('ArrowDown');
    await press('Enter');
    await asked('over how many training samples');
    await press('Enter');
    await asked('with which step');
    await press('Enter');
    const result = designer.testId('gradcheck-result');
    await eventually(async () => expect(await result.text()).toContain('27 of 27'));
  });

  it('shows all results, and the curve of one of them', async () => {
    await designer.testId('gradcheck-open').click();
    const rows = designer.testId('checked-rows');
    await rows.waitUntilVisible();
    expect(await rows.find('tbody tr').text()).toContain('layers[1]');
    await rows.find('tbody button').click();
    await designer.testId('checked-curve').waitUntilVisible();
    await designer.testId('checked-layer-1').click();
    await designer.testId('checked-picture-weight').waitUntilVisible();
    await screenshot('gradcheck-results');
    expect(await uncaught()).toEqual([]);
  });
});
