/** Without a pointer, without colours, without motion: the page by keyboard, by signs, and at rest. */
import { describe, expect, it } from 'vitest';
import { byId, eventually, harness } from './harness/actions';
import { example, type Theme } from './harness/browser';
import { focused, SAMPLED } from './harness/designing';
import { moving } from './harness/motion';
import { open, page } from './harness/suite';

interface Stop {
  readonly name: string;
  /** Whether it looks other with the focus than without. */
  readonly visible: boolean;
}

/** Presses Tab through the whole page, and says where it stopped and how that looked. */
async function tabThrough(): Promise<readonly Stop[]> {
  // From wherever the focus was last to the end, and then from the top.
  await tabToEnd();
  await page.evaluate(watchFocus);
  await tabToEnd();
  return page.evaluate(() => (window as unknown as { stops: () => Stop[] }).stops());
}

async function tabToEnd(): Promise<void> {
  for (let i = 0; i < 150; i++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate('document.activeElement === document.body')) return;
  }
  throw new Error('Tab never came to the end of the page.');
}

/** In the page: notes each stop with its looks; `stops` compares them with the looks without the focus. */
function watchFocus(): void {
  const seen: { element: Element; look: string }[] = [];
  const parts = (element: Element): Element[] => {
    const inner = element.shadowRoot ?? element;
    return [element, ...inner.querySelectorAll('*')];
  };
  const look = (element: Element): string =>
    parts(element)
      .map(part => {
        const style = getComputedStyle(part);
        const outline =
          style.outlineStyle === 'none' || parseFloat(style.outlineWidth) === 0
            ? 'none'
            : `${style.outlineStyle} ${style.outlineColor}`;
        return [outline, style.borderColor, style.boxShadow, style.stroke].join();
      })
      .join('|');
  const name = (element: Element): string =>
    element.getAttribute('data-testid') ??
    element.getAttribute('aria-label') ??
    `${element.tagName} ${element.textContent?.trim().slice(0, 40) ?? ''}`;
  document.addEventListener('focusin', () => {
    const element = document.activeElement;
    if (element && element !== document.body) seen.push({ element, look: look(element) });
  });
  Object.assign(window, {
    stops: () =>
      seen.map(({ element, look: had }) => ({
        name: name(element),
        visible: had !== look(element),
      })),
  });
}

/** Names of the controls that can be used now; those of the canvas, of lists and of bars are reached by arrows. */
function controls(): Promise<readonly string[]> {
  return page.evaluate(() => {
    const names =
      'button, input, select, textarea, nabla-button, nabla-text-field, [role="button"]';
    return [...document.querySelectorAll<HTMLElement>(`${names}, [role="separator"]`)]
      .filter(each => !each.closest('svg.network, [role="listbox"], [tabindex="-1"]'))
      .filter(each => !each.hasAttribute('disabled') && each.getClientRects().length > 0)
      .map(
        each =>
          each.getAttribute('data-testid') ??
          each.getAttribute('aria-label') ??
          `${each.tagName} ${each.textContent?.trim().slice(0, 40) ?? ''}`,
      );
  });
}

