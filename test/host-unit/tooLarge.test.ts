/** A training whose state is too large to be kept while somebody is asked what becomes of it after a change. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { settled } from './support/host';
import { host, open, warnings } from './support/running';
import { editor } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));
/** One number more than is kept: eight bytes each. */
const STORED = (128 * 2 ** 20) / 8 + 1;

beforeEach(() => editor.reset());
afterEach(() => host.runs.dispose());

/** Two of three epochs, and going on; `answer` to whatever is asked. */
async function training(answer?: string | Promise<string>) {
  const opened = await open(undefined, { prepare: worker => (worker.stored = STORED) });
  if (answer) editor.answer = () => answer as string;
  await opened.run.train();
  opened.worker.advance(2);
  return opened;
}

async function change(from: string, to: string): Promise<void> {
  host.document.change(host.document.getText().replace(from, to));
  await settled();
}

const PRECISION = ['"epochs": 3', '"epochs": 3, "precision": "float64"'] as const;
const UNITS = ['"units": 1', '"units": 1, "useBias": false'] as const;

it('is asked whether it goes on from its weights, with a fresh optimizer, where they stay', async () => {
  const { run, worker } = await training('Continue');
  await change(...PRECISION);
  const [{ message }, ...more] = warnings();
  expect(more).toEqual([]);
  expect(message).toContain('It is too large to be kept beside that: Continue trains all epochs');
  expect(worker.loads[1]).toMatchObject({ keepParameters: true });
  expect(worker.calls).not.toContain('moment');
  await vi.waitFor(() => expect(run.record.running).toBe(true));
  expect(worker.trains).toEqual([undefined, undefined]);
  expect(worker.loads).toHaveLength(2);
});

it('begins again from the start on demand', async () => {
  const { run, worker } = await training('Restart');
  await change(...PRECISION);
  await vi.waitFor(() => expect(run.record.running).toBe(true));
  expect(worker.loads.map(load => load.keepParameters)).toEqual([false, true, false]);
});

it('says that it is gone where its layers are others, and begins again on demand alone', async () => {
  const { run, worker } = await training();
  await change(...UNITS);
  const [{ message }, ...more] = warnings();
  expect(more).toEqual([]);
  expect(message).toContain('what had been trained since was not kept. Restart trains all epochs');
  expect(run.record.running).toBe(false);
  expect(worker.trains).toHaveLength(1);
});

it('does nothing where somebody trains before the answer', async () => {
  let answer = (_: string): void => {};
  const { run, worker } = await training(new Promise(resolve => (answer = resolve)));
  await change(...PRECISION);
  await run.train();
  answer('Restart');
  await settled();
  expect(worker.loads).toHaveLength(2);
  expect(worker.trains).toHaveLength(2);
});
