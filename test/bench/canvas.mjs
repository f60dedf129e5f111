/**
 * How fast the canvas is: `npm run bench`. The built webview in headless Chromium with the browser tests' host.
 *
 * First picture: from the end of loading the webview's script to the frame after its network is drawn, without
 * the time that the host (which in VS Code is another process) computes in the same page. Frames: the pointer
 * pans the picture and drags a layer's head while the page counts its animation frames.
 */
import { cpus } from 'node:os';
import { loadHarness } from './harness.mjs';

const ROUNDS = 5;
const MOVES = 150;

/** @param {number} units @param {string} activation */
const dense = (units, activation) => ({ type: 'dense', units, activation });

/**
 * A network document without data, its weights from the seed.
 * @param {number[]} shape @param {number[]} units
 */
const network = (shape, ...units) =>
  JSON.stringify({
    version: 1,
    name: units.join('-'),
    seed: 1,
    input: { shape },
    layers: units.map((each, i) => dense(each, i < units.length - 1 ? 'relu' : 'sigmoid')),
    loss: { type: 'meanSquaredError' },
  });

/** A sample of as many numbers as the network takes. @param {string} text */
function withSample(text) {
  const document = JSON.parse(text);
  const inputs = document.input.shape.reduce(
    (/** @type {number} */ a, /** @type {number} */ b) => a * b,
    1,
  );
  const outputs = document.layers.at(-1).units;
  const x = Array.from({ length: inputs }, (_, i) => ((i * 37) % 101) / 101 - 0.5);
  const y = Array.from({ length: outputs }, (_, i) => (i === 0 ? 1 : 0));
  return JSON.stringify({ ...document, data: { inline: [{ x, y }] } });
}

/** @type {Readonly<Record<string, string>>} */
const networks = {
  '3-4-2': withSample(network([3], 4, 2)),
  '64-32-10': withSample(network([8, 8], 32, 10)),
  '784-512-10': withSample(network([28, 28], 512, 10)),
  '4096-4096': withSample(network([4096], 4096)),
};

/** @param {number[]} values @param {number} share */
const quantile = (values, share) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];

/** Runs in the page before its scripts: notes the frame after the network is first drawn. */
function watchFirstPicture() {
  const seen = () => {
    if (!document.querySelector('svg.network .caption')) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => (window.firstPicture = performance.now())));
  };
  const observer = new MutationObserver(seen);
  observer.observe(document, { childList: true, subtree: true });
}

/** Runs in the page: milliseconds from the script to the first picture, without the host's own. */
function firstPictureTime() {
  const { firstPicture = NaN } = window;
  const [script] = /** @type {PerformanceResourceTiming[]} */ (
    performance.getEntriesByName(`${location.origin}/webview.js`)
  );
  const host = performance
    .getEntriesByType('measure')
    .filter(({ name, startTime }) => name.startsWith('host') && startTime < firstPicture)
    .reduce((sum, { duration }) => sum + duration, 0);
  return firstPicture - script.responseEnd - host;
}

/** @param {import('playwright-core').Page} page @param {() => Promise<void>} act */
async function framesOf(page, act) {
  await page.evaluate(() => {
    window.frameTimes = [];
    let last = performance.now();
    const frame = () => {
      const now = performance.now();
      window.frameTimes?.push(now - last);
      last = now;
      if (window.frameTimes) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  await act();
  return page.evaluate(() => {
    const { frameTimes = [] } = window;
    window.frameTimes = undefined;
    return frameTimes.slice(1);
  });
}

/** @param {import('playwright-core').Page} page @param {{ x: number, y: number }} from */
async function drag(page, from) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  for (let i = 0; i < MOVES; i++) {
    const angle = (i / MOVES) * Math.PI * 6;
    await page.mouse.move(from.x + Math.sin(angle) * 120, from.y + Math.sin(angle * 1.7) * 60);
  }
  await page.mouse.move(from.x, from.y);
  await page.keyboard.press('Escape');
  await page.mouse.up();
}

/** @param {string} name @param {number[]} frames */
function printFrames(name, frames) {
  const [median, p95, worst] = [0.5, 0.95, 1].map(share => quantile(frames, share).toFixed(1));
  console.log(`${name.padEnd(34)}${median.padStart(8)}${p95.padStart(8)}${worst.padStart(8)}`);
}

const { DesignerBrowser } = await loadHarness();
const browser = await DesignerBrowser.start();
/** @param {string} text @param {import('../browser/harness/browser').OpenOptions} [options] */
const open = (text, options = {}) =>
  browser.open({ text, files: {}, width: 1400, height: 900, ...options });

try {
  console.log(`${cpus().length} × ${cpus()[0].model.trim()}, ${ROUNDS} rounds\n`);
  console.log('first picture, ms'.padEnd(34) + '  median   worst  elements');
  for (const name of ['3-4-2', '64-32-10', '784-512-10']) {
    /** @type {number[]} */
    const times = [];
    let elements = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const page = await open(networks[name], { before: watchFirstPicture });
      await page.waitForFunction(() => window.firstPicture !== undefined);
      times.push(await page.evaluate(firstPictureTime));
      elements = await page.locator('svg.network *').count();
      await page.context().close();
    }
    const [median, worst] = [0.5, 1].map(share => quantile(times, share).toFixed(0).padStart(8));
    console.log(name.padEnd(34) + median + worst + String(elements).padStart(10));
  }
  console.log('\n' + 'frames, ms'.padEnd(34) + '  median     p95   worst');
  for (const name of ['784-512-10', '4096-4096']) {
    const page = await open(networks[name]);
    await page.locator('svg.network .caption').first().waitFor();
    await page.waitForTimeout(3000);
    const canvas = await page.locator('nabla-canvas').boundingBox();
    const ground = { x: (canvas?.x ?? 0) + 60, y: (canvas?.y ?? 0) + (canvas?.height ?? 0) - 40 };
    printFrames(`${name} at rest`, await framesOf(page, () => page.waitForTimeout(1500)));
    printFrames(`${name} panning`, await framesOf(page, () => drag(page, ground)));
    const zoom = async () => {
      await page.mouse.move(ground.x + 300, ground.y - 200);
      await page.keyboard.down('Control');
      for (let i = 0; i < 60; i++) await page.mouse.wheel(0, i % 20 < 10 ? -30 : 30);
      await page.keyboard.up('Control');
    };
    printFrames(`${name} zooming`, await framesOf(page, zoom));
    await page.locator('[data-testid="zoom-fit"]').click();
    const head = await page.locator('[data-testid="layer-0"]').boundingBox();
    const at = { x: (head?.x ?? 0) + 40, y: (head?.y ?? 0) + 8 };
    printFrames(`${name} dragging a layer`, await framesOf(page, () => drag(page, at)));
    await page.context().close();
  }
} finally {
  await browser.stop();
}
