import { describe, expect, it } from 'vitest';
import { byId, eventually, harness, requests } from './harness/actions';
import { example } from './harness/browser';
import { open, openBare, page } from './harness/suite';

describe('the layer form', () => {
  it('changes the number of units by button and by typing', async () => {
    await open();
    await byId(page, 'layer-0').click();
    await byId(page, 'more-units').click();
    await byId(page, 'neuron-0-8').waitFor();
    const field = byId(page, 'units');
    await field.fill('5');
    await field.press('Enter');
    await byId(page, 'neuron-0-8').waitFor({ state: 'detached' });
    await expect
      .poll(() => requests(page, 'edit'))
      .toEqual([
        [{ type: 'setUnits', layer: 0, units: 9 }, 1],
        [{ type: 'setUnits', layer: 0, units: 5 }, 2],
      ]);
  });

  it.each(['0', '-3', '2.5', '1e9', 'many'])('refuses %s units at the field', async typed => {
    await open();
    await byId(page, 'layer-0').click();
    const field = byId(page, 'units');
    await field.fill(typed);
    await field.press('Enter');
    const refusal = page.getByRole('alert').filter({ hasText: 'a whole number from 1 to 65,536' });
    await refusal.waitFor();
    await expect.poll(() => refusal.textContent()).toContain(`found “${typed}”`);
    await expect.poll(() => requests(page, 'edit')).toEqual([]);
    await expect.poll(() => field.inputValue(), { message: 'it can be corrected' }).toBe(typed);
    await field.press('Escape');
    await expect.poll(() => field.inputValue()).toBe('8');
  });

  it('changes the activation', async () => {
    await open();
    await byId(page, 'layer-0').click();
    await byId(page, 'activation').click();
    await byId(page, 'activation').locator('nabla-option[value="relu"]').click();
    await eventually(
      async () => (await byId(page, 'layer-0').textContent())?.includes('relu') ?? false,
      'the picture follows the text',
    );
    await expect
      .poll(() => requests(page, 'edit'))
      .toEqual([[{ type: 'setActivation', layer: 0, activation: 'relu' }, 1]]);
  });

  it('leaves the biases out', async () => {
    await open();
    await byId(page, 'layer-0').click();
    await byId(page, 'use-bias').click();
    await byId(page, 'bias-0-0').waitFor({ state: 'detached' });
    await expect
      .poll(() => requests(page, 'edit'))
      .toEqual([[{ type: 'set', path: ['layers', 0, 'useBias'], value: false }, 1]]);
  });

  it('adds a layer after the selected one, and removes it', async () => {
    await open();
    await byId(page, 'layer-0').click();
    await byId(page, 'add-layer').click();
    await byId(page, 'layer-2').waitFor();
    await byId(page, 'layer-1').click();
    await byId(page, 'remove-layer').click();
    await byId(page, 'layer-2').waitFor({ state: 'detached' });
    await expect.poll(() => byId(page, 'inspector').textContent()).toContain('4 – 8 – 3');
  });

  it('puts a layer before the output, for nothing follows it', async () => {
    await open();
    await byId(page, 'layer-1').click();
    await byId(page, 'add-layer').click();
    await byId(page, 'layer-2').waitFor();
    await expect.poll(() => byId(page, 'layer-2').textContent()).toContain('softmax');
    await expect.poll(() => byId(page, 'layer-1').textContent()).toContain('dense 8 · tanh');
  });

  it('changes nothing in a read-only file, and nothing that the host refuses', async () => {
    await open({ readOnly: true });
    await byId(page, 'layer-0').click();
    for (const id of ['units', 'activation', 'use-bias', 'add-layer', 'remove-layer', 'more-units'])
      await expect
        .poll(() => byId(page, id).getAttribute('disabled'), { message: id })
        .not.toBeNull();
    await expect.poll(() => byId(page, 'read-only').isVisible()).toBe(true);
  });
});

describe('an error in the text', () => {
  it('is named with its place, over the last valid picture', async () => {
    await open();
    await harness(page, ({ setText }) => setText('{\n  "version": 1,\n  "layers": [}'));
    await byId(page, 'banner').waitFor();
    await expect.poll(() => byId(page, 'banner').textContent()).toMatch(/line 3, column \d+: /);
    await expect.poll(() => byId(page, 'neuron-0-7').isVisible()).toBe(true);
    await expect.poll(() => page.locator('.page.stale').count()).toBe(1);
    await expect.poll(() => byId(page, 'train').getAttribute('disabled')).not.toBeNull();
    await expect
      .poll(() => byId(page, 'train').getAttribute('title'))
      .toMatch(/^Train: .*repaired/);
    // Also where the press does not meet the button inside.
    await byId(page, 'train').dispatchEvent('click');
    await byId(page, 'banner-show').click();
    await expect.poll(async () => (await requests(page, 'reveal')).length).toBe(1);
    expect(await requests(page, 'run')).toEqual([]);
    const [[path, range]] = (await requests(page, 'reveal')) as [[unknown, { start: number }]];
    expect(path, 'a syntax error has a place, but no path').toEqual([]);
    expect(range.start).toBeGreaterThan(20);
  });

  it('goes when the text is repaired', async () => {
    await open();
    const good = await example('iris');
    await harness(page, ({ setText }) => setText('{'));
    await byId(page, 'banner').waitFor();
    await page.evaluate(text => window.harness.setText(text), good);
    await byId(page, 'banner').waitFor({ state: 'detached' });
    await expect.poll(() => page.locator('.page.stale').count()).toBe(0);
  });

  it('leaves a page that says what to do when there was never a network', async () => {
    await openBare({ text: '' });
    await byId(page, 'empty').waitFor();
    await byId(page, 'open-text').click();
    await expect.poll(() => requests(page, 'openAsText')).toHaveLength(1);
  });
});

