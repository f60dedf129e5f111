import { describe, expect, it } from 'vitest';
import type { WhatIf, WhatIfRequest } from '../../src/protocol';
import { WhatIfKeeper } from '../../webview/inspect/whatIfKeeper';
import { ManualTimer } from './timer';

const curveOf = (loss: number): WhatIf =>
  ({ from: -1, to: 1, changes: Float64Array.of(loss), at: undefined }) as unknown as WhatIf;

function setup() {
  const timer = new ManualTimer();
  const open: { resolve: (curve: WhatIf) => void; reject: (error: Error) => void }[] = [];
  const wanted = { from: -1, to: 1 } as WhatIfRequest;
  const state = { wanted: wanted as WhatIfRequest | undefined, changes: 0, asked: 0 };
  const keeper = new WhatIfKeeper(
    () => {
      state.asked += 1;
      return new Promise((resolve, reject) => open.push({ resolve, reject }));
    },
    () => state.wanted,
    () => state.changes++,
    timer,
  );
  const answer = async (what: WhatIf | Error): Promise<void> => {
    const request = open.shift();
    if (what instanceof Error) request?.reject(what);
    else request?.resolve(what);
    await new Promise(resolve => setImmediate(resolve));
  };
  return { keeper, timer, state, answer };
}

describe('the keeper of a curve', () => {
  it('asks once at a time and at most ten times a second', async () => {
    const { keeper, timer, state, answer } = setup();
    keeper.begin(false);
    keeper.refresh();
    keeper.refresh();
    expect(state.asked).toBe(1);
    await answer(curveOf(1));
    expect(keeper.curve?.changes[0]).toBe(1);
    timer.pass(99);
    expect(state.asked).toBe(1);
    timer.pass(1);
    expect(state.asked).toBe(2);
  });

  it('does not wait with another subject, and drops what was asked before', async () => {
    const { keeper, state, answer } = setup();
    keeper.begin(false);
    keeper.begin(false);
    expect(state.asked).toBe(2);
    await answer(curveOf(1));
    expect(keeper.curve).toBeUndefined();
    await answer(curveOf(2));
    expect(keeper.curve?.changes[0]).toBe(2);
    keeper.begin(true);
    expect(keeper.curve?.changes[0]).toBe(2);
    keeper.begin(false);
    expect(keeper.curve).toBeUndefined();
  });

  it('asks again when its question was given up, and says why else there is no curve', async () => {
    const { keeper, timer, state, answer } = setup();
    keeper.begin(false);
    await answer(Object.assign(new Error('given up'), { name: 'Cancelled' }));
    expect(keeper.failure).toBeUndefined();
    timer.pass(100);
    expect(state.asked).toBe(2);
    await answer(new Error('no such neuron'));
    expect(keeper.failure).toBe('no such neuron');
    timer.pass(100);
    keeper.refresh();
    await answer(curveOf(3));
    expect(keeper.failure).toBeUndefined();
  });

  it('leaves training alone for a while after a curve that took long', async () => {
    const { keeper, timer, state, answer } = setup();
    keeper.begin(false);
    timer.pass(1000);
    await answer(curveOf(1));
    keeper.refresh();
    timer.pass(3000);
    expect(state.asked).toBe(1);
    timer.pass(1000);
    expect(state.asked).toBe(2);
  });

  it('asks nothing while nothing is wanted', () => {
    const { keeper, state } = setup();
    state.wanted = undefined;
    keeper.begin(false);
    expect(state.asked).toBe(0);
  });
});
