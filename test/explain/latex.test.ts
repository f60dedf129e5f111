/** LaTeX: the reference network, settings, single forms and hostile names. */
import { describe, expect, it } from 'vitest';
import { explain } from '../../src/explain/explain';
import type { Explanation, Expression, Line } from '../../src/explain/explanation';
import { explainSetting } from '../../src/explain/explainSetting';
import {
  absolute,
  call,
  norm,
  number,
  product,
  quotient,
  square,
  sum,
  symbol,
} from '../../src/explain/expressions';
import { explanationToLatex, toLatex } from '../../src/explain/latex';
import { escapeLatex } from '../../src/explain/latexText';
import { availableNotations, profileOf } from '../../src/explain/notation';
import { chinese } from '../../src/explain/words.zh';
import { english } from '../../src/explain/words.en';
import type { Target } from '../../src/engine/facts';
import type { ActivationName, LossName, NotationName, Optimizer } from '../../src/network/network';
import { STEADY, trainingOf } from '../engine/networks';
import { referenceFacts } from './support/inspected';
import { checkBalance, checkLatex, withoutWords } from './support/checkedLatex';

function explained(target: Target, name: NotationName = 'nielsen'): Explanation {
  const facts = referenceFacts(target);
  return explain(facts, profileOf(name), english);
}

const weight = { type: 'weight', layer: 1, row: 0, column: 0 } as const;

