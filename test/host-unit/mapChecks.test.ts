import { describe, expect, it } from 'vitest';
import { asMapRequest, asPointsRequest, asPredictInputs } from '../../src/host/mapChecks';

const map = { neurons: [{ layer: -1, row: 0 }], from: [0, -1], to: [1, 1], cells: 32 };

describe('what a page asks of maps and predictions', () => {
  it('passes on with its shape', () => {
    expect(asMapRequest({ ...map, more: 1 })).toEqual(map);
    expect(asMapRequest({ ...map, snapshot: 3 })).toEqual({ ...map, snapshot: 3 });
    expect(asPointsRequest({ most: 2000 })).toEqual({ most: 2000 });
    expect(asPointsRequest({ sample: 0 })).toEqual({ sample: 0 });
    expect(asPredictInputs([[1, 2.5]])).toEqual([[1, 2.5]]);
  });

  it.each([
    [() => asMapRequest({ ...map, neurons: [{ layer: -2, row: 0 }] }), 'layer'],
    [() => asMapRequest({ ...map, from: [NaN, 0] }), 'from'],
    [() => asMapRequest({ ...map, cells: 1.5 }), 'cells'],
    [() => asMapRequest({ ...map, snapshot: -1 }), 'snapshot'],
    [() => asPointsRequest({ most: 2001 }), 'most'],
    [() => asPointsRequest({ sample: -1 }), 'sample'],
    [() => asPredictInputs([['1']]), 'row'],
    [() => asPredictInputs([[Infinity]]), 'row'],
    [() => asPredictInputs(Array(1001).fill([0])), 'at most 1000 rows'],
    [() => asPredictInputs({}), 'inputs'],
  ])('is refused where it is not usable (%#)', (check, words) => {
    expect(check).toThrow(words);
  });
});
