/**
 * What is drawn and carries meaning has 3 : 1 on its ground (WCAG 1.4.11), in each theme of VS Code's four. What is
 * written is measured in every state of the page (axe.browser.test.ts).
 */
import { describe, expect, it } from 'vitest';
import { byId, changeTheme, eventually, harness } from './harness/actions';
import { example, KINDS, type Theme } from './harness/browser';
import { drawnContrast, type Drawn } from './harness/drawn';
import { states } from './harness/states';
import { open, page } from './harness/suite';

const themes = Object.keys(KINDS) as readonly Theme[];
const LEAST = 3;

interface Scene {
  readonly name: string;
  readonly open: () => Promise<void>;
  readonly drawn: readonly Drawn[];
}

const drawn = (
  what: string,
  selector: string,
  part: Drawn['part'] = 'stroke',
  on?: string,
): Drawn => ({
  what,
  selector,
  part,
  ...(on === undefined ? {} : { on }),
});

const state = (name: string) => (): Promise<void> => states[name]({ reducedMotion: true });

/**
 * Magnitudes fade on purpose, so of edges the strongest counts, and the fill of a neuron is not here: its number stands
 * in it. What steps back while something is pointed at is readable again when that ends.
 */
const scenes: readonly Scene[] = [
  {
    name: 'a network, something of it selected, something with the keyboard',
    open: async () => {
      await open({ text: await example('reference-3-4-2') });
      await harness(page, ({ select }) => select({ type: 'neuron', layer: 0, row: 1 }));
      await byId(page, 'neuron-0-1').focus();
      await page.keyboard.press('ArrowDown');
      await page.locator('.neuron.selected').waitFor();
      await page.locator('.neuron:focus-visible').waitFor();
    },
    drawn: [
      drawn('the ring of what is selected', '.neuron.selected .halo'),
      drawn('the ring of what has the keyboard', '.neuron:focus-visible .halo'),
      drawn('the rim of a neuron', '.neuron .fill'),
      drawn('the rim of a bias', '.bias .fill'),
      drawn('the rim of the loss', '.loss .ground'),
      drawn('the lines to the loss', '.loss-edges path'),
      drawn('the mark of a choice in a bar', '.segment[aria-checked="true"]', 'boxShadow'),
      drawn('a dot of the legend', '.legend .dot'),
    ],
  },
  {
    name: 'edges',
    open: state('gradients and deltas'),
    drawn: [
      drawn('the end of the positive scale', '.legend .edge.positive'),
      drawn('the end of the negative scale', '.legend .edge.negative'),
    ],
  },
  {
    name: 'an edge that has the keyboard',
    open: async () => {
      await open({ text: await example('reference-3-4-2') });
      await byId(page, 'neuron-0-1').focus();
      await page.keyboard.press('e');
      await page.locator('.emphasis .halo.pointed').waitFor({ state: 'attached' });
    },
    drawn: [drawn('the ring of an edge', '.emphasis .halo.pointed')],
  },
  {
    name: 'a selected edge',
    open: state('a selected edge'),
    drawn: [drawn('the ring of a selected edge', '.emphasis .halo.selected')],
  },
  {
    name: 'a large network',
    open: state('a large network'),
    drawn: [
      drawn('the rim of a band of connections', '.connection'),
      drawn('the rim of a strip of neurons', '.strip-ground'),
      drawn('bars of a strip', '.strip-bar .positive', 'fill'),
    ],
  },
  {
    name: 'branches',
    open: state('a residual network'),
    drawn: [
      drawn('a line around layers', '.lines path'),
      drawn('the sign of a sum', '.symbol-add'),
    ],
  },
  {
    name: 'pictures',
    open: state('a network of images'),
    drawn: [drawn('the rim of a picture', '.channel-picture .strip-ground')],
  },
  {
    name: 'charts',
    open: state('three charts side by side, read with the keyboard'),
    drawn: [
      ...(['green', 'blue', 'orange'] as const).map(colour =>
        drawn(`a ${colour} line`, `.keys path[style*="charts-${colour}"]`),
      ),
      drawn('the crosshair', '.u-cursor-x', 'borderRightColor'),
      drawn('the axis of moments', '.timeline-track', 'backgroundColor'),
      drawn('the moment that is shown', '.timeline-thumb', 'borderTopColor'),
    ],
  },
  {
    name: 'the history of a weight',
    open: state('the history of a weight'),
    drawn: [
      drawn('its line', '.spark-line'),
      drawn('its zero', '.spark .zero'),
      drawn('where it is now', '.spark .here', 'fill'),
    ],
  },
  {
    name: 'an activation',
    open: async () => {
      await open();
      await byId(page, 'neuron-0-1').hover();
      await page.locator('.activation-figure path').first().waitFor();
    },
    drawn: [
      drawn('its curve', '.activation-figure path:not(.axis, .here, .slope)', 'stroke', '.card'),
      drawn('its slope', '.activation-figure path.slope', 'stroke', '.card'),
      drawn('its axes', '.activation-figure path.axis', 'stroke', '.card'),
    ],
  },
  {
    name: 'a slice through the loss',
    open: state('a slice through the loss of all samples'),
    drawn: [drawn('the loss', '.what-if-figure path')],
  },
  {
    name: 'the results of a gradcheck',
    open: state('the results of a gradcheck, with the curve of one parameter'),
    drawn: [
      drawn('its error', '.checked-curve .error'),
      drawn('a point of it', '.checked-curve circle', 'fill'),
    ],
  },
  {
    name: 'a start page',
    open: state('an empty file'),
    drawn: [
      drawn('connections of a template', '.thumbnail path'),
      drawn('neurons of a template', '.thumbnail circle'),
    ],
  },
  {
    name: 'a painted input',
    open: state('a painted input'),
    drawn: [drawn('where one paints', '.painter-ground')],
  },
];

