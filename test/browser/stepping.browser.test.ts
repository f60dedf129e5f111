/** Stepping through one forward and one backward pass: what is known is lit, and the numbers come in order. */
import { describe, expect, it } from 'vitest';
import { byId, eventually, harness, pointAtEdge, requests } from './harness/actions';
import { example, type OpenOptions } from './harness/browser';
import { open, page } from './harness/suite';

async function begin(options: OpenOptions = {}): Promise<void> {
  await open({ text: await example('reference-3-4-2'), ...options });
  await byId(page, 'step-through').click();
  await byId(page, 'stepping').waitFor();
}

const where = async (): Promise<string> =>
  (await byId(page, 'stepping-where').textContent())?.trim() ?? '';
const note = async (): Promise<string> =>
  (await byId(page, 'stepping-note').textContent())?.trim() ?? '';
const inside = async (neuron: string): Promise<string> =>
  (await page.locator(`[data-testid="${neuron}"] .number`).textContent()) ?? '';
/** The numbers that the lines of a step come to, at full precision. */
const values = (): Promise<number[]> =>
  page
    .locator('.stepping-formulas [data-value]')
    .evaluateAll(lines => lines.map(line => Number((line as HTMLElement).dataset['value'])));

async function press(key: string, times = 1): Promise<void> {
  for (let i = 0; i < times; i++) await page.keyboard.press(key);
}

/** One step on, and what it comes to once its numbers are there. */
async function next(): Promise<readonly number[]> {
  const before = await byId(page, 'stepping-count').textContent();
  await press('ArrowRight');
  await expect.poll(() => byId(page, 'stepping-count').textContent()).not.toBe(before);
  await expect.poll(async () => (await values()).length).toBeGreaterThan(0);
  return values();
}

/** Activations, outputs, loss; ∂E/∂net from the last layer to the first: worked out apart from this project. */
const FORWARD = [0.549834, 0.586618, 0.622459, 0.65701, 0.440615, 0.609335, 0.3421];
const BACKWARD = [-0.137873, 0.14505, 0.007358, 0.007035, 0.006649, 0.006214];

describe('the keys of stepping', () => {
  it('go on with the pass after a choice was clicked; ↑ and ↓ choose', async () => {
    await begin();
    await byId(page, 'stepping-by-term').click();
    for (let i = 0; i < 4; i++) await next();
    await expect.poll(() => byId(page, 'stepping-count').textContent()).toContain('step 4 of');
    await expect
      .poll(() => byId(page, 'stepping-by-term').getAttribute('aria-checked'))
      .toBe('true');
    await press('ArrowLeft');
    await expect.poll(() => byId(page, 'stepping-count').textContent()).toContain('step 3 of');
    await press(' ');
    await expect.poll(() => byId(page, 'stepping-count').textContent()).toContain('step 4 of');
    await press('ArrowUp');
    await expect
      .poll(() => byId(page, 'stepping-by-neuron').getAttribute('aria-checked'))
      .toBe('true');
  });
});

