/** Designing by pointer, by key and by menu: each gesture is one edit. */
import { describe, expect, it } from 'vitest';
import { byId, eventually, harness, middle, requests } from './harness/actions';
import { dense, drag, edits, gap, made, on, press, pressHandle, textOf } from './harness/designing';
import { open, page } from './harness/suite';

const CHAIN = textOf([
  dense(4, { activation: 'sigmoid' }),
  dense(4),
  dense(2, { activation: 'linear' }),
]);

describe('by pointer', () => {
  it('drags a layer from the palette between two others; the slot says what will be', async () => {
    await open({ text: CHAIN });
    await press(await middle(page, 'palette-dense'), await gap('layer-0', 'layer-1'));
    await byId(page, 'drop-label').waitFor();
    await expect
      .poll(() => byId(page, 'drop-label').textContent())
      .toContain('Insert between layer 2 and layer 3 · new W 4\u00a0×\u00a04');
    await expect.poll(() => page.locator('.place.open').count()).toBe(4);
    await page.mouse.up();
    await byId(page, 'layer-3').waitFor();
    await expect
      .poll(() => edits())
      .toEqual([
        { type: 'addLayer', index: 1, layer: { type: 'dense', units: 4, activation: 'sigmoid' } },
      ]);
    await expect.poll(() => byId(page, 'overlay').count()).toBe(0);
    await expect.poll(() => byId(page, 'spoken').textContent()).toContain('Insert between');
  });

  it('gives up with Escape, and outside the canvas', async () => {
    await open({ text: CHAIN });
    const palette = await middle(page, 'palette-dense');
    await press(palette, await gap('layer-0', 'layer-1'));
    await byId(page, 'drop-label').waitFor();
    await page.keyboard.press('Escape');
    await byId(page, 'overlay').waitFor({ state: 'detached' });
    await page.mouse.up();
    await drag(palette, { x: palette.x, y: palette.y + 300 });
    await expect.poll(() => byId(page, 'spoken').textContent()).toContain('Cancelled');
    await expect.poll(() => edits()).toEqual([]);
  });

  it('reorders by the head, and copies with Alt', async () => {
    await open({ text: CHAIN });
    await drag(await middle(page, 'layer-0'), await gap('layer-1', 'layer-2'));
    await made(1);
    await expect.poll(() => edits()).toEqual([{ type: 'moveLayers', layers: [0], to: 2 }]);
    const words = await page.evaluate(() => getSelection()?.toString());
    expect(words, 'selected words would be dragged instead, the next time').toBe('');
    await eventually(
      async () => (await byId(page, 'layer-0').textContent())?.includes('tanh') ?? false,
      'the picture follows the text',
    );
    await page.keyboard.down('Alt');
    await drag(await middle(page, 'layer-0'), await gap('layer-1', 'layer-2'));
    await page.keyboard.up('Alt');
    await byId(page, 'layer-3').waitFor();
    expect((await edits())[1]).toEqual({ type: 'copyLayers', layers: [0], to: 2 });
  });

  it('drags the handle: one edit, however many pixels', async () => {
    await open({ text: CHAIN });
    await pressHandle(0, 32);
    await expect.poll(() => byId(page, 'ghost').textContent()).toContain('8 units');
    await page.mouse.up();
    await byId(page, 'neuron-0-7').waitFor();
    await expect.poll(() => edits()).toEqual([{ type: 'setUnits', layer: 0, units: 8 }]);
  });

  it('drops an activation onto a layer, and says why it cannot', async () => {
    await open({ text: CHAIN });
    await press(await middle(page, 'palette-softmax'), await middle(page, 'neuron-0-1'));
    await byId(page, 'drop-label').waitFor();
    await expect
      .poll(() => byId(page, 'drop-label').textContent())
      .toContain('softmax can stand in the last');
    await expect.poll(() => page.locator('.drop-label .codicon-circle-slash').count()).toBe(1);
    await page.mouse.up();
    await expect.poll(() => edits()).toEqual([]);
    await drag(await middle(page, 'palette-relu'), await middle(page, 'neuron-0-1'));
    await made(1);
    await expect
      .poll(() => edits())
      .toEqual([{ type: 'setActivation', layer: 0, activation: 'relu' }]);
  });

  it('connects by dragging a port', async () => {
    await open({ text: CHAIN });
    const column = await middle(page, 'input-0');
    await page.mouse.move(column.x, column.y);
    await drag(await middle(page, 'port-input'), await middle(page, 'neuron-1-2'));
    await made(1);
    await expect.poll(() => edits()).toEqual([{ type: 'setSources', layer: 1, sources: [-1] }]);
  });

  it('inserts by a click on the palette, and by "+"', async () => {
    await open({ text: CHAIN });
    await on(0);
    await byId(page, 'palette-dense').click();
    await byId(page, 'layer-3').waitFor();
    expect((await edits())[0]).toMatchObject({ type: 'addLayer', index: 1 });
    const between = await gap('layer-0', 'layer-1');
    await page.mouse.move(between.x, between.y - 200);
    const plus = await middle(page, 'slot-1');
    await page.mouse.click(plus.x, plus.y);
    await byId(page, 'chooser').waitFor();
    await byId(page, 'chooser-units').fill('7');
    await byId(page, 'chooser-insert').click();
    await byId(page, 'layer-4').waitFor();
    expect((await edits())[1]).toMatchObject({ index: 1, layer: { units: 7 } });
  });

  it('selects several layers, and moves them together', async () => {
    await open({ text: CHAIN });
    await on(0);
    await byId(page, 'layer-1').click({ modifiers: ['Control'] });
    await expect.poll(() => byId(page, 'spoken').textContent()).toContain('2 layers selected');
    await page.keyboard.press('Alt+ArrowRight');
    await made(1);
    await expect.poll(() => edits()).toEqual([{ type: 'moveLayers', layers: [0, 1], to: 3 }]);
  });

  it('changes nothing in a read-only file, and says why', async () => {
    await open({ text: CHAIN, readOnly: true });
    await drag(await middle(page, 'palette-dense'), await gap('layer-0', 'layer-1'));
    await expect.poll(() => byId(page, 'spoken').textContent()).toContain('read-only');
    await expect.poll(() => edits()).toEqual([]);
  });
});

