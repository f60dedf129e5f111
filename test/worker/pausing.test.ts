/** Pausing a training whose loss takes many slices: it stops at once, and says the loss when that is known. */
import { describe, expect, it } from 'vitest';
import { METRIC_COLUMNS, type MetricsChunk } from '../../src/engine/history';
import type { RunState } from '../../src/protocol';
import { codecs } from '../../src/worker/codecs';
import { createSession } from '../../src/worker/session';
import { circle } from './support';

const network = circle();

const idle = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

/** A session in which each second look at the clock ends a slice, in the midst of a training. */
async function training(epochs = 1000) {
  let time = 0;
  const turns: (() => void)[] = [];
  const states: RunState[] = [];
  const rows: { step: number; loss: number }[] = [];
  const record = ({ count, values }: MetricsChunk): void => {
    const at = (name: (typeof METRIC_COLUMNS)[number], row: number): number =>
      values[METRIC_COLUMNS.indexOf(name) * count + row];
    for (let row = 0; row < count; row++)
      rows.push({ step: at('step', row), loss: at('loss', row) });
  };
  const session = createSession(
    { codecs, now: () => (time += 8), later: callback => void turns.push(callback) },
    (name, ...args) => {
      if (name === 'runState') states.push(args[0] as RunState);
      if (name === 'metrics') record(args[0] as MetricsChunk);
    },
  );
  const turn = async (): Promise<void> => {
    turns.shift()?.();
    await idle();
  };
  const finish = async (): Promise<void> => {
    for (await idle(); turns.length > 0;) await turn();
  };
  const long = { ...network, training: { ...network.training, epochs } };
  const loaded = Promise.resolve(session.load({ network: long, files: {}, keepParameters: false }));
  await finish();
  await loaded;
  session.train({});
  for (let i = 0; i < 5; i++) await turn();
  return { session, states, rows, turn, finish };
}

describe('a pause', () => {
  it('is told at once, without a loss, and its loss when it is known', async () => {
    const { session, states, rows, finish } = await training();
    const pause = Promise.resolve(session.pause());
    const told = states.at(-1);
    expect(told).toMatchObject({ phase: 'paused', settling: true });
    expect(told?.loss).toBeNaN();
    expect(told?.validationLoss).toBeNaN();
    const before = rows.length;
    await finish();
    const state = await pause;
    expect(state).toMatchObject({ phase: 'paused', step: told?.step });
    expect(state.settling).toBeUndefined();
    expect(Number.isFinite(state.loss)).toBe(true);
    expect(states.at(-1)).toEqual(state);
    expect(rows.slice(before)).toEqual([{ step: state.step, loss: state.loss }]);
  });

  it('is asked for once more: both answers have the loss', async () => {
    const { session, finish } = await training();
    const pauses = Promise.all([session.pause(), session.pause()]);
    await finish();
    for (const state of await pauses) expect(Number.isFinite(state.loss)).toBe(true);
  });

  it('leaves nothing behind where training goes on before: no row, the same bits', async () => {
    const plain = await training(3);
    const other = await training(3);
    const pause = Promise.resolve(other.session.pause());
    await other.turn();
    other.session.train({});
    expect(other.states.at(-1)?.phase).toBe('running');
    expect(Number.isFinite(other.states.at(-1)!.loss)).toBe(true);
    await other.turn();
    expect((await pause).phase).toBe('running');
    const ends: { loss: number }[] = [];
    for (const { finish, states } of [plain, other]) {
      await finish();
      expect(states.at(-1)).toMatchObject({ phase: 'finished', epoch: 3 });
      ends.push(states.at(-1)!);
    }
    expect(other.rows).toEqual(plain.rows);
    expect(ends[1].loss).toBe(ends[0].loss);
    expect(await other.session.parameters()).toEqual(await plain.session.parameters());
  });

  it('is over with a reset, a step or a load, which need no loss of it', async () => {
    const { session, states, finish } = await training();
    let pause = Promise.resolve(session.pause());
    await session.reset();
    await finish();
    expect(await pause).toMatchObject({ phase: 'idle', step: 0 });
    expect(states.at(-1)).toMatchObject({ phase: 'idle', step: 0 });
    session.train({});
    pause = Promise.resolve(session.pause());
    const step = Promise.resolve(session.step('batch'));
    await finish();
    expect(await step).toMatchObject({ phase: 'paused' });
    expect(Number.isFinite((await step).loss)).toBe(true);
    await pause;
    session.train({});
    pause = Promise.resolve(session.pause());
    const load = Promise.resolve(session.load({ network, files: {}, keepParameters: true }));
    await finish();
    await pause;
    expect((await load).state).toMatchObject({ phase: 'idle' });
    expect(states.at(-1)?.settling).toBeUndefined();
  });

  it('has its loss before a kept moment is restored', async () => {
    const { session, finish, rows } = await training();
    const restored = Promise.resolve(session.restore(1));
    await finish();
    const state = await restored;
    expect(state).toMatchObject({ step: 0, phase: 'idle' });
    expect(state.settling).toBeUndefined();
    expect(rows.at(-1)!.step, 'of where it was').toBeGreaterThan(0);
  });
});
