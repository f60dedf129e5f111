/** What can come in a run's way: divergence, lost workers, files that change or cannot be written; and its end. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Divergence } from '../../src/engine/trainer';
import { GRACE } from '../../src/host/runs';
import { IssuesError } from '../../src/rpc';
import { settled, TEXT } from './support/host';
import { denseNow, host, lease, open, textNow, warnings } from './support/running';
import { events } from './support/editor';
import { editor, Uri } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

beforeEach(() => editor.reset());
afterEach(() => host.runs.dispose());

describe('trouble', () => {
  const where: Divergence = {
    epoch: 2,
    batch: 0,
    step: 9,
    layer: 0,
    row: 0,
    quantity: 'weightedInput',
    value: Infinity,
    learningRate: 30,
  };

  it('writes nothing when training diverges, and names layer, step and remedy', async () => {
    const { run, worker } = await open();
    await run.train();
    worker.advance(2);
    worker.diverge(where);
    await run.whenStopped();
    await settled();
    expect(textNow()).toBe(TEXT);
    const [{ message }] = warnings();
    expect(message).toMatch(
      /after 9 steps .*weighted input of neuron 1 in layers\[0\] became Infinity/,
    );
    expect(message).toMatch(/learning rate is 30: try 0\.1,/);
  });

  it('holds the network without its data when they cannot be used', async () => {
    const issue = { code: 'data.x', severity: 'error', path: ['data'], message: 'bad' } as const;
    await open(TEXT, {
      prepare: worker => (worker.loadError = new IssuesError('bad data', [issue])),
    });
    expect(host.workers[0].loads.map(({ network }) => network.data !== undefined)).toEqual([
      true,
      false,
    ]);
    expect(lease.run.record.issues).toEqual([issue]);
    expect(lease.run.record.data).toBeUndefined();
  });

  it('refuses read-only files with a sentence', async () => {
    const { run } = await open();
    editor.write('/work/net.nn.json', TEXT);
    editor.readOnly.add('/work/net.nn.json');
    await run.step('epoch');
    expect(textNow()).toBe(TEXT);
    expect(warnings()[0].message).toMatch(/not written: net.nn.json is read-only/);
    expect(run.record.ahead).toBe(true);
  });

  it('refuses a file that is read-only in VS Code alone: its text is as it was, and the weights stay', async () => {
    const { run } = await open();
    host.document.isLocked = true;
    await run.step('epoch');
    expect(textNow()).toBe(TEXT);
    expect(warnings()[0].message).toMatch(/not written: net.nn.json is read-only/);
    expect(run.record.ahead).toBe(true);
    host.document.isLocked = false;
    await run.writeWeights();
    expect(denseNow().weights).toEqual([[1.5, 1.5]]);
    expect(run.record.ahead).toBe(false);
  });

  it('says once why nothing can be written, and resets all the same', async () => {
    const { run, worker } = await open();
    editor.write('/work/net.nn.json', TEXT);
    editor.readOnly.add('/work/net.nn.json');
    await run.step('epoch');
    await run.step('epoch');
    expect(warnings()).toHaveLength(1);
    await run.reset();
    expect(worker.values).toEqual([0.5, 0.5, 0]);
    expect(run.record.ahead).toBe(false);
  });

  it('trains nothing any more for a file that was deleted, or whose folder was', async () => {
    for (const [path, isStopped] of [
      ['/work/other.nn.json', false],
      ['/work/net.nn.json', true],
      ['/work', true],
    ] as const) {
      const { run, worker } = await open();
      await run.train();
      worker.advance(1);
      events.remove.fire({ files: [Uri.file(path)] });
      await settled();
      expect(run.record.running).toBe(!isStopped);
      expect(textNow()).toBe(TEXT);
      host.runs.dispose();
    }
  });

  it('starts another worker after one was lost', async () => {
    const { run, worker } = await open();
    await run.train();
    worker.advance(1);
    worker.die('out of memory');
    await run.whenStopped();
    await settled();
    expect(run.record.state).toMatchObject({ phase: 'idle', epoch: 0 });
    expect(warnings()[0].message).toMatch(/stopped \(out of memory\)/);
    await run.step('epoch');
    expect(host.workers).toHaveLength(2);
    expect(host.workers[1].loads).toHaveLength(1);
  });
});

describe('the data file', () => {
  const text = TEXT.replace(/"data": .*\n/, '"data": { "csv": "d.csv", "target": "y" }\n');
  const change = () => [...editor.watchers].forEach(watcher => watcher.change.fire({} as never));

  const encode = (content: string): Uint8Array => new TextEncoder().encode(content);
  const openCsv = () => open(text, { files: { 'd.csv': 'a,b,y\n1,2,3\n' } });

  it('is read again when it changes', async () => {
    const { worker } = await openCsv();
    expect(worker.loads[0].files).toEqual({ 'd.csv': encode('a,b,y\n1,2,3\n') });
    editor.write('/work/d.csv', 'a,b,y\n4,5,6\n');
    change();
    await settled();
    expect(worker.loads[1].files).toEqual({ 'd.csv': encode('a,b,y\n4,5,6\n') });
  });

  it('is not read again before training has ended', async () => {
    const { run, worker } = await openCsv();
    await run.train();
    change();
    await settled();
    expect(worker.loads).toHaveLength(1);
    expect(run.record.running).toBe(true);
    worker.advance(1);
    await run.pause();
    await settled();
    expect(worker.loads).toHaveLength(2);
    expect(denseNow().weights).toEqual([[1.5, 1.5]]);
  });

  it('is watched no longer when the network names another', async () => {
    await openCsv();
    host.document.change(text.replace('d.csv', 'e.csv'));
    await settled();
    expect([...editor.watchers].map(watcher => watcher.pattern.pattern)).toEqual(['e.csv']);
  });
});

describe('the end of a run', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  it('comes a while after the last lease', async () => {
    const { worker } = await open();
    lease.dispose();
    lease.dispose();
    vi.advanceTimersByTime(GRACE - 1);
    expect(worker.disposed).toBe(false);
    vi.advanceTimersByTime(1);
    await settled();
    expect(worker.disposed).toBe(true);
    expect(host.runs.get(host.uri)).toBeUndefined();
  });

  it('does not come when somebody asks again', async () => {
    const { run, worker } = await open();
    lease.dispose();
    vi.advanceTimersByTime(GRACE - 1);
    expect(host.runs.acquire(host.uri).run).toBe(run);
    vi.advanceTimersByTime(10 * GRACE);
    expect(worker.disposed).toBe(false);
  });

  it('waits for training', async () => {
    const { run, worker } = await open();
    await run.train();
    lease.dispose();
    vi.advanceTimersByTime(GRACE);
    await settled();
    expect(worker.disposed).toBe(false);
    worker.advance(1);
    worker.finish();
    await settled();
    expect(denseNow().weights).toEqual([[1.5, 1.5]]);
    vi.advanceTimersByTime(GRACE);
    await settled();
    expect(worker.disposed).toBe(true);
  });
});
