/** `--engine`, `--threads` and `--fast-maths`: where a command computes, with which arithmetic, and by how many threads. */
import type { EngineReport, EngineRequest, ThreadsRequest } from '../engine/engineReport';
import { choosePlace, ENGINE_SETTINGS } from '../enginePlace';
import type { EnginePlace, PlaceReason } from '../enginePlace';
import { stepMilliseconds } from '../engine/stepWork';
import { chooseByMeasuring } from '../engine/wasm/choose';
import type { Precision } from '../network/network';
import { MOST_THREADS } from '../engine/wasm/threads';
import { choice } from './arguments';
import type { Arguments } from './arguments';
import type { OpenDocument } from './document';
import { CheckError, messageOf, UsageError } from './io';
import type { CliIo, ExitCode } from './io';

/** As `--json` prints it. */
export interface EngineFacts extends PlaceFacts, EngineReport {}

interface PlaceFacts {
  readonly place: EnginePlace;
  readonly placeReason: PlaceReason['type'];
}

/** Where a call computes, and with what it shall. */
export interface Placed {
  readonly facts: PlaceFacts;
  readonly engine: EngineRequest;
}

/** What is to be computed. */
export interface Work {
  /** Estimated, of a step; 0 where none is made. */
  readonly milliseconds: number;
  readonly precision: Precision;
}

/** No step is made. */
export const NOTHING: Work = { milliseconds: 0, precision: 'float32' };

/** @throws UsageError when it is neither `auto` nor a number of threads that there can be */
export function threadsOption({ values }: Arguments): ThreadsRequest {
  const text = values.get('threads') ?? 'auto';
  // Nobody draws beside a command.
  if (text === 'auto') return 'all';
  const threads = /^\d+$/.test(text) ? Number(text) : NaN;
  if (threads >= 1 && threads <= MOST_THREADS) return threads;
  throw new UsageError(
    `--threads takes auto or a number from 1 to ${MOST_THREADS}, found "${text}"`,
  );
}

/** What training a document takes; nothing where it cannot be trained. */
export function trainingOf({ network, shapes, dataset }: OpenDocument): Work {
  if (!network || !shapes || !dataset) return NOTHING;
  const milliseconds = stepMilliseconds(network, shapes, dataset.training.length);
  return { milliseconds, precision: network.training.precision };
}

/**
 * What computes this call here; or the exit code of the process of its own that has done it.
 *
 * @throws CheckError when a process was asked for and cannot be used
 */
export async function placeEngine(
  call: Arguments,
  io: CliIo,
  work: Work,
): Promise<Placed | ExitCode> {
  const setting = choice(call, 'engine', ENGINE_SETTINGS) ?? 'auto';
  const fastMaths = call.flags.has('fast-maths');
  const { processes } = io;
  const here = (
    place: EnginePlace,
    placeReason: PlaceReason['type'],
    engine: EngineRequest,
  ): Placed => ({ facts: { place, placeReason }, engine });
  if (processes?.within) {
    if (processes.isWideHere) chooseByMeasuring(() => io.now());
    return here('process', processes.within, fastMaths ? 'fast' : 'auto');
  }
  const chosen = await choosePlace({
    setting,
    ...work,
    fastMaths,
    now: 'thread',
    barred: processes ? undefined : { type: 'nowhereElse' },
    isWide: () => processes?.isWide() ?? Promise.resolve(false),
  });
  const { place, reason, engine } = chosen;
  if (place === 'thread' || !processes) return here('thread', reason.type, engine);
  try {
    return await processes.run(reason.type);
  } catch (error) {
    if (setting === 'auto' && !(error instanceof CheckError))
      return here('thread', 'failed', engine);
    if (error instanceof CheckError) throw error;
    throw new CheckError(
      `${call.file}: the training process did not start: ${messageOf(error)}. Use --engine auto or thread.`,
    );
  }
}
