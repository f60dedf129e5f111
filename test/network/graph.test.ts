/** Networks with branches: sizes, sources, what nobody takes from, and any references at all. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { consumersOf, sourcesOf } from '../../src/network/graph';
import { parseNetwork } from '../../src/network/parse';
import { inferShapes } from '../../src/network/shapes';
import { networkToJson } from '../../src/network/toJson';
import { branchedArbitrary } from './support/branches';

describe('networks with branches', () => {
  it('have the sizes that their sources give, and sources above each layer', () => {
    fc.assert(
      fc.property(branchedArbitrary, ({ network: value, sizes }) => {
        const { network: parsed, issues } = parseNetwork(JSON.stringify(value));
        expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
        if (!parsed) throw new Error('no network');
        expect(parsed.layers.map(({ units }) => units)).toEqual(sizes);
        const shapes = inferShapes(parsed);
        const lengthOf = (source: number) => (source < 0 ? shapes.inputSize : sizes[source]);
        shapes.layers.forEach(({ sources, inputs, units, parameters }, index) => {
          const { type } = parsed.layers[index];
          expect(sources.every(source => source >= -1 && source < index)).toBe(true);
          const sum = sources.map(lengthOf).reduce((total, length) => total + length, 0);
          expect(inputs).toBe(type === 'add' ? units : sum);
          expect(parameters).toBe(type === 'dense' ? units * (inputs + 1) : 0);
        });
        expect(shapes.outputSize).toBe(sizes[sizes.length - 1]);
      }),
      { numRuns: 300 },
    );
  });

  it('come back from their JSON', () => {
    fc.assert(
      fc.property(branchedArbitrary, ({ network: value }) => {
        const { network: parsed } = parseNetwork(JSON.stringify(value));
        const again = parsed && parseNetwork(JSON.stringify(networkToJson(parsed))).network;
        expect(parsed).toBeDefined();
        expect(again).toEqual(parsed);
      }),
      { numRuns: 200 },
    );
  });

  it('warn of exactly the layers that nobody takes from', () => {
    fc.assert(
      fc.property(branchedArbitrary, ({ network: value }) => {
        const { network: parsed, issues } = parseNetwork(JSON.stringify(value));
        if (!parsed) throw new Error('no network');
        const consumers = consumersOf(sourcesOf(parsed));
        const unused = parsed.layers.flatMap((_, index) =>
          index < parsed.layers.length - 1 && consumers[index + 1].length === 0 ? [index] : [],
        );
        const told = issues.filter(({ code }) => code === 'layer.unused');
        expect(told.map(({ path }) => path[1])).toEqual(unused);
      }),
      { numRuns: 200 },
    );
  });
});

describe('any references among named layers', () => {
  const count = 5;
  const names = ['input', 'n0', 'n1', 'n2', 'n3', 'n4', 'who'];
  const wanted = fc.array(
    fc.option(fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 3 })),
    { minLength: count, maxLength: count },
  );

  /** The layers whose values a layer takes, wherever they stand, by the plain words of the format. */
  function taken(from: readonly (readonly string[] | null)[], layer: number): readonly number[] {
    const ids = from[layer];
    if (!ids) return layer > 0 ? [layer - 1] : [];
    return ids.flatMap(id => (/^n\d$/.test(id) ? [Number(id[1])] : []));
  }

  /** Whether the values of `start` come to `goal`, by trying every way. */
  function flows(
    from: readonly (readonly string[] | null)[],
    start: number,
    goal: number,
    seen: ReadonlySet<number> = new Set(),
  ): boolean {
    if (start === goal) return true;
    if (seen.has(goal)) return false;
    return taken(from, goal).some(next => flows(from, start, next, new Set([...seen, goal])));
  }

  it('are unknown, a circle, below, or right', () => {
    fc.assert(
      fc.property(wanted, from => {
        const value = from.map((ids, index) => {
          const id = `n${index}`;
          if (ids && ids.length > 1) return { type: 'add', id, from: ids };
          return { type: 'dense', id, units: 2, ...(ids && { from: ids }) };
        });
        const { issues, network: parsed } = parseNetwork(
          JSON.stringify({ version: 1, input: { shape: [2] }, layers: value }),
        );
        const told = issues
          .filter(({ severity }) => severity === 'error')
          .map(({ code, path }) => `${code} ${path.join('.')}`);
        const expected = from.flatMap((ids, layer) =>
          (ids ?? []).flatMap((id, entry) => {
            const source = names.indexOf(id) - 1;
            const place = `layers.${layer}.from.${entry}`;
            if (id === 'who') return [`from.unknown ${place}`];
            if (source < layer) return [];
            return [`from.${flows(from, layer, source) ? 'cycle' : 'below'} ${place}`];
          }),
        );
        expect(told).toEqual(expected);
        expect(parsed === undefined).toBe(expected.length > 0);
        for (const { code, message } of issues) {
          if (code !== 'from.cycle') continue;
          const circle = /: (n\d(?: → n\d)+)\./.exec(message)?.[1].split(' → ') ?? [];
          expect(circle.length).toBeGreaterThan(1);
          expect(circle[0]).toBe(circle[circle.length - 1]);
          circle.slice(1).forEach((name, step) => {
            expect(taken(from, Number(name[1]))).toContain(Number(circle[step][1]));
          });
        }
      }),
      { numRuns: 500 },
    );
  });
});
