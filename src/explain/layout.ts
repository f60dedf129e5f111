/**
 * From an expression to boxes: signs, brackets and rounding are decided here, once for every renderer.
 *
 * `linear` is for text, where a fraction is a/b and needs brackets that a drawn fraction does not.
 */
import type { Condition, Equation, Expression, Rule } from './explanation';
import { minusSign, printNumber, usualDigits } from './numbers';
import type { NumberStyle, PrintedNumber } from './numbers';

export type Box =
  | { readonly type: 'identifier'; readonly text: string }
  /** Unsigned. */
  | { readonly type: 'number'; readonly printed: PrintedNumber }
  /** The value that an equation ends with. */
  | { readonly type: 'result'; readonly content: Box }
  /** `infix` is set off by spaces; `dot` joins factors; `fence` and `prefix` stand close. */
  | {
      readonly type: 'operator';
      readonly text: string;
      readonly form: 'infix' | 'dot' | 'fence' | 'prefix' | 'separator';
    }
  /** Ordinary words inside a formula. */
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'row'; readonly items: readonly Box[] }
  | { readonly type: 'fraction'; readonly over: Box; readonly under: Box }
  | {
      readonly type: 'scripts';
      readonly base: Box;
      readonly sub?: string;
      /** Text of an index, or a box of an exponent. */
      readonly sup?: string | Box;
    }
  | { readonly type: 'cases'; readonly branches: readonly (readonly [Box, Box])[] };

export interface LayoutStyle extends NumberStyle {
  readonly linear: boolean;
}

/** How tightly an expression holds together: a looser one inside a tighter place needs brackets. */
const level = { loose: 0, sum: 1, sigma: 2, product: 3, fraction: 4, power: 5, atom: 6 } as const;

const infix = (text: string): Box => ({ type: 'operator', text, form: 'infix' });
const fence = (text: string): Box => ({ type: 'operator', text, form: 'fence' });
const dot: Box = { type: 'operator', text: '·', form: 'dot' };
const negativeSign: Box = { type: 'operator', text: minusSign, form: 'prefix' };
const sigma: Box = { type: 'operator', text: 'Σ', form: 'prefix' };
const row = (...items: readonly Box[]): Box => ({ type: 'row', items });
const bracketed = (box: Box): Box => row(fence('('), box, fence(')'));

/** An expression by itself: nothing stands before it. */
export function layoutExpression(expression: Expression, style: LayoutStyle): Box {
  return new Layout(style).leading(expression);
}

/** left = form = … = value, without repeating a form that looks like the one before. */
export function layoutEquation(equation: Equation | Rule, style: LayoutStyle): Box {
  const [first, ...others] = layoutSteps(equation, style);
  const equals = [equation.becomes ? '←' : '=', ...others.slice(1).map(() => '=')];
  return row(first, ...others.flatMap((box, index) => [infix(equals[index]), box]));
}

/** The boxes between the signs of equality: the left side, each form that differs, the value. */
export function layoutSteps(equation: Equation | Rule, style: LayoutStyle): readonly Box[] {
  const layout = new Layout(style);
  const steps = equation.forms.map(form => layout.leading(form));
  if (equation.value !== undefined) {
    const last = equation.forms[equation.forms.length - 1];
    if (last?.type === 'number') steps.pop();
    steps.push(layout.result(equation.value, equation.digits));
  }
  return [layout.leading(equation.left), ...steps.filter((box, i) => !sameBox(box, steps[i + 1]))];
}

/** z > 0 */
export function layoutCondition(condition: Condition, style: LayoutStyle): Box {
  const layout = new Layout(style);
  return row(
    layout.leading(condition.left),
    infix(condition.relation),
    layout.leading(condition.right),
  );
}

function sameBox(a: Box, b: Box | undefined): boolean {
  const plain = (box: Box) => JSON.stringify(box.type === 'result' ? box.content : box);
  return b !== undefined && plain(a) === plain(b);
}

function isNumber(expression: Expression, value: number): boolean {
  return expression.type === 'number' && expression.value === value;
}

type Marked = Extract<
  Expression,
  { type: 'transpose' | 'absolute' | 'norm' | 'bigSum' | 'rest' | 'cases' }
>;

class Layout {
  readonly #style: LayoutStyle;

  constructor(style: LayoutStyle) {
    this.#style = style;
  }

  /** Where nothing stands before it: a sign needs no brackets. */
  leading(expression: Expression): Box {
    return this.#box(expression, true);
  }

