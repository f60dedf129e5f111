/** What is said of a moment that the page looks from. */
import { epochs, format } from '../numbers';
import { text } from '../strings';
import type { Place } from './places';

/** "epoch 40 of 100 · loss 0.21 — looking back", or "now: epoch 100 · loss 0.01" */
export function placeWords(places: readonly Place[], index: number): string {
  const place = places[index];
  if (!place) return '';
  const last = places[places.length - 1];
  if (place.snapshot === undefined)
    return text('past.atNow', epochs(place.epoch), format(place.loss));
  return text('past.line', epochs(place.epoch), epochs(last.epoch), format(place.loss));
}
