import { describe, expect, it } from 'vitest';
import type { MapRequest, NeuronMaps } from '../../../src/protocol';
import { COARSE, FINE, MapKeeper } from '../../../webview/predict/mapKeeper';
import { ManualTimer } from '../timer';

const WANTED = { neurons: [{ layer: 0, row: 0 }], from: [0], to: [1] };

function setup() {
  const timer = new ManualTimer();
  const open: {
    request: MapRequest;
    resolve: (map: NeuronMaps) => void;
    reject: (error: Error) => void;
  }[] = [];
  const state = { refines: true, changes: 0, wanted: WANTED as typeof WANTED | undefined };
  const keeper = new MapKeeper(
    request => new Promise((resolve, reject) => open.push({ request, resolve, reject })),
    () => state.wanted,
    () => state.refines,
    () => state.changes++,
    timer,
  );
  const answer = async (what: number | Error): Promise<void> => {
    const asked = open.shift();
    if (what instanceof Error) asked?.reject(what);
    else if (asked) asked.resolve({ ...asked.request, values: Float64Array.of(what), step: 0 });
    await new Promise(resolve => setImmediate(resolve));
  };
  return { keeper, timer, state, open, answer };
}

describe('the keeper of a map', () => {
  it('asks for a coarse one at once, then for the fine one', async () => {
    const { keeper, open, answer } = setup();
    keeper.begin(false);
    expect(open.map(({ request }) => request.cells)).toEqual([COARSE]);
    await answer(1);
    expect(keeper.map?.cells).toBe(COARSE);
    expect(open.map(({ request }) => request.cells)).toEqual([FINE]);
    await answer(2);
    expect(keeper.map?.cells).toBe(FINE);
    expect(open).toHaveLength(0);
  });

  it('stays coarse while training runs, five times a second at most', async () => {
    const { keeper, open, answer, timer, state } = setup();
    state.refines = false;
    keeper.begin(false);
    await answer(1);
    keeper.refresh();
    keeper.refresh();
    timer.pass(199);
    expect(open).toHaveLength(0);
    timer.pass(1);
    expect(open).toHaveLength(1);
    await answer(2);
    expect(keeper.map?.values[0]).toBe(2);
    expect(open).toHaveLength(0);
  });

  it('drops what belongs to another subject, and asks again for that one', async () => {
    const { keeper, open, answer } = setup();
    keeper.begin(false);
    keeper.begin(false);
    await answer(1);
    expect(keeper.map).toBeUndefined();
    expect(open).toHaveLength(1);
    await answer(2);
    expect(keeper.map?.values[0]).toBe(2);
  });

  it('asks again for what was given up, and says why something failed', async () => {
    const { keeper, open, answer, timer } = setup();
    keeper.begin(false);
    await answer(Object.assign(new Error('newer'), { name: 'Cancelled' }));
    timer.pass(200);
    expect([open.length, keeper.failure]).toEqual([1, undefined]);
    await answer(new Error('three inputs'));
    expect(keeper.failure).toBe('three inputs');
    keeper.begin(true);
    expect(keeper.failure).toBeUndefined();
  });

  it('asks for nothing where nothing is wanted', () => {
    const { keeper, open, state } = setup();
    state.wanted = undefined;
    keeper.begin(false);
    expect(open).toHaveLength(0);
  });
});
