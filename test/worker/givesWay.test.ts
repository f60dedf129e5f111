/** Training that goes on, and somebody who begins to look meanwhile. */
import { expect, it } from 'vitest';
import type { Target } from '../../src/engine/facts';
import { codecs } from '../../src/worker/codecs';
import { createSession } from '../../src/worker/session';
import { endless as network } from './support';

const weight = (column: number): Target => ({ type: 'weight', layer: 0, row: 0, column });

/** A session that trains; its clock moves a little with each look, and a rest takes the time that it says. */
async function training() {
  let time = 0;
  const rests: number[] = [];
  const turns: (() => void)[] = [];
  const session = createSession(
    {
      codecs,
      now: () => (time += 0.5),
      later: (callback, milliseconds = 0) => {
        // A look that waits for its share asks again and again; training goes on meanwhile.
        if (milliseconds > 5) rests.push(milliseconds);
        turns.push(() => {
          time += milliseconds;
          callback();
        });
      },
    },
    () => {},
  );
  await session.load({ network, files: {}, keepParameters: false });
  await session.train({});
  /** How long training has rested in the four turns after somebody has looked at these, one after another. */
  const restsFor = async (...targets: Target[]): Promise<number[]> => {
    rests.length = 0;
    for (const target of targets) void session.inspect(target, { type: 'sample', index: 0 });
    for (let turn = 0; turn < 4; turn++) {
      await new Promise(resolve => setImmediate(resolve));
      turns.shift()?.();
    }
    return [...rests];
  };
  return { restsFor, wait: (milliseconds: number) => (time += milliseconds) };
}

it('training leaves the processor for a moment to the answer about what is new', async () => {
  const { restsFor } = await training();
  expect(await restsFor()).toEqual([]);
  const rests = await restsFor(weight(0));
  expect(rests).toHaveLength(1);
  expect(rests[0]).toBeLessThanOrEqual(50);
  expect(rests[0]).toBeGreaterThan(25);
});

it('numbers that refresh cost training no rest, until nobody has looked for a while', async () => {
  const { restsFor, wait } = await training();
  await restsFor(weight(0));
  wait(400);
  expect(await restsFor(weight(0))).toEqual([]);
  wait(400);
  expect(await restsFor(weight(0), weight(0))).toEqual([]);
  wait(1100);
  expect(await restsFor(weight(0))).toHaveLength(1);
});

it('however fast the pointer moves, training keeps most of the time', async () => {
  const { restsFor, wait } = await training();
  expect(await restsFor(weight(0), weight(1), { type: 'loss' })).toHaveLength(1);
  wait(20);
  expect(await restsFor({ type: 'bias', layer: 0, row: 0 })).toEqual([]);
  wait(150);
  expect(await restsFor({ type: 'layer', layer: 0 })).toHaveLength(1);
});
