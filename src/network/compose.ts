/** Edits one after the other as one set of edits of the first text: only what changes is touched. */
import type { TextEdit } from './json';

/**
 * The edits of `text` that do what `first` and then `second` do. What the second takes back of the first
 * leaves no trace.
 *
 * @param second offsets are those of the text after `first`
 */
export function composeTextEdits(
  text: string,
  first: readonly TextEdit[],
  second: readonly TextEdit[],
): readonly TextEdit[] {
  const reading = new Reading(first);
  let offset = 0;
  for (const { start, end, text: inserted } of second) {
    reading.pass(start - offset);
    reading.drop(end - start);
    reading.insert(inserted);
    offset = end;
  }
  reading.pass(Infinity);
  return reading.edits.map(edit => trim(text, edit)).filter(edit => changes(edit));
}

function changes({ start, end, text }: TextEdit): boolean {
  return start < end || text !== '';
}

/** Goes through the text between two sets of edits, and writes down what becomes of the text before both. */
class Reading {
  /** Sorted; those that touch are one. */
  readonly edits: TextEdit[] = [];
  readonly #first: readonly TextEdit[];
  #next = 0;
  /** Offset in the text before both. */
  #offset = 0;
  /** Inserted by the first edits, and not read yet. */
  #pending = '';

  constructor(first: readonly TextEdit[]) {
    this.#first = first;
  }

  insert(text: string): void {
    if (text !== '') this.#write(this.#offset, text);
  }

  /** The next characters stay. */
  pass(count: number): void {
    this.#read(
      count,
      text => this.insert(text),
      () => {},
    );
  }

  /** The next characters go. */
  drop(count: number): void {
    this.#read(
      count,
      () => {},
      end => this.#write(end, ''),
    );
  }

  #read(count: number, inserted: (text: string) => void, own: (end: number) => void): void {
    let left = count;
    for (;;) {
      if (this.#pending !== '') {
        const length = Math.min(left, this.#pending.length);
        inserted(this.#pending.slice(0, length));
        this.#pending = this.#pending.slice(length);
        left -= length;
      }
      if (left <= 0) return;
      const next = this.#next < this.#first.length ? this.#first[this.#next] : undefined;
      const length = Math.min(left, (next?.start ?? Infinity) - this.#offset);
      if (length > 0) own(this.#offset + length);
      this.#offset += length;
      left -= length;
      if (!next || this.#offset < next.start) return;
      this.#next++;
      this.#write(next.end, '');
      this.#offset = next.end;
      this.#pending = next.text;
    }
  }

  /** Up to `end`, the text before both is replaced; what is inserted comes behind earlier insertions. */
  #write(end: number, text: string): void {
    const last = this.edits.at(-1);
    if (last && last.end === this.#offset) {
      this.edits[this.edits.length - 1] = { start: last.start, end, text: last.text + text };
    } else this.edits.push({ start: this.#offset, end, text });
  }
}

/** Without the characters at both ends that stay the same. A line end, or a character, is not cut in two. */
function trim(text: string, { start, end, text: inserted }: TextEdit): TextEdit {
  const most = Math.min(end - start, inserted.length);
  let head = 0;
  while (head < most && text[start + head] === inserted[head]) head++;
  while (head > 0 && cutsPair(text, start + head)) head--;
  while (head > 0 && cutsPair(inserted, head)) head--;
  let tail = 0;
  while (tail < most - head && text[end - 1 - tail] === inserted[inserted.length - 1 - tail])
    tail++;
  while (tail > 0 && cutsPair(text, end - tail)) tail--;
  while (tail > 0 && cutsPair(inserted, inserted.length - tail)) tail--;
  return {
    start: start + head,
    end: end - tail,
    text: inserted.slice(head, inserted.length - tail),
  };
}

/** Whether an offset lies inside `\r\n` or a character of two units. */
function cutsPair(text: string, offset: number): boolean {
  return /^(?:\r\n|[\ud800-\udbff][\udc00-\udfff])$/.test(text.slice(offset - 1, offset + 1));
}