describe('a file that never was a network', () => {
  it('is not called empty, and its error is named', async () => {
    await openBare({ text: '{ "version": 1, "layers": [ }' });
    await byId(page, 'empty').waitFor();
    await expect
      .poll(() => byId(page, 'empty').textContent())
      .toContain('This text cannot be drawn until its errors are repaired.');
    await expect.poll(() => byId(page, 'banner').isVisible()).toBe(true);
    await expect.poll(() => byId(page, 'template-xor').count()).toBe(0);
  });
});

describe('data that cannot be used', () => {
  it('are said to be so where the curve and the numbers would stand', async () => {
    await open({ files: {} });
    await expect
      .poll(() => byId(page, 'chart-empty').textContent())
      .toContain('The data cannot be used');
    await expect.poll(() => byId(page, 'inspector').textContent()).toContain('cannot be used');
  });
});

describe('an empty file', () => {
  it('can start from a template', async () => {
    await openBare({ text: '' });
    await byId(page, 'template-xor').click();
    await byId(page, 'neuron-0-0').waitFor();
    await expect.poll(() => requests(page, 'create')).toEqual([['xor']]);
  });
});

describe('a network without data', () => {
  it('is drawn, and says what training needs', async () => {
    const { data: _, ...rest } = JSON.parse(await example('iris')) as { data: unknown };
    await open({ text: JSON.stringify(rest) });
    await expect
      .poll(() => byId(page, 'banner-data').textContent())
      .toContain('Training needs data');
    await expect.poll(() => byId(page, 'chart-empty').textContent()).toContain('No data');
    await expect.poll(() => byId(page, 'train').getAttribute('disabled')).not.toBeNull();
    await expect.poll(() => page.locator('.edge.positive').count()).toBeGreaterThan(0);
  });
});

describe('gradcheck', () => {
  it('reports that every gradient agrees, and leads to the worst', async () => {
    await open({ text: await example('reference-3-4-2') });
    await byId(page, 'gradcheck').click();
    await byId(page, 'gradcheck-result').waitFor();
    await expect
      .poll(() => byId(page, 'gradcheck-result').textContent())
      .toMatch(/26 of 26 agree, worst \d/);
    await byId(page, 'gradcheck-strip').getByRole('button', { name: 'layers[' }).click();
    await expect.poll(() => requests(page, 'reveal')).toHaveLength(1);
    await byId(page, 'gradcheck-close').click();
    await byId(page, 'gradcheck-strip').waitFor({ state: 'detached' });
  });

  it('lists what does not agree', async () => {
    await open();
    await harness(page, ({ report }) => {
      const target = { type: 'weight', layer: 1, row: 2, column: 3 } as const;
      const entry = { target, analytic: 1, numeric: 2, error: 0.5, verdict: 'fail' } as const;
      const counts = { parameters: 67, checked: 67, flat: 0, samples: 8, step: 0 };
      report({ ...counts, kinks: [], layers: [], worst: entry, failed: [entry] });
    });
    await byId(page, 'gradcheck-failed').waitFor();
    const strip = await byId(page, 'gradcheck-strip').textContent();
    expect(strip).toMatch(/1 of 67 do not agree, worst 0.5/);
    const failed = await byId(page, 'gradcheck-failed').textContent();
    expect(failed).toMatch(/layers\[1\]\.weights\[2\]\[3\].*analytic 1.*numeric 2.*error 0.5/s);
  });
});

describe('the host', () => {
  it('selects a place on the canvas', async () => {
    await open();
    await harness(page, ({ select }) => select({ type: 'weight', layer: 0, row: 2, column: 1 }));
    await byId(page, 'inspector-value').waitFor();
    await expect
      .poll(() => requests(page, 'selected'), { message: 'the text knows it already' })
      .toEqual([]);
    await expect
      .poll(() => byId(page, 'inspector').textContent())
      .toContain('layers[0].weights[2][1]');
    await expect.poll(() => page.locator('.emphasis .halo.selected').count()).toBe(1);
  });
});
