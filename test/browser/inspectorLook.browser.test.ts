/** How the inspector looks: the page's colours, one right edge, help that covers no other field, true sizes. */
import { describe, expect, it } from 'vitest';
import { byId, changeTheme } from './harness/actions';
import { example } from './harness/browser';
import { open, page } from './harness/suite';

/** The ground of a list of the toolkit, as it is drawn. */
const groundOfList = (): Promise<string> =>
  byId(page, 'field-training.optimizer.type').evaluate(
    list => getComputedStyle(list).backgroundColor,
  );

const colourOf = (name: string): Promise<string> =>
  page.evaluate(variable => {
    const probe = document.createElement('i');
    probe.style.color = `var(${variable})`;
    document.body.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  }, name);

describe('the toolkit’s lists', () => {
  it('wear the theme of the page, and the next one as well', async () => {
    await open({ theme: 'light' });
    const ground = '--vscode-dropdown-background';
    await expect.poll(groundOfList).toBe(await colourOf(ground));
    const light = await groundOfList();
    await changeTheme(page, 'dark');
    await expect.poll(groundOfList).toBe(await colourOf(ground));
    await expect.poll(() => groundOfList()).not.toBe(light);
  });
});

it('facts, fields and titles end at one edge', async () => {
  await open();
  const rights = await page.evaluate(() => {
    const parts = '.facts dd, .setting .entry, .setting .hint:not(:empty), .group-title .summary';
    const edge = (part: Element): number => Math.round(part.getBoundingClientRect().right);
    const shown = [...document.querySelectorAll(`.inspector :is(${parts})`)];
    // A box to tick stands at the left, as boxes do.
    return shown.filter(part => !part.closest('.flag')).map(edge);
  });
  expect(rights.length).toBeGreaterThan(15);
  expect(new Set(rights).size).toBe(1);
});

/** The note that is seen: its words, and the fields that it lies over. */
const note = (): Promise<{ words: string; covers: string[] }> =>
  page.evaluate(() => {
    const notes = [...document.querySelectorAll<HTMLElement>('.note')];
    const seen = notes.filter(each => each.getClientRects().length > 0);
    if (seen.length > 1) throw new Error('More than one note.');
    const box = seen[0]?.getBoundingClientRect();
    const fields = box ? [...document.querySelectorAll('.inspector :is(.setting, .facts)')] : [];
    const form = document.querySelector('.inspector-body')?.getBoundingClientRect() ?? box;
    const covers = fields.filter(field => {
      const { left, right, top, bottom } = field.getBoundingClientRect();
      const [first, last] = [Math.max(top, form.top), Math.min(bottom, form.bottom)];
      return (
        left < box.right && right > box.left && first < Math.min(last, box.bottom) && last > box.top
      );
    });
    if (box && (box.left < 0 || box.top < 0 || box.bottom > innerHeight || box.right > innerWidth))
      throw new Error('The note is not whole.');
    return {
      words: seen[0]?.textContent?.trim() ?? '',
      covers: covers.map(field => field.textContent ?? ''),
    };
  });

describe.each([
  { width: 1200, height: 800 },
  { width: 800, height: 900 },
  { width: 280, height: 900 },
])('at $width × $height the help of a field', size => {
  it('covers no field, goes with it, and gives way to why something was refused', async () => {
    await open({ ...size, kept: { fold: 'open', inspector: true } });
    const rate = byId(page, 'field-training.optimizer.learningRate');
    const batch = byId(page, 'field-training.batchSize');
    const shown = (words: RegExp): Promise<void> =>
      expect.poll(note).toEqual({ words: expect.stringMatching(words) as string, covers: [] });
    await rate.focus();
    await shown(/^Length of a step/);
    await batch.focus();
    await shown(/^Samples of one step/);
    await batch.fill('-1');
    await batch.press('Enter');
    await shown(/found “-1”/);
    // It stays to be read.
    await rate.focus();
    await shown(/found “-1”/);
    // What is refused next is seen at once, although the keyboard is elsewhere by then.
    await rate.fill('fast');
    await byId(page, 'zoom-fit').focus();
    await shown(/found “fast”/);
    await batch.fill('-2');
    await byId(page, 'zoom-fit').focus();
    await shown(/found “-2”/);
    await rate.press('Escape');
    await batch.press('Escape');
    await rate.focus();
    await shown(/^Length of a step/);
    await byId(page, 'zoom-fit').focus();
    await shown(/^$/);
  });
});

it('a network with branches is no row of sizes', async () => {
  await open({ text: await example('residual') });
  await expect.poll(() => byId(page, 'sizes').textContent()).toBe('5 layers · 64 → 10');
  await page.close();
  await open();
  await expect.poll(() => byId(page, 'sizes').textContent()).toBe('4 – 8 – 3');
});
