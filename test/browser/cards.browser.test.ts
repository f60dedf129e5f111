/** Cards that stay: pinned, moved, compared, copied, and with all their digits. */
import { describe, expect, it } from 'vitest';
import {
  allAsked,
  byId,
  cardValue,
  eventually,
  harness,
  middle,
  pointAtEdge,
  requests,
} from './harness/actions';
import { example, type OpenOptions } from './harness/browser';
import { open, page } from './harness/suite';

/** The 3-4-2 network whose numbers are known to six digits. */
async function openReference(options: OpenOptions = {}): Promise<void> {
  await open({ ...options, text: await example('reference-3-4-2') });
  await eventually(
    async () => (await byId(page, 'loss').textContent())?.includes('0.3421') ?? false,
    'numbers arrive',
  );
}

const EDGES = ['edge-0-0-0', 'edge-0-1-1', 'edge-1-0-0'] as const;

/** Pins edges as a person does: points, and presses P. */
async function pinEdges(count: number): Promise<void> {
  for (const [i, edge] of EDGES.slice(0, count).entries()) {
    await pointAtEdge(page, edge);
    await byId(page, 'card').waitFor();
    await page.keyboard.press('p');
    await byId(page, `pin-${i}-value`).waitFor();
    await page.mouse.move(5, 300);
    await byId(page, 'card').waitFor({ state: 'detached' });
  }
}

const pins = (): ReturnType<typeof page.locator> => page.locator('.pin');

async function boxOf(id: string): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await byId(page, id).boundingBox();
  if (!box) throw new Error(`${id} is drawn.`);
  return box;
}

async function valueOf(id: string): Promise<number> {
  return Number(await byId(page, `${id}-value`).getAttribute('data-value'));
}

async function spoken(part: RegExp): Promise<void> {
  await eventually(
    async () => part.test((await byId(page, 'spoken').textContent()) ?? ''),
    `${part} is spoken`,
  );
}

const focused = (): Promise<string> =>
  page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? '');

