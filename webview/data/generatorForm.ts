/** `<nabla-generator>`: chooses a made set of samples, with the change that it brings along. */
import { html, LitElement, type TemplateResult } from 'lit';
import { dataSettings } from '../../src/network/catalog';
import type { GeneratorName, Network } from '../../src/network/network';
import { grouped, inRange, type NumberSetting } from '../../src/network/setting';
import type { NetworkShapes } from '../../src/network/shapes';
import { generators } from '../../src/network/vocabulary';
import type { Controller } from '../controller';
import { readNumber } from '../design/numberText';
import { text } from '../strings';
import { changeData, generatorNeeds, type DataChange } from './changes';
import { consequenceList } from './consequenceList';

const NAMES = Object.keys(generators) as readonly GeneratorName[];

export class NablaGenerator extends LitElement {
  static override properties = {
    controller: { attribute: false },
    target: { attribute: false },
    locked: { type: Boolean },
    name: { state: true },
    samples: { state: true },
    noise: { state: true },
    problem: { state: true },
  };
  declare controller: Controller;
  declare target: { readonly network: Network; readonly shapes: NetworkShapes };
  declare locked: boolean;
  declare name: GeneratorName;
  /** As typed. */
  declare samples: string;
  declare noise: string;
  declare problem: string;

  constructor() {
    super();
    this.locked = false;
    this.problem = '';
    this.#choose('moons');
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const source = this.target.network.data?.source;
    if (source?.type !== 'generator') return;
    Object.assign(this, {
      name: source.name,
      samples: String(source.samples),
      noise: String(source.noise),
    });
  }

  #choose(name: GeneratorName): void {
    this.name = name;
    this.samples = String(generators[name].samples);
    this.noise = String(generators[name].noise);
  }

  protected override render(): TemplateResult {
    const { name, target } = this;
    const samples = read(dataSettings.samples, this.samples);
    const noise = read(dataSettings.noise, this.noise);
    const good = samples !== undefined && noise !== undefined;
    const change = good ? this.#change(samples, noise) : undefined;
    return html`<div class="generator" data-testid="generator">
      <label class="data-field">
        <span>${text('generator.name')}</span>
        <select
          data-testid="generator-name"
          .value=${name}
          @change=${(event: Event) =>
            this.#choose((event.target as HTMLSelectElement).value as GeneratorName)}
        >
          ${NAMES.map(each => html`<option value=${each} ?selected=${each === name}>${each}</option>`)}
        </select>
      </label>
      <p class="quiet small">${text(`generator.${name}`)}</p>
      ${this.#field('samples', dataSettings.samples, samples === undefined)}
      ${this.#field('noise', dataSettings.noise, noise === undefined)}
      ${consequenceList(change?.consequences ?? changeOf(target, name))}
      ${this.problem ? html`<p class="data-problem" role="alert">${this.problem}</p>` : ''}
      <div class="actions">
        <nabla-button
          appearance="primary"
          data-testid="generator-apply"
          ?disabled=${this.locked || !change}
          @click=${() => void this.#apply(change)}
          >${text('data.apply')}</nabla-button
        >
        <nabla-button
          appearance="secondary"
          data-testid="generator-cancel"
          @click=${() => this.#end()}
          >${text('data.cancel')}</nabla-button
        >
      </div>
    </div>`;
  }

  #field(key: 'samples' | 'noise', setting: NumberSetting, wrong: boolean): TemplateResult {
    const { minimum = 0, maximum } = setting;
    const range =
      maximum === undefined
        ? text('generator.least', grouped(minimum))
        : text('generator.range', grouped(minimum), grouped(maximum));
    return html`<label class="data-field">
        <span>${text(`generator.${key}`)}</span>
        <input
          type="text"
          inputmode="decimal"
          autocomplete="off"
          data-testid="generator-${key}"
          aria-invalid=${wrong ? 'true' : 'false'}
          aria-describedby="generator-${key}-note"
          .value=${this[key]}
          @input=${(event: Event) => (this[key] = (event.target as HTMLInputElement).value)}
        />
      </label>
      <p
        class="small ${wrong ? 'data-problem' : 'quiet'}"
        id="generator-${key}-note"
        role=${wrong ? 'alert' : 'note'}
      >
        ${wrong ? text('generator.wrong', range, this[key]) : range}
      </p>`;
  }

  #change(samples: number, noise: number): DataChange {
    const { target, name } = this;
    const data = { generator: name, samples, noise };
    return changeData(target, data, generatorNeeds(name, target), text('undo.data', name));
  }

  async #apply(change: DataChange | undefined): Promise<void> {
    if (!change) return;
    const result = await this.controller.edit(change.edit);
    if (result.applied) this.#end();
    else this.problem = result.message;
  }

  #end(): void {
    this.dispatchEvent(new CustomEvent('nabla-data-end', { bubbles: true }));
  }
}

function changeOf(target: NablaGenerator['target'], name: GeneratorName) {
  return changeData(target, {}, generatorNeeds(name, target), '').consequences;
}

/** Undefined where it is no number of the setting's range. */
function read(setting: NumberSetting, typed: string): number | undefined {
  const found = readNumber(typed);
  return found.ok && inRange(setting, found.value) ? found.value : undefined;
}
