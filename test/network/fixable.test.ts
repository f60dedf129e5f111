/**
 * Every code of an issue has a fix, or a reason why nobody but the person can mend it. Codes are found in the sources,
 * so a new one must be put into one of the two lists.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { fixableCodes } from '../../src/network/fixes';

/** Why there is no fix. */
const unfixable: { readonly [code: string]: string } = {
  'json.syntax': 'what was meant cannot be known',
  'json.empty': 'the designer offers templates, the schema a snippet',
  'json.depth': 'it is no network',
  'json.size': 'what is to be kept elsewhere is for the person to say',
  'version.newer': 'only a newer Nabla knows what the file says',
  'issues.more': 'it counts the others',
  'text.encoding': 'only the command line tells it: an editor has decoded the text',
  'key.unsupported': 'the file is of a later version, and left as it is',
  'value.pattern': 'digits of a checksum cannot be guessed',
  'value.infinite': 'which number was meant cannot be known',
  'input.size': 'which side is too long is for the person to say',
  'network.parameters': 'which layer is to be smaller is for the person to say',
  'network.values': 'which layer is to be smaller is for the person to say',
  'from.below': 'a layer that moves gives its values to others, where they have no "from"',
  'concat.size': 'which source is to be smaller is for the person to say',
  'image.size': 'steps and filters are for the person to choose',
  'add.images': 'any of several layers can be changed, each in several ways',
  'data.empty': 'samples are not made up',
  'data.precision': 'the data have to be scaled by whoever knows what they are',
  'data.inline.size': 'which number is missing cannot be known',
  'data.inline.number': 'which number was meant cannot be known',
  'data.cancelled': 'the person has stopped the reading',
  'data.missing':
    'a file has to be put there, or another one named: completion lists those that there are',
  'data.csv.both': 'which of the two was meant cannot be known',
  'data.csv.inputs': 'the file has nothing to learn from',
  'data.csv.duplicate': 'the file has to be changed',
  'data.csv.quotes': 'the file has to be changed',
  'data.csv.empty': 'the file has to be changed',
  'data.csv.ragged': 'the file has to be changed',
  'data.csv.number': 'the file has to be changed, or a column left out',
  'data.csv.size': 'which columns can be done without is for the person to say',
  'data.csv.odd': 'the file has to be changed',
  'data.csv.missing': 'completion lists the files that there are',
  'data.csv.path': 'completion lists the files that may be read',
  'data.idx.*': 'the files have to be changed, or others named',
  'expect.output': 'what is expected is for the person to say',
  'expect.inputs': 'what the sample is, is for the person to say',
  'expect.outputs': 'what is expected is for the person to say',
  'expect.data': 'data are not made up',
};

const folders = ['network', 'data', 'host', 'export', 'cli'];

/** Texts like `data.csv.column` where issues are told. */
function codesInSources(): Set<string> {
  const calls =
    /(?:tell|add|error|mismatch|dataIssue|refuse|WeightsError|IdxFault|csvError)\(\s*(?:[^()']*?,\s*)?(?:(?:strict|severity)[^']*?)?(?:'(?:error|warning|information)',\s*)?[^'()]*'([a-z][A-Za-z0-9]*(?:\.[A-Za-z0-9]+)+)'/g;
  const members = /code(?:: | === | = )'([a-z][A-Za-z0-9]*(?:\.[A-Za-z0-9]+)+)'/g;
  const found = new Set<string>();
  for (const folder of folders) {
    const root = new URL(`../../src/${folder}/`, import.meta.url);
    for (const name of readdirSync(root)) {
      if (!name.endsWith('.ts') || /ixes\.ts$/.test(name)) continue;
      const source = readFileSync(new URL(name, root), 'utf8');
      for (const pattern of [calls, members])
        for (const [, code] of source.matchAll(pattern)) found.add(code);
      for (const [, code] of source.matchAll(/csvError\(\s*'(\w+)'/g))
        found.add(`data.csv.${code}`);
    }
  }
  return found;
}

/** Made of parts, so no search finds them. */
const composed = [
  ...['data.source', 'expect.check', 'expect.inputs', 'expect.outputs'],
  ...['data.csv.missing', 'data.csv.path', 'data.csv.size', 'data.idx.*', 'issues.more'],
  ...['bias.length', 'statistics.length', 'data.targetRange'],
];

const codes = [...codesInSources(), ...composed];

it('finds the codes in the sources', () => {
  expect(codes.length).toBeGreaterThan(75);
  for (const code of ['value.range', 'from.cycle', 'data.csv.column', 'weights.hash', 'clip.both'])
    expect(codes).toContain(code);
});

it.each([...new Set(codes)].sort())('%s has a fix, or a reason', code => {
  const hasFix = fixableCodes.includes(code);
  expect(hasFix || code in unfixable, 'neither a fix nor a reason').toBe(true);
  expect(hasFix && code in unfixable, 'both a fix and a reason').toBe(false);
});

it('has no fix and no reason for codes that nobody tells', () => {
  for (const code of [...fixableCodes, ...Object.keys(unfixable)]) expect(codes).toContain(code);
});
