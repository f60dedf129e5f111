/** How many threads compute a network, and why. */
import type { Network } from '../../network/network';
import type { NetworkShapes } from '../../network/shapes';
import type { ThreadsRequest } from '../engineReport';
import { stepMilliseconds } from '../stepWork';
import { isSmall } from './small/isSmall';
import type { HelperWork, StartHelper, TeamOptions } from './team';

/** More are never used: what a step cannot split would be most of it. */
export const MOST_THREADS = 8;
/** Without being asked for a number. */
const MOST_UNASKED = 4;
/** Estimated milliseconds of a step (stepWork.ts) for each thread that it gets. */
const WORTHWHILE = 0.5;

/** Other threads of this process. */
export interface Helpers {
  /** Threads that can compute at the same time, this one included. */
  readonly parallelism: number;
  readonly start: StartHelper;
}

let helpers: Helpers | undefined;

/** What works on the memory of the latest machine. */
let working: { readonly memory: HelperWork['memory']; readonly stop: () => void }[] = [];

/** From now on there are these. Where there are none, one thread computes everything. */
export function useHelpers(found: Helpers | undefined): void {
  helpers = found;
}

export interface ThreadsChoice {
  /** Undefined where one thread computes. */
  readonly team: TeamOptions | undefined;
  readonly reason: string;
}

/** @param samples that are trained on */
export function chooseThreads(
  network: Network,
  shapes: NetworkShapes,
  samples: number,
  asked: ThreadsRequest,
): ThreadsChoice {
  leave([]);
  const one = (reason: string): ThreadsChoice => ({ team: undefined, reason });
  if (asked === 1) return one('as asked for');
  if (!helpers) return one('there are no other threads here');
  if (isSmall(network, shapes)) return one('the network is too small for more');
  if (typeof asked === 'number') return team(Math.min(asked, MOST_THREADS), 'as asked for');
  const { parallelism } = helpers;
  if (parallelism < 2) return one('the machine has one processor');
  const milliseconds = stepMilliseconds(network, shapes, samples);
  const worthwhile = Math.min(MOST_UNASKED, Math.floor(milliseconds / WORTHWHILE));
  if (worthwhile < 2) return one('steps are too short for more');
  // Who looks at the training needs processors, too.
  const threads = Math.min(worthwhile, asked === 'all' ? parallelism : parallelism >> 1);
  if (threads < 2) return one(`of ${parallelism} that the machine has, half for the rest of it`);
  return team(threads, `of ${parallelism} that the machine has, for long steps`);
}

function team(threads: number, reason: string): ThreadsChoice {
  return { team: { threads, start: startOnLatest }, reason };
}

/** Whatever they worked on before, they leave: there it goes on with one thread. */
const startOnLatest: StartHelper = work => {
  leave(working.filter(({ memory }) => memory === work.memory));
  const stop = helpers?.start(work) ?? (() => undefined);
  working.push({ memory: work.memory, stop });
  return stop;
};

function leave(others: typeof working): void {
  const kept = new Set(others);
  for (const one of working) if (!kept.has(one)) one.stop();
  working = others;
}
