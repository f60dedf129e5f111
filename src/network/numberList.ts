/**
 * A list of nothing but numbers, as matrices of weights are made of: its numbers are there at once, the node of
 * each with its place is made when it is asked for.
 */
import type { Node } from 'jsonc-parser';

/** The same list in several versions of the text has the same object: never to be changed. */
export interface Numbers {
  /** At least one. */
  readonly values: readonly number[];
  readonly least: number;
  readonly most: number;
}

export function numbersOf(values: readonly number[]): Numbers {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return { values, least, most };
}

export class NumberList implements Node {
  readonly type = 'array';
  readonly offset: number;
  readonly length: number;
  readonly numbers: Numbers;
  readonly #text: string;
  #children: Node[] | undefined;

  /** @param text of the document */
  constructor(text: string, offset: number, length: number, numbers: Numbers) {
    this.#text = text;
    this.offset = offset;
    this.length = length;
    this.numbers = numbers;
  }

  get children(): Node[] {
    return (this.#children ??= nodesOf(this.text, this.offset, this.numbers.values));
  }

  /** From bracket to bracket. */
  get text(): string {
    return this.#text.slice(this.offset, this.offset + this.length);
  }
}

/** @param list its text: only numbers, commas and white space are between the brackets */
function nodesOf(list: string, start: number, values: readonly number[]): Node[] {
  const tokens = list.matchAll(/[-+.\deE]+/g);
  return Array.from(tokens, ({ index, 0: token }, k) => ({
    type: 'number',
    value: values[k],
    offset: start + index,
    length: token.length,
  }));
}

/** The numbers of a list that holds nothing else, as far as that was seen when it was read. */
export function numbersIn(node: Node | undefined): Numbers | undefined {
  return node instanceof NumberList ? node.numbers : undefined;
}