describe('the reference network', () => {
  it('∂C/∂w in every notation', () => {
    const headlines = availableNotations().map(name => toLatex(explained(weight, name).headline));
    expect(headlines).toMatchInlineSnapshot(`
      [
        "\\frac{\\partial C}{\\partial w_{11}^{3}} = a_{1}^{2} \\cdot \\delta_{1}^{3} = 0.5498 \\cdot (-0.1379) = -0.07581",
        "\\frac{\\partial J}{\\partial\\Theta_{11}^{(2)}} = a_{1}^{(2)} \\cdot \\delta_{1}^{(3)} = 0.5498 \\cdot (-0.1379) = -0.07581",
        "\\frac{\\partial C}{\\partial w_{00}^{2}} = a_{10} \\cdot \\frac{\\partial C}{\\partial z_{20}} = 0.5498 \\cdot (-0.1379) = -0.07581",
        "\\frac{\\partial E}{\\partial w_{84}} = -a_{4} \\cdot \\delta_{8} = -0.5498 \\cdot 0.1379 = -0.07581",
        "\\frac{\\partial J}{\\partial w_{211}} = H_{11} \\cdot \\delta_{21} = 0.5498 \\cdot (-0.1379) = -0.07581",
        "\\frac{\\partial\\mathrm{loss}}{\\partial\\mathrm{weight}_{100}} = \\mathrm{out}_{00} \\cdot \\mathrm{error}_{10} = 0.5498 \\cdot (-0.1379) = -0.07581",
      ]
    `);
  });

  it('whole explanations', () => {
    expect(explanationToLatex(explained(weight, 'zybuluo'))).toMatchInlineSnapshot(`
      "\\begin{alignat*}{2}
      & \\text{value} \\quad & w_{84} &= 0.1 \\\\
      & \\text{gradient} \\quad & \\frac{\\partial E}{\\partial w_{84}} &= -a_{4} \\cdot \\delta_{8} = -0.5498 \\cdot 0.1379 = -0.07581 \\qquad \\text{(4.12) \${\\cdot}$ rank 10 of 26 by size} \\\\
      & \\text{error term} \\quad & \\delta_{8} &= 0.1379 \\\\
      & \\text{source activation} \\quad & a_{4} &= 0.5498 \\qquad \\text{known from the forward pass} \\\\
      & \\text{update} \\quad & w_{84} &\\leftarrow w_{84} + \\eta \\cdot \\delta_{8} \\cdot a_{4} = 0.1 + 0.5 \\cdot 0.1379 \\cdot 0.5498 = 0.1379 \\qquad \\text{if the batch were only this sample}
      \\end{alignat*}"
    `);
    expect(explanationToLatex(explained({ type: 'neuron', layer: 0, row: 0 })))
      .toMatchInlineSnapshot(`
      "\\begin{alignat*}{2}
      & \\text{weighted input} \\quad & z_{1}^{2} &= w_{11}^{2} \\cdot a_{1}^{1} + w_{12}^{2} \\cdot a_{2}^{1} + w_{13}^{2} \\cdot a_{3}^{1} + b_{1}^{2} \\\\
      & & &= 0.05 \\cdot 1 + 0 \\cdot 0.5 + (-0.05) \\cdot (-1) + 0.1 \\\\
      & & &= 0.2 \\\\
      & \\text{activation} \\quad & a_{1}^{2} &= \\sigma(z_{1}^{2}) = \\frac{1}{1 + e^{-z_{1}^{2}}} = \\frac{1}{1 + e^{-0.2}} = 0.5498 \\\\
      & \\text{slope} \\quad & \\sigma'(z_{1}^{2}) &= a_{1}^{2} \\cdot (1 - a_{1}^{2}) = 0.5498 \\cdot (1 - 0.5498) = 0.2475 \\\\
      & \\text{effect on the loss} \\quad & \\frac{\\partial C}{\\partial a_{1}^{2}} &= w_{11}^{3} \\cdot \\delta_{1}^{3} + w_{21}^{3} \\cdot \\delta_{2}^{3} = 0.1 \\cdot (-0.1379) + 0.3 \\cdot 0.145 = 0.02973 \\\\
      & \\text{error term} \\quad & \\delta_{1}^{2} &= \\left(\\sum_{k} w_{k1}^{3} \\cdot \\delta_{k}^{3}\\right) \\cdot \\sigma'(z_{1}^{2}) \\\\
      & & &= (0.1 \\cdot (-0.1379) + 0.3 \\cdot 0.145) \\cdot 0.2475 \\\\
      & & &= 0.02973 \\cdot 0.2475 \\\\
      & & &= 0.007358 \\qquad \\text{BP2}
      \\end{alignat*}"
    `);
    expect(explanationToLatex(explained({ type: 'layer', layer: 0 }, 'triple')))
      .toMatchInlineSnapshot(`
        "\\begin{alignat*}{2}
        & \\text{forward} \\quad & z_{1} &= x \\cdot {w_{1}}^{\\mathsf{T}} + b_{1} \\qquad \\text{w$_{1}$: 4 \${\\times}$ 3} \\\\
        & \\text{activation} \\quad & H_{1} &= \\sigma(z_{1}) \\\\
        & \\text{backward} \\quad & \\delta_{1} &= (\\delta_{2} \\cdot w_{2}) \\odot \\sigma'(z_{1}) \\\\
        & \\text{weight gradients} \\quad & \\frac{\\partial J_{s}}{\\partial w_{1}} &= {\\delta_{1}}^{\\mathsf{T}} \\cdot x \\\\
        & \\text{bias gradients} \\quad & \\frac{\\partial J_{s}}{\\partial b_{1}} &= \\delta_{1} \\\\
        & \\text{norm of weights} \\quad & \\lVert w_{1} \\rVert &= 0.6633 \\\\
        & \\text{norm of gradients} \\quad & \\left\\lVert \\frac{\\partial J}{\\partial w_{1}}\\right\\rVert &= 0.02048 \\\\
        & \\text{norm of update} \\quad & \\lVert \\Delta w_{1} \\rVert &= 0.01024 \\qquad \\text{if the batch were only this sample} \\\\
        & \\text{update to weights} \\quad & \\frac{\\lVert \\Delta w_{1} \\rVert}{\\lVert w_{1} \\rVert} &= \\frac{0.01024}{0.6633} = 0.01544 \\\\
        & \\text{norm of biases} \\quad & \\lVert b_{1} \\rVert &= 0.5477 \\\\
        & \\text{norm of bias gradients} \\quad & \\left\\lVert \\frac{\\partial J}{\\partial b_{1}}\\right\\rVert &= 0.01365 \\\\
        & \\text{norm of error terms} \\quad & \\lVert \\delta_{1} \\rVert &= 0.01365 \\\\
        & \\text{min activation} \\quad & \\min(H_{1}) &= 0.5498 \\\\
        & \\text{mean activation} \\quad & \\mathrm{mean}(H_{1}) &= 0.604 \\\\
        & \\text{max activation} \\quad & \\max(H_{1}) &= 0.657
        \\end{alignat*}"
      `);
    expect(explanationToLatex(explained({ type: 'loss' }), { digits: 17 })).toMatchInlineSnapshot(`
      "\\begin{alignat*}{2}
      & \\text{loss} \\quad & C &= \\frac{1}{2} \\cdot \\sum_{k} (a_{k}^{3} - y_{k})^{2} \\\\
      & & &= 0.15645553242416194 + 0.1856448415973343 \\\\
      & & &= 0.34210037402149623 \\\\
      & \\text{share of the loss} \\quad & C_{1} &= \\frac{1}{2} \\cdot (a_{1}^{3} - y_{1})^{2} \\\\
      & & &= \\frac{1}{2} \\cdot (0.44061545887616466 - 1)^{2} \\\\
      & & &= 0.15645553242416194 \\\\
      & \\text{share of the loss} \\quad & C_{2} &= \\frac{1}{2} \\cdot (a_{2}^{3} - y_{2})^{2} = \\frac{1}{2} \\cdot (0.609335443901525 - 0)^{2} = 0.1856448415973343
      \\end{alignat*}"
    `);
  });
});

