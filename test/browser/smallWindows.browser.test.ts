/** Small windows over the canvas have the keyboard; what was refused stays readable once the button is let go. */
import { describe, expect, it } from 'vitest';
import { byId, edgePoint, eventually, harness, middle } from './harness/actions';
import { CHAIN, dense, drag, edits, focused, made, textOf } from './harness/designing';
import { open, page } from './harness/suite';

const frames = (): Promise<void> =>
  page.evaluate(async () => {
    for (let i = 0; i < 3; i++) await new Promise(done => requestAnimationFrame(done));
  });

describe('a small window', () => {
  it('has the keyboard after a double click on a weight: what is typed is its number', async () => {
    await open({ text: CHAIN });
    const { x, y } = await edgePoint(page, 'edge-0-0-0', 0.2);
    await page.mouse.dblclick(x, y);
    await byId(page, 'number').waitFor();
    await frames();
    await expect.poll(() => focused()).toBe('number');
    await page.keyboard.type('-0.25');
    await page.keyboard.press('Enter');
    await made(1);
    await expect
      .poll(() => edits())
      .toEqual([
        { type: 'setParameter', layer: 0, kind: 'weight', row: 0, column: 0, value: -0.25 },
      ]);
  });

  it.each([
    ['number-editor', 'edge-0-0-0', 'Enter'],
    ['activation-chooser', 'layer-0', 'a'],
  ])('goes along with the picture: the %s', async (id, on, key) => {
    await open({ text: CHAIN });
    await byId(page, on).focus();
    await page.keyboard.press(key);
    const before = await middle(page, id);
    const canvas = (await byId(page, 'canvas').boundingBox())!;
    await page.mouse.move(canvas.x + 20, canvas.y + canvas.height - 40);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -120);
    await page.keyboard.up('Control');
    await eventually(async () => (await middle(page, id)).x > before.x + 20, 'it has moved');
  });

  it('gets the keys that the canvas hears while it is open', async () => {
    await open({ text: CHAIN });
    await byId(page, 'edge-0-0-0').focus();
    const before = await harness(page, ({ file }) => file.text);
    await page.keyboard.press('Enter');
    await eventually(async () => (await focused()) === 'number', 'the field has the keyboard');
    for (const key of ['Delete', 'ArrowRight', 'Control+d', 'Enter']) {
      await byId(page, 'edge-0-0-0').focus();
      await page.keyboard.press(key);
      await expect.poll(() => byId(page, 'number').count(), { message: key }).toBe(1);
    }
    await byId(page, 'edge-0-0-0').focus();
    await page.keyboard.type('-7');
    await expect.poll(() => focused()).toBe('number');
    await expect.poll(() => byId(page, 'number').inputValue()).toBe('-7');
    await byId(page, 'edge-0-0-0').focus();
    await page.keyboard.press('Escape');
    await byId(page, 'number').waitFor({ state: 'detached' });
    await expect.poll(() => edits()).toEqual([]);
    await expect.poll(() => harness(page, ({ file }) => file.text)).toBe(before);
  });

  it.each([
    ['chooser', 'i'],
    ['activation-chooser', 'a'],
    ['go-to', '/'],
    ['help', '?'],
  ])('the %s as well', async (id, key) => {
    await open({ text: CHAIN });
    await byId(page, 'layer-0').click();
    await page.keyboard.press(key);
    await byId(page, id).waitFor();
    await page.keyboard.press('+');
    await page.keyboard.press('Delete');
    // Focus that another leaves behind: the canvas hears the keys.
    await byId(page, 'layer-1').evaluate(element => (element as unknown as SVGElement).focus());
    if ((await byId(page, id).count()) > 0) {
      await page.keyboard.press('-');
      await page.keyboard.press('Delete');
      await expect.poll(() => byId(page, id).count()).toBe(1);
    } else expect(id, 'the help alone closes when it is left').toBe('help');
    await frames();
    await expect.poll(() => edits()).toEqual([]);
  });
});

