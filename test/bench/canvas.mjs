/**
 * How fast the canvas is: `npm run bench`. The webview as a package carries it, in headless Chromium with the
 * browser tests' host, each page in a process of its own that has compiled nothing yet.
 *
 * First picture: from the end of loading the webview's script until the frame that shows the network is painted.
 * After an edit: from asking the host for another number of units until that frame. Both without what the host
 * computes in the same page, which in VS Code is another process. Frames: the pointer pans the picture and drags a
 * layer's head while the page counts its animation frames. All networks take turns, round after round; other work
 * on the machine is seen in its load, printed before and after.
 */
import { cpus, loadavg } from 'node:os';
import { loadHarness } from './harness.mjs';

const ROUNDS = Number(process.argv[2] ?? 7);
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

/** Runs in the page before its scripts: notes when a frame with the network is painted. */
function watchPictures() {
  window.nextPicture = selector =>
    new Promise(painted => {
      const { port1, port2 } = new MessageChannel();
      const seen = () => {
        if (!document.querySelector(selector)) return;
        observer.disconnect();
        // A message sent in a frame arrives once the frame is painted.
        port1.onmessage = () => painted(performance.now());
        requestAnimationFrame(() => port2.postMessage(undefined));
      };
      const observer = new MutationObserver(seen);
      observer.observe(document, { childList: true, subtree: true, characterData: true });
    });
  void window.nextPicture('svg.network .caption').then(at => (window.firstPicture = at));
}

/** Runs in the page: milliseconds within [from, to] that the host computed; what lies inside another counts once. */
function hostTime(/** @type {readonly [number, number]} */ [from, to]) {
  let end = from;
  let sum = 0;
  const measures = performance.getEntriesByType('measure').filter(({ name }) => /^host/.test(name));
  for (const { startTime, duration } of measures.sort((a, b) => a.startTime - b.startTime)) {
    const [start, stop] = [Math.max(end, startTime), Math.min(to, startTime + duration)];
    if (stop <= start) continue;
    sum += stop - start;
    end = stop;
  }
  return sum;
}

/** Milliseconds from the script to the first picture. @param {import('playwright-core').Page} page */
async function firstPicture(page) {
  await page.waitForFunction(() => window.firstPicture !== undefined);
  const [from, to] = await page.evaluate(() => {
    const [script] = /** @type {PerformanceResourceTiming[]} */ (
      performance.getEntriesByName(`${location.origin}/webview.js`)
    );
    return [script.responseEnd, window.firstPicture ?? NaN];
  });
  return to - from - (await page.evaluate(hostTime, /** @type {const} */ ([from, to])));
}

/**
 * Milliseconds from asking for one more unit in the first layer to the picture with it.
 * @param {import('playwright-core').Page} page @param {number} units
 */
async function pictureAfterEdit(page, units) {
  const [from, to] = await page.evaluate(async wanted => {
    const start = performance.now();
    const shown = window.nextPicture?.(`[data-testid="layer-0"][aria-label*="${wanted}"]`);
    const { controller } = /** @type {any} */ (document.querySelector('nabla-designer'));
    const result = await controller.edit({ type: 'setUnits', layer: 0, units: wanted });
    if (!result.applied) throw new Error(result.message);
    return [start, (await shown) ?? NaN];
  }, units);
  return to - from - (await page.evaluate(hostTime, /** @type {const} */ ([from, to])));
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
  const over = [17.7, 33.4].map(
    limit => frames.filter(each => each > limit).length / frames.length,
  );
  const shares = over.map(share => `${(100 * share).toFixed(1)} %`.padStart(9));
  console.log(
    name.padEnd(34) + [median, p95, worst].map(each => each.padStart(8)).join('') + shares.join(''),
  );
}

/** @param {string} name @param {number[]} times @param {string | number} [note] */
function printTimes(name, times, note = '') {
  const [least, median, worst] = [0, 0.5, 1].map(share => quantile(times, share).toFixed(0));
  console.log(
    name.padEnd(34) +
      [least, median, worst].map(each => each.padStart(8)).join('') +
      String(note).padStart(10),
  );
}

