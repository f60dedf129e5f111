/**
 * `<nabla-csv>`: chooses a CSV file of the workspace, shows what is in it, and which columns are for what.
 * With `target` (a network that is there) columns are chosen and one edit is made; without, the file
 * becomes a new network.
 */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { chooseColumns, whyNoInput } from '../../src/data/infer';
import type { CsvColumn, CsvPreview } from '../../src/data/preview';
import type { Network } from '../../src/network/network';
import type { NetworkShapes } from '../../src/network/shapes';
import type { CsvFile } from '../../src/protocol';
import type { Controller } from '../controller';
import { messageOf } from '../messageOf';
import { text } from '../strings';
import { csvData, csvNeeds, changeData, type DataChange } from './changes';
import { consequenceList } from './consequenceList';
import { missingIn } from './csvMissing';
import {
  badCells,
  bytesText,
  columnTable,
  csvFacts,
  csvFault,
  headTable,
  type Role,
} from './csvPreview';

const OTHER = '';

export class NablaCsv extends LitElement {
  static override properties = {
    controller: { attribute: false },
    target: { attribute: false },
    locked: { type: Boolean },
    files: { state: true },
    path: { state: true },
    typing: { state: true },
    preview: { state: true },
    roles: { state: true },
    problem: { state: true },
    busy: { state: true },
  };
  declare controller: Controller;
  /** The network that shall use the file; absent: a new one is made. */
  declare target: { readonly network: Network; readonly shapes: NetworkShapes } | undefined;
  declare locked: boolean;
  /** Undefined while they are looked for. */
  declare files: readonly CsvFile[] | undefined;
  declare path: string;
  /** A path is typed, not chosen. */
  declare typing: boolean;
  declare preview: CsvPreview | undefined;
  declare roles: ReadonlyMap<string, Role>;
  declare problem: string;
  declare busy: boolean;
  /** What the person has chosen of this file; it stays when the file is read again. */
  readonly #decided = new Map<string, Role>();

  constructor() {
    super();
    Object.assign(this, { locked: false, path: '', typing: false, problem: '', busy: false });
    this.roles = new Map();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override firstUpdated(_: PropertyValues<this>): void {
    void this.#list();
  }

  async #list(): Promise<void> {
    try {
      this.files = await this.controller.asks.csvFiles();
    } catch (error) {
      this.files = [];
      this.problem = messageOf(error);
    }
    const source = this.target?.network.data?.source;
    const first = source?.type === 'csv' ? source.path : this.files[0]?.path;
    this.typing = first === undefined;
    if (first !== undefined) await this.#read(first);
  }

  async #read(path: string): Promise<void> {
    if (path !== this.path) this.#decided.clear();
    this.path = path;
    this.preview = undefined;
    this.problem = '';
    if (path.trim() === '') return;
    try {
      const preview = await this.controller.asks.previewCsv(path);
      if (this.path !== path) return;
      this.roles = new Map([...this.#firstRoles(preview), ...this.#decided]);
      this.preview = preview;
    } catch (error) {
      if (this.path === path) this.problem = messageOf(error);
    }
  }

  /** What the network uses now, else what is inferred. */
  #firstRoles(preview: CsvPreview): ReadonlyMap<string, Role> {
    const source = this.target?.network.data?.source;
    const inferred = chooseColumns(preview);
    const same = source?.type === 'csv' && source.path === preview.path ? source : undefined;
    const targets = same ? [same.target].flat() : [inferred.target];
    const inputs =
      same?.inputs ??
      (same
        ? preview.columns.flatMap(({ name, type }) =>
            targets.includes(name) || type === 'empty' ? [] : [name],
          )
        : inferred.inputs);
    const roleOf = (name: string): Role =>
      targets.includes(name) ? 'target' : inputs.includes(name) ? 'input' : 'unused';
    return new Map(preview.columns.map(({ name }) => [name, roleOf(name)]));
  }

  protected override render(): TemplateResult {
    return html`<div class="csv" data-testid="csv">
      ${this.#chooser()} ${this.#status()}
      ${this.preview ? this.#found(this.preview) : this.#actions(undefined)}
    </div>`;
  }

