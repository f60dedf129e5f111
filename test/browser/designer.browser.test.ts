import { describe, expect, it } from 'vitest';
import { TOOLKIT_TAGS } from '../../webview/toolkitTags';
import { byId, eventually, harness, requests } from './harness/actions';
import { example } from './harness/browser';
import { open, page } from './harness/suite';

/** `--vscode-charts-green` of the dark theme. */
const TRAINING = 'rgb(137, 209, 133)';

describe('the picture', () => {
  it('draws every neuron, edge, bias, caption and the loss of a small network', async () => {
    await open();
    await expect.poll(() => page.locator('.edges .edge').count()).toBe(4 * 8 + 8 * 3);
    await expect.poll(() => page.locator('.neuron').count()).toBe(4 + 8 + 3);
    await expect.poll(() => page.locator('.bias').count()).toBe(8 + 3);
    await expect
      .poll(() => byId(page, 'layer-0').textContent())
      .toMatch(/dense 8 · tanh\s*40 parameters/);
    await expect.poll(() => byId(page, 'loss').textContent()).toContain('1.493');
    await expect.poll(() => page.locator('svg.network').textContent()).toContain('petal_width');
    await expect.poll(() => page.locator('svg.network').textContent()).toContain('versicolor');
  });

  it('gives the canvas at least three fifths of the width', async () => {
    await open({ width: 1000 });
    const box = await byId(page, 'canvas').boundingBox();
    expect(box?.width).toBeGreaterThanOrEqual(600);
  });

  it('draws a large network in part, and says how much is left out', async () => {
    await open({ text: await example('digits') });
    await expect.poll(() => page.locator('svg.network').textContent()).toContain('⋯ 52 more ⋯');
    await expect.poll(() => page.locator('svg *').count()).toBeLessThan(2000);
  });

  it('marks the sign by dash as well as by colour', async () => {
    await open({ text: await example('reference-3-4-2') });
    const dash = (id: string): Promise<string> =>
      byId(page, id).evaluate(edge => getComputedStyle(edge).strokeDasharray);
    await expect.poll(() => dash('edge-1-0-3')).not.toBe('none');
    await expect.poll(() => dash('edge-1-1-0')).toBe('none');
  });

  it.each(['dark', 'light', 'high-contrast'] as const)('follows the %s theme', async theme => {
    await open({ theme });
    const [ground, edge] = await page.evaluate(() => [
      getComputedStyle(document.body).backgroundColor,
      getComputedStyle(document.querySelector('.edge.positive') as Element).stroke,
    ]);
    const expected = {
      dark: ['rgb(31, 31, 31)', 'rgb(55, 148, 255)'],
      light: ['rgb(255, 255, 255)', 'rgb(26, 133, 255)'],
      'high-contrast': ['rgb(0, 0, 0)', 'rgb(89, 164, 249)'],
    };
    expect([ground, edge]).toEqual(expected[theme]);
  });

  it('speaks Chinese where VS Code does', async () => {
    await open({ language: 'zh-cn' });
    await expect.poll(() => byId(page, 'layer-0').textContent()).toContain('40 个参数');
  });

  it('shows hostile names as plain text', async () => {
    const text = (await example('iris')).replace(
      '"sepal_length"',
      '"<img src=x onerror=alert(1)>"',
    );
    await open({ text });
    await expect
      .poll(() => page.locator('svg.network').textContent())
      .toContain('<img src=x onerr');
    await expect.poll(() => page.locator('img').count()).toBe(0);
  });
});

describe('the toolkit', () => {
  it('is registered under our prefix alone', async () => {
    await open();
    const defined = await page.evaluate(
      tags => tags.map(tag => customElements.get(tag) !== undefined),
      [...TOOLKIT_TAGS, 'vscode-button'],
    );
    expect(defined).toEqual([...TOOLKIT_TAGS.map(() => true), false]);
  });

  it('keeps the contract that the templates rely on', async () => {
    await open();
    const held = await page.evaluate(async () => {
      const make = (tag: string, attributes: Record<string, string> = {}): HTMLInputElement => {
        const element = document.createElement(tag) as HTMLInputElement;
        for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
        document.body.append(element);
        return element;
      };
      const button = make('nabla-button', { appearance: 'icon', disabled: '' });
      const field = make('nabla-text-field');
      field.value = '8';
      const box = make('nabla-checkbox');
      box.checked = true;
      const dropdown = make('nabla-dropdown');
      for (const value of ['tanh', 'relu']) {
        const option = document.createElement('nabla-option') as HTMLOptionElement;
        option.value = value;
        option.textContent = value;
        dropdown.append(option);
      }
      dropdown.value = 'relu';
      await new Promise(resolve => requestAnimationFrame(resolve));
      const inner = field.shadowRoot?.querySelector('input');
      return {
        disabled: button.shadowRoot?.querySelector('button')?.disabled,
        field: inner?.value,
        checked: box.getAttribute('aria-checked'),
        chosen: dropdown.value,
      };
    });
    expect(held).toEqual({ disabled: true, field: '8', checked: 'true', chosen: 'relu' });
  });
});

