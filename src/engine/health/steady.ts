/** Which alarms are shown: one that comes and goes while training goes on is held back. */
import { alarmKey, type Alarm, type HealthReport } from './alarm';

/** Reports in a row that an alarm must be in to be raised while training goes on, or absent from to be taken back. */
const HOLD = 3;

export class SteadyAlarms {
  /** Shown alarms and those that may become some, by key. `count`: reports in a row that say the contrary. */
  #kept = new Map<string, { alarm: Alarm; shown: boolean; count: number }>();

  /** In the order of the latest report that named them. */
  get shown(): readonly Alarm[] {
    return [...this.#kept.values()].filter(({ shown }) => shown).map(({ alarm }) => alarm);
  }

  /** At rest a report counts at once, as it is. */
  atRest({ alarms }: Pick<HealthReport, 'alarms'>): void {
    this.#kept = new Map(alarms.map(alarm => [alarmKey(alarm), { alarm, shown: true, count: 0 }]));
  }

  /** While training goes on a shown alarm keeps the numbers that it was raised with: nothing shall flicker. */
  whileTraining({ alarms }: Pick<HealthReport, 'alarms'>): void {
    const found = new Map(alarms.map(alarm => [alarmKey(alarm), alarm]));
    for (const [key, kept] of this.#kept) {
      const isThere = found.has(key);
      const newest = found.get(key);
      kept.count = isThere === kept.shown ? 0 : kept.count + 1;
      if (!kept.shown && newest) kept.alarm = newest;
      if (kept.count >= HOLD) Object.assign(kept, { shown: !kept.shown, count: 0 });
      if (!kept.shown && !isThere) this.#kept.delete(key);
      found.delete(key);
    }
    for (const [key, alarm] of found) this.#kept.set(key, { alarm, shown: false, count: 1 });
  }

  /** There is no network any more, or another one. */
  clear(): void {
    this.#kept.clear();
  }
}
