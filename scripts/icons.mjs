/**
 * Brings only those codicons into the page that its sources name: the font has seven hundred.
 *
 * A name counts as used where it stands in a source as a word of its own (`'zoom-in'`, `codicon-zoom-in`). That takes a
 * few too many, and none too few as long as names are written out.
 */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import subsetFont from 'subset-font';

const RULE =
  /^\.codicon-([a-z0-9-]+):before\s*\{\s*content:\s*"\\([0-9a-f]+)"\s*;?\s*\}[^\n]*\n?/gm;

/**
 * Names and characters of all codicons, as their style sheet has them.
 * @param {string} css
 * @returns {Map<string, string>}
 */
function iconsOf(css) {
  return new Map(
    [...css.matchAll(RULE)].map(([, name, code]) => [
      name,
      String.fromCodePoint(Number.parseInt(code, 16)),
    ]),
  );
}

/**
 * @param {string} folder
 * @returns {Promise<string>} all TypeScript below it
 */
async function sourcesIn(folder) {
  const entries = await readdir(folder, { recursive: true });
  const files = entries.filter(name => name.endsWith('.ts')).sort();
  const texts = await Promise.all(files.map(name => readFile(join(folder, name), 'utf8')));
  return texts.join('\n');
}

/**
 * @param {string} folder the page's sources
 * @param {string} css the style sheet of the codicons
 * @returns {Promise<Map<string, string>>}
 */
async function usedIcons(folder, css) {
  const words = new Set((await sourcesIn(folder)).match(/[a-z0-9]+(-[a-z0-9]+)*/g));
  const used = [...iconsOf(css)].filter(
    ([name]) => words.has(name) || words.has(`codicon-${name}`),
  );
  return new Map(used);
}

/**
 * esbuild's plugin.
 * @param {string} folder the page's sources
 * @returns {import('esbuild').Plugin}
 */
export function onlyUsedIcons(folder) {
  return {
    name: 'only-used-icons',
    setup(build) {
      build.onLoad({ filter: /[\\/]codicon\.css$/ }, async ({ path }) => {
        const css = await readFile(path, 'utf8');
        const used = await usedIcons(folder, css);
        const contents = css.replace(RULE, (rule, name) => (used.has(name) ? rule : ''));
        return { contents, loader: 'css' };
      });
      build.onLoad({ filter: /[\\/]codicon\.ttf$/ }, async ({ path }) => {
        const css = await readFile(path.replace(/ttf$/, 'css'), 'utf8');
        const used = await usedIcons(folder, css);
        const font = await readFile(path);
        const contents = await subsetFont(font, [...used.values()].join(''), {
          targetFormat: 'truetype',
        });
        return { contents, loader: 'file' };
      });
    },
  };
}
