/** What a run is made of, before it is one. */
import type { DataIssue } from '../data/issue';
import { emptyDataset } from '../data/emptyDataset';
import type { Dataset } from '../data/dataset';
import type { LoadedDataset } from '../data/load';
import type { Computing } from '../engine/createTrainer';
import type { KeptSnapshots } from '../engine/keptSnapshots';
import type { Network } from '../network/network';
import { inferShapes, type NetworkShapes } from '../network/shapes';
import type { CarriedRun } from '../protocol';
import { IssuesError } from '../rpc';

/** What a run goes on from: the one before it in this worker, or one that another worker had. */
export type Predecessor = Pick<CarriedRun, 'shapes' | 'parameters' | 'course'>;

export interface RunParts {
  readonly network: Network;
  readonly shapes: NetworkShapes;
  readonly issues: readonly DataIssue[];
  readonly dataset: Dataset;
  readonly snapshots: KeptSnapshots;
  /** Its parameters go on. */
  readonly previous: Predecessor | undefined;
  /** Whether the parameters of a kept moment are known again. */
  readonly recognizes: boolean;
  readonly computing: Computing;
}

/**
 * As for `Run.load`.
 *
 * @throws IssuesError when the data cannot be used
 */
export function runParts(
  network: Network,
  { dataset, issues }: LoadedDataset,
  snapshots: KeptSnapshots,
  previous: Predecessor | undefined,
  how: 'parameters' | 'moments',
  computing: Computing,
): RunParts {
  const shapes = inferShapes(network);
  const errors = issues.filter(issue => issue.severity === 'error');
  if (errors.length > 0) throw new IssuesError(errors[0].message, errors);
  const same = previous && JSON.stringify(previous.shapes) === JSON.stringify(shapes);
  return {
    network,
    shapes,
    issues,
    dataset: dataset ?? emptyDataset(network, shapes),
    snapshots,
    previous: same && how === 'parameters' ? previous : undefined,
    recognizes: same === true && how === 'moments',
    computing,
  };
}
