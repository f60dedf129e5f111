/**
 * `<nabla-matrices>`: the selected layer in matrices, over the picture. Resting on a number lights up what it is made
 * of; the line below writes it out.
 *
 *     arrows   the next number, and at its edge the next matrix        Esc   back to the picture
 */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { LayerMatrices, MatricesRequest } from '../../src/engine/matrixFacts';
import { explainMatrices } from '../../src/explain/explainMatrices';
import type { MatrixCard } from '../../src/explain/matrixCard';
import { profileOf } from '../../src/explain/notation';
import { valueOf } from '../../src/explain/matrixEquation';
import { formatNumber } from '../../src/explain/numbers';
import { toUnicode } from '../../src/explain/unicode';
import { MatrixKeeper } from '../canvas/matrixKeeper';
import { namesOf } from '../canvas/names';
import type { Controller } from '../controller';
import { whenHere } from '../focus';
import { sameScope } from '../past/places';
import { formula } from '../inspect/formula';
import { told } from '../punctuation';
import { speak } from '../speak';
import type { State } from '../store';
import { text } from '../strings';
import { explainWords } from '../words';
import { litAt, type Lit, type Spot } from './cells';
import { matricesHead } from './head';
import { moveSpot } from './moves';
import { nameOf, stepView } from './tables';

export class NablaMatrices extends LitElement {
  static override properties = {
    controller: { attribute: false },
    state: { attribute: false },
    spot: { state: true },
    biasColumn: { state: true },
  };
  declare controller: Controller;
  declare state: State;
  /** The number that the pointer rests on, or that has the focus. */
  declare spot: Spot | undefined;
  declare biasColumn: boolean;

  #card: MatrixCard | undefined;
  /** What the card was made of. */
  #made: readonly unknown[] = [];
  /** The focus goes to the number in question. */
  #focusing = false;
  /** Where the keyboard was before. */
  #before: Element | null = null;
  readonly #keeper = new MatrixKeeper<MatricesRequest, LayerMatrices>(
    request => this.controller.asks.layerMatrices(request),
    () => (this.isConnected ? this.#wanted : undefined),
    () => this.requestUpdate(),
  );

  constructor() {
    super();
    this.biasColumn = true;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#before = document.activeElement;
  }

