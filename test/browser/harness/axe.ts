/** What axe finds wrong with a page: one line a mistake, so that a failed test reads as a list of work. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

const source = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** WCAG 2.2 to level AA, and axe's own good practices; what is on here it leaves out unless it is asked. */
const options: RunOptions = {
  resultTypes: ['violations'],
  rules: {
    'target-size': { enabled: true },
    'duplicate-id': { enabled: true },
    'css-orientation-lock': { enabled: true },
    'p-as-heading': { enabled: true },
    'table-fake-caption': { enabled: true },
  },
};

/** Another theme changes colours and nothing else: of the rules only those of colour can answer otherwise. */
const colours: RunOptions = {
  resultTypes: ['violations'],
  runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] },
};

/** Two frames: the toolkit's elements draw themselves in the frame after they are told. */
const FRAMES = 'new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))';

/**
 * @param root CSS selector of the part that is looked at; without it the whole page
 * @param rules `'colours'` for a page that has answered to all of them in another theme
 */
export async function accessibilityFaults(
  page: Page,
  root?: string,
  rules: 'all' | 'colours' = 'all',
): Promise<readonly string[]> {
  // Evaluated through the debugger: the page's content security policy stays as it is.
  if (!(await page.evaluate('typeof axe === "object"'))) await page.evaluate(await source);
  await page.evaluate(FRAMES);
  const [place, asked] = [root ?? null, rules === 'all' ? options : colours].map(each =>
    JSON.stringify(each),
  );
  // Of what axe says only what is wrong, as one string: Playwright takes a value to pieces, here and there.
  const found = await page.evaluate<string>(
    `axe.run(${place} ?? document, ${asked}).then(({ violations }) => JSON.stringify(violations))`,
  );
  const violations = JSON.parse(found) as AxeResults['violations'];
  return violations.flatMap(({ id, help, nodes }) =>
    // What a card or a small window lies on is found again when that goes.
    nodes
      .filter(({ failureSummary }) => !failureSummary?.includes('partially obscured'))
      .map(({ target, failureSummary }) =>
        [`${id}: ${help}`, target.join(' '), failureSummary?.split('\n').slice(1).join(' ')].join(
          ' | ',
        ),
      ),
  );
}

/** Icons of the page that the build has left out of the font: they would be empty squares. */
export function missingIcons(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const missing = [...document.querySelectorAll('.codicon')].filter(
      icon => getComputedStyle(icon, '::before').content === 'none',
    );
    return missing.map(icon => icon.className);
  });
}