describe('a pass of the reference network', () => {
  it('begins with nothing known, and has the numbers of the reference in the order of the chain rule', async () => {
    await begin();
    for (const neuron of ['input-0', 'neuron-0-3', 'neuron-1-1'])
      await expect.poll(() => inside(neuron)).toBe('?');
    await expect.poll(() => byId(page, 'loss').getAttribute('aria-label')).toContain('?');
    await expect.poll(() => where()).toContain('Nothing is known yet');
    const seen: number[] = [];
    const total = await byId(page, 'stepping-count').textContent();
    const last = Number(/of (\d+)/.exec(total ?? '')?.[1]);
    expect(last).toBe(85);
    for (let at = 0; at < last;) {
      seen.push((await next()).at(-1) ?? NaN);
      at = Number(/step (\d+)/.exec((await byId(page, 'stepping-count').textContent()) ?? '')?.[1]);
    }
    let from = 0;
    // In this notation δ is minus ∂E/∂net.
    for (const expected of [...FORWARD, ...BACKWARD.map(value => -value)]) {
      const found = seen.findIndex((value, i) => i >= from && Math.abs(value - expected) < 6e-7);
      expect(found, String(expected)).toBeGreaterThanOrEqual(from);
      from = found + 1;
    }
    await expect.poll(() => inside('neuron-0-0')).toBe('−7e−3');
    await expect.poll(() => page.locator('.unlit').count()).toBe(0);
  });

  it('adds up z term by term, then finds a: two steps, each on its connection', async () => {
    await begin();
    await byId(page, 'stepping-by-term').click();
    await byId(page, 'stepping-forward').focus();
    await press('ArrowRight', 5);
    await expect.poll(where).toBe('forward · layer 1 of 2 · neuron 4 · term 2 of 3');
    await expect.poll(() => byId(page, 'stepping-formulas').textContent()).toContain('…');
    expect(Number(await byId(page, 'stepping-running').getAttribute('data-value'))).toBeCloseTo(
      0.05,
      12,
    );
    await expect.poll(() => byId(page, 'edge-0-0-1').getAttribute('class')).toContain('now');
    await expect.poll(() => page.locator('.emphasis .halo.now').count()).toBe(1);
    await expect.poll(() => inside('neuron-0-0')).toBe('?');
    await press('ArrowRight', 2);
    await expect.poll(async () => (await values()).at(-1)).toBeCloseTo(0.2, 12);
    await expect.poll(() => inside('neuron-0-0')).toBe('?');
    await press(' ');
    await expect.poll(where).toContain('activation');
    await expect.poll(async () => (await values()).at(-1)).toBeCloseTo(0.549834, 6);
    await expect.poll(() => inside('neuron-0-0')).toBe('.55');
  });

  it('goes back the way it came, to the start and to the end', async () => {
    await begin();
    await press('ArrowRight', 5);
    const there = 'forward · layer 1 of 2 · neuron 4 · activation';
    await expect.poll(where).toBe(there);
    await press('ArrowRight');
    await press('ArrowLeft');
    await expect.poll(where).toBe(there);
    await press('End');
    await expect.poll(() => byId(page, 'stepping-count').textContent()).toContain('step 85 of 85');
    await press('Home');
    await expect.poll(() => inside('input-0')).toBe('?');
    await expect.poll(() => where()).toContain('Nothing is known yet');
  });

  it('by layer goes a whole layer on, and one layer back at a time', async () => {
    await begin();
    await byId(page, 'stepping-by-layer').click();
    await byId(page, 'stepping-forward').focus();
    for (const place of [
      'forward · inputs',
      'forward · layer 1 of 2',
      'forward · layer 2 of 2',
      'forward · loss',
      'backward · layer 2 of 2',
      'backward · layer 1 of 2',
    ]) {
      await press('ArrowRight');
      await expect.poll(where).toBe(place);
    }
    await expect.poll(() => byId(page, 'stepping-formulas').textContent()).toContain('δ');
  });
});

describe('the way back', () => {
  it('runs the forward part first when δ is asked for before it, and says so', async () => {
    await begin();
    await byId(page, 'stepping-pass-backward').click();
    await expect.poll(note).toContain('δ needs the forward pass');
    await expect.poll(() => where()).toMatch(/^backward · layer 2 of 2 · neuron 8/);
    await press('Home');
    await byId(page, 'neuron-0-1').click();
    await expect.poll(where).toBe('backward · layer 1 of 2 · neuron 5 · error term');
    await expect.poll(() => note()).toContain('that was run first');
    await expect.poll(async () => (await values()).at(-1)).toBeCloseTo(-0.007035, 6);
    // The pointer has put the keyboard on the canvas: its arrows step as well.
    await press('ArrowLeft');
    await expect.poll(where).toBe('backward · layer 1 of 2 · neuron 4 · gradients');
  });

  it('keeps each δ: marked on its neuron, said where it is used again, counted against all paths', async () => {
    await begin();
    await byId(page, 'stepping-by-term').click();
    await byId(page, 'stepping-pass-backward').click();
    await byId(page, 'stepping-forward').focus();
    await press('ArrowRight', 2);
    await byId(page, 'kept-1-0').waitFor();
    await expect.poll(() => byId(page, 'kept-1-1').count()).toBe(0);
    await expect.poll(() => note()).toBe('δ₈ is kept: whatever needs it uses it again.');
    await press('ArrowRight', 15);
    await expect.poll(where).toBe('backward · layer 1 of 2 · neuron 4 · term 2 of 2');
    await expect.poll(note).toBe('δ₉ was kept: it is used again, not computed again.');
    await press('ArrowRight', 4);
    await expect.poll(note).toBe('x₁ is known from the forward pass, δ₄ was kept.');
    await press('End');
    // 8 + 12 gradients of weights, 4 sums of 2 terms and a slope; apart, 4 · 4 walks of 2 paths by 2 factors more
    await expect
      .poll(() => byId(page, 'stepping-work').textContent())
      .toContain('6 δ kept · multiplications: 32 so far, 96 path by path');
  });
});

