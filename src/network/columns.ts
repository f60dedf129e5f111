/** Which columns of a weight matrix stay when other values come in, and where new ones go. */
import type { Segment } from './wiring';

export interface ColumnChange {
  /** Columns that stay. */
  readonly kept: number;
  /** Indices of the columns that go, ascending. */
  readonly remove: readonly number[];
  /** New columns, before the column `at` of those that stay (their number: at the end). */
  readonly insert: readonly { readonly at: number; readonly count: number }[];
}

/**
 * Columns of values that still come in stay, in their order; a source that grows gets its new columns
 * behind its old ones, one that shrinks loses its last ones.
 */
export function columnChange(before: readonly Segment[], after: readonly Segment[]): ColumnChange {
  const remove: number[] = [];
  const insert: { at: number; count: number }[] = [];
  let column = 0;
  let kept = 0;
  const lose = (count: number): void => {
    for (let i = 0; i < count; i++) remove.push(column++);
  };
  const gain = (count: number): void => {
    const last = insert.at(-1);
    if (last?.at === kept) last.count += Math.max(count, 0);
    else if (count > 0) insert.push({ at: kept, count });
  };
  for (const [old, now] of aligned(before, after)) {
    const stay = old && now ? Math.min(old.size, now.size) : 0;
    column += stay;
    kept += stay;
    lose((old?.size ?? 0) - stay);
    gain((now?.size ?? 0) - stay);
  }
  return { kept, remove, insert };
}

type Pair = readonly [Segment | undefined, Segment | undefined];

/** Pairs of equal origin, as many as possible in one order (longest common subsequence), and the rest alone. */
function aligned(before: readonly Segment[], after: readonly Segment[]): readonly Pair[] {
  const lengths = commonLengths(before, after);
  const pairs: Pair[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [old, now] = [before.at(i), after.at(j)];
    const ended = i >= before.length || j >= after.length;
    if (!ended && old?.origin === now?.origin) {
      pairs.push([old, now]);
      i++;
      j++;
    } else if (j >= after.length || (!ended && lengths[i + 1][j] >= lengths[i][j + 1])) {
      pairs.push([before[i++], undefined]);
    } else pairs.push([undefined, after[j++]]);
  }
  return pairs;
}

/** Entry [i][j]: length of the longest common subsequence of `before` from i on and `after` from j on. */
function commonLengths(before: readonly Segment[], after: readonly Segment[]): number[][] {
  const lengths = Array.from({ length: before.length + 1 }, () =>
    new Array<number>(after.length + 1).fill(0),
  );
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      lengths[i][j] =
        before[i].origin === after[j].origin
          ? lengths[i + 1][j + 1] + 1
          : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  return lengths;
}
