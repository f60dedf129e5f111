/** The samples with the largest loss, largest first; of equal ones the first in the data. */
import type { JudgedSample } from './report';

/** Samples that are listed at most. */
export const MOST_LISTED = 50;

export class Worst {
  readonly #listed: JudgedSample[] = [];
  #of = 0;

  add(sample: JudgedSample): void {
    this.#of += 1;
    const listed = this.#listed;
    const last = listed.at(-1);
    if (listed.length === MOST_LISTED && last && sample.loss <= last.loss) return;
    let at = listed.length;
    while (at > 0 && listed[at - 1].loss < sample.loss) at -= 1;
    listed.splice(at, 0, sample);
    if (listed.length > MOST_LISTED) listed.pop();
  }

  get list(): readonly JudgedSample[] {
    return this.#listed;
  }

  /** How many they were chosen from. */
  get of(): number {
    return this.#of;
  }
}
