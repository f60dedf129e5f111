/** The LaTeX of every explanation compiles, and its numbers give its result. */
import { describe, expect, it } from 'vitest';
import type { Facts } from '../../src/engine/facts';
import { explain } from '../../src/explain/explain';
import type { Equation } from '../../src/explain/explanation';
import { number, sum, symbol } from '../../src/explain/expressions';
import { explanationToLatex, toLatex } from '../../src/explain/latex';
import { availableNotations, profileOf } from '../../src/explain/notation';
import { chinese } from '../../src/explain/words.zh';
import { english } from '../../src/explain/words.en';
import { dense, network, randomDataset, RESIDUAL, TANGLED } from '../engine/networks';
import { allFacts, batchScope, randomParameters, sampleScope } from './support/inspected';
import { checkBalance, checkLatex, checkLatexValue } from './support/checkedLatex';
import { computeLatex } from './support/printedLatex';

const networks = [
  network(3, RESIDUAL, { loss: { type: 'huber' } }),
  network(3, TANGLED, { loss: { type: 'meanAbsoluteError' } }),
  network(15, [dense(14, 'gelu'), dense(3, 'silu'), dense(2, 'sigmoid')], {
    loss: { type: 'binaryCrossEntropy', reduction: 'meanAll' },
    regularization: { l1: 0.02, l2: 0.3, bias: true },
  }),
  network(2, [dense(3, 'elu'), dense(2, 'leakyRelu'), dense(3, 'softmax')], {
    loss: { type: 'crossEntropy' },
    optimizer: { type: 'adam' },
  }),
  network(2, [dense(2, 'softplus'), dense(2, 'relu'), dense(2, 'step'), dense(2, 'softmax')]),
];

function factsOf(of: (typeof networks)[number], size = 2): readonly Facts[] {
  const outputs = of.layers[of.layers.length - 1].units;
  const kinds = { binaryCrossEntropy: 'binary', crossEntropy: 'oneHot' } as const;
  const { type } = of.loss;
  const kind = type === 'binaryCrossEntropy' || type === 'crossEntropy' ? kinds[type] : 'real';
  const data = randomDataset(9, of.input.shape[0], outputs, kind);
  const parameters = randomParameters(of, 7, size);
  return [sampleScope, batchScope].flatMap(scope => allFacts(of, data, parameters, scope));
}

describe('LaTeX of every kind of target', () => {
  it.each(availableNotations())('compiles and computes to the printed value: %s', name => {
    const kinds = new Set<string>();
    let count = 0;
    for (const facts of networks.flatMap(of => factsOf(of))) {
      kinds.add(facts.type);
      for (const words of [english, chinese]) {
        const explanation = explain(facts, profileOf(name), words);
        for (const { equation } of explanation.lines) {
          checkLatex(toLatex(equation), words === chinese);
          count += Number(checkLatexValue(equation));
        }
        expect(checkLatexValue(explanation.headline)).toBe(true);
        checkLatex(toLatex(explanation.symbol), false);
        checkLatex(explanationToLatex(explanation), words === chinese);
        checkLatex(explanationToLatex(explanation, { digits: 17 }), words === chinese);
      }
    }
    expect([...kinds].sort()).toEqual(
      ['bias', 'input', 'layer', 'loss', 'neuron', 'neuronBatch', 'weight'].sort(),
    );
    expect(count).toBeGreaterThan(2000);
  });

  it('holds for tiny and huge numbers, which are powers of ten', () => {
    let powers = 0;
    for (const size of [1e-7, 1e7])
      for (const facts of factsOf(network(2, [dense(2, 'tanh'), dense(2, 'linear')]), size))
        for (const { equation } of explain(facts, profileOf('ng'), english).lines) {
          checkLatexValue(equation);
          powers += Number(toLatex(equation).includes('\\times 10^{'));
        }
    expect(powers).toBeGreaterThan(20);
  });

  it('finds a wrong formula, a wrong brace and raw mathematics', () => {
    const wrong: Equation = {
      left: symbol('C'),
      forms: [sum(number(1), { type: 'rest', count: 2, sum: 0.25, label: '2 more' })],
      value: 1.26,
    };
    expect(() => checkLatexValue(wrong)).toThrow();
    expect(checkLatexValue({ ...wrong, value: 1.25 })).toBe(true);
    expect(computeLatex('-\\frac{3 \\times 10^{-2}}{2} \\cdot (-4)^{2}')).toBe(-0.24);
    expect(() => computeLatex('1 / 2')).toThrow();
    for (const text of ['{', '}', '\\left(', '\\left{\\right}', '\\begin{cases}', '{$}'])
      expect(() => checkBalance(text), text).toThrow();
    for (const text of ['δ', 'a·b', '\\text{z₁}', '\\text{≤}'])
      expect(() => checkLatex(text, true), text).toThrow();
    expect(() => checkLatex('\\text{权}', false)).toThrow();
    checkLatex('\\text{权 \\{ ${\\delta}_{2}$}', true);
  });
});