describe('by keyboard', () => {
  it('inserts, grows, moves, removes, and every step can be undone', async () => {
    await open({ text: CHAIN });
    const before = await harness(page, ({ file }) => file.text);
    await on(0);
    await page.keyboard.press('i');
    await byId(page, 'chooser').waitFor();
    await byId(page, 'chooser-units').press('ControlOrMeta+a');
    await page.keyboard.type('6');
    await page.keyboard.press('Enter');
    await byId(page, 'layer-3').waitFor();
    await eventually(
      async () => (await page.locator(':focus').getAttribute('data-testid')) !== null,
      'the canvas has the keyboard again',
    );
    await on(1);
    await page.keyboard.press('+');
    await byId(page, 'neuron-1-6').waitFor();
    await page.keyboard.press('Alt+ArrowLeft');
    await eventually(async () => (await edits()).length === 3, 'three edits');
    await page.keyboard.press('Delete');
    await byId(page, 'layer-3').waitFor({ state: 'detached' });
    await expect
      .poll(() => edits())
      .toEqual([
        { type: 'addLayer', index: 1, layer: { type: 'dense', units: 6, activation: 'sigmoid' } },
        { type: 'setUnits', layer: 1, units: 7 },
        { type: 'moveLayers', layers: [1], to: 0 },
        { type: 'removeLayers', layers: [0] },
      ]);
    await harness(page, async ({ file }) => {
      for (let i = 0; i < 4; i++) await file.undo();
    });
    await expect.poll(() => harness(page, ({ file }) => file.text)).toBe(before);
  });

  it('stays where it is when another layer is selected', async () => {
    await open({ text: CHAIN });
    await on(0);
    await page.keyboard.press('ArrowRight');
    for (const units of [5, 6]) {
      await page.keyboard.press('+');
      await byId(page, `neuron-1-${units - 1}`).waitFor();
      await page.evaluate(() => new Promise(done => requestAnimationFrame(done)));
      await expect.poll(() => page.locator(':focus').getAttribute('data-testid')).toBe('layer-1');
    }
  });

  it('copies, pastes and duplicates', async () => {
    await open({ text: CHAIN });
    await on(0);
    await page.keyboard.press('Control+c');
    await page.keyboard.press('Control+v');
    await byId(page, 'layer-3').waitFor();
    await expect.poll(() => requests(page, 'copyLayers')).toEqual([[[0], 1]]);
    await on(0);
    await page.keyboard.press('Control+d');
    await byId(page, 'layer-4').waitFor();
    await expect.poll(() => edits()).toEqual([{ type: 'copyLayers', layers: [0], to: 1 }]);
  });

  it('connects: C, an arrow, Enter', async () => {
    await open({ text: CHAIN });
    await byId(page, 'layer-input').click();
    await page.keyboard.press('c');
    await page.keyboard.press('ArrowRight');
    await eventually(
      async () =>
        (await byId(page, 'spoken').textContent())?.includes('Connect the input to layer 3') ??
        false,
      'it says what Enter will do',
    );
    await page.keyboard.press('Enter');
    await made(1);
    await expect.poll(() => edits()).toEqual([{ type: 'setSources', layer: 1, sources: [-1] }]);
  });

  it('edits a weight by hand: fractions are read, two readings are refused', async () => {
    await open({ text: CHAIN });
    await on(0);
    await page.keyboard.press('/');
    await byId(page, 'go-to-field').waitFor();
    await eventually(
      async () => (await page.locator(':focus').getAttribute('data-testid')) === 'go-to-field',
      'the field has the keyboard',
    );
    await page.keyboard.type('w 2 9 1');
    await page.keyboard.press('Enter');
    await expect.poll(() => byId(page, 'problem').textContent()).toContain('they go from 1 to 4');
    await byId(page, 'go-to-field').fill('w 2 2 1');
    await page.keyboard.press('Enter');
    await byId(page, 'go-to').waitFor({ state: 'detached' });
    await page.keyboard.press('Enter');
    const field = byId(page, 'number');
    await field.waitFor();
    expect(Number(await field.inputValue())).not.toBeNaN();
    await field.fill('1,234.5');
    await page.keyboard.press('Enter');
    await expect.poll(() => byId(page, 'problem').textContent()).toContain('two different numbers');
    await field.fill('−1/3');
    await page.keyboard.press('Enter');
    await made(1);
    const [edit] = await edits();
    expect(edit).toMatchObject({
      type: 'setParameter',
      layer: 0,
      row: 1,
      column: 0,
      value: -1 / 3,
    });
  });

  it('shows every key, and gives the keyboard back', async () => {
    await open({ text: CHAIN });
    await on(0);
    await page.keyboard.press('?');
    await byId(page, 'help').waitFor();
    await expect.poll(() => byId(page, 'help').textContent()).toContain('Alt+←');
    await page.keyboard.press('Escape');
    await byId(page, 'help').waitFor({ state: 'detached' });
    await eventually(
      async () => (await page.locator(':focus').getAttribute('data-testid')) === 'layer-0',
      'the keyboard is where it was',
    );
  });

  it('leaves undo to VS Code', async () => {
    await open({ text: CHAIN });
    await on(0);
    await page.evaluate(
      `window.addEventListener('keydown', event => (window.undone = event.defaultPrevented))`,
    );
    await page.keyboard.press('Control+z');
    await expect.poll(() => page.evaluate('window.undone')).toBe(false);
  });
});

describe('commands of the menu', () => {
  it('do what the keys do', async () => {
    await open({ text: CHAIN });
    await harness(page, ({ tell }) => tell('command', 'moveRight', { layer: 0 }));
    await made(1);
    await expect.poll(() => edits()).toEqual([{ type: 'moveLayers', layers: [0], to: 2 }]);
  });
});

describe('the palette', () => {
  it('folds to icons, and remembers it', async () => {
    await open({ text: CHAIN });
    await byId(page, 'palette-toggle').click();
    await page.locator('.palette.icons').waitFor();
    await expect
      .poll(() => harness(page, ({ kept }) => (kept as { palette: string }).palette))
      .toBe('icons');
    await expect
      .poll(() => byId(page, 'palette-dense').getAttribute('aria-label'))
      .toMatch(/^Dense: /);
  });

  it('is a drawer on a narrow page', async () => {
    await open({ text: CHAIN, width: 600 });
    await expect.poll(() => byId(page, 'palette').count()).toBe(0);
    await byId(page, 'palette-open').click();
    await byId(page, 'palette-concat').waitFor();
    await byId(page, 'palette-close').click();
    await byId(page, 'palette').waitFor({ state: 'detached' });
  });
});
