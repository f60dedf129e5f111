import { expect, it } from 'vitest';
import { asCells, asChecked, asRowsRequest } from '../../src/host/gradcheckChecks';

it('believes requests of results only in their shape', () => {
  const request = { order: 'error', start: 0, count: 50 } as const;
  expect(asRowsRequest({ ...request, doubtful: true, layer: 1, more: 'x' })).toEqual({
    ...request,
    doubtful: true,
    layer: 1,
  });
  expect(asRowsRequest({ ...request, doubtful: 'yes' })).toEqual(request);
  for (const wrong of [
    { order: 'size' },
    { start: -1 },
    { count: 0 },
    { count: 1001 },
    { layer: 0.5 },
    { order: 'constructor' },
  ])
    expect(() => asRowsRequest({ ...request, ...wrong })).toThrow();
  expect(() => asRowsRequest([])).toThrow(/object/);
  expect(asCells(64)).toBe(64);
  expect(() => asCells(257)).toThrow(/at most 256/);
  const bias = { type: 'bias', layer: 0, row: 2 } as const;
  expect(asChecked(bias)).toEqual(bias);
  expect(() => asChecked({ type: 'layer', layer: 0 })).toThrow(/a weight or a bias/);
});
