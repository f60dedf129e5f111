/** The places that a page looks from, and how it goes from one to another. */
import { describe, expect, it } from 'vitest';
import type { RunState, SnapshotList } from '../../src/protocol';
import { Past } from '../../webview/past/past';
import {
  atSnapshot,
  epochAt,
  nearestTo,
  nowIn,
  placeFor,
  placesOf,
  sameScope,
  shareOf,
} from '../../webview/past/places';
import { SPARK, sparkOf } from '../../webview/past/sparkPath';
import { placeWords } from '../../webview/past/words';
import { initialState, Store } from '../../webview/store';
import { ManualTimer } from './timer';

const listOf = (epochs: readonly number[], isPresent: boolean, firstId = 1): SnapshotList => ({
  ids: Float64Array.from(epochs, (_, i) => firstId + i),
  epochs: Float64Array.from(epochs),
  losses: Float64Array.from(epochs, epoch => 1 / (1 + epoch)),
  present: isPresent ? firstId + epochs.length - 1 : undefined,
});

const runAt = (epoch: number, phase: RunState['phase'] = 'paused'): RunState =>
  ({ epoch, loss: 0.5, phase }) as RunState;

describe('the places', () => {
  it('are the kept moments and now', () => {
    const places = placesOf(listOf([0, 2, 4], false), runAt(5));
    expect(places.map(({ snapshot, epoch }) => [snapshot, epoch])).toEqual([
      [1, 0],
      [2, 2],
      [3, 4],
      [undefined, 5],
    ]);
  });

  it('count the last kept moment and now once, where they are the same', () => {
    const places = placesOf(listOf([0, 2, 2.5], true), runAt(2));
    expect(places.map(({ snapshot, epoch }) => [snapshot, epoch])).toEqual([
      [1, 0],
      [2, 2],
      [undefined, 2.5],
    ]);
    expect(placesOf(listOf([0, 2], true), runAt(2, 'running'))).toHaveLength(3);
  });

  it('have now in the middle after the run was brought back', () => {
    const places = placesOf({ ...listOf([0, 2, 4], true), present: 2 }, runAt(2));
    expect(places.map(({ snapshot, epoch }) => [snapshot, epoch])).toEqual([
      [1, 0],
      [undefined, 2],
      [3, 4],
    ]);
    expect(nowIn(places)).toBe(1);
    expect(placeFor('Escape', 2, 3, nowIn(places))).toBe(1);
    expect(placeFor('End', 0, 3, nowIn(places))).toBe(2);
    expect(placeWords(places, 1)).toBe('now: epoch 2 · loss 0.5');
    expect(placeWords(places, 2)).toBe('epoch 4 of 4 · loss 0.2 — looking back');
  });

  it('are none before anything is known', () => {
    expect(placesOf(undefined, runAt(0))).toEqual([]);
    expect(placesOf(listOf([0], true), undefined)).toEqual([]);
  });

  it('lie along a line by their epochs', () => {
    const places = placesOf(listOf([0, 10, 100], true), runAt(100));
    expect([0, 1, 2].map(i => shareOf(places, i))).toEqual([0, 0.1, 1]);
    expect(epochAt(places, 0.1)).toBe(10);
    // A run that has gone on with another network: its curves begin before the first moment that is kept.
    const later = placesOf(listOf([60, 80], false), runAt(100));
    expect([0, 1, 2].map(i => shareOf(later, i, 0))).toEqual([0.6, 0.8, 1]);
    expect(epochAt(later, 0.6, 0)).toBe(60);
    expect([shareOf(later, 0, 70), shareOf(later, 1)]).toEqual([0, 0.5]);
    expect([-5, 4, 5, 6, 54, 56, 500].map(epoch => nearestTo(places, epoch))).toEqual([
      0, 0, 1, 1, 1, 2, 2,
    ]);
  });

  it('are gone through with keys, and never left', () => {
    const keys = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'Escape'];
    expect(keys.map(key => placeFor(key, 5, 101))).toEqual([4, 6, 6, 4, 0, 100, 100]);
    expect([placeFor('PageUp', 5, 101), placeFor('PageDown', 5, 101)]).toEqual([15, 0]);
    expect([placeFor('ArrowRight', 2, 3), placeFor('ArrowLeft', 0, 3)]).toEqual([2, 0]);
    expect(placeFor('x', 0, 3)).toBeUndefined();
  });

  it('are said with their epoch and their loss', () => {
    const places = placesOf(listOf([0, 40, 100], true), runAt(100));
    expect(placeWords(places, 1)).toBe('epoch 40 of 100 · loss 0.02439 — looking back');
    expect(placeWords(places, 2)).toBe('now: epoch 100 · loss 0.5');
    expect(placeWords([], 0)).toBe('');
  });

  it('are the same with the same samples at the same moment', () => {
    const first = { type: 'sample', index: 0 } as const;
    expect(sameScope(first, { index: 0, type: 'sample' })).toBe(true);
    expect(sameScope(first, { type: 'sample', index: 1 })).toBe(false);
    expect(sameScope(first, { ...first, snapshot: 0 })).toBe(false);
    expect(sameScope(first, { type: 'batch' })).toBe(false);
    expect(sameScope({ type: 'batch', snapshot: 2 }, { type: 'batch', snapshot: 2 })).toBe(true);
  });

  it('leave the samples as they are', () => {
    expect(atSnapshot({ type: 'sample', index: 3, snapshot: 9 }, undefined)).toEqual({
      type: 'sample',
      index: 3,
    });
    expect(atSnapshot({ type: 'batch' }, 4)).toEqual({ type: 'batch', snapshot: 4 });
  });
});

