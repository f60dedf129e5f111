import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { codecs } from '../../src/cli/codecs';
import { LoadJob } from '../../src/data/loadJob';
import type { Codecs, DataFiles } from '../../src/data/steps';
import type { DataSource } from '../../src/network/network';
import { inferShapes } from '../../src/network/shapes';
import { idxFile, networkWith } from './support';
import type { NetworkOptions } from './support';

const CSV: DataSource = { type: 'csv', path: 'a.csv', target: 't' };
const IDX: DataSource = { type: 'idx', images: 'x', labels: 'y' };
const large = new TextEncoder().encode(`a,b,t\n${'12,200,1\n'.repeat(300_000)}`);

function jobOf(
  source: DataSource,
  files: DataFiles,
  options: NetworkOptions = {},
  how: Codecs = codecs,
): LoadJob {
  const network = networkWith(source, options);
  return new LoadJob(network, inferShapes(network), files, how);
}

it('does what is small in one go', () => {
  const job = jobOf(CSV, { 'a.csv': new TextEncoder().encode('a,b,t\n1,2,3\n') });
  expect(job.run(() => true)).toBe(true);
  expect(job.loaded.dataset?.samples).toBe(1);
});

it('stops where it is told to, and says how far it is', () => {
  const job = jobOf(CSV, { 'a.csv': large }, { normalize: 'standard' });
  const parts: number[] = [];
  while (!job.run(() => true)) {
    expect(job.waits).toBeUndefined();
    expect(() => job.loaded).toThrow('not loaded yet');
    parts.push(job.part);
  }
  expect(parts.length).toBeGreaterThan(3);
  expect(parts.every(part => part >= 0 && part <= 1)).toBe(true);
  expect(Math.max(...parts)).toBeGreaterThan(0.5);
  expect(job.run()).toBe(true);
  expect(job.loaded.dataset?.samples).toBe(300_000);
});

it('gives the same whether it is stopped or not', () => {
  const options = { normalize: 'standard', validation: 0.2 } as const;
  const stopped = jobOf(CSV, { 'a.csv': large }, options);
  while (!stopped.run(() => true));
  const whole = jobOf(CSV, { 'a.csv': large }, options);
  whole.run();
  expect(stopped.loaded).toEqual(whole.loaded);
});

it('waits for the pieces of packed files', async () => {
  const job = jobOf(IDX, { x: gzipSync(idxFile([2, 2], [1, 2, 3, 4])), y: idxFile([2], [0, 1]) });
  expect(job.run()).toBe(false);
  expect(job.waits).toBeInstanceOf(Promise);
  expect((await job.whole()).dataset?.samples).toBe(2);
});

it('unpacks no more once it is given up', async () => {
  let [pieces, closed] = [0, false];
  async function* endless(): AsyncIterable<Uint8Array> {
    try {
      yield idxFile([1000, 1000], []);
      for (;;) {
        pieces++;
        yield new Uint8Array(10);
      }
    } finally {
      closed = true;
    }
  }
  const packed = new Uint8Array(2000).fill(7);
  packed.set([0x1f, 0x8b]);
  const job = jobOf(
    IDX,
    { x: packed, y: idxFile([1000], []) },
    {},
    { ...codecs, inflate: endless },
  );
  for (let i = 0; i < 10; i++) {
    expect(job.run(() => true)).toBe(false);
    await job.waits;
  }
  const before = pieces;
  expect(before).toBeGreaterThan(1);
  job.giveUp();
  await new Promise(resolve => setImmediate(resolve));
  expect([pieces, closed]).toEqual([before, true]);
});
