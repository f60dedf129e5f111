/**
 * Each odd number has its answer, and every engine gives the same one: it is refused at its place, or the training stops
 * and says where, or it trains and all that is shown of it is finite. Those of IDX files are in test/data/idx.test.ts, of
 * files of weights in test/export/weightsFile.test.ts, overflows within a step in divergence.test.ts and overflow.test.ts.
 */
import { describe, expect, it } from 'vitest';
import { engines } from './engines';
import { answerOf } from './odd';
import { oddData } from './oddData';
import { oddSettings } from './oddSettings';

describe.each(engines)('$name', engine => {
  it.each([...oddSettings, ...oddData])('$name', ({ answer, odd }) => {
    const expected = typeof answer === 'string' ? answer : answer[engine.precision];
    const found = answerOf(odd, engine);
    // What overflows first depends on how a step is computed; that it stops, and writes nothing, does not.
    if (expected === 'stops')
      expect(found).toMatch(/^stops: \w+ of layer -?\d+ in epoch \d+(, warns: .*)?$/);
    else expect(found).toBe(expected);
  });
});
