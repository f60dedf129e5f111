/** Where keys go and where the keyboard stands: fields, the start page, the palette, the banner, what is spoken. */
import { describe, expect, it } from 'vitest';
import { byId, eventually, harness } from './harness/actions';
import { open, openBare, page } from './harness/suite';

const CHAIN = JSON.stringify({
  version: 1,
  seed: 3,
  input: { shape: [3] },
  layers: [
    { type: 'dense', units: 4, activation: 'sigmoid' },
    { type: 'dense', units: 2, activation: 'linear' },
  ],
});
const EPOCHS = 'field-training.epochs';

const focused = () =>
  page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? null);
const spoken = () => byId(page, 'spoken').textContent();
const stands = (id: string) => eventually(async () => (await focused()) === id, `focus on ${id}`);
const says = (words: string) =>
  eventually(async () => (await spoken()) === words, `“${words}” is spoken`);

/** Notes keys that leave the page, as VS Code does, and answers undo and redo instead of the browser. */
async function listenOutside(): Promise<void> {
  await page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    window.addEventListener('keydown', event => {
      if (!event.ctrlKey || event.key === 'Control') return;
      heard.push(event.key);
      if (['z', 'y'].includes(event.key)) event.preventDefault();
    });
  });
}

/** What has left the page since the last time. */
const heard = () => page.evaluate(() => (window as unknown as { heard: string[] }).heard.splice(0));

