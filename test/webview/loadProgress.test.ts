import { expect, it } from 'vitest';
import type { DesignerState } from '../../src/protocol';
import { initialState, reduce } from '../../webview/store';

const ready = (loadPart?: number) =>
  ({
    type: 'ready',
    state: {
      document: { issues: [] },
      gradcheck: { type: 'none' },
      loadPart,
    } as unknown as DesignerState,
  }) as const;

it('keeps how far the reading of data is, until it has ended', () => {
  const begun = reduce(initialState, { type: 'loadProgress', part: 0.25 });
  expect(begun.loadPart).toBe(0.25);
  expect(reduce(begun, { type: 'loadProgress', part: undefined }).loadPart).toBeUndefined();
});

it('takes it from a host that answers a page that has come back', () => {
  const begun = reduce(initialState, { type: 'loadProgress', part: 0.25 });
  expect(reduce(begun, ready(0.75)).loadPart).toBe(0.75);
  expect(reduce(begun, ready()).loadPart).toBeUndefined();
});