function setup(first: SnapshotList) {
  const store = new Store({ ...initialState, run: runAt(first.epochs.at(-1) ?? 0) });
  const timer = new ManualTimer();
  const world = { list: first, asked: 0, restored: [] as number[], refusal: '' };
  const past = new Past(
    store,
    {
      list: () => {
        world.asked += 1;
        return Promise.resolve(world.list);
      },
      restore: snapshot => {
        world.restored.push(snapshot);
        return world.refusal ? Promise.reject(new Error(world.refusal)) : Promise.resolve();
      },
      complain: message => store.dispatch({ type: 'notice', message }),
    },
    timer,
  );
  const answered = (): Promise<void> => new Promise(resolve => setImmediate(resolve));
  const scope = () => store.state.show.scope;
  return { past, store, timer, world, answered, scope };
}

describe('looking back', () => {
  it('asks for nothing while nobody listens, and twice a second at most', async () => {
    const { past, timer, world, answered } = setup(listOf([0, 1, 2], true));
    past.refresh();
    expect(world.asked).toBe(0);
    const end = past.onChange(() => {});
    await answered();
    for (let i = 0; i < 10; i++) past.refresh();
    expect(world.asked).toBe(1);
    timer.pass(500);
    await answered();
    expect(world.asked).toBe(2);
    end();
    past.refresh();
    timer.pass(5000);
    expect(world.asked).toBe(2);
  });

  it('goes to a moment, to the nearest of an epoch, and back', async () => {
    const { past, answered, scope } = setup(listOf([0, 10, 20], true));
    past.onChange(() => {});
    await answered();
    past.go(1);
    expect(scope()).toEqual({ type: 'sample', index: 0, snapshot: 2 });
    expect([past.isBack, past.index, past.place?.epoch]).toEqual([true, 1, 10]);
    past.goToEpoch(3);
    expect(past.index).toBe(0);
    past.go(2);
    expect(scope()).toEqual({ type: 'sample', index: 0 });
    expect([past.isBack, past.index, past.place]).toEqual([false, 2, undefined]);
  });

  it('goes to the nearest moment when its own is not kept any more', async () => {
    const { past, timer, world, answered, scope } = setup(listOf([0, 1, 2, 3, 4], true));
    past.onChange(() => {});
    await answered();
    past.go(3);
    world.list = { ...listOf([0, 2, 4], true), ids: Float64Array.of(1, 3, 5), present: 5 };
    past.refresh();
    timer.pass(500);
    await answered();
    expect(scope().snapshot).toBeUndefined();
    past.go(1);
    world.list = { ...listOf([0, 4, 8], false), ids: Float64Array.of(1, 5, 9) };
    past.refresh();
    timer.pass(500);
    await answered();
    expect(scope().snapshot).toBe(5);
  });

  it('has no places once the run begins anew, until they are told', async () => {
    const { past, store, timer, answered } = setup(listOf([0, 10, 20], true));
    past.onChange(() => {});
    await answered();
    past.forget();
    expect(store.state.quiet).toBeUndefined();
    expect(past.places).toEqual([]);
    past.refresh();
    timer.pass(500);
    await answered();
    expect(past.places).toHaveLength(3);
  });

  it('does not take the places of the run before for those of the new one', async () => {
    const { past, answered } = setup(listOf([0, 10, 20], true));
    let told = 0;
    past.onChange(() => (told += 1));
    past.forget();
    await answered();
    expect([past.places, told]).toEqual([[], 0]);
  });

  it('ends, and says so, while it looks back', async () => {
    const { past, store, answered, scope } = setup(listOf([0, 10, 20], true));
    past.onChange(() => {});
    await answered();
    past.go(0);
    expect(scope().snapshot).toBe(1);
    past.forget();
    expect(scope().snapshot).toBeUndefined();
    expect(past.places).toEqual([]);
    expect(store.state.quiet?.words).toBe('The run begins anew: back to now.');
  });

  it('restores what is looked at, and is back at now; or says why not', async () => {
    const { past, store, world, answered, scope } = setup(listOf([0, 10, 20], true));
    past.onChange(() => {});
    await answered();
    await past.restore();
    expect(world.restored).toEqual([]);
    past.go(1);
    world.refusal = 'The file is read-only.';
    await past.restore();
    expect(store.state.notice).toBe('The file is read-only.');
    expect(scope().snapshot).toBe(2);
    world.refusal = '';
    await past.restore();
    expect(world.restored).toEqual([2, 2]);
    expect(scope().snapshot).toBeUndefined();
    expect(store.state.quiet?.words).toContain('Restored epoch 10');
  });
});

describe('a small line of a history', () => {
  it('fills its height, with its ends and with 0 where it lies within', () => {
    const { path, low, high, zero, point } = sparkOf([0, 1, 4], [-1, 3, 1]);
    expect([low, high]).toEqual([-1, 3]);
    // Within 3 pixels of the edge: 0 stands at three quarters, epoch 1 at a quarter of the width.
    const inner = SPARK.height - 6;
    expect(zero).toBeCloseTo(3 + 0.75 * inner, 10);
    expect(point(1)).toEqual({ x: 3 + (SPARK.width - 6) / 4, y: 3 });
    expect(path).toBe(
      `M3 ${3 + inner}L${3 + (SPARK.width - 6) / 4} 3L${SPARK.width - 3} ${3 + inner / 2}`,
    );
  });

  it('lies in the middle where nothing changes, and breaks where there is no number', () => {
    expect(sparkOf([0, 1], [2, 2]).path).toBe(`M3 10L${SPARK.width - 3} 10`);
    expect(sparkOf([0, 1, 2, 3], [1, NaN, 2, 3]).path).toMatch(/^M[\d. ]+M[\d. ]+L[\d. ]+$/);
    expect(sparkOf([0, 1], [2, 3]).zero).toBeUndefined();
  });
});
