/** The lists of numbers in a text, found again in the text that an edit has made of it. */
import type { NumberList } from './numberList';

/** By how many characters of its text a list is looked for; shorter ones are read as quickly. */
const START = 64;

/**
 * Goes through both texts from their beginnings. A list is found only where all its characters are the same, so it
 * never says anything else than the text.
 */
export class KnownLists {
  /** In the order of their text. */
  readonly #lists: readonly NumberList[];
  /** Behind the list that was found last. */
  #next = 0;
  /** By the first characters, places in `#lists`. */
  #starts: ReadonlyMap<string, number> | undefined;

  constructor(lists: readonly NumberList[]) {
    this.#lists = lists;
  }

  /** The list whose text stands at an offset: the next one, or where lists have come, gone or moved, another. */
  at(text: string, offset: number): NumberList | undefined {
    if (this.#lists.length === 0) return undefined;
    let index = this.#next;
    if (!this.#stands(index, text, offset)) {
      index = this.#startingAs(text.slice(offset, offset + START));
      if (!this.#stands(index, text, offset)) return undefined;
    }
    this.#next = index + 1;
    return this.#lists[index];
  }

  #stands(index: number, text: string, offset: number): boolean {
    if (index < 0 || index >= this.#lists.length) return false;
    const list = this.#lists[index];
    return list.text === text.slice(offset, offset + list.length);
  }

  /** −1 where there is none, and for short lists. */
  #startingAs(start: string): number {
    this.#starts ??= new Map(
      this.#lists.flatMap((list, index) =>
        list.length < START ? [] : [[list.text.slice(0, START), index]],
      ),
    );
    return this.#starts.get(start) ?? -1;
  }
}