describe('settings', () => {
  it('writes settings: rules with cases, roots and helper functions', () => {
    const check = (lines: readonly Line[], isChinese: boolean) => {
      for (const { equation } of lines) checkLatex(toLatex(equation), isChinese);
    };
    for (const name of availableNotations())
      for (const words of [english, chinese]) {
        const profile = profileOf(name);
        const card = (setting: Parameters<typeof explainSetting>[0]) =>
          check(explainSetting(setting, profile, words).lines, words === chinese);
        for (const activation of Object.keys(words.activations) as ActivationName[])
          card({ type: 'activation', activation });
        for (const type of Object.keys(words.losses) as LossName[])
          card({ type: 'loss', loss: { type, half: true, reduction: 'meanAll' } });
        for (const type of ['sgd', 'rmsprop', 'adagrad', 'adam', 'adamw'] as Optimizer['type'][])
          card({ type: 'learningRate', training: trainingOf({ type, momentum: 0.9 }) });
        for (const type of ['constant', 'step', 'exponential', 'cosine'] as const) {
          const schedule = { ...STEADY.schedule, type, minimum: 0.01, warmUp: 4 };
          const clip = { norm: type === 'step' ? null : 2, value: type === 'step' ? 0.5 : null };
          card({ type: 'learningRate', training: trainingOf({}, { schedule, clip }) });
        }
      }
  });
});

describe('single forms', () => {
  it.each<[Expression, string]>([
    [square(symbol('a', '1', '2')), '(a_{1}^{2})^{2}'],
    [quotient(number(1), sum(number(1), symbol('z'))), '\\frac{1}{1 + z}'],
    [product(number(0.5), number(-7.25e-9)), '0.5 \\cdot (-7.25 \\times 10^{-9})'],
    [call('√', product(number(2), symbol('π'))), '\\sqrt{2 \\cdot \\pi}'],
    [call('√', symbol('s')), '\\sqrt{s}'],
    [call('√', quotient(symbol('s'), number(2))), '\\sqrt{\\frac{s}{2}}'],
    [absolute(quotient(symbol('a'), number(2))), '\\left\\lvert \\frac{a}{2}\\right\\rvert'],
    [norm(symbol('w', undefined, '3')), '\\lVert w^{3} \\rVert'],
    [number(Infinity), '\\infty'],
    [number(-Infinity), '-\\infty'],
    [number(NaN), '\\mathrm{NaN}'],
    [{ type: 'transpose', operand: symbol('w', '4') }, '{w_{4}}^{\\mathsf{T}}'],
    [{ type: 'transpose', operand: symbol('w', '4', '2') }, '(w_{4}^{2})^{\\mathsf{T}}'],
    [{ type: 'symbol', text: 'f', subscript: '1', prime: true }, "{f'}_{1}"],
    [{ type: 'hadamard', factors: [symbol('a'), symbol('δ')] }, 'a \\odot \\delta'],
    [{ type: 'derivative', of: symbol('C'), by: symbol('w') }, '\\frac{\\partial C}{\\partial w}'],
    [symbol('Δw', '1'), '\\Delta w_{1}'],
    [symbol('Δweight', '1…3'), '\\Delta\\mathrm{weight}_{1\\ldots3}'],
  ])('%j', (expression, text) => {
    expect(toLatex(expression)).toBe(text);
    checkBalance(text);
  });
});

describe('names of files, classes and layers', () => {
  const evil = '\\input{x}$^#_%~&\n\n\\end{alignat*}{{}} \u202e"<|>';

  it('stay text', () => {
    const expressions: Expression[] = [
      symbol(evil, evil, evil),
      { type: 'symbol', text: evil, prime: true },
      call(evil, symbol(evil)),
      { type: 'rest', count: 1, sum: 2, label: evil },
      { type: 'bigSum', index: evil, body: symbol('a') },
    ];
    for (const expression of expressions) {
      const text = toLatex(expression);
      checkLatex(text, false);
      expect(text).not.toMatch(/\\(?:input|end)(?![a-z])/);
    }
  });

  it('also in labels and notes of a block', () => {
    const equation = { left: symbol('w'), forms: [], value: 1 };
    const lines: Line[] = [{ role: 'value', label: evil, equation, note: evil }];
    const text = explanationToLatex({ words: evil, lines, cautions: [evil] });
    checkLatex(text, false);
    expect(text.split('\n')).toHaveLength(3);
    expect(text.match(/\\end/g)).toHaveLength(1);
    expect(text.match(/(?<!\\)&/g)).toHaveLength(3);
    expect(withoutWords(text)).not.toMatch(/(?<!\\)[%#$~]/);
  });

  it('are printed as they are written', () => {
    expect(escapeLatex('\\{}$&#^_%~')).toBe(
      '\\textbackslash{}\\{\\}\\$\\&\\#\\textasciicircum{}\\_\\%\\textasciitilde{}',
    );
    expect(escapeLatex('z₁² > 0, δ ≤ −1')).toBe(
      'z$_{1}^{2}$ \\textgreater{} 0, ${\\delta}$ ${\\leq}$ ${-}$1',
    );
    expect(escapeLatex('}$²')).toBe('\\}\\$$^{2}$');
  });

  it('a card without lines is no block', () => {
    expect(explanationToLatex({ words: 'w', lines: [], cautions: [] })).toBe('');
  });
});
