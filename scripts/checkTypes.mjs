/**
 * Checks the types of everything, in the surroundings it runs in: `npm run check-types`.
 *
 * TypeScript 7, which is compiled to machine code, takes a sixth of the time of the version that ESLint reads the
 * sources with. Both install a `tsc`, so it is called by its place.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './needs.mjs';

const compiler = join(root, 'node_modules/typescript-7/bin/tsc');

/** Everything; code without a world; workers of browsers; what runs in pages, and drives them; the webview. */
const projects = [
  '.',
  'tsconfig.pure.json',
  'tsconfig.web.json',
  'tsconfig.browser.json',
  'webview',
];

const failed = projects.filter(project => {
  const { status } = spawnSync(process.execPath, [compiler, '-p', project], {
    cwd: root,
    stdio: 'inherit',
  });
  return status !== 0;
});
process.exitCode = failed.length === 0 ? 0 : 1;