describe('by keyboard', () => {
  it.each<Theme>(['dark', 'high-contrast', 'high-contrast-light'])(
    'Tab reaches every control once, and one sees where it is, in %s',
    async theme => {
      await open({ theme, text: await example('xor') });
      await byId(page, 'step-epoch').click();
      await byId(page, 'chart').waitFor();
      for (const more of await page.locator('[data-testid^="more-"]').all()) await more.click();
      await page.evaluate(() => (document.activeElement as HTMLElement).blur());
      const expected = await controls();
      const stops = await tabThrough();
      const names = stops.map(({ name }) => name);
      expect(stops.filter(({ visible }) => !visible).map(({ name }) => name)).toEqual([]);
      expect(new Set(names).size, 'each once').toBe(names.length);
      expect(expected.filter(name => !names.includes(name))).toEqual([]);
      expect(names.filter(name => name.startsWith('neuron-'))).toHaveLength(1);
    },
  );

  it('arrows, e and b reach every part of the picture', async () => {
    await open({ text: SAMPLED });
    const seen = new Set<string>();
    const press = async (key: string): Promise<void> => {
      await page.keyboard.press(key);
      seen.add((await focused()) ?? '');
    };
    await byId(page, 'neuron-0-0').focus();
    await press('ArrowLeft');
    for (let column = 0; column < 4; column++) {
      await press('Home');
      for (let row = 0; row < 3; row++) {
        for (let edge = 0; edge < 3; edge++) await press('e');
        await press('b');
        await press('b');
        await press('ArrowDown');
      }
      await press('ArrowUp');
      await press('ArrowRight');
    }
    const drawn = await page
      .locator('svg.network [tabindex]')
      .evaluateAll(all => all.map(each => each.getAttribute('data-testid') ?? ''));
    expect(drawn.length).toBeGreaterThan(20);
    expect(drawn.filter(id => !seen.has(id))).toEqual([]);
  });

  it('arrows reach everything of the palette', async () => {
    await open({ text: SAMPLED });
    const items = await page
      .locator('.palette-item')
      .evaluateAll(all => all.map(each => each.getAttribute('data-testid')));
    await byId(page, 'palette-dense').focus();
    const seen: (string | null)[] = [];
    for (let i = 0; i < items.length; i++) {
      seen.push(await focused());
      await page.keyboard.press('ArrowDown');
    }
    expect(seen).toEqual(items);
  });

  it.each([
    ['i', 'chooser', 'layer-0'],
    ['a', 'activation-chooser', 'layer-0'],
    ['/', 'go-to', 'layer-0'],
    ['?', 'help', 'layer-0'],
    ['m', 'matrix', 'layer-0'],
  ])('%s opens the %s, which keeps no one and gives the focus back', async (key, id, back) => {
    await open({ text: SAMPLED });
    await byId(page, 'layer-0').click();
    await page.keyboard.press(key);
    await byId(page, id).waitFor();
    const inside = (): Promise<boolean> =>
      byId(page, id).evaluate(each => each.contains(document.activeElement));
    await eventually(inside, 'the focus is inside');
    await page.keyboard.press('Escape');
    await byId(page, id).waitFor({ state: 'detached' });
    await eventually(async () => (await focused()) === back, 'the focus is back');
    // Only then does Escape end the selection.
    await expect.poll(() => byId(page, 'units').count()).toBe(1);
  });

  it('the drawer takes the focus and gives it back', async () => {
    await open({ text: SAMPLED, width: 600 });
    await byId(page, 'palette-open').focus();
    await page.keyboard.press('Enter');
    await eventually(async () => (await focused()) === 'palette-close', 'inside');
    await page.keyboard.press('Tab');
    await expect.poll(() => focused()).toBe('palette-dense');
    await page.keyboard.press('Escape');
    await eventually(async () => (await focused()) === 'palette-open', 'back');
    await expect.poll(() => byId(page, 'palette').count()).toBe(0);
  });

  it('what goes away leaves the focus on the page', async () => {
    await open({ text: SAMPLED });
    await byId(page, 'layer-0').click();
    await byId(page, 'palette-softmax').click();
    await byId(page, 'notice').locator('button').focus();
    await page.keyboard.press('Enter');
    await byId(page, 'notice').waitFor({ state: 'detached' });
    await expect.poll(() => focused()).not.toBeNull();
    await byId(page, 'select-network').focus();
    await page.keyboard.press('Enter');
    await byId(page, 'select-network').waitFor({ state: 'detached' });
    await expect
      .poll(() => page.evaluate('document.activeElement.closest(".inspector") !== null'))
      .toBe(true);
  });
});

describe('without colours', () => {
  it('a sign is also a dash: of edges, neurons and biases', async () => {
    await open({ text: await example('reference-3-4-2') });
    await byId(page, 'colour-gradient').click();
    await byId(page, 'colour-delta').click();
    await page.locator('.bias.negative').first().waitFor();
    for (const part of ['.edge', '.neuron .fill', '.bias .fill']) {
      const [kind, inner = ''] = part.split(' ');
      const dashes = (sign: string): Promise<readonly string[]> =>
        page
          .locator(`svg.network ${kind}.${sign} ${inner}`.trim())
          .evaluateAll(all => all.map(each => getComputedStyle(each).strokeDasharray));
      const [negative, positive] = [await dashes('negative'), await dashes('positive')];
      expect(negative.length * positive.length, part).toBeGreaterThan(0);
      expect(
        negative.every(dash => dash !== 'none'),
        part,
      ).toBe(true);
      expect(
        positive.every(dash => dash === 'none'),
        part,
      ).toBe(true);
    }
  });

  it('a class is also its name and number, and its validation part is hatched', async () => {
    await open();
    const rows = byId(page, 'class-balance').locator('li');
    await expect.poll(() => rows.first().textContent()).toMatch(/setosa\s*50/);
    const [training, validation] = await Promise.all(
      ['training', 'validation'].map(part =>
        rows
          .first()
          .locator(`.${part}`)
          .evaluate(each => getComputedStyle(each).backgroundImage),
      ),
    );
    expect([training, validation.includes('repeating')]).toEqual(['none', true]);
  });

  it('a selection is also a band, and is told to those who listen', async () => {
    await open();
    await byId(page, 'layer-0').click();
    await page.locator('.selected-columns .band').waitFor();
    await byId(page, 'network-table-toggle').click();
    await expect.poll(() => byId(page, 'row-0').getAttribute('aria-selected')).toBe('true');
  });
});

describe('with reduced motion', () => {
  it('nothing moves because of an edit, and its line goes away', async () => {
    await open({ reducedMotion: true });
    await byId(page, 'layer-0').click();
    await page.keyboard.press('+');
    await byId(page, 'neuron-0-8').waitFor();
    await byId(page, 'neuron-0-2').hover();
    await byId(page, 'card').waitFor();
    expect(await moving(page)).toEqual([]);
    await harness(page, ({ command }) => command({ type: 'step', unit: 'epoch' }));
    expect(await moving(page)).toEqual([]);
  });
});
