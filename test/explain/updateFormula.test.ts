/** The next update as a formula: which parts it has, and what each of them is called. */
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/explain/evaluate';
import { explain } from '../../src/explain/explain';
import { availableNotations, profileOf } from '../../src/explain/notation';
import { toUnicode } from '../../src/explain/unicode';
import { english } from '../../src/explain/words.en';
import * as elementary from '../../src/math/functions';
import type { Network, NotationName, Reduction, Regularization } from '../../src/network/network';
import { dense, network, randomDataset } from '../engine/networks';
import { batchScope, inspected, randomParameters, sampleScope } from './support/inspected';

const PENALTY = 'The update also descends the penalty.';

const withLoss = (reduction: Reduction, regularization: Partial<Regularization> = {}): Network =>
  network(3, [dense(4, 'tanh'), dense(2, 'linear')], {
    loss: { type: 'meanSquaredError', reduction },
    regularization,
  });

function updateOf(of: Network, notation: NotationName = 'nielsen', scope = sampleScope, size = 2) {
  const target = { type: 'weight', layer: 0, row: 0, column: 0 } as const;
  const parameters = randomParameters(of, 4, size);
  const facts = inspected(of, randomDataset(5, 3, 2), parameters, target, scope);
  const { lines, cautions } = explain(facts, profileOf(notation), english);
  const equation = lines.find(({ role }) => role === 'update')?.equation;
  if (!equation) throw new Error('a weight has a next update');
  const [general, numbers] = equation.forms;
  return { symbols: toUnicode(general), numbers, value: equation.value, cautions };
}

describe('of one sample as a batch of one', () => {
  it('divides by the outputs where the loss does, and calls nothing a penalty that is none', () => {
    const { symbols, cautions } = updateOf(withLoss('meanAll'));
    expect(symbols).toBe('w₁₁² − η·½·∂C/∂w₁₁²');
    expect(cautions).not.toContain(PENALTY);
  });

  it('does so for each notation, also where the update is usually written with δ', () => {
    for (const notation of availableNotations()) {
      const { symbols, numbers, value = NaN } = updateOf(withLoss('meanAll'), notation);
      expect(symbols).not.toContain('Ω');
      expect(symbols).toContain('½');
      expect(evaluate(numbers, elementary)).toBeCloseTo(value, 12);
    }
    expect(updateOf(withLoss('mean'), 'zybuluo').symbols).toBe('w₄₁ + η·δ₄·x₁');
  });

  it('has both where there are both', () => {
    const { symbols, cautions } = updateOf(withLoss('meanAll', { l2: 0.5, scale: 'lambda' }));
    expect(symbols).toBe('w₁₁² − η·(½·∂C/∂w₁₁² + ∂Ω/∂w₁₁²)');
    expect(cautions).toContain(PENALTY);
  });
});

it('has no penalty where there is none, also when numbers overflow', () => {
  const of = network(3, [dense(4, 'linear'), dense(2, 'linear')]);
  for (const scope of [sampleScope, batchScope]) {
    const { symbols, value, cautions } = updateOf(of, 'nielsen', scope, 1e200);
    expect(Number.isFinite(value)).toBe(false);
    expect(symbols).toBe('w₁₁² − η·∂C/∂w₁₁²');
    expect(cautions).toEqual([english.cautions.notFinite]);
  }
});

it('of a batch is the gradient as it stands there', () => {
  for (const reduction of ['sum', 'mean', 'meanAll'] as const) {
    const { symbols } = updateOf(withLoss(reduction, { l1: 0.2 }), 'nielsen', batchScope);
    expect(symbols).toBe('w₁₁² − η·∂C/∂w₁₁²');
  }
});
