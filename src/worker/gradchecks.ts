/** Gradchecks of a session, in slices: one at a time, a new one ends the one under way. */
import type { GradcheckJob, GradcheckReport } from '../engine/gradcheck';
import type { GradcheckRequest, WorkerEvents } from '../protocol';
import { cancelled } from './newest';
import { Reports } from './reports';
import type { Run } from './run';
import type { Slices } from './slices';

export class Gradchecks {
  readonly #slices: Slices;
  readonly #tell: WorkerEvents['gradcheckProgress'];
  #newest = 0;
  /** The last one that came to its end. */
  #done: GradcheckJob | undefined;

  constructor(slices: Slices, tell: WorkerEvents['gradcheckProgress']) {
    this.#slices = slices;
    this.#tell = tell;
  }

  /** Rejects with the name `Cancelled` when it was ended. */
  async check(run: Run, options: GradcheckRequest): Promise<GradcheckReport> {
    run.requireData('Gradcheck');
    const mine = ++this.#newest;
    const check = run.gradcheck(options, () => this.#slices.now());
    const reports = new Reports();
    while (!check.run(this.#slices.end())) {
      if (reports.isDue(this.#slices.now())) this.#tell(check.progress);
      await this.#slices.turn();
      if (mine !== this.#newest) throw cancelled('The gradcheck was cancelled.');
    }
    this.#done = check;
    return check.report();
  }

  /**
   * What was found, parameter by parameter.
   *
   * @throws Error when nothing was checked since this engine began
   */
  done(): GradcheckJob {
    if (!this.#done) throw new Error('These results are no longer there: run the gradcheck again.');
    return this.#done;
  }

  /** Ends the one under way. */
  cancel(): void {
    this.#newest += 1;
  }
}
