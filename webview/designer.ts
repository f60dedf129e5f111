/** `<nabla-designer>`: the whole page. Draws the state; what a person does goes to the controller. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { Announcer } from './announcer';
import { arrange, CHART_HEADER, STEPPING_HEIGHT, type Arrangement } from './arrange';
import { banners, EMPTY_FILE } from './banner';
import type { NablaCanvas } from './canvas/canvas';
import type { Controller } from './controller';
import type { NablaDesign } from './design/designLayer';
import { enterCanvas } from './design/enter';
import { createInteraction, type DesignInteraction } from './design/interaction';
import { drawerButton } from './design/drawer';
import { loadStrip } from './data/loadStrip';
import { endQuietLine, quietLine } from './design/quietLine';
import { keepOwnKeys } from './ownKeys';
import { focusIn, onEntered } from './focus';
import { bringFurniture, painted, type Furniture } from './furnish';
import type { NablaHoverCard } from './inspect/hoverCard';
import type { NablaPins } from './inspect/pins';
import { messageOf } from './messageOf';
import { inspectorFrame } from './properties/inspectorFrame';
import type { State } from './store';
import { text } from './strings';
import { hasCurves } from './training/trained';

/** Of the page's height; the style sheet gives an empty one its height as well. */
const BAR_NAMES = '.toolbar, .notices, .view-bar';
/** What they take when each is one line, in pixels. */
const BARS = 69;

export class NablaDesigner extends LitElement {
  static override properties = {
    controller: { attribute: false },
    state: { state: true },
    spoken: { state: true },
    furniture: { state: true },
  };
  declare controller: Controller;
  declare state: State;
  declare spoken: string;
  /** The bars and forms around the picture are drawn as soon as the picture itself has been. */
  declare furniture: typeof Furniture | undefined;

  /** How the height is shared. */
  #arrangement: Arrangement = { stacked: false, palette: 'icons', chart: 0, inspector: 0 };
  /** Pixels of the page and of its bars, as they were last measured. */
  #measured = { width: 0, height: 0, fixed: BARS };
  #ends: (() => void)[] = [];
  #keepFocus: (() => void) | undefined;
  readonly #announcer = new Announcer(words => (this.spoken = words));
  /** Of the canvas that is on the page. */
  #interaction: DesignInteraction | undefined;
  #furnishing = false;
  /** The keyboard stood on the start page: it goes on to the network. */
  #starting = false;
  readonly #observer = new ResizeObserver(() => this.#resized());

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.state = this.controller.store.state;
    this.#measured = { width: this.clientWidth, height: this.clientHeight, fixed: BARS };
    this.#ends = [
      this.controller.store.subscribe((state, before) => {
        this.state = state;
        this.#announcer.follow(state, before);
        if (state.quiet !== before.quiet) endQuietLine(this.controller);
      }),
      this.controller.onHistory(() => this.#rearrange()),
      this.controller.soFar.listen(() => this.requestUpdate()),
      this.controller.onOutside(words => (this.spoken = words)),
      onEntered(() => this.controller.entered()),
    ];
    this.#observer.observe(this);
    this.addEventListener('keydown', keepOwnKeys);
    this.addEventListener('nabla-speak', this.#heard);
    this.addEventListener('nabla-matrix', this.#matrixWanted);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const end of this.#ends) end();
    this.#observer.disconnect();
    this.#interaction?.disconnect();
    this.#interaction = undefined;
  }

  readonly #heard = (event: Event): void => {
    this.#announcer.say((event as CustomEvent<string>).detail);
  };

  readonly #matrixWanted = (event: Event): void =>
    this.querySelector<NablaCanvas>('nabla-canvas')?.openMatrix(
      (event as CustomEvent<number>).detail,
    );

  protected override render(): TemplateResult {
    const { phase, document } = this.state;
    if (phase === 'loading') return message('loading', text('app.loading'));
    if (phase === 'failed') return this.#failed();
    if (document?.network) return this.#page();
    return this.furniture ? this.#empty() : message('loading', text('app.loading'));
  }

  protected override willUpdate(): void {
    this.#arrangement = this.#arranged();
    this.#keepFocus = focusIn(this);
    this.#starting =
      !this.#interaction &&
      this.querySelector('nabla-start')?.contains(document.activeElement) === true;
  }