describe('a pinned card', () => {
  it('takes the place of the card of what is pointed at, and gives it back', async () => {
    await openReference();
    await pointAtEdge(page, 'edge-0-0-0');
    await byId(page, 'card').waitFor();
    const value = await cardValue(page);
    await page.keyboard.press('p');
    await byId(page, 'pin-0-value').waitFor();
    await byId(page, 'card').waitFor({ state: 'detached' });
    await expect.poll(() => valueOf('pin-0')).toBe(value);
    await spoken(/^Pinned, card 1 of 1: weight from/);
    await page.keyboard.press('p');
    await byId(page, 'card').waitFor();
    await expect.poll(() => pins().count()).toBe(0);
    await spoken(/card is closed: weight from/);
  });

  it('is pinned by the button of the card, and of the inspector', async () => {
    await openReference();
    await pointAtEdge(page, 'edge-0-0-0');
    await byId(page, 'card-pin').click();
    await byId(page, 'pin-0').waitFor();
    await byId(page, 'loss').click();
    await byId(page, 'inspector-pin').click();
    await byId(page, 'pin-1').waitFor();
    await expect.poll(() => byId(page, 'inspector-pin').getAttribute('aria-pressed')).toBe('true');
    await byId(page, 'inspector-pin').click();
    await byId(page, 'pin-1').waitFor({ state: 'detached' });
  });

  it('stays when the pointer goes, and follows the run in place', async () => {
    await open();
    await pointAtEdge(page, 'edge-0-3-1', 0.6);
    await byId(page, 'card').waitFor();
    await page.keyboard.press('p');
    await byId(page, 'pin-0-value').waitFor();
    await page.mouse.move(5, 300);
    const [before, place] = [await valueOf('pin-0'), await boxOf('pin-0')];
    await harness(page, ({ command }) => command({ type: 'step', unit: 'epoch' }));
    await eventually(async () => (await valueOf('pin-0')) !== before, 'the number follows');
    const after = await boxOf('pin-0');
    expect([after.x, after.y, after.width]).toEqual([place.x, place.y, place.width]);
  });

  it('stands where it stood when it is closed and pinned again', async () => {
    await openReference();
    await pinEdges(1);
    const place = await boxOf('pin-0');
    await pointAtEdge(page, EDGES[0]);
    await page.locator('[data-testid="pin-0"].pointed').waitFor();
    await page.keyboard.press('p');
    await byId(page, 'pin-0').waitFor({ state: 'detached' });
    await page.keyboard.press('p');
    await byId(page, 'pin-0-value').waitFor();
    await eventually(
      async () => JSON.stringify(await boxOf('pin-0')) === JSON.stringify(place),
      'the card has its place',
    );
  });

  it('follows the samples and the notation', async () => {
    await open();
    await pointAtEdge(page, 'edge-0-3-1', 0.6);
    await byId(page, 'card').waitFor();
    await page.keyboard.press('p');
    await byId(page, 'pin-0-value').waitFor();
    const before = await valueOf('pin-0');
    await byId(page, 'scope-batch').click();
    await eventually(async () => (await valueOf('pin-0')) !== before, 'the scope counts');
    await harness(page, ({ tell }) => tell('notation', 'ng'));
    await eventually(
      async () => (await byId(page, 'pin-0').textContent())?.includes('Θ') ?? false,
      'the notation counts',
    );
  });

  it('asks for one number at a time, whatever many steps are told', async () => {
    await openReference();
    await pinEdges(3);
    const before = await allAsked(page, 'inspect');
    await harness(page, ({ tell, metricColumns }) => {
      for (let i = 0; i < 60; i++)
        tell('metrics', { count: 1, values: new Float64Array(metricColumns), restart: false });
    });
    const asked = await allAsked(page, 'inspect');
    expect(asked, 'the pinned cards ask anew').toBeGreaterThanOrEqual(before + 3);
    // Sixty messages at once: a round now, and one for what came during it.
    expect(asked).toBeLessThanOrEqual(before + 6);
  });

  it('closes with a sentence when the text no longer has what it speaks of', async () => {
    await openReference();
    await pinEdges(2);
    await harness(page, ({ setText, file }) => {
      const network = JSON.parse(file.text) as { layers: Record<string, unknown>[] };
      network.layers = [
        { type: 'dense', units: 1 },
        { type: 'dense', units: 2 },
      ];
      return setText(JSON.stringify(network));
    });
    await eventually(async () => (await pins().count()) === 1, 'one of the two is gone');
    await spoken(/no longer has what was pinned.*neuron 5/);
    await expect
      .poll(() => byId(page, 'pin-0').getAttribute('aria-label'))
      .toMatch(/^Pinned: weight from/);
  });

  it('is there again when the tab comes back', async () => {
    const kept = { pins: [{ type: 'loss' }, { type: 'neuron', layer: 0, row: 1 }] };
    await openReference({ kept });
    await byId(page, 'pin-1-value').waitFor();
    await expect.poll(() => valueOf('pin-0')).toBeCloseTo(0.3421, 4);
    await expect
      .poll(() => harness(page, ({ kept: now }) => (now as { pins: unknown }).pins))
      .toEqual(kept.pins);
  });

  it('is one of three at most: a fourth is refused, and the sentence is seen', async () => {
    await openReference();
    await pinEdges(3);
    await byId(page, 'loss').hover();
    await byId(page, 'card').waitFor();
    await page.keyboard.press('p');
    await spoken(/Three cards are pinned/);
    await expect
      .poll(() => byId(page, 'quiet-line').textContent())
      .toContain('Close one of them first');
    await expect.poll(() => pins().count()).toBe(3);
    await byId(page, 'card').waitFor();
  });
});

