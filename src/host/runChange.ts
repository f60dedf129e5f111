/** A change of layers or weights by a gesture in the designer, between two trainings of a run. */
import type { Uri } from 'vscode';
import type { NetworkEdit } from '../network/edit';
import type { Documents } from './documents';
import type { RunInterrupted } from './runInterrupted';
import type { RunNetwork } from './runNetwork';
import type { RunRecord } from './runRecord';
import type { RunSync } from './runSync';
import type { RunTraining } from './runTraining';
import type { Turns } from './turns';

export interface ChangeWorld {
  readonly uri: Uri;
  readonly documents: Documents;
  readonly record: RunRecord;
  readonly turns: Turns;
  readonly network: RunNetwork;
  readonly training: RunTraining;
  readonly sync: RunSync;
  readonly interrupted: RunInterrupted;
}

/** Given what the text has to be changed by to have the parameters that are seen. */
export type ChangeTask<T> = (seen: readonly NetworkEdit[]) => Promise<T>;

/**
 * Training is paused first (and writes its weights, as the settings say), and none begins meanwhile; what becomes of it
 * then is asked. `seen` writes the parameters that the canvas shows where the text does not have them, so that what the
 * gesture keeps is what the person sees; those of the run where it is ahead and they are wanted.
 */
export async function changeByGesture<T>(
  world: ChangeWorld,
  wantsTrained: boolean,
  task: ChangeTask<T>,
): Promise<T> {
  const { record, turns, network, training, sync, interrupted } = world;
  let wasTraining = false;
  for (;;) {
    wasTraining ||= training.underWay;
    await training.pause();
    const done = await turns.take(async () => {
      if (record.busy) return undefined;
      if (record.ahead) await sync.follow();
      const asks = wasTraining && (await interrupted.paused());
      return { result: await changed(world, asks, await network.seenEdits(wantsTrained), task) };
    });
    if (done) return done.result;
  }
}

/** In a turn. With the change the text has the parameters that it shall have: the run is not ahead of it. */
async function changed<T>(
  { uri, documents, record, interrupted }: ChangeWorld,
  asks: boolean,
  seen: readonly NetworkEdit[],
  task: ChangeTask<T>,
): Promise<T> {
  const document = await documents.document(uri);
  // A change that is refused may be made and taken back: the version tells nothing of that.
  const before = document.getText();
  try {
    return await task(seen);
  } finally {
    if (document.getText() !== before) record.setAhead(false);
    else if (asks) interrupted.end();
  }
}
