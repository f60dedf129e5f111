/** Alarms as the host tells them: at rest at once, while training when they hold. */
import { LIMITS } from '../../../src/engine/health/alarm';
import { SteadyAlarms } from '../../../src/engine/health/steady';
import type { History } from '../../../src/engine/history';
import { healthNote, type HealthNote } from '../../../src/explain/health';
import type { Network } from '../../../src/network/network';
import type { RunState, WorkerApi } from '../../../src/protocol';
import type { Served } from '../../../src/rpc';

interface HealthWorld {
  readonly session: Pick<Served<WorkerApi>, 'health'>;
  readonly history: History;
  network(): Network | undefined;
  run(): RunState | undefined;
  tell(notes: readonly HealthNote[]): void;
}

export class FakeHealth {
  notes: readonly HealthNote[] = [];
  readonly #world: HealthWorld;
  readonly #steady = new SteadyAlarms();
  #asked = 0;
  #busy = false;

  constructor(world: HealthWorld) {
    this.#world = world;
  }

  follow(): void {
    const running = this.#world.run()?.phase === 'running';
    if (!running || !this.#busy) void this.#ask(!running);
  }

  async #ask(atRest: boolean): Promise<void> {
    const { session, history, network, run, tell } = this.#world;
    const mine = ++this.#asked;
    this.#busy = true;
    const all = history.column('loss');
    const losses =
      all.length > 1 ? { start: all[0], recent: [...all.slice(-LIMITS.losses)] } : undefined;
    const report = await Promise.resolve(session.health(losses ? { losses } : {})).catch(
      () => undefined,
    );
    if (mine !== this.#asked) return;
    this.#busy = false;
    const now = network();
    if (!report || !now) return;
    if (atRest) this.#steady.atRest(report);
    else this.#steady.whileTraining(report);
    const ahead = (run()?.step ?? 0) > 0;
    const notes = this.#steady.shown.map(alarm => healthNote(alarm, report, now, ahead));
    if (JSON.stringify(notes) === JSON.stringify(this.notes)) return;
    this.notes = notes;
    tell(notes);
  }
}
