/** Texts that somebody made to hurt the reader: deep, endless, full of the same mistake. */
import { describe, expect, it } from 'vitest';
import { parseNetwork } from '../../src/network/parse';
import { toValue } from '../../src/network/tree';
import { layer, network } from './support/marked';

describe('hostile documents', () => {
  it.each([1000, 2600, 3500, 5000])('survives %i lists in each other', depth => {
    const nested = '['.repeat(depth) + ']'.repeat(depth);
    for (const key of ['weights', 'bias', 'init', 'strange']) {
      const { issues, network: found } = parseNetwork(layer(`"units": 1, "${key}": ${nested}`));
      expect(issues.length).toBeGreaterThan(0);
      expect(found === undefined).toBe(key !== 'strange' || issues[0].severity === 'error');
    }
    const { root } = parseNetwork(nested);
    if (root) expect(toValue(root)).toBeInstanceOf(Array);
  });

  it('tells errors behind thousands of informations', () => {
    const unknown = Object.fromEntries(Array.from({ length: 700 }, (_, i) => [`zzz${i}`, '1']));
    const text = network(unknown).replace(/}\s*$/, ', "seed": -1, "loss": { "half": 3 } }');
    const { issues } = parseNetwork(text.replace('"version": 1,', ''));
    expect(issues.slice(0, 3).map(({ code }) => code)).toEqual([
      'value.range',
      'value.type',
      'version.missing',
    ]);
    expect(issues).toHaveLength(501);
    expect(issues[500]).toMatchObject({ code: 'issues.more', severity: 'information' });
    expect(issues[500].message).toMatch(/^203 more problems/);
    const places = issues.slice(3, 500).map(({ range }) => range.start);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('does not follow nesting without end', () => {
    const { network, issues } = parseNetwork('['.repeat(200_000));
    expect(network).toBeUndefined();
    expect(issues.map(issue => issue.code)).toEqual(['json.depth']);
  });

  it('reads no more layers than a network may have', () => {
    const one = '{ "type": "dense", "units": 1 }';
    const { issues } = parseNetwork(network({ layers: `[${Array(1001).fill(one).join(',')}]` }));
    expect(issues.map(issue => [issue.code, issue.path])).toEqual([['list.long', ['layers']]]);
  });

  it('tells thousands of equal mistakes in bounds, and says how many more there are', () => {
    const weights = `[[${Array(2000).fill('null').join(',')}]]`;
    const { issues } = parseNetwork(layer(`"units": 1, "weights": ${weights}`));
    expect(issues.length).toBe(501);
    expect(issues[500].code).toBe('issues.more');
    expect(issues[500].message).toMatch(/^150\d more problems/);
  });

  it('takes keys of objects as names and nothing else', () => {
    const text = network({ __proto__: '1', toString: '2', hasOwnProperty: '3' });
    const { network: parsed, issues } = parseNetwork(
      text.replace('{', '{ "__proto__": { "seed": 9 },'),
    );
    expect(parsed?.seed).toBe(0);
    expect(new Set(issues.map(issue => issue.code))).toEqual(new Set(['key.unknown']));
  });

  it('a concat of concats a thousand deep is refused, not counted to infinity', () => {
    const double = Array.from({ length: 900 }, (_, i) => {
      const above = i === 0 ? 'input' : `c${i - 1}`;
      const twin = `{ "type": "dense", "id": "d${i}", "from": "input", "units": 60000 }`;
      return `${twin}, { "type": "concat", "id": "c${i}", "from": ["${above}", "d${i}"] }`;
    });
    const codes = parseNetwork(
      network({ layers: `[${double.slice(0, 450).join(', ')}]` }),
    ).issues.map(({ code }) => code);
    expect(codes).toContain('concat.size');
  });

  it('answers about thousands of wrong references in bounds', () => {
    const from = Array.from({ length: 250 }, (_, i) => `"n${996 - 4 * i}"`).join(',');
    const many = Array.from(
      { length: 1000 },
      (_, i) => `{ "type": "add", "id": "n${i}", "from": ["input", ${from}] }`,
    );
    const { issues, network: parsed } = parseNetwork(network({ layers: `[${many.join(', ')}]` }));
    expect(parsed).toBeUndefined();
    expect(issues).toHaveLength(501);
    expect(issues[0]).toMatchObject({ code: 'from.cycle', path: ['layers', 0, 'from', 1] });
    expect(issues[499].code).toMatch(/^from\./);
  });
});