describe('what was refused', () => {
  const quiet = async (words: string): Promise<void> => {
    await eventually(
      async () => (await byId(page, 'quiet-line').textContent())?.includes(words) ?? false,
      `the quiet line says: ${words}`,
    );
    await expect.poll(() => byId(page, 'quiet-line').locator('span').isVisible()).toBe(true);
  };

  it('by a drop stays readable after the button is let go, until the next edit', async () => {
    await open({ text: CHAIN });
    await drag(await middle(page, 'palette-softmax'), await middle(page, 'neuron-0-1'));
    await quiet('Not possible: softmax can stand in the last layer alone');
    await drag(await middle(page, 'palette-relu'), await middle(page, 'neuron-0-1'));
    await made(1);
    await eventually(
      async () => !(await byId(page, 'quiet-line').textContent())?.includes('Not possible'),
      'the refusal is past',
    );
  });

  it('says so when a drag is cancelled', async () => {
    await open({ text: CHAIN });
    await drag(await middle(page, 'palette-dense'), { x: 20, y: 20 });
    await quiet('Cancelled; nothing was changed.');
    await expect.poll(() => edits()).toEqual([]);
  });

  it.each(['+', 'i', 'Delete', 'a drag', 'a drag from the palette'])(
    'by %s while the text has an error',
    async what => {
      await open({ text: CHAIN });
      await byId(page, 'layer-0').click();
      await harness(page, ({ file, setText }) => setText(`${file.text} {`));
      await page.locator('.page.stale').waitFor();
      const to = await middle(page, 'neuron-1-1');
      if (what === 'a drag') await drag(await middle(page, 'layer-0'), to);
      else if (what === 'a drag from the palette')
        await drag(await middle(page, 'palette-relu'), to);
      else await page.keyboard.press(what);
      await quiet('The text has an error; repair it first.');
      await expect.poll(() => edits()).toEqual([]);
    },
  );

  it('by a key at the end of the network', async () => {
    await open({ text: CHAIN });
    await byId(page, 'layer-2').click();
    await page.keyboard.press('Alt+ArrowRight');
    await quiet('the output is the last layer already');
  });
});

describe('the output', () => {
  it('of one number becomes one of two classes by one step', async () => {
    await open({ text: textOf([dense(4), dense(1)]) });
    const before = await harness(page, ({ file }) => file.text);
    await byId(page, 'palette-classes').click();
    await byId(page, 'neuron-1-1').waitFor();
    const { layers, loss } = JSON.parse(await harness(page, ({ file }) => file.text)) as {
      layers: object[];
      loss: object;
    };
    expect(layers[1]).toMatchObject({ units: 2, activation: 'softmax' });
    expect(loss).toMatchObject({ type: 'crossEntropy' });
    await harness(page, ({ file }) => file.undo());
    await expect.poll(() => harness(page, ({ file }) => file.text)).toBe(before);
  });
});

describe('the labels of a drag', () => {
  it('say a thing once, and leave the buttons of the zoom free', async () => {
    await open({ text: CHAIN, width: 900 });
    const zoom = await byId(page, 'network-table-toggle').boundingBox();
    const fit = await byId(page, 'zoom-out').boundingBox();
    const start = await middle(page, 'palette-dense');
    if (!zoom || !fit) throw new Error('There are no buttons.');
    await page.mouse.move(start.x, start.y);
    await page.mouse.down();
    let seen = 0;
    for (const x of [fit.x - 60, fit.x - 20, zoom.x]) {
      for (const down of [40, 60, 80, 100, 120, 140, 160, 220]) {
        await page.mouse.move(x, zoom.y + down);
        await frames();
        expect((await byId(page, 'ghost').textContent())?.trim()).toBe('dense 4 · sigmoid');
        const label = await byId(page, 'drop-label')
          .boundingBox({ timeout: 200 })
          .catch(() => null);
        if (!label) continue;
        seen++;
        const apart = label.y >= zoom.y + zoom.height || label.x + label.width <= fit.x;
        expect(apart, `at ${x}, ${down}`).toBe(true);
        await expect
          .poll(() => byId(page, 'drop-label').textContent())
          .toMatch(/W \d\u00a0×\u00a0\d/);
      }
    }
    expect(seen).toBeGreaterThan(5);
    await page.keyboard.press('Escape');
    await page.mouse.up();
  });
});
