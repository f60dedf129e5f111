/** How a parameter and its gradient went over the kept snapshots: in slices, remembered, and left out where it takes long. */
import { describe, expect, it } from 'vitest';
import type { Scope } from '../../src/engine/facts';
import { createInspector } from '../../src/engine/inspect';
import { KeptSnapshots, snapshotList, type KeptSnapshot } from '../../src/engine/keptSnapshots';
import { startClock } from '../../src/engine/optimizers';
import {
  evenly,
  MOST_POINTS,
  MOST_WORK,
  ParameterHistories,
  type HistoryRequest,
} from '../../src/engine/parameterHistory';
import { dense, network, randomDataset } from './networks';

const net = network(2, [dense(3, 'tanh'), dense(1, 'linear')]);
const data = randomDataset(300, 2, 1);
const COUNT = 13;
const BATCH: Scope = { type: 'batch' };
const SAMPLE: Scope = { type: 'sample', index: 4 };
const optimizer = { moments: [], clock: startClock() };

/** Every snapshot has parameters of its own. */
const snapshots = (count: number): readonly KeptSnapshot[] =>
  Array.from({ length: count }, (_, i) => ({
    ...{ id: 10 + i, at: i / 2, loss: 1 / (i + 1), optimizer },
    position: { epoch: i, step: 3 * i },
    parameters: Float64Array.from({ length: COUNT }, (_, k) => Math.sin(i + k)),
  }));

const weight = (scope: Scope, column = 1): HistoryRequest => {
  return { target: { type: 'weight', layer: 0, row: 2, column }, scope };
};
/** Place of the weight [2][1] of the first layer, which has two columns. */
const PLACE = 5;

const gradientsOf = (kept: readonly KeptSnapshot[], scope: Scope): number[] =>
  kept.map(({ parameters }) => createInspector(net, data).gradientAt(parameters, scope, PLACE));

/** How often `expired` was asked in a slice, and whether the job was done then. */
const slice = (job: { run: (expired: () => boolean) => boolean }, answer: boolean) => {
  let asked = 0;
  const done = job.run(() => {
    asked += 1;
    return answer;
  });
  return { done, asked };
};

describe('the history of a weight', () => {
  it.each([BATCH, SAMPLE])('has its values and gradients at every snapshot: %j', scope => {
    const kept = snapshots(5);
    const request = weight(scope);
    const job = new ParameterHistories(net, data, COUNT).job(kept, request, PLACE);
    expect(job.result().gradients).toEqual(new Float64Array(5).fill(NaN));
    expect(job.run(() => false)).toBe(true);
    expect(job.result()).toEqual({
      request,
      ids: Float64Array.of(10, 11, 12, 13, 14),
      epochs: Float64Array.of(0, 0.5, 1, 1.5, 2),
      values: Float64Array.from(kept, ({ parameters }) => parameters[PLACE]),
      gradients: Float64Array.from(gradientsOf(kept, scope)),
    });
  });

  it('gives way behind each snapshot, also in the middle of its samples, but not behind the last', () => {
    const kept = snapshots(3);
    const histories = new ParameterHistories(net, data, COUNT);
    const ofSample = histories.job(kept, weight(SAMPLE), PLACE);
    expect([1, 2, 3].map(() => slice(ofSample, true).done)).toEqual([false, false, true]);
    const ofBatch = histories.job(kept, weight(BATCH), PLACE);
    let slices = 1;
    // Three tiles of samples a snapshot.
    while (!slice(ofBatch, true).done) slices += 1;
    expect(slices).toBe(9);
    expect([...(ofBatch.result().gradients ?? [])]).toEqual(gradientsOf(kept, BATCH));
    expect([...(ofSample.result().gradients ?? [])]).toEqual(gradientsOf(kept, SAMPLE));
  });

  it('computes no gradient twice, whatever snapshot is looked at meanwhile', () => {
    const kept = snapshots(6);
    const histories = new ParameterHistories(net, data, COUNT);
    histories.job(kept.slice(0, 4), weight(SAMPLE), PLACE).run(() => false);
    const again = { ...weight(SAMPLE), scope: { ...SAMPLE, snapshot: 12 } };
    const job = histories.job(kept, again, PLACE);
    expect(slice(job, false)).toEqual({ done: true, asked: 2 });
    expect(job.result().request).toBe(again);
    expect([...(job.result().gradients ?? [])]).toEqual(gradientsOf(kept, SAMPLE));
  });

  it('keeps apart parameters and scopes, and remembers the eight that were asked for last', () => {
    const kept = snapshots(4);
    const histories = new ParameterHistories(net, data, COUNT);
    const asked = (request: HistoryRequest): number =>
      slice(histories.job(kept, request, PLACE), false).asked;
    const samples = Array.from({ length: 8 }, (_, index) => weight({ type: 'sample', index }));
    expect(samples.map(asked)).toEqual(Array(8).fill(4));
    expect(samples.map(asked)).toEqual(Array(8).fill(0));
    // The first is asked for again, so that the second is the oldest when a ninth comes.
    expect([samples[0], weight(SAMPLE, 0), samples[0], samples[2]].map(asked)).toEqual([
      0, 4, 0, 0,
    ]);
    expect(asked(samples[1])).toBe(4);
  });

  it('has no gradients where they would take long, or without samples', () => {
    const kept = snapshots(2);
    const most = MOST_WORK / (300 * 2);
    const gradients = (parameters: number, scope: Scope, of = data) => {
      const job = new ParameterHistories(net, of, parameters).job(kept, weight(scope), PLACE);
      const { gradients: found, values } = job.result();
      expect(values).toHaveLength(2);
      if (!found) expect(slice(job, true)).toEqual({ done: true, asked: 0 });
      return found !== undefined;
    };
    expect([most, most + 1].map(count => gradients(Math.floor(count), BATCH))).toEqual([
      true,
      false,
    ]);
    expect([300 * most, 300 * most + 1].map(count => gradients(count, SAMPLE))).toEqual([
      true,
      false,
    ]);
    const none = { ...data, samples: 0, training: new Uint32Array(0) };
    expect(gradients(COUNT, BATCH, none)).toBe(false);
  });
});

