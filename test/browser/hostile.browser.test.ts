/** Names and texts of somebody who wants to hurt the reader: the page shows them as they are, and makes nothing of them. */
import { describe, expect, it } from 'vitest';
import { byId } from './harness/actions';
import { open, openBare, page } from './harness/suite';

const HTML = '<img src=x onerror="window.owned = 1">';
const SCRIPT = '</script><script>window.owned = 2</script>';
const LINK = '[x](command:workbench.action.closeWindow)';
const TURNED = '\u202eevil\u202c${window.owned = 3}\u001b[31m';
const LONG = 'long'.repeat(500);

const idOf = (text: string): string => JSON.stringify(text.slice(0, 90));

const NETWORK = `{
  "version": 1,
  "name": ${JSON.stringify(HTML + LONG)},
  "notes": ${JSON.stringify(SCRIPT)},
  ${JSON.stringify(HTML)}: 1,
  "seed": 1,
  "input": { "shape": [2], "names": [${JSON.stringify(HTML)}, ${JSON.stringify(LINK)}] },
  "layers": [
    { "type": "dense", "id": ${idOf(HTML)}, "units": 3, "activation": "tanh", "notes": ${JSON.stringify(HTML)} },
    { "type": "dense", "id": ${idOf(SCRIPT)}, "units": 3, "activation": "tanh" },
    { "type": "add", "id": ${idOf(TURNED)}, "from": [${idOf(HTML)}, ${idOf(SCRIPT)}] },
    { "type": "dense", "id": ${idOf(LINK)}, "units": 1, "activation": "sigmoid" }
  ],
  "loss": { "type": "binaryCrossEntropy" },
  "training": { "optimizer": { "type": "sgd", "learningRate": 0.1 }, "epochs": 3 },
  "data": { "inline": [{ "x": [0, 1], "y": [1] }, { "x": [1, 0], "y": [0] }] }
}
`;

describe('hostile names', () => {
  /** Elements that a text could have become, and what they could have done. */
  const harm = () =>
    page.evaluate(() => ({
      owned: (window as unknown as { owned?: number }).owned ?? null,
      elements: [...document.querySelectorAll('body *')].filter(
        element =>
          element.matches('img, iframe, object, embed, form, a[href^="command:"], [onerror]') ||
          (element.matches('script') && !element.hasAttribute('src') && element.textContent !== ''),
      ).length,
    }));
  const none = { owned: null, elements: 0 };

  it('are text on the canvas, in the inspector, in cards and in the table', async () => {
    await open({ text: NETWORK });
    await expect.poll(harm).toEqual(none);
    for (const id of ['layer-0', 'layer-2', 'neuron-0-0', 'neuron-2-0', 'neuron-3-0']) {
      await byId(page, id).hover();
      await expect.poll(() => byId(page, 'card').count()).toBe(1);
      await byId(page, id).click();
      await expect.poll(harm).toEqual(none);
      await page.keyboard.press('Escape');
    }
    await page.keyboard.press('t');
    await expect.poll(() => byId(page, 'network-table').textContent()).toContain('onerror');
    await expect.poll(harm).toEqual(none);
  });

  it('are text in what is wrong with them', async () => {
    const text = NETWORK.replace('"binaryCrossEntropy"', JSON.stringify(HTML)).replace(
      `"from": [${idOf(HTML)}`,
      `"from": [${JSON.stringify(LINK)}`,
    );
    await openBare({ text });
    await expect.poll(() => page.locator('body').textContent()).toContain('command:workbench');
    await expect.poll(harm).toEqual(none);
  });
});
