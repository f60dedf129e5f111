/** The gradcheck of a run: one at a time; a new one takes the place of the one under way. */
import type { GradcheckRequest, GradcheckState, WorkerApi } from '../protocol';
import type { Remote } from '../rpc';
import type { EngineLink } from './engineLink';
import { messageOf } from './messageOf';
import type { RunRecord } from './runRecord';

export class RunGradcheck {
  readonly #engine: EngineLink;
  readonly #record: RunRecord;
  #latest = 0;

  constructor(engine: EngineLink, record: RunRecord) {
    this.#engine = engine;
    this.#record = record;
  }

  /** Checks every gradient. The answer is also the record's gradcheck state, unless another check began. */
  async check(
    worker: Remote<WorkerApi>,
    parameters: number,
    request: GradcheckRequest,
  ): Promise<GradcheckState> {
    const mine = ++this.#latest;
    this.#record.setGradcheck({ type: 'running', checked: 0, parameters });
    const result = await worker
      .gradcheck(request)
      .then((report): GradcheckState => ({ type: 'done', report, stale: false }), failed);
    if (mine === this.#latest) this.#record.setGradcheck(result);
    return result;
  }

  showProgress({ checked, parameters }: { checked: number; parameters: number }): void {
    if (this.#record.gradcheck.type === 'running')
      this.#record.setGradcheck({ type: 'running', checked, parameters });
  }

  async cancel(): Promise<void> {
    if (this.#record.gradcheck.type !== 'running') return;
    await (await this.#engine.remote()).cancelGradcheck();
  }
}

function failed(error: unknown): GradcheckState {
  if (error instanceof Error && error.name === 'Cancelled') return { type: 'none' };
  return { type: 'failed', message: messageOf(error) };
}
