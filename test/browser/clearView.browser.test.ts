/** What is looked at stays in sight: under cards, windows, the words of a drag, and however far one pans. */
import { describe, expect, it } from 'vitest';
import { boxOf, byId, eventually, harness, middle, overlap, type Box } from './harness/actions';
import { example } from './harness/browser';
import { CHAIN, dense, on, press, textOf } from './harness/designing';
import { open, openBare, page } from './harness/suite';

/** Boxes of all elements that a selector finds. */
const boxesOf = (selector: string): Promise<Box[]> =>
  page.locator(selector).evaluateAll(all =>
    all.map(each => {
      const { x, y, width, height } = each.getBoundingClientRect();
      return { x, y, width, height };
    }),
  );

/** What the page is asked for what is pointed at has been answered. */
const answered = (): Promise<void> =>
  page.evaluate(
    () =>
      new Promise<void>(done =>
        setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(() => done())), 150),
      ),
  );

describe('a card of a network without data', () => {
  it('does not open where an action has put the keyboard', async () => {
    await open({ text: CHAIN });
    await on(1);
    await page.mouse.move(4, 4);
    await page.keyboard.press('ArrowRight');
    await byId(page, 'card').waitFor();
    await page.keyboard.press('Delete');
    await byId(page, 'layer-2').waitFor({ state: 'detached' });
    await eventually(
      () => page.evaluate(() => document.activeElement?.closest('svg.network') !== null),
      'the keyboard is on the picture again',
    );
    await answered();
    await expect.poll(() => byId(page, 'card').count()).toBe(0);
  });

  it('does not open for a layer that Tab comes to, but for one that is looked at', async () => {
    await open({ text: CHAIN });
    await on(1);
    await page.mouse.move(4, 4);
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    await eventually(
      () => page.evaluate(() => document.activeElement?.closest('svg.network') !== null),
      'the keyboard is on the picture again',
    );
    await answered();
    await expect.poll(() => byId(page, 'card').count()).toBe(0);
    await page.keyboard.press('ArrowLeft');
    await byId(page, 'card').waitFor();
  });

  it('stands where it hides no neuron and no caption', async () => {
    await open({ text: CHAIN });
    await on(1);
    await page.mouse.move(4, 4);
    await page.keyboard.press('ArrowLeft');
    await byId(page, 'card').waitFor();
    const card = await boxOf(page, 'card');
    const drawn = await boxesOf('svg.network .neuron .ground, svg.network .caption text');
    expect(drawn.filter(box => overlap(box, card))).toEqual([]);
  });

  it('says why in the language of the window', async () => {
    await open({ text: CHAIN, language: 'zh-cn' });
    await on(1);
    await page.keyboard.press('ArrowLeft');
    await byId(page, 'card').waitFor();
    const words = await byId(page, 'card').innerText();
    expect(words).toContain('需要数据');
    expect(words).not.toMatch(/needs|network/);
  });
});

describe('a card with numbers', () => {
  it('does not open where a window that closes has left the keyboard', async () => {
    await open();
    await on(0);
    await page.mouse.move(4, 4);
    await page.keyboard.press('ArrowRight');
    await byId(page, 'card').waitFor();
    await page.keyboard.press('i');
    await byId(page, 'chooser').waitFor();
    await page.keyboard.press('Escape');
    await byId(page, 'chooser').waitFor({ state: 'detached' });
    await answered();
    await expect.poll(() => byId(page, 'card').count()).toBe(0);
    await page.keyboard.press('ArrowLeft');
    await byId(page, 'card').waitFor();
  });

  it('opens for what is gone to', async () => {
    await open();
    await on(0);
    await page.mouse.move(4, 4);
    await page.keyboard.press('/');
    await byId(page, 'go-to-field').fill('w 2 1 1');
    await page.keyboard.press('Enter');
    await byId(page, 'card').waitFor();
  });
});

