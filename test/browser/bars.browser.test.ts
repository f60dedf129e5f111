/** The bars: choices side by side by the keyboard, and the way to the help that needs no key. */
import { describe, expect, it } from 'vitest';
import { byId, eventually } from './harness/actions';
import { accessibilityFaults } from './harness/axe';
import { focused } from './harness/designing';
import { open, page } from './harness/suite';

const isChosen = async (id: string): Promise<boolean> =>
  (await byId(page, id).getAttribute('aria-checked')) === 'true';

/** What Tab stops at from here on, up to a name. */
async function stopsUpTo(last: string): Promise<readonly (string | null)[]> {
  const stops: (string | null)[] = [];
  while (stops.at(-1) !== last && stops.length < 20) {
    await page.keyboard.press('Tab');
    stops.push(await focused());
  }
  return stops;
}

describe('a choice in the bar', () => {
  it('is one stop of Tab, and the arrows choose', async () => {
    await open();
    await byId(page, 'colour-weight').focus();
    for (const [key, chosen] of [
      ['ArrowRight', 'colour-gradient'],
      ['ArrowRight', 'colour-update'],
      ['ArrowRight', 'colour-weight'],
      ['ArrowLeft', 'colour-update'],
      ['ArrowUp', 'colour-gradient'],
      ['ArrowUp', 'colour-weight'],
      ['ArrowDown', 'colour-gradient'],
    ] as const) {
      await page.keyboard.press(key);
      await expect.poll(() => focused(), { message: key }).toBe(chosen);
      await eventually(() => isChosen(chosen), `${key} chooses ${chosen}`);
    }
    await expect.poll(() => isChosen('colour-weight')).toBe(false);
    await expect.poll(() => byId(page, 'legend').textContent()).toContain('gradient');
    expect(await stopsUpTo('colour-activation')).toEqual(['colour-activation']);
    await page.keyboard.press('ArrowRight');
    await eventually(() => isChosen('colour-delta'), 'δ');
    await page.keyboard.press('Shift+Tab');
    await expect
      .poll(() => focused(), { message: 'back to the one that is chosen' })
      .toBe('colour-gradient');
    await expect.poll(() => page.getByRole('radiogroup', { name: 'Edges' }).count()).toBe(1);
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('leaves keys with a modifier to others', async () => {
    await open();
    await byId(page, 'scope-sample').focus();
    await page.keyboard.press('Alt+ArrowRight');
    await expect.poll(() => focused()).toBe('scope-sample');
    await expect.poll(() => isChosen('scope-sample')).toBe(true);
  });
});

describe('the line that says where the run is', () => {
  it('ends in dots where the page is too narrow for it, and its tooltip has all of it', async () => {
    await open();
    const line = byId(page, 'status');
    const room = (): Promise<readonly number[]> =>
      line.evaluate(own =>
        [own.querySelector('.number'), own.parentElement].map(
          each => (each?.scrollWidth ?? 0) - (each?.clientWidth ?? 0),
        ),
      );
    await expect.poll(() => line.textContent()).toContain('accuracy');
    await expect.poll(() => room()).toEqual([0, 0]);
    await page.setViewportSize({ width: 260, height: 800 });
    await expect.poll(async () => (await room())[0]).toBeGreaterThan(0);
    await expect.poll(async () => (await room())[1], { message: 'nothing is cut off' }).toBe(0);
    await expect
      .poll(() => line.getAttribute('title'))
      .toMatch(/^ready · epoch 0 · loss .*accuracy/);
  });
});

describe('the help', () => {
  it.each([
    { language: 'en', name: 'Keys and gestures (?)' },
    { language: 'zh-cn', name: '按键与手势（?）' },
  ])('has a button that keys reach ($language)', async ({ language, name }) => {
    await open({ language });
    const button = page.getByRole('button', { name, exact: true });
    await expect.poll(() => button.getAttribute('title')).toBe(name);
    await byId(page, 'network-table-toggle').focus();
    expect(await stopsUpTo('help-open')).toEqual(['help-open']);
    await page.keyboard.press('Enter');
    await byId(page, 'help').waitFor();
    await eventually(async () => (await focused()) === 'help-close', 'the help has the keyboard');
    await page.keyboard.press('Escape');
    await byId(page, 'help').waitFor({ state: 'detached' });
    await expect
      .poll(() => focused(), { message: 'the keyboard is where it was' })
      .toBe('help-open');
  });

  it('opens by a click, and closes by its own', async () => {
    await open();
    await byId(page, 'help-open').click();
    await byId(page, 'help-close').click();
    await byId(page, 'help').waitFor({ state: 'detached' });
    await expect.poll(() => focused()).toBe('help-open');
  });
});
