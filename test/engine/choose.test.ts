/** Which module computes a network, by how many threads, and why: where nothing is missing. `fallback.test.ts` takes things away. */
import { afterAll, describe, expect, it } from 'vitest';
import { chooseBackend, chooseByMeasuring } from '../../src/engine/wasm/choose';
import { chooseThreads, useHelpers, type ThreadsChoice } from '../../src/engine/wasm/threads';
import { computesRight, contender } from '../../src/engine/wasm/trial';
import type { ThreadsRequest } from '../../src/engine/engineReport';
import type { Network } from '../../src/network/network';
import { inferShapes } from '../../src/network/shapes';
import { allowRelaxed, backendOf, inPrecision } from './engines';
import { dense, network } from './networks';

const single = inPrecision(network(2, [dense(3, 'tanh'), dense(1, 'linear')]), 'float32');
const NAMES = ['plain-4x8', 'plain-4x16', 'relaxed-4x8', 'relaxed-4x16'] as const;

describe('the trial', () => {
  it.each(NAMES)('%s computes right', name => {
    expect(computesRight(backendOf(name))).toBe(true);
  });

  it('shows what computes something else', () => {
    const plain = backendOf('plain-4x8');
    const { module, sharingModule } = backendOf('plain-4x16');
    // Panels of eight neurons, and a module that takes them for sixteen.
    expect(computesRight({ ...plain, module, sharingModule })).toBe(false);
  });

  it('takes the fastest of the steps that a contender has made', () => {
    let now = 0;
    const times = [10, 14, 20, 23, 30, 39];
    const one = contender(backendOf('plain-4x8'), () => times[now++]);
    expect(one.best).toBe(Infinity);
    const before = one.parameters();
    const bests = [1, 2, 3].map(() => {
      one.step();
      return one.best;
    });
    expect([bests, now]).toEqual([[4, 3, 3], 6]);
    expect(one.parameters()).not.toEqual(before);
  });

  it('of both blocks makes the same bits', () => {
    const both = (['plain-4x8', 'plain-4x16'] as const).map(name =>
      contender(backendOf(name), () => 0),
    );
    for (const one of both) for (let i = 0; i < 3; i++) one.step();
    expect(both[0].parameters()).toEqual(both[1].parameters());
  });
});

describe('the module', () => {
  /** A clock on which each block has its own speed: steps of the wide one and of the narrow one take turns. */
  const measure = (large: number, small: number): void => {
    let [time, calls] = [0, 0];
    chooseByMeasuring(() => {
      time += [0, large, 0, small][calls++ % 4];
      return time;
    });
  };
  // As it is where nobody measures.
  afterAll(() => measure(1, 1));

  it('is the reference where that is asked for, or in float64', () => {
    const reference = (reason: string) => ({
      ...{ backend: undefined, report: { backend: 'reference', reason } },
    });
    expect(chooseBackend(single, 'reference')).toEqual(reference('it was asked for'));
    for (const asked of ['auto', 'fast'] as const)
      expect(chooseBackend(inPrecision(single, 'float64'), asked)).toEqual(
        reference('float64 is computed in TypeScript'),
      );
  });

  it.each([
    [1, 2, 'plain-4x16', 256],
    [2, 1, 'plain-4x8', 128],
    [1, 1, 'plain-4x8', 128],
  ] as const)('of blocks that take %d and %d is %s', (large, small, name, bits) => {
    measure(large, small);
    const report = { backend: `wasm ${name}`, reason: `vectors of ${bits} bits` };
    expect(chooseBackend(single)).toEqual({ backend: backendOf(name), report });
    // What is known is not measured again.
    expect(chooseBackend(single, 'auto').backend).toBe(backendOf(name));
  });

  it('has fused products where that is asked for', () => {
    allowRelaxed();
    measure(1, 2);
    expect(chooseBackend(single, 'fast')).toEqual({
      backend: backendOf('relaxed-4x16'),
      report: { backend: 'wasm relaxed-4x16', reason: 'vectors of 256 bits' },
    });
    expect(chooseBackend(single, 'auto').backend?.name).toBe('plain-4x16');
  });
});