  #chooser(): TemplateResult {
    const { files, path, typing } = this;
    const known = files?.some(file => file.path === path) ?? false;
    return html`${
      files && files.length > 0
        ? html`<label class="data-field">
            <span>${text('csv.file')}</span>
            <select
              data-testid="csv-file"
              .value=${typing || !known ? OTHER : path}
              @change=${this.#chosen}
            >
              ${files.map(
                file =>
                  html`<option value=${file.path} ?selected=${!typing && file.path === path}>
                    ${file.path} (${bytesText(file.bytes)})
                  </option>`,
              )}
              <option value=${OTHER} ?selected=${typing || !known}>${text('csv.other')}</option>
            </select>
          </label>`
        : nothing
    }
    ${typing || (files && !known) ? this.#pathField() : nothing}
    ${
      path.trim() === ''
        ? nothing
        : html`<button
            type="button"
            class="link again"
            data-testid="csv-again"
            @click=${() => void this.#read(path)}
          >
            ${text('csv.again')}
          </button>`
    }`;
  }

  #pathField(): TemplateResult {
    return html`<label class="data-field">
      <span>${text('csv.path')}</span>
      <input
        type="text"
        spellcheck="false"
        autocomplete="off"
        data-testid="csv-path"
        aria-invalid=${this.problem ? 'true' : 'false'}
        .defaultValue=${this.path}
        .value=${this.path}
        @change=${(event: Event) => void this.#read((event.target as HTMLInputElement).value)}
      />
    </label>`;
  }

  readonly #chosen = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    this.typing = value === OTHER;
    void this.#read(value);
  };

  #status(): TemplateResult | typeof nothing {
    const { files, problem, path, preview } = this;
    if (problem)
      return html`<p class="data-problem" role="alert" data-testid="csv-problem">
        <i class="codicon codicon-error" aria-hidden="true"></i> ${problem}
      </p>`;
    if (!files) return quiet(text('csv.listing'));
    if (files.length === 0 && path === '') return quiet(text('csv.none'));
    return path !== '' && !preview ? quiet(text('csv.reading', path)) : nothing;
  }

  #found(preview: CsvPreview): TemplateResult {
    const fault = csvFault(preview);
    const { target } = this;
    const change = fault ? undefined : this.#change(preview);
    return html`${csvFacts(preview)} ${badCells(preview)}
    ${
      fault
        ? html`<p class="data-problem" role="alert" data-testid="csv-fault">
            <i class="codicon codicon-error" aria-hidden="true"></i> ${text(fault)}
          </p>`
        : nothing
    }
    ${
      preview.columns.length > 0
        ? html`${columnTable(preview, {
            of: column => this.#roleOf(column),
            why: whyNoInput,
            choose: target && ((column, role) => this.#setRole(column, role)),
          })}
          ${headTable(preview)}`
        : nothing
    }
    ${typeof change === 'string' ? html`<p class="data-problem" role="status" data-testid="csv-missing"><i class="codicon codicon-info" aria-hidden="true"></i> ${change}</p>` : nothing}
    ${target && typeof change === 'object' ? consequenceList(change.consequences) : nothing}
    ${this.#actions(change)}`;
  }

  #actions(change: DataChange | string | undefined): TemplateResult {
    const { target } = this;
    return html`<div class="actions">
      ${
        this.preview
          ? html`<nabla-button
              appearance="primary"
              data-testid=${target ? 'csv-apply' : 'csv-create'}
              ?disabled=${this.locked || this.busy || typeof change !== 'object'}
              @click=${() => void this.#act(change)}
              >${text(target ? 'data.apply' : 'start.create')}</nabla-button
            >`
          : nothing
      }
      <nabla-button
        appearance="secondary"
        data-testid="csv-cancel"
        @click=${() => this.#end('cancel')}
        >${text(target ? 'data.cancel' : 'start.back')}</nabla-button
      >
    </div>`;
  }

  /** A network cannot name a column without a name. */
  #roleOf({ name }: CsvColumn): Role {
    return (name === '' ? undefined : this.roles.get(name)) ?? 'unused';
  }

  #setRole({ name }: CsvColumn, role: Role): void {
    this.#decided.set(name, role);
    this.roles = new Map(this.roles).set(name, role);
  }

  /** The change, or what is missing for it. */
  #change(preview: CsvPreview): DataChange | string {
    const { columns } = preview;
    const missing = missingIn(columns, column => this.#roleOf(column), this.target !== undefined);
    if (missing !== undefined) return missing;
    if (!this.target) return { edit: { type: 'unset', path: [] }, consequences: [] };
    const named = (role: Role): string[] =>
      columns.flatMap(column => (this.#roleOf(column) === role ? [column.name] : []));
    const [inputs, targets] = [named('input'), named('target')];
    const data = csvData(preview, inputs, targets);
    const needs = csvNeeds(preview, inputs, targets);
    const label = text('undo.data', preview.path);
    return changeData(this.target, data, needs, label);
  }

  async #act(change: DataChange | string | undefined): Promise<void> {
    if (typeof change !== 'object' || this.busy) return;
    this.busy = true;
    const result = this.target
      ? await this.controller.edit(change.edit)
      : await this.controller.createFrom({ csv: this.path });
    this.busy = false;
    if (result.applied) this.#end('done');
    else this.problem = result.message;
  }

  #end(how: 'cancel' | 'done'): void {
    this.dispatchEvent(new CustomEvent(`nabla-csv-${how}`, { bubbles: true }));
  }
}

function quiet(words: string): TemplateResult {
  return html`<p class="quiet" role="status">${words}</p>`;
}
