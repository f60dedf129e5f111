/** Sweeps in the background: one training at a time, whatever else is trained; each is kept, and all are compared. */
import { l10n, workspace } from 'vscode';
import type { CancellationToken, Progress, Uri } from 'vscode';
import { parseNetwork } from '../network/parse';
import { planSweep, settingsWords, SweepError } from '../runs/sweep';
import type { Sweep, SweepAxes } from '../runs/sweep';
import { runFiles } from '../runs/writeRun';
import type { EndedRun } from '../runs/writeRun';
import { compareRuns } from './compareRuns';
import type { CompareWorld } from './compareRuns';
import type { Documents } from './documents';
import { nameOf } from './documents';
import type { KeptRuns } from './keptRuns';
import { messageOf } from './messageOf';
import { showProgress } from './plainMessages';
import type { RunWorld } from './run';
import { keptRunsFor } from './settings';
import { chooseSweep } from './sweepChoice';
import { SweepTraining } from './sweepTraining';
import { Turns } from './turns';

export interface SweepWorld extends CompareWorld {
  readonly documents: Documents;
  readonly kept: KeptRuns;
  /** For workers beside those of the runs. */
  readonly world: RunWorld;
}

/** Of a sweep while it goes on. */
interface Told {
  /** What was kept so far. */
  readonly runs: Uri[];
  readonly progress: Progress<{ message?: string; increment?: number }>;
  readonly token: CancellationToken;
}

export class Sweeps {
  readonly #world: SweepWorld;
  readonly #turns = new Turns();

  constructor(world: SweepWorld) {
    this.#world = world;
  }

  /**
   * Trains, and shows the table of what was trained; the text stays as it is.
   *
   * @param given what is tried; without it the person is asked
   * @returns the files of the trainings; undefined when it was given up before it began
   */
  async sweep(uri: Uri, given?: SweepAxes): Promise<readonly Uri[] | undefined> {
    const text = (await this.#world.documents.document(uri)).getText();
    const { network } = parseNetwork(text);
    if (!network)
      throw new Error(
        l10n.t(
          'The text of {0} is not a usable network yet: see the Problems panel.',
          nameOf({ uri }),
        ),
      );
    if (!network.data)
      throw new Error(l10n.t('A sweep trains, and {0} has no data.', nameOf({ uri })));
    if (!workspace.getWorkspaceFolder(uri))
      throw new Error(
        l10n.t(
          'A sweep keeps its runs in the folder of the workspace: open the folder of {0}.',
          nameOf({ uri }),
        ),
      );
    const axes = given ?? (await chooseSweep(network));
    if (!axes) return undefined;
    const sweep = planned(text, axes);
    const title = l10n.t('Sweep of {0}', nameOf({ uri }));
    return showProgress(title, async (progress, token) => {
      const runs: Uri[] = [];
      try {
        await this.#turns.take(() => this.#train(uri, sweep, { runs, progress, token }));
      } finally {
        // What was trained before it was cancelled, or went wrong, is there to be seen.
        await this.#compare(runs, sweep);
      }
      return runs;
    });
  }

  async #train(uri: Uri, { name, trainings }: Sweep, told: Told): Promise<void> {
    const { runs, progress, token } = told;
    let began = 0;
    for (const [i, training] of trainings.entries()) {
      if (token.isCancellationRequested) return;
      const words = settingsWords(training.settings);
      const tell = (epoch: number): void =>
        progress.report({
          message: l10n.t('{0} of {1}: {2}, epoch {3}', i + 1, trainings.length, words, epoch),
        });
      // Two trainings with one seed are told apart by their beginning.
      began = Math.max(began + 1, Date.now());
      try {
        const ended = await this.#trainOne(uri, training, tell, token);
        const begun = new Date(began).toISOString();
        runs.push(await this.#keep(uri, { ...ended, begun, sweep: name }, trainings.length));
      } catch (error) {
        if (token.isCancellationRequested) return;
        throw new Error(l10n.t('The sweep ended at {0}: {1}', words, messageOf(error)));
      }
      progress.report({ increment: 100 / trainings.length });
    }
  }

  async #trainOne(
    uri: Uri,
    { network, text }: Sweep['trainings'][number],
    tell: (epoch: number) => void,
    token: CancellationToken,
  ): Promise<Omit<EndedRun, 'file' | 'begun'>> {
    const training = new SweepTraining(uri, network, this.#world.world, tell);
    const cancelling = token.onCancellationRequested(() => training.dispose());
    try {
      tell(0);
      return { ...(await training.train()), text: new TextEncoder().encode(text) };
    } finally {
      cancelling.dispose();
      training.dispose();
    }
  }

  /** All of a sweep stay, however few runs are kept else. */
  async #keep(uri: Uri, run: Omit<EndedRun, 'file'>, count: number): Promise<Uri> {
    const folder = workspace.getWorkspaceFolder(uri)?.uri;
    if (!folder) throw new Error(l10n.t('The folder of the workspace was closed.'));
    const file = workspace.asRelativePath(uri, false);
    const files = await runFiles({ ...run, file }, crypto.subtle);
    return this.#world.kept.keep(folder, files, Math.max(keptRunsFor(uri), count));
  }

  async #compare(uris: readonly Uri[], { name }: Sweep): Promise<void> {
    const wanted = new Set(uris.map(uri => uri.toString()));
    const all = await this.#world.kept.list();
    const runs = all.filter(({ uri }) => wanted.has(uri.toString())).reverse();
    await compareRuns(runs, this.#world, name);
  }
}

function planned(text: string, axes: SweepAxes): Sweep {
  try {
    return planSweep(text, axes);
  } catch (error) {
    throw error instanceof SweepError ? new Error(error.message) : error;
  }
}
