/** What becomes of a gradient that is clipped, as formulas: in letters for the rule, with numbers for one parameter. */
import type { UpdateFacts } from '../engine/facts';
import type { Clip } from '../network/network';
import type { Context } from './context';
import type { Expression, Line, Rule } from './explanation';
import { call, norm, number, product, quotient, sum, symbol } from './expressions';
import type { Names } from './names';

/** Beside the norm in the divisor, as PyTorch has it. */
const EPSILON = 1e-6;

const g = symbol('g');

/** min(1, c / (‖g‖ + 10⁻⁶)) */
const factorOf = (limit: number, length: Expression): Expression =>
  call('min', number(1), quotient(number(limit), sum(length, number(EPSILON))));

/** max(−c, min(c, g)) */
const within = (limit: number, value: Expression): Expression =>
  call('max', number(-limit), call('min', number(limit), value));

/** The rules in letters: none where nothing is clipped. */
export function clipRules({ norm: longest, value: largest }: Clip, names: Names): readonly Rule[] {
  if (longest !== null)
    return [
      { left: names.clipFactor(), forms: [factorOf(longest, norm(g))] },
      { left: g, becomes: true, forms: [product(names.clipFactor(), g)] },
    ];
  return largest === null ? [] : [{ left: g, becomes: true, forms: [within(largest, g)] }];
}

/** The same with the numbers of a parameter; the gradient before that stands above them as g. */
export function clipLines(
  { clip, gradient, taken }: UpdateFacts,
  context: Context,
): readonly Line[] {
  if (!clip) return [];
  const rules = clipRules(clip, context.names);
  const numbers =
    clip.norm !== null
      ? [
          factorOf(clip.norm, number(clip.length ?? NaN)),
          product(number(clip.factor), number(gradient)),
        ]
      : [within(clip.value ?? Infinity, number(gradient))];
  return rules.map(({ left, becomes, forms }, index) => {
    const isFactor = index < rules.length - 1;
    const equation = {
      left,
      ...(becomes && { becomes }),
      forms: [...forms, numbers[index]],
      value: isFactor ? clip.factor : taken,
    };
    const { words } = context;
    return isFactor
      ? context.line('part', 'clipFactor', equation, words.clipLength)
      : context.line(
          'part',
          'clippedGradient',
          equation,
          gradient === taken ? words.notClipped : '',
        );
  });
}
