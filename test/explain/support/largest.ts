import type { Expression } from '../../../src/explain/explanation';

/** The largest number that is printed: what rounding errors are measured against. */
export function largest(expression: Expression): number {
  let found = 0;
  JSON.stringify(expression, (key, value: unknown) => {
    if (typeof value === 'number' && key !== 'count' && key !== 'digits')
      found = Math.max(found, Math.abs(value));
    return value;
  });
  return found;
}
