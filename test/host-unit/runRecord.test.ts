/** What is known about a run, for those who ask. */
import { expect, it, vi } from 'vitest';
import { METRIC_COLUMNS, type MetricsChunk } from '../../src/engine/history';
import type { RunState } from '../../src/protocol';
import { RunRecord } from '../../src/host/runRecord';

vi.mock('vscode', () => import('./support/vscode'));

/** Columns of a history: epochs with their losses. */
function chunkOf(rows: readonly (readonly [epoch: number, loss: number])[]): MetricsChunk {
  const values = METRIC_COLUMNS.flatMap(name =>
    rows.map(([epoch, loss]) => ({ epoch, loss, step: 10 * epoch })[name as 'epoch'] ?? NaN),
  );
  return { count: rows.length, values: Float64Array.from(values), restart: false };
}

it('what came after a moment that was restored belongs to no trend', () => {
  const record = new RunRecord();
  const before = [
    [0, 1],
    [1, 0.5],
    [2, 0.25],
  ] as const;
  record.append(chunkOf(before));
  expect(record.losses(2)).toEqual({ start: 1, recent: [0.5, 0.25] });
  record.setState({ phase: 'idle', epoch: 1, step: 10 } as RunState);
  expect(record.losses(2)).toEqual({ start: 1, recent: [1, 0.5] });
  record.setState({ phase: 'idle', epoch: 0, step: 0 } as RunState);
  expect(record.losses(2)).toBeUndefined();
  record.append(chunkOf([[1, 0.75]]));
  record.setState({ phase: 'running', epoch: 1, step: 10 } as RunState);
  expect(record.losses(9)).toEqual({ start: 1, recent: [1, 0.75] });
});
