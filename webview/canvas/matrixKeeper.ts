/** Fetches what is in sight of a matrix, one request at a time, and keeps the newest picture of it. */
import type { MatrixPicture, MatrixRequest } from '../../src/protocol';
import { messageOf } from '../messageOf';
import { browserTimer, Refresher, type Timer } from '../refresher';

/** At most ten pictures a second. */
const INTERVAL = 100;

export class MatrixKeeper {
  readonly #ask: (request: MatrixRequest) => Promise<MatrixPicture>;
  readonly #wanted: () => MatrixRequest | undefined;
  readonly #changed: () => void;
  readonly #refresher: Refresher;
  #picture: MatrixPicture | undefined;
  #failure: string | undefined;

  /** `wanted`: what is in sight now; `changed` is told of a new picture, and of a failure. */
  constructor(
    ask: (request: MatrixRequest) => Promise<MatrixPicture>,
    wanted: () => MatrixRequest | undefined,
    changed: () => void,
    timer: Timer = browserTimer,
  ) {
    this.#ask = ask;
    this.#wanted = wanted;
    this.#changed = changed;
    this.#refresher = new Refresher(() => this.#fetch(), INTERVAL, timer);
  }

  get picture(): MatrixPicture | undefined {
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
    try {
      const wanted = this.#wanted();
      if (!wanted) return;
      const picture = await this.#ask(wanted);
      // Meanwhile another layer may be shown.
      if (picture.layer === this.#wanted()?.layer) this.#picture = picture;
      this.#failure = undefined;
    } catch (error) {
      this.#failure = messageOf(error);
    }
    this.#changed();
  }
}
