/** 300 random networks that PyTorch has computed, too: see test/reference/make_differential_fixtures.py. */
import { describe, expect, it, test } from 'vitest';
import { inferShapes } from '../../src/network/shapes';
import { float32Engines, fusedNarrow, fusedWide, reference } from '../engine/engines';
import { partsOf, partsOfAll } from './study';
import { TORCH_LIMITS, TORCH_QUANTITIES, torchErrors } from './torch';
import { describeNetworks, readDescriptions, readTorch, torchCase } from './torchCases';

const descriptions = readDescriptions();

describe('the fixtures', () => {
  it('have everything that the vocabulary has but initializers, which nobody asks for numbers', () => {
    const found = new Set(descriptions.flatMap(one => partsOf(torchCase(one).network)));
    expect(partsOfAll.filter(name => !found.has(name))).toEqual([]);
  });

  it('are 300 in float64, and those of them in float32 that keep away from kinks', () => {
    expect(descriptions).toHaveLength(300);
    expect([...readTorch('float64').keys()]).toEqual(descriptions.map(({ seed }) => seed));
    const rounded = descriptions.filter(({ float32 }) => float32).map(({ seed }) => seed);
    expect([...readTorch('float32').keys()]).toEqual(rounded);
    expect(rounded.length).toBeGreaterThan(60);
  });

  it('can be described anew', () => {
    const anew = describeNetworks(20);
    expect(new Set(anew.map(({ seed }) => seed)).size).toBe(20);
    for (const one of anew) expect(inferShapes(torchCase(one).network).stored).toBeLessThan(151);
  });
});

describe.each([reference, ...float32Engines, fusedNarrow, fusedWide])('$name', engine => {
  const theirs = readTorch(engine.precision);
  const limits = TORCH_LIMITS[engine.precision];

  test('computes and trains them as PyTorch does', () => {
    const wrong = descriptions.flatMap(one => {
      const numbers = theirs.get(one.seed);
      if (!numbers) return [];
      const errors = torchErrors(one, engine, numbers);
      return TORCH_QUANTITIES.filter(key => key in errors && !(errors[key]! <= limits[key])).map(
        key => `${one.seed}, ${key}: ${errors[key]} in ${JSON.stringify(one.network)}`,
      );
    });
    expect(wrong).toEqual([]);
  });
});
