/** Units that are 1, whose edges are the biases; and the numbers of neurons inside them. */
import { describe, expect, it } from 'vitest';
import {
  byId,
  cardValue,
  edgePoint,
  eventually,
  harness,
  middle,
  pointAtEdge,
} from './harness/actions';
import { example, type OpenOptions } from './harness/browser';
import { focused } from './harness/designing';
import { open, page } from './harness/suite';

/** Share of an edge's length where it crosses no other of the reference network. */
const ASIDE = 0.2;

/** The 3-4-2 network, with its numbers; `drawn`: with bias units. */
async function openReference(drawn = true, options: OpenOptions = {}): Promise<void> {
  await open({ text: await example('reference-3-4-2'), ...options });
  await eventually(
    async () => (await byId(page, 'loss').textContent())?.includes('0.3421') ?? false,
    'numbers arrive',
  );
  if (drawn) await draw();
}

async function draw(): Promise<void> {
  await byId(page, 'bias-units').click();
  await page.locator('.unit').first().waitFor();
}

const names = (selector: string): Promise<readonly (string | null)[]> =>
  page.locator(selector).evaluateAll(all => all.map(each => each.getAttribute('data-testid')));

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const boxesOf = (selector: string): Promise<readonly Box[]> =>
  page.locator(selector).evaluateAll(all =>
    all.map(each => {
      const { x, y, width, height } = each.getBoundingClientRect();
      return { x, y, width, height };
    }),
  );

const touch = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