describe('where pinned cards stand', () => {
  it.each([
    [1200, 800],
    [800, 600],
  ])('side by side below the toolbar, in a window of %d × %d', async (width, height) => {
    const targets = [0, 1, 2].map(row => ({ type: 'weight', layer: 0, row, column: 0 }));
    await openReference({ width, height, kept: { pins: targets } });
    for (const i of [0, 1, 2]) await byId(page, `pin-${i}-value`).waitFor();
    const boxes = await Promise.all([0, 1, 2].map(i => boxOf(`pin-${i}`)));
    const toolbar = await page.locator('.toolbar').boundingBox();
    boxes.forEach((box, i) => {
      expect(box.y).toBe(boxes[0].y);
      expect(box.width).toBe(boxes[0].width);
      expect(box.y).toBeGreaterThanOrEqual(toolbar?.height ?? NaN);
      expect(box.x + box.width).toBeLessThanOrEqual(width);
      expect(box.y + box.height).toBeLessThanOrEqual(height);
      if (i > 0) expect(box.x).toBeGreaterThanOrEqual(boxes[i - 1].x + boxes[i - 1].width);
    });
  });

  it('goes with the pointer by its head, but not over the toolbar or out of the window', async () => {
    await openReference();
    await pinEdges(1);
    const from = await boxOf('pin-0');
    const drag = async (dx: number, dy: number): Promise<void> => {
      const { x, y } = await boxOf('pin-0');
      await page.mouse.move(x + 120, y + 14);
      await page.mouse.down();
      await page.mouse.move(x + 120 + dx / 2, y + 14 + dy / 2);
      await page.mouse.move(x + 120 + dx, y + 14 + dy);
      await page.mouse.up();
    };
    await drag(200, -120);
    await eventually(async () => (await boxOf('pin-0')).x === from.x + 200, 'the card moves');
    expect((await boxOf('pin-0')).y).toBe(from.y - 120);
    await drag(100, -790);
    const toolbar = await page.locator('.toolbar').boundingBox();
    await eventually(
      async () => (await boxOf('pin-0')).y === toolbar?.height,
      'the card stops at the toolbar',
    );
    await page.setViewportSize({ width: 640, height: 480 });
    await eventually(async () => {
      const { x, width, y, height } = await boxOf('pin-0');
      return x + width <= 640 && y + height <= 480;
    }, 'the card stays in the window');
    await expect.poll(() => requests(page, 'edit')).toEqual([]);
  });

  it('goes by the arrow keys, and back into line with Home', async () => {
    await openReference();
    await pinEdges(2);
    const from = await boxOf('pin-1');
    await page.keyboard.press('Shift+P');
    await page.keyboard.press('Shift+P');
    await expect.poll(() => focused()).toBe('pin-move');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowRight');
    await eventually(async () => (await boxOf('pin-1')).y === from.y - 16, 'the card moves');
    expect((await boxOf('pin-1')).x).toBe(from.x + 16);
    await page.keyboard.press('Home');
    await eventually(async () => (await boxOf('pin-1')).y === from.y, 'the card is back');
    expect((await boxOf('pin-1')).x).toBe(from.x);
  });
});

describe('pinned cards by the keyboard', () => {
  it('are pinned where the keyboard stands, reached with Shift+P, and closed with Esc', async () => {
    await openReference();
    await byId(page, 'neuron-0-0').focus();
    await page.keyboard.press('e');
    await byId(page, 'card').waitFor();
    await page.keyboard.press('p');
    await byId(page, 'pin-0').waitFor();
    await expect.poll(() => focused()).toBe('edge-0-0-0');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('p');
    await byId(page, 'pin-1').waitFor();
    await page.keyboard.press('Shift+P');
    await expect.poll(() => focused()).toBe('pin-move');
    await page.keyboard.press('Escape');
    await eventually(async () => (await pins().count()) === 1, 'the first is closed');
    await expect.poll(() => focused()).toBe('pin-move');
    await page.keyboard.press('Escape');
    await eventually(async () => (await pins().count()) === 0, 'the other is closed');
    await expect.poll(() => focused()).toBe('neuron-0-0');
  });

  it('close with Esc on the canvas, the newest first, once nothing else is open or selected', async () => {
    await openReference();
    await pinEdges(2);
    await byId(page, 'neuron-0-1').click();
    const selected = page.locator('.neuron.selected');
    await selected.waitFor();
    // The card, then the selection.
    for (let i = 0; i < 3 && (await selected.count()) > 0; i++) await page.keyboard.press('Escape');
    await selected.waitFor({ state: 'detached' });
    await expect.poll(() => pins().count()).toBe(2);
    await page.keyboard.press('Escape');
    await eventually(async () => (await pins().count()) === 1, 'the newest is closed');
    await expect.poll(() => byId(page, 'pin-0').getAttribute('data-pin')).toBe('edge-0-0-0');
  });

  it('leave letters to fields', async () => {
    await openReference();
    await pointAtEdge(page, 'edge-0-0-0');
    await byId(page, 'card').waitFor();
    await byId(page, 'sample-number').locator('input').focus();
    await page.keyboard.press('p');
    await byId(page, 'neuron-0-0').focus();
    await page.keyboard.press('e');
    await page.keyboard.press('p');
    await byId(page, 'pin-0').waitFor();
    await expect.poll(() => pins().count()).toBe(1);
  });

  it('are asked for where nothing is pointed at or pinned', async () => {
    await openReference();
    await page.keyboard.press('p');
    await spoken(/Point at an edge/);
    await page.keyboard.press('Shift+P');
    await spoken(/No card is pinned/);
  });
});

