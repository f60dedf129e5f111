/**
 * Takes the README's pictures anew, in a real VS Code: `npm run pictures`, after `npm run build`. Where
 * pngquant is installed they are made a third of the size.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mustRun, root, say } from './needs.mjs';

const version = '1.100.3';
const pictures = join(root, 'media/pictures');
const shots = mkdtempSync(join(tmpdir(), 'nabla-pictures-'));

process.env.NABLA_SHOTS = shots;
await mustRun('the pictures', 'node', [
  join(root, 'test/host/main.mjs'),
  version,
  'node',
  '--file',
  'pictures',
]);
mkdirSync(pictures, { recursive: true });
const taken = join(shots, `${version}-node`);
for (const name of readdirSync(taken)) {
  const file = join(taken, name);
  spawnSync('pngquant', ['--force', '--skip-if-larger', '--quality=50-85', '--output', file, file]);
  copyFileSync(file, join(pictures, name));
  say(`media/pictures/${name}`);
}
rmSync(shots, { recursive: true, force: true });