/** By what is drawn and theme, to two digits; a number below the least is told with its place. */
async function measured(scene: Scene): Promise<Record<string, Record<string, number | undefined>>> {
  const table: Record<string, Record<string, number | undefined>> = {};
  for (const theme of themes) {
    await changeTheme(page, theme);
    for (const each of scene.drawn) {
      await eventually(
        async () => (await drawnContrast(page, each)) !== undefined,
        `${each.what} is drawn`,
      );
      const ratio = await drawnContrast(page, each);
      (table[each.what] ??= {})[theme] = Math.floor(100 * (ratio ?? 0)) / 100;
    }
  }
  return table;
}

describe('what is drawn has 3 : 1', () => {
  it.each(scenes)('$name', async scene => {
    await scene.open();
    const table = await measured(scene);
    const pale = Object.entries(table).flatMap(([what, ratios]) =>
      Object.entries(ratios)
        .filter(([, ratio]) => (ratio ?? 0) < LEAST)
        .map(([theme, ratio]) => `${what}, ${theme}: ${ratio}`),
    );
    // All that was measured is told with what is too pale.
    expect(pale, JSON.stringify(table, undefined, 1)).toEqual([]);
  });

  it('ink of high contrast is strong at the start of its scale, also where the theme changes on the page', async () => {
    await open({ text: await example('reference-3-4-2') });
    for (const theme of ['high-contrast', 'high-contrast-light'] as const) {
      await changeTheme(page, theme);
      const faint = (): Promise<number> =>
        page
          .locator('.edges .edge')
          .evaluateAll(all =>
            Math.min(...all.map(each => Number(getComputedStyle(each).strokeOpacity))),
          );
      await expect.poll(faint, { message: theme }).toBeGreaterThanOrEqual(0.65);
      await changeTheme(page, 'dark');
      await expect.poll(faint).toBeLessThan(0.65);
    }
  });
});