async function press(...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

describe('keys in a field', () => {
  it('leave undo and redo to the document, unless there is a draft', async () => {
    await open();
    await listenOutside();
    await byId(page, EPOCHS).focus();
    await press('Control+z', 'Control+y');
    await expect.poll(() => heard()).toEqual(['z', 'y']);
    await page.keyboard.type('7');
    await press('Control+z');
    await expect.poll(() => heard()).toEqual([]);
    await expect
      .poll(() => byId(page, EPOCHS).inputValue(), { message: 'the field has undone it' })
      .toBe('100');
    await byId(page, EPOCHS).fill('321');
    await press('Enter');
    await eventually(
      () => harness(page, ({ file }) => /"epochs": 321/.test(file.text)),
      'the value is written',
    );
    await eventually(async () => {
      await press('Control+z');
      return (await heard()).length === 1;
    }, 'undo is the document’s again');
    await harness(page, ({ file }) => file.undo());
    await eventually(async () => (await byId(page, EPOCHS).inputValue()) === '100', 'undone');
    await press('Control+y');
    await expect.poll(() => heard()).toEqual(['y']);
  });

  it('of the sample’s number as well', async () => {
    await open();
    await listenOutside();
    await byId(page, 'sample-next').click();
    await byId(page, 'sample-number').locator('input').focus();
    await press('Control+z');
    await expect.poll(() => heard()).toEqual(['z']);
    await page.keyboard.type('2');
    await press('Control+z');
    await expect.poll(() => heard()).toEqual([]);
  });

  it('select no word of the page', async () => {
    await open({ text: CHAIN });
    await listenOutside();
    const nothingSelected = async (id: string): Promise<void> => {
      await byId(page, id).focus();
      await press('Control+a');
      await expect.poll(() => heard(), { message: `${id}: VS Code would select them` }).toEqual([]);
      await expect.poll(() => page.evaluate(() => getSelection()?.toString())).toBe('');
    };
    await nothingSelected('neuron-0-0');
    await says('2 layers selected.');
    await nothingSelected('palette-dense');
  });

  it('select all in the field alone, wherever it is', async () => {
    await open({ text: CHAIN });
    await listenOutside();
    const all = async (id: string): Promise<void> => {
      await byId(page, id).focus();
      await press('Control+a');
      await expect.poll(() => heard(), { message: id }).toEqual([]);
      await page.keyboard.type('9');
      await expect.poll(() => byId(page, id).inputValue(), { message: id }).toBe('9');
    };
    await all(EPOCHS);
    await byId(page, 'layer-0').click();
    await all('units');
    await byId(page, 'layer-0').click();
    await press('i');
    await all('chooser-units');
    await press('Escape');
    await byId(page, 'layer-0').click();
    await press('/');
    await all('go-to-field');
    await press('Escape');
    await byId(page, 'layer-0').click();
    await press('ArrowUp', 'e', 'Enter');
    await all('number');
  });
});

describe('the keyboard', () => {
  it.each(['Enter', 'click'])('comes from the start page to the first layer by %s', async by => {
    await openBare({ text: '' });
    if (by === 'Enter') await byId(page, 'template-blank').press('Enter');
    else await byId(page, 'template-blank').click();
    await byId(page, 'neuron-0-0').waitFor();
    await stands('layer-0');
  });

  it('stays on the canvas when a drag has copied a layer', async () => {
    await open({ text: CHAIN });
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    const box = async (id: string) => (await byId(page, id).first().boundingBox())!;
    const [from, to] = [await box('layer-0'), await box('layer-1')];
    const y = from.y + from.height / 2;
    await page.mouse.move(from.x + from.width / 2, y);
    await page.mouse.down();
    await page.keyboard.down('Alt');
    await page.mouse.move(from.x + from.width / 2 + 8, y);
    await page.mouse.move((from.x + from.width + to.x) / 2, y, { steps: 5 });
    await page.mouse.up();
    await page.keyboard.up('Alt');
    await byId(page, 'layer-2').waitFor();
    await stands('layer-1');
  });

  it('passes the palette in one step, and walks it by arrows', async () => {
    await open({ text: CHAIN });
    const stops = page.locator('.palette-item[tabindex="0"]');
    await expect.poll(() => stops.count()).toBe(1);
    await byId(page, 'palette-toggle').focus();
    await press('Tab');
    await expect.poll(() => focused()).toBe('palette-dense');
    await press('ArrowDown', 'ArrowDown');
    await expect.poll(() => focused()).toBe('palette-maxPool2d');
    await press('Tab');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.closest('.palette')))
      .toBeNull();
    await press('Shift+Tab');
    await expect.poll(() => focused()).toBe('palette-maxPool2d');
    await press('End');
    await expect.poll(() => focused()).toBe('palette-classes');
    await byId(page, 'palette-toggle').click();
    await page.locator('.palette.icons').waitFor();
    await expect.poll(() => stops.count()).toBe(1);
    const toolbar = page.locator('[role="toolbar"][aria-orientation="vertical"]');
    await expect
      .poll(() => toolbar.locator('.palette-item').count())
      .toBe(await page.locator('.palette-item').count());
  });

  it('stays in the line whose value was reset', async () => {
    await open({ text: CHAIN.replace('{"version"', '{"training":{"epochs":7},"version"') });
    await byId(page, 'reset-training.epochs').focus();
    await press('Enter');
    await byId(page, 'reset-training.epochs').waitFor({ state: 'detached' });
    await stands(EPOCHS);
  });

  it('stays among the data when they are removed', async () => {
    await open();
    await byId(page, 'remove-data').focus();
    await press('Enter');
    await byId(page, 'remove-data').waitFor({ state: 'detached' });
    await stands('use-csv');
  });

  it('goes to the canvas when the text takes a small window away', async () => {
    await open({ text: CHAIN });
    await byId(page, 'layer-0').click();
    await press('ArrowUp', 'e', 'Enter');
    await byId(page, 'number').waitFor();
    await stands('number');
    await harness(page, ({ file, setText }) => setText(file.text.replace('"seed":3', '"seed":4')));
    await byId(page, 'number').waitFor({ state: 'detached' });
    await eventually(
      () => page.evaluate(() => document.activeElement?.closest('svg.network') !== null),
      'the keyboard is on the canvas',
    );
  });

  it('stays in the palette whose names find no room', async () => {
    await open({ text: CHAIN, width: 950, kept: { palette: 'icons', inspector: true } });
    await byId(page, 'palette-toggle').focus();
    await press('Enter');
    await byId(page, 'palette-toggle').waitFor({ state: 'detached' });
    await eventually(
      () => page.evaluate(() => document.activeElement?.closest('.palette') !== null),
      'the keyboard is in the palette',
    );
  });

  it('goes from the banner to the data, wherever they were hidden', async () => {
    await open({ text: CHAIN, height: 420, kept: { groups: { data: false } } });
    await byId(page, 'layer-0').click();
    await byId(page, 'choose-data').click();
    await stands('toggle-data');
    await expect.poll(() => byId(page, 'toggle-data').getAttribute('aria-expanded')).toBe('true');
    const [body, section] = await Promise.all([
      page.locator('.inspector-body').boundingBox(),
      byId(page, 'group-data').boundingBox(),
    ]);
    expect(section!.y).toBeGreaterThanOrEqual(body!.y - 1);
    expect(section!.y).toBeLessThan(body!.y + body!.height);
    await expect.poll(() => byId(page, 'use-csv').isVisible()).toBe(true);
  });
});

