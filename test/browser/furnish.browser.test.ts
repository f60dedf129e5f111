/** The picture comes first; what stands around it comes later, and nothing is lost until it is there. */
import type { Route } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { byId, changeTheme, eventually, harness, requests } from './harness/actions';
import { example } from './harness/browser';
import { openBare, page } from './harness/suite';

/** Holds a script back until it is let go. */
function held(): { readonly hold: (route: Route) => Promise<void>; readonly letGo: () => void } {
  let letGo = (): void => {};
  const gone = new Promise<void>(resolve => (letGo = resolve));
  return { hold: route => gone.then(() => route.continue()), letGo };
}

const isFurnished = (): Promise<boolean> =>
  page.evaluate(() => document.querySelector('nabla-button')?.shadowRoot !== undefined);

/** Where the parts of the page stand, and how large the picture is drawn in it. */
function places(): Promise<unknown> {
  return page.evaluate(() =>
    ['nabla-canvas', '[data-testid="neuron-0-0"]', '.view-bar', '.inspector', '.notices'].map(
      part => {
        const { x, y, width, height } =
          document.querySelector(part)?.getBoundingClientRect() ?? new DOMRect();
        return { part, x, y, width, height };
      },
    ),
  );
}

/** The background of the first dropdown, and the theme's. */
const colours = (): Promise<readonly string[]> =>
  page.evaluate(() => {
    const dropdown = document.querySelector('nabla-dropdown');
    const probe = document.createElement('i');
    probe.style.background = 'var(--vscode-dropdown-background)';
    document.body.append(probe);
    const found = [dropdown, probe].map(each =>
      each ? getComputedStyle(each).backgroundColor : '',
    );
    probe.remove();
    return found;
  });

describe('before what stands around it has come, the picture', () => {
  it.each([
    { width: 1400, height: 900 },
    { width: 1200, height: 640 },
    { width: 890, height: 900 },
  ])('stands where it stays, at $width × $height', async size => {
    const { hold, letGo } = held();
    await openBare({ ...size, furniture: hold });
    await byId(page, 'neuron-0-0').waitFor();
    await expect.poll(() => isFurnished()).toBe(false);
    const before = await places();
    letGo();
    await byId(page, 'status').waitFor();
    await byId(page, 'chart-empty').waitFor();
    await expect.poll(() => isFurnished()).toBe(true);
    await expect.poll(() => places()).toEqual(before);
  });

  it('takes clicks and keys, and the windows they open', async () => {
    const { hold, letGo } = held();
    await openBare({ furniture: hold });
    await byId(page, 'layer-0').click();
    await page.keyboard.press('+');
    await byId(page, 'neuron-0-8').waitFor();
    await page.keyboard.press('i');
    await byId(page, 'chooser').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => isFurnished()).toBe(false);
    letGo();
    await byId(page, 'units').waitFor();
    await byId(page, 'card').waitFor();
    await expect.poll(() => requests(page, 'edit')).toHaveLength(1);
  });
});

it('what comes late takes up the theme, and follows it', async () => {
  const { hold, letGo } = held();
  await openBare({ theme: 'light', furniture: hold });
  await byId(page, 'neuron-0-0').waitFor();
  await page.waitForFunction(() => document.readyState === 'complete');
  letGo();
  await byId(page, 'status').waitFor();
  for (const theme of ['light', 'dark', 'high-contrast'] as const) {
    await changeTheme(page, theme);
    await eventually(async () => {
      const [shown, wanted] = await colours();
      return shown === wanted;
    }, `the dropdown is ${theme}`);
  }
});

it('an empty file shows its page whole or not at all', async () => {
  const { hold, letGo } = held();
  await openBare({ text: '', furniture: hold });
  await eventually(async () => (await requests(page, 'ready')).length === 1, 'the page asks');
  await byId(page, 'loading').waitFor();
  await expect.poll(() => byId(page, 'empty').count()).toBe(0);
  letGo();
  await byId(page, 'template-xor').waitFor();
});

it.each(['webview-furniture.js', 'webview-furniture.en.js'])(
  '%s that cannot be had is told, and had when it is asked for again',
  async name => {
    let times = 0;
    await openBare({
      text: await example('xor'),
      furniture: route =>
        route.request().url().endsWith(name) && times++ === 0 ? route.abort() : route.continue(),
    });
    await byId(page, 'failed').waitFor();
    await byId(page, 'retry').click();
    await byId(page, 'status').waitFor();
    await expect.poll(() => byId(page, 'failed').count()).toBe(0);
    await expect.poll(() => harness(page, ({ requests: all }) => all.length)).toBeGreaterThan(0);
  },
);

it('the host is asked before the words of the picture are there, and the picture waits for them', async () => {
  const { hold, letGo } = held();
  await openBare({ words: hold });
  await eventually(async () => (await requests(page, 'ready')).length === 1, 'the page asks');
  await expect.poll(() => page.locator('nabla-designer').count()).toBe(0);
  letGo();
  await byId(page, 'neuron-0-0').waitFor();
  await byId(page, 'status').waitFor();
});

it.each([
  ['en', 'en', 'Train'],
  ['zh-cn', 'zh', '训练'],
  ['fr', 'en', 'Train'],
])('a page in %s loads the words of one language, once', async (tag, language, label) => {
  await openBare({ language: tag });
  await expect.poll(() => byId(page, 'train').getAttribute('aria-label')).toBe(label);
  const loaded = (): Promise<string[]> =>
    page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map(({ name }) => name.replace(/.*\//, ''))
        .filter(name => /\.\w+\.js$/.test(name)),
    );
  const scripts = [`webview-picture.${language}.js`, `webview-furniture.${language}.js`];
  await expect.poll(() => loaded()).toEqual(scripts);
});
