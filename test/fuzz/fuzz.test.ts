/** A short run against every target; `npm run fuzz` is the long one. And the fuzzer itself: does it find what is wrong? */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fire, limitBroken } from './fire';
import type { Order } from './fire';
import { measured } from './gauge';
import { readOptions } from './options.mjs';
import { must } from './target';
import type { Target } from './target';
import { targets } from './targets';

/** Always the same, so that a failure is there again. */
const order: Order = { seed: 20_260_131, runs: 150, withExtremes: false, measures: false };

describe('nothing breaks a rule', () => {
  it.each(Object.keys(targets))('%s', async name => {
    const { tried, accepted, refused, failures } = await fire(targets[name], order);
    expect(failures.map(({ path, message }) => `${path} ${message}`)).toEqual([]);
    expect(tried).toBe(order.runs);
    // Both happen: inputs are neither all junk nor all sound.
    expect(Math.min(accepted, refused)).toBeGreaterThan(0);
  });
});

/** Judges lists of numbers. */
const planted = (judge: (input: readonly number[]) => void): Target => ({
  what: 'a planted bug',
  runs: 1,
  arbitrary: fc.array(fc.nat()),
  extremes: [{ name: 'a hundred zeros', make: () => Array<number>(100).fill(0) }],
  judge: input => {
    judge(input as readonly number[]);
    return 'accepted';
  },
  bytes: input => Uint8Array.from(input as readonly number[]),
});

describe('the fuzzer', () => {
  const long = planted(input => must(input.length < 5, () => 'five or more'));

  it('finds a bug, makes its input small, and finds it again by its path', async () => {
    const { failures } = await fire(long, order);
    expect(failures).toHaveLength(1);
    const [{ bytes, message, path }] = failures;
    expect([...bytes]).toEqual([0, 0, 0, 0, 0]);
    expect(message).toContain('five or more');
    const again = await fire(long, { ...order, path });
    expect(again.failures[0].bytes).toEqual(bytes);
    expect(again.failures[0].path).toBe(path);
  });

  it('tries the extremes, each by its name, and those behind one that was lost', async () => {
    const run = { ...order, runs: 0, withExtremes: true };
    const { failures, tried } = await fire(long, run);
    expect(failures).toMatchObject([{ extreme: 'a hundred zeros' }]);
    expect(tried).toBe(0);
    expect(await fire(long, { ...run, after: 'a hundred zeros' })).toMatchObject({ failures: [] });
  });

  it('calls too slow and too greedy what takes more than it may', () => {
    expect(limitBroken({ ms: 999, bytes: 1e6 }, 10)).toBeUndefined();
    expect(limitBroken({ ms: 1001, bytes: 1e6 }, 10)).toBe('It took 1001 ms; allowed are 1000');
    expect(limitBroken({ ms: 1, bytes: 3e8 }, 10)).toMatch(
      /^It allocated 3\d+ bytes for an input of 10;/,
    );
    expect(limitBroken({ ms: 1, bytes: 3e8 }, 5e6)).toBeUndefined();
    expect(limitBroken({ ms: 1, bytes: 2 ** 30 + 1 }, 1e9)).toMatch(/allowed are 1073741824$/);
  });

  it('counts the bytes of an input', async () => {
    let found = 0;
    const kept: unknown[] = [];
    const work = () => void kept.push(Array.from({ length: 1_000_000 }, (_, i) => i + 0.5));
    // Where something is collected meanwhile, less is seen.
    for (let i = 0; i < 20 && found < 4_000_000; i++)
      await measured(work, ({ bytes }) => (found = bytes));
    expect(found).toBeGreaterThan(4_000_000);
    expect(kept.length).toBeGreaterThan(0);
  });
});

describe('the command line', () => {
  const names = ['csv', 'idx'];

  it('takes targets, a seed, a number of inputs and a path', () => {
    expect(readOptions([], names, 7)).toEqual({ targets: names, seed: 7 });
    const args = ['--target', 'csv', '--seed', '3', '--runs', '0', '--path', '41:0'];
    expect(readOptions(args, names, 7)).toEqual({
      targets: ['csv'],
      seed: 3,
      runs: 0,
      path: '41:0',
    });
    expect(readOptions(['--target', 'idx,csv'], names, 7).targets).toEqual(['idx', 'csv']);
  });

  it.each([
    [['--target', 'png'], /some of csv, idx; found "png"/],
    [['--runs', '-1'], /argument is ambiguous|whole number/],
    [['--seed', '1.5'], /--seed takes a whole number from 0 to 2147483647, found "1.5"/],
    [['--path', '3'], /name it with --target/],
    [['--target', 'csv', '--path', 'x'], /numbers with colons/],
  ])('refuses %j', (args, message) => {
    expect(() => readOptions(args, names, 7)).toThrow(message);
  });
});
