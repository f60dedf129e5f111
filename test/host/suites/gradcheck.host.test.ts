/** "Gradcheck…" asks, and what it found is all there to be looked at. */
import { afterAll, describe, expect, it } from 'vitest';
import {
  answer,
  closeAll,
  designer,
  eventually,
  open,
  pattern,
  run,
  screenshot,
  uncaught,
  words,
} from '../ui';

/** Of the 27 parameters of layer 3. */
const allAgree = pattern('Gradcheck: {0} of {1} agree, worst {2} at', 27, 27, /.+/);

/** Answers the three questions; the last two as they stand. */
async function askFor(row: string): Promise<void> {
  await run('Nabla: Gradcheck…');
  await answer(words('Gradcheck: of which parameters?'), { row });
  await answer(words('Gradcheck: over how many training samples?'));
  await answer(words('Gradcheck: with which step h?'));
}

describe('a gradcheck as a person wants it', () => {
  afterAll(closeAll);

  it('asks which parameters, over how many samples, with which step', async () => {
    await open('iris.nn.json');
    await designer.testId('neuron-0-0').waitUntilVisible();
    await askFor(words('Layer {0}', 3));
    const result = designer.testId('gradcheck-result');
    await eventually(async () => expect(await result.text()).toMatch(allAgree));
  });

  it('checks random directions, and says how long all parameters take', async () => {
    await askFor(words('Random directions'));
    const strip = designer.testId('gradcheck-strip');
    await eventually(async () =>
      expect(await strip.text()).toContain(words('{0} of {1} random directions agree', 20, 20)),
    );
    await designer.testId('gradcheck-open').click();
    await designer.testId('checked-directions').waitUntilVisible();
    await screenshot('gradcheck-directions');
    await designer.testId('checked-close').click();
    await askFor(words('Layer {0}', 3));
    await eventually(async () =>
      expect(await designer.testId('gradcheck-result').text()).toMatch(allAgree),
    );
  });

  it('shows all results, and the curve of one of them', async () => {
    await designer.testId('gradcheck-open').click();
    const rows = designer.testId('checked-rows');
    await rows.waitUntilVisible();
    // Until the page has asked for them, the rows are those of the check before.
    await eventually(async () => expect(await rows.find('tbody tr').text()).toContain('layers[1]'));
    await rows.find('tbody button').click();
    await designer.testId('checked-curve').waitUntilVisible();
    await designer.testId('checked-layer-1').click();
    await designer.testId('checked-picture-weight').waitUntilVisible();
    await screenshot('gradcheck-results');
    expect(await uncaught()).toEqual([]);
  });
});