describe('a change of the text that was not made here', () => {
  it('is spoken: undo, redo, and what is typed', async () => {
    await open({ text: CHAIN });
    await byId(page, 'layer-0').click();
    await press('+');
    await byId(page, 'neuron-0-4').waitFor();
    await eventually(async () => /5 units/.test((await spoken()) ?? ''), 'the deed is spoken');
    await expect.poll(() => spoken()).not.toContain('is now');
    await harness(page, ({ file }) => file.undo());
    await says('The network is now 3-4-2.');
    await harness(page, ({ file }) => file.redo());
    await says('The network is now 3-5-2.');
    await harness(page, ({ file, setText }) => setText(file.text.replace('"seed":3', '"seed":4')));
    await says('The text has changed.');
  });

  it('is spoken in Chinese', async () => {
    await open({ text: CHAIN, language: 'zh-cn' });
    await harness(page, ({ file, setText }) =>
      setText(file.text.replace('"units":4', '"units":6')),
    );
    await says('网络现在是 3-6-2。');
  });
});

describe('while the person is in the text beside it', () => {
  /** What the page is told of where the person is; in VS Code it is a frame of the window. */
  const isHere = (here: boolean) =>
    page.evaluate(yes => {
      document.hasFocus = () => yes;
      if (yes) window.dispatchEvent(new FocusEvent('focus'));
    }, here);
  const shrink = () =>
    page.evaluate(text => window.harness.setText(text), CHAIN.replace('"units":4', '"units":2'));
  const twoFrames = () =>
    page.evaluate(
      () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))),
    );

  it('the page does not take the keyboard, and has it where it was when the person is back', async () => {
    await open({ text: CHAIN });
    await byId(page, 'neuron-0-3').focus();
    await isHere(false);
    await shrink();
    await eventually(async () => (await byId(page, 'neuron-0-3').count()) === 0, 'it is gone');
    await twoFrames();
    await expect.poll(() => focused()).toBeNull();
    await isHere(true);
    await eventually(
      async () => /^(neuron|layer)-0/.test((await focused()) ?? ''),
      'on the canvas',
    );
    await eventually(
      () => harness(page, ({ requests }) => requests.some(({ name }) => name === 'entered')),
      'VS Code is told that the person is here',
    );
  });

  it('a click that brings the person back decides where the keyboard is', async () => {
    await open({ text: CHAIN });
    await byId(page, 'neuron-0-3').focus();
    await isHere(false);
    await shrink();
    await eventually(async () => (await byId(page, 'neuron-0-3').count()) === 0, 'it is gone');
    await page.evaluate(id => {
      document.hasFocus = () => true;
      window.dispatchEvent(new FocusEvent('focus'));
      document.querySelector<SVGElement>(`[data-testid="${id}"]`)?.focus();
    }, 'neuron-1-1');
    await twoFrames();
    await expect.poll(() => focused()).toBe('neuron-1-1');
  });

  it.each([
    ['stepThrough', 'stepping-forward'],
    ['openLab', 'lab-rule-standard'],
    ['openResults', 'results-part-validation'],
    ['predict', 'predict-field-0'],
  ] as const)('a tool that VS Code opens waits for the keyboard: %s', async (tool, first) => {
    await open();
    await isHere(false);
    await page.evaluate(name => window.harness.tell(name), tool);
    await byId(page, first).waitFor();
    await twoFrames();
    await expect.poll(() => focused()).toBeNull();
    await isHere(true);
    await stands(first);
  });
});
