/** What the inspector may change and what nothing may: the same as the gestures, in the same words. */
import { describe, expect, it } from 'vitest';
import { byId, eventually, harness, middle } from './harness/actions';
import { CHAIN, dense, drag, edits, gap, on, textOf } from './harness/designing';
import { open, page } from './harness/suite';

/** 3 – 4 – 4, added up, – 2 */
const SUM = textOf([
  dense(4, { id: 'a' }),
  dense(4, { id: 'b' }),
  { type: 'add', from: ['a', 'b'] },
  dense(2),
]);

const says = (words: RegExp): Promise<void> =>
  eventually(
    async () => words.test((await byId(page, 'spoken').textContent()) ?? ''),
    `${words} is said`,
  );

describe('the field of the units', () => {
  it('grows all that an add joins, says so, and makes one step of it', async () => {
    await open({ text: SUM });
    const before = await harness(page, ({ file }) => file.text);
    await on(1);
    const row = page.locator('.setting', { has: byId(page, 'units') });
    await expect.poll(() => row.textContent()).toContain('1 … 65,536 · together with a');
    await byId(page, 'units').fill('6');
    await byId(page, 'units').press('Enter');
    await byId(page, 'neuron-0-5').waitFor();
    await expect
      .poll(() => edits())
      .toEqual([
        {
          type: 'several',
          label: 'Set b + a to 6 units',
          edits: [
            { type: 'setUnits', layer: 1, units: 6 },
            { type: 'setUnits', layer: 0, units: 6 },
          ],
        },
      ]);
    await says(/^b \+ a: 6 units · a: W 6 × 3 · b: W 6 × 6 · /);
    await harness(page, ({ file }) => file.undo());
    await byId(page, 'neuron-0-5').waitFor({ state: 'detached' });
    await expect.poll(() => harness(page, ({ file }) => file.text)).toBe(before);
    await byId(page, 'more-units').click();
    await byId(page, 'neuron-0-4').waitFor();
    await says(/^b \+ a: 5 units/);
  });

  it('says why it cannot, and then changes nothing', async () => {
    const text = textOf([dense(3, { id: 'h' }), { type: 'add', from: ['input', 'h'] }]);
    await open({
      text: text.replace('"layers"', '"data":{"inline":[{"x":[0,0,0],"y":[0,0,0]}]},"layers"'),
    });
    await on(0);
    await byId(page, 'units').fill('5');
    await byId(page, 'units').press('Enter');
    const words = 'Not possible: add needs layers of equal size, found 3, 5';
    await expect.poll(() => page.locator('.refusal:not(:empty)').textContent()).toContain(words);
    await byId(page, 'units').press('Escape');
    await byId(page, 'fewer-units').click();
    await expect.poll(() => byId(page, 'notice').textContent()).toContain('found 3, 2');
    await expect.poll(() => edits()).toEqual([]);
  });
});

describe('a file of a newer version of the format', () => {
  it.each([
    { language: 'en', why: /newer version of Nabla’s format/, lock: /Update Nabla/ },
    { language: 'zh-cn', why: /较新版本的 Nabla 格式/, lock: /更新 Nabla/ },
  ])('is left alone, and that is why ($language)', async ({ language, why, lock }) => {
    await open({ text: CHAIN, language });
    await harness(page, ({ file, setText }) =>
      setText(file.text.replace('"version":1', '"version":2')),
    );
    await byId(page, 'banner').waitFor();
    await expect.poll(() => byId(page, 'banner').textContent()).not.toMatch(/repaired|修复/);
    await drag(await middle(page, 'palette-dense'), await gap('layer-0', 'layer-1'));
    await says(why);
    await on(0);
    await expect.poll(() => byId(page, 'lock').textContent()).toMatch(lock);
    await expect.poll(() => byId(page, 'units').isDisabled()).toBe(true);
    await page.keyboard.press('+');
    await expect.poll(() => byId(page, 'quiet-line').textContent()).toMatch(why);
    await expect.poll(() => edits()).toEqual([]);
  });
});
