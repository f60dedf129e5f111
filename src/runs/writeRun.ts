/** The files of a training that is kept: its lines, and beside them its weights where they are many. */
import { parameterTensors } from '../export/parameterTensors';
import { writeSafetensors } from '../export/safetensors';
import { sha256 } from '../export/sha256';
import type { Digest } from '../export/sha256';
import { MOST_INLINE, withoutWeights } from '../export/weightsFile';
import type { Network } from '../network/network';
import { inferShapes } from '../network/shapes';
import { networkToJson } from '../network/toJson';
import { formatNumber } from '../network/write';
import { bestOf, RUN_ENDING, RUN_FORMAT, RUN_VERSION, rowCount, runName } from './run';
import type { RunColumns, RunEngine, RunHead, RunResult } from './run';

/** A training that has ended, or rests. */
export interface EndedRun {
  readonly file: string;
  /** The network's text when the training began. */
  readonly text: Uint8Array;
  readonly begun: string;
  readonly engine: RunEngine;
  readonly sweep?: string;
  readonly network: Network;
  readonly columns: RunColumns;
  readonly end: Pick<RunResult, 'reason' | 'epochs' | 'steps' | 'seconds' | 'loss'>;
  /** Where settings were changed on the way. */
  readonly changes?: RunResult['changes'];
  /** In the file's order. */
  readonly parameters: Float64Array;
}

/** Files of one folder. */
export interface RunFiles {
  readonly name: string;
  readonly lines: string;
  readonly weights?: { readonly name: string; readonly bytes: Uint8Array };
}

export async function runFiles(run: EndedRun, subtle: Digest): Promise<RunFiles> {
  const { file, begun, engine, sweep, network, columns, parameters } = run;
  const stem = runName(file, begun, network.seed);
  const head: RunHead = {
    format: RUN_FORMAT,
    version: RUN_VERSION,
    file,
    sha256: await sha256(run.text, subtle),
    begun,
    engine,
    ...(sweep !== undefined && { sweep }),
    network: networkToJson(withoutWeights(network)),
  };
  const weights = largeWeights(run, `${stem}.safetensors`);
  const result = line({
    ...resultOf(run),
    ...(weights && {
      weights: { file: weights.name, sha256: await sha256(weights.bytes, subtle) },
    }),
  });
  const numbers = !weights ? numbersText(parameters, network) : '';
  const lines = [line(head), ...rows(columns), `${result.slice(0, -1)}${numbers}}`, ''].join('\n');
  return { name: stem + RUN_ENDING, lines, weights };
}

/** Undefined where they are few. */
function largeWeights({ network, parameters }: EndedRun, name: string): RunFiles['weights'] {
  if (inferShapes(network).parameters <= MOST_INLINE) return undefined;
  return { name, bytes: writeSafetensors(parameterTensors(network, parameters)) };
}

function resultOf({
  columns,
  end,
  changes = [],
}: EndedRun): Omit<RunResult, 'parameters' | 'weights'> {
  const { reason, epochs, steps, seconds, loss } = end;
  const lossBefore = columns.get('loss')?.[0] ?? NaN;
  const best = bestOf(columns);
  return {
    ...{ reason, epochs, steps, seconds, lossBefore, loss },
    ...(best && { best }),
    ...(changes.length > 0 && { changes }),
  };
}

/** As short as the precision allows: a float32 has no more digits than it needs. */
function numbersText(parameters: Float64Array, { training }: Network): string {
  const numbers = Array.from(parameters, value => formatNumber(value, training.precision));
  return `,"parameters":[${numbers.join(',')}]`;
}

function rows(columns: RunColumns): readonly string[] {
  const names = [...columns.keys()];
  const values = [...columns.values()];
  return Array.from({ length: rowCount(columns) }, (_, row) =>
    line(Object.fromEntries(names.map((name, column) => [name, values[column][row]]))),
  );
}

/** JSON writes null for what is not finite. */
const line = (value: object): string => JSON.stringify(value);
