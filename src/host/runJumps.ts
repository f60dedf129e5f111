/**
 * Where a run goes at once, without training: back to its start, to a kept snapshot or a checkpoint, or to new
 * parameters; in the worker and, as one undo step, in the text.
 */
import { l10n } from 'vscode';
import type { Uri } from 'vscode';
import type { NetworkEdit } from '../network/edit';
import type { Network } from '../network/network';
import type { Documents } from './documents';
import type { Notices } from './notices';
import { restoreLabel, startEdits } from './parameters';
import type { RunNetwork } from './runNetwork';
import type { RunRecord } from './runRecord';
import type { RunSync } from './runSync';
import type { RunTraining } from './runTraining';
import type { Turns } from './turns';
import type { WriteBack } from './writeBack';

export interface JumpsWorld {
  readonly uri: Uri;
  readonly notices: Notices;
  readonly documents: Documents;
  readonly record: RunRecord;
  readonly turns: Turns;
  readonly network: RunNetwork;
  readonly training: RunTraining;
  readonly writeBack: WriteBack;
  readonly sync: RunSync;
}

export class RunJumps {
  readonly #world: JumpsWorld;

  constructor(world: JumpsWorld) {
    this.#world = world;
  }

  reset(): Promise<void> {
    const { record, turns, network, training, sync } = this.#world;
    return turns.take(async () => {
      const worker = await sync.followUsable();
      await training.stopQuietly();
      const { start, continued } = network.held;
      const label = l10n.t('Reset to start');
      await network.edit(startEdits(start, label), label);
      if (continued) await network.load(network.held.truth);
      else await worker.reset();
      record.setAhead(false);
      record.outdateGradcheck();
    });
  }

  /** Training is paused first, and its weights are written as the settings say: undo leads back to them. */
  async restore(snapshot: number): Promise<void> {
    const { uri, notices, record, turns, network, training, sync } = this.#world;
    await training.pause();
    await turns.take(async () => {
      const worker = await sync.followUsable();
      await training.stopQuietly();
      const label = restoreLabel(await worker.snapshots(), snapshot);
      await network.writeParameters(label, snapshot);
      await worker.restore(snapshot);
      record.outdateGradcheck();
      notices.wrote(uri, label);
    });
  }

  /**
   * Training is paused first. Both times the weights are written as the settings say: undo leads back to those before.
   */
  async resume(file: Uint8Array): Promise<void> {
    const { record, turns, training, writeBack, sync } = this.#world;
    await training.pause();
    await turns.take(async () => {
      const worker = await sync.followUsable();
      await training.stopQuietly();
      const { epoch } = await worker.resume(file);
      record.setAhead(true);
      record.outdateGradcheck();
      await writeBack.after(l10n.t('Resume from checkpoint at epoch {0}', epoch));
    });
  }

  /**
   * To parameters that somebody has. Training is paused first, and its weights are written as the settings say: undo
   * leads back to them. What `of` throws refuses it; then nothing has changed.
   *
   * @param changes of the network, in the same undo step; `of` is given the network that has them
   */
  async takeParameters(
    of: (network: Network) => Float64Array,
    label: string,
    changes: (network: Network) => readonly NetworkEdit[] = () => [],
  ): Promise<void> {
    const { uri, notices, documents, record, turns, network, training, sync } = this.#world;
    await training.pause();
    await turns.take(async () => {
      await sync.followUsable();
      await training.stopQuietly();
      const edits = changes(network.held.truth);
      const next =
        edits.length > 0
          ? documents.plan(await documents.document(uri), edits).next
          : network.held.truth;
      await network.replaceParameters(of(next), label, { edits, next });
      await network.load(network.held.truth, { recognizes: true });
      record.setAhead(false);
      notices.wrote(uri, label);
    });
  }

  newSeed(seed: number): Promise<void> {
    const { turns, network, training, sync } = this.#world;
    return turns.take(async () => {
      await sync.followUsable();
      await training.stopQuietly();
      const label = l10n.t('New seed {0}', seed);
      const layers = network.held.truth.layers.map(() => undefined);
      const edits: NetworkEdit[] = [
        { type: 'setParameters', label, layers },
        { type: 'setSeed', seed },
      ];
      await network.edit(edits, label);
      await network.load(network.held.truth);
    });
  }
}
