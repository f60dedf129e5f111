/**
 * The numbers of a formula on the page. While training runs a formula changes in nothing else, several times a second:
 * then its texts are set, and nothing is parsed.
 */

const NUMBER = /<mn>([^<&]*)<\/mn>/g;

/** A run of elements that wraps when its text is long. */
interface Step {
  readonly numbers: number;
  /** Characters besides those of its numbers. */
  readonly rest: number;
  readonly isLong: boolean;
}

export class Slots {
  /** The markup without its numbers. */
  readonly #frame: string;
  readonly #steps: readonly Step[];
  readonly #long: number;
  #places: readonly Element[] = [];

  /**
   * @param steps of that markup, before anything is cut; none where nothing wraps
   * @param long characters from which a step wraps
   */
  constructor(markup: string, steps: readonly (readonly Element[])[], long: number) {
    this.#frame = frameOf(markup);
    this.#steps = steps.map(elements => stepOf(elements, long));
    this.#long = long;
  }

  /** Where the numbers are shown. */
  lieIn(shown: readonly Element[]): void {
    this.#places = shown.flatMap(element => [...element.querySelectorAll('mn')]);
  }

  /** Shows the numbers of another markup; false, and nothing is changed, where more differs or other steps wrap. */
  fill(markup: string): boolean {
    const numbers = [...markup.matchAll(NUMBER)].map(([, number]) => number);
    const fits =
      numbers.length === this.#places.length &&
      frameOf(markup) === this.#frame &&
      this.#wrapAlike(numbers);
    if (!fits) return false;
    numbers.forEach((number, i) => setText(this.#places[i], number));
    return true;
  }

  #wrapAlike(numbers: readonly string[]): boolean {
    let next = 0;
    return this.#steps.every(step => {
      const own = numbers.slice(next, (next += step.numbers));
      const length = own.reduce((sum, number) => sum + number.length, step.rest);
      return length > this.#long === step.isLong;
    });
  }
}

const frameOf = (markup: string): string => markup.replace(NUMBER, '<mn></mn>');

function stepOf(elements: readonly Element[], long: number): Step {
  const numbers = elements.flatMap(element =>
    element.localName === 'mn' ? [element] : [...element.querySelectorAll('mn')],
  );
  const length = (list: readonly Element[]): number =>
    list.reduce((sum, { textContent }) => sum + (textContent ?? '').length, 0);
  const whole = length(elements);
  return { numbers: numbers.length, rest: whole - length(numbers), isLong: whole > long };
}

/** The text node stays: another one would cost a new layout of more than the number. */
function setText(element: Element, text: string): void {
  const { firstChild } = element;
  if (!(firstChild instanceof Text)) element.textContent = text;
  else if (firstChild.data !== text) firstChild.data = text;
}
