/** Without eyes: what is said aloud, once for each thing that happens. */
import { describe, expect, it } from 'vitest';
import { byId, harness } from './harness/actions';
import { example } from './harness/browser';
import { SAMPLED } from './harness/designing';
import { heard, listen } from './harness/hearing';
import { open, openBare, page } from './harness/suite';

describe('by ear', () => {
  /** Long enough for everything that follows: numbers are asked for, cards wait for the pointer to rest. */
  const settle = (): Promise<void> => page.waitForTimeout(400);

  const onLayer: readonly (readonly [what: string, keys: readonly string[], says: RegExp])[] = [
    ['one neuron more', ['+'], /4/],
    ['one neuron less', ['-'], /2/],
    ['moving', ['Alt+ArrowRight'], /layer 2/i],
    ['copying', ['Control+c'], /layer/i],
    ['cutting', ['Control+x'], /layer/i],
    ['duplicating', ['Control+d'], /layer/i],
    ['removing', ['Delete'], /layer/i],
    ['selecting all', ['Control+a'], /3 layers selected/],
    ['selecting one more', ['Shift+ArrowRight'], /2 layers selected/],
    ['selecting', ['Enter'], /dense 3/],
    ['looking at a neuron', ['ArrowUp'], /=/],
    ['connecting', ['c'], /Connect/],
  ];

  it.each(onLayer)('%s is said once', async (_, keys, says) => {
    await open({ text: SAMPLED });
    await byId(page, 'layer-0').click();
    await settle();
    await listen(page);
    for (const key of keys) await page.keyboard.press(key);
    await settle();
    const said = await heard(page);
    expect(said).toEqual([expect.stringMatching(says)]);
  });

  it('inserting, choosing and going somewhere are said once', async () => {
    await open({ text: SAMPLED });
    await byId(page, 'layer-0').click();
    await settle();
    await listen(page);
    for (const [keys, says] of [
      [['i', 'Enter'], /Insert/],
      [['a', 'ArrowDown', 'Enter'], /layer \d: \w+/],
      [['/', ...'layer 2', 'Enter'], /selected/i],
    ] as const) {
      for (const key of keys) {
        await page.keyboard.press(key);
        await page.waitForTimeout(60);
      }
      await settle();
      const said = await heard(page);
      expect(said, keys.join(' ')).toEqual([expect.stringMatching(says)]);
    }
  });

  it('the same refusal is said once, and again when it is met again', async () => {
    await open({ text: SAMPLED });
    await byId(page, 'layer-0').click();
    await settle();
    await listen(page);
    for (const time of ['first', 'second']) {
      await byId(page, 'palette-softmax').click();
      await settle();
      const said = await heard(page);
      expect(said, time).toHaveLength(1);
      expect(said[0]).toContain('softmax');
    }
  });

  it('a refused step of the units is said each time', async () => {
    const layers = [
      { type: 'dense', units: 2, id: 'a' },
      { type: 'add', from: ['input', 'a'] },
      { type: 'dense', units: 1, activation: 'sigmoid' },
    ];
    const data = { generator: 'xor', samples: 4 };
    await open({ text: JSON.stringify({ version: 1, input: { shape: [2] }, layers, data }) });
    await byId(page, 'layer-0').click();
    await settle();
    await listen(page);
    for (const time of ['first', 'second']) {
      await byId(page, 'more-units').click();
      await settle();
      const said = await heard(page);
      expect(said, time).toEqual([expect.stringMatching(/^Not possible/)]);
    }
  });

  it('what a training writes is not said over its end', async () => {
    await open();
    await listen(page);
    await byId(page, 'train').click();
    await page.locator('[data-testid="status"][data-phase="finished"]').waitFor();
    await harness(page, ({ tell, document }) => {
      const now = document();
      tell('document', { ...now, version: now.version + 1 });
    });
    await settle();
    const said = await heard(page);
    expect(said.at(-1)).toMatch(/finished.*loss/i);
  });

  it('on the page of an empty file too', async () => {
    await openBare({ text: '' });
    await byId(page, 'template-csv').waitFor();
    await listen(page);
    await page.evaluate(() => {
      const designer = document.querySelector('nabla-designer') as unknown as {
        controller: { complain(words: string): void };
      };
      designer.controller.complain('No.');
    });
    await settle();
    await expect.poll(() => heard(page)).toEqual(['No.']);
  });

  it('a value that a field refuses, and one that it takes', async () => {
    await open();
    await listen(page);
    const field = byId(page, 'field-training.epochs');
    await field.fill('-1');
    await field.press('Enter');
    await settle();
    await expect.poll(() => heard(page)).toHaveLength(1);
    await field.fill('50');
    await field.press('Enter');
    await settle();
    expect((await heard(page)).length).toBeLessThanOrEqual(1);
  });

  it('training is said when it begins and when it ends, not while it runs', async () => {
    // So slow that nothing becomes of it: an alarm would be said as well.
    const text = (await example('iris'))
      .replace('"epochs": 100', '"epochs": 1000000')
      .replace('"learningRate": 0.01', '"learningRate": 1e-9');
    await open({ text });
    await listen(page);
    await byId(page, 'train').click();
    await page.waitForTimeout(1000);
    const begun = await heard(page);
    expect(begun).toHaveLength(1);
    expect(begun[0]).toContain('training');
    await byId(page, 'pause').click();
    await settle();
    const ended = await heard(page);
    expect(ended).toHaveLength(1);
    expect(ended[0]).toMatch(/paused.*loss/);
    await byId(page, 'gradcheck').click();
    await byId(page, 'gradcheck-close').waitFor();
    await settle();
    await expect.poll(() => heard(page)).toHaveLength(1);
  });
});
