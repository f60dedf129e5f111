/**
 * How fast Nabla is: `npm run bench`.
 *
 *     npm run bench                         our engine, in all its ways; how long files take to load
 *     npm run bench -- W1 W3s               some workloads; also TTA, load, mnist, roofline
 *     npm run bench -- --peers              beside other libraries, with ratios and what is promised
 *     npm run bench -- --peers --wide --write   also in Node 24 with 256 bits; into RESULTS.md
 *     npm run bench -- canvas               the canvas, in headless Chromium
 *
 * CONTRIBUTING.md says what each of them measures.
 */
import { benchEngine } from './engine.mjs';
import { readOptions } from './options.mjs';

const args = process.argv.slice(2);
if (args[0] === 'canvas') {
  process.argv.splice(2, 1);
  await import('./canvas.mjs');
} else {
  try {
    const isSound = await benchEngine(readOptions(args), ['npm run bench --', ...args].join(' '));
    if (!isSound) throw new Error('Some results are wrong, or ours are missing: see above.');
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
