/**
 * Takes the pictures of both READMEs anew, in a real VS Code: `npm run pictures`, after `npm run build`. Where
 * pngquant is installed they are made a third of the size.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { mustRun, root, say } from './needs.mjs';

const version = '1.100.3';
const pictures = join(root, 'media/pictures');

/** Takes them in one language of the READMEs. @param {string} folder @param {string[]} language */
async function take(folder, language) {
  const shots = mkdtempSync(join(tmpdir(), 'nabla-pictures-'));
  process.env.NABLA_SHOTS = shots;
  const suite = [version, 'node', ...language, '--file', 'pictures'];
  await mustRun('the pictures', 'node', [join(root, 'test/host/main.mjs'), ...suite]);
  mkdirSync(folder, { recursive: true });
  const [host] = readdirSync(shots);
  for (const name of readdirSync(join(shots, host))) {
    const file = join(shots, host, name);
    const made = ['--force', '--skip-if-larger', '--quality=50-85', '--output', file, file];
    spawnSync('pngquant', made);
    copyFileSync(file, join(folder, name));
    say(relative(root, join(folder, name)));
  }
  rmSync(shots, { recursive: true, force: true });
}

await take(pictures, []);
await take(join(pictures, 'zh-cn'), ['--locale', 'zh-cn']);
