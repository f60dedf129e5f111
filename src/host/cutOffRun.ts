/** A training that was cut off, as a run that is kept. */
import { METRIC_COLUMNS } from '../engine/history';
import type { MetricsChunk } from '../engine/history';
import { unpack } from '../export/packed';
import { parseNetwork } from '../network/parse';
import type { TrainingMoment } from '../protocol';
import type { RunColumns } from '../runs/run';
import type { Unfinished } from '../runs/unfinished';
import type { EndedRun } from '../runs/writeRun';

/** @param file the network's, from the folder of the workspace; undefined where its text was none */
export function cutOffRun(unfinished: Unfinished, file: string): EndedRun | undefined {
  const { begun, engine, history } = unfinished;
  const { network } = parseNetwork(new TextDecoder().decode(unfinished.text));
  if (!network) return undefined;
  const { position, seconds, checkpoint } = unpack(unfinished.moment) as TrainingMoment;
  const { epoch: epochs, step: steps } = position;
  const loss = checkpoint.evaluation?.loss ?? NaN;
  return {
    ...{ file, text: begun.text, begun: begun.at, engine, network },
    columns: columnsOf(history),
    end: { reason: 'interrupted', epochs, steps, seconds, loss },
    changes: history.marks,
    parameters: checkpoint.parameters,
  };
}

/** A chunk may have columns behind those that all have. */
type NamedChunk = MetricsChunk & { readonly columns?: readonly string[] };

/** By the names that there are. */
export function columnsOf({ count, values, columns = [] }: NamedChunk): RunColumns {
  const names: readonly string[] = [...METRIC_COLUMNS, ...columns];
  return new Map(names.map((name, i) => [name, values.subarray(i * count, (i + 1) * count)]));
}
