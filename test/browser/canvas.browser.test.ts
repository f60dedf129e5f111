import { describe, expect, it } from 'vitest';
import { byId, eventually, pointAtEdge, requests } from './harness/actions';
import { example } from './harness/browser';
import { open, openBare, page } from './harness/suite';

interface LayerJson {
  readonly type: string;
  readonly units?: number;
  readonly activation?: string;
  readonly id?: string;
  readonly from?: readonly string[];
}

const dense = (units: number, more: object = {}): LayerJson => ({
  type: 'dense',
  units,
  activation: 'tanh',
  ...more,
});

/** A network with one sample, its weights from the seed. */
function network(shape: readonly number[], layers: readonly LayerJson[], outputs: number): string {
  const inputs = shape.reduce((product, length) => product * length, 1);
  const x = Array.from({ length: inputs }, (_, i) => ((i * 37) % 101) / 101 - 0.5);
  const y = Array.from({ length: outputs }, (_, i) => (i === 0 ? 1 : 0));
  return JSON.stringify({
    version: 1,
    name: 'large',
    seed: 1,
    input: { shape },
    layers,
    loss: { type: 'meanSquaredError' },
    data: { inline: [{ x, y }] },
  });
}

const mnist = network([28, 28], [dense(64), dense(10)], 10);
const residual = network(
  [4],
  [
    dense(6, { id: 'a' }),
    dense(6, { id: 'b' }),
    { type: 'add', id: 's', from: ['a', 'b'], activation: 'linear' },
    dense(3),
  ],
  3,
);

async function openLarge(text: string, options = {}): Promise<void> {
  await openBare({ text, files: {}, ...options });
  await page.locator('svg.network .caption').first().waitFor();
}

const elements = (): Promise<number> => page.locator('nabla-canvas svg.network *').count();
const transform = (): Promise<string> =>
  page.locator('svg.network').evaluate(svg => (svg as SVGElement).style.transform);

describe('large networks', () => {
  it.each([
    ['784-512-10', network([784], [dense(512), dense(10)], 10)],
    ['4096-4096', network([4096], [dense(4096)], 4096)],
    [
      '24-24-24-24-24-24',
      network(
        [24],
        Array.from({ length: 5 }, () => dense(24)),
        24,
      ),
    ],
    [
      '200 layers',
      network(
        [8],
        Array.from({ length: 200 }, () => dense(8)),
        8,
      ),
    ],
    [
      '600 layers',
      network(
        [2],
        Array.from({ length: 600 }, () => dense(2)),
        2,
      ),
    ],
  ])('draw %s with fewer than two thousand elements', async (_, text) => {
    await openLarge(text);
    await expect.poll(() => elements()).toBeLessThan(2000);
    await byId(page, 'zoom-fit').click();
    await expect.poll(() => elements()).toBeLessThan(2000);
  });

  it('show a strip of all neurons, and the strongest connections of one', async () => {
    await openLarge(mnist);
    await byId(page, 'strip-input').waitFor();
    await expect.poll(() => byId(page, 'band-0-input').count()).toBe(1);
    await byId(page, 'neuron-0-2').hover();
    const fan = page.locator('.fan .edge');
    await eventually(async () => (await fan.count()) >= 12, 'the fan is drawn');
    await expect.poll(() => page.locator('.fan').textContent()).toContain('772 others');
    const [request] = await requests(page, 'fan');
    expect(request[0]).toMatchObject({ layer: 0, row: 2, quantity: 'weight' });
    await expect.poll(() => elements()).toBeLessThan(2000);
  });

  it('unfold where the keyboard stands', async () => {
    await openLarge(
      network(
        [4],
        Array.from({ length: 200 }, () => dense(8)),
        8,
      ),
    );
    await byId(page, 'neuron-0-0').focus();
    for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowRight');
    await byId(page, 'neuron-5-0').waitFor();
    await expect.poll(() => byId(page, 'neuron-0-0').count()).toBe(0);
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-testid')))
      .toBe('neuron-5-0');
  });
});

