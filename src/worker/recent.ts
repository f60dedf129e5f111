/** What has been asked for lately: what is asked again refreshes numbers, the rest is somebody's new wish. */

/** Numbers refresh several times a second; what was not asked for this long is new again. */
const FORGOTTEN_MS = 1000;

/** All times are milliseconds of the session's clock. */
export class Recent {
  readonly #lastAsked = new Map<string, number>();

  /** Somebody asks for `key`: whether nobody has done so lately. */
  isNew(key: string, now: number): boolean {
    for (const [each, at] of this.#lastAsked)
      if (now - at > FORGOTTEN_MS) this.#lastAsked.delete(each);
    const isNew = !this.#lastAsked.has(key);
    this.#lastAsked.set(key, now);
    return isNew;
  }
}
