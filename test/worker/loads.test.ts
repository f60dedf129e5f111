/** Large data are read in slices: everything else is answered meanwhile, and nobody has to wait for their end. */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { LoadResult } from '../../src/protocol';
import { codecs } from '../../src/worker/codecs';
import { createSession } from '../../src/worker/session';
import { idxFile } from '../data/support';
import { networkOf } from './support';

const network = (data: object) =>
  networkOf({
    version: 1,
    seed: 2,
    input: { shape: [2] },
    layers: [{ type: 'dense', units: 1, activation: 'linear' }],
    loss: { type: 'meanSquaredError' },
    training: { batchSize: 4 },
    data,
  });

const xor = network({ generator: 'xor' });
const csv = network({ csv: 'a.csv', target: 't' });
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const rows = (count: number) => ({ 'a.csv': encode(`a,b,t\n${'12,200,1\n'.repeat(count)}`) });

/** A session whose clock moves by `tick` at each look, and whose turns are taken by hand. */
function world(tick: number) {
  let time = 0;
  const turns: (() => void)[] = [];
  const parts: number[] = [];
  const session = createSession(
    { codecs, now: () => (time += tick), later: callback => void turns.push(callback) },
    (name, ...args) => name === 'loadProgress' && parts.push(args[0] as number),
  );
  const settle = (): Promise<void> => new Promise(resolve => setImmediate(resolve));
  const turn = async (): Promise<void> => {
    turns.shift()?.();
    await settle();
  };
  const finish = async (): Promise<void> => {
    for (await settle(); turns.length > 0;) await turn();
  };
  const load = (of: typeof csv, files = {}, keepParameters = false) =>
    session.load({ network: of, files, keepParameters });
  /** What becomes of a load, as far as it is known. */
  const fate = (loading: LoadResult | Promise<LoadResult>) => {
    const seen: { result?: LoadResult; error?: Error } = {};
    Promise.resolve(loading).then(
      result => (seen.result = result),
      (error: Error) => (seen.error = error),
    );
    return seen;
  };
  return { session, turns, parts, turn, finish, settle, load, fate };
}

describe('small data', () => {
  it('are there at once, without a turn, however slow the clock', () => {
    const { load, turns } = world(20);
    expect(load(csv, rows(20))).toMatchObject({ data: { samples: 20 } });
    expect(load(xor)).toMatchObject({ data: { samples: 4 } });
    expect(turns).toHaveLength(0);
  });

  it('are refused at once', () => {
    const { load } = world(20);
    expect(() => load(csv, { 'a.csv': encode('a,b\n1,2\n') })).toThrow('a.csv has no column t.');
  });
});

describe('large data', () => {
  it('come in slices, and then are there', async () => {
    const { load, fate, turns, turn, finish } = world(20);
    const seen = fate(load(csv, rows(300_000)));
    await turn();
    await turn();
    expect(seen).toEqual({});
    expect(turns).toHaveLength(1);
    await finish();
    expect(seen.result).toMatchObject({ data: { samples: 300_000 }, continued: false });
  });

  it('let the run before be looked at, and trained, until they are there', async () => {
    const { session, load, fate, turn, finish, settle } = world(20);
    load(xor);
    const seen = fate(load(csv, rows(300_000)));
    await turn();
    expect(session.samples(0, 9)).toMatchObject({ total: 4 });
    expect(await session.step('epoch')).toMatchObject({ epoch: 1 });
    await settle();
    expect(seen).toEqual({});
    await finish();
    expect(session.samples(0, 2)).toMatchObject({ total: 300_000 });
  });

  it('take on what the run before has learnt until then', async () => {
    const { session, load, fate, turn, finish } = world(20);
    load(xor);
    const seen = fate(load(csv, rows(300_000), true));
    await turn();
    await session.step('epoch');
    const learnt = session.parameters();
    await finish();
    expect(seen.result?.continued).toBe(true);
    expect(session.parameters()).toEqual(learnt);
  });

  it('tell how far they are once a second has passed, ten times a second', async () => {
    const { load, parts, fate, finish } = world(60);
    fate(load(csv, rows(300_000)));
    await finish();
    expect(parts.length).toBeGreaterThan(1);
    expect([...parts].sort((a, b) => a - b)).toEqual(parts);
    const quick = world(1);
    quick.fate(quick.load(csv, rows(300_000)));
    await quick.finish();
    expect(quick.parts).toEqual([]);
  });

  it('are given up for newer ones', async () => {
    const { session, load, fate, turn, finish } = world(20);
    const first = fate(load(csv, rows(300_000)));
    await turn();
    const second = fate(load(xor));
    await turn();
    expect(first.error?.name).toBe('Cancelled');
    await finish();
    expect(second.result?.data?.samples).toBe(4);
    expect(first.result).toBeUndefined();
    expect(session.samples(0, 9)).toMatchObject({ total: 4 });
  });

  it('are given up when nobody wants to wait', async () => {
    const { session, load, fate, turn, turns } = world(20);
    load(xor);
    const seen = fate(load(csv, rows(300_000)));
    await turn();
    session.cancelLoad();
    await turn();
    expect(seen.error).toMatchObject({ name: 'Cancelled' });
    expect(turns).toHaveLength(0);
    expect(session.samples(0, 9)).toMatchObject({ total: 4 });
  });

  it('may be loaded again afterwards, and a cancel without a load does nothing', async () => {
    const { session, load, fate, finish } = world(20);
    session.cancelLoad();
    const seen = fate(load(csv, rows(300_000)));
    await finish();
    session.cancelLoad();
    expect(seen.result?.data?.samples).toBe(300_000);
  });
});

describe('packed data', () => {
  const idx = network({ idx: { images: 'x', labels: 'y' } });
  const samples = 20_000;
  const files = {
    x: gzipSync(idxFile([samples, 2], new Array<number>(2 * samples).fill(51))),
    y: gzipSync(idxFile([samples], new Array<number>(samples).fill(1))),
  };

  it('are unpacked, and seen as numbers from 0 to 1', async () => {
    const { session, load } = world(0.01);
    const result = await load(idx, files);
    expect(result.data).toMatchObject({ samples, classNames: undefined });
    expect(session.samples(7, 1)).toMatchObject({ samples: [{ x: [0.2, 0.2], y: [1] }] });
    expect(session.dataRange()).toMatchObject({ least: [0.2, 0.2], most: [0.2, 0.2] });
    expect(session.predict([[0, 0]])).toHaveLength(1);
  });

  it('are given up', async () => {
    const { session, load } = world(0.01);
    const loading = load(idx, files);
    session.cancelLoad();
    await expect(loading).rejects.toMatchObject({ name: 'Cancelled' });
  });
});
