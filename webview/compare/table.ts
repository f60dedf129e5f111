/** `<nabla-compare>`: kept runs as a table that is sorted by what a person presses; a panel over the canvas. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { ComparedRun } from '../../src/protocol';
import type { Controller } from '../controller';
import { whenHere } from '../focus';
import { iconButton } from '../iconButton';
import { count, exact } from '../numbers';
import { text } from '../strings';
import { lineSample } from '../training/chartKeys';
import { columnsOf, runsCsv, sorted, type Column, type Order } from './columns';
import { lineOfRun } from './looks';

export class NablaCompare extends LitElement {
  static override properties = { controller: { attribute: false }, order: { state: true } };
  declare controller: Controller;
  declare order: Order;
  #ends: (() => void)[] = [];
  #wasOpen = false;
  /** Where the keyboard was when it was opened. */
  #before: HTMLElement | undefined;

  constructor() {
    super();
    this.order = { column: 'best', descending: false };
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const { compared } = this.controller;
    this.#ends = [
      compared.listen(() => this.requestUpdate()),
      compared.table.listen(() => this.requestUpdate()),
    ];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const end of this.#ends) end();
  }

  protected override updated(): void {
    const isOpen = this.controller.compared.table.value !== undefined;
    if (isOpen && !this.#wasOpen) {
      const active = document.activeElement;
      this.#before = active instanceof HTMLElement ? active : undefined;
      whenHere(() => this.querySelector<HTMLElement>('[data-testid="compare-close"]')?.focus());
    }
    this.#wasOpen = isOpen;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { table, rows } = this.controller.compared;
    if (!table.value) return nothing;
    const columns = rows.length > 0 ? columnsOf(rows) : [];
    const shown = sorted(rows, columns, this.order);
    return html`<section
      class="lab compare"
      role="dialog"
      aria-label=${text('compare.title')}
      data-testid="compare"
      @keydown=${this.#key}
    >
      <header>
        <h2>${text('compare.title')}</h2>
        <span class="quiet">${table.value.title ?? text('compare.count', count(rows.length))}</span>
        ${iconButton('compare-copy', 'copy', text('compare.copy'), () => void this.controller.copyText(runsCsv(shown, columns), text('compare.copied', count(rows.length))))}
        ${iconButton('compare-close', 'close', text('compare.close'), () => this.#close())}
      </header>
      <div class="compare-scroll" tabindex="0" aria-label=${text('compare.title')} role="group">
        ${
          rows.length === 0
            ? html`<p class="quiet" data-testid="compare-none">${text('compare.none')}</p>`
            : html`<table class="checked-rows" data-testid="compare-rows">
                <thead>
                  <tr>
                    <th scope="col">${text('compare.chart')}</th>
                    <th scope="col"><span class="spoken">${text('compare.acts')}</span></th>
                    ${columns.map(column => this.#head(column))}
                  </tr>
                </thead>
                <tbody>
                  ${shown.map(run => this.#row(run, columns))}
                </tbody>
              </table>`
        }
      </div>
    </section>`;
  }

  #head({ id, word, isNumber }: Column): TemplateResult {
    const { column, descending } = this.order;
    const isBy = column === id;
    const way = descending ? 'descending' : 'ascending';
    return html`<th
      scope="col"
      class=${isNumber ? 'number' : nothing}
      aria-sort=${isBy ? way : 'none'}
    >
      <button
        class="link"
        type="button"
        data-testid="compare-sort-${id}"
        title=${text('checked.sort', word)}
        @click=${() => (this.order = { column: id, descending: isBy && !descending })}
      >
        ${word}${isBy ? html`<i class="codicon codicon-${descending ? 'chevron-down' : 'chevron-up'}" aria-hidden="true"></i>` : nothing}
      </button>
    </th>`;
  }

  #row(run: ComparedRun, columns: readonly Column[]): TemplateResult {
    const { compared } = this.controller;
    const isShown = run.look !== undefined;
    const [first, ...others] = columns;
    return html`<tr data-testid="compare-row">
      <td>
        <label class="compare-show"
          ><input
            type="checkbox"
            aria-label=${text('compare.show', run.name)}
            .checked=${isShown}
            @change=${({ target }: Event) => compared.put(run.id, (target as HTMLInputElement).checked)}
          />${isShown ? lineSample(lineOfRun(run.look ?? 0)) : nothing}</label
        >
      </td>
      <td>
        ${run.hasWeights ? iconButton('compare-restore', 'history', text('compare.restore', run.name), () => compared.restore(run.id)) : nothing}
      </td>
      <th scope="row">${first.show(run)}</th>
      ${others.map(
        column =>
          html`<td class=${column.isNumber ? 'number' : nothing} title=${titleOf(column, run)}>
            ${column.show(run)}
          </td>`,
      )}
    </tr>`;
  }

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    this.#close();
  };

  #close(): void {
    this.controller.compared.table.tell(undefined);
    const canvas = document.querySelector<HTMLElement>('nabla-canvas [tabindex="0"]');
    (this.#before?.isConnected ? this.#before : canvas)?.focus();
  }
}

/** All digits of a number. */
function titleOf(column: Column, run: ComparedRun): string | typeof nothing {
  const value = column.value(run);
  return typeof value === 'number' && !Number.isNaN(value) ? exact(value) : nothing;
}
