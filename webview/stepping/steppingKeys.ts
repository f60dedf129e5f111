/** Keys of stepping, on its strip and on the canvas: → and Space on, ← back, Home, End, Escape. */
import type { NablaCanvas } from '../canvas/canvas';
import type { Controls } from './steppingParts';

type Acts = Pick<Controls, 'go' | 'end'>;

interface Host extends HTMLElement {
  readonly isOn: boolean;
}

const KEYS: { readonly [key: string]: (acts: Acts) => void } = {
  ArrowRight: acts => acts.go('forward'),
  ' ': acts => acts.go('forward'),
  ArrowLeft: acts => acts.go('back'),
  Home: acts => acts.go('start'),
  End: acts => acts.go('end'),
  Escape: acts => acts.end(),
};

export class SteppingKeys {
  readonly #host: Host;
  readonly #canvas: () => NablaCanvas | null;
  readonly #acts: Acts;

  constructor(host: Host, canvas: () => NablaCanvas | null, acts: Acts) {
    this.#host = host;
    this.#canvas = canvas;
    this.#acts = acts;
    // Before the canvas hears them, whose arrows go elsewhere.
    window.addEventListener('keydown', this.#pressed, true);
  }

  disconnect(): void {
    window.removeEventListener('keydown', this.#pressed, true);
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    const act = KEYS[event.key];
    if (!act || !this.#host.isOn || !this.#isMeant(event)) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    act(this.#acts);
  };

  /**
   * Not while a small window is open or something is dragged. Buttons keep Space; a choice keeps ↑ and ↓, which choose,
   * but → and ← go on with the pass there as well.
   */
  #isMeant({ key, target }: KeyboardEvent): boolean {
    if (!(target instanceof Element)) return false;
    if (this.#host.contains(target)) {
      return (
        key !== ' ' || target.closest('button:not([role="radio"][aria-checked="true"])') === null
      );
    }
    const canvas = this.#canvas();
    if (!canvas?.contains(target) || !target.closest('svg.network')) return false;
    return !canvas.interaction?.dragging && !document.querySelector('nabla-design .popup');
  }
}
