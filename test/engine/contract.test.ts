/** WebAssembly computes what the float64 reference defines, but for rounding: 500 random networks. */
import { describe, expect, test } from 'vitest';
import { accuracyRule, countCorrect } from '../../src/engine/metrics';
import { near, QUANTITIES, SideBySide, TOLERANCES } from './comparison';
import { fusedNarrow, fusedWide, narrow, reference, stateOf, wide, type Engine } from './engines';
import { randomCase, type RandomCase } from './randomCases';
import { randomImageCase } from './randomImageCases';

/** Steps that are made in one go, one after the other. */
const GOES = [1, 2, 3];

/** The same arithmetic by both blocks: the narrow one first. */
type Blocks = readonly [Engine, Engine];

const PLAIN: Blocks = [narrow, wide];
/** Products are rounded with the sums that they are added to: nearer to the reference, if anything. */
const FUSED: Blocks = [fusedNarrow, fusedWide];

function compare(one: RandomCase, blocks: Blocks): SideBySide {
  const [exact, ...others] = [reference, ...blocks].map(engine =>
    engine.create(one.network, one.dataset, one.start),
  );
  return new SideBySide(one, exact, others);
}

/** Both blocks give the same bits, and accuracy is that of the outputs. */
function expectSameBits(comparison: SideBySide, { dataset }: RandomCase): void {
  const [a, b] = comparison.others;
  expect(stateOf(b)).toBe(stateOf(a));
  expect(b.evaluation).toEqual(a.evaluation);
  // A sum in float64, by panels: their width is its order.
  expect(near(b.gradientNorm, a.gradientNorm)).toBeLessThan(1e-12);
  expect(comparison.outputsOf(b)).toEqual(comparison.outputsOf(a));
  const { outputSize, targets, training } = dataset;
  const rule = accuracyRule(dataset);
  const outputs = comparison.outputsOf(a);
  const right = countCorrect(rule, outputs, targets, training.length, outputSize);
  expect(a.evaluation.accuracy).toBe(right / training.length);
}

/** Networks from `first` on, that agree after each of their goes; answers how many of these have been compared. */
function expectAgreement(
  first: number,
  count: number,
  draw: (seed: number) => RandomCase,
  blocks = PLAIN,
): number {
  const wrong: string[] = [];
  let compared = 0;
  for (let seed = first; seed < first + count; seed++) {
    const one = draw(seed);
    const comparison = compare(one, blocks);
    if (comparison.atKink) continue;
    for (const steps of GOES) {
      if (!comparison.advance(steps)) break;
      const errors = comparison.errors(comparison.others[0]);
      for (const key of QUANTITIES) {
        if (!(errors[key] <= TOLERANCES[key])) wrong.push(`${seed}, ${key}: ${errors[key]}`);
      }
      expectSameBits(comparison, one);
      compared += 1;
    }
  }
  expect(wrong).toEqual([]);
  return compared;
}

/** The largest of each: update 3.1e-5, moments 7.1e-6, norm 7.9e-6, outputs 2.6e-6, loss 1.3e-6. */
describe.each(Array.from({ length: 10 }, (_, i) => 50 * i))('50 networks from %i on', first => {
  test('agree, and both blocks to the bit', () => {
    // Of 150; the others stand at a kink.
    expect(expectAgreement(first, 50, randomCase)).toBeGreaterThan(130);
  });
});

describe.each(Array.from({ length: 6 }, (_, i) => 25 * i))('25 over images from %i on', first => {
  test('agree, and both blocks to the bit', () => {
    // Of 75.
    expect(expectAgreement(first, 25, randomImageCase)).toBeGreaterThan(40);
  });
});

describe('with fast maths', () => {
  test.each(Array.from({ length: 3 }, (_, i) => 500 + 50 * i))('50 networks from %i on', first => {
    expect(expectAgreement(first, 50, randomCase, FUSED)).toBeGreaterThan(130);
  });

  test('25 over images', () => {
    expect(expectAgreement(150, 25, randomImageCase, FUSED)).toBeGreaterThan(40);
  });
});