const printLoad = () =>
  console.log(
    `${cpus().length} × ${cpus()[0].model.trim()}, load ${loadavg()
      .map(each => each.toFixed(2))
      .join(' ')}`,
  );

/** @param {import('playwright-core').Page} page */
async function actions(page) {
  const canvas = await page.locator('nabla-canvas').boundingBox();
  const ground = { x: (canvas?.x ?? 0) + 60, y: (canvas?.y ?? 0) + (canvas?.height ?? 0) - 40 };
  const zoom = async () => {
    await page.mouse.move(ground.x + 300, ground.y - 200);
    await page.keyboard.down('Control');
    for (let i = 0; i < 60; i++) await page.mouse.wheel(0, i % 20 < 10 ? -30 : 30);
    await page.keyboard.up('Control');
  };
  const dragLayer = async () => {
    const head = await page.locator('[data-testid="layer-0"]').boundingBox();
    await drag(page, { x: (head?.x ?? 0) + 40, y: (head?.y ?? 0) + 8 });
  };
  return /** @type {const} */ ([
    ['at rest', () => page.waitForTimeout(800)],
    ['panning', () => drag(page, ground)],
    ['zooming', zoom],
    ['dragging a layer', dragLayer],
  ]);
}

const { DesignerBrowser } = await loadHarness();
const browser = await DesignerBrowser.start({ production: true });
/** @param {string} name */
const open = name =>
  browser.open({
    text: networks[name],
    files: {},
    width: 1400,
    height: 900,
    before: watchPictures,
  });
/** @template T @param {Map<string, T[]>} map @param {string} name @param {readonly T[]} more */
const keep = (map, name, more) => map.set(name, [...(map.get(name) ?? []), ...more]);

try {
  printLoad();
  /** @type {Map<string, number[]>} */
  const first = new Map();
  /** @type {Map<string, number[]>} */
  const edited = new Map();
  /** @type {Map<string, number>} */
  const elements = new Map();
  const small = ['3-4-2', '64-32-10', '784-512-10'];
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of small) {
      const page = await open(name);
      keep(first, name, [await firstPicture(page)]);
      await page.waitForTimeout(300);
      elements.set(name, await page.locator('svg.network *').count());
      const { units } = JSON.parse(networks[name]).layers[0];
      keep(edited, name, [await pictureAfterEdit(page, units + 1)]);
      await page.context().close();
    }
  }
  console.log('\n' + 'first picture, ms'.padEnd(34) + '   least  median   worst  elements');
  for (const name of small) printTimes(name, first.get(name) ?? [], elements.get(name));
  console.log('\n' + 'picture after an edit, ms'.padEnd(34) + '   least  median   worst');
  for (const name of small) printTimes(name, edited.get(name) ?? []);

  /** @type {Map<string, number[]>} */
  const frames = new Map();
  const pages = new Map();
  for (const name of ['784-512-10', '4096-4096']) {
    const page = await open(name);
    await page.waitForFunction(() => window.firstPicture !== undefined);
    pages.set(name, page);
  }
  for (let round = 0; round < Math.ceil(ROUNDS / 2); round++) {
    for (const [name, page] of pages) {
      await page.bringToFront();
      await page.waitForTimeout(round === 0 ? 3000 : 300);
      await page.locator('[data-testid="zoom-fit"]').click();
      await page.waitForTimeout(400);
      for (const [what, act] of await actions(page)) {
        keep(frames, `${name} ${what}`, await framesOf(page, act));
        await page.locator('[data-testid="zoom-fit"]').click();
        await page.waitForTimeout(300);
      }
    }
  }
  console.log('\n' + 'frames, ms'.padEnd(34) + '  median     p95   worst over 1/60 over 1/30');
  for (const [name, times] of frames) printFrames(name, times);
  console.log();
  printLoad();
} finally {
  await browser.stop();
}
