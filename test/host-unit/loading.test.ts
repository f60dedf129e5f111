/** Data that take long to read: how far they are is said, and nobody has to wait for them. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunEvent } from '../../src/host/runRecord';
import { settled, TEXT } from './support/host';
import { host, open, warnings } from './support/running';
import { editor, window } from './support/vscode';
import type { FakeWorker } from './support/worker';

vi.mock('vscode', () => import('./support/vscode'));

interface Notification {
  readonly options: { readonly title: string; readonly cancellable: boolean };
  readonly increments: number[];
  cancel(): void;
  isOpen: boolean;
}

const notifications: Notification[] = [];

beforeEach(() => {
  editor.reset();
  notifications.length = 0;
  vi.spyOn(window, 'withProgress').mockImplementation((async (
    options: Notification['options'],
    task: (progress: object, token: object) => Promise<unknown>,
  ) => {
    let cancel = (): void => undefined;
    const increments: number[] = [];
    const one = { options, increments, cancel: () => cancel(), isOpen: true };
    notifications.push(one);
    const report = ({ increment }: { increment: number }): void => void increments.push(increment);
    const onCancellationRequested = (listener: () => void) => {
      cancel = listener;
      return { dispose: () => (cancel = () => undefined) };
    };
    await task({ report }, { onCancellationRequested });
    one.isOpen = false;
  }) as unknown as typeof window.withProgress);
});
afterEach(() => {
  vi.restoreAllMocks();
  host.runs.dispose();
});

/** A run whose data are on their way. */
async function begin() {
  const { run, worker } = await open(TEXT, { prepare: slowly });
  const parts: (number | undefined)[] = [];
  run.record.onDidChange(
    (event: RunEvent) => void (event.type === 'loading' && parts.push(event.part)),
  );
  return { run, worker, parts };
}

const slowly = (worker: FakeWorker): void => void (worker.loadsSlowly = true);
const changed = (edit: (text: string) => string): void =>
  host.document.change(edit(host.document.getText()));
const wider = (text: string): string => text.replace('"units": 1', '"units": 2');
const slower = (text: string): string => text.replace('0.5', '0.25');

it('are told of, and shown in a notification, as long as they take', async () => {
  const { run, worker, parts } = await begin();
  expect(notifications).toEqual([]);
  worker.tellLoadProgress(0.25);
  await settled();
  worker.tellLoadProgress(0.75);
  await settled();
  expect(notifications).toHaveLength(1);
  const [{ options, increments }] = notifications;
  expect(options).toMatchObject({ title: 'Reading the data of net.nn.json', cancellable: true });
  expect(increments).toEqual([75]);
  expect(run.record.loadPart).toBe(0.75);
  worker.finishLoad();
  await settled();
  expect(parts).toEqual([0.25, 0.75, undefined]);
  expect(notifications[0].isOpen).toBe(false);
  expect(run.record.data?.samples).toBe(4);
});

it('are not shown where they come soon', async () => {
  const { worker, parts } = await begin();
  worker.finishLoad();
  await settled();
  worker.tellLoadProgress(0.5); // late: there is nothing to wait for any more
  await settled();
  expect([notifications, parts]).toEqual([[], []]);
});

describe('a person who does not want to wait', () => {
  async function cancelled() {
    const begun = await begin();
    begun.worker.tellLoadProgress(0.5);
    await settled();
    notifications[0].cancel();
    await settled();
    return begun;
  }

  it('has the network without its data, and is told how to get them', async () => {
    const { run, worker } = await cancelled();
    worker.finishLoad();
    await settled();
    expect(worker.loads).toHaveLength(1);
    expect(worker.loads[0].network.data).toBeUndefined();
    expect(run.record.issues).toMatchObject([
      { code: 'data.cancelled', severity: 'error', path: ['data'] },
    ]);
    expect(run.record.issues[0].message).toMatch(/Train, a step or a gradcheck reads them again/);
    expect([notifications[0].isOpen, run.record.loadPart]).toEqual([false, undefined]);
    expect(warnings()).toEqual([]);
  });

  it('is not made to wait by a look at the network', async () => {
    const { run, worker } = await cancelled();
    worker.finishLoad();
    await settled();
    await run.looks();
    expect(worker.loads).toHaveLength(1);
  });

  it('reads them again by training', async () => {
    const { run, worker } = await cancelled();
    worker.finishLoad();
    await settled();
    worker.loadsSlowly = false;
    await run.train();
    expect(worker.loads.map(({ network }) => network.data !== undefined)).toEqual([false, true]);
    expect(run.record.running).toBe(true);
    expect(run.record.issues).toEqual([]);
  });

  it('may say so on the page', async () => {
    const { run, worker } = await begin();
    await run.cancelLoad();
    await settled();
    worker.finishLoad();
    await settled();
    expect(run.record.issues).toMatchObject([{ code: 'data.cancelled' }]);
  });
});

describe('a change of the text meanwhile', () => {
  it('ends the older load, and begins the newer one', async () => {
    const { run, worker } = await begin();
    changed(wider);
    await settled();
    expect(worker.calls.filter(call => call !== 'view')).toEqual(['load', 'cancelLoad', 'load']);
    worker.finishLoad();
    await settled();
    expect(worker.loads.map(({ network }) => network.layers[0].units)).toEqual([2]);
    expect(run.record.issues).toEqual([]);
  });

  it('that is one of learning rates alone waits', async () => {
    const { worker } = await begin();
    changed(slower);
    await settled();
    expect(worker.calls).toEqual(['load']);
    worker.finishLoad();
    await settled();
    expect(worker.calls).toEqual(['load', 'tune']);
  });

  it('that is taken back needs no other load', async () => {
    const { worker } = await begin();
    worker.finishLoad();
    await settled();
    changed(wider);
    await settled();
    changed(text => text.replace('"units": 2', '"units": 1'));
    await settled();
    expect(worker.calls).toEqual(['load', 'load', 'cancelLoad']);
    expect(worker.network?.layers[0].units).toBe(1);
  });
});
