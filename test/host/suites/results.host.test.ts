/** The results in a real window: of a network that is open, by the palette and by the button. */
import { afterAll, describe, expect, it } from 'vitest';
import {
  closeAll,
  designer,
  eventually,
  open,
  pattern,
  press,
  run,
  screenshot,
  uncaught,
  words,
} from '../ui';

const head = designer.testId('results-head');
const rows = designer.testId('results-listed').find('tbody tr');

/** What the head says of so many samples. */
const of = (samples: number): RegExp =>
  new RegExp(
    `^${pattern('{0} samples, accuracy {1}, mean loss {2}', samples, /[\d.]+\s?%/, /[\d.]+/).source}`,
  );

describe('the results', () => {
  afterAll(async () => {
    await closeAll();
    expect(await uncaught()).toEqual([]);
  });

  it('come with the command, and follow a step of the training', async () => {
    await open('iris.nn.json');
    await designer.testId('neuron-0-0').waitUntilVisible();
    await run('Nabla: Results');
    await designer.testId('results-matrix').waitUntilVisible();
    await eventually(async () => expect(await head.text()).toMatch(of(30)));
    await designer.testId('step-epoch').click();
    await eventually(async () => expect(await head.text()).toContain(words('epoch {0}', 1)));
    await designer.testId('results-part-training').click();
    await eventually(async () => expect(await head.text()).toMatch(of(120)));
    await designer.testId('results-part-training').focus();
    await press('Escape');
    await eventually(async () => expect(await designer.testId('results').count()).toBe(0));
  });

  it('show the pictures of the worst samples, and lead the canvas to one', async () => {
    await open('digits.nn.json');
    await designer.testId('results-open').waitUntilVisible();
    await designer.testId('results-open').click();
    await eventually(async () => expect(await rows.count()).toBe(50));
    await eventually(async () =>
      expect(await designer.find('.results-picture[data-drawn=true]').count()).toBe(50),
    );
    const first = designer.testId('results-listed').find('tbody tr:first-child');
    const index = Number(await first.attribute('data-index'));
    await first.find('button').click();
    await eventually(async () => expect(await first.attribute('aria-selected')).toBe('true'));
    await screenshot('results');
    expect(await designer.testId(`results-sample-${index}`).count()).toBe(1);
  });
});
