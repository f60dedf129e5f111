/** How far results are: asked for while somebody waits, and only then. */
import { expect, it } from 'vitest';
import { ResultsProgress } from '../../../webview/results/progress';

/** A progress whose time and answers are in the hands of the test. */
function progress() {
  const waits: { milliseconds: number; end(): void }[] = [];
  const world = { waiting: true, parts: [] as (number | undefined | Error)[], changes: 0 };
  const own = new ResultsProgress(
    () => {
      const part = world.parts.shift();
      return part instanceof Error ? Promise.reject(part) : Promise.resolve(part);
    },
    () => world.waiting,
    () => (world.changes += 1),
    milliseconds => new Promise(resolve => waits.push({ milliseconds, end: resolve })),
  );
  const pass = async (): Promise<void> => {
    waits.at(-1)?.end();
    await new Promise(resolve => setImmediate(resolve));
  };
  return { own, world, waits, pass };
}

it('asks again and again, one question at a time, until nobody waits', async () => {
  const { own, world, waits, pass } = progress();
  world.parts = [0.25, undefined, new Error('gone'), 0.5];
  const end = own.follow();
  void own.follow();
  expect(waits).toHaveLength(1);
  const shown: (number | undefined)[] = [];
  for (let i = 0; i < 4; i++) {
    await pass();
    shown.push(own.part);
  }
  expect(shown).toEqual([0.25, 0.25, 0.25, 0.5]);
  world.waiting = false;
  await pass();
  await end;
  expect(own.part).toBeUndefined();
  expect(world.changes).toBe(5);
});

it('shows nothing of what is there soon', async () => {
  const { own, world, waits, pass } = progress();
  const end = own.follow();
  expect(waits[0].milliseconds).toBeGreaterThan(200);
  world.waiting = false;
  await pass();
  await end;
  expect(world.parts).toEqual([]);
  expect(own.part).toBeUndefined();
});
