/** Long answers of which only the newest is wanted. */

/** Who asks anew gives up what it asked before; different askers leave each other alone. */
export class Newest {
  readonly #latest = new Map<number, number>();
  #count = 0;

  /** A new question; the answer says whether it is still the newest of its asker. */
  begin(asker: number): () => boolean {
    const mine = ++this.#count;
    this.#latest.set(asker, mine);
    return () => this.#latest.get(asker) === mine;
  }
}

/** Rejects a request whose work was given up. */
export function cancelled(message: string): Error {
  const error = new Error(message);
  error.name = 'Cancelled';
  return error;
}
