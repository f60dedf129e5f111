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

/** Every cell of the left side, from the numbers of the right side: exactly, and as they are printed. */
export function checkStep({ equation: { left, right }, role }: MatrixStep): number {
  let count = 0;
  left.cells.forEach((values, row) =>
    values.forEach((value, column) => {
      const written = writtenOut(right, row, column);
      const scale = Math.max(Math.abs(value), largest(written));
      const what = `${role} ${toUnicode(written, { digits: 17 })} = ${value}`;
      expect(Math.abs(evaluate(written, elementary) - value), what).toBeLessThanOrEqual(
        1e-12 * scale,
      );
      const printed = [compute(toUnicode(written)), compute(formatNumber(value))] as const;
      expect(meet(...printed, 1e-15), what).toBe(true);
      expect(madeOf(right, row, column).length).toBeGreaterThan(0);
      count += 1;
    }),
  );
  return count;
}
