/**
 * `<nabla-map>`: a neuron's activation over the plane of two inputs, or along the line of one, with the data on it.
 *
 *     arrows   move the input that is tried, with Shift ten steps      Home   back to the sample
 */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { ActivationName } from '../../src/network/network';
import { namesOf, spoken, type Named } from '../canvas/names';
import type { Controller } from '../controller';
import { speak } from '../speak';
import type { State } from '../store';
import { text } from '../strings';
import { isHighContrast, onThemeChange } from '../theme';
import { groupColours } from './colours';
import { frameOf, type Frame } from './mapFrame';
import { MapHands } from './mapHands';
import { MapKeeper, type Wanted } from './mapKeeper';
import { failureLine, mapHead } from './mapHead';
import { mapLegend } from './mapLegend';
import { MapPicture, type Shown } from './mapPicture';
import { extremes, mapScale, type Extremes, type MapScale } from './mapScale';
import { mapWords, readout } from './mapWords';
import { neuronChoice } from './neuronChoice';
import { PointKeeper } from './pointKeeper';
import { isSame, mapOver, subjectOf, type Neuron } from './subject';
import { trialOf, type Trial } from './trial';

/** Points that are drawn; more would hide the map. */
const MOST_POINTS = 2000;

export class NablaMap extends LitElement {
  static override properties = {
    controller: { attribute: false },
    state: { attribute: false },
    chosen: { state: true },
    large: { state: true },
    hovered: { state: true },
  };
  declare controller: Controller;
  declare state: State;
  /** By the list; until something else is selected. */
  declare chosen: Neuron | undefined;
  declare large: boolean;
  declare hovered: readonly number[] | undefined;

