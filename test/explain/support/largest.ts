import type { Expression } from '../../../src/explain/explanation';

/** The largest number that is printed: what rounding errors are measured against. */
export function largest(expression: Expression): number {
  let found = 0;
  const look = (part: object): void => {
    for (const [key, value] of Object.entries(part) as [string, unknown][]) {
      if (typeof value === 'object' && value !== null) look(value);
      else if (typeof value === 'number' && key !== 'count' && key !== 'digits')
        found = Math.max(found, Math.abs(value));
    }
  };
  look(expression);
  return found;
}
