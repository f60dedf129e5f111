/** `<nabla-inline>`: the samples that stand in the file, as a small table; one edit a changed cell. */
import { html, LitElement, type TemplateResult } from 'lit';
import type { NetworkEdit } from '../../src/network/edit';
import type { InlineSample } from '../../src/network/network';
import type { Controller } from '../controller';
import { readNumber } from '../design/numberText';
import { count } from '../numbers';
import { text } from '../strings';

/** More samples than this are edited in the text. */
const MOST_ROWS = 50;
/** And samples of more numbers: nobody reads a table of thousands of columns, and it takes the browser long to lay out. */
const MOST_COLUMNS = 32;

type Side = 'x' | 'y';

export class NablaInline extends LitElement {
  static override properties = {
    controller: { attribute: false },
    samples: { attribute: false },
    sizes: { attribute: false },
    locked: { type: Boolean },
    problem: { state: true },
  };
  declare controller: Controller;
  declare samples: readonly InlineSample[];
  /** Of the network: a new sample has as many numbers. */
  declare sizes: { readonly x: number; readonly y: number };
  declare locked: boolean;
  /** Of the cell that was typed last: its key and what is wrong. */
  declare problem: { readonly cell: string; readonly words: string } | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    const { samples, problem } = this;
    const [first] = samples;
    const columns = (first?.x.length ?? 0) + (first?.y.length ?? 0);
    if (columns > MOST_COLUMNS)
      return this.#inText(text('inline.wide', count(columns), MOST_COLUMNS));
    if (samples.length > MOST_ROWS)
      return this.#inText(text('inline.many', count(samples.length), MOST_ROWS));
    return html`${this.#table(samples)}
      <p class="data-problem small" id="inline-problem" role="alert" data-testid="inline-problem">
        ${problem?.words ?? ''}
      </p>
      <div class="actions">
        <nabla-button
          appearance="secondary"
          data-testid="inline-add"
          ?disabled=${this.locked || samples.length >= MOST_ROWS}
          @click=${() => this.#add()}
          >${text('inline.add')}</nabla-button
        >
      </div>`;
  }

  #table(samples: readonly InlineSample[]): TemplateResult {
    const [first] = samples;
    const head = (side: Side, letter: string): TemplateResult[] =>
      (first?.[side] ?? []).map((_, k) => html`<th scope="col">${letter}${k + 1}</th>`);
    return html`<div
      class="csv-scroll"
      tabindex="0"
      role="region"
      aria-label=${text('inline.title')}
    >
      <table class="inline-samples" data-testid="inline">
        <thead>
          <tr>
            <th scope="col"><span class="spoken">${text('data.samples')}</span></th>
            ${head('x', 'x')} ${head('y', 'y')}
            <td></td>
          </tr>
        </thead>
        <tbody>
          ${samples.map((sample, i) => this.#row(sample, i))}
        </tbody>
      </table>
    </div>`;
  }

  #inText(why: string): TemplateResult {
    return html`<p class="quiet" data-testid="inline-many">${why}</p>
      <div class="actions">
        <nabla-button
          appearance="secondary"
          @click=${() => this.controller.reveal(['data', 'inline'])}
          >${text('inline.openText')}</nabla-button
        >
      </div>`;
  }

  #row(sample: InlineSample, index: number): TemplateResult {
    const cells = (side: Side): TemplateResult[] =>
      sample[side].map((value, k) => html`<td>${this.#cell(value, index, side, k)}</td>`);
    return html`<tr>
      <th scope="row">${index + 1}</th>
      ${cells('x')} ${cells('y')}
      <td>
        <button
          class="icon"
          type="button"
          data-testid="inline-remove-${index}"
          aria-label=${text('inline.remove', index + 1)}
          title=${text('inline.remove', index + 1)}
          ?disabled=${this.locked}
          @click=${() => this.#edit({ type: 'remove', path: ['data', 'inline'], index })}
        >
          <i class="codicon codicon-trash" aria-hidden="true"></i>
        </button>
      </td>
    </tr>`;
  }

  #cell(value: number, index: number, side: Side, k: number): TemplateResult {
    const cell = `${index}-${side}-${k}`;
    const wrong = this.problem?.cell === cell;
    return html`<input
      type="text"
      inputmode="decimal"
      autocomplete="off"
      class=${side}
      data-testid="inline-${cell}"
      aria-label=${text('inline.cell', index + 1, `${side}${k + 1}`)}
      aria-invalid=${wrong ? 'true' : 'false'}
      aria-describedby=${wrong ? 'inline-problem' : ''}
      ?disabled=${this.locked}
      .defaultValue=${String(value)}
      .value=${String(value)}
      @change=${(event: Event) =>
        this.#commit(event.target as HTMLInputElement, value, [index, side, k])}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key !== 'Escape') return;
        (event.target as HTMLInputElement).value = String(value);
        this.problem = undefined;
        event.stopPropagation();
      }}
    />`;
  }

  #commit(
    field: HTMLInputElement,
    before: number,
    [index, side, k]: readonly [number, Side, number],
  ): void {
    const found = readNumber(field.value);
    if (!found.ok) {
      this.problem = { cell: `${index}-${side}-${k}`, words: text('inline.wrong', field.value) };
      return;
    }
    this.problem = undefined;
    if (found.value === before) field.value = String(before);
    else this.#edit({ type: 'set', path: ['data', 'inline', index, side, k], value: found.value });
  }

  #add(): void {
    const { samples, sizes } = this;
    const [first] = samples;
    const zeros = (side: Side): number[] =>
      new Array<number>(first?.[side].length ?? sizes[side]).fill(0);
    const value = { x: zeros('x'), y: zeros('y') };
    this.#edit({ type: 'insert', path: ['data', 'inline'], index: samples.length, value });
  }

  #edit(edit: NetworkEdit): void {
    void this.controller.edit(edit);
  }
}
