/** The windows of one run of the suites: the first, and those that come where a suite reloads its own. */
import { randomUUID } from 'node:crypto';

/** @import { Report, Stage } from './messages' */

/** Seconds from a reload until the next window's runner is heard. */
const PATIENCE = 120;

export class Windows {
  #leave;
  #giveUp;
  #patience;
  #address = '';
  /** Only those who have read the errand know it: others on this machine cannot run our commands. */
  #secret = '';
  /** @type {NodeJS.Timeout | undefined} */
  #waiting;
  /** @type {Report} */
  #earlier = { passed: 0, failed: 0, skipped: 0 };
  /** @type {Report | undefined} */
  report;
  /** @type {string | undefined} */
  problem;

  /**
   * @param {(bridge: string, stage?: Stage) => Promise<void>} leave an errand for the next window
   * @param {() => Promise<void>} giveUp ends a run whose next window never came
   * @param {number} patience seconds until then
   */
  constructor(leave, giveUp, patience = PATIENCE) {
    this.#leave = leave;
    this.#giveUp = giveUp;
    this.#patience = patience;
  }

  /** @param {string} address where the launcher listens */
  open(address) {
    this.#address = address;
    return this.#next();
  }

  /**
   * What is asked by a request to this path, empty where it may not ask: a window that is being replaced is not heard any
   * more.
   * @param {string} path
   */
  asked(path) {
    const prefix = `/${this.#secret}/`;
    if (!path.startsWith(prefix)) return '';
    clearTimeout(this.#waiting);
    return path.slice(prefix.length);
  }

  /**
   * The window is about to be reloaded.
   * @param {Stage} stage what its suite goes on with
   * @param {Report} soFar of the window that ends
   */
  async expect(stage, soFar) {
    this.#earlier = sum(this.#earlier, soFar);
    await this.#next(stage);
    this.#waiting = setTimeout(() => {
      const { file, number, by } = stage;
      this.problem = `${file} has had its window reloaded (by its ${by}), but in ${this.#patience} s no runner has come back for its stage ${number}.`;
      this.#giveUp().catch(() => undefined);
    }, this.#patience * 1000);
  }

  /** @param {Report} report of the last window */
  end(report) {
    this.report = sum(this.#earlier, report);
  }

  close() {
    clearTimeout(this.#waiting);
  }

  /** @param {Stage} [stage] */
  #next(stage) {
    this.#secret = randomUUID();
    return this.#leave(`${this.#address}/${this.#secret}/`, stage);
  }
}

/** @param {Report} a @param {Report} b @returns {Report} */
function sum(a, b) {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
  };
}
