/** `<nabla-timeline>`: the slider under the chart that goes back to any kept moment of the run. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Controller } from '../controller';
import { speak } from '../speak';
import type { State } from '../store';
import { text } from '../strings';
import { epochAt, nowIn, placeFor, shareOf } from './places';
import { placeWords } from './words';

export class NablaTimeline extends LitElement {
  static override properties = {
    controller: { attribute: false },
    state: { attribute: false },
  };
  declare controller: Controller;
  declare state: State;

  #end: (() => void) | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#end = this.controller.past.onChange(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#end?.();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { past } = this.controller;
    const { places, index } = past;
    if (places.length < 2) return nothing;
    const share = shareOf(places, index, this.#begin);
    return html`<div
      class="timeline ${past.isBack ? 'back' : ''}"
      role="slider"
      tabindex="0"
      aria-label=${text('past.slider')}
      aria-valuemin="0"
      aria-valuemax=${places.length - 1}
      aria-valuenow=${index}
      aria-valuetext=${placeWords(places, index)}
      title=${text('past.sliderHint')}
      data-testid="timeline"
      @keydown=${this.#key}
      @pointerdown=${this.#grab}
    >
      <div class="timeline-track">
        <div class="timeline-thumb" style="left: ${share * 100}%"></div>
      </div>
    </div>`;
  }

  /** The slider has the axis of the chart above it. */
  get #begin(): number | undefined {
    const { history } = this.controller;
    return history.count > 0 ? history.at('epoch', 0) : undefined;
  }

  readonly #key = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const { past } = this.controller;
    if (event.key === 'Escape' && !past.isBack) return;
    const to = placeFor(event.key, past.index, past.places.length, nowIn(past.places));
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    past.go(to);
  };

  readonly #grab = (down: PointerEvent): void => {
    if (down.button !== 0) return;
    const slider = down.currentTarget as HTMLElement;
    const { past } = this.controller;
    const go = ({ clientX }: PointerEvent): void => {
      const track = slider.querySelector('.timeline-track')?.getBoundingClientRect();
      if (!track || track.width === 0) return;
      const share = Math.max(0, Math.min(1, (clientX - track.x) / track.width));
      past.goToEpoch(epochAt(past.places, share, this.#begin));
    };
    slider.focus();
    slider.setPointerCapture(down.pointerId);
    slider.addEventListener('pointermove', go);
    slider.addEventListener(
      'lostpointercapture',
      () => {
        slider.removeEventListener('pointermove', go);
        speak(this, placeWords(past.places, past.index));
      },
      { once: true },
    );
    go(down);
    down.preventDefault();
  };
}