  /** What is selected, or the last layer. */
  get #wanted(): MatricesRequest | undefined {
    const { document, show } = this.state;
    const { selection, scope } = show;
    const last = (document?.network?.layers.length ?? 0) - 1;
    if (last < 0) return undefined;
    if (!selection || selection.type === 'loss') return { scope, layer: last };
    const layer = Math.min(selection.layer, last);
    if (selection.type === 'layer') return { scope, layer };
    const column = selection.type === 'weight' ? { column: selection.column } : {};
    return { scope, layer, row: selection.row, ...column };
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('state') as State | undefined;
    const { view, show, document } = this.state;
    const same =
      before?.view === view &&
      before?.show.scope === show.scope &&
      before?.show.selection === show.selection &&
      before?.document === document;
    if (changed.has('state') && !same) this.#keeper.refresh();
    this.#explain();
    if (before && before.show.selection !== show.selection) this.spot = undefined;
  }

  /** Anew where it would say something else: not for each number that the pointer passes. */
  #explain(): void {
    const { picture } = this.#keeper;
    const wanted = this.#wanted;
    const fits =
      wanted !== undefined &&
      wanted.layer === picture?.layer &&
      sameScope(wanted.scope, picture.scope);
    const facts = fits ? picture : undefined;
    const { biasColumn } = this;
    const { notation } = this.state;
    const made = [facts, notation, biasColumn];
    if (made.every((each, i) => each === this.#made[i])) return;
    this.#made = made;
    this.#card =
      facts && explainMatrices(facts, profileOf(notation), explainWords(), { biasColumn });
  }

  protected override firstUpdated(): void {
    whenHere(() => this.querySelector<HTMLElement>('.matrices')?.focus({ preventScroll: true }));
  }

  /** The focus follows the number, where the keyboard has moved. */
  protected override updated(): void {
    const cell = this.#focusing && this.spot && this.#cellOf(this.spot);
    this.#focusing = false;
    if (cell) cell.focus();
  }

  #cellOf({ step, matrix, row, column }: Spot): HTMLElement | null {
    return this.querySelector(`[data-spot="${step},${matrix},${row},${column}"]`);
  }

  protected override render(): TemplateResult {
    const card = this.#card;
    const { failure, picture } = this.#keeper;
    const lit = this.#lit;
    return html`<section
      class="matrices"
      data-testid="matrices"
      tabindex="-1"
      aria-label=${text('matrices.label')}
      @keydown=${this.#pressed}
    >
      ${matricesHead(this.state, this.controller, {
        layer: this.#wanted?.layer ?? -1,
        facts: picture,
        card,
        biasColumn: this.biasColumn,
        chooseBias: column => (this.biasColumn = column),
        close: () => this.#close(),
      })}
      <div
        class="matrices-body"
        @pointerover=${this.#over}
        @focusin=${this.#focused}
        @pointerleave=${this.#left}
      >
        ${failure === undefined ? nothing : html`<p class="caution" role="alert">${text('matrices.failed', failure)}</p>`}
        ${card ? this.#body(card, lit) : html`<p class="quiet">${text('matrices.loading')}</p>`}
      </div>
      <footer data-testid="matrices-cell">${this.#footer(lit)}</footer>
    </section>`;
  }

  get #lit(): Lit | undefined {
    const equations = this.#card?.sections.flatMap(({ steps }) => steps.map(step => step.equation));
    return this.spot && equations && litAt(equations, this.spot);
  }

  #body(card: MatrixCard, lit: Lit | undefined): TemplateResult {
    const style = { digits: this.state.exact ? 17 : undefined };
    const painted = { style, lit, chosen: this.#chosen() };
    let next = 0;
    return html`${card.sections.map(
      ({ title, steps }) =>
        html`<h3>${title}</h3>
          ${steps.map(step => stepView(step, next++, painted))}`,
    )}
    ${card.notes.map(note => html`<p class="quiet">${note}</p>`)}`;
  }

  /** The selected neuron, or the two ends of the selected weight. */
  #chosen(): ReadonlySet<string> {
    const { selection } = this.state.show;
    const named = namesOf(this.state.document, this.state.notation);
    if (!named || !selection || !('row' in selection)) return new Set();
    const { context, sources } = named;
    const word = (layer: number, row: number): string =>
      context.words.neuron(context.place(layer, row));
    const own = word(selection.layer, selection.row);
    if (selection.type !== 'weight') return new Set([own]);
    return new Set([own, word(sources[selection.layer][0], selection.column)]);
  }

  // ------------------------------------------------------------------ the number in question

  #footer(lit: Lit | undefined): TemplateResult {
    if (!lit) return html`<span class="quiet">${text('matrices.rest')}</span>`;
    const { computed, cell } = lit;
    const name = this.#placeOf(lit);
    if (!computed) {
      const left = lit.others[0]?.matrix;
      return html`<span>${text('matrices.goesInto', name, left ? nameOf(left) : '')}</span>`;
    }
    const style = { digits: this.state.exact ? 17 : undefined };
    const equation = { left: computed, forms: [], value: valueOf(cell) };
    return html`<span class="quiet">${name}</span> ${formula(equation, style)}`;
  }

  /** "∂C/∂w², neuron 2 of layer 3, neuron 1 of layer 2" */
  #placeOf({ cell: { matrix, row, column } }: Lit): string {
    const words = explainWords();
    const name = matrix.words ?? toUnicode(matrix.name);
    return words.matrices.cell(name, matrix.rows.words[row], matrix.columns.words[column]);
  }

  #spotOf(target: EventTarget | null): Spot | undefined {
    const cell = target instanceof Element ? target.closest<HTMLElement>('[data-spot]') : null;
    if (!cell) return undefined;
    const [step, matrix, row, column] = (cell.dataset['spot'] ?? '').split(',').map(Number);
    return { step, matrix, row, column };
  }

  readonly #over = (event: Event): void => {
    const spot = this.#spotOf(event.target);
    if (spot) this.spot = spot;
  };

  /** Back to where the keyboard is. */
  readonly #left = (): void => {
    const focused = document.activeElement?.closest<HTMLElement>('[data-spot]');
    const own = focused && this.contains(focused) ? focused : null;
    this.spot = this.#spotOf(own);
  };

  readonly #focused = (event: FocusEvent): void => {
    const spot = this.#spotOf(event.target);
    if (!spot) return;
    this.spot = spot;
    const lit = this.#lit;
    if (lit && (event.target as Element).matches(':focus-visible')) this.#say(lit);
  };

  #say(lit: Lit): void {
    const { computed, cell } = lit;
    const value = formatNumber(valueOf(cell));
    const how = computed ? ` = ${toUnicode(computed)}` : '';
    speak(this, told(this.#placeOf(lit), value + how));
  }

  // ------------------------------------------------------------------ keyboard

  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') this.#close();
    else {
      const spot = this.#spotOf(event.target);
      const to = spot && this.#card && moveSpot(this.#card, spot, event.key);
      if (!to) return;
      this.spot = to;
      this.#focusing = true;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  #close(): void {
    const before = this.#before;
    this.dispatchEvent(new CustomEvent('nabla-close'));
    if (before instanceof HTMLElement && before.closest('.inspector'))
      void this.updateComplete.then(() => before.focus());
  }
}