describe('compared cards', () => {
  it('show the difference to the first, and mark the lines that are the same', async () => {
    await openReference();
    await pinEdges(3);
    const [one, two] = [await valueOf('pin-0'), await valueOf('pin-1')];
    await byId(page, 'pin-0-first').waitFor();
    const difference = byId(page, 'pin-1-difference');
    expect(Number(await difference.getAttribute('data-value'))).toBe(two - one);
    await expect.poll(() => difference.textContent()).toContain('∂E/∂w₄₁');
    const marked = (i: number): Promise<boolean[]> =>
      page
        .locator(`[data-testid="pin-${i}"] .line`)
        .evaluateAll(lines => lines.map(line => line.classList.contains('same')));
    await expect.poll(() => marked(0)).toEqual([false, false, false, false, false]);
    // Its source activation is another, its error term as well; one weight into the same neuron shares it.
    await byId(page, 'pin-2').locator('[data-testid="pin-close"]').click();
    await byId(page, 'pin-1').locator('[data-testid="pin-close"]').click();
    // The pointer rests on another edge, where a closed card was.
    await page.mouse.move(5, 300);
    await byId(page, 'card').waitFor({ state: 'detached' });
    await pointAtEdge(page, 'edge-0-0-1');
    await byId(page, 'card').waitFor();
    await page.keyboard.press('p');
    await byId(page, 'pin-1-value').waitFor();
    await expect.poll(() => marked(1)).toEqual([false, false, true, false, false]);
  });

  it('say nothing of a difference where they are of another kind', async () => {
    const kept = { pins: [{ type: 'loss' }, { type: 'neuron', layer: 0, row: 1 }] };
    await openReference({ kept });
    await byId(page, 'pin-1-value').waitFor();
    await expect.poll(() => page.locator('.difference').count()).toBe(0);
    await expect.poll(() => page.locator('.line.same').count()).toBe(0);
  });

  it('have their lines at the same heights', async () => {
    const kept = {
      pins: [0, 1].map(column => ({ type: 'weight', layer: 0, row: 0, column })),
    };
    await openReference({ kept });
    await byId(page, 'pin-1-value').waitFor();
    const tops = (i: number): Promise<number[]> =>
      page
        .locator(`[data-testid="pin-${i}"] dt`)
        .evaluateAll(labels => labels.map(label => label.getBoundingClientRect().top));
    await expect.poll(() => tops(1)).toEqual(await tops(0));
  });
});

describe('copying', () => {
  it('puts the value, LaTeX or Markdown on the clipboard, and says so', async () => {
    await openReference();
    await pointAtEdge(page, 'edge-0-0-0');
    await byId(page, 'card').waitFor();
    const value = await cardValue(page);
    await byId(page, 'card-copy-value').click();
    await spoken(/^Copied: 0\.00735806/);
    await expect.poll(() => harness(page, ({ file }) => file.clipboard)).toBe(String(value));
    await byId(page, 'card-copy-latex').click();
    await spoken(/^Copied as LaTeX/);
    await expect.poll(() => harness(page, ({ file }) => file.clipboard)).toContain('0.007358');
    await expect.poll(() => harness(page, ({ file }) => file.clipboard)).toContain('\\frac');
    await byId(page, 'card-copy-markdown').click();
    await spoken(/^Copied as Markdown/);
    const markdown = await harness(page, ({ file }) => file.clipboard);
    expect(markdown).toMatch(/^\*\*.*= 0\\?\.007358\*\*/);
  });

  it('works by keyboard from a pinned card and from the inspector, with the digits that are shown', async () => {
    await openReference();
    await byId(page, 'neuron-0-0').focus();
    await page.keyboard.press('e');
    await byId(page, 'card').waitFor();
    await page.keyboard.press('p');
    await byId(page, 'pin-0-value').waitFor();
    await byId(page, 'pin-0-copy-markdown').focus();
    await page.keyboard.down('Shift');
    await page.locator('.pin .exact').waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.up('Shift');
    await spoken(/^Copied as Markdown/);
    await expect
      .poll(() => harness(page, ({ file }) => file.clipboard))
      .toContain('0.007358066374665132');
    await byId(page, 'neuron-1-0').click();
    await byId(page, 'inspector-copy-value').focus();
    await page.keyboard.press('Enter');
    const value = await valueOf('inspector');
    await eventually(
      async () => (await harness(page, ({ file }) => file.clipboard)) === String(value),
      'the value of the inspector is copied',
    );
  });
});

