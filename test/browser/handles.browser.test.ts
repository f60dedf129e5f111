/** More of designing by pointer and key: what grows together, what scrolls, what a menu and a finger can do. */
import { describe, expect, it } from 'vitest';
import { byId, eventually, harness, middle, requests } from './harness/actions';
import { example } from './harness/browser';
import { CHAIN, dense, edits, made, on, press, pressHandle, textOf } from './harness/designing';
import { open, page } from './harness/suite';

const SUM = textOf([
  dense(4, { id: 'a' }),
  dense(4, { id: 'b' }),
  { type: 'add', from: ['a', 'b'] },
  dense(2),
]);

const spoken = async (): Promise<string> => (await byId(page, 'spoken').textContent()) ?? '';
const says = (words: string): Promise<void> =>
  eventually(async () => (await spoken()).includes(words), `it says: ${words}`);

describe('the handle', () => {
  it('grows all that an add joins, says so, and makes one step of it', async () => {
    await open({ text: SUM });
    const before = await harness(page, ({ file }) => file.text);
    await pressHandle(0, 16);
    await expect.poll(() => byId(page, 'ghost').textContent()).toContain('a + b: 6 units');
    await expect.poll(() => page.locator('.ghost-unit').count()).toBe(12);
    await page.mouse.up();
    await byId(page, 'neuron-1-5').waitFor();
    await expect
      .poll(() => edits())
      .toEqual([
        {
          type: 'several',
          label: 'Set a + b to 6 units',
          edits: [
            { type: 'setUnits', layer: 0, units: 6 },
            { type: 'setUnits', layer: 1, units: 6 },
          ],
        },
      ]);
    await harness(page, ({ file }) => file.undo());
    await expect.poll(() => harness(page, ({ file }) => file.text)).toBe(before);
  });

  it('says what stands in the way, and then changes nothing', async () => {
    await open({
      text: textOf([dense(3, { id: 'h' }), { type: 'add', from: ['input', 'h'] }]).replace(
        '"layers"',
        '"data":{"inline":[{"x":[0,0,0],"y":[0,0,0]}]},"layers"',
      ),
    });
    await pressHandle(0, 16);
    await expect
      .poll(() => byId(page, 'drop-label').textContent())
      .toContain('add needs layers of equal size, found 3, 5');
    await page.mouse.up();
    await says('add needs layers of equal size');
    await expect.poll(() => edits()).toEqual([]);
  });

  it('has a key that does the same', async () => {
    await open({ text: SUM });
    await on(1);
    await page.keyboard.press('+');
    await byId(page, 'neuron-0-4').waitFor();
    expect((await edits())[0]).toMatchObject({ type: 'several', label: 'Set b + a to 5 units' });
  });
});

describe('the quiet line', () => {
  const WRITTEN = JSON.stringify({
    version: 1,
    seed: 3,
    input: { shape: [2] },
    layers: [
      dense(2, {
        weights: [
          [1, 2],
          [3, 4],
        ],
        bias: [0, 0],
      }),
      dense(1),
    ],
  });

  it('says what an edit has kept, and is spoken with it', async () => {
    await open({ text: WRITTEN });
    await on(0);
    await page.keyboard.press('+');
    await byId(page, 'neuron-0-2').waitFor();
    const line = byId(page, 'quiet-line');
    await eventually(async () => (await line.textContent())?.trim() !== '', 'it says something');
    const words = (await line.textContent())?.trim() ?? '';
    expect(words).toMatch(/kept 6/);
    await says(words);
  });

  it('speaks Chinese where the page does', async () => {
    await open({ text: WRITTEN, language: 'zh-CN' });
    await on(0);
    await page.keyboard.press('+');
    await byId(page, 'neuron-0-2').waitFor();
    const line = byId(page, 'quiet-line');
    await eventually(async () => (await line.textContent())?.includes('保留 6') ?? false, '保留');
  });
});

describe('several layers', () => {
  it('are caught by a marquee with Shift', async () => {
    await open({ text: CHAIN });
    const [first, second] = [await middle(page, 'neuron-0-0'), await middle(page, 'neuron-1-4')];
    await page.keyboard.down('Shift');
    await press({ x: first.x - 60, y: first.y - 80 }, { x: second.x + 30, y: second.y + 8 });
    await expect.poll(() => page.locator('.marquee').count()).toBe(1);
    await page.mouse.up();
    await page.keyboard.up('Shift');
    await says('2 layers selected');
    await expect
      .poll(() => harness(page, ({ kept }) => (kept as { layers: number[] }).layers))
      .toEqual([0, 1]);
    await expect.poll(() => edits()).toEqual([]);
  });

  it('are selected by Ctrl+A, and by Shift with an arrow', async () => {
    await open({ text: CHAIN });
    await on(0);
    await page.keyboard.press('Shift+ArrowRight');
    await says('2 layers selected');
    await page.keyboard.press('Shift+ArrowLeft');
    await says('Layer');
    await page.keyboard.press('Control+a');
    await says('3 layers selected');
  });

  it('are cut and pasted', async () => {
    await open({ text: CHAIN });
    await on(0);
    await page.keyboard.press('Control+x');
    await byId(page, 'layer-2').waitFor({ state: 'detached' });
    expect((await requests(page, 'cutLayers'))[0]).toEqual([[0], 1]);
    await on(0);
    await page.keyboard.press('Control+v');
    await byId(page, 'layer-2').waitFor();
    await expect.poll(() => requests(page, 'pasteLayers')).toEqual([[1, 2]]);
  });
});

