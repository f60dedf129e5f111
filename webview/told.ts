/** The newest value that somebody has told, and who wants to hear of the next. */
import { Signal } from './signal';

export class Told<T> extends Signal<[value: T]> {
  #value: T;

  constructor(value: T) {
    super();
    this.#value = value;
  }

  get value(): T {
    return this.#value;
  }

  override tell(value: T): void {
    this.#value = value;
    super.tell(value);
  }
}
