import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { isOfIssues } from '../../src/explain/issueTexts';

const root = new URL('../../', import.meta.url);
const hostFiles = readdirSync(new URL('src/host', root)).map(name => `src/host/${name}`);

/** Every text given to `l10n.t` in the host. */
function usedTexts(): string[] {
  return [...hostFiles, 'src/extension.ts'].flatMap(file => {
    const source = readFileSync(new URL(file, root), 'utf8');
    const calls = [...source.matchAll(/l10n\.t\(/g)];
    const literals = [...source.matchAll(/l10n\.t\(\s*('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")/g)];
    // A text that is put together cannot be translated.
    expect(literals.length, file).toBe(calls.length);
    return literals.map(([, literal]) => new Function(`return ${literal}`)() as string);
  });
}

it('translates every text of the host, and no other', () => {
  const bundle = JSON.parse(
    readFileSync(new URL('l10n/bundle.l10n.zh-cn.json', root), 'utf8'),
  ) as Record<string, string>;
  const used = [...new Set(usedTexts())];
  expect(used.length).toBeGreaterThan(40);
  const own = Object.keys(bundle).filter(text => !isOfIssues(text));
  expect(own.sort()).toEqual(used.sort());
  for (const text of own) {
    const translated = bundle[text];
    const places = (s: string) => (s.match(/\{\d+\}/g) ?? []).sort();
    expect(places(translated), text).toEqual(places(text));
  }
});
