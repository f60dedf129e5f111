/**
 * A training that a change has paused, and whose state is too large to be kept until somebody has answered: what the text
 * leaves of it stays in the worker alone, and what becomes of that is asked.
 */
import type { Uri } from 'vscode';
import type { Notices } from './notices';
import { momentBytes } from './runMoments';
import type { RunNetwork } from './runNetwork';
import type { RunRecord } from './runRecord';
import type { RunSync } from './runSync';
import type { RunTraining } from './runTraining';
import type { Turns } from './turns';

/** Bytes of a training that are kept until somebody has answered. */
const MOST_BYTES = 128 * 2 ** 20;

interface TooLargeWorld {
  readonly uri: Uri;
  readonly notices: Notices;
  readonly record: RunRecord;
  readonly turns: Turns;
  readonly network: RunNetwork;
  readonly training: RunTraining;
  readonly sync: RunSync;
  /** Back to the start of the run, in a turn of its own. */
  reset(): Promise<void>;
}

/** Whether the training that the worker holds is. */
export function isTooLarge({ loaded }: RunNetwork): boolean {
  return loaded !== undefined && momentBytes(loaded) > MOST_BYTES;
}

/**
 * In a turn, before the worker follows the text. Nobody waits for the answer: by then somebody may have trained.
 *
 * @param kept whether its weights stay in the worker
 */
export function askAboutLarge(world: TooLargeWorld, kept: boolean): void {
  const { uri, notices, record, turns, training, sync, reset } = world;
  const act = async (): Promise<void> => {
    const answer = await notices.askAboutLarge(uri, kept);
    if (!answer || record.busy) return;
    if (answer === 'restart') await reset();
    await turns.take(async () => {
      const worker = await sync.followUsable();
      if (!record.busy) await training.start(worker, {});
    });
  };
  act().catch((error: unknown) => notices.failed(error));
}
