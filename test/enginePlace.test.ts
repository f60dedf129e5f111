/** Where a network is trained: every answer, and the edges between them. */
import { describe, expect, it } from 'vitest';
import { choosePlace, LONG_STEP } from '../src/enginePlace';
import type { PlaceQuestion } from '../src/enginePlace';

const LONG = 10 * LONG_STEP;
const asked: PlaceQuestion = {
  setting: 'auto',
  milliseconds: LONG,
  precision: 'float32',
  fastMaths: false,
  now: 'thread',
  barred: undefined,
  isWide: () => Promise.resolve(true),
};
const narrow = { isWide: () => Promise.resolve(false) };
const failed = { type: 'failed', message: 'EAGAIN' } as const;

describe('choosePlace', () => {
  it.each<[Partial<PlaceQuestion>, string, string, string]>([
    // setting: auto
    [{ milliseconds: 0.1 }, 'thread', 'auto', 'short'],
    [{ milliseconds: 0 }, 'thread', 'auto', 'short'],
    [{}, 'process', 'auto', 'long'],
    [{ precision: 'float64' }, 'thread', 'auto', 'float64'],
    [narrow, 'thread', 'auto', 'narrow'],
    [{ barred: { type: 'nowhereElse' } }, 'thread', 'auto', 'nowhereElse'],
    [{ barred: { type: 'lostTwice' }, now: 'process' }, 'thread', 'auto', 'lostTwice'],
    [{ barred: failed }, 'thread', 'auto', 'failed'],
    // A short step is the reason whatever else speaks against a process.
    [{ milliseconds: 0.1, barred: failed }, 'thread', 'auto', 'short'],
    // the others do as they say
    [{ setting: 'thread' }, 'thread', 'auto', 'asked'],
    [{ setting: 'thread', now: 'process' }, 'thread', 'auto', 'asked'],
    [{ setting: 'reference' }, 'thread', 'reference', 'asked'],
    [{ setting: 'process', milliseconds: 0 }, 'process', 'auto', 'asked'],
    [{ setting: 'process', ...narrow }, 'process', 'auto', 'asked'],
    [{ setting: 'process', precision: 'float64' }, 'process', 'auto', 'asked'],
    [{ setting: 'process', barred: { type: 'lostTwice' } }, 'process', 'auto', 'asked'],
    [{ setting: 'process', barred: failed }, 'process', 'auto', 'asked'],
    [{ setting: 'process', barred: { type: 'nowhereElse' } }, 'thread', 'auto', 'nowhereElse'],
    [{ setting: 'reference', barred: { type: 'nowhereElse' } }, 'thread', 'reference', 'asked'],
    // fast maths changes the arithmetic, never the place
    [{ fastMaths: true }, 'process', 'fast', 'long'],
    [{ fastMaths: true, milliseconds: 0.1 }, 'thread', 'fast', 'short'],
    [{ fastMaths: true, setting: 'process' }, 'process', 'fast', 'asked'],
    [{ fastMaths: true, setting: 'reference' }, 'thread', 'reference', 'asked'],
  ])('%j: %s, %s, %s', async (change, place, engine, type) => {
    const choice = await choosePlace({ ...asked, ...change });
    expect(choice).toMatchObject({ place, engine, reason: { type } });
  });

  it('moves to a process at a quarter of a millisecond, and back at half of that', async () => {
    const path = [0.24, 0.25, 0.24, 0.125, 0.124, 0.125, 0.24, 0.26];
    let { now } = asked;
    const places: string[] = [];
    for (const milliseconds of path) {
      now = (await choosePlace({ ...asked, milliseconds, now })).place;
      places.push(now);
    }
    expect(places.map(place => place[0]).join('')).toBe('tppptttp');
  });

  it('asks what the runtime can do only where that decides', async () => {
    let times = 0;
    const isWide = () => Promise.resolve(++times > 0);
    for (const setting of ['thread', 'process', 'reference'] as const)
      await choosePlace({ ...asked, setting, isWide });
    await choosePlace({ ...asked, milliseconds: 0.1, isWide });
    await choosePlace({ ...asked, precision: 'float64', isWide });
    await choosePlace({ ...asked, precision: 'float64', isWide });
    await choosePlace({ ...asked, barred: failed, isWide });
    expect(times).toBe(0);
    await choosePlace({ ...asked, isWide });
    expect(times).toBe(1);
  });
});
