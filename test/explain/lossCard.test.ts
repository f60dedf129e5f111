/** The card of the loss in symbols: substitution tests see its numbers only. */
import { expect, it } from 'vitest';
import { explain } from '../../src/explain/explain';
import { profileOf } from '../../src/explain/notation';
import { toUnicode } from '../../src/explain/unicode';
import { english } from '../../src/explain/words.en';
import type { Network, NotationName } from '../../src/network/network';
import { dense, network, randomDataset } from '../engine/networks';
import { batchScope, inspected, randomParameters, sampleScope } from './support/inspected';

function symbolsOf(of: Network, notation: NotationName, scope = sampleScope, part = ''): string {
  const facts = inspected(
    of,
    randomDataset(5, 3, 2),
    randomParameters(of, 4),
    { type: 'loss' },
    scope,
  );
  const { headline, lines } = explain(facts, profileOf(notation), english);
  const { left, forms } = lines.find(({ label }) => label === part)?.equation ?? headline;
  return toUnicode({ left, forms: forms.slice(0, 1) });
}

it.each([
  ['nielsen', 'C = Σₖ Cₖ'],
  ['ng', 'J = Σₖ Jₖ'],
  ['zybuluo', 'E = Σₖ Eₖ'],
  ['plain', 'loss = Σₖ lossₖ'],
] as const)('in %s a Huber loss is the sum of shares of its own name: %s', (notation, formula) => {
  const huber = network(3, [dense(2, 'linear')], { loss: { type: 'huber' } });
  expect(symbolsOf(huber, notation)).toBe(formula);
});

it('names the biases among what is penalised, where they are', () => {
  const withPenalty = (bias: boolean): Network =>
    network(3, [dense(2, 'linear')], {
      loss: { type: 'meanSquaredError', reduction: 'sum' },
      regularization: { l2: 0.1, l1: 0.2, scale: 'lambda', bias },
    });
  const symbols = (bias: boolean, notation: NotationName): string =>
    symbolsOf(withPenalty(bias), notation, batchScope, 'penalty part').replace('Ω = ', '');
  expect(symbols(false, 'nielsen')).toBe('λ·Σ w² + λ₁·Σ |w|');
  expect(symbols(true, 'nielsen')).toBe('λ·(Σ w² + Σ b²) + λ₁·(Σ |w| + Σ |b|)');
  // There a bias is one of the weights.
  expect(symbols(true, 'ng')).toBe('λ·Σ Θ² + λ₁·Σ |Θ|');
});