describe('the camera', () => {
  it('pans by dragging the ground and draws nothing anew for it', async () => {
    await open();
    const canvas = await byId(page, 'canvas').boundingBox();
    const [x, y] = [(canvas?.x ?? 0) + 30, (canvas?.y ?? 0) + (canvas?.height ?? 0) - 60];
    await page.evaluate(() => {
      const root = document.querySelector('svg.network');
      const seen: MutationRecord[] = [];
      new MutationObserver(records => seen.push(...records)).observe(root as Element, {
        subtree: true,
        childList: true,
        attributes: true,
        attributeFilter: ['d', 'transform', 'x', 'y'],
      });
      (window as unknown as { seen: unknown }).seen = seen;
    });
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 50, y - 30, { steps: 5 });
    await page.mouse.up();
    await eventually(async () => (await transform()).includes('translate(50px, -30px)'), 'pans');
    await expect
      .poll(() => page.evaluate(() => (window as unknown as { seen: unknown[] }).seen.length))
      .toBe(0);
    await expect
      .poll(() => page.evaluate(() => window.harness.file.text))
      .toBe(await example('iris'));
  });

  it('zooms at the pointer, keeps the text as it is, and fits again', async () => {
    await open();
    const before = await byId(page, 'neuron-0-3').boundingBox();
    const at = { x: (before?.x ?? 0) + 10, y: (before?.y ?? 0) + 10 };
    await page.mouse.move(at.x, at.y);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -80);
    await page.keyboard.up('Control');
    await eventually(async () => (await transform()).includes('scale(1.4'), 'zooms');
    const after = await byId(page, 'neuron-0-3').boundingBox();
    expect(after?.width).toBeGreaterThan((before?.width ?? 0) * 1.3);
    expect(Math.abs((after?.x ?? 0) - at.x)).toBeLessThan(20);
    await byId(page, 'zoom-fit').click();
    await eventually(async () => (await transform()).includes('scale(1)'), 'fits');
    await expect
      .poll(() => page.evaluate(() => window.harness.file.text))
      .toBe(await example('iris'));
  });

  it('keeps its place while the text changes', async () => {
    await open();
    await byId(page, 'zoom-in').click();
    await eventually(async () => (await transform()).includes('scale(1.25)'), 'zooms');
    const before = await transform();
    const text = (await example('iris')).replace('"units": 8', '"units": 9');
    await page.evaluate(changed => window.harness.setText(changed), text);
    await byId(page, 'neuron-0-8').waitFor();
    await expect.poll(() => transform()).toBe(before);
  });

  it('hides text that could not be read', async () => {
    await openLarge(
      network(
        [4],
        Array.from({ length: 60 }, () => dense(8)),
        8,
      ),
    );
    await byId(page, 'zoom-fit').click();
    await eventually(
      async () => (await page.locator('svg.network.distant').count()) === 1,
      'it is distant',
    );
    await expect
      .poll(() => page.locator('svg.network .caption text').first().isVisible())
      .toBe(false);
  });

  it('stays fitted when the window or the network changes', async () => {
    const deep = (layers: number): string =>
      network(
        [4],
        Array.from({ length: layers }, () => dense(8)),
        8,
      );
    const sight = async (): Promise<string> => {
      const [last, canvas] = await Promise.all(
        [page.locator('svg.network .caption').last(), byId(page, 'canvas')].map(each =>
          each.boundingBox(),
        ),
      );
      return last && canvas && last.x + last.width <= canvas.x + canvas.width ? 'whole' : 'cut';
    };
    await openLarge(deep(40));
    await byId(page, 'zoom-fit').click();
    await eventually(async () => (await sight()) === 'whole', 'it is fitted');
    const before = await transform();
    await page.setViewportSize({ width: 900, height: 700 });
    await eventually(async () => (await transform()) !== before, 'the room is another');
    await eventually(async () => (await sight()) === 'whole', 'it is fitted to the window');
    await page.evaluate(text => window.harness.setText(text), deep(50));
    await byId(page, 'layer-49').waitFor({ state: 'attached' });
    await eventually(async () => (await sight()) === 'whole', 'it is fitted with all layers');
  });

  it('brings what the keyboard reaches into sight', async () => {
    await openLarge(
      network(
        [4],
        Array.from({ length: 60 }, () => dense(3)),
        3,
      ),
    );
    await byId(page, 'neuron-0-0').focus();
    for (let i = 0; i < 30; i++) await page.keyboard.press('ArrowRight');
    const [neuron, canvas] = await Promise.all(
      ['neuron-30-0', 'canvas'].map(id => byId(page, id).boundingBox()),
    );
    expect(neuron?.x).toBeGreaterThan(canvas?.x ?? Infinity);
    expect((neuron?.x ?? Infinity) + (neuron?.width ?? 0)).toBeLessThan(
      (canvas?.x ?? 0) + (canvas?.width ?? 0),
    );
  });
});

describe('branches', () => {
  it('are drawn with the sign of what joins them, and neutral lines without weights', async () => {
    await openLarge(residual);
    await expect.poll(() => byId(page, 'symbol-2').count()).toBe(1);
    await expect.poll(() => page.locator('.lines path').count()).toBe(12);
    await expect.poll(() => byId(page, 'layer-2').textContent()).toContain('no parameters');
    await expect.poll(() => page.locator('[data-testid^="edge-2-"]').count()).toBe(0);
    await expect.poll(() => page.locator('[data-testid^="bias-2-"]').count()).toBe(0);
  });

  it('are followed by the keyboard', async () => {
    await openLarge(residual);
    await byId(page, 'neuron-2-1').focus();
    await page.keyboard.press('ArrowLeft');
    const focused = (): Promise<string | null | undefined> =>
      page.evaluate(() => document.activeElement?.getAttribute('data-testid'));
    await expect.poll(() => focused()).toBe('neuron-0-1');
    await page.keyboard.press(']');
    await expect.poll(() => focused()).toBe('neuron-1-1');
  });
});

