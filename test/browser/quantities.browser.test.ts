import { describe, expect, it } from 'vitest';
import { byId, eventually, harness, requests } from './harness/actions';
import { example } from './harness/browser';
import { open, page } from './harness/suite';

describe('samples and quantities', () => {
  it('steps through the samples', async () => {
    await open();
    await byId(page, 'sample-next').click();
    await eventually(
      async () => (await byId(page, 'sample').textContent())?.includes('of 150') ?? false,
      'the sample is named',
    );
    const asked = await requests(page, 'view');
    expect(asked[asked.length - 1]).toEqual([{ scope: { type: 'sample', index: 1 } }]);
    await byId(page, 'scope-batch').click();
    await eventually(
      async () =>
        ((await requests(page, 'view')).at(-1)?.[0] as { scope: { type: string } }).scope.type ===
        'batch',
      'the whole training part is asked for',
    );
  });

  it.each(['99', '-3', '0', '1.5', 'first', ''])(
    'shows the sample that is shown, not %s',
    async typed => {
      await open({ text: await example('xor') });
      const field = byId(page, 'sample-number').locator('input');
      await field.fill(typed);
      await field.press('Enter');
      await eventually(async () => (await field.inputValue()) === '1', 'the number is put back');
    },
  );

  it('writes δ with the sign and the letters of the notation', async () => {
    const text = await example('reference-3-4-2');
    await open({ text: text.replace('"version": 1,', '"version": 1, "notation": "zybuluo",') });
    await byId(page, 'colour-delta').click();
    await eventually(
      async () => (await byId(page, 'neuron-1-0').textContent())?.includes('.14') ?? false,
      'δ is drawn',
    );
    expect((await byId(page, 'neuron-1-0').textContent())?.trim()).toBe('.14');
    await expect.poll(() => byId(page, 'neuron-1-0').getAttribute('class')).toContain('positive');
    await expect
      .poll(() => byId(page, 'colour-delta').getAttribute('title'))
      .toContain('δ = −∂E/∂net');
    await expect.poll(() => byId(page, 'colour-gradient').getAttribute('title')).toContain('∂E/∂w');
  });

  it('shows numbers of orders of magnitude apart, and says so in the legend', async () => {
    await open({ text: await example('vanishing-2-4x6-1') });
    await expect.poll(() => byId(page, 'legend').textContent()).not.toContain('log');
    await byId(page, 'colour-gradient').click();
    await byId(page, 'colour-delta').click();
    const first = byId(page, 'neuron-0-0');
    await expect.poll(async () => (await first.textContent())?.trim()).toMatch(/^−?\de−\d$/);
    const fill = Number(await first.locator('.fill').getAttribute('fill-opacity'));
    expect(fill).toBeGreaterThan(0.05);
    expect(fill).toBeLessThan(0.35);
    for (const scale of ['legend', 'legend-neurons'])
      await expect.poll(() => byId(page, scale).innerText()).toMatch(/log from 1\S*10⁻/);
    const legend = byId(page, 'legend');
    await expect.poll(() => legend.evaluate(each => each.scrollWidth - each.clientWidth)).toBe(0);
  });

  it('colours by the chosen quantity and keeps the choice', async () => {
    await open();
    await byId(page, 'colour-gradient').click();
    await byId(page, 'colour-delta').click();
    await expect.poll(() => byId(page, 'legend').textContent()).toContain('gradient');
    const kept = await harness(page, ({ kept: state }) => state);
    expect(kept).toMatchObject({ edges: 'gradient', neurons: 'delta' });
    await page.close();
    await open({ kept });
    await expect
      .poll(() => byId(page, 'colour-gradient').getAttribute('aria-checked'))
      .toBe('true');
  });
});
