/** Formulas on the page: MathML that may wrap at its equality signs, and, when long, between its terms. */
import { html, noChange, type TemplateResult } from 'lit';
import { Directive, directive, type ChildPart } from 'lit/directive.js';
import type { Equation, Expression, Rule } from '../../src/explain/explanation';
import { toMathML } from '../../src/explain/mathml';
import type { NumberStyle } from '../../src/explain/numbers';
import { retell } from './retell';
import { Slots } from './slots';

const MATHML = 'http://www.w3.org/1998/Math/MathML';
const EQUALS = new Set(['=', '←']);
const BETWEEN_TERMS = new Set(['+', '−', '=', '←']);
/** Numbers with all their digits fill a line each: a step is cut between its factors as well. */
const BETWEEN_FACTORS = new Set([...BETWEEN_TERMS, '·']);
/** Characters from which a step may be cut between its terms: the inspector's line holds about thirty. */
const LONG = 24;
/** Parentheses within which a step may still be cut; deeper ones hold what belongs together. */
const DEEP = 2;

/** An equation as a run of formulas, each beginning with its sign; browsers do not break MathML by themselves. */
export function formula(equation: Equation | Rule, style: NumberStyle = {}): TemplateResult {
  const cuts = style.digits === undefined ? BETWEEN_TERMS : BETWEEN_FACTORS;
  return html`<span class="formula">${kept(toMathML(equation, style), cuts)}</span>`;
}

export function symbol(expression: Expression): TemplateResult {
  return html`<span class="formula">${kept(toMathML(expression))}</span>`;
}

/** What says the same stays as it is; a step that only has other numbers keeps its elements. */
class Kept extends Directive {
  #markup = '';
  #cuts: ReadonlySet<string> | undefined;
  #shown: readonly Element[] = [];
  #slots: Slots | undefined;

  /** `cuts`: signs at which long steps may wrap; without it nothing wraps. */
  override render(markup: string, cuts?: ReadonlySet<string>): readonly Element[] {
    const row = childrenOf(markup);
    const steps = cuts ? split(row, EQUALS) : [row];
    this.#slots = new Slots(markup, cuts ? steps : [], LONG);
    return (cuts ? steps.flatMap(step => cutLong(step, cuts)) : steps).map(mathOf);
  }

  override update(_part: ChildPart, [markup, cuts]: Parameters<this['render']>): unknown {
    const isSame = markup === this.#markup;
    const areCutAlike = cuts === this.#cuts;
    this.#markup = markup;
    this.#cuts = cuts;
    if (areCutAlike && (isSame || this.#slots?.fill(markup))) return noChange;
    const shown = this.#shown;
    this.#shown = this.render(markup, cuts).map((next, i) =>
      i < shown.length && retell(shown[i], next) ? shown[i] : next,
    );
    this.#slots?.lieIn(this.#shown);
    return this.#shown;
  }
}

const kept = directive(Kept);

const cutLong = (step: readonly Element[], cuts: ReadonlySet<string>): Element[][] =>
  textOf(step).length > LONG ? split(flatten(step), cuts) : [[...step]];

/** What stands inside the outer row. `toMathML` escapes every text, so its markup is safe to parse. */
function childrenOf(markup: string): Element[] {
  const page = new DOMParser().parseFromString(markup, 'text/html');
  const row = page.body.firstElementChild?.firstElementChild;
  return row ? [...row.children] : [];
}

/** Groups of elements, cut before each operator in `signs`; not before the sign of a number. */
function split(elements: readonly Element[], signs: ReadonlySet<string>): Element[][] {
  const groups: Element[][] = [[]];
  let depth = 0;
  elements.forEach((element, i) => {
    const content = element.textContent ?? '';
    if (element.localName === 'mo' && content === '(') depth++;
    if (element.localName === 'mo' && content === ')') depth--;
    const isSign = element.localName === 'mo' && signs.has(content);
    if (i > 0 && isSign && depth <= DEEP && element.getAttribute('form') !== 'prefix')
      groups.push([]);
    groups[groups.length - 1].push(element);
  });
  return groups;
}

/**
 * Rows only group: what they hold can be cut anywhere between terms. The sign that a row begins with stays
 * the sign of a number when the row is gone.
 */
function flatten(step: readonly Element[]): Element[] {
  return step.flatMap(element => {
    if (element.localName !== 'mrow') return [element];
    const [first] = element.children;
    if (first?.localName === 'mo' && BETWEEN_TERMS.has(first.textContent ?? ''))
      first.setAttribute('form', 'prefix');
    return flatten([...element.children]);
  });
}

const textOf = (elements: readonly Element[]): string =>
  elements.map(element => element.textContent ?? '').join('');

function mathOf(elements: readonly Element[]): Element {
  const math = document.createElementNS(MATHML, 'math');
  const row = document.createElementNS(MATHML, 'mrow');
  // A leading operator would be set as a prefix, close to what follows; an empty row before it keeps it infix.
  if (elements[0]?.localName === 'mo') row.append(document.createElementNS(MATHML, 'mrow'));
  row.append(...elements);
  math.append(row);
  return math;
}
