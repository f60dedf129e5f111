/**
 * How fast the canvas is: `npm run bench`. The webview as a package carries it, in headless Chromium with the
 * browser tests' host, each page in a process of its own that has compiled nothing yet.
 *
 * First picture: from the end of loading the first of the webview's scripts until the frame that shows the network is
 * painted; whole page: until the bars and forms around it are, too.
 * After an edit: from asking the host for another number of units until that frame. Both without what the host
 * computes in the same page, which in VS Code is another process. Frames: the pointer pans the picture and drags a
 * layer's head while the page counts its animation frames; what the host computes is in them, as in letting go, which
 * asks for the statistics of all weights of the layer. All networks take turns, round after round; other work
 * on the machine is seen in its load, printed before and after.
 */
import { cpus, loadavg } from 'node:os';
import { loadHarness } from './harness.mjs';
import { networks } from './networks.mjs';

const ROUNDS = Number(process.argv[2] ?? 7);
const MOVES = 150;

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
  void window.nextPicture('[data-testid="status"]').then(at => (window.wholePage = at));
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

/**
 * Milliseconds from the first script to the first picture and to the whole page.
 * @param {import('playwright-core').Page} page
 */
async function firstPicture(page) {
  await page.waitForFunction(() => window.wholePage !== undefined);
  const [from, ...ends] = await page.evaluate(() => {
    const loaded = /** @type {PerformanceResourceTiming[]} */ (
      performance.getEntriesByType('resource')
    ).filter(({ name }) => /\/webview[^/]*\.js$/.test(name));
    const from = Math.min(...loaded.map(({ responseEnd }) => responseEnd));
    return [from, window.firstPicture ?? NaN, window.wholePage ?? NaN];
  });
  const times = ends.map(async to => {
    const host = await page.evaluate(hostTime, /** @type {const} */ ([from, to]));
    return to - from - host;
  });
  return Promise.all(times);
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

/**
 * Presses, moves about and comes back; the button stays down.
 * @param {import('playwright-core').Page} page @param {{ x: number, y: number }} from
 */
async function drag(page, from) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  for (let i = 0; i < MOVES; i++) {
    const angle = (i / MOVES) * Math.PI * 6;
    await page.mouse.move(from.x + Math.sin(angle) * 120, from.y + Math.sin(angle * 1.7) * 60);
  }
  await page.mouse.move(from.x, from.y);
}

/** Ends a drag without an edit; the click that is left selects the layer. @param {import('playwright-core').Page} page */
async function letGo(page) {
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await page.waitForTimeout(500);
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
    [
      'ending to pan',
      async () => {
        await page.mouse.up();
        await page.waitForTimeout(300);
      },
    ],
    ['zooming', zoom],
    ['dragging a layer', dragLayer],
    ['letting go of it', () => letGo(page)],
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
  const wholes = new Map();
  /** @type {Map<string, number[]>} */
  const edited = new Map();
  /** @type {Map<string, number>} */
  const elements = new Map();
  const small = ['3-4-2', '64-32-10', '784-512-10'];
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of small) {
      const page = await open(name);
      const [picture, whole] = await firstPicture(page);
      keep(first, name, [picture]);
      keep(wholes, name, [whole]);
      await page.waitForTimeout(300);
      elements.set(name, await page.locator('svg.network *').count());
      const { units } = JSON.parse(networks[name]).layers[0];
      keep(edited, name, [await pictureAfterEdit(page, units + 1)]);
      await page.context().close();
    }
  }
  console.log('\n' + 'first picture, ms'.padEnd(34) + '   least  median   worst  elements');
  for (const name of small) printTimes(name, first.get(name) ?? [], elements.get(name));
  console.log('\n' + 'whole page, ms'.padEnd(34) + '   least  median   worst');
  for (const name of small) printTimes(name, wholes.get(name) ?? []);
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
        if (/^(panning|dragging)/.test(what)) continue;
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
