/** Going on after a change in mid-training where the first loading fails, over a port that moves what it carries. */
import { afterEach, expect, it, vi } from 'vitest';
import type { Run } from '../../src/host/run';
import { createHostWith, settled } from './support/host';
import { movingSessionPort } from './support/session';
import { editor } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

/** Three classes, which three outputs tell apart. */
const TEXT = `{
  "version": 1,
  "seed": 1,
  "input": { "shape": [1] },
  "layers": [
    { "type": "dense", "units": 4, "activation": "tanh" },
    { "type": "dense", "units": 3, "activation": "softmax" }
  ],
  "loss": { "type": "crossEntropy" },
  "training": { "epochs": 100000 },
  "data": { "csv": "points.csv", "target": "k" }
}
`;
const WIDER = TEXT.replace('"units": 3', '"units": 5');
const CSV = `x,k\n${Array.from({ length: 30 }, (_, i) => `${i},${'abc'[i % 3]}`).join('\n')}\n`;

let host: ReturnType<typeof createHostWith>;

afterEach(() => host.runs.dispose());

/** Paused by a change of its last layer: the data have not as many classes. */
async function interrupted(): Promise<Run> {
  host = createHostWith(movingSessionPort, TEXT);
  editor.write('/work/points.csv', CSV);
  const { run } = host.runs.acquire(host.uri);
  await run.train();
  await vi.waitFor(() => expect(run.record.latest.epoch).toBeGreaterThan(2), 10_000);
  host.document.change(WIDER);
  await vi.waitFor(() => expect(run.record.interrupted?.what).toBe('layers'), 10_000);
  await vi.waitFor(
    () => expect(run.record.issues.map(({ message }) => message)).toHaveLength(1),
    10_000,
  );
  return run;
}

it('says what is wrong with the data, still asks, and goes on when that is mended', async () => {
  const run = await interrupted();
  const { epoch } = run.record.interrupted!;
  expect(run.record.issues[0].message).toContain('k has 3 classes');
  await expect(run.interrupted.continue()).rejects.toThrow('Training needs data');
  expect(run.record.interrupted).toMatchObject({ epoch, what: 'layers' });
  // Whatever waits for its turn has it.
  await expect(run.train()).rejects.toThrow('Training needs data');
  await expect(run.step('epoch')).rejects.toThrow('needs data');
  host.document.change(TEXT.replace('"units": 4', '"units": 6'));
  await vi.waitFor(() => expect(run.record.data).toBeDefined(), 10_000);
  await run.looks();
  await run.interrupted.continue();
  expect(run.record.state).toMatchObject({ phase: 'running' });
  expect(run.record.state!.epoch).toBeGreaterThanOrEqual(epoch);
  await run.pause();
  await settled();
});
