/**
 * How fast Nabla is: `npm run bench`.
 *
 *     npm run bench                         our engine, in all its ways; how long files take to load
 *     npm run bench -- W1 W3s               some workloads; also TTA, load, mnist, roofline
 *     npm run bench -- --peers              beside other libraries, with ratios and what is promised
 *     npm run bench -- --peers --wide --write   also in Node 24 with 256 bits; into RESULTS.md
 *     npm run bench -- canvas               the canvas, in headless Chromium
 *     npm run bench -- bytes                whether twenty networks train to the same bytes everywhere
 *     npm run bench -- accuracy             test digits of MNIST told right; --wide trains with 256 bits
 *
 * CONTRIBUTING.md says what each of them measures.
 */
import { parseArgs } from 'node:util';
import { benchAccuracy } from './accuracy.mjs';
import { benchBytes } from './bytes.mjs';
import { benchEngine } from './engine.mjs';
import { readOptions } from './options.mjs';

const [subject, ...rest] = process.argv.slice(2);

/** @returns {Promise<boolean>} whether what was found is as it must be */
async function measure() {
  switch (subject) {
    case 'bytes':
      parseArgs({ args: rest, options: {} });
      return await benchBytes();
    case 'accuracy': {
      const { values } = parseArgs({
        args: rest,
        options: { wide: { type: 'boolean', default: false }, node: { type: 'string' } },
      });
      return await benchAccuracy(values);
    }
    default: {
      const args = process.argv.slice(2);
      return await benchEngine(readOptions(args), ['npm run bench --', ...args].join(' '));
    }
  }
}

if (subject === 'canvas') {
  process.argv.splice(2, 1);
  await import('./canvas.mjs');
} else {
  try {
    if (!(await measure()))
      throw new Error('Some results are not as they must be, or ours are missing: see above.');
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
