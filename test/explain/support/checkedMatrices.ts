/** Steps of matrices whose numbers are computed anew. */
import { expect } from 'vitest';
import { evaluate } from '../../../src/explain/evaluate';
import type { MatrixStep } from '../../../src/explain/matrixCard';
import { madeOf, writtenOut } from '../../../src/explain/matrixEquation';
import { formatNumber } from '../../../src/explain/numbers';
import { toUnicode } from '../../../src/explain/unicode';
import * as elementary from '../../../src/math/functions';
import { largest } from './largest';
import { compute, meet } from './printed';
import { expectWithin } from './within';

/** Every cell of the left side, from the numbers of the right side: exactly, and as they are printed. */
export function checkStep({ equation: { left, right }, role }: MatrixStep): number {
  let count = 0;
  left.cells.forEach((values, row) =>
    values.forEach((value, column) => {
      const written = writtenOut(right, row, column);
      const scale = Math.max(Math.abs(value), largest(written));
      const what = (): string => `${role} ${toUnicode(written, { digits: 17 })} = ${value}`;
      expectWithin(evaluate(written, elementary), value, 1e-12 * scale, what);
      const printed = [compute(toUnicode(written)), compute(formatNumber(value))] as const;
      if (!meet(...printed, 1e-15)) expect.fail(`does not hold as it is printed: ${what()}`);
      if (madeOf(right, row, column).length === 0) expect.fail(`is made of nothing: ${what()}`);
      count += 1;
    }),
  );
  return count;
}
