/**
 * Runs the VS Code suites.
 *
 *     npm run test:host                                 everywhere, one after another
 *     npm run test:host -- 1.100.3 web                  in one version, one kind of extension host
 *     npm run test:host -- 1.139.1 --file smoke,text    only some of the files
 *     npm run test:host -- 1.139.1 -t iris              only some of the tests
 *     npm run fuzz:host                                 random gestures and changes of the text, 670 in each (--steps)
 *     npm run soak -- --minutes 60 --seed 1             a scripted person for so long, and whether anything climbs
 *     npm run test:host -- 1.100.3 --locale zh-cn       for somebody who reads Chinese: everything that is ours to say
 *     npm run test:host -- 1.100.3 --locale zh-cn --words   only the suites that look for words
 *     npm run test:host -- 1.100.3 --package FILE.vsix   installed, instead of the working tree
 *     npm run bench:host                                measures instead of testing
 *     npm run test:host -- desktop                      in a VS Code downloaded from its makers
 *
 * The extension must be built. Screenshots go to `.vscode-test/shots` (or NABLA_SHOTS), logs to
 * `.vscode-test/logs`.
 */
import { parseArgs } from 'node:util';
import { hosts, prepareHost } from '../../scripts/prepareHost.mjs';
import { runHost } from './launch.mjs';

/** @import { HostKind } from './messages' */

/**
 * What `npm test` runs: the floor in both kinds of extension host, and a version near the newest.
 * @type {readonly { version: string, kind: HostKind }[]}
 */
const everywhere = [
  { version: '1.100.3', kind: 'node' },
  { version: '1.100.3', kind: 'web' },
  { version: '1.139.1', kind: 'node' },
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    file: { type: 'string' },
    t: { type: 'string', short: 't' },
    extension: { type: 'string' },
    examples: { type: 'string' },
    package: { type: 'string' },
    bench: { type: 'boolean' },
    steps: { type: 'string' },
    minutes: { type: 'string' },
    seed: { type: 'string' },
    locale: { type: 'string' },
    words: { type: 'boolean' },
  },
});
const [version, kind] = positionals;
if (version && version !== 'desktop' && !(version in hosts)) {
  console.error(
    `Unknown version ${version}: there are ${Object.keys(hosts).join(', ')} and desktop.`,
  );
  process.exit(2);
}
const [steps, minutes, seed] = [
  wholeNumber('steps', 1, 999_999),
  wholeNumber('minutes', 10, 1440),
  wholeNumber('seed', 0, 999_999),
];
/** @type {readonly { version: string, kind: HostKind }[]} */
const chosen = version ? [{ version, kind: kind === 'web' ? 'web' : 'node' }] : everywhere;

let passed = 0;
let failed = 0;
/** @type {Set<string>} */
const failedFiles = new Set();
for (const place of chosen) {
  console.log(`VS Code ${place.version}, ${place.kind} extension host`);
  if (place.version !== 'desktop') await prepareHost(place.version);
  const { file: onlyFile, t: onlyTest, package: packaged, ...rest } = values;
  const asked = { onlyFile, onlyTest, packaged, steps, minutes, seed };
  const result = await runHost({ ...rest, ...place, ...asked });
  if (result.problem) console.error(result.problem);
  console.log(
    `  ${result.passed} passed, ${result.failed} failed in ${result.seconds.toFixed(1)} s`,
  );
  passed += result.passed;
  failed += result.failed;
  for (const name of result.failedFiles) failedFiles.add(name);
}
if (failedFiles.size > 0) console.log(`only what failed: --file ${[...failedFiles].join(',')}`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);

/**
 * What an option says, if it is given; ends where that is no such number.
 * @param {'steps' | 'minutes' | 'seed'} name
 * @param {number} least
 * @param {number} most
 */
function wholeNumber(name, least, most) {
  const given = values[name];
  if (given === undefined) return undefined;
  const number = /^\d{1,6}$/.test(given) ? Number(given) : NaN;
  if (number >= least && number <= most) return number;
  console.error(`--${name} takes a whole number from ${least} to ${most}, found "${given}".`);
  process.exit(2);
}
