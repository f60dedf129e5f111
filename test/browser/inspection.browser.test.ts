import { describe, expect, it } from 'vitest';
import { byId, cardValue, eventually, harness, pointAtEdge, requests } from './harness/actions';
import { example } from './harness/browser';
import { open, page } from './harness/suite';

/** The 3-4-2 network whose numbers are known to six digits. */
async function openReference(): Promise<void> {
  await open({ text: await example('reference-3-4-2') });
  await eventually(
    async () => (await byId(page, 'loss').textContent())?.includes('0.3421') ?? false,
    'numbers arrive',
  );
}

describe('the hover card', () => {
  it('shows the gradient of an edge, with its formula and its place in the file', async () => {
    await openReference();
    await pointAtEdge(page, 'edge-0-0-0');
    await byId(page, 'card').waitFor();
    await expect.poll(() => cardValue(page)).toBeCloseTo(0.007358, 6);
    const card = await byId(page, 'card').textContent();
    expect(card).toContain('layers[0].weights[0][0]');
    expect(card).toContain('0.04632');
    await expect.poll(() => byId(page, 'card').locator('math').count()).toBeGreaterThan(4);
  });

  it.each([
    ['edge-1-0-0', -0.075808],
    ['edge-1-1-0', 0.14505 * 0.549834],
  ])('shows the reference gradient of %s', async (id, gradient) => {
    await openReference();
    await pointAtEdge(page, id);
    await byId(page, 'card').waitFor();
    await expect.poll(() => cardValue(page)).toBeCloseTo(gradient, 5);
  });

  it.each(['neuron-0-2', 'input-1', 'bias-0-1', 'layer-0', 'layer-input', 'loss'])(
    'has a card for %s',
    async id => {
      await openReference();
      const box = await byId(page, id).boundingBox();
      if (!box) throw new Error(`${id} is drawn.`);
      // A neuron's bias sits on its lower left rim, so the pointer aims at the upper right.
      const aim = id.startsWith('bias') ? 0.5 : 0.55;
      await page.mouse.move(box.x + box.width * aim, box.y + box.height * (1 - aim));
      await byId(page, 'card').waitFor();
      expect(Number.isFinite(await cardValue(page))).toBe(true);
    },
  );

  it('never covers what it speaks of', async () => {
    await open();
    for (const id of ['neuron-0-0', 'neuron-0-7', 'input-0', 'neuron-1-2', 'loss', 'layer-1']) {
      const place = await byId(page, id).boundingBox();
      if (!place) throw new Error(`${id} is drawn.`);
      await page.mouse.move(place.x + place.width * 0.6, place.y + place.height * 0.4);
      await byId(page, 'card').waitFor();
      const card = await byId(page, 'card').boundingBox();
      if (!card) throw new Error('The card is drawn.');
      const apart =
        card.x >= place.x + place.width ||
        card.x + card.width <= place.x ||
        card.y >= place.y + place.height ||
        card.y + card.height <= place.y;
      expect(apart, id).toBe(true);
      await page.keyboard.press('Escape');
      await page.mouse.move(5, 400);
      await byId(page, 'card').waitFor({ state: 'detached' });
    }
  });

  it('leaves the toolbar free where there is room elsewhere', async () => {
    await open({ width: 1400, height: 800 });
    for (const id of ['neuron-0-0', 'neuron-0-4', 'loss']) {
      await byId(page, id).hover({ position: { x: 20, y: 8 } });
      await byId(page, 'card').waitFor();
      const card = await byId(page, 'card').boundingBox();
      const toolbar = await page.locator('.toolbar').boundingBox();
      expect(card?.y, id).toBeGreaterThanOrEqual(toolbar?.height ?? NaN);
      await page.keyboard.press('Escape');
      await page.mouse.move(5, 400);
      await byId(page, 'card').waitFor({ state: 'detached' });
    }
  });

  it('has no scrollbars beside its formulas, nor has the inspector', async () => {
    await openReference();
    await byId(page, 'neuron-1-0').click();
    await byId(page, 'inspector-value').waitFor();
    await byId(page, 'loss').hover();
    await byId(page, 'card').waitFor();
    const scrolling = await page.evaluate(() =>
      [...document.querySelectorAll('.explanation dd')]
        .filter(row => row.scrollWidth > row.clientWidth || row.clientWidth === 0)
        .map(row => row.textContent),
    );
    expect(scrolling).toEqual([]);
    const overflow = await page
      .locator('.explanation dd')
      .first()
      .evaluate(row => getComputedStyle(row).overflowY);
    expect(overflow).toBe('hidden');
  });

  it('dims what is unrelated to a quarter', async () => {
    await openReference();
    await pointAtEdge(page, 'edge-0-0-0');
    await byId(page, 'card').waitFor();
    const opacity = (id: string): Promise<number> =>
      byId(page, id).evaluate(element => Number(getComputedStyle(element).opacity));
    await eventually(async () => (await opacity('edge-0-1-1')) === 0.25, 'an unrelated edge dims');
    await expect.poll(() => opacity('neuron-0-0')).toBe(1);
    await expect.poll(() => opacity('edge-1-1-0')).toBe(1);
    await expect.poll(() => opacity('neuron-0-1')).toBe(0.25);
  });

  it('dims less in high contrast', async () => {
    await open({ theme: 'high-contrast' });
    await byId(page, 'neuron-0-0').hover({ position: { x: 20, y: 8 } });
    await byId(page, 'card').waitFor();
    const opacity = (): Promise<number> =>
      byId(page, 'neuron-0-1').evaluate(each => Number(getComputedStyle(each).opacity));
    await eventually(async () => (await opacity()) === 0.6, 'an unrelated neuron dims');
  });

  it('lets the pointer in, and shows the place in the text', async () => {
    await openReference();
    await pointAtEdge(page, 'edge-0-0-0');
    await byId(page, 'card').waitFor();
    await byId(page, 'card-show').click();
    const [[path]] = await requests(page, 'reveal');
    expect(path).toEqual(['layers', 0, 'weights', 0, 0]);
  });

  it('follows training in place, without moving', async () => {
    await open();
    await pointAtEdge(page, 'edge-0-3-1', 0.6);
    await byId(page, 'card').waitFor();
    const before = await cardValue(page);
    const place = await page.locator('nabla-hover-card').boundingBox();
    await pointAtEdge(page, 'edge-0-3-1', 0.55);
    await harness(page, ({ command }) => command({ type: 'step', unit: 'epoch' }));
    await eventually(async () => (await cardValue(page)) !== before, 'the number follows');
    const after = await page.locator('nabla-hover-card').boundingBox();
    expect([after?.x, after?.y]).toEqual([place?.x, place?.y]);
  });

  it('writes new numbers into the formulas that are there', async () => {
    await open();
    await pointAtEdge(page, 'edge-0-3-1', 0.6);
    await byId(page, 'card').waitFor();
    const formulas = page.locator('[data-testid="card-value"] math');
    const step = async (): Promise<string[]> => {
      const before = await formulas.allTextContents();
      await formulas.evaluateAll(all => all.forEach(math => Object.assign(math, { old: true })));
      await harness(page, ({ command }) => command({ type: 'step', unit: 'epoch' }));
      await eventually(
        async () => String(await formulas.allTextContents()) !== String(before),
        'the number follows',
      );
      return [before[1], ...(await formulas.allTextContents())];
    };
    const kept = (): Promise<boolean[]> =>
      formulas.evaluateAll(all => all.map(math => 'old' in math));
    // The sign of a number is part of the formula's shape.
    const [before, name, value] = await step();
    expect([before[1], value[1]]).toEqual(['−', '0']);
    await expect.poll(() => kept()).toEqual([true, false]);
    const [, sameName, next] = await step();
    expect([sameName, next[1]]).toEqual([name, '0']);
    await expect.poll(() => kept()).toEqual([true, true]);
  });

  it('writes what a new card would, however its numbers change', async () => {
    await open();
    const formulas = async (): Promise<string[]> => {
      const rows = byId(page, 'card').locator('.formula');
      return rows.evaluateAll(all => all.map(row => row.innerHTML.replace(/<!--.*?-->/g, '')));
    };
    for (let round = 0; round < 4; round++) {
      await pointAtEdge(page, 'edge-0-3-1', 0.6);
      await byId(page, 'card').waitFor();
      for (let epoch = 0; epoch < 6; epoch++) {
        const before = String(await formulas());
        await harness(page, ({ command }) => command({ type: 'step', unit: 'epoch' }));
        await eventually(async () => String(await formulas()) !== before, 'the numbers follow');
      }
      const followed = await formulas();
      await page.mouse.move(5, 5);
      await byId(page, 'card').waitFor({ state: 'detached' });
      await pointAtEdge(page, 'edge-0-3-1', 0.6);
      await byId(page, 'card').waitFor();
      expect(followed.length).toBeGreaterThan(6);
      await expect.poll(() => formulas()).toEqual(followed);
      await page.mouse.move(5, 5);
      await byId(page, 'card').waitFor({ state: 'detached' });
    }
  });
});

