/**
 * The alarms of a run: asked for when it is loaded, when it comes to rest, and now and then while it trains. A report
 * that took long leaves training twenty times as long before the next.
 */
import type { Disposable } from 'vscode';
import { LIMITS } from '../engine/health/alarm';
import type { HealthReport } from '../engine/health/alarm';
import { SteadyAlarms } from '../engine/health/steady';
import { healthNote } from '../explain/health';
import type { Network } from '../network/network';
import type { EngineLink } from './engineLink';
import type { RunEvent, RunRecord } from './runRecord';
import { Store } from './store';

/** Milliseconds between two reports of a training that goes on, at least. */
const INTERVAL = 1000;
/** Training keeps at least 95 % of the time. */
const REST = 20;

export class RunHealth implements Disposable {
  readonly #engine: EngineLink;
  readonly #record: RunRecord;
  readonly #network: () => Network | undefined;
  readonly #now: () => number;
  readonly #store = new Store();
  readonly #steady = new SteadyAlarms();
  /** Counts what reports are about: one about an earlier state is dropped. */
  #asked = 0;
  #waiting = false;
  #next = -Infinity;

  /** `network`: what the run has loaded, with the parameters that the text has. */
  constructor(
    engine: EngineLink,
    record: RunRecord,
    network: () => Network | undefined,
    now: () => number = () => performance.now(),
  ) {
    this.#engine = engine;
    this.#record = record;
    this.#network = network;
    this.#now = now;
    this.#store.add(record.onDidChange(event => this.#follow(event)));
  }

  dispose(): void {
    this.#asked += 1;
    this.#store.dispose();
  }

  #follow({ type }: RunEvent): void {
    if (type !== 'state' && type !== 'data') return;
    if (!this.#record.state) return this.#forget();
    // Its parameters may be taken back yet, and its loss is to be known first.
    if (this.#record.settling) return;
    if (!this.#record.running) void this.#ask(true);
    else if (!this.#waiting && this.#now() >= this.#next) void this.#ask(false);
  }

  #forget(): void {
    this.#asked += 1;
    this.#steady.clear();
    this.#record.setHealth([]);
  }

  async #ask(atRest: boolean): Promise<void> {
    const mine = ++this.#asked;
    const start = this.#now();
    this.#waiting = true;
    try {
      const worker = await this.#engine.remote();
      const losses = this.#record.losses(LIMITS.losses);
      const report = await worker.health(losses ? { losses } : {});
      if (mine === this.#asked) this.#take(report, atRest);
    } catch {
      // A report that is given up for a newer one, or lost with the worker, is none: alarms say what is known.
    }
    if (mine !== this.#asked) return;
    this.#waiting = false;
    const end = this.#now();
    this.#next = end + Math.max(INTERVAL, REST * (end - start));
  }

  #take(report: HealthReport, atRest: boolean): void {
    const network = this.#network();
    if (!network) return;
    if (atRest) this.#steady.atRest(report);
    else this.#steady.whileTraining(report);
    const seen = { samples: report.samples, training: report.training };
    const ahead = this.#record.ahead || this.#record.busy;
    this.#record.setHealth(
      this.#steady.shown.map(alarm => healthNote(alarm, seen, network, ahead)),
    );
  }
}
