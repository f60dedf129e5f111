/** The formula lab: a person tries rules, sees which factor is missing, and has changed nothing. */
import { describe, expect, it } from 'vitest';
import { byId, harness, requests } from './harness/actions';
import { example } from './harness/browser';
import { openLab } from './harness/statesLab';
import { open, page } from './harness/suite';

const textOf = (id: string): Promise<string> =>
  byId(page, id)
    .innerText()
    .then(text => text.replace(/\s+/g, ' ').trim());

const ratio = async (layer: number): Promise<number[]> => {
  const row = byId(page, `lab-layer-${layer}`);
  return [Number(await row.getAttribute('data-min')), Number(await row.getAttribute('data-max'))];
};

interface Controller {
  readonly asks: { lab(request: object): Promise<unknown> };
}

/** Answers that are held back. */
interface Held {
  readonly held: (() => void)[];
}

describe('the formula lab', () => {
  it('lets note 000 be right on a linear network, and wrong with sigmoid', async () => {
    await openLab({}, 'linear-3-3-2');
    await byId(page, 'lab-rule-note000Hidden').click();
    await expect.poll(() => textOf('lab-meaning')).toContain('every activation is linear here');
    await expect
      .poll(() => textOf('lab-verdict'))
      .toBe('Gradcheck agrees: all 20 gradients on 1 sample');
    await byId(page, 'lab-hidden').selectOption('sigmoid');
    await expect.poll(() => textOf('lab-verdict')).toContain('Gradcheck fails: 6 of 20');
    // x is (1, 0, 0): each hidden z is a weight and a bias, and the ratio 1/f′ of it.
    const z = [0.4 + 0.1, -0.3, 0.2 - 0.1];
    const inverse = z.map(each => 2 + 2 * Math.cosh(each));
    const [min, max] = await ratio(0);
    expect(min / Math.min(...inverse)).toBeCloseTo(1, 12);
    expect(max / Math.max(...inverse)).toBeCloseTo(1, 12);
    await expect.poll(() => ratio(1)).toEqual([1, 1]);
    await expect.poll(() => textOf('lab-layer-0')).toContain('f′(z) of layer 2 is missing');
    await expect.poll(() => textOf('lab-layer-1')).toContain('exact');
  });

  it('shows at once which samples it is tried on, and what else to try where they show nothing', async () => {
    await openLab({}, 'xor');
    const [scope, rules] = [
      await byId(page, 'lab-scope-batch').boundingBox(),
      await byId(page, 'lab').locator('.lab-rule').boundingBox(),
    ];
    const end = (box: typeof scope): number => (box ? box.y + box.height : NaN);
    expect(end(scope)).toBeLessThan(end(rules));
    await expect
      .poll(() =>
        byId(page, 'lab')
          .locator('.lab-rule')
          .evaluate(each => each.scrollTop),
      )
      .toBe(0);
    await byId(page, 'lab-rule-note000Hidden').click();
    await expect.poll(() => textOf('lab-meaning')).toContain('every input is 0');
    await byId(page, 'lab-scope-batch').click();
    await expect.poll(() => textOf('lab-meaning')).toContain('is missing');
  });

  it('shows both formulas in the notation of the file, the missing factor marked and spoken', async () => {
    await openLab({}, 'rates-3-3-2-1');
    await expect.poll(() => page.locator('.lab del, .lab ins').count()).toBe(0);
    await byId(page, 'lab-rule-note004').click();
    const missing = byId(page, 'lab-standard-hiddenError').locator('del');
    await missing.waitFor();
    await expect.poll(() => missing.textContent()).toMatch(/^\s*left out: tanh′\(z2j\)\s*$/);
    const added = byId(page, 'lab-rule-weights').locator('ins');
    await expect.poll(() => added.textContent()).toContain('put in: ');
    await expect.poll(() => byId(page, 'lab-rule-hiddenError').textContent()).not.toContain('tanh');
  });

  it('does not take what it found on one sample for what it finds on all', async () => {
    await openLab({}, 'linear-3-3-2');
    // What is asked from now on is answered when the test says so.
    await page.evaluate(() => {
      const lab = document.querySelector('nabla-lab') as unknown as { controller: Controller };
      const { asks } = lab.controller;
      const held: (() => void)[] = [];
      const hold = (request: object): Promise<unknown> =>
        new Promise(resolve => held.push(() => resolve(asks.lab(request))));
      Object.defineProperty(lab.controller, 'asks', { value: { lab: hold } });
      Object.assign(window, { held });
    });
    const held = (): Promise<number> =>
      page.evaluate(() => (window as unknown as Held).held.length);
    const answer = (): Promise<void> =>
      page.evaluate(() => (window as unknown as Held).held.shift()?.());
    const isBusy = (): Promise<string | null> => byId(page, 'lab-result').getAttribute('aria-busy');
    await byId(page, 'lab-reduction').click();
    await expect.poll(held).toBe(1);
    await byId(page, 'lab-scope-batch').click();
    await answer();
    await expect.poll(held).toBe(1);
    await expect.poll(() => isBusy()).toBe('true');
    await answer();
    await expect.poll(isBusy).toBe('false');
    await expect.poll(() => textOf('lab-meaning')).toContain('6 times too large');
  });

  it('makes a rule of one’s own from switches, and names each mistake', async () => {
    await openLab({}, 'linear-3-3-2');
    await byId(page, 'lab-scope-batch').click();
    await byId(page, 'lab-sign').click();
    await byId(page, 'lab-reduction').click();
    await expect
      .poll(() => textOf('lab-meaning'))
      .toBe('Found from the numbers: the sign is flipped; 1/m is missing: 6 times too large.');
    await expect.poll(() => byId(page, 'lab-rule-own').isChecked()).toBe(true);
    await byId(page, 'lab-rule-standard').click();
    await expect.poll(() => textOf('lab-meaning')).toContain('This is backpropagation');
    await expect.poll(() => byId(page, 'lab-sign').isChecked()).toBe(false);
  });

  it('says at a switch why it changes nothing here', async () => {
    await openLab({}, 'linear-3-3-2');
    const why = async (id: string): Promise<string> => {
      const described = await byId(page, id).getAttribute('aria-describedby');
      return described ? page.locator(`#${described}`).innerText() : '';
    };
    await expect
      .poll(() => why('lab-transpose'))
      .toContain('no weights that δ goes back through are square');
    await expect.poll(() => why('lab-reduction')).toContain('choose the training samples');
    await byId(page, 'lab-scope-batch').click();
    await expect.poll(() => why('lab-reduction')).toBe('');
  });

  it('says why an activation cannot be tried, and goes on with another', async () => {
    await openLab({}, 'iris');
    await byId(page, 'lab-output').selectOption('linear');
    await expect.poll(() => textOf('lab-failure')).toContain('needs the output activation softmax');
    await byId(page, 'lab-output').selectOption('');
    await byId(page, 'lab-verdict').waitFor();
  });

  it('changes neither the text nor the run', async () => {
    await openLab({}, 'linear-3-3-2');
    const before = await harness(page, ({ file }) => file.text);
    await byId(page, 'lab-output').selectOption('sigmoid');
    await byId(page, 'lab-rule-note000All').click();
    await expect.poll(() => textOf('lab-verdict')).toContain('fails');
    await expect.poll(() => harness(page, ({ file }) => file.text)).toBe(before);
    await expect.poll(() => requests(page, 'edit')).toEqual([]);
    await expect.poll(() => requests(page, 'run')).toEqual([]);
  });

  it('opens from the strip of a gradcheck, and Escape gives the keyboard back', async () => {
    await open({ text: await example('linear-3-3-2') });
    await byId(page, 'gradcheck').click();
    await byId(page, 'gradcheck-lab').focus();
    await page.keyboard.press('Enter');
    await byId(page, 'lab-verdict').waitFor();
    const focused = (): Promise<string | null> =>
      page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? null);
    await expect.poll(focused).toBe('lab-rule-standard');
    await page.keyboard.press('ArrowDown');
    await expect.poll(focused).toBe('lab-rule-note000Hidden');
    await page.keyboard.press('Escape');
    await expect.poll(() => byId(page, 'lab').count()).toBe(0);
    await expect.poll(() => focused()).toBe('gradcheck-lab');
  });

  it('fits into 800 × 600 without anything cut off', async () => {
    await openLab({ width: 800, height: 600 }, 'rates-3-3-2-1');
    await byId(page, 'lab-rule-note004').click();
    await page.locator('.lab-verdict.bad').waitFor();
    const box = await byId(page, 'lab').boundingBox();
    expect(
      box && box.x >= 0 && box.y >= 0 && box.x + box.width <= 800 && box.y + box.height <= 600,
    ).toBe(true);
    const wide = await page.evaluate(
      () =>
        [...document.querySelectorAll('.lab-rule, .lab-result')].filter(
          part => part.scrollWidth > part.clientWidth,
        ).length,
    );
    expect(wide).toBe(0);
  });
});

