/** `<nabla-input-painter>`: an input that is a picture, painted with the pointer or by keys. */
import { html, LitElement, svg, type TemplateResult } from 'lit';
import { shades } from '../canvas/inputPicture';
import { format } from '../numbers';
import { told } from '../punctuation';
import { segments } from '../segments';
import { speak } from '../speak';
import { text } from '../strings';
import { lineOfCells, moveIn, type Sides } from './painterCells';

/** What is painted, as `nabla-paint`. */
export type Painted = readonly number[];

export class NablaInputPainter extends LitElement {
  static override properties = {
    sides: { attribute: false },
    inputs: { attribute: false },
    least: { attribute: false },
    most: { attribute: false },
    cursor: { state: true },
    wipes: { state: true },
    keyed: { state: true },
  };
  /** Height and width. */
  declare sides: Sides;
  declare inputs: readonly number[];
  /** By pixel: what wiping and painting leave. */
  declare least: readonly number[];
  declare most: readonly number[];
  declare cursor: number;
  declare wipes: boolean;
  /** The keyboard is here: the cursor is drawn. */
  declare keyed: boolean;

  #last: number | undefined;
  /** Painted since the pointer came down; the page's answer may come later. */
  #draft: readonly number[] | undefined;

  constructor() {
    super();
    this.cursor = 0;
    this.wipes = false;
    this.keyed = false;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    const [height, width] = this.sides;
    const [row, column] = [Math.floor(this.cursor / width), this.cursor % width];
    // All pixels have one scale, from the least of all to the most of all: else a border that is always 0 looks full.
    const [low, high] = [Math.min(...this.least), Math.max(...this.most)];
    const end = Math.max(Math.abs(low), Math.abs(high)) || 1;
    return html`<div class="painter">
      <svg
        class="painter-picture"
        viewBox="0 0 ${width} ${height}"
        tabindex="0"
        role="application"
        data-testid="painter"
        aria-label=${text('predict.picture', height, width)}
        @pointerdown=${this.#down}
        @pointermove=${this.#move}
        @pointerup=${this.#up}
        @pointercancel=${this.#up}
        @keydown=${this.#pressed}
        @focus=${() => (this.keyed = true)}
        @blur=${() => (this.keyed = false)}
      >
        <rect class="painter-ground" width=${width} height=${height}></rect>
        ${shades(this.inputs, width, end).map(
          ({ sign, opacity, d }) => svg`<path class=${sign} fill-opacity=${opacity} d=${d}></path>`,
        )}
        ${
          this.keyed
            ? svg`<rect class="painter-cursor" x=${column} y=${row} width="1" height="1"></rect>`
            : ''
        }
      </svg>
      ${this.#tools()}
    </div>`;
  }

  #tools(): TemplateResult {
    return html`<div class="painter-tools">
      ${segments(text('predict.pen'), [
        {
          testId: 'painter-paint',
          word: text('predict.penPaint'),
          label: told(text('predict.penPaint'), text('predict.penPaintHint')),
          chosen: !this.wipes,
          choose: () => (this.wipes = false),
        },
        {
          testId: 'painter-wipe',
          word: text('predict.penWipe'),
          label: told(text('predict.penWipe'), text('predict.penWipeHint')),
          chosen: this.wipes,
          choose: () => (this.wipes = true),
        },
      ])}
      <button class="link" data-testid="painter-clear" @click=${() => this.#paint(this.least)}>
        ${text('predict.wipeAll')}
      </button>
    </div>`;
  }

  #paint(inputs: readonly number[]): void {
    this.#draft = inputs;
    this.dispatchEvent(new CustomEvent<Painted>('nabla-paint', { detail: inputs }));
  }

  /** Cells get the most or the least of all pixels, so that a stroke has one shade. */
  #fill(cells: readonly number[], wipes: boolean): void {
    const value = wipes ? Math.min(...this.least) : Math.max(...this.most);
    const next = [...(this.#draft ?? this.inputs)];
    for (const cell of cells) next[cell] = value;
    this.#paint(next);
  }

  // ------------------------------------------------------------------ pointer

  #cellAt(event: PointerEvent): number {
    const [height, width] = this.sides;
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const column = Math.floor(((event.clientX - box.x) / box.width) * width);
    const row = Math.floor(((event.clientY - box.y) / box.height) * height);
    const within = (value: number, size: number): number => Math.max(0, Math.min(size - 1, value));
    return within(row, height) * width + within(column, width);
  }

  readonly #down = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    this.#draft = undefined;
    this.#last = this.#cellAt(event);
    this.#fill([this.#last], this.wipes);
  };

  readonly #move = (event: PointerEvent): void => {
    if (this.#last === undefined) return;
    const cell = this.#cellAt(event);
    if (cell === this.#last) return;
    this.#fill(lineOfCells(this.#last, cell, this.sides[1]), this.wipes);
    this.#last = cell;
  };

  readonly #up = (): void => {
    this.#last = undefined;
    this.#draft = undefined;
  };

  // ------------------------------------------------------------------ keyboard

  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === ' ') this.#byKey(() => this.#fill([this.cursor], event.shiftKey));
    else if (event.key === 'Enter') this.#byKey(() => this.#paint(this.least));
    else {
      const to = moveIn(this.cursor, event.key, this.sides);
      if (to === undefined) return;
      this.cursor = to;
    }
    event.preventDefault();
    event.stopPropagation();
    const width = this.sides[1];
    const [row, column] = [Math.floor(this.cursor / width) + 1, (this.cursor % width) + 1];
    const value = (this.#draft ?? this.inputs)[this.cursor];
    speak(this, text('predict.pixel', row, column, format(value)));
  };

  #byKey(act: () => void): void {
    this.#draft = undefined;
    act();
  }
}