describe('a drag', () => {
  it('lets no card open while the button is down', async () => {
    await open();
    const head = await middle(page, 'layer-0');
    await page.mouse.move(head.x, head.y);
    await page.mouse.down();
    await page.mouse.move(head.x + 1, head.y);
    await new Promise(done => setTimeout(done, 300));
    await answered();
    await expect.poll(() => byId(page, 'card').count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.mouse.up();
  });

  it.each([
    ['3-4-2', textOf([dense(4), dense(2)]), 'palette-dense'],
    ['3-4-2, moving a layer', textOf([dense(4), dense(2)]), 'layer-0'],
    ['a residual network', undefined, 'palette-dense'],
  ])('hides no caption with its words: %s', async (_, text, from) => {
    await open({ text: text ?? (await example('residual')) });
    const [left, right] = [await middle(page, 'layer-0'), await middle(page, 'layer-1')];
    const loss = await middle(page, 'loss');
    const x = from === 'layer-0' ? (right.x + loss.x) / 2 : (left.x + right.x) / 2;
    await press(await middle(page, from), { x, y: right.y });
    await byId(page, 'drop-label').waitFor();
    await byId(page, 'ghost').waitFor();
    const words = [await boxOf(page, 'drop-label'), await boxOf(page, 'ghost')];
    const captions = await boxesOf('svg.network .caption text');
    expect(captions.filter(box => words.some(each => overlap(box, each)))).toEqual([]);
    expect(overlap(words[0], words[1])).toBe(false);
    await page.keyboard.press('Escape');
    await page.mouse.up();
  });
});

describe('the window of a new layer', () => {
  it.each(['en', 'zh-cn'])('stands beside its slot, which is shown: %s', async language => {
    await open({ text: CHAIN, language });
    for (const slot of [0, 2, 3]) {
      const plus = await middle(page, `slot-${slot}`);
      await page.mouse.move(plus.x, plus.y);
      await page.mouse.click(plus.x, plus.y);
      await byId(page, 'chooser').waitFor();
      const band = await page.locator('[data-testid="chosen-slot"] rect').boundingBox();
      const [chooser, canvas] = [
        await boxOf(page, 'chooser'),
        await page.locator('nabla-canvas').boundingBox(),
      ];
      expect(band && overlap(band, chooser)).toBe(false);
      expect(chooser.x + chooser.width).toBeLessThanOrEqual(
        (canvas?.x ?? 0) + (canvas?.width ?? 0),
      );
      await page.keyboard.press('Escape');
      await byId(page, 'chooser').waitFor({ state: 'detached' });
    }
  });

  it('says in its title where the layer will go', async () => {
    const titles = async (): Promise<string[]> => {
      const all: string[] = [];
      for (const slot of [0, 3]) {
        const { x, y } = await middle(page, `slot-${slot}`);
        await page.mouse.click(x, y);
        all.push(await byId(page, 'chooser').locator('h2').innerText());
        await page.keyboard.press('Escape');
      }
      return all;
    };
    await open({ text: CHAIN });
    await expect
      .poll(() => titles())
      .toEqual(['New layer between the input and layer 2', 'New output layer after the output']);
    await page.close();
    await open({ text: CHAIN, language: 'zh-cn' });
    await expect
      .poll(() => titles())
      .toEqual(['新层：放在输入与第 2 层之间', '新的输出层：放在输出层之后']);
  });

  it('stays within a low canvas, and follows the picture', async () => {
    await open({ text: CHAIN, height: 420 });
    const { x, y } = await middle(page, 'slot-1');
    await page.mouse.click(x, y);
    const canvas = await page.locator('nabla-canvas').boundingBox();
    const before = await boxOf(page, 'chooser');
    expect(before.y + before.height).toBeLessThanOrEqual((canvas?.y ?? 0) + (canvas?.height ?? 0));
    const band = page.locator('[data-testid="chosen-slot"] rect');
    const first = await band.boundingBox();
    await page.mouse.move((canvas?.x ?? 0) + 20, y + 60);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, 120);
    await page.keyboard.up('Control');
    await eventually(async () => (await band.boundingBox())?.x !== first?.x, 'the band follows');
    const plus = await middle(page, 'slot-1');
    const now = await band.boundingBox();
    expect((now?.x ?? 0) + (now?.width ?? 0) / 2).toBeCloseTo(plus.x, 0);
  });
});