describe('on the canvas', () => {
  it('Shift+I inserts before', async () => {
    await open({ text: CHAIN });
    await on(1);
    await page.keyboard.press('Shift+I');
    await byId(page, 'chooser').waitFor();
    await byId(page, 'chooser-insert').click();
    await byId(page, 'layer-3').waitFor();
    expect((await edits())[0]).toMatchObject({ type: 'addLayer', index: 1 });
  });

  it('A chooses the activation', async () => {
    await open({ text: CHAIN });
    await on(0);
    await page.keyboard.press('a');
    await byId(page, 'choose-relu').click();
    await made(1);
    await expect
      .poll(() => edits())
      .toEqual([{ type: 'setActivation', layer: 0, activation: 'relu' }]);
  });

  it('a double click on a bias edits it', async () => {
    await open({ text: CHAIN });
    const bias = await middle(page, 'bias-0-1');
    await page.mouse.dblclick(bias.x, bias.y);
    const field = byId(page, 'number');
    await field.waitFor();
    await field.fill('0,25');
    await page.keyboard.press('Enter');
    await made(1);
    expect((await edits())[0]).toMatchObject({ kind: 'bias', layer: 0, row: 1, value: 0.25 });
  });

  it('scrolls while a drag rests near its edge', async () => {
    const many = Array.from({ length: 16 }, () => dense(4));
    await open({ text: textOf([...many, dense(2)]), width: 1000 });
    for (let i = 0; i < 4; i++) await byId(page, 'zoom-in').click();
    const canvas = await byId(page, 'canvas').boundingBox();
    if (!canvas) throw new Error('There is no canvas.');
    const y = canvas.y + canvas.height / 2;
    const place = async (): Promise<number> => (await middle(page, 'layer-8')).x;
    await press(await middle(page, 'palette-dense'), { x: canvas.x + canvas.width / 2, y });
    const before = await place();
    await page.mouse.move(canvas.x + canvas.width - 6, y, { steps: 3 });
    await eventually(async () => (await place()) < before - 60, 'the picture has moved left');
    await page.keyboard.press('Escape');
    await page.mouse.up();
    await expect.poll(() => edits()).toEqual([]);
  });

  it('two fingers zoom, and select nothing', async () => {
    await open({ text: CHAIN });
    const width = async (): Promise<number> => {
      const [a, b] = [await middle(page, 'layer-0'), await middle(page, 'layer-1')];
      return b.x - a.x;
    };
    const before = await width();
    const { x, y } = await middle(page, 'neuron-1-2');
    const touch = await page.context().newCDPSession(page);
    const fingers = (by: number): object[] => [
      { x: x - by, y, id: 1 },
      { x: x + by, y, id: 2 },
    ];
    const send = (type: string, touchPoints: object[]): Promise<unknown> =>
      touch.send('Input.dispatchTouchEvent', { type, touchPoints } as never);
    await send('touchStart', fingers(40).slice(0, 1));
    await send('touchStart', fingers(40));
    for (const by of [50, 60, 80]) await send('touchMove', fingers(by));
    await send('touchEnd', []);
    await eventually(async () => (await width()) > before * 1.5, 'the picture is larger');
    await expect.poll(() => edits()).toEqual([]);
    await expect
      .poll(() =>
        harness(page, ({ kept }) => (kept as { selection?: unknown } | undefined)?.selection),
      )
      .toBeUndefined();
  });

  it('shows the sample as a picture beside an input that is one', async () => {
    await open({ text: await example('digits') });
    await byId(page, 'input-picture').waitFor();
    const pixels = Array.from({ length: 784 }, (_, i) => i / 784);
    const data = { inline: [{ x: pixels, y: [1, 0] }] };
    const input = { shape: [28, 28] };
    const layers = [dense(30), dense(2)];
    await page.evaluate(
      `window.harness.setText(${JSON.stringify(JSON.stringify({ version: 1, input, layers, data }))})`,
    );
    const picture = byId(page, 'input-picture');
    await picture.waitFor();
    await expect.poll(() => picture.getAttribute('aria-label')).toContain('28 × 28');
    const box = await picture.boundingBox();
    const canvas = await byId(page, 'canvas').boundingBox();
    if (!box || !canvas) throw new Error('There is no picture.');
    expect(box.x).toBeGreaterThanOrEqual(canvas.x);
    expect(box.x + box.width).toBeLessThan((await middle(page, 'input-0')).x);
  });

  it('says in a deep network that layers are folded', async () => {
    await open({ text: textOf([...Array.from({ length: 60 }, () => dense(16)), dense(2)]) });
    await expect
      .poll(() => byId(page, 'folding').textContent())
      .toMatch(/\d+ of 62 layers are folded/);
    await expect
      .poll(() => byId(page, 'layer-40').locator('title').textContent())
      .toContain('Folded');
    await expect.poll(() => byId(page, 'inspector').textContent()).toContain('3 – 60 × 16 – 2');
  });
});