it('the points of a history are the first, the last, and as many between as fit', () => {
  const chosen = (count: number, most?: number): readonly number[] =>
    evenly(
      Array.from({ length: count }, (_, i) => i),
      most,
    );
  expect(chosen(0)).toEqual([]);
  expect(chosen(1)).toEqual([0]);
  expect(chosen(5, 6)).toEqual([0, 1, 2, 3, 4]);
  expect(chosen(6, 6)).toEqual([0, 2, 4, 5]);
  expect(chosen(11, 6)).toEqual([0, 4, 8, 10]);
  expect(chosen(9, 6)).toEqual([0, 2, 4, 6, 8]);
  expect(chosen(MOST_POINTS - 1)).toHaveLength(MOST_POINTS - 1);
});

describe('kept snapshots', () => {
  const snapshot = (at: number, parameters = Float64Array.of(at, 1)) => ({
    ...{ at, parameters, optimizer, loss: 2 * at },
    position: { epoch: at, step: at },
  });
  const filled = (count: number, ...bounds: ConstructorParameters<typeof KeptSnapshots>) => {
    const kept = new KeptSnapshots(...bounds);
    for (let at = 0; at < count; at++) kept.keep(snapshot(at));
    return kept;
  };
  const places = (kept: KeptSnapshots): number[] => kept.all.map(({ at }) => at);

  it('are found by their parameters, the last of those that are equal, and by their number', () => {
    const kept = filled(3);
    kept.keep(snapshot(3, Float64Array.of(1, 1)));
    expect(kept.find(Float64Array.of(1, 1))).toBe(kept.all[3]);
    expect(kept.find(Float64Array.of(2, 1))).toBe(kept.all[2]);
    expect(kept.find(Float64Array.of(2, -1))).toBeUndefined();
    expect(kept.look(2)).toBe(kept.all[1]);
    expect(kept.look(9)).toBeUndefined();
  });

  it('want the next one where there is none, and where the distance has passed', () => {
    expect(new KeptSnapshots().next).toBe(-Infinity);
    expect(new KeptSnapshots().wants(-1e9)).toBe(true);
    expect(new KeptSnapshots().last).toBeUndefined();
    const kept = filled(5, 4);
    expect(places(kept)).toEqual([0, 2, 4]);
    expect([kept.next, kept.wants(5.9), kept.wants(6)]).toEqual([
      expect.closeTo(6, 6),
      false,
      true,
    ]);
    kept.keep(snapshot(5));
    expect([kept.next, kept.last?.at]).toEqual([expect.closeTo(6, 6), 5]);
    kept.keep(snapshot(5.5));
    expect(places(kept)).toEqual([0, 2, 4, 5.5]);
  });

  it('make room when the run goes another way', () => {
    // Five of sixteen bytes each.
    const kept = filled(5, 512, 80);
    expect(places(kept)).toEqual([0, 1, 2, 3, 4]);
    kept.dropAfter(1);
    for (const at of [2, 3, 4]) kept.keep(snapshot(at));
    expect(places(kept)).toEqual([0, 1, 2, 3, 4]);
    kept.keep(snapshot(5));
    expect(places(kept)).toEqual([0, 2, 4, 5]);
  });

  it('go on elsewhere as they were, with numbers that were given to none of both', () => {
    const [kept, other] = [filled(9, 4), filled(2, 4)];
    other.look(1);
    other.take(kept.state);
    expect(other.state).toEqual(kept.state);
    expect(other.next).toBe(kept.next);
    for (const each of [kept, other]) for (let at = 9; at < 30; at++) each.keep(snapshot(at));
    expect(other.state).toEqual(kept.state);
    const later = filled(40);
    later.take({ ...other.state, lastId: 3 });
    later.keep(snapshot(99));
    expect(later.last?.id).toBe(41);
  });

  it('have the room of those that were taken over', () => {
    const [kept, other] = [filled(5, 512, 80), new KeptSnapshots(512, 80)];
    other.take(kept.state);
    other.keep(snapshot(5));
    expect(places(other)).toEqual([0, 2, 4, 5]);
    other.clear();
    for (let at = 0; at < 5; at++) other.keep(snapshot(at));
    expect(places(other)).toEqual([0, 1, 2, 3, 4]);
  });

  it('are told to a page as columns', () => {
    const kept = filled(3);
    expect(snapshotList(kept.all, 2)).toEqual({
      ids: Float64Array.of(1, 2, 3),
      epochs: Float64Array.of(0, 1, 2),
      losses: Float64Array.of(0, 2, 4),
      present: 2,
    });
  });
});