describe('a picture that is panned away', () => {
  it.each([
    ['right and down', 900, 700],
    ['left and up', -900, -700],
    ['left', -900, 0],
    ['up', 0, -700],
  ])('keeps a piece of the network in sight: %s', async (_, dx, dy) => {
    await open({ text: textOf([dense(4), dense(2)]) });
    const canvas = await page.locator('nabla-canvas').boundingBox();
    if (!canvas) throw new Error('There is no canvas.');
    const start = { x: canvas.x + canvas.width / 2, y: canvas.y + canvas.height - 40 };
    for (let i = 0; i < 4; i++) {
      await page.mouse.move(start.x, start.y);
      await page.mouse.down({ button: 'middle' });
      await page.mouse.move(start.x + dx, start.y + dy, { steps: 3 });
      await page.mouse.up({ button: 'middle' });
    }
    const room = { ...canvas, height: canvas.height - 24 };
    const shape =
      'svg.network .neuron .ground, svg.network .caption text, svg.network .loss .ground';
    const seen = (await boxesOf(shape)).filter(box => overlap(box, room));
    expect(seen.length).toBeGreaterThan(0);
  });
});

describe('captions', () => {
  it('carry the name that others call a layer by', async () => {
    await open({ text: await example('residual') });
    await expect
      .poll(() => byId(page, 'layer-0').locator('text').first().textContent())
      .toBe('stem · dense 24');
    await expect
      .poll(() => byId(page, 'layer-0').getAttribute('aria-label'))
      .toContain('stem · dense 24 · relu');
    await byId(page, 'layer-0').click();
    await page.keyboard.press('t');
    await expect.poll(() => byId(page, 'row-0').innerText()).toContain('stem');
    await expect.poll(() => byId(page, 'row-1').innerText()).toContain('stem');
  });

  it('cut a long name, and say it in full to whoever points at it', async () => {
    const id = 'encoder_of_the_first_branch';
    const layers = [dense(4, { id }), dense(4), { type: 'add', from: [id, 'b'] }, dense(2)];
    await open({ text: textOf([layers[0], dense(4, { id: 'b' }), ...layers.slice(2)]) });
    const words = await byId(page, 'layer-0').locator('text').first().textContent();
    expect(words).toMatch(/^enco\w*… · dense 4$/);
    await expect.poll(() => byId(page, 'layer-0').locator('title').textContent()).toContain(id);
    const [text, halo] = [
      await byId(page, 'layer-0').locator('text').first().boundingBox(),
      await byId(page, 'layer-0').locator('.halo').boundingBox(),
    ];
    expect(text?.width).toBeLessThanOrEqual(halo?.width ?? 0);
  });
});

describe('the scales', () => {
  it('say what fills a circle, in the same room as before', async () => {
    for (const [language, words] of [
      ['en', /neurons: activation\s*0\s*1\.5$/],
      ['zh-cn', /神经元：激活值\s*0\s*1\.5$/],
    ] as const) {
      await open({ language });
      await expect.poll(() => byId(page, 'legend-neurons').innerText()).toMatch(words);
      await expect
        .poll(() => byId(page, 'legend-neurons').getAttribute('aria-label'))
        .toMatch(/1\.5.*(all layers alike|各层相同)/);
      await expect
        .poll(() => byId(page, 'legend').evaluate(each => each.scrollWidth - each.clientWidth))
        .toBe(0);
      await page.close();
    }
    await open({ width: 524 });
    await expect
      .poll(() => byId(page, 'legend').evaluate(each => each.scrollWidth - each.clientWidth))
      .toBe(0);
  });

  it('of a matrix say how many weights share a pixel', async () => {
    const text = textOf([dense(600), dense(2)], { input: { shape: [500] } });
    await openBare({ text, language: 'en' });
    await byId(page, 'band-0-input').waitFor();
    await byId(page, 'layer-0').click();
    await page.keyboard.press('m');
    await byId(page, 'matrix-pixel').waitFor();
    await expect
      .poll(() => byId(page, 'matrix-pixel').innerText())
      .toBe('each pixel: the largest of 3 × 2 weights');
    await expect.poll(() => byId(page, 'matrix-statistics').innerText()).toContain('300,000');
    await byId(page, 'matrix-in').click();
    for (let i = 0; i < 12; i++) await byId(page, 'matrix-in').click();
    await byId(page, 'matrix-pixel').waitFor({ state: 'detached' });
    await expect.poll(() => harness(page, ({ violations }) => violations)).toEqual([]);
  });
});