describe('all digits', () => {
  const digits = async (where: string): Promise<string> =>
    (await byId(page, `${where}-value`).innerText()).replace(/\s/g, '');

  it('are shown while Shift is held, on a card that stays where it is', async () => {
    await openReference();
    await byId(page, 'neuron-1-0').click();
    await byId(page, 'inspector-value').waitFor();
    await pointAtEdge(page, 'edge-0-0-0');
    await byId(page, 'card').waitFor();
    const [four, place] = [await digits('card'), await boxOf('card')];
    expect(four).toContain('0.007358');
    await page.keyboard.down('Shift');
    await eventually(
      async () => (await digits('card')).includes('0.007358066374665132'),
      'all digits come',
    );
    await expect.poll(() => digits('inspector')).toMatch(/\d\.\d{12,}/);
    const exact = await boxOf('card');
    expect([exact.x, exact.y, exact.width]).toEqual([place.x, place.y, place.width]);
    await page.keyboard.up('Shift');
    await eventually(async () => (await digits('card')) === four, 'four digits are back');
    await expect.poll(() => boxOf('card')).toEqual(place);
  });

  it('leave the card in the window', async () => {
    await openReference({ width: 800, height: 600 });
    const { x, y } = await middle(page, 'neuron-1-1');
    await page.mouse.move(x + 6, y - 6);
    await byId(page, 'card').waitFor();
    await page.keyboard.down('Shift');
    await page.locator('.card .exact').waitFor();
    const box = await boxOf('card');
    expect(box.y).toBeGreaterThanOrEqual(0);
    expect(box.y + box.height).toBeLessThanOrEqual(600);
    await page.keyboard.up('Shift');
  });

  it('go when the page is left', async () => {
    await openReference();
    await pointAtEdge(page, 'edge-0-0-0');
    await byId(page, 'card').waitFor();
    await page.keyboard.down('Shift');
    await page.locator('.card .exact').waitFor();
    await page.evaluate(() => window.dispatchEvent(new Event('blur')));
    await page.locator('.card .exact').waitFor({ state: 'detached' });
  });

  it('do not come for a capital letter in a field, nor while something is dragged', async () => {
    await openReference();
    await byId(page, 'neuron-1-0').click();
    await byId(page, 'inspector-value').waitFor();
    await page.mouse.move(5, 400);
    await byId(page, 'sample-number').locator('input').focus();
    await page.keyboard.down('Shift');
    await expect.poll(() => page.locator('.exact').count()).toBe(0);
    await page.keyboard.up('Shift');
    await page.mouse.move(600, 640);
    await page.mouse.down();
    await page.mouse.move(620, 650);
    await page.keyboard.down('Shift');
    await page.mouse.move(640, 660);
    await expect.poll(() => page.locator('.exact').count()).toBe(0);
    await page.keyboard.up('Shift');
    await page.mouse.up();
  });

  it('leave Shift+click and Shift+arrow what they are', async () => {
    await openReference();
    await byId(page, 'layer-0').click();
    await page.keyboard.press('Shift+ArrowRight');
    await byId(page, 'several').waitFor();
    await byId(page, 'layer-0').click();
    await byId(page, 'layer-1').click({ modifiers: ['Shift'] });
    await byId(page, 'several').waitFor();
    await expect.poll(() => page.locator('.exact').count()).toBe(0);
  });
});
