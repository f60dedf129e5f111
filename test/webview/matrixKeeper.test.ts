import { describe, expect, it } from 'vitest';
import type { MatrixPicture, MatrixRequest } from '../../src/protocol';
import { MatrixKeeper } from '../../webview/canvas/matrixKeeper';
import { ManualTimer } from './timer';

const requestOf = (layer: number): MatrixRequest => ({
  scope: { type: 'batch' },
  layer,
  quantity: 'weight',
  rows: [0, 1],
  columns: [0, 1],
  most: 1,
});
const pictureOf = (layer: number): MatrixPicture => ({
  layer,
  quantity: 'weight',
  rows: [0, 1],
  columns: [0, 1],
  height: 1,
  width: 1,
  values: new Float32Array([layer]),
  largest: layer,
  statistics: { count: 1, min: layer, max: layer, mean: layer, norm: layer },
});

/** A host that answers when told to, and a canvas that shows a layer. */
function setup() {
  const timer = new ManualTimer();
  const open: { resolve: (picture: MatrixPicture) => void; reject: (error: Error) => void }[] = [];
  const state = { layer: 0 as number | undefined, changes: 0, asked: 0 };
  const keeper = new MatrixKeeper<MatrixRequest, MatrixPicture>(
    () => {
      state.asked++;
      return new Promise((resolve, reject) => open.push({ resolve, reject }));
    },
    () => (state.layer === undefined ? undefined : requestOf(state.layer)),
    () => state.changes++,
    timer,
  );
  const answer = async (what: MatrixPicture | Error): Promise<void> => {
    const request = open.shift();
    if (what instanceof Error) request?.reject(what);
    else request?.resolve(what);
    await new Promise(resolve => setImmediate(resolve));
  };
  return { keeper, state, timer, answer };
}

describe('MatrixKeeper', () => {
  it('keeps the newest picture, and tells of it', async () => {
    const { keeper, state, answer } = setup();
    keeper.refresh();
    expect(keeper.picture).toBeUndefined();
    await answer(pictureOf(0));
    expect(keeper.picture?.layer).toBe(0);
    expect(state.changes).toBe(1);
    keeper.forget();
    expect(keeper.picture).toBeUndefined();
  });

  it('asks for nothing while nothing is in sight', () => {
    const { keeper, state } = setup();
    state.layer = undefined;
    keeper.refresh();
    expect(state.asked).toBe(0);
  });

  it('does not take the picture of a layer that is no longer shown', async () => {
    const { keeper, state, answer } = setup();
    keeper.refresh();
    state.layer = 1;
    await answer(pictureOf(0));
    expect(keeper.picture).toBeUndefined();
  });

  it('does not say why a layer that is no longer shown has no picture', async () => {
    const { keeper, state, answer } = setup();
    keeper.refresh();
    state.layer = 1;
    await answer(new Error('The engine is gone.'));
    expect(keeper.failure).toBeUndefined();
  });

  it('says why there is no new picture until there is one', async () => {
    const { keeper, timer, answer } = setup();
    keeper.refresh();
    await answer(pictureOf(0));
    keeper.refresh();
    timer.pass(100);
    await answer(new Error('The engine is gone.'));
    expect(keeper.failure).toBe('The engine is gone.');
    expect(keeper.picture?.layer).toBe(0);
    keeper.refresh();
    timer.pass(100);
    await answer(pictureOf(0));
    expect(keeper.failure).toBeUndefined();
  });
});