describe('what else happens meanwhile', () => {
  it('takes one sample of all data, and says so', async () => {
    await open();
    await byId(page, 'scope-batch').click();
    await byId(page, 'step-through').click();
    await expect.poll(note).toBe('Stepping follows one sample: sample 1 is shown now.');
    await expect.poll(() => byId(page, 'scope-sample').getAttribute('aria-checked')).toBe('true');
    await byId(page, 'scope-batch').click();
    await byId(page, 'stepping').waitFor({ state: 'detached' });
    await expect.poll(() => byId(page, 'quiet-line').textContent()).toContain('over all data');
  });

  it('follows the numbers of another sample and of training', async () => {
    await open();
    await byId(page, 'step-through').click();
    await press('End');
    await expect.poll(async () => (await values()).length).toBeGreaterThan(0);
    const first = await values();
    await byId(page, 'sample-next').click();
    await expect.poll(async () => JSON.stringify(await values())).not.toBe(JSON.stringify(first));
    const second = await values();
    await harness(page, ({ command }) => command({ type: 'step', unit: 'epoch' }));
    await expect.poll(async () => JSON.stringify(await values())).not.toBe(JSON.stringify(second));
    await expect.poll(() => byId(page, 'stepping-count').textContent()).toMatch(/step (\d+) of \1/);
  });

  it('goes on with other weights, and ends with a sentence when the layers are others', async () => {
    await begin();
    await press('ArrowRight', 5);
    const text = JSON.parse(await example('reference-3-4-2')) as {
      layers: { units: number; bias?: number[]; weights?: number[][] }[];
    };
    const setText = (changed: string): Promise<void> =>
      page.evaluate(
        value =>
          (window as unknown as { harness: { setText(t: string): Promise<void> } }).harness.setText(
            value,
          ),
        changed,
      );
    text.layers[0].bias = [1, 0.2, 0.3, 0.4];
    await setText(JSON.stringify(text));
    // σ(0.1 + 1)
    await expect
      .poll(async () => (await values()).at(-1))
      .toBeCloseTo(1 / (1 + Math.exp(-1.1)), 12);
    text.layers[0].units = 5;
    for (const layer of text.layers) {
      delete layer.bias;
      delete layer.weights;
    }
    await setText(JSON.stringify(text));
    await byId(page, 'stepping').waitFor({ state: 'detached' });
    await expect.poll(() => byId(page, 'quiet-line').textContent()).toContain('stepping has ended');
    await expect.poll(() => inside('neuron-0-0')).not.toBe('?');
  });

  it('plays slowly, and stops where a person takes over', async () => {
    await begin();
    await byId(page, 'stepping-rate-2').click();
    await byId(page, 'stepping-play').click();
    await eventually(async () => (await where()).startsWith('forward'), 'a step is made');
    await byId(page, 'stepping-back').click();
    await expect.poll(() => byId(page, 'stepping-play').getAttribute('aria-label')).toBe('Play');
  });

  it('ends with Escape: every number is back, the keyboard on the canvas', async () => {
    await begin();
    await press('ArrowRight', 3);
    await press('Escape');
    await byId(page, 'stepping').waitFor({ state: 'detached' });
    await expect.poll(() => inside('neuron-1-1')).toBe('.61');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.closest('nabla-canvas') !== null))
      .toBe(true);
    await press('s');
    await byId(page, 'stepping').waitFor();
  });

  it('begins at a command of VS Code, and needs data', async () => {
    await open({ text: await example('reference-3-4-2') });
    await harness(page, ({ tell }) => tell('stepThrough'));
    await byId(page, 'stepping').waitFor();
    await open({
      text: (await example('reference-3-4-2')).replace(/,\s*"data":[\s\S]*?\]\s*\}\s*(?=\})/, ''),
    });
    await expect.poll(() => byId(page, 'step-through').getAttribute('disabled')).not.toBeNull();
    await harness(page, ({ tell }) => tell('stepThrough'));
    await expect.poll(() => byId(page, 'quiet-line').textContent()).toContain('needs data');
  });
});