describe('the way to the formula lab', () => {
  const shownSample = (): Promise<string> =>
    byId(page, 'sample-number').evaluate(field => (field as HTMLInputElement).value);

  it('leads from what the inspector explains, and back to the same place', async () => {
    await open({ text: await example('linear-3-3-2') });
    await harness(page, ({ select }) => select({ type: 'neuron', layer: 0, row: 0 }));
    await byId(page, 'inspector-lab').click();
    await byId(page, 'lab').waitFor();
    await page.keyboard.press('Escape');
    await byId(page, 'lab').waitFor({ state: 'detached' });
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-testid')))
      .toBe('inspector-lab');
  });

  it('comes back to the sample that was shown', async () => {
    await openLab({}, 'iris');
    await byId(page, 'lab-close').click();
    await byId(page, 'sample-next').click();
    await expect.poll(shownSample).toBe('2');
    await harness(page, ({ tell }) => tell('openLab'));
    await byId(page, 'lab-scope-batch').click();
    await byId(page, 'lab-scope-sample').click();
    await expect.poll(shownSample).toBe('2');
  });

  it.each(['dark', 'light', 'high-contrast', 'high-contrast-light'] as const)(
    'has boxes to tick of the theme’s own kind: %s',
    async theme => {
      await openLab({ theme }, 'linear-3-3-2');
      const scheme = await byId(page, 'lab-sign').evaluate(
        element => getComputedStyle(element).colorScheme,
      );
      expect(scheme).toBe(['dark', 'high-contrast'].includes(theme) ? 'dark' : 'light');
    },
  );
});
