/** Fetches what is in sight of a layer's numbers, one request at a time, and keeps the newest picture of them. */
import type { MatrixPicture, MatrixRequest } from '../../src/protocol';
import { messageOf } from '../messageOf';
import { browserTimer, Refresher, type Timer } from '../refresher';

/** At most ten pictures a second. */
const INTERVAL = 100;

interface OfLayer {
  readonly layer: number;
}

export class MatrixKeeper<
  Request extends OfLayer = MatrixRequest,
  Picture extends OfLayer = MatrixPicture,
> {
  readonly #ask: (request: Request) => Promise<Picture>;
  readonly #wanted: () => Request | undefined;
  readonly #changed: () => void;
  readonly #refresher: Refresher;
  #picture: Picture | undefined;
  #failure: string | undefined;

  /** `wanted`: what is in sight now; `changed` is told of a new picture, and of a failure. */
  constructor(
    ask: (request: Request) => Promise<Picture>,
    wanted: () => Request | undefined,
    changed: () => void,
    timer: Timer = browserTimer,
  ) {
    this.#ask = ask;
    this.#wanted = wanted;
    this.#changed = changed;
    this.#refresher = new Refresher(() => this.#fetch(), INTERVAL, timer);
  }

  get picture(): Picture | undefined {
    return this.#picture;
  }

  /** Why there is no new picture. */
  get failure(): string | undefined {
    return this.#failure;
  }

  refresh(): void {
    this.#refresher.ask();
  }

  /** The picture is of another matrix. */
  forget(): void {
    this.#picture = undefined;
  }

  async #fetch(): Promise<void> {
    const wanted = this.#wanted();
    if (!wanted) return;
    // Meanwhile another layer may be shown: what is said of this one is said of nothing.
    const isShown = (): boolean => wanted.layer === this.#wanted()?.layer;
    try {
      const picture = await this.#ask(wanted);
      if (isShown()) this.#picture = picture;
      this.#failure = undefined;
    } catch (error) {
      this.#failure = isShown() ? messageOf(error) : undefined;
    }
    this.#changed();
  }
}