describe('while training runs', () => {
  it('asks anew for what is on the screen after every metrics message', async () => {
    await open();
    await pointAtEdge(page, 'edge-0-3-1', 0.6);
    await byId(page, 'card').waitFor();
    const count = async (name: string): Promise<number> => (await requests(page, name)).length;
    const [views, facts] = [await count('view'), await count('inspect')];
    await harness(page, ({ tell, metricColumns }) =>
      tell('metrics', { count: 1, values: new Float64Array(metricColumns), restart: false }),
    );
    await eventually(async () => (await count('view')) > views, 'a new view is asked for');
    await eventually(async () => (await count('inspect')) > facts, 'new facts are asked for');
  });
});

describe('the keyboard', () => {
  it('reaches the same card as the pointer', async () => {
    await openReference();
    await pointAtEdge(page, 'edge-0-0-0');
    const byPointer = await byId(page, 'card').innerText();
    await page.mouse.move(5, 400);
    await byId(page, 'card').waitFor({ state: 'detached' });
    await enterCanvas();
    await page.keyboard.press('e');
    await byId(page, 'card').waitFor();
    await expect.poll(() => focused()).toBe('edge-0-0-0');
    await expect.poll(() => byId(page, 'card').innerText()).toBe(byPointer);
    await eventually(
      async () => (await byId(page, 'spoken').textContent())?.includes('0.007358') ?? false,
      'the number is spoken',
    );
  });

  it('walks along the data flow, and hides the card with Esc', async () => {
    await openReference();
    await enterCanvas();
    const walk: string[] = [];
    for (const key of ['ArrowDown', 'b', 'ArrowRight', 'ArrowRight', 'ArrowLeft', 'Shift+E', 'e']) {
      await page.keyboard.press(key);
      walk.push(await focused());
    }
    expect(walk).toEqual([
      'neuron-0-1',
      'bias-0-1',
      'neuron-1-0',
      'loss',
      'neuron-1-0',
      'neuron-1-0',
      'edge-1-0-0',
    ]);
    await byId(page, 'card').waitFor();
    await page.keyboard.press('Escape');
    await byId(page, 'card').waitFor({ state: 'detached' });
  });

  it('has one tab stop, with a spoken name for everything', async () => {
    await openReference();
    await expect.poll(() => page.locator('nabla-canvas [tabindex="0"]').count()).toBe(1);
    const unnamed = await page.locator('nabla-canvas [tabindex]:not([aria-label])').count();
    expect(unnamed).toBe(0);
    await expect
      .poll(() => byId(page, 'edge-0-0-1').getAttribute('aria-label'))
      .toMatch(/weight from .* to neuron 4/);
  });

  it('selects a neuron with Enter', async () => {
    await openReference();
    await enterCanvas();
    await page.keyboard.press('Enter');
    await byId(page, 'inspector-value').waitFor();
    await byId(page, 'card').waitFor({ state: 'detached' });
    await expect.poll(() => focused()).toBe('neuron-0-0');
  });

  it('selects an edge with the space bar, and edits its number with Enter', async () => {
    await openReference();
    await enterCanvas();
    await page.keyboard.press('e');
    await page.keyboard.press(' ');
    await byId(page, 'inspector-value').waitFor();
    await expect
      .poll(() => byId(page, 'inspector').textContent())
      .toContain('layers[0].weights[0][0]');
    await byId(page, 'card').waitFor({ state: 'detached' });
    await expect.poll(() => focused()).toBe('edge-0-0-0');
    await page.keyboard.press('Enter');
    await byId(page, 'number').waitFor();
    await expect.poll(() => focused()).toBe('number');
    await page.keyboard.press('Escape');
    await expect.poll(() => focused()).toBe('edge-0-0-0');
  });

  it('keeps undo in a text field that has a draft from the document', async () => {
    await open();
    await page.evaluate(() => {
      const counter = window as unknown as { undone: number };
      counter.undone = 0;
      window.addEventListener('keydown', event => {
        if (event.ctrlKey && event.key === 'z') counter.undone++;
      });
    });
    const undone = (): Promise<number> =>
      page.evaluate(() => (window as unknown as { undone: number }).undone);
    await byId(page, 'sample-number').locator('input').focus();
    await page.keyboard.type('7');
    await page.keyboard.press('Control+z');
    await expect.poll(() => undone()).toBe(0);
    await byId(page, 'neuron-0-0').focus();
    await page.keyboard.press('Control+z');
    await expect.poll(() => undone()).toBe(1);
  });

  async function enterCanvas(): Promise<void> {
    for (let i = 0; i < 40; i++) {
      await page.keyboard.press('Tab');
      if ((await focused()) === 'neuron-0-0') return;
    }
    throw new Error('Tab never reached the canvas.');
  }

  function focused(): Promise<string> {
    return page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? '');
  }
});
