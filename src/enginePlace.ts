/**
 * Where a network is trained: in a thread of this process, or in a process of its own.
 *
 * V8 can put pairs of 128-bit WebAssembly operations together to 256-bit ones, which doubles the speed of long steps. The
 * flag for that is experimental and counts for a whole process, so it is set only in one that does nothing else. Short
 * steps gain nothing there: what is asked while they train would take a longer way.
 */
import type { EngineRequest } from './engine/engineReport';

/** The setting `nabla.engine`, and `--engine` of the command line. */
export type EngineSetting = 'auto' | 'thread' | 'process' | 'reference';

export type EnginePlace = 'thread' | 'process';

export const ENGINE_SETTINGS: readonly EngineSetting[] = ['auto', 'thread', 'process', 'reference'];

/** Why there. */
export type PlaceReason =
  | {
      readonly type:
        'asked' | 'short' | 'long' | 'float64' | 'narrow' | 'nowhereElse' | 'lostTwice';
    }
  | { readonly type: 'failed'; readonly message: string };

export interface PlaceQuestion {
  readonly setting: EngineSetting;
  /** Estimated, of one step. */
  readonly milliseconds: number;
  readonly precision: 'float32' | 'float64';
  /** Whether products may be fused with sums. */
  readonly fastMaths: boolean;
  /** Where it is now. */
  readonly now: EnginePlace;
  /** Why no process shall be tried (again), if so. */
  readonly barred: PlaceReason | undefined;
  /** Whether this runtime takes the flag. Asked only where it decides. */
  isWide(): Promise<boolean>;
}

export interface PlaceChoice {
  readonly place: EnginePlace;
  readonly engine: EngineRequest;
  readonly reason: PlaceReason;
}

/**
 * Milliseconds of a step from which on a process is worth it: 784-128-10 by batches of 32 (0.5) trains twice as fast there,
 * and what such steps take is still far more than messages from process to process do.
 */
export const LONG_STEP = 0.25;
/** A network that is in a process stays there down to half of that: one neuron more or less moves nothing. */
const STAYS_FROM = LONG_STEP / 2;

/** The arithmetic and the place for a network. */
export async function choosePlace(question: PlaceQuestion): Promise<PlaceChoice> {
  const { setting, milliseconds, precision, now, barred } = question;
  const arithmetic = question.fastMaths ? 'fast' : 'auto';
  const inThread = (reason: PlaceReason): PlaceChoice => ({
    place: 'thread',
    engine: setting === 'reference' ? 'reference' : arithmetic,
    reason,
  });
  if (setting === 'thread' || setting === 'reference') return inThread({ type: 'asked' });
  if (setting === 'process') {
    const impossible = barred?.type === 'nowhereElse' ? barred : undefined;
    if (impossible) return inThread(impossible);
    return { place: 'process', engine: arithmetic, reason: { type: 'asked' } };
  }
  if (milliseconds < (now === 'process' ? STAYS_FROM : LONG_STEP))
    return inThread({ type: 'short' });
  if (precision === 'float64') return inThread({ type: 'float64' });
  if (barred) return inThread(barred);
  if (!(await question.isWide())) return inThread({ type: 'narrow' });
  return { place: 'process', engine: arithmetic, reason: { type: 'long' } };
}
