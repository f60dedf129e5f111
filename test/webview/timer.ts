/** Time that passes only when a test says so. */
import type { Timer } from '../../webview/refresher';

export class ManualTimer implements Timer {
  #now = 0;
  #waiting: { at: number; act: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  after(milliseconds: number, act: () => void): void {
    this.#waiting.push({ at: this.#now + milliseconds, act });
  }

  pass(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (;;) {
      const next = this.#waiting.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#waiting = this.#waiting.filter(each => each !== next);
      this.#now = next.at;
      next.act();
    }
    this.#now = end;
  }
}
