/** Verdicts as numbers. */
import type { Verdict } from '../gradcheck';

/** By code; 0 has not been checked. Of several, the one that most should be looked at has the largest code. */
export const VERDICTS: readonly (Verdict | undefined)[] = [
  undefined,
  'tiny',
  'ok',
  'flat',
  'kink',
  'look',
  'fail',
];
