/** Formulas on the page: MathML that may wrap at its equality signs, and, when long, between its terms. */
import { html, type TemplateResult } from 'lit';
import type { Equation, Expression, Rule } from '../../src/explain/explanation';
import { toMathML } from '../../src/explain/mathml';

const MATHML = 'http://www.w3.org/1998/Math/MathML';
const EQUALS = new Set(['=', '←']);
const BETWEEN_TERMS = new Set(['+', '−', '=', '←']);
/** Characters from which a step may be cut between its terms: the inspector's line holds about thirty. */
const LONG = 24;
/** Parentheses within which a step may still be cut; deeper ones hold what belongs together. */
const DEEP = 2;

/** An equation as a run of formulas, each beginning with its sign; browsers do not break MathML by themselves. */
export function formula(equation: Equation | Rule): TemplateResult {
  const steps = split(childrenOf(toMathML(equation)), EQUALS).flatMap(step =>
    textOf(step).length > LONG ? split(flatten(step), BETWEEN_TERMS) : [step],
  );
  return html`<span class="formula">${steps.map(mathOf)}</span>`;
}

export function symbol(expression: Expression): TemplateResult {
  return html`<span class="formula">${mathOf(childrenOf(toMathML(expression)))}</span>`;
}

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
