import { describe, expect, it } from 'vitest';
import { Allowance } from '../../src/worker/allowance';
import { codecs } from '../../src/worker/codecs';
import { createSession } from '../../src/worker/session';
import { endless } from './support';

/** Milliseconds of looks in so many of a clock, each look as soon as it is allowed. */
function spent(cost: number, total: number): number {
  const allowance = new Allowance();
  let [now, sum] = [0, 0];
  while (now < total) {
    if (allowance.allows(now)) {
      now += cost;
      sum += cost;
      allowance.spend(cost, now);
    } else now += 1;
  }
  return sum;
}

describe('an allowance', () => {
  it('is a twentieth of the time', () => {
    for (const cost of [0.5, 3, 12, 40]) expect(spent(cost, 60_000) / 60_000).toBeCloseTo(0.05, 2);
  });

  it('lets every look come again after a second, however long it took', () => {
    const allowance = new Allowance();
    allowance.spend(3000, 3000);
    expect(allowance.allows(3990)).toBe(false);
    expect(allowance.allows(4000)).toBe(true);
  });

  it('saves up no more than a short look', () => {
    const allowance = new Allowance();
    expect(allowance.allows(1_000_000)).toBe(true);
    allowance.spend(15, 1_000_000);
    expect(allowance.allows(1_000_199)).toBe(false);
    expect(allowance.allows(1_000_200)).toBe(true);
  });
});

const SAMPLE = { type: 'sample', index: 0 } as const;

/** A session whose looks take long by its clock, and what it has answered so far. */
async function session() {
  let now = 0;
  const turns: (() => void)[] = [];
  const server = createSession(
    {
      codecs,
      now: () => (now += 4),
      later: (callback, milliseconds = 0) => {
        turns.push(() => {
          now += milliseconds;
          callback();
        });
      },
    },
    () => {},
  );
  await server.load({
    network: endless,
    files: {},
    keepParameters: false,
  });
  /** Turns of the session until a look is answered. */
  const turnsFor = async (look: unknown): Promise<number> => {
    let [made, isAnswered] = [0, false];
    void Promise.resolve(look).then(() => (isAnswered = true));
    for (;;) {
      await new Promise(resolve => setImmediate(resolve));
      if (isAnswered) return made;
      turns.shift()?.();
      made += 1;
    }
  };
  return { server, turnsFor };
}

describe('looks at a training', () => {
  it('are answered at once where they are new, and wait for their share where they refresh', async () => {
    const { server, turnsFor } = await session();
    await server.train({});
    expect(await turnsFor(server.view({ scope: SAMPLE }))).toBeLessThan(3);
    expect(await turnsFor(server.view({ scope: SAMPLE }))).toBeGreaterThan(5);
    expect(await turnsFor(server.inspect({ type: 'loss' }, SAMPLE))).toBeLessThan(3);
  });

  it('wait for nothing while training rests, or as soon as it does', async () => {
    const { server, turnsFor } = await session();
    for (let i = 0; i < 5; i++)
      expect(await turnsFor(server.view({ scope: SAMPLE }))).toBeLessThan(3);
    await server.train({});
    expect(await turnsFor(server.view({ scope: SAMPLE }))).toBeLessThan(3);
    const look = server.view({ scope: SAMPLE });
    const paused = server.pause();
    await turnsFor(paused);
    expect(await turnsFor(look)).toBeLessThan(3);
  });
});
