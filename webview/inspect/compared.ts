/** Pinned cards beside each other: what of them is the same, and by how much they differ. Pure. */
import type { Facts, Target } from '../../src/engine/facts';
import type { Expression, Explanation, Line } from '../../src/explain/explanation';

/** What stands on a card. */
export interface Pinned {
  readonly target: Target;
  readonly explanation: Explanation;
  readonly facts?: Facts;
}

export interface Comparison {
  /** Lines whose number is the same on every card of this kind. */
  readonly same: ReadonlySet<Line>;
  /** This headline less that of the first card, which is `from`; undefined on the first, and where there is no finite number. */
  readonly difference: { readonly value: number; readonly from: Expression } | undefined;
  /** The others of its kind show their difference to this card. */
  readonly isFirst: boolean;
}

/** Weight with weight, hidden neuron with hidden neuron: only what answers the same question is compared. */
export function sameKind(a: Target, b: Target): boolean {
  if (a.type !== b.type) return false;
  if (a.type === 'loss' || b.type === 'loss') return true;
  return a.layer < 0 === b.layer < 0;
}

/** One for each card that has another of its kind beside it; `undefined` for a card that has none. */
export function compare(cards: readonly Pinned[]): readonly (Comparison | undefined)[] {
  return cards.map((card, i) => {
    const others = cards.filter(each => each !== card && sameKind(each.target, card.target));
    if (others.length === 0) return undefined;
    const [first] = cards;
    const asFirst = i > 0 && sameKind(first.target, card.target);
    return {
      same: new Set(card.explanation.lines.filter(line => isSame(line, card, others))),
      isFirst: i === 0,
      difference: asFirst ? difference(card.explanation, first.explanation) : undefined,
    };
  });
}

function difference(of: Explanation, first: Explanation): Comparison['difference'] {
  const value = of.headline.value - first.headline.value;
  return Number.isFinite(value) ? { value, from: first.headline.left } : undefined;
}

function isSame(line: Line, { explanation }: Pinned, others: readonly Pinned[]): boolean {
  const { value } = line.equation;
  if (value === undefined) return false;
  const place = placeOf(line, explanation);
  return others.every(other => {
    const beside = other.explanation.lines.find(each => placeOf(each, other.explanation) === place);
    return beside !== undefined && Object.is(beside.equation.value, value);
  });
}

/** A line is found again by what it says of the target, and by how many of that kind stand above it. */
function placeOf(line: Line, { lines }: Explanation): string {
  const alike = lines.filter(({ role, label }) => role === line.role && label === line.label);
  return `${line.role} ${line.label} ${alike.indexOf(line)}`;
}
