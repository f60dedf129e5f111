/** `<nabla-stepping>`: steps through one forward and one backward pass of one sample. Stands where the chart stands. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Target } from '../../src/engine/facts';
import { profileOf } from '../../src/explain/notation';
import { missingFacts, stepCard, type StepCard } from '../../src/explain/story/stepCard';
import type { Direction } from '../../src/explain/story/story';
import type { NablaCanvas } from '../canvas/canvas';
import { sameTarget } from '../canvas/related';
import type { Controller } from '../controller';
import { whenHere } from '../focus';
import { sameScope } from '../past/places';
import { speak } from '../speak';
import type { State } from '../store';
import { text } from '../strings';
import type { NeuronQuantity } from '../viewState';
import { explainWords } from '../words';
import { litParts } from './litParts';
import { StepFacts } from './stepFacts';
import { steppable } from './steppable';
import { StepPlayer } from './stepPlayer';
import { controls, formulas, whereLines, type Controls } from './steppingParts';
import { SteppingKeys } from './steppingKeys';
import { errorLetter, keptWords, spokenStep, termOf, type Told } from './stepWords';
import { Walk } from './walk';

export class NablaStepping extends LitElement {
  static override properties = {
    controller: { attribute: false },
  };
  declare controller: Controller;

  /** Undefined while nothing is stepped through. */
  #walk: Walk | undefined;
  /** Of the network that is walked through: the same while its passes have the same steps. */
  #key: string | undefined;
  /** What the last step did beside itself. */
  #note: string | undefined;
  /** What the neurons showed before. */
  #before: NeuronQuantity = 'activation';
  /** The newest card, shown until the next one is there. */
  #card: StepCard | undefined;
  /** What the canvas lights is of this step. */
  #lit: Told | undefined;
  #unspoken = false;
  #ends: (() => void)[] = [];
  readonly #facts = new StepFacts(
    target => this.controller.asks.inspect(target, this.controller.store.state.show.scope),
    known =>
      this.#walk ? missingFacts(this.#walk.story, this.#walk.at, this.#walk.unit, known) : [],
    () => this.requestUpdate(),
  );
  readonly #player = new StepPlayer(
    () => {
      this.#go(walk => walk.go('forward'));
      return this.#walk?.isAtEnd === false;
    },
    () => this.requestUpdate(),
  );

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const { store } = this.controller;
    const keys = new SteppingKeys(this, () => this.#canvas, this.#controls);
    const end = store.subscribe((state, before) => this.#follow(state, before));
    this.#ends = [end, () => keys.disconnect()];
    if (store.state.show.stepping) this.#begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const end of this.#ends) end();
    this.#player.stop();
    this.controller.soFar.tell(undefined);
  }

  get isOn(): boolean {
    return this.#walk !== undefined;
  }

  get #state(): State {
    return this.controller.store.state;
  }

  get #canvas(): NablaCanvas | null {
    return this.closest('main')?.querySelector<NablaCanvas>('nabla-canvas') ?? null;
  }

  // ------------------------------------------------------------------ beginning and ending

  #begin(): void {
    const passed = steppable(this.#state);
    if (!passed) return this.#finish(text('stepping.noData'));
    this.#walk = new Walk(passed.story);
    this.#key = passed.key;
    this.#before = this.#state.show.neurons;
    this.#note = undefined;
    const { scope } = this.#state.show;
    if (scope.type === 'batch') {
      const index = this.#state.sample?.index ?? 0;
      this.controller.setScope({ type: 'sample', index });
      this.#note = text('stepping.oneSample', index + 1);
    }
    // The matrices stand over the picture, with all numbers.
    this.controller.show({ neurons: 'activation', matrices: false });
    this.#changed();
    const forward = '[data-testid="stepping-forward"]';
    void this.updateComplete.then(() =>
      whenHere(() => this.querySelector<HTMLElement>(forward)?.focus()),
    );
  }

  /** `words`: why it ends, where nobody asked for it. */
  #finish(words: string): void {
    const [hadFocus, wasOn] = [this.contains(document.activeElement), this.isOn];
    this.#player.stop();
    this.#facts.forget();
    this.#walk = this.#card = this.#lit = undefined;
    this.controller.soFar.tell(undefined);
    const canvas = this.#canvas;
    if (canvas) canvas.lit = undefined;
    this.controller.show({ stepping: false, ...(wasOn ? { neurons: this.#before } : {}) });
    this.controller.store.dispatch({ type: 'quiet', words });
    if (hadFocus) canvas?.returnKeyboard();
    this.requestUpdate();
  }

  #follow(state: State, before: State): void {
    const { show } = state;
    if (show.stepping && !before.show.stepping) return this.#begin();
    if (!this.#walk) return;
    if (!show.stepping) return this.#finish(text('stepping.ended'));
    if (show.scope.type === 'batch') return this.#finish(text('stepping.batch'));
    if (state.document !== before.document && !this.#stillFits()) return;
    if (!sameScope(show.scope, before.show.scope)) this.#facts.forget();
    const others = state.run !== before.run || state.document !== before.document;
    if (others || show.scope !== before.show.scope) this.#facts.renew();
    if (state.notation !== before.notation || state.exact !== before.exact) this.requestUpdate();
    const { selection } = show;
    if (selection?.type === 'neuron' && !sameTarget(selection, before.show.selection))
      this.#goToNeuron(selection);
  }

  /** The same layers with other numbers go on; another network is another pass. */
  #stillFits(): boolean {
    if (steppable(this.#state)?.key === this.#key) return true;
    this.#finish(text('stepping.changed'));
    return false;
  }

  // ------------------------------------------------------------------ going

  /** `move` answers whether the forward pass was run first; then that is said. */
  #go(move: (walk: Walk) => boolean | void): void {
    const walk = this.#walk;
    if (!walk) return;
    const before = walk.direction;
    const skipped = move(walk) === true;
    const letter = errorLetter(this.#state.notation);
    this.#note = skipped ? text('stepping.forwardFirst', letter) : undefined;
    // The numbers in the circles are those of the pass that is under way.
    if (walk.direction !== before)
      this.controller.show({ neurons: walk.direction === 'backward' ? 'delta' : 'activation' });
    this.#changed();
  }

  #goToNeuron(neuron: Extract<Target, { type: 'neuron' }>): void {
    this.#player.stop();
    this.#go(walk => walk.goToNeuron(neuron));
  }

  #turn(direction: Direction): void {
    if (direction === this.#walk?.direction) return;
    this.#player.stop();
    this.#go(walk => walk.turn(direction));
  }

  #play(): void {
    if (this.#player.playing) return this.#player.stop();
    if (this.#walk?.isAtEnd) this.#go(walk => walk.go('start'));
    this.#player.play();
  }

  #changed(): void {
    this.#unspoken = true;
    this.#facts.want();
    this.requestUpdate();
  }

  // ------------------------------------------------------------------ what is drawn

  get #controls(): Omit<Controls, 'unit' | 'direction' | 'playing' | 'rate'> {
    return {
      go: way => {
        this.#player.stop();
        this.#go(walk => walk.go(way));
      },
      turn: direction => this.#turn(direction),
      chooseUnit: unit => {
        if (this.#walk) this.#walk.unit = unit;
        this.#changed();
      },
      chooseRate: rate => this.#player.choose(rate),
      play: () => this.#play(),
      end: () => this.#finish(text('stepping.ended')),
    };
  }

  #told({ story, at, unit }: Walk): Told {
    return { story, at, unit, notation: this.#state.notation };
  }

  protected override render(): TemplateResult | typeof nothing {
    const walk = this.#walk;
    if (!walk) return nothing;
    const { story, at, unit, direction } = walk;
    const { playing, rate } = this.#player;
    const { notation, exact } = this.#state;
    const told = this.#told(walk);
    const { known, failure } = this.#facts;
    const own = stepCard(story, at, unit, known, profileOf(notation), explainWords());
    const ready = own !== undefined || at < 0;
    if (ready) this.#card = own;
    const kept = keptWords(told, known);
    if (ready) this.#speak(told, own, kept);
    return html`<section
      class="stepping"
      data-testid="stepping"
      aria-label=${text('stepping.title')}
    >
      ${controls({ ...this.#controls, unit, playing, rate, direction })}
      ${whereLines(told, this.#note ?? kept)}
      ${failure === undefined ? formulas(this.#card, exact) : html`<p class="caution">${text('stepping.failed', failure)}</p>`}
    </section>`;
  }

  /** Once a step, when its numbers are there. */
  #speak(told: Told, card: StepCard | undefined, kept: string | undefined): void {
    if (!this.#unspoken) return;
    this.#unspoken = false;
    const words = spokenStep(told, card, kept);
    speak(this, this.#note === undefined ? words : `${this.#note} ${words}`);
  }

  /** The canvas lights what is known, and cards print no more than that. */
  protected override updated(): void {
    const walk = this.#walk;
    const canvas = this.#canvas;
    if (!walk || !canvas) return;
    const { story, at, unit } = walk;
    const { soFar } = this.controller;
    if (soFar.value?.story !== story || soFar.value.at !== at) soFar.tell({ story, at });
    const told = this.#told(walk);
    const term = termOf(told, this.#facts.known);
    const last = this.#lit;
    const same = last?.story === story && last.at === at && last.unit === unit;
    // New numbers of the same step light nothing else: the whole picture is not painted anew for them.
    if (same && canvas.lit && sameTarget(canvas.lit.term, term)) return;
    this.#lit = told;
    canvas.lit = litParts(story, at, unit, term);
  }
}
