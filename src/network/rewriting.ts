/** An edit that is made in steps, each on the text that the one before has left. */
import { composeTextEdits } from './compose';
import { Editing } from './editing';
import type { DrawRequest, EditTools } from './editTools';
import { applyTextEdits, mergeEdits } from './json';
import type { TextEdit } from './json';
import type { ParsedDocument } from './parse';
import { parseSyntax } from './parse';

export class Rewriting {
  readonly #document: ParsedDocument;
  readonly #tools: EditTools | undefined;
  #editing: Editing;
  /** The text after the steps, while `#editing` is that of the text before the last one. */
  #stale: string | undefined;
  #edits: readonly TextEdit[] = [];
  #drawn = 0;

  /** @throws EditError when the text is no JSON object */
  constructor(document: ParsedDocument, tools?: EditTools) {
    this.#document = document;
    this.#tools = tools;
    this.#editing = new Editing(document);
  }

  /** The text as the steps have left it. */
  get editing(): Editing {
    if (this.#stale !== undefined)
      this.#editing = new Editing(parseSyntax(this.#stale, this.#editing.document));
    this.#stale = undefined;
    return this.#editing;
  }

  /** One step: edits of the text as it is now. */
  apply(edits: readonly TextEdit[]): void {
    const { text } = this.editing;
    const step = mergeEdits(text, edits);
    if (step.length === 0) return;
    this.#stale = applyTextEdits(text, step);
    const { text: first } = this.#document;
    this.#edits = this.#edits.length === 0 ? step : composeTextEdits(first, this.#edits, step);
  }

  /** All steps as edits of the first text: sorted, none touching another. */
  get edits(): readonly TextEdit[] {
    return this.#edits;
  }

  /** Numbers that are new in the text: drawn weights, and biases of 0. */
  get drawn(): number {
    return this.#drawn;
  }

  /** Whether new weights can be written; without, they are left to the seed. */
  get draws(): boolean {
    return this.#tools !== undefined;
  }

  draw(request: DrawRequest): readonly number[] {
    if (!this.#tools || request.count === 0) return [];
    const numbers = this.#tools.draw(request);
    if (numbers.length !== request.count || !numbers.every(Number.isFinite)) {
      throw new RangeError(`${request.count} finite weights were asked for, got ${numbers.length}`);
    }
    return numbers;
  }

  /** So many numbers have been written that were not there. */
  count(numbers: number): void {
    this.#drawn += numbers;
  }
}
