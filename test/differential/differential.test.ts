/** Random networks in every way that they can be computed: some of `npm run differential`. */
import { describe, expect, it, test } from 'vitest';
import { parseNetwork } from '../../src/network/parse';
import { networkToJson } from '../../src/network/toJson';
import { isLarge } from '../engine/randomCases';
import { cancellingCase, differentialCase } from './cases';
import { differencesOf, engineGradient } from './differences';
import { initializersOfAll, LIMITS, partsOf, partsOfAll, Study } from './study';
import { WorstTable } from './worst';

const seeds = Array.from({ length: 200 }, (_, seed) => seed);

/** Those that have something which fewer than four before them have: everything four times, in few networks. */
const chosen = ((): number[] => {
  const found = new Map<string, number>();
  return seeds.filter(seed => {
    // Hundreds of samples take their time.
    if (isLarge(seed)) return false;
    const parts = partsOf(cancellingCase(seed).network);
    const isNew = parts.some(part => (found.get(part) ?? 0) < 4);
    if (isNew) for (const part of parts) found.set(part, (found.get(part) ?? 0) + 1);
    return isNew;
  });
})();

describe.each([0, 1, 2, 3])('a fourth of some networks, the %ith', fourth => {
  test('have the gradients of differences, and the same numbers by every machine', () => {
    const study = new Study();
    for (const seed of chosen.filter((_, i) => i % 4 === fourth)) study.look(seed);
    expect(study.failures).toEqual([]);
  });
});

describe('the cases', () => {
  it('have everything that the vocabulary has', () => {
    const found = new Set(seeds.flatMap(seed => partsOf(differentialCase(seed).network)));
    expect([...partsOfAll, ...initializersOfAll].filter(name => !found.has(name))).toEqual([]);
  });

  it('are files that can be read', () => {
    for (const seed of seeds.slice(0, 60)) {
      const { network } = cancellingCase(seed);
      const { network: read, issues } = parseNetwork(JSON.stringify(networkToJson(network)));
      expect(
        issues.filter(({ severity }) => severity === 'error'),
        `network ${seed}`,
      ).toEqual([]);
      expect(networkToJson(read!), `network ${seed}`).toEqual(networkToJson(network));
    }
  });

  it('are the same for the same seed', () => {
    expect(cancellingCase(7)).toEqual(cancellingCase(7));
  });
});

describe('a study', () => {
  it('prints the network that fails, and the command that shows it alone', () => {
    const study = new Study({ ...LIMITS, forward: -1 });
    study.look(5);
    const [said] = study.failures;
    const [title, command, json] = said.split('\n').map(line => line.trim());
    expect(title).toMatch(/^Network 5: outputs .*: not those of plain sums\.$/);
    expect(command).toBe('npm run differential -- --networks 1 --seed 5');
    expect(parseNetwork(json).network?.seed).toBe(5);
    expect(study.report()).toContain(said);
  });

  it('finds gradients that are a hundred thousandth off', () => {
    const one = cancellingCase(0);
    const errors = (factor: number): number[] =>
      differencesOf(one, false, (...given) => engineGradient(...given).map(g => factor * g))
        .differences.map(({ error }) => error)
        .filter(error => !(error <= LIMITS.difference));
    expect(errors(1)).toEqual([]);
    expect(errors(1.00001).length).toBeGreaterThan(3);
  });
});

describe('a table of the worst', () => {
  it('keeps the largest of each and its seed, and a NaN before all', () => {
    const table = new WorstTable('errors', ['one', 'two'], true);
    table.add('b', 'one', 1e-7, 3);
    table.add('b', 'one', 2e-7, 4);
    table.add('b', 'one', 1e-8, 5);
    table.add('a', 'two', NaN, 6);
    table.add('a', 'two', 1, 7);
    expect(String(table)).toBe(
      [
        'errors               one               two',
        'a                      –            NaN #6',
        'b              2.0e-7 #4                 –',
      ].join('\n'),
    );
  });
});
