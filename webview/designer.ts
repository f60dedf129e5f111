/** `<nabla-designer>`: the whole page. Draws the state; what a person does goes to the controller. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { arrange, type Arrangement } from './arrange';
import { banners, EMPTY_FILE } from './banner';
import type { NablaCanvas } from './canvas/canvas';
import type { Controller } from './controller';
import type { NablaDesign } from './design/designLayer';
import { createInteraction, type DesignInteraction } from './design/interaction';
import { drawerButton, palette } from './design/palette';
import { quietLine } from './design/quietLine';
import { gradcheckStrip } from './inspect/gradcheckStrip';
import type { NablaHoverCard } from './inspect/hoverCard';
import { inspector } from './properties/inspector';
import type { State } from './store';
import { text } from './strings';
import { isTrained } from './training/chartPanel';
import { toolbar } from './training/toolbar';
import { viewBar } from './training/viewBar';

export class NablaDesigner extends LitElement {
  static override properties = {
    controller: { attribute: false },
    state: { state: true },
    spoken: { state: true },
    arrangement: { state: true },
  };
  declare controller: Controller;
  declare state: State;
  declare spoken: string;
  /** How the height is shared; measured after each drawing. */
  declare arrangement: Arrangement;

  #ends: (() => void)[] = [];
  /** Of the canvas that is on the page. */
  #interaction: DesignInteraction | undefined;
  readonly #observer = new ResizeObserver(() => this.#arrange());

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.state = this.controller.store.state;
    this.arrangement = { stacked: false, palette: 'icons', chart: 0, inspector: 0 };
    this.#ends = [
      this.controller.store.subscribe(state => (this.state = state)),
      this.controller.onHistory(() => this.#arrange()),
    ];
    this.#observer.observe(this);
    this.addEventListener('keydown', keepUndoInFields);
    this.addEventListener('nabla-speak', this.#heard);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const end of this.#ends) end();
    this.#observer.disconnect();
    this.#interaction?.disconnect();
    this.#interaction = undefined;
  }

  readonly #heard = (event: Event): void => {
    this.spoken = (event as CustomEvent<string>).detail;
  };

  protected override render(): TemplateResult {
    const { phase, document } = this.state;
    if (phase === 'loading') return message('loading', text('app.loading'));
    if (phase === 'failed') return this.#failed();
    return document?.network ? this.#page() : this.#empty();
  }

  #page(): TemplateResult {
    const { state, controller, arrangement } = this;
    const { document, show } = state;
    return html`<div
        class="page palette-${arrangement.palette} ${show.inspector ? '' : 'wide'} ${document?.stale ? 'stale' : ''}"
        data-testid="designer"
      >
        <header>
          <h1 class="unseen">${document?.network?.name || document?.fileName}</h1>
          ${toolbar(state, controller)}
          <div class="notices">
            ${banners(state, controller)} ${gradcheckStrip(state, controller)}
          </div>
        </header>
        ${palette(state, this.#interaction, arrangement.palette)}
        <main>
          <div class="view-line">
            ${arrangement.palette === 'drawer' ? drawerButton(state, this.#interaction) : nothing}
            ${viewBar(state, controller)}
          </div>
          ${quietLine(state, controller)}
          <nabla-canvas
            data-testid="canvas"
            .controller=${controller}
            .state=${state}
          ></nabla-canvas>
          <nabla-chart-panel
            .controller=${controller}
            .state=${state}
            .room=${arrangement.chart}
          ></nabla-chart-panel>
          <nabla-design .state=${state}></nabla-design>
        </main>
        ${show.inspector ? inspector(state, controller, arrangement) : nothing}
      </div>
      <nabla-hover-card .controller=${controller} .state=${state}></nabla-hover-card>
      <div class="spoken" aria-live="polite" data-testid="spoken">${this.spoken}</div>`;
  }

  /** Shares the height anew when what was measured, or what is wanted, has changed. */
  #arrange(): void {
    const bars = this.querySelectorAll<HTMLElement>('.toolbar, .notices, .view-bar');
    if (bars.length < 3) return;
    for (const bar of bars) this.#observer.observe(bar);
    const { show } = this.state;
    const isLayer = show.selection?.type === 'layer';
    const open = isTrained(this.controller.history) && show.chart !== 'closed';
    const next = arrange({
      width: this.clientWidth,
      height: this.clientHeight,
      fixed: [...bars].reduce((sum, bar) => sum + bar.offsetHeight, 0),
      chart: open ? show.chartHeight : 0,
      chartAsked: show.chartAsked,
      inspector: !show.inspector ? 'hidden' : isLayer && show.fold === 'auto' ? 'open' : show.fold,
      palette: show.palette,
      selected: show.selection !== undefined,
    });
    const before = this.arrangement;
    const keys = ['stacked', 'palette', 'chart', 'inspector'] as const;
    if (keys.some(key => next[key] !== before[key])) this.arrangement = next;
  }

  /** The card must find the canvas, and the canvas the card. */
  protected override updated(_: PropertyValues<this>): void {
    this.#arrange();
    const canvas = this.querySelector<NablaCanvas>('nabla-canvas');
    const card = this.querySelector<NablaHoverCard>('nabla-hover-card');
    this.#join(canvas);
    if (!canvas || !card) return;
    canvas.cardBox = () => card.box();
    canvas.inspectorShows = () => this.querySelector('.inspector-body') !== null;
    card.canvas = canvas;
  }

  /** Gestures live as long as the canvas that they speak of. */
  #join(canvas: NablaCanvas | null): void {
    if (this.#interaction?.session.surface === (canvas ?? undefined)) return;
    this.#interaction?.disconnect();
    this.#interaction = canvas ? createInteraction(this.controller, canvas) : undefined;
    this.#interaction?.connect();
    if (canvas) canvas.interaction = this.#interaction;
    const layer = this.querySelector<NablaDesign>('nabla-design');
    if (layer) layer.session = this.#interaction?.session;
    this.requestUpdate();
  }

  #empty(): TemplateResult {
    const { state, controller } = this;
    const isEmpty = state.document?.issues.some(({ code }) => code === EMPTY_FILE);
    return html`<div class="page" data-testid="designer">
      <div class="notices">${banners(state, controller)}</div>
      <main class="message" data-testid="empty">
        <span class="nabla" aria-hidden="true">∇</span>
        <h1>${text(isEmpty ? 'empty.title' : 'empty.broken')}</h1>
        ${isEmpty ? html`<p class="quiet">${text('empty.choose')}</p>` : nothing}
        ${
          isEmpty
            ? html`<nabla-start
                .controller=${controller}
                ?locked=${state.document?.readOnly ?? false}
              ></nabla-start>`
            : nothing
        }
        <nabla-button
          appearance="secondary"
          data-testid="open-text"
          @click=${() => controller.openAsText()}
          >${text('empty.open')}</nabla-button
        >
      </main>
    </div>`;
  }

  #failed(): TemplateResult {
    return html`<div class="page">
      <div class="message" role="alert" data-testid="failed">
        <span class="nabla" aria-hidden="true">∇</span>
        <p>${text('app.failed', this.state.failure ?? '')}</p>
        <nabla-button @click=${() => void this.controller.start()}
          >${text('app.retry')}</nabla-button
        >
      </div>
    </div>`;
  }
}

function message(testId: string, words: string): TemplateResult {
  return html`<div class="page">
    <div class="message" data-testid=${testId}>
      <span class="nabla" aria-hidden="true">∇</span>
      <p class="quiet">${words}</p>
    </div>
  </div>`;
}

/** Undo inside a text field is the field's own; VS Code would otherwise undo the document. */
function keepUndoInFields(event: KeyboardEvent): void {
  if (!(event.ctrlKey || event.metaKey) || !['z', 'y'].includes(event.key.toLowerCase())) return;
  const [origin] = event.composedPath();
  if (origin instanceof HTMLInputElement || origin instanceof HTMLTextAreaElement)
    event.stopPropagation();
}
