/** One after the other: what is given to `take` starts when everything given before has ended. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  take<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#last.then(task);
    // Whoever gave the task hears of its failure; the next one starts all the same.
    this.#last = result.catch(() => undefined);
    return result;
  }
}
