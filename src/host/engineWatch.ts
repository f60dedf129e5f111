/**
 * Whether an engine still answers. It computes in slices and hears between them, so silence is a step that takes very long,
 * or an engine that hangs: a person decides which. While nobody waits for it, nothing is asked.
 */
import type { Disposable } from 'vscode';
import type { Envelope } from '../rpc';
import type { WorkerPort } from './platform';

/** Milliseconds from one look to the next, and how many without a word are too many; the first is soon after the last word. */
export const PACE = 5000;
export const MOST_SILENT = 5;

/** Looks are counted, not time: a machine that was asleep has an engine that was, too. */
export class EngineWatch implements Disposable {
  /** The way to the engine, on which this listens. */
  readonly port: WorkerPort;
  readonly #stop: () => void;
  readonly #timer: ReturnType<typeof setInterval>;
  #waiting = 0;
  #silent = 0;

  /**
   * @param isBusy whether something is to be heard, although nobody has asked
   * @param ask something that is answered at once
   * @param hangs told for how many seconds it has been silent: when that is too long, and whenever it is twice as long
   */
  constructor(
    port: WorkerPort,
    isBusy: () => boolean,
    ask: () => void,
    hangs: (seconds: number) => void,
  ) {
    this.port = { ...port, post: (message, transfer) => this.#post(port, message, transfer) };
    this.#stop = port.listen(message => {
      this.#silent = 0;
      const { type } = message as Envelope;
      if (type === 'return' || type === 'throw') this.#waiting -= 1;
    });
    this.#timer = setInterval(() => {
      if (this.#waiting === 0 && !isBusy()) this.#silent = 0;
      else if (isTooLong(++this.#silent)) hangs((PACE * (this.#silent - 1)) / 1000);
      // One question is enough for an engine that does not answer.
      else if (this.#silent === 1) ask();
    }, PACE);
  }

  /** Whether it has not spoken since `hangs` was called. */
  get isSilent(): boolean {
    return this.#silent >= MOST_SILENT;
  }

  dispose(): void {
    clearInterval(this.#timer);
    this.#stop();
  }

  #post(port: WorkerPort, ...[message, transfer]: Parameters<WorkerPort['post']>): void {
    if (message.type === 'call') this.#waiting += 1;
    port.post(message, transfer);
  }
}

/** Whoever has said to wait is asked again later, and ever later. */
function isTooLong(silent: number): boolean {
  const times = (silent - 1) / (MOST_SILENT - 1);
  return times >= 1 && Number.isInteger(Math.log2(times));
}
