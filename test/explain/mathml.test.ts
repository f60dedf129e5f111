import { describe, expect, it } from 'vitest';
import { explain } from '../../src/explain/explain';
import type { Expression } from '../../src/explain/explanation';
import { explainSetting } from '../../src/explain/explainSetting';
import {
  call,
  number,
  product,
  quotient,
  square,
  sum,
  symbol,
} from '../../src/explain/expressions';
import { toMathML } from '../../src/explain/mathml';
import { availableNotations, profileOf } from '../../src/explain/notation';
import { english } from '../../src/explain/words.en';
import type { ActivationName, LossName } from '../../src/network/network';
import { dense, network, randomDataset } from '../engine/networks';
import { allFacts, batchScope, randomParameters, sampleScope } from './support/inspected';

/** Number of children that an element must have; undefined: any. */
const allowed: Readonly<Record<string, number | undefined>> = {
  math: undefined,
  mrow: undefined,
  mi: undefined,
  mn: undefined,
  mo: undefined,
  mtext: undefined,
  msub: 2,
  msup: 2,
  msubsup: 3,
  mfrac: 2,
  msqrt: undefined,
  mtable: undefined,
  mtr: undefined,
  mtd: undefined,
};

/** Throws unless the markup is well-formed and uses nothing but MathML Core without styles. */
function checkMarkup(markup: string): void {
  const open: { name: string; children: number }[] = [];
  let at = 0;
  for (const match of markup.matchAll(/<(\/?)([a-z]+)((?: [a-z]+="[^"<>&]*")*)>/g)) {
    checkText(markup.slice(at, match.index));
    at = match.index + match[0].length;
    const [, closing, name, attributes] = match;
    if (!(name in allowed)) throw new Error(`<${name}> is not allowed`);
    if (!/^(?: (?:class|display)="[^"]*")*$/.test(attributes)) throw new Error(attributes);
    if (closing === '') {
      if (open.length > 0) open[open.length - 1].children += 1;
      open.push({ name, children: 0 });
      continue;
    }
    const last = open.pop();
    if (last?.name !== name) throw new Error(`</${name}> closes <${last?.name}>`);
    const expected = allowed[name];
    if (expected !== undefined && last.children !== expected)
      throw new Error(`<${name}> has ${last.children} children, not ${expected}`);
  }
  checkText(markup.slice(at));
  if (open.length > 0) throw new Error(`<${open[0].name}> is not closed`);
}

function checkText(text: string): void {
  if (/[<>]|&(?!#\d+;)/.test(text)) throw new Error(`“${text}” is not escaped`);
}

describe('MathML', () => {
  it('is well-formed for every explanation and setting', () => {
    let count = 0;
    const check = (lines: ReturnType<typeof explain>['lines']) => {
      for (const { equation } of lines) {
        checkMarkup(toMathML(equation));
        checkMarkup(toMathML(equation, { digits: 17, block: true }));
        count += 1;
      }
    };
    const of = network(3, [dense(15, 'gelu'), dense(2, 'softmax')], {
      regularization: { l1: 0.1, l2: 0.1 },
    });
    for (const name of availableNotations()) {
      const profile = profileOf(name);
      for (const scope of [sampleScope, batchScope])
        for (const facts of allFacts(of, randomDataset(9, 3, 2), randomParameters(of, 1), scope)) {
          const { headline, symbol: own, lines } = explain(facts, profile, english);
          checkMarkup(toMathML(headline));
          checkMarkup(toMathML(own));
          check(lines);
        }
      for (const activation of Object.keys(english.activations) as ActivationName[])
        check(explainSetting({ type: 'activation', activation }, profile, english).lines);
      for (const type of Object.keys(english.losses) as LossName[]) {
        const loss = { type, half: true, reduction: 'meanAll' as const };
        check(explainSetting({ type: 'loss', loss }, profile, english).lines);
      }
    }
    expect(count).toBeGreaterThan(200);
  });

  it('the check itself finds faults', () => {
    for (const wrong of [
      '<math><mrow></math>',
      '<math><script></script></math>',
      '<math><mi>a<b</mi></math>',
      '<math><mi>a & b</mi></math>',
      '<math><mi style="color:red">a</mi></math>',
      '<math><msub><mi>a</mi></msub></math>',
    ])
      expect(() => checkMarkup(wrong), wrong).toThrow();
  });

  it('prints signs, fractions, powers of ten and the result', () => {
    const formula = {
      left: symbol('w', '24', '3'),
      forms: [product(number(0.5), number(-7.25e-9))],
      value: -3.625e-9,
    };
    expect(toMathML(formula)).toBe(
      '<math><mrow>' +
        '<msubsup><mi>w</mi><mn>24</mn><mn>3</mn></msubsup><mo>=</mo>' +
        '<mrow><mn>0.5</mn><mo>·</mo><mrow><mo>(</mo><mrow><mo>−</mo>' +
        '<mrow><mn>7.25</mn><mo>×</mo><msup><mn>10</mn><mrow><mo>−</mo><mn>9</mn></mrow></msup></mrow>' +
        '</mrow><mo>)</mo></mrow></mrow><mo>=</mo><mrow class="result"><mrow><mo>−</mo><mrow>' +
        '<mn>3.625</mn><mo>×</mo><msup><mn>10</mn><mrow><mo>−</mo><mn>9</mn></mrow></msup></mrow></mrow></mrow>' +
        '</mrow></math>',
    );
    expect(toMathML(quotient(number(1), sum(number(1), symbol('z'))))).toBe(
      '<math><mrow><mfrac><mn>1</mn><mrow><mn>1</mn><mo>+</mo><mi>z</mi></mrow></mfrac></mrow></math>',
    );
    expect(toMathML(square(symbol('a', '1', '2')))).toBe(
      '<math><mrow><msup><mrow><mo>(</mo><msubsup><mi>a</mi><mn>1</mn><mn>2</mn></msubsup><mo>)</mo></mrow>' +
        '<mn>2</mn></msup></mrow></math>',
    );
  });

  it('draws roots over what they cover, without its brackets', () => {
    expect(toMathML(call('√', symbol('s')))).toBe(
      '<math><mrow><msqrt><mi>s</mi></msqrt></mrow></math>',
    );
    expect(toMathML(quotient(number(1), call('√', sum(symbol('v'), number(2)))))).toBe(
      '<math><mrow><mfrac><mn>1</mn>' +
        '<msqrt><mrow><mi>v</mi><mo>+</mo><mn>2</mn></mrow></msqrt></mfrac></mrow></math>',
    );
  });

  it('escapes every text', () => {
    const evil = '</mi><script>alert("1")</script>&amp;\'';
    const expressions: Expression[] = [
      symbol(evil, evil, evil),
      call(evil, symbol(evil)),
      { type: 'rest', count: 1, sum: 2, label: evil },
      { type: 'bigSum', index: evil, body: symbol('a') },
    ];
    for (const expression of expressions) {
      const markup = toMathML(expression);
      checkMarkup(markup);
      expect(markup).not.toContain('<script');
    }
  });
});