  #ends: (() => void)[] = [];
  readonly #points = new PointKeeper(
    () => this.controller.asks.dataPoints({ most: MOST_POINTS }),
    () => this.#changed(),
  );
  #subject: string | undefined;
  readonly #hands = new MapHands({
    trial: () => this.#trial,
    wanted: () => this.#wanted(),
    frame: () => this.#frame(undefined, -1),
    hover: inputs => (this.hovered = inputs),
    tell: () => speak(this, this.#readout()),
  });
  readonly #picture = new MapPicture(() => this.#shown());
  readonly #keeper = new MapKeeper(
    request => this.controller.asks.map(request),
    () => this.#wanted(),
    () => this.state.run?.phase !== 'running',
    () => this.#changed(),
  );

  constructor() {
    super();
    this.large = false;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#ends.push(onThemeChange(() => this.#changed()));
    if (this.hasUpdated) this.#listen();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const end of this.#ends.splice(0)) end();
    this.#picture.disconnect();
    this.#hands.rest();
  }

  protected override firstUpdated(): void {
    this.#listen();
  }

  #listen(): void {
    this.#ends.push(this.#trial.listen(() => this.#changed()));
    this.#changed();
  }

  /** Words and picture are of other numbers. */
  #changed(): void {
    this.requestUpdate();
    this.#picture.ask();
  }

  get #trial(): Trial {
    return trialOf(this.controller);
  }

  get #named(): Named | undefined {
    return namesOf(this.state.document, this.state.notation);
  }

  // ------------------------------------------------------------------ what is shown

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('state') as State | undefined;
    if (before && before.show.selection !== this.state.show.selection) this.chosen = undefined;
    const { range } = this.#trial;
    if (range) this.#points.of(range);
    const subject = JSON.stringify({ ...this.#wanted(), snapshot: undefined });
    const isNew = this.#subject !== subject;
    const otherNetwork = before?.document?.network !== this.state.document?.network;
    if (isNew || (changed.has('state') && otherNetwork)) {
      this.#subject = subject;
      this.#keeper.begin(!isNew);
    } else if (before && before.view !== this.state.view) this.#keeper.refresh();
  }

  #neuron(named: Named): Neuron {
    return subjectOf(named, this.chosen, this.state.show.selection);
  }

  #wanted(): Wanted | undefined {
    const named = this.#named;
    const { range } = this.#trial;
    if (!named || !range || range.inputNames.length !== named.sizes[0]) return undefined;
    return mapOver(range, [this.#neuron(named)], this.state.show.scope.snapshot);
  }

  /** The newest map, if it is of what is shown. */
  get #map(): MapKeeper['map'] {
    const { map } = this.#keeper;
    const wanted = this.#wanted();
    const fits = map && wanted && isSame(map.neurons[0], wanted.neurons[0]);
    return fits && map.from.length === wanted.from.length ? map : undefined;
  }

  #frame(found: Extremes | undefined, output: number): Frame | undefined {
    const wanted = this.#wanted();
    const canvas = this.querySelector('canvas');
    if (!wanted || !canvas) return undefined;
    const room = { width: canvas.clientWidth, height: canvas.clientHeight };
    const targets = output < 0 ? [] : (this.#points.set?.points.map(({ y }) => y[output]) ?? []);
    return frameOf(room, wanted, found ? [found.least, found.most, ...targets] : targets);
  }

  // ------------------------------------------------------------------ drawing

  protected override render(): TemplateResult | typeof nothing {
    const named = this.#named;
    if (!named || named.sizes[0] > 2) return nothing;
    const body = this.#body(named);
    return this.large
      ? html`<dialog
          class="map-large"
          aria-label=${this.#title(named)}
          @close=${() => this.#close()}
        >
          ${body}
        </dialog>`
      : body;
  }

  #title(named: Named): string {
    const neuron = this.#neuron(named);
    const name = spoken(named, { type: 'neuron', ...neuron });
    return text(named.sizes[0] === 1 ? 'map.curveTitle' : 'map.title', name);
  }

  #body(named: Named): TemplateResult {
    const map = this.#map;
    const found = map && extremes(map.values);
    const { failure } = this.#keeper;
    const isCurve = named.sizes[0] === 1;
    return html`<section class="map" data-testid="map" aria-label=${this.#title(named)}>
      ${mapHead(this.#title(named), this.large, () => (this.large ? this.#close() : this.#enlarge()))}
      ${neuronChoice(named, this.#neuron(named), neuron => (this.chosen = neuron))}
      <div class="map-parts">
        <canvas
          class=${isCurve ? 'curve' : ''}
          tabindex="0"
          role="application"
          data-testid="map-canvas"
          data-cells=${map?.cells ?? nothing}
          data-step=${map?.step ?? nothing}
          aria-label=${text('map.keys', this.#words(named, found))}
          @pointerdown=${this.#hands.down}
          @pointermove=${this.#hands.move}
          @pointerleave=${this.#hands.leave}
          @keydown=${this.#hands.pressed}
        ></canvas>
        <div class="map-words">
          <p class="map-read number" data-testid="map-read">${this.#readout()}</p>
          ${failureLine(failure)}
          ${mapLegend({
            scale: isCurve ? undefined : this.#scale(named, found),
            set: this.#points.set,
            colours: groupColours(),
            highContrast: isHighContrast(),
          })}
          <p class="quiet" data-testid="map-words">${this.#words(named, found)}</p>
        </div>
      </div>
    </section>`;
  }

  #scale(named: Named, found: Extremes | undefined): MapScale {
    const { layer } = this.#neuron(named);
    const activation: ActivationName | undefined = named.network.layers[layer]?.activation;
    return mapScale(activation, found);
  }

  /** The picture in words. */
  #words(named: Named, found: Extremes | undefined): string {
    const name = spoken(named, { type: 'neuron', ...this.#neuron(named) });
    return mapWords(this.#map, found, name, this.#trial.range?.inputNames ?? []);
  }

  /** Under the pointer, else of the input that is tried. */
  #readout(): string {
    const { range, inputs, outputs } = this.#trial;
    const layers = this.state.document?.network?.layers.length ?? 0;
    return readout(this.#map, {
      names: range?.inputNames ?? [],
      hovered: this.hovered,
      tried: inputs,
      outputs,
      lastLayer: layers - 1,
    });
  }

  protected override updated(changed: PropertyValues<this>): void {
    const [dialog, canvas] = [this.querySelector('dialog'), this.querySelector('canvas')];
    if (dialog && !dialog.open) {
      dialog.showModal();
      canvas?.focus({ preventScroll: true });
    }
    this.#picture.on(canvas);
    if (this.#isOther(changed)) this.#picture.ask();
  }

  /** Whether the picture is of something else: where the pointer is, and how training goes, change its words alone. */
  #isOther(changed: PropertyValues<this>): boolean {
    if (changed.has('chosen') || changed.has('large')) return true;
    const before = changed.get('state') as State | undefined;
    if (!before) return changed.has('state');
    const { document, notation, show } = this.state;
    return (
      before.document !== document ||
      before.notation !== notation ||
      before.show.selection !== show.selection
    );
  }

  #shown(): Shown | undefined {
    const named = this.#named;
    if (!named) return undefined;
    const map = this.#map;
    const found = map && extremes(map.values);
    const neuron = this.#neuron(named);
    const output = neuron.layer === named.network.layers.length - 1 ? neuron.row : -1;
    const frame = this.#frame(found, output);
    if (!frame) return undefined;
    const { inputNames = [], outputNames = [] } = this.#trial.range ?? {};
    const own = output < 0 ? spoken(named, { type: 'neuron', ...neuron }) : outputNames[output];
    const [x = '', y = own] = inputNames;
    return {
      frame,
      names: [x, y],
      map,
      scale: this.#scale(named, found),
      points: this.#points.set?.points ?? [],
      output,
      tried: this.#trial.inputs,
    };
  }

  // ------------------------------------------------------------------ large and small

  #enlarge(): void {
    this.large = true;
  }

  #close(): void {
    if (!this.large) return;
    this.large = false;
    void this.updateComplete.then(() =>
      this.querySelector<HTMLElement>('[data-testid="map-enlarge"]')?.focus(),
    );
  }
}
