/** Pointer and keyboard on a map: both move the input that is tried. */
import { rounded, steppedInputs, valuesAt, type Frame } from './mapFrame';
import type { Wanted } from './mapKeeper';
import type { Trial } from './trial';

/** Milliseconds for which the hand rests before what it has moved is spoken. */
const PAUSE = 400;

export interface MapHandsHost {
  trial(): Trial;
  wanted(): Wanted | undefined;
  /** Undefined while nothing is drawn. */
  frame(): Frame | undefined;
  /** What is under the pointer. */
  hover(inputs: readonly number[] | undefined): void;
  /** Says aloud what the input that is tried leads to. */
  tell(): void;
}

export class MapHands {
  readonly #host: MapHandsHost;
  #speaking: ReturnType<typeof setTimeout> | undefined;

  constructor(host: MapHandsHost) {
    this.#host = host;
  }

  /** Nothing more is said. */
  rest(): void {
    clearTimeout(this.#speaking);
  }

  readonly down = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    this.#try(this.#inputsAt(event));
  };

  readonly move = (event: PointerEvent): void => {
    const inputs = this.#inputsAt(event);
    this.#host.hover(inputs);
    if ((event.buttons & 1) === 1) this.#try(inputs);
  };

  readonly leave = (): void => this.#host.hover(undefined);

  readonly pressed = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Home') void this.#host.trial().reset();
    else if (!this.#step(event)) return;
    this.#host.hover(undefined);
    event.preventDefault();
    event.stopPropagation();
    clearTimeout(this.#speaking);
    this.#speaking = setTimeout(() => this.#host.tell(), PAUSE);
  };

  #try(inputs: readonly number[] | undefined): void {
    if (inputs) this.#host.trial().choose(inputs);
  }

  #inputsAt({ offsetX, offsetY }: PointerEvent): readonly number[] | undefined {
    const [frame, wanted] = [this.#host.frame(), this.#host.wanted()];
    if (!frame || !wanted) return undefined;
    const { from, to } = wanted;
    return valuesAt(frame, { x: offsetX, y: offsetY })
      .slice(0, from.length)
      .map((value, k) => rounded(value, [from[k], to[k]]));
  }

  #step(event: KeyboardEvent): boolean {
    const { inputs } = this.#host.trial();
    const wanted = this.#host.wanted();
    const next = wanted && inputs && steppedInputs(inputs, event, wanted);
    if (next) this.#host.trial().choose(next);
    return next !== undefined;
  }
}
