/** `<nabla-what-if>`: pushes the z of the selected neuron, or slices the loss along the selected weight or bias. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { NeuronFacts, ParameterFacts } from '../../src/engine/facts';
import { explainPush, startOf, type Push } from '../../src/explain/explainWhatIf';
import { profileOf } from '../../src/explain/notation';
import { toUnicode } from '../../src/explain/unicode';
import type { WhatIf, WhatIfRequest } from '../../src/protocol';
import { sameTarget } from '../canvas/related';
import type { Controller } from '../controller';
import { iconButton } from '../iconButton';
import { count, niceCeiling } from '../numbers';
import type { State } from '../store';
import { text } from '../strings';
import { explainWords } from '../words';
import { explanationOf } from './explained';
import { WhatIfKeeper } from './whatIfKeeper';
import { numbers, picture, pushWords, stepWords } from './whatIfParts';
import { slider, stepOf, STEPS } from './whatIfSlider';

/** Each place of the slider is a point of the curve. */
const POINTS = 2 * STEPS + 1;
/** The push that is shown first, in steps: a tenth of the range. */
const FIRST = 5;
/** Ranges that zooming stays within. */
const [NARROW, WIDE] = [1e-6, 1e6];

type Pushable = NeuronFacts | ParameterFacts;

export class NablaWhatIf extends LitElement {
  static override properties = {
    controller: { attribute: false },
    state: { attribute: false },
    shift: { state: true },
    problem: { state: true },
  };
  declare controller: Controller;
  declare state: State;
  /** The push that the person has chosen. */
  declare shift: number;
  /** Why what was typed is no push. */
  declare problem: string | undefined;

