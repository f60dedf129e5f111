/** Icons that the page names: the build takes only those along whose names stand in the sources (scripts/icons.mjs). */
import { readFileSync, readdirSync } from 'node:fs';
import { expect, it } from 'vitest';

const folder = new URL('../../webview/', import.meta.url);
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.ts'))
  .map(name => [name, readFileSync(new URL(name, folder), 'utf8')] as const);

const sheet = readFileSync(
  new URL('../../node_modules/@vscode/codicons/dist/codicon.css', import.meta.url),
  'utf8',
);
const icons = new Set(
  [...sheet.matchAll(/\.codicon-([a-z0-9-]+):before/g)].map(([, name]) => name),
);

it('are written out, not put together from parts, which the build would not find', () => {
  const composed = sources.flatMap(([name, text]) =>
    [...text.matchAll(/codicon-[a-z0-9-]+-\$\{.*/g)].map(([line]) => `${name}: ${line}`),
  );
  expect(composed).toEqual([]);
});

it('exist', () => {
  const named = sources.flatMap(([, text]) =>
    [...text.matchAll(/codicon-([a-z0-9]+(?:-[a-z0-9]+)*)/g)].map(([, name]) => name),
  );
  const chosen = sources.flatMap(([, text]) =>
    [...text.matchAll(/codicon-\$\{[^}]*\? '([a-z0-9-]+)' : '([a-z0-9-]+)'\}/g)].flatMap(
      ([, yes, no]) => [yes, no],
    ),
  );
  expect(chosen).toContain('chevron-down');
  // A class of the style sheet that turns an icon.
  const words = new Set([...icons, 'modifier-spin']);
  expect([...named, ...chosen].filter(name => !words.has(name))).toEqual([]);
});