describe('bias units', () => {
  it('are drawn on request, one above each layer that feeds biases, and the choice is kept', async () => {
    await openReference(false);
    await expect.poll(() => page.locator('.unit').count()).toBe(0);
    await expect.poll(() => names('.bias')).toHaveLength(6);
    await draw();
    await expect.poll(() => names('.unit')).toEqual(['unit-input', 'unit-0']);
    await expect.poll(() => page.locator('.unit .number').allTextContents()).toEqual(['+1', '+1']);
    await expect
      .poll(() => byId(page, 'unit-input').getAttribute('aria-label'))
      .toContain('always 1');
    // Each bias is there once: as an edge, and no longer as a mark.
    await expect.poll(() => names('.bias')).toEqual([]);
    await expect
      .poll(() => names('.edges [data-testid^="bias-"]'))
      .toEqual([
        ...[0, 1, 2, 3].map(row => `bias-0-${row}`),
        ...[0, 1].map(row => `bias-1-${row}`),
      ]);
    await expect.poll(() => byId(page, 'bias-units').getAttribute('aria-pressed')).toBe('true');
    const kept = await harness(page, ({ kept: state }) => state);
    await page.close();
    await openReference(false, { kept });
    await page.locator('.unit').first().waitFor();
    await byId(page, 'bias-units').click();
    await page.locator('.unit').first().waitFor({ state: 'detached' });
    await expect.poll(() => names('.bias')).toHaveLength(6);
  });

  it('touch no neuron, no caption and no handle', async () => {
    for (const [width, height] of [
      [1200, 800],
      [700, 470],
    ]) {
      await openReference(true, { width, height });
      const units = await boxesOf('.unit .ground');
      const others = await boxesOf('.neuron .ground, .caption text, .handle .reach, .port path');
      expect(units.filter(unit => others.some(other => touch(unit, other)))).toEqual([]);
      const [room] = await boxesOf('.canvas-scroll');
      for (const unit of units) expect(unit.y).toBeGreaterThanOrEqual(room.y);
      if (width > 1000) await page.close();
    }
  });

  it.each(['bias-0-0', 'bias-0-3', 'bias-1-1'])('have a card for the edge of %s', async id => {
    await openReference(false);
    await byId(page, id).hover();
    await byId(page, 'card').waitFor();
    const [value, words] = [await cardValue(page), await byId(page, 'card').textContent()];
    await page.mouse.move(5, 400);
    await byId(page, 'card').waitFor({ state: 'detached' });
    await draw();
    await pointAtEdge(page, id, ASIDE);
    await byId(page, 'card').waitFor();
    await expect.poll(() => cardValue(page)).toBe(value);
    await expect.poll(() => byId(page, 'card').textContent()).toBe(words);
    await expect.poll(() => page.locator('.emphasis .halo.pointed').count()).toBe(1);
    const at = await byId(page, id).getAttribute('d');
    await expect.poll(() => page.locator('.emphasis .edge.strong').getAttribute('d')).toBe(at);
  });

  it('step back with all that is not related', async () => {
    await openReference();
    await pointAtEdge(page, 'bias-1-0', ASIDE);
    await byId(page, 'card').waitFor();
    const opacity = (id: string): Promise<number> =>
      byId(page, id).evaluate(element => Number(getComputedStyle(element).opacity));
    for (const id of ['unit-input', 'bias-0-0', 'bias-1-1'])
      await eventually(async () => (await opacity(id)) === 0.25, `${id} dims`);
    await expect.poll(() => opacity('unit-0')).toBe(1);
    await expect.poll(() => opacity('neuron-1-0')).toBe(1);
  });

  it('have edges that are selected by a click and edited by two', async () => {
    await openReference();
    await pointAtEdge(page, 'bias-0-2', ASIDE);
    await page.mouse.down();
    await page.mouse.up();
    await byId(page, 'inspector-value').waitFor();
    await expect.poll(() => byId(page, 'inspector').textContent()).toContain('layers[0].bias[2]');
    await expect.poll(() => focused()).toBe('bias-0-2');
    await expect.poll(() => page.locator('.emphasis .halo.selected').count()).toBe(1);
    const { x, y } = await edgePoint(page, 'bias-0-2', ASIDE);
    await page.mouse.dblclick(x, y);
    await byId(page, 'number').waitFor();
    await page.keyboard.type('0.5');
    await page.keyboard.press('Enter');
    const text = (): Promise<string> => harness(page, ({ file }) => file.text);
    await eventually(
      async () =>
        (JSON.parse(await text()) as { layers: { bias: number[] }[] }).layers[0].bias[2] === 0.5,
      'the bias is in the text',
    );
  });

  it('tell the menu of VS Code which bias is meant', async () => {
    await openReference();
    const { x, y } = await edgePoint(page, 'bias-1-1', ASIDE);
    await page.mouse.click(x, y, { button: 'right' });
    const context = await page.locator('svg.network').getAttribute('data-vscode-context');
    expect(JSON.parse(context ?? '')).toMatchObject({
      webviewSection: 'weight',
      layer: 1,
      row: 1,
      bias: true,
    });
  });

  it('are reached by the keyboard as the marks are, with one tab stop', async () => {
    await openReference();
    await byId(page, 'neuron-0-0').click();
    await page.keyboard.press('b');
    await expect.poll(() => focused()).toBe('bias-0-0');
    await expect.poll(() => page.locator('.emphasis .halo.pointed').count()).toBe(1);
    await expect
      .poll(() => page.locator('nabla-canvas svg.network [tabindex="0"]').count())
      .toBe(1);
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => focused()).toBe('bias-0-1');
    await page.keyboard.press(' ');
    await eventually(
      async () =>
        (await byId(page, 'inspector').textContent())?.includes('layers[0].bias[1]') ?? false,
      'the bias is selected',
    );
    await page.keyboard.press('b');
    await expect.poll(() => focused()).toBe('neuron-0-1');
    const unnamed = await page.locator('svg.network [tabindex]:not([aria-label])').count();
    expect(unnamed).toBe(0);
  });

  it('colour their edges as weights, by what is chosen, also while a pass is stepped through', async () => {
    await openReference();
    const classOf = (id: string): Promise<string> =>
      byId(page, id).getAttribute('class').then(String);
    const widest = (): Promise<string | null> =>
      page.locator('.edges .edge').evaluateAll(all => {
        const width = (edge: Element): number => Number(edge.getAttribute('stroke-width'));
        const first = all.reduce((most, each) => (width(each) > width(most) ? each : most));
        return first.getAttribute('data-testid');
      });
    // The biases are 0.1 … 0.4, −0.1 and 0.1; by gradient those of the outputs lead.
    await expect.poll(() => classOf('bias-0-3')).toContain('edge positive');
    await expect.poll(() => classOf('bias-1-0')).toContain('edge negative');
    await expect.poll(() => widest()).not.toContain('bias-1');
    await byId(page, 'colour-gradient').click();
    await eventually(async () => (await widest()) === 'bias-1-1', 'the gradients are drawn');
    await expect.poll(() => classOf('bias-1-0')).toContain('edge negative');
    await byId(page, 'step-through').click();
    await byId(page, 'stepping').waitFor();
    await eventually(
      async () => (await classOf('bias-1-1')).includes('unlit'),
      'nothing is known yet',
    );
  });

  it('belong to the input of a dense layer, also behind a join', async () => {
    await open({ text: await example('two-branches') });
    await draw();
    const { layers } = JSON.parse(await example('two-branches')) as {
      layers: { type: string }[];
    };
    const joined = layers.findIndex(({ type }) => type === 'concat' || type === 'add');
    await expect.poll(() => byId(page, `unit-${joined}`).count()).toBe(1);
    const unit = await middle(page, `unit-${joined}`);
    const sign = await middle(page, `symbol-${joined}`);
    expect(unit.x).toBeCloseTo(sign.x, 0);
    expect(unit.y).toBeLessThan(sign.y - 8);
    await expect.poll(() => byId(page, `unit-${layers.length - 1}`).count()).toBe(0);
  });

  it('are left out where edges are one band: there the marks stay', async () => {
    await open({ text: await example('digits') });
    await draw();
    await expect.poll(() => names('.unit')).toEqual(['unit-0']);
    await expect.poll(() => names('.edges [data-testid^="bias-0"]')).toEqual([]);
    expect((await names('.bias')).length).toBeGreaterThan(4);
    expect((await names('.bias')).every(name => name?.startsWith('bias-0'))).toBe(true);
  });

  it('are not offered where there are no biases, and speak Chinese', async () => {
    await open({ text: await example('rates-3-3-2-1') });
    await expect.poll(() => byId(page, 'bias-units').count()).toBe(0);
    await page.close();
    await openReference(true, { language: 'zh-cn' });
    await expect.poll(() => byId(page, 'bias-units').getAttribute('title')).toContain('偏置单元');
    await expect.poll(() => byId(page, 'unit-0').getAttribute('aria-label')).toContain('恒为 1');
  });
});

