/**
 * Where a run is computed, and with which arithmetic: chosen anew with every load, never while it trains. A run that goes
 * on takes its parameters, history and kept snapshots along.
 */
import { l10n } from 'vscode';
import type { Uri } from 'vscode';
import { mostTrainingSamples } from '../data/mostSamples';
import type { ThreadsRequest } from '../engine/engineReport';
import { stepMilliseconds } from '../engine/stepWork';
import { choosePlace } from '../enginePlace';
import type { EngineSetting, PlaceChoice, PlaceReason } from '../enginePlace';
import { inferShapes } from '../network/shapes';
import type { LoadRequest, LoadResult } from '../protocol';
import type { RunEngine } from '../runs/run';
import { ProcessFailed } from './engineLink';
import type { EngineLink } from './engineLink';
import { engineText } from './engineTexts';
import { nameOf } from './documents';
import { engineFor, fastMathsFor, threadsFor } from './settings';

/** Processes of one run that may end by themselves before it stays in a thread. */
const MOST_LOSSES = 2;

export interface PlaceWorld {
  readonly notices: { info(message: string): void };
  /** Whether a process computes twice as wide; absent where there are no processes. */
  isWide?(): Promise<boolean>;
}

export class RunPlace {
  readonly #uri: Uri;
  readonly #engine: EngineLink;
  readonly #world: PlaceWorld;
  /** As it was at the latest load, and at the latest attempt of one. */
  #setting: EngineSetting | undefined;
  #tried: EngineSetting | undefined;
  #threads: ThreadsRequest | undefined;
  #fastMaths = false;
  #losses = 0;
  #failure: PlaceReason | undefined;
  #told = '';
  #computes: RunEngine = { place: 'thread', backend: '', reason: '' };

  constructor(uri: Uri, engine: EngineLink, world: PlaceWorld) {
    this.#uri = uri;
    this.#engine = engine;
    this.#world = world;
  }

  /** Whether a setting is another than at the latest load. */
  get isOutdated(): boolean {
    if (this.#setting === undefined) return false;
    return (
      this.#setting !== engineFor(this.#uri) ||
      this.#threads !== threadsFor(this.#uri) ||
      this.#fastMaths !== fastMathsFor(this.#uri)
    );
  }

  /** What computes the run since the latest load. */
  get computes(): RunEngine {
    return this.#computes;
  }

  /** The worker has ended by itself. */
  lost(): void {
    if (this.#engine.place === 'process') this.#losses += 1;
  }

  /**
   * Loads a network where it belongs. Where it was before, it stays until that has succeeded.
   *
   * @param holds whether a network is loaded, from which this one may go on
   */
  async load(request: LoadRequest, holds: boolean): Promise<LoadResult> {
    const milliseconds = estimate(request);
    const [threads, fastMaths] = [threadsFor(this.#uri), fastMathsFor(this.#uri)];
    const choice = await this.#choose(request, milliseconds, fastMaths);
    try {
      const result = await this.#loadAt(choice, { ...request, threads }, holds);
      this.#threads = threads;
      this.#fastMaths = fastMaths;
      this.#setting = this.#tried;
      this.#computes = { place: choice.place, ...result.engine };
      this.#tell(engineText(choice.place, choice.reason, milliseconds, result.engine));
      return result;
    } catch (error) {
      if (!(error instanceof ProcessFailed)) throw error;
      if (this.#tried !== 'auto')
        throw new Error(
          l10n.t(
            'The training engine does not run as a process of its own ({0}). Set nabla.engine to "auto" or "thread".',
            error.message,
          ),
        );
      this.#failure = { type: 'failed', message: error.message };
      return this.load(request, holds);
    }
  }

  #choose(
    { network }: LoadRequest,
    milliseconds: number,
    fastMaths: boolean,
  ): Promise<PlaceChoice> {
    const setting = engineFor(this.#uri);
    // Whoever has changed the setting wants it to be tried.
    if (setting !== this.#tried) {
      this.#losses = 0;
      this.#failure = undefined;
    }
    this.#tried = setting;
    const { isWide } = this.#world;
    return choosePlace({
      setting,
      milliseconds,
      precision: network.training.precision,
      fastMaths,
      now: this.#engine.place,
      barred: isWide ? this.#barred : { type: 'nowhereElse' },
      isWide: () => isWide?.() ?? Promise.resolve(false),
    });
  }

  get #barred(): PlaceReason | undefined {
    return this.#losses >= MOST_LOSSES ? { type: 'lostTwice' } : this.#failure;
  }

  async #loadAt(
    { place, engine }: PlaceChoice,
    request: LoadRequest,
    holds: boolean,
  ): Promise<LoadResult> {
    const goesOn =
      holds && !request.carried && (request.keepParameters || request.recognizes === true);
    const moves = place !== this.#engine.place;
    const own = goesOn && moves ? await (await this.#engine.remote()).carry() : undefined;
    const carried = request.carried ?? own;
    return this.#engine.beginAt(place, worker => worker.load({ ...request, engine, carried }));
  }

  /** Whatever is the same as at the load before is not said again: a text is loaded with every key. */
  #tell(text: string): void {
    const line = `${nameOf({ uri: this.#uri })}: ${text}`;
    if (line !== this.#told) this.#world.notices.info(line);
    this.#told = line;
  }
}

/** Milliseconds of a step. */
function estimate({ network, files }: LoadRequest): number {
  const samples = mostTrainingSamples(network.data, files);
  return stepMilliseconds(network, inferShapes(network), samples);
}
