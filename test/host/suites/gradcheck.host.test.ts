/** "Gradcheck…" asks, and what it found is all there to be looked at. */
import { afterAll, describe, expect, it } from 'vitest';
import { answer, closeAll, designer, eventually, open, run, screenshot, uncaught } from '../ui';

describe('a gradcheck as a person wants it', () => {
  afterAll(closeAll);

  it('asks which parameters, over how many samples, with which step', async () => {
    await open('iris.nn.json');
    await designer.testId('neuron-0-0').waitUntilVisible();
    await run('Nabla: Gradcheck…');
    await answer('of which parameters', { row: 'Layer 3' });
    await answer('over how many training samples');
    await answer('with which step');
    const result = designer.testId('gradcheck-result');
    await eventually(async () => expect(await result.text()).toContain('27 of 27'));
  });

  it('checks random directions, and says how long all parameters take', async () => {
    await run('Nabla: Gradcheck…');
    await answer('of which parameters', { row: 'Random directions' });
    await answer('over how many training samples');
    await answer('with which step');
    const strip = designer.testId('gradcheck-strip');
    await eventually(async () =>
      expect(await strip.text()).toContain('20 of 20 random directions agree'),
    );
    await designer.testId('gradcheck-open').click();
    await designer.testId('checked-directions').waitUntilVisible();
    await screenshot('gradcheck-directions');
    await designer.testId('checked-close').click();
    await run('Nabla: Gradcheck…');
    await answer('of which parameters', { row: 'Layer 3' });
    await answer('over how many training samples');
    await answer('with which step');
    await eventually(async () =>
      expect(await designer.testId('gradcheck-result').text()).toContain('27 of 27'),
    );
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