describe('commands of the menu', () => {
  it.each([
    ['duplicate', { type: 'copyLayers', layers: [0], to: 1 }],
    ['delete', { type: 'removeLayers', layers: [0] }],
  ] as const)('%s', async (name, edit) => {
    await open({ text: CHAIN });
    await page.evaluate(`window.harness.tell('command', ${JSON.stringify(name)}, { layer: 0 })`);
    await made(1);
    await expect.poll(() => edits()).toEqual([edit]);
  });

  it('moveLeft, copy, cut and paste', async () => {
    await open({ text: CHAIN });
    await harness(page, ({ tell }) => tell('command', 'moveLeft', { layer: 1 }));
    await made(1);
    await expect.poll(() => edits()).toEqual([{ type: 'moveLayers', layers: [1], to: 0 }]);
    await harness(page, ({ tell }) => tell('command', 'copy', { layer: 1 }));
    await eventually(async () => (await requests(page, 'copyLayers')).length === 1, 'a copy');
    await harness(page, ({ tell }) => tell('command', 'paste', { layer: 1 }));
    await byId(page, 'layer-3').waitFor();
    await harness(page, ({ tell }) => tell('command', 'cut', { layer: 0 }));
    await byId(page, 'layer-3').waitFor({ state: 'detached' });
    expect((await requests(page, 'cutLayers'))[0][0]).toEqual([0]);
  });

  it.each([
    ['insertBefore', 1],
    ['insertAfter', 2],
  ] as const)('%s opens the chooser', async (name, index) => {
    await open({ text: CHAIN });
    await page.evaluate(`window.harness.tell('command', '${name}', { layer: 1 })`);
    await byId(page, 'chooser-insert').click();
    await made(1);
    expect((await edits())[0]).toMatchObject({ type: 'addLayer', index });
  });

  it('showInText by its key means what is selected', async () => {
    await open({ text: CHAIN });
    const reveal = async (target: object, path: unknown[], count: number): Promise<void> => {
      await page.evaluate(`window.harness.tell('select', ${JSON.stringify(target)})`);
      await harness(page, ({ tell }) => tell('command', 'showInText', {}));
      await eventually(async () => (await requests(page, 'reveal')).length === count, 'the place');
      expect((await requests(page, 'reveal'))[count - 1][0]).toEqual(path);
    };
    await reveal(
      { type: 'weight', layer: 0, row: 1, column: 2 },
      ['layers', 0, 'weights', 1, 2],
      1,
    );
    await reveal({ type: 'bias', layer: 0, row: 1 }, ['layers', 0, 'bias', 1], 2);
    await reveal({ type: 'neuron', layer: 1, row: 0 }, ['layers', 1, 'weights', 0], 3);
    await reveal({ type: 'layer', layer: 1 }, ['layers', 1], 4);
    await reveal({ type: 'loss' }, ['loss'], 5);
  });

  it('editWeight opens the number, showInText the text', async () => {
    await open({ text: CHAIN });
    await harness(page, ({ tell }) =>
      tell('command', 'showInText', { layer: 0, row: 1, bias: true }),
    );
    await eventually(async () => (await requests(page, 'reveal')).length === 1, 'the place');
    expect((await requests(page, 'reveal'))[0][0]).toEqual(['layers', 0, 'bias', 1]);
    await harness(page, ({ tell }) =>
      tell('command', 'editWeight', { layer: 0, row: 1, column: 2 }),
    );
    await byId(page, 'number').waitFor();
  });
});

describe('the inspector', () => {
  it('opens the weights as a picture', async () => {
    await open({ text: CHAIN });
    await on(1);
    await byId(page, 'open-matrix').click();
    await byId(page, 'matrix').waitFor();
  });

  it('shows where a first layer takes its values when the file says so', async () => {
    await open({ text: textOf([dense(4, { from: ['input'] }), dense(2)]) });
    await on(0);
    await page.getByText('More', { exact: false }).first().click();
    await expect.poll(() => byId(page, 'field-layers.0.from').count()).toBe(1);
    await page.close();
    await open({ text: CHAIN });
    await on(0);
    await expect.poll(() => byId(page, 'field-layers.0.from').count()).toBe(0);
  });
});

it('a palette item is explained in the language of the page', async () => {
  await open({ text: await example('xor'), language: 'zh-CN' });
  await expect.poll(() => byId(page, 'palette-relu').getAttribute('title')).toContain('max(0, z)');
  await expect
    .poll(() => byId(page, 'palette-softplus').getAttribute('title'))
    .toContain('平滑的 relu');
});