describe('the matrix', () => {
  it('opens with m, speaks its cells, zooms to them, and gives the keyboard back', async () => {
    await openLarge(mnist);
    await byId(page, 'layer-0').focus();
    await page.keyboard.press('m');
    await byId(page, 'matrix-statistics').waitFor();
    await expect.poll(() => byId(page, 'matrix-statistics').textContent()).toContain('50,176');
    for (let i = 0; i < 10; i++) await page.keyboard.press('+');
    await eventually(async () => {
      const [last] = (await requests(page, 'matrix')).slice(-1);
      const { columns } = last[0] as { columns: [number, number] };
      return columns[1] - columns[0] < 60;
    }, 'a sharper part is asked for');
    await page.keyboard.press('ArrowRight');
    await eventually(
      async () =>
        /weight from input 2.*: [−\d]/.test((await byId(page, 'spoken').textContent()) ?? ''),
      'the cell is spoken',
    );
    await byId(page, 'card').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => byId(page, 'matrix').count()).toBe(0);
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-testid')))
      .toBe('layer-0');
  });

  it('opens by a click on the band, and points at the cell under the pointer', async () => {
    await openLarge(mnist);
    await byId(page, 'band-0-input').waitFor();
    await byId(page, 'band-0-input').click({ position: { x: 12, y: 60 } });
    const box = await byId(page, 'matrix-canvas').boundingBox();
    await page.mouse.move((box?.x ?? 0) + 48, (box?.y ?? 0) + 20);
    await eventually(async () => {
      const [last] = (await requests(page, 'inspect')).slice(-1);
      const target = last?.[0] as { type: string; row: number; column: number } | undefined;
      return target?.type === 'weight' && target.row === 0 && target.column < 4;
    }, 'the first cells are pointed at');
  });

  it('shows the weights of each neuron as a picture where the input is one', async () => {
    await openLarge(mnist);
    await byId(page, 'neuron-0-0').focus();
    await page.keyboard.press('m');
    await byId(page, 'matrix-pictures').click();
    await eventually(async () => {
      const [last] = (await requests(page, 'matrix')).slice(-1);
      if (!last) return false;
      const { columns, rows } = last[0] as { columns: [number, number]; rows: [number, number] };
      return columns[1] === 784 && rows[0] === 0 && rows[1] > 1;
    }, 'whole rows are asked for');
    const ink = await byId(page, 'matrix-canvas').evaluate(element => {
      const canvas = element as HTMLCanvasElement;
      const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data;
      return pixels?.filter((_, i) => i % 4 === 3 && (pixels[i] ?? 0) > 60).length ?? 0;
    });
    expect(ink).toBeGreaterThan(5000);
  });
});

describe('the network as a table', () => {
  it('opens with t, selects by keyboard, and goes back', async () => {
    await open({ text: await example('digits') });
    await byId(page, 'layer-0').focus();
    await page.keyboard.press('t');
    const table = byId(page, 'network-table');
    await expect
      .poll(() => table.textContent())
      .toMatch(/Layer 2\s*dense\s*Input\s*32\s*tanh\s*2,080/);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => byId(page, 'row-0').getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('Escape');
    await expect.poll(() => table.count()).toBe(0);
  });

  it('keeps the keyboard on the row that was chosen', async () => {
    await open({ text: await example('digits') });
    await byId(page, 'layer-0').focus();
    await page.keyboard.press('t');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('.selected-columns .band').waitFor();
    await page.evaluate(
      () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    await expect
      .poll(() => byId(page, 'row-1').evaluate(own => own === document.activeElement))
      .toBe(true);
  });
});

describe("VS Code's own menu", () => {
  it('is told the layer or the weight that it opens on', async () => {
    await open();
    const context = (id: string): Promise<unknown> =>
      byId(page, id).evaluate(element =>
        JSON.parse(
          element.closest<SVGElement>('[data-vscode-context]')?.dataset['vscodeContext'] ?? '{}',
        ),
      );
    await expect
      .poll(() => context('layer-1'))
      .toEqual({
        webviewSection: 'layer',
        layer: 1,
        preventDefaultContextMenuItems: true,
      });
    await pointAtEdge(page, 'edge-0-0-0', 0.1);
    await page.mouse.down({ button: 'right' });
    await page.mouse.up({ button: 'right' });
    await expect
      .poll(() => context('edge-0-0-0'))
      .toMatchObject({ webviewSection: 'weight', layer: 0 });
  });
});