  result(value: number, digits?: number): Box {
    return { type: 'result', content: this.#number(value, digits) };
  }

  #box(expression: Expression, leading: boolean): Box {
    switch (expression.type) {
      case 'number':
        return this.#number(expression.value, expression.digits);
      case 'symbol':
        return this.#symbol(expression);
      case 'derivative':
        return this.#derivative(expression.of, expression.by);
      case 'sum':
        return row(...expression.terms.flatMap((term, index) => this.#term(term, index, leading)));
      case 'product':
        return this.#product(expression.factors, dot, leading);
      case 'hadamard':
        return this.#product(expression.factors, infix('⊙'), leading);
      case 'quotient':
        return this.#quotient(expression.numerator, expression.denominator);
      case 'power':
        return this.#power(expression.base, expression.exponent);
      case 'negate':
        return row(negativeSign, this.#within(expression.operand, level.product));
      case 'call':
        return this.#call(expression.name, expression.argument);
      case 'list':
        return this.#list(expression.items);
      default:
        return this.#marked(expression);
    }
  }

  /** Forms with marks of their own around or before their parts. */
  #marked(expression: Marked): Box {
    switch (expression.type) {
      case 'transpose':
        return {
          type: 'scripts',
          base: this.#within(expression.operand, level.atom, true),
          sup: 'T',
        };
      case 'absolute':
        return row(fence('|'), this.leading(expression.operand), fence('|'));
      case 'norm':
        return row(fence('‖'), this.leading(expression.operand), fence('‖'));
      case 'bigSum':
        return row(
          { type: 'scripts', base: sigma, sub: expression.index || undefined },
          { type: 'text', text: ' ' },
          this.#within(expression.body, level.product),
        );
      case 'rest':
        return bracketed(
          row({ type: 'text', text: `${expression.label}: ` }, this.#number(expression.sum)),
        );
      case 'cases':
        return {
          type: 'cases',
          branches: expression.branches.map(({ value, condition }) => [
            this.leading(value),
            layoutCondition(condition, this.#style),
          ]),
        };
    }
  }

  #level(expression: Expression): number {
    const { linear } = this.#style;
    switch (expression.type) {
      case 'number':
        return this.#numberLevel(expression.value);
      case 'sum':
      case 'negate':
        return level.sum;
      case 'bigSum':
        return level.sigma;
      case 'product':
      case 'hadamard':
        return level.product;
      case 'quotient':
      case 'derivative':
        return linear ? level.product : level.fraction;
      case 'power':
      case 'transpose':
        return level.power;
      case 'cases':
        return linear ? level.atom : level.loose;
      case 'list':
        return level.loose;
      default:
        return level.atom;
    }
  }

  #numberLevel(value: number): number {
    const { negative, exponent } = printNumber(value, this.#style);
    if (negative) return level.sum;
    return exponent === undefined ? level.atom : level.product;
  }

  /** In brackets when it is looser than its place. `script`: an index beside an exponent needs them too. */
  #within(expression: Expression, place: number, script = false): Box {
    const crowded = script && expression.type === 'symbol' && expression.superscript !== undefined;
    if (!crowded && this.#level(expression) >= place) return this.#box(expression, false);
    return bracketed(this.leading(expression));
  }

  #term(term: Expression, index: number, leading: boolean): readonly Box[] {
    if (index === 0)
      return [
        this.#level(term) < level.sum ? bracketed(this.leading(term)) : this.#box(term, leading),
      ];
    if (term.type === 'number' && printNumber(term.value, this.#style).negative)
      return [infix(minusSign), this.#number(-term.value, term.digits)];
    if (term.type === 'negate')
      return [infix(minusSign), this.#within(term.operand, level.product)];
    return [infix('+'), this.#within(term, level.sigma)];
  }

  /** Negative numbers stand in brackets, except at the very beginning. */
  #product(factors: readonly Expression[], sign: Box, leading: boolean): Box {
    const place = sign === dot ? level.product : level.fraction;
    const last = sign === dot ? level.sigma : place;
    const boxes = factors.map((factor, index) =>
      index === 0 && leading && factor.type === 'number' && factor.value < 0
        ? this.#number(factor.value, factor.digits)
        : this.#within(factor, index === factors.length - 1 ? last : place),
    );
    return row(...boxes.flatMap((box, index) => (index === 0 ? [box] : [sign, box])));
  }

  #quotient(numerator: Expression, denominator: Expression): Box {
    if (this.#style.linear && isNumber(numerator, 1) && isNumber(denominator, 2))
      return { type: 'number', printed: { negative: false, digits: '½' } };
    if (!this.#style.linear)
      return { type: 'fraction', over: this.leading(numerator), under: this.leading(denominator) };
    return row(
      this.#within(numerator, level.product),
      fence('/'),
      this.#within(denominator, level.fraction),
    );
  }

  #derivative(of: Expression, by: Expression): Box {
    const partial: Box = { type: 'operator', text: '∂', form: 'prefix' };
    const over = row(partial, this.#within(of, level.atom));
    const under = row(partial, this.#within(by, level.atom));
    return this.#style.linear ? row(over, fence('/'), under) : { type: 'fraction', over, under };
  }

  #power(base: Expression, exponent: Expression): Box {
    return {
      type: 'scripts',
      base: this.#within(base, level.atom, true),
      sup: this.leading(exponent),
    };
  }

  #symbol({ text, subscript, superscript, prime }: Extract<Expression, { type: 'symbol' }>): Box {
    const base: Box = { type: 'identifier', text: prime ? `${text}′` : text };
    if (subscript === undefined && superscript === undefined) return base;
    return { type: 'scripts', base, sub: subscript, sup: superscript };
  }

  /** f(x); a root without brackets where it covers one number or letter. */
  #call(name: Expression, argument: Expression): Box {
    const root = name.type === 'symbol' && name.text === '√';
    const inside = root ? this.#within(argument, level.atom) : bracketed(this.leading(argument));
    return row(this.#box(name, false), inside);
  }

  #list(items: readonly Expression[]): Box {
    const comma: Box = { type: 'operator', text: ',', form: 'separator' };
    return row(
      ...items.flatMap((item, index) =>
        index === 0 ? [this.leading(item)] : [comma, this.leading(item)],
      ),
    );
  }

  #number(value: number, atLeast = 0): Box {
    const digits = Math.max(this.#style.digits ?? usualDigits, atLeast);
    const printed = printNumber(value, { digits });
    const box: Box = { type: 'number', printed };
    return printed.negative ? row(negativeSign, box) : box;
  }
}
