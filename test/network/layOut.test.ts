/** Any text of a network gets the layout in which networks are written, and keeps all that it says. */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { createScanner, parse } from 'jsonc-parser';
import { expect, it } from 'vitest';
import { applyTextEdits } from '../../src/network/json';
import { layoutEdits } from '../../src/network/layOut';
import type { TextRange } from '../../src/network/network';
import { parseNetwork } from '../../src/network/parse';
import { formatJson } from '../../src/network/write';
import { networkArbitrary } from './support/networks';
import { render, styleArbitrary } from './support/render';

const formatted = (text: string, unit = '  ', within?: TextRange): string =>
  applyTextEdits(text, layoutEdits(parseNetwork(text), unit, within));

/** Everything but white space and commas, in order. */
function tokens(text: string): string[] {
  const scanner = createScanner(text, false);
  const found: string[] = [];
  for (let token = scanner.scan(); token !== 17; token = scanner.scan())
    if (token !== 5 && token !== 14 && token !== 15)
      found.push(text.slice(scanner.getTokenOffset()).slice(0, scanner.getTokenLength()));
  return found;
}

it('keeps values, digits and comments, and changes nothing the second time', () => {
  fc.assert(
    fc.property(networkArbitrary, styleArbitrary, (network, style) => {
      const text = render(network, style);
      const after = formatted(text);
      expect(parse(after)).toEqual(parse(text));
      expect(tokens(after).sort()).toEqual(tokens(text).sort());
      expect(formatted(after)).toBe(after);
      expect(after.startsWith('\ufeff')).toBe(text.startsWith('\ufeff'));
      if (style.indent !== undefined)
        expect(after.match(/\r\n|\n/g)?.every(lineEnd => lineEnd === style.lineEnd)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

it('is the layout in which networks are written', () => {
  fc.assert(
    fc.property(networkArbitrary, network => {
      // JSON.stringify writes -0 as 0.
      const written = formatJson(JSON.parse(JSON.stringify(network)));
      expect(formatted(written)).toBe(written);
      expect(formatted(JSON.stringify(JSON.parse(written), null, '\t'))).toBe(written);
      expect(formatted(JSON.stringify(JSON.parse(written)))).toBe(written);
    }),
    { numRuns: 100 },
  );
});

it('lays the examples out as if the product had written them', () => {
  const folder = new URL('../../media/examples/', import.meta.url);
  const names = readdirSync(folder).filter(name => name.endsWith('.nn.json'));
  expect(names.length).toBeGreaterThan(5);
  for (const name of names) {
    const text = readFileSync(new URL(name, folder), 'utf8');
    expect(tokens(formatted(text)), name).toEqual(tokens(text));
    if (!text.includes('//')) expect(formatted(text), name).toBe(formatJson(parse(text)));
  }
});

it('keeps comments where they speak of something', () => {
  const text = `// head
{"version":1, // the first
  /* about
     the input */
"input":{"shape":[2]},


"layers":[ // from below
{"type":"dense","units":2,"weights":[[1,2], // first
[0.50,4] /* second */ ,],},
// the end
{"type":"dense", /* many */ "units":2, "bias":[1, // b
2,3]}]} // done
// really
`;
  expect(formatted(text)).toBe(`// head
{
  "version": 1, // the first
  /* about
     the input */
  "input": { "shape": [2] },

  "layers": [ // from below
    { "type": "dense", "units": 2,
      "weights": [
        [1, 2], // first
        [0.50, 4], /* second */
      ] },
    // the end
    {
      "type": "dense",
      /* many */ "units": 2,
      "bias": [
        1, // b
        2, 3
      ]
    }
  ]
} // done
// really
`);
});

it('changes only what was selected', () => {
  const text = '{\n"version":1,\n"input":{"shape":[2]},\n"layers":[]}\n';
  const start = text.indexOf('"input"');
  const within = { start, end: text.indexOf('\n', start) };
  expect(formatted(text, '  ', within)).toBe(
    '{\n"version":1,\n  "input": { "shape": [2] },\n  "layers":[]}\n',
  );
});

it('takes the indentation of the editor', () => {
  expect(formatted('{"version":1}', '\t')).toBe('{\n\t"version": 1\n}\n');
});

it('leaves alone what is no JSON, or nested beyond reason', () => {
  expect(layoutEdits(parseNetwork('{"version":1,,}'), '  ')).toEqual([]);
  const deep = `{"a":${'['.repeat(150)}${']'.repeat(150)}}`;
  expect(layoutEdits(parseNetwork(deep), '  ')).toEqual([]);
});