describe('training', () => {
  it('draws the losses it is told, and says where the run is', async () => {
    await open();
    await expect.poll(() => byId(page, 'chart-empty').isVisible()).toBe(true);
    await byId(page, 'train').click();
    await eventually(
      async () => (await byId(page, 'status').getAttribute('data-phase')) === 'finished',
      'the run finishes',
    );
    await eventually(
      async () => Number(await byId(page, 'chart').getAttribute('data-points')) >= 101,
      'the chart has a point for every epoch',
    );
    await expect
      .poll(() => byId(page, 'status').textContent())
      .toMatch(/epoch 100 · loss 0\.\d+ · accuracy 9\d % \(validation\)/);
    await expect
      .poll(() => byId(page, 'accuracy').textContent())
      .toMatch(/^accuracy 9\d.* % training, 9\d.* % validation$/);
    await expect.poll(() => inkOf(TRAINING)).toBeGreaterThan(500);
  });

  it('goes on drawing as metrics come', async () => {
    await open();
    await tellZigzag(0, 3);
    await byId(page, 'chart').waitFor();
    await eventually(async () => (await inkOf(TRAINING)) > 0, 'the first rows are drawn');
    const before = await inkOf(TRAINING);
    await tellZigzag(3, 60);
    await eventually(async () => (await inkOf(TRAINING)) > 2 * before, 'the next rows are drawn');
  });

  it('has the same numbers as a table', async () => {
    await open();
    await byId(page, 'step-epoch').click();
    await byId(page, 'chart').waitFor();
    await byId(page, 'chart-table').click();
    const rows = await byId(page, 'metrics-table').locator('tbody tr').allTextContents();
    expect(rows).toHaveLength(2);
    expect(rows[1]).toContain('1.205');
  });

  it('shows exact values under the crosshair, and a logarithmic scale', async () => {
    await open();
    await byId(page, 'train').click();
    await eventually(
      async () => (await byId(page, 'status').getAttribute('data-phase')) === 'finished',
      'the run finishes',
    );
    await byId(page, 'chart-log').click();
    await expect.poll(() => byId(page, 'chart-log').getAttribute('aria-checked')).toBe('true');
    const box = await page.locator('nabla-metric-chart .u-over').boundingBox();
    if (!box) throw new Error('The chart has a plotting area.');
    await page.mouse.move(box.x + 1, box.y + 20);
    await eventually(
      async () => (await byId(page, 'chart-values').textContent())?.includes('epoch 0') ?? false,
      'the crosshair reads epoch 0',
    );
    await expect.poll(() => byId(page, 'chart-values').textContent()).toContain('1.205');
  });

  it('has a height that can be changed by keys and is kept, and can be closed', async () => {
    await open();
    await byId(page, 'step-epoch').click();
    const height = async (): Promise<number> =>
      (await page.locator('nabla-chart-panel').boundingBox())?.height ?? 0;
    await byId(page, 'chart').waitFor();
    const before = await height();
    await byId(page, 'chart-handle').press('ArrowUp');
    await eventually(async () => (await height()) === before + 16, 'the chart grows');
    await expect
      .poll(() => harness(page, ({ kept }) => kept))
      .toMatchObject({ chartHeight: before + 16 });
    await byId(page, 'chart-toggle').click();
    await byId(page, 'chart').waitFor({ state: 'detached' });
    await expect.poll(() => height()).toBeLessThan(40);
  });

  it('says every command to the host and nothing else', async () => {
    await open();
    for (const id of ['step-batch', 'step-sample', 'reset', 'new-seed'])
      await byId(page, id).click();
    await expect
      .poll(() => requests(page, 'run'))
      .toEqual([
        [{ type: 'step', unit: 'batch' }],
        [{ type: 'step', unit: 'sample' }],
        [{ type: 'reset' }],
        [{ type: 'newSeed' }],
      ]);
  });

  it('explains a run that diverged and offers a smaller rate', async () => {
    const text = (await example('iris')).replace(
      '"adam", "learningRate": 0.01',
      '"sgd", "learningRate": 1000000',
    );
    await open({
      text: text.replace('"crossEntropy"', '"meanSquaredError"').replace('softmax', 'linear'),
    });
    await byId(page, 'train').click();
    await byId(page, 'banner-diverged').waitFor();
    await expect
      .poll(() => byId(page, 'banner-diverged').textContent())
      .toMatch(/layers\[\d\].*try a smaller one/s);
    await byId(page, 'smaller-rate').click();
    const edits = (await requests(page, 'edit')).map(([edit]) => edit);
    expect(edits).toEqual([
      { type: 'set', path: ['training', 'optimizer', 'learningRate'], value: 0.1 },
    ]);
  });

  /** Rows of a run whose loss jumps up and down, so that every row adds ink. */
  async function tellZigzag(first: number, count: number): Promise<void> {
    await page.evaluate(
      ([from, rows]) => {
        const values = new Float64Array(window.harness.metricColumns * rows);
        for (let row = 0; row < rows; row++)
          for (const column of [0, 1, 3])
            values[column * rows + row] = column < 3 ? from + row : (from + row) % 2;
        window.harness.tell('metrics', { count: rows, values, restart: from === 0 });
      },
      [first, count],
    );
  }

  /** Pixels of the chart that have a colour. */
  async function inkOf(colour: string): Promise<number> {
    return page.locator('nabla-metric-chart canvas').evaluate((element, wanted) => {
      const canvas = element as HTMLCanvasElement;
      const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data;
      const [r, g, b] = wanted.match(/\d+/g)?.map(Number) ?? [];
      let found = 0;
      for (let i = 0; pixels && i < pixels.length; i += 4)
        if (pixels[i] === r && pixels[i + 1] === g && pixels[i + 2] === b) found++;
      return found;
    }, colour);
  }
});
