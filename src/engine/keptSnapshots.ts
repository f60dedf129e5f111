/**
 * Snapshots that are kept while a network trains, so that one can look back: spread evenly over the whole run, the
 * first and the last always among them, within a bound of memory. Pure.
 */
import type { Position } from './inspect';
import { sameNumbers } from './numbers';
import type { OptimizerState } from './optimizers';

/** All numbers of one moment of a run. Nobody changes them any more. */
export interface KeptSnapshot {
  /** Never given twice, also not after a fresh start. */
  readonly id: number;
  /** Epochs, and parts of one, since the start of the run. */
  readonly at: number;
  readonly position: Position;
  /** As it was recorded then; NaN where there was none. */
  readonly loss: number;
  /** In the file's order. */
  readonly parameters: Float64Array;
  readonly optimizer: OptimizerState;
}

/** The kept snapshots in their order, as columns (count). */
export interface SnapshotList {
  readonly ids: Float64Array;
  readonly epochs: Float64Array;
  readonly losses: Float64Array;
  /** Which of them is what the run has now, if one is. After a restored one stand those that came after it. */
  readonly present: number | undefined;
}

/** All that is kept, to be kept elsewhere. */
export interface KeptState {
  readonly kept: readonly KeptSnapshot[];
  readonly spacing: number;
  readonly lastId: number;
}

/** Snapshots at most: a slider of this many places can still be set. Even, so that halving keeps every second one. */
export const MOST_SNAPSHOTS = 512;
/** Bytes that they may take together. A few are kept of larger networks too: the first, the last, the one looked at. */
const MOST_SNAPSHOT_BYTES = 32 * 2 ** 20;

/** Of a distance: sums of parts of an epoch are not exact. */
const ROUNDING = 1e-9;

export class KeptSnapshots {
  readonly #most: number;
  readonly #mostBytes: number;
  #kept: KeptSnapshot[] = [];
  #bytes = 0;
  /** Epochs that lie between two kept snapshots at least; only the last may stand closer. */
  #spacing = 0;
  #lastId = 0;
  #looked: number | undefined;

  constructor(most = MOST_SNAPSHOTS, mostBytes = MOST_SNAPSHOT_BYTES) {
    this.#most = most;
    this.#mostBytes = mostBytes;
  }

  get all(): readonly KeptSnapshot[] {
    return this.#kept;
  }

  get last(): KeptSnapshot | undefined {
    return this.#kept.at(-1);
  }

  /** Whether enough has passed since the last one. */
  wants(at: number): boolean {
    return at >= this.next;
  }

  /** From where on it has. Cheap, asked after every epoch. */
  get next(): number {
    const settled = this.#kept.at(this.#lastIsSpare ? -2 : -1);
    return settled ? this.#behind(settled.at) : -Infinity;
  }

  /** Adds the newest. It takes the place of the last where that stands too close to the one before. */
  keep(snapshot: Omit<KeptSnapshot, 'id'>): void {
    if (this.#lastIsSpare) this.#bytes -= bytesOf(this.#kept.pop());
    const kept = { ...snapshot, id: ++this.#lastId };
    this.#kept.push(kept);
    this.#bytes += bytesOf(kept);
    while (this.#isTooMuch) this.#thin();
  }

  /** One of them. It stays kept until another one is looked at. */
  look(id: number): KeptSnapshot | undefined {
    const found = this.#kept.find(each => each.id === id);
    if (found) this.#looked = id;
    return found;
  }

  /** The last of those that have these parameters, to the bit. */
  find(parameters: Float64Array): KeptSnapshot | undefined {
    return this.#kept.filter(each => sameNumbers(each.parameters, parameters)).at(-1);
  }

  /** The run has gone another way from there. */
  dropAfter(at: number): void {
    this.#kept = this.#kept.filter(each => each.at <= at);
    this.#bytes = this.#kept.reduce((sum, each) => sum + bytesOf(each), 0);
  }

  get state(): KeptState {
    return { kept: this.#kept, spacing: this.#spacing, lastId: this.#lastId };
  }

  /** Keeps what was kept elsewhere, and nothing else. */
  take({ kept, spacing, lastId }: KeptState): void {
    this.clear();
    this.#kept = [...kept];
    this.#bytes = this.#kept.reduce((sum, each) => sum + bytesOf(each), 0);
    this.#spacing = spacing;
    this.#lastId = Math.max(this.#lastId, lastId);
  }

  /** Another run begins. */
  clear(): void {
    this.#kept = [];
    this.#bytes = 0;
    this.#spacing = 0;
    this.#looked = undefined;
  }

  get #lastIsSpare(): boolean {
    const [before, last] = [this.#kept.at(-2), this.#kept.at(-1)];
    return (
      before !== undefined &&
      last !== undefined &&
      last.id !== this.#looked &&
      !this.#areApart(before.at, last.at)
    );
  }

  get #isTooMuch(): boolean {
    if (this.#kept.length <= this.#most && this.#bytes <= this.#mostBytes) return false;
    return this.#kept.some((each, i) => !this.#isFixed(each, i));
  }

  /** The distance doubles: of snapshots that lie evenly every second one goes. */
  #thin(): void {
    const [first, last] = [this.#kept[0], this.#kept[this.#kept.length - 1]];
    const even = (last.at - first.at) / (this.#kept.length - 1);
    this.#spacing = Math.max(2 * this.#spacing, 2 * even, ROUNDING);
    let before = first.at;
    this.#kept = this.#kept.filter((each, i) => {
      if (!this.#isFixed(each, i) && !this.#areApart(before, each.at)) return false;
      before = each.at;
      return true;
    });
    this.#bytes = this.#kept.reduce((sum, each) => sum + bytesOf(each), 0);
  }

  #isFixed({ id }: KeptSnapshot, index: number): boolean {
    return index === 0 || index === this.#kept.length - 1 || id === this.#looked;
  }

  #areApart(before: number, after: number): boolean {
    return after >= this.#behind(before);
  }

  #behind(before: number): number {
    return before + this.#spacing * (1 - ROUNDING);
  }
}

function bytesOf(snapshot: KeptSnapshot | undefined): number {
  if (!snapshot) return 0;
  const { parameters, optimizer } = snapshot;
  return optimizer.moments.reduce((sum, { byteLength }) => sum + byteLength, parameters.byteLength);
}

/** As a page is told. */
export function snapshotList(
  all: readonly KeptSnapshot[],
  present: number | undefined,
): SnapshotList {
  return {
    ids: Float64Array.from(all, ({ id }) => id),
    epochs: Float64Array.from(all, ({ at }) => at),
    losses: Float64Array.from(all, ({ loss }) => loss),
    present,
  };
}
