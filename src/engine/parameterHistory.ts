/** How a weight or a bias, and its gradient, went over the kept snapshots of a run. Computed when it is asked for, in slices. */
import type { Dataset } from '../data/dataset';
import type { Network } from '../network/network';
import type { Scope, Target } from './facts';
import { createInspector, type Inspector } from './inspect';
import type { KeptSnapshot } from './keptSnapshots';

export interface HistoryRequest {
  readonly target: Extract<Target, { type: 'weight' | 'bias' }>;
  /** Whose gradient; the snapshot in it does not matter. */
  readonly scope: Scope;
}

/** Columns (count), in the order of the run. */
export interface ParameterHistory {
  readonly request: HistoryRequest;
  readonly ids: Float64Array;
  readonly epochs: Float64Array;
  readonly values: Float64Array;
  /** Absent where the scope has so many samples that finding them would take long. */
  readonly gradients: Float64Array | undefined;
}

/** Points at most. */
export const MOST_POINTS = 60;
/** Multiplications behind all gradients of a history; what takes more is left out. */
export const MOST_WORK = 2e7;
/** Histories whose gradients are remembered: what is selected, pointed at and pinned. */
const REMEMBERED = 8;

/** At most `most` of them, evenly, with the first and the last. The same ones while more are added behind. */
export function evenly<T>(all: readonly T[], most = MOST_POINTS): readonly T[] {
  let stride = 1;
  while (Math.ceil(all.length / stride) + 1 > most) stride *= 2;
  return all.filter((_, i) => i % stride === 0 || i === all.length - 1);
}

/** The histories of one run: gradients that were found once are not computed again. */
export class ParameterHistories {
  readonly #network: Network;
  readonly #dataset: Dataset;
  readonly #parameters: number;
  /** Its own: what is looked at meanwhile keeps its pass. Made for the first gradient. */
  #inspector: Inspector | undefined;
  /** By target and scope, then by snapshot. */
  readonly #gradients = new Map<string, Map<number, number>>();

  constructor(network: Network, dataset: Dataset, parameters: number) {
    this.#network = network;
    this.#dataset = dataset;
    this.#parameters = parameters;
  }

  /** @param index place of the parameter in the file's order */
  job(kept: readonly KeptSnapshot[], request: HistoryRequest, index: number): HistoryJob {
    const { samples, training } = this.#dataset;
    const chosen = evenly(kept);
    const { scope } = request;
    const passes = scope.type === 'sample' ? 1 : training.length;
    const isCheap = samples > 0 && passes * this.#parameters * chosen.length <= MOST_WORK;
    return new HistoryJob(chosen, request, index, isCheap ? this.#gradientsOf(request) : undefined);
  }

  #gradientsOf(request: HistoryRequest): Gradients {
    this.#inspector ??= createInspector(this.#network, this.#dataset, { frozen: true });
    return { inspector: this.#inspector, known: this.#known(request) };
  }

  #known({ target, scope }: HistoryRequest): Map<number, number> {
    const key = JSON.stringify([target, { ...scope, snapshot: undefined }]);
    const known = this.#gradients.get(key) ?? new Map<number, number>();
    // The latest comes last: the first is the one that was not asked for longest.
    this.#gradients.delete(key);
    this.#gradients.set(key, known);
    const [oldest] = this.#gradients.keys();
    if (this.#gradients.size > REMEMBERED) this.#gradients.delete(oldest);
    return known;
  }
}

interface Gradients {
  readonly inspector: Inspector;
  readonly known: Map<number, number>;
}

/** Works on one history, snapshot after snapshot. */
export class HistoryJob {
  readonly #snapshots: readonly KeptSnapshot[];
  readonly #request: HistoryRequest;
  /** Place of the parameter in the file's order. */
  readonly #index: number;
  readonly #gradients: Gradients | undefined;
  #done = 0;

  constructor(
    snapshots: readonly KeptSnapshot[],
    request: HistoryRequest,
    index: number,
    gradients: Gradients | undefined,
  ) {
    this.#snapshots = snapshots;
    this.#request = request;
    this.#index = index;
    this.#gradients = gradients;
  }

  /** Works on; false when `expired` ended it before the end. */
  run(expired: () => boolean): boolean {
    for (; this.#gradients && this.#done < this.#snapshots.length; this.#done++) {
      const snapshot = this.#snapshots[this.#done];
      if (this.#gradients.known.has(snapshot.id)) continue;
      if (!this.#find(this.#gradients, snapshot, expired)) return false;
      if (expired() && this.#done + 1 < this.#snapshots.length) {
        this.#done++;
        return false;
      }
    }
    return true;
  }

  result(): ParameterHistory {
    const known = this.#gradients?.known;
    const column = (of: (snapshot: KeptSnapshot) => number): Float64Array =>
      Float64Array.from(this.#snapshots, of);
    return {
      request: this.#request,
      ids: column(({ id }) => id),
      epochs: column(({ at }) => at),
      values: column(({ parameters }) => parameters[this.#index]),
      gradients: known && column(({ id }) => known.get(id) ?? NaN),
    };
  }

  #find({ inspector, known }: Gradients, snapshot: KeptSnapshot, expired: () => boolean): boolean {
    const { id, parameters } = snapshot;
    const { scope } = this.#request;
    if (!inspector.prepare(parameters, scope, expired)) return false;
    known.set(id, inspector.gradientAt(parameters, scope, this.#index));
    return true;
  }
}
