/** The places that a page can look from: the kept moments of a run in their order, and now. Pure. */
import type { Scope } from '../../src/engine/facts';
import type { RunState, SnapshotList } from '../../src/protocol';

export interface Place {
  /** Undefined: now. */
  readonly snapshot: number | undefined;
  readonly epoch: number;
  readonly loss: number;
}

/**
 * Where a kept moment is what the run has, it is one place with now: the last, or one in the middle after the run was
 * brought back there. Else now comes last.
 */
export function placesOf(
  list: SnapshotList | undefined,
  run: RunState | undefined,
): readonly Place[] {
  if (!list || !run) return [];
  const { ids, epochs, losses } = list;
  const isNow = (id: number): boolean => id === list.present && run.phase !== 'running';
  const kept = Array.from(ids, (id, i) => ({
    snapshot: isNow(id) ? undefined : id,
    // A run that is between two epochs has its fraction in the list alone.
    epoch: epochs[i],
    loss: isNow(id) ? run.loss : losses[i],
  }));
  if (nowIn(kept) >= 0) return kept;
  const last = kept.at(-1)?.epoch ?? 0;
  return [...kept, { snapshot: undefined, epoch: Math.max(last, run.epoch), loss: run.loss }];
}

/** Index of now; −1 without places. */
export function nowIn(places: readonly Place[]): number {
  return places.findIndex(({ snapshot }) => snapshot === undefined);
}

/** Where among the places a page looks from; −1 when that moment is not kept any more. */
export function placeAt(places: readonly Place[], { snapshot }: Scope): number {
  return places.findIndex(place => place.snapshot === snapshot);
}

/** The place whose epoch is nearest, the later of two; −1 without places. */
export function nearestTo(places: readonly Place[], epoch: number): number {
  let nearest = -1;
  let distance = Infinity;
  places.forEach((place, i) => {
    const own = Math.abs(place.epoch - epoch);
    if (own > distance) return;
    nearest = i;
    distance = own;
  });
  return nearest;
}

/**
 * Where along a line to now, 0 to 1.
 *
 * @param begin epoch at which the curves above the line begin: earlier than the first place where a run has gone on with
 * another network, since moments of the one before are not kept
 */
export function shareOf(places: readonly Place[], index: number, begin?: number): number {
  const first = startOf(places, begin);
  const span = (places.at(-1)?.epoch ?? 0) - first;
  if (span <= 0) return places.length > 1 ? index / (places.length - 1) : 1;
  return ((places[index]?.epoch ?? 0) - first) / span;
}

/** The epoch at a share of that line. */
export function epochAt(places: readonly Place[], share: number, begin?: number): number {
  const first = startOf(places, begin);
  return first + share * ((places.at(-1)?.epoch ?? 0) - first);
}

function startOf(places: readonly Place[], begin = Infinity): number {
  return Math.min(places[0]?.epoch ?? 0, begin);
}

/** What a key does to the place, of `count` among which `now` is; undefined: nothing. */
export function placeFor(
  key: string,
  index: number,
  count: number,
  now = count - 1,
): number | undefined {
  const page = Math.max(1, Math.round(count / 10));
  const wanted: { readonly [key: string]: number } = {
    ArrowLeft: index - 1,
    ArrowDown: index - 1,
    ArrowRight: index + 1,
    ArrowUp: index + 1,
    PageDown: index - page,
    PageUp: index + page,
    Home: 0,
    End: count - 1,
    Escape: now,
  };
  const to = wanted[key];
  return to === undefined ? undefined : Math.max(0, Math.min(count - 1, to));
}

/** The same samples, looked at from another moment. */
export function atSnapshot(scope: Scope, snapshot: number | undefined): Scope {
  const samples =
    scope.type === 'sample' ? { type: scope.type, index: scope.index } : { type: scope.type };
  return snapshot === undefined ? samples : { ...samples, snapshot };
}

/** Whether the same samples are looked at, from the same moment. */
export function sameScope(a: Scope, b: Scope): boolean {
  if (a.snapshot !== b.snapshot) return false;
  return a.type === 'sample' ? b.type === 'sample' && a.index === b.index : b.type === 'batch';
}
