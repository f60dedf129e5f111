/** What a kept run has ended with, into the text of its network: one undo step, or a sentence that says why not. */
import { l10n } from 'vscode';
import type { Network } from '../network/network';
import { networkOf } from '../runs/readRun';
import { restoreEdits } from '../runs/restoreEdits';
import { misfit } from '../runs/runParameters';
import { nameOf } from './documents';
import type { KeptRun, KeptRuns } from './keptRuns';
import type { Runs } from './runs';
import { timeOf } from './runsView';

export interface RestoreWorld {
  readonly runs: Runs;
  readonly kept: KeptRuns;
}

/** @param whole with the settings that it was trained with, and the width of its layers */
export async function restoreRun(
  run: KeptRun,
  { runs, kept }: RestoreWorld,
  whole = false,
): Promise<void> {
  const { uri, network } = run;
  if (!network) throw new Error(run.fault ?? l10n.t('This run names no network of this folder.'));
  const { summary, parameters } = await kept.parameters(uri);
  const trained = networkOf(summary.head);
  const fitting = (now: Network): Float64Array => {
    const fault = misfit(trained, now);
    if (!fault) return parameters;
    throw new Error(
      l10n.t(
        'The weights of this run do not fit {0} any more: it has {1} in layers[{2}], the run has {3}. Nothing was restored.',
        nameOf({ uri: network }),
        fault.now,
        fault.layer,
        fault.then,
      ),
    );
  };
  const time = timeOf(summary);
  const label = whole
    ? l10n.t('Restore settings and weights of {0}', time)
    : l10n.t('Restore weights of {0}', time);
  await runs.use(network, current =>
    current.takeParameters(fitting, label, now => (whole ? restoreEdits(trained, now) : [])),
  );
}