  #page(): TemplateResult {
    const { state, controller, furniture } = this;
    const arrangement = this.#arrangement;
    const { document, show } = state;
    return html`<div
        class="page palette-${arrangement.palette} ${show.inspector ? '' : 'wide'} ${document?.stale ? 'stale' : ''} ${show.stepping ? 'stepped' : ''}"
        data-testid="designer"
      >
        <header>
          <h1 class="unseen">${document?.network?.name || document?.fileName}</h1>
          ${furniture?.toolbar(state, controller) ?? html`<div class="toolbar"></div>`}
          <div class="notices">
            ${banners(state, controller)} ${furniture?.unfinishedStrip(state, controller)}
            ${furniture?.interruptedStrip(state, controller)} ${loadStrip(state, controller)}
            ${furniture?.gradcheckStrip(state, controller)}
            ${furniture ? html`<nabla-health .controller=${controller} .state=${state}></nabla-health>` : nothing}
          </div>
        </header>
        ${furniture?.palette(state, this.#interaction, arrangement.palette)}
        ${this.#main(arrangement)}
        ${show.inspector ? inspectorFrame(state, controller, arrangement, furniture?.inspectorBody) : nothing}
      </div>
      ${this.#spoken()}`;
  }

  #spoken(): TemplateResult {
    return html`<div class="spoken" aria-live="polite" data-testid="spoken">${this.spoken}</div>`;
  }

  #main(arrangement: Arrangement): TemplateResult {
    const { state, controller, furniture } = this;
    return html`<main>
      <div class="view-line">
        ${arrangement.palette === 'drawer' ? drawerButton(state, this.#interaction) : nothing}
        ${furniture?.viewBar(state, controller) ?? html`<div class="view-bar"></div>`}
      </div>
      ${quietLine(state)}
      <nabla-canvas data-testid="canvas" .controller=${controller} .state=${state}></nabla-canvas>
      ${furniture?.cards(state, controller)}
      ${
        furniture
          ? html`<nabla-chart-panel
              .controller=${controller}
              .state=${state}
              .room=${arrangement.chart}
            ></nabla-chart-panel>`
          : html`<div class="chart-place" style="height: ${arrangement.chart}px"></div>`
      }
      ${furniture ? html`<nabla-stepping .controller=${controller}></nabla-stepping>` : nothing}
      <nabla-design .state=${state}></nabla-design>
    </main>`;
  }

  // ------------------------------------------------------------------ room

  /** Shares the height by what was measured and what is wanted. */
  #arranged(): Arrangement {
    const { show } = this.state;
    const isLayer = show.selection?.type === 'layer';
    const open = hasCurves(this.controller) && show.chart !== 'closed' && !show.stepping;
    const fixed = this.#measured.fixed + (show.stepping ? STEPPING_HEIGHT - CHART_HEADER : 0);
    return arrange({
      ...this.#measured,
      fixed,
      chart: open ? show.chartHeight : 0,
      chartAsked: show.chartAsked,
      inspector: !show.inspector ? 'hidden' : isLayer && show.fold === 'auto' ? 'open' : show.fold,
      palette: show.palette,
      selected: show.selection !== undefined,
    });
  }

  /** Told once the browser has laid out the page: reading sizes costs nothing here. */
  #resized(): void {
    const bars = [...this.querySelectorAll<HTMLElement>(BAR_NAMES)];
    const fixed =
      bars.length < 3 ? BARS : bars.reduce((sum, { offsetHeight }) => sum + offsetHeight, 0);
    this.#measured = { width: this.clientWidth, height: this.clientHeight, fixed };
    this.#rearrange();
  }

  /** Draws anew where the height is shared in another way. */
  #rearrange(): void {
    const [before, next] = [this.#arrangement, this.#arranged()];
    const keys = ['stacked', 'palette', 'chart', 'inspector'] as const;
    if (keys.some(key => next[key] !== before[key])) this.requestUpdate();
  }

  /** The card must find the canvas, and the canvas the card. */
  protected override updated(): void {
    // From the start page it goes to the network by itself.
    if (!this.#starting) this.#keepFocus?.();
    for (const bar of this.querySelectorAll(BAR_NAMES)) this.#observer.observe(bar);
    const canvas = this.querySelector<NablaCanvas>('nabla-canvas');
    const card = this.querySelector<NablaHoverCard>('nabla-hover-card');
    const pins = this.querySelector<NablaPins>('nabla-pins');
    this.#join(canvas);
    if (canvas) canvas.inspectorShows = () => this.querySelector('.inspector-body') !== null;
    if (canvas && card) {
      canvas.cardBox = () => card.box();
      card.canvas = canvas;
    }
    if (canvas && pins) pins.canvas = canvas;
    if (this.state.phase === 'ready') void this.#furnish(canvas);
  }

  /** The picture comes first: what stands around it waits until that is on the screen. */
  async #furnish(canvas: NablaCanvas | null): Promise<void> {
    if (this.#furnishing) return;
    this.#furnishing = true;
    try {
      await canvas?.updateComplete;
      if (canvas) await painted();
      performance.mark('nabla-picture');
      this.furniture = await bringFurniture();
    } catch (error) {
      this.#furnishing = false;
      this.controller.store.dispatch({ type: 'failed', message: messageOf(error) });
    }
  }

  /** Gestures live as long as the canvas that they speak of. */
  #join(canvas: NablaCanvas | null): void {
    if (this.#interaction?.session.surface === (canvas ?? undefined)) return;
    this.#interaction?.disconnect();
    this.#interaction = canvas ? createInteraction(this.controller, canvas) : undefined;
    this.#interaction?.connect();
    if (canvas) canvas.interaction = this.#interaction;
    if (canvas && this.#starting) enterCanvas(canvas);
    const layer = this.querySelector<NablaDesign>('nabla-design');
    if (layer) layer.session = this.#interaction?.session;
    if (this.furniture) this.requestUpdate();
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
      ${this.#spoken()}
    </div>`;
  }

  #failed(): TemplateResult {
    return html`<div class="page">
      <div class="message" role="alert" data-testid="failed">
        <span class="nabla" aria-hidden="true">∇</span>
        <p>${text('app.failed', this.state.failure ?? '')}</p>
        <button class="link" data-testid="retry" @click=${() => void this.controller.start()}>
          ${text('app.retry')}
        </button>
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