describe('the numbers of neurons', () => {
  it('count through the network and stand inside, above the values, in the notation that counts so', async () => {
    await openReference(false);
    await expect
      .poll(() => page.locator('.index').allTextContents())
      .toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9].map(String));
    const values = await page.locator('.neuron .number').allTextContents();
    expect(values).toHaveLength(9);
    expect(values).toContain('.55');
    await expect
      .poll(() => byId(page, 'neuron-0-0').getAttribute('aria-label'))
      .toContain('neuron 4');
    const [circles, indices, numbers] = await Promise.all(
      ['.neuron .ground', '.index', '.neuron .number'].map(boxesOf),
    );
    circles.forEach((circle, i) => {
      expect(indices[i].y).toBeGreaterThanOrEqual(circle.y);
      expect(indices[i].y).toBeLessThan(numbers[i].y);
      expect(numbers[i].y + numbers[i].height).toBeLessThanOrEqual(circle.y + circle.height);
      const middles = [circle, indices[i], numbers[i]].map(({ x, width }) => x + width / 2);
      for (const each of middles) expect(each).toBeCloseTo(middles[0], 0);
    });
  });

  it('stand in no other notation', async () => {
    const text = (await example('reference-3-4-2')).replace('"zybuluo"', '"nielsen"');
    await openReference(false, { text });
    await expect.poll(() => page.locator('.index').count()).toBe(0);
    await expect.poll(() => page.locator('.neuron .number').first().getAttribute('y')).toBe('0');
  });
});
