/** Something that happens again and again, and who wants to hear of it. */
export class Signal<A extends unknown[]> {
  readonly #listeners = new Set<(...about: A) => void>();

  tell(...about: A): void {
    for (const listener of this.#listeners) listener(...about);
  }

  /** Calls back each time from now on; the returned function ends that. */
  listen(listener: (...about: A) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