describe('large networks', () => {
  it('go by layer, and step all neurons that are not drawn in one go', async () => {
    await open({ text: await example('digits') });
    await byId(page, 'step-through').click();
    await expect
      .poll(() => byId(page, 'stepping-by-layer').getAttribute('aria-checked'))
      .toBe('true');
    await press('ArrowRight', 2);
    await expect.poll(where).toMatch(/^forward · layer 2 of/);
    await byId(page, 'stepping-by-neuron').click();
    await byId(page, 'stepping-forward').focus();
    await press('Home');
    const rest = /^forward · inputs · … \d+ more neurons$/;
    for (let i = 0; i < 14 && !rest.test(await where()); i++) await press('ArrowRight');
    await expect.poll(() => where()).toMatch(rest);
    expect((await requests(page, 'inspect')).length).toBeLessThan(60);
  });
});

describe('heard and read', () => {
  it('says each step with its formula', async () => {
    await begin();
    await press('ArrowRight', 5);
    await expect
      .poll(() => byId(page, 'spoken').textContent())
      .toMatch(/^forward · layer 1 of 2 · neuron 4 · activation; a₄ = .* = 0\.5498/);
  });

  it('speaks Chinese', async () => {
    await begin({ language: 'zh-cn' });
    await press('ArrowRight', 4);
    await expect.poll(where).toBe('前向 · 第 1/2 层 · 神经元 4 · 加权输入');
  });
});

describe('cards while a pass is stepped through', () => {
  const lines = (where: string): Promise<string[]> =>
    page
      .locator(`${where} .line`)
      .evaluateAll(all => all.map(line => line.getAttribute('data-value') ?? '?'));

  it('print nothing that the pass has not come to, and everything at its end', async () => {
    await begin();
    await harness(page, ({ select }) => select({ type: 'weight', layer: 0, row: 0, column: 0 }));
    await byId(page, 'inspector-not-yet').waitFor();
    await expect.poll(() => lines('.inspector')).toEqual(['0.05', '?', '?', '?', '?']);
    await expect.poll(() => byId(page, 'inspector-value').getAttribute('data-value')).toBeNull();
    await expect.poll(() => byId(page, 'inspector-copy-value').count()).toBe(0);
    await expect.poll(() => byId(page, 'derivation').count()).toBe(0);
    await pointAtEdge(page, 'edge-0-0-0');
    await byId(page, 'card-not-yet').waitFor();
    await expect.poll(() => byId(page, 'card').textContent()).not.toContain('0.007358');
    await page.mouse.move(2, 2);
    await byId(page, 'stepping-forward').focus();
    await press('End');
    await byId(page, 'inspector-not-yet').waitFor({ state: 'detached' });
    expect(Number(await byId(page, 'inspector-value').getAttribute('data-value'))).toBeCloseTo(
      0.007358,
      6,
    );
    await press('Home');
    await byId(page, 'inspector-not-yet').waitFor();
    await press('Escape');
    await byId(page, 'inspector-not-yet').waitFor({ state: 'detached' });
    await byId(page, 'derivation').waitFor();
  });

  it('are seen: matrices, which have all numbers, make room for the picture', async () => {
    await open({ text: await example('reference-3-4-2') });
    await harness(page, ({ select }) => select({ type: 'layer', layer: 0 }));
    await byId(page, 'show-matrices').click();
    await byId(page, 'matrices').waitFor();
    await byId(page, 'step-through').click();
    await byId(page, 'stepping').waitFor();
    await byId(page, 'matrices').waitFor({ state: 'detached' });
  });

  it('are followed by pinned cards', async () => {
    await begin();
    await pointAtEdge(page, 'edge-0-0-0');
    await byId(page, 'card').waitFor();
    await press('p');
    await byId(page, 'pin-0-not-yet').waitFor();
    await byId(page, 'stepping-forward').focus();
    await press('End');
    await byId(page, 'pin-0-not-yet').waitFor({ state: 'detached' });
  });
});
