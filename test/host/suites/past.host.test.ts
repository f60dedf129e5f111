/** Restoring a kept moment in a real window, and VS Code's own undo and redo of it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  closeAll,
  designer,
  eventually,
  open,
  pattern,
  press,
  restore,
  uncaught,
  words,
} from '../ui';

const FILE = 'xor.nn.json';

const status = (): Promise<string> => designer.testId('status').text();

/** Where the thumb of the timeline stands, and what the chart says. */
async function isAt(epoch: number, of: number): Promise<void> {
  await eventually(async () => {
    expect(await status()).toContain(`${words('epoch {0}', epoch)} `);
    const left = await designer.find('.timeline-thumb').evaluate<string>('element.style.left');
    expect(Number.parseFloat(left)).toBeCloseTo((100 * epoch) / of, 3);
    expect(await designer.testId('chart-values').text()).toContain(words('epoch {0}', epoch));
  }, 20);
}

describe('a restored moment', () => {
  beforeAll(async () => {
    await restore(FILE);
    await open(FILE);
    await designer.testId('neuron-0-0').waitUntilVisible(30);
  });

  afterAll(async () => {
    await closeAll();
    expect(await uncaught()).toEqual([]);
  });

  it('has its own epoch, and undo and redo have theirs', async () => {
    for (let epoch = 1; epoch <= 4; epoch++) {
      await designer.testId('step-epoch').click();
      await eventually(async () =>
        expect(await status()).toContain(`${words('epoch {0}', epoch)} `),
      );
    }
    await isAt(4, 4);
    // From the start: the list of kept moments gets its latest a little after the numbers.
    for (const [epoch, key] of ['Home', 'ArrowRight', 'ArrowRight'].entries()) {
      await designer.testId('timeline').press(key);
      await eventually(async () =>
        expect(await designer.testId('looking-back-words').text()).toMatch(
          pattern('epoch {0} of {1} · loss {2} — looking back', epoch, 4, /[\d.]+/),
        ),
      );
    }
    await designer.testId('restore').click();
    await isAt(2, 4);
    await press('Control+z');
    await isAt(4, 4);
    await press('Control+y');
    await isAt(2, 4);
  });
});