describe('threads', () => {
  // A step of 64 samples: 2 · 2 · 64 · (1024 · 1025) operations are some 10 ms.
  const large = network(1024, [dense(1024, 'tanh')], { training: { batchSize: 64 } });
  const middle = network(256, [dense(256, 'tanh')], { training: { batchSize: 128 } });
  const small = network(4, [dense(4, 'tanh')]);
  const choose = (net: Network, asked: ThreadsRequest, parallelism?: number): ThreadsChoice => {
    const start = () => () => undefined;
    useHelpers(parallelism === undefined ? undefined : { parallelism, start });
    return chooseThreads(net, inferShapes(net), 1000, asked);
  };
  afterAll(() => useHelpers(undefined));
  const HALF = (all: number): string => `of ${all} that the machine has, half for the rest of it`;
  const LONG = (all: number): string => `of ${all} that the machine has, for long steps`;

  it.each<[string, Network, ThreadsRequest, number | undefined, number, string]>([
    ['one is asked for', large, 1, 8, 1, 'as asked for'],
    ['one is asked for where there is no other', large, 1, undefined, 1, 'as asked for'],
    ['there are none', large, 'all', undefined, 1, 'there are no other threads here'],
    ['the network is small', small, 3, 8, 1, 'the network is too small for more'],
    ['three are asked for', middle, 3, 1, 3, 'as asked for'],
    ['too many are asked for', large, 99, 4, 8, 'as asked for'],
    ['there is one processor', large, 'auto', 1, 1, 'the machine has one processor'],
    ['all of one are asked for', large, 'all', 1, 1, 'the machine has one processor'],
    ['there are two processors', large, 'auto', 2, 1, HALF(2)],
    ['there are three', large, 'auto', 3, 1, HALF(3)],
    ['there are four', large, 'auto', 4, 2, LONG(4)],
    ['all of two are asked for', large, 'all', 2, 2, LONG(2)],
    ['there are many', large, 'auto', 32, 4, LONG(32)],
    ['all of many are asked for', large, 'all', 32, 4, LONG(32)],
    // 128 samples of 65,792 parameters: 1.35 ms, half a millisecond for each.
    ['steps are short', middle, 'all', 32, 2, LONG(32)],
    [
      'steps are too short',
      network(40, [dense(40, 'tanh')]),
      'all',
      32,
      1,
      'steps are too short for more',
    ],
  ])('where %s', (_, net, asked, parallelism, threads, reason) => {
    const { team, ...rest } = choose(net, asked, parallelism);
    expect(rest).toEqual({ reason });
    expect(team?.threads ?? 1).toBe(threads);
  });

  it('of a memory that is left are stopped, and none is where there is nobody to start one', () => {
    const events: string[] = [];
    const helpers = (name: string) => ({
      parallelism: 8,
      start: () => {
        events.push(`start ${name}`);
        return () => void events.push(`stop ${name}`);
      },
    });
    const [one, other] = [{ memory: {} }, { memory: {} }] as unknown as Parameters<
      NonNullable<ThreadsChoice['team']>['start']
    >[0][];
    const shapes = inferShapes(large);
    useHelpers(helpers('a'));
    const { team } = chooseThreads(large, shapes, 1000, 'auto');
    const stop = team?.start(one);
    team?.start(one);
    expect(events).toEqual(['start a', 'start a']);
    useHelpers(helpers('b'));
    team?.start(other);
    expect(events.slice(2)).toEqual(['stop a', 'stop a', 'start b']);
    stop?.();
    chooseThreads(large, shapes, 1000, 1);
    expect(events.slice(5)).toEqual(['stop a', 'stop b']);
    useHelpers(undefined);
    team?.start(one)();
    expect(events).toHaveLength(7);
    chooseThreads(large, shapes, 1000, 1);
    expect(events).toHaveLength(7);
  });
});