  /** The curve goes this far to each side; undefined until the first numbers of the subject. */
  #range: number | undefined;
  #facts: Pushable | undefined;
  readonly #keeper = new WhatIfKeeper(
    request => this.controller.asks.whatIf(request),
    () => this.#request(),
    () => this.requestUpdate(),
  );

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('state') as State | undefined;
    if (changed.has('state')) this.#follow(before);
  }

  /** Another subject gets a range of its own; other numbers of the same one only another curve. */
  #follow(before: State | undefined): void {
    const { show, document, selectionFacts: answer } = this.state;
    const same = sameTarget(show.selection, before?.show.selection);
    const sameScope = JSON.stringify(show.scope) === JSON.stringify(before?.show.scope);
    if (!same || !sameScope) this.#forget();
    const facts = answer?.type === 'facts' ? pushable(answer.facts) : undefined;
    const isNew = facts !== this.#facts;
    this.#facts =
      facts &&
      sameTarget(facts.target, show.selection) &&
      JSON.stringify(facts.scope) === JSON.stringify(show.scope)
        ? facts
        : undefined;
    if (!this.#facts) return;
    const isFirst = this.#range === undefined;
    if (isFirst) this.#choose(niceCeiling(Math.max(1, Math.abs(startOf(this.#facts)))));
    const otherNetwork = document?.network !== before?.document?.network;
    if (isFirst || otherNetwork) this.#keeper.begin(!isFirst);
    else if (isNew) this.#keeper.refresh();
  }

  #forget(): void {
    this.#range = undefined;
    this.#keeper.begin(false);
  }

  #choose(range: number): void {
    this.#range = range;
    this.shift = stepOf(range, FIRST);
    this.problem = undefined;
  }

  #request(): WhatIfRequest | undefined {
    const { selection, scope } = this.state.show;
    const range = this.#range;
    if (!this.#facts || range === undefined || !isPushable(selection)) return undefined;
    const at = selection.type === 'neuron' ? { at: this.shift } : {};
    return { target: selection, scope, from: -range, to: range, points: POINTS, ...at };
  }

  protected override render(): TemplateResult | typeof nothing {
    const { selection } = this.state.show;
    if (!isPushable(selection)) return nothing;
    const curve = this.#curve;
    if (!curve) return this.#waiting();
    const { facts } = curve;
    const mark = this.#mark(curve);
    const to = mark ?? { shift: this.shift, change: NaN };
    const push = explainPush(facts, profileOf(this.state.notation), explainWords(), to);
    const shown = { curve, push, mark };
    const moves = facts.type === 'neuron' || facts.update.change !== 0;
    return html`<section class="what-if" data-testid="what-if" aria-label=${title(curve, push)}>
      <header>
        <h3>${title(curve, push)}</h3>
        ${this.#zoomButtons()}
      </header>
      ${this.#scopeLine(facts)}
      <div class="what-if-parts">
        ${picture(shown)}
        <div class="what-if-words">
          ${facts.type === 'neuron' ? this.#slider(push, shown.mark?.change) : nothing}
          ${moves ? numbers(shown) : nothing}
          ${
            facts.type === 'neuron'
              ? pushWords(facts, explanationOf(facts, this.state.notation), push)
              : stepWords(facts, curve, push)
          }
        </div>
      </div>
    </section>`;
  }

  /** The newest curve, if it is about what is shown: a text may have other layers by now. */
  get #curve(): WhatIf | undefined {
    const { curve } = this.#keeper;
    const { show, document } = this.state;
    const sizes = document?.shapes && [
      document.shapes.inputSize,
      ...document.shapes.layers.map(({ units }) => units),
    ];
    const fits =
      curve &&
      sameTarget(curve.facts.target, show.selection) &&
      JSON.stringify(curve.facts.scope) === JSON.stringify(show.scope) &&
      JSON.stringify(curve.facts.sizes) === JSON.stringify(sizes);
    return fits ? curve : undefined;
  }

  #waiting(): TemplateResult | typeof nothing {
    const { show, notation } = this.state;
    if (show.selection?.type === 'neuron' && show.scope.type === 'batch') {
      const { weightedInput } = profileOf(notation).names;
      return html`<p class="quiet" data-testid="what-if-batch">
        ${text('whatIf.onlySample', weightedInput)}
      </p>`;
    }
    const { failure } = this.#keeper;
    if (failure !== undefined)
      return html`<p class="caution" data-testid="what-if-failed">
        ${text('whatIf.failed', failure)}
      </p>`;
    return this.#facts ? html`<p class="quiet">${text('whatIf.reading')}</p>` : nothing;
  }

  #scopeLine({ scope, samples }: Pushable): TemplateResult {
    const words =
      scope.type === 'sample'
        ? text('whatIf.oneSample')
        : text('whatIf.allSamples', count(samples));
    return html`<div class="scope">${words}</div>`;
  }

  /** Of a neuron the push, of a parameter its next step. */
  #mark({
    facts,
    from,
    to,
    changes,
    at,
  }: WhatIf): { shift: number; change: number; type: 'push' | 'step' } | undefined {
    if (facts.type !== 'neuron') return at && { ...at, type: 'step' };
    const { shift } = this;
    if (at && Object.is(at.shift, shift)) return { shift, change: at.change, type: 'push' };
    const place = ((shift - from) / (to - from)) * (changes.length - 1);
    const i = Math.round(place);
    // On a point of the curve but for the last bits of its place.
    return Math.abs(place - i) < 1e-9 && i >= 0 && i < changes.length
      ? { shift, change: changes[i], type: 'push' }
      : undefined;
  }

  #slider(push: Push, change: number | undefined): TemplateResult {
    const { shift, problem } = this;
    return slider({
      push,
      shift,
      range: this.#range ?? 1,
      change,
      problem,
      choose: chosen => this.#push(chosen),
      complain: why => (this.problem = why),
    });
  }

  #push(shift: number): void {
    const range = this.#range ?? 1;
    this.shift = Object.is(shift, -0) ? 0 : shift;
    this.problem = undefined;
    const wide = Math.abs(shift) > range;
    if (wide) this.#range = niceCeiling(Math.abs(shift));
    const { curve } = this.#keeper;
    if (wide || (curve && !this.#mark(curve))) this.#keeper.begin(true);
  }

  #zoomButtons(): TemplateResult {
    const range = this.#range ?? 1;
    const zoom = (factor: number) => (): void => {
      this.#range = range * factor;
      this.shift = Math.max(-this.#range, Math.min(this.#range, this.shift));
      this.#keeper.begin(true);
      this.requestUpdate();
    };
    return html`${
      range / 2 < NARROW
        ? nothing
        : iconButton('what-if-zoom-in', 'zoom-in', text('whatIf.zoomIn'), zoom(0.5))
    }
    ${
      range * 2 > WIDE
        ? nothing
        : iconButton('what-if-zoom-out', 'zoom-out', text('whatIf.zoomOut'), zoom(2))
    }`;
  }
}

function title({ facts }: WhatIf, push: Push): string {
  return facts.type === 'neuron'
    ? text('whatIf.demon', toUnicode(push.pushed))
    : text('whatIf.slice', toUnicode(push.loss), toUnicode(push.pushed));
}

type Selection = State['show']['selection'];

function isPushable(target: Selection): target is WhatIfRequest['target'] {
  if (!target || target.type === 'layer' || target.type === 'loss') return false;
  return target.type !== 'neuron' || target.layer >= 0;
}

function pushable(facts: { readonly type: string }): Pushable | undefined {
  return ['neuron', 'weight', 'bias'].includes(facts.type) ? (facts as Pushable) : undefined;
}
