/** Looking back in the worker: what is answered about a kept moment is what was answered then, to the last bit. */
import { describe, expect, it } from 'vitest';
import type { Scope, Target } from '../../src/engine/facts';
import type { Network, OptimizerName } from '../../src/network/network';
import { parameterRows } from '../../src/network/parameterRows';
import { parseNetwork } from '../../src/network/parse';
import { inferShapes } from '../../src/network/shapes';
import { History, METRIC_COLUMNS, type MetricsChunk } from '../../src/engine/history';
import { codecs } from '../../src/worker/codecs';
import { createSession } from '../../src/worker/session';

function networkWith(
  optimizer: OptimizerName,
  training: object = {},
  units = 3,
  samples = 40,
): Network {
  const text = JSON.stringify({
    version: 1,
    seed: 3,
    input: { shape: [2] },
    layers: [
      { type: 'dense', units, activation: 'tanh' },
      { type: 'dense', units: 1, activation: 'sigmoid' },
    ],
    loss: { type: 'binaryCrossEntropy' },
    training: {
      optimizer: { type: optimizer, learningRate: 0.05 },
      batchSize: 8,
      epochs: 12,
      ...training,
    },
    data: { generator: 'circle', samples, validation: 0 },
  });
  return parseNetwork(text).network as Network;
}

/** The network of these tests with these parameters in its text. */
function networkOf(parameters: Float64Array): Network {
  const network = networkWith('adam');
  const rows = parameterRows(inferShapes(network), parameters);
  return { ...network, layers: network.layers.map((layer, i) => ({ ...layer, ...rows[i] })) };
}

function setup(network = networkWith('adam')) {
  let time = 0;
  const chunks: MetricsChunk[] = [];
  let phase = 'idle';
  const session = createSession(
    { codecs, now: () => (time += 0.1), later: callback => void setImmediate(callback) },
    (name, ...args) => {
      const [value] = args as readonly unknown[];
      if (name === 'metrics') chunks.push(value as MetricsChunk);
      if (name === 'runState') ({ phase } = value as { phase: string });
    },
  );
  const load = (of: Network, keepParameters = false) =>
    session.load({ network: of, files: {}, keepParameters });
  void load(network);
  const trained = async (): Promise<void> => {
    await session.train({});
    while (phase === 'running') await new Promise(resolve => setImmediate(resolve));
  };
  return { session, load, trained, chunks };
}

/** What a page has of a run. */
function recordedIn(chunks: readonly MetricsChunk[]): History {
  const history = new History();
  chunks.forEach(chunk => history.append(chunk));
  return history;
}

const SAMPLE: Scope = { type: 'sample', index: 5 };
const BATCH: Scope = { type: 'batch' };
const WEIGHT: Target = { type: 'weight', layer: 0, row: 1, column: 1 };
const TARGETS: readonly Target[] = [
  WEIGHT,
  { type: 'bias', layer: 1, row: 0 },
  { type: 'neuron', layer: 0, row: 2 },
  { type: 'layer', layer: 0 },
  { type: 'loss' },
];

/** Everything that can be seen, without where it was seen from. */
async function everything(
  session: ReturnType<typeof setup>['session'],
  snapshot?: number,
): Promise<string> {
  const past = snapshot === undefined ? {} : { snapshot };
  const answers: unknown[] = [];
  for (const scope of [
    { ...SAMPLE, ...past },
    { ...BATCH, ...past },
  ]) {
    for (const target of TARGETS)
      answers.push({ ...(await session.inspect(target, scope)), scope: scope.type });
    const { snapshot: _, ...view } = (await session.view({ scope, updates: true })) as {
      snapshot?: number;
    };
    answers.push(view);
    const part = { scope, layer: 0, rows: [0, 3], columns: [0, 2], most: 8 } as const;
    answers.push((await session.matrix({ ...part, quantity: 'update' })).values);
    const curve = await session.whatIf(
      { target: { type: 'bias', layer: 0, row: 0 }, scope, from: -1, to: 1, points: 9 },
      0,
    );
    answers.push(curve.changes, curve.at);
    answers.push(
      (await session.gradients({ scope, parameters: [{ layer: 0, row: 0, column: 0 }], rows: [] }))
        .values,
    );
  }
  return JSON.stringify(answers, (key, value: unknown) =>
    key === 'scope'
      ? undefined
      : ArrayBuffer.isView(value)
        ? [...(value as Float64Array)].map(String)
        : value,
  );
}

describe('looking back', () => {
  it.each(['sgd', 'adam', 'rmsprop'] as const)(
    'answers as it was answered then, with %s',
    async optimizer => {
      const { session, trained } = setup(networkWith(optimizer));
      const then: string[] = [];
      for (let epoch = 0; epoch < 4; epoch++) {
        then.push(await everything(session));
        await session.step('epoch');
      }
      await trained();
      const { ids, epochs, present } = await session.snapshots();
      expect([...epochs]).toEqual(Array.from({ length: 17 }, (_, i) => i));
      expect(present).toBe(ids[16]);
      for (let epoch = 0; epoch < 4; epoch++)
        expect(await everything(session, ids[epoch])).toBe(then[epoch]);
      expect(await everything(session, ids[16])).toBe(await everything(session));
      expect(then[0]).not.toBe(then[1]);
    },
  );

  it('says which moment it speaks of, in the facts and in the picture', async () => {
    const { session, trained } = setup();
    await trained();
    const snapshot = (await session.snapshots()).ids[3];
    const scope = { ...SAMPLE, snapshot };
    expect(await session.inspect(WEIGHT, scope)).toMatchObject({ scope, epoch: 3, step: 15 });
    expect(await session.view({ scope })).toMatchObject({ epoch: 3, step: 15, snapshot });
    const curve = await session.whatIf(
      { target: WEIGHT as never, scope, from: -1, to: 1, points: 3 },
      0,
    );
    expect(curve.facts.scope).toEqual(scope);
  });

  it('does not touch training: the same bytes, whoever looks back meanwhile', async () => {
    const alone = setup(networkWith('adam', { epochs: 40 }));
    await alone.trained();
    const watched = setup(networkWith('adam', { epochs: 40 }));
    const { session } = watched;
    const training = watched.trained();
    for (let looks = 0; looks < 10; looks++) {
      const { ids } = await session.snapshots();
      await session.inspect(WEIGHT, { ...BATCH, snapshot: ids[0] });
      await session.history({ target: WEIGHT as never, scope: BATCH });
    }
    await training;
    expect(await session.parameters()).toEqual(await alone.session.parameters());
  });

  it('refuses a moment that is not kept any more, and says what to do', async () => {
    const { session, trained } = setup();
    await trained();
    const [first] = (await session.snapshots()).ids;
    await session.reset();
    const gone =
      'The numbers of that moment are not kept any more; look at another one, or at those of now.';
    await expect(session.inspect(WEIGHT, { ...SAMPLE, snapshot: first })).rejects.toThrow(gone);
    await expect(session.restore(first)).rejects.toThrow(gone);
    expect([...(await session.snapshots()).epochs]).toEqual([0]);
  });

  it('keeps the moments of a run that goes on with other settings, and counts on', async () => {
    const { session, load, trained, chunks } = setup();
    await trained();
    const before = await session.snapshots();
    const result = await load(
      networkWith('adam', { optimizer: { type: 'adam', learningRate: 0.2 } }),
      true,
    );
    expect(result.state).toMatchObject({ epoch: 12, step: 60 });
    expect(await session.snapshots()).toEqual(before);
    await session.step('epoch');
    const { epochs } = await session.snapshots();
    expect([...epochs.slice(-2)]).toEqual([12, 13]);
    const recorded = chunks.flatMap(({ values, count }) => [...values.subarray(0, count)]);
    expect(METRIC_COLUMNS[0]).toBe('epoch');
    expect(recorded).toEqual([...recorded].sort((a, b) => a - b));
  });

  it('forgets them where the layers get other shapes', async () => {
    const { session, load, trained } = setup();
    await trained();
    await load(networkWith('adam', {}, 4), true);
    expect([...(await session.snapshots()).epochs]).toEqual([0]);
  });
});

describe('restoring', () => {
  it('brings the run back to then, and what came after stays until it goes another way', async () => {
    const { session, trained, chunks } = setup();
    const start = await session.parameters();
    await trained();
    const end = await session.parameters();
    const { ids, losses } = await session.snapshots();
    const recorded = chunks.length;
    expect(await session.parameters(ids[0])).toEqual(start);
    const fourth = await session.parameters(ids[4]);
    expect(await session.restore(ids[4])).toMatchObject({
      phase: 'idle',
      epoch: 4,
      step: 20,
      loss: losses[4],
    });
    expect(await session.parameters()).toEqual(fourth);
    // The curve has this moment already.
    expect(chunks).toHaveLength(recorded);
    const after = await session.snapshots();
    expect([...after.ids]).toEqual([...ids]);
    expect(after.present).toBe(ids[4]);
    expect(await session.view({ scope: SAMPLE })).toMatchObject({ epoch: 4, step: 20 });
    expect(await session.parameters(ids[12])).toEqual(end);
    // Adam begins anew, as its facts say: the first update is that of a fresh start.
    const facts = await session.inspect(WEIGHT, BATCH);
    expect(facts).toMatchObject({ value: fourth[3] });
    expect('update' in facts && Math.abs(facts.update.change)).toBeCloseTo(0.05, 6);
    const after4 = await session.step('epoch');
    expect(after4).toMatchObject({ epoch: 5, step: 25 });
    const next = await session.snapshots();
    expect([...next.epochs]).toEqual([0, 1, 2, 3, 4, 5]);
    expect(next.present).toBe(next.ids[5]);
    const history = recordedIn(chunks);
    expect([...history.column('epoch')]).toEqual([0, 1, 2, 3, 4, 5]);
    expect(history.at('loss', -1)).toBe(after4.loss);
  });

  it('is taken back by loading the numbers of before: epoch, loss and moments are those of before', async () => {
    const { session, trained, chunks } = setup();
    await trained();
    const end = await session.parameters();
    const before = await session.snapshots();
    await session.restore(before.ids[4]);
    const undone = await session.load({
      network: networkOf(end),
      files: {},
      keepParameters: false,
      recognizes: true,
    });
    expect(undone).toMatchObject({
      continued: true,
      state: { epoch: 12, step: 60, loss: before.losses[12] },
    });
    expect(await session.snapshots()).toEqual(before);
    expect(chunks.filter(({ restart }) => restart)).toHaveLength(1);
    await session.step('epoch');
    expect([...(await session.snapshots()).epochs.slice(-2)]).toEqual([12, 13]);
    expect(chunks.at(-1)?.values[0]).toBe(13);
  });

  it('invents no epoch: other numbers, or other data, are the start of a run', async () => {
    const { data } = networkWith('adam', {}, 3, 48);
    const changes = [
      (end: Float64Array) => networkOf(end.map((value, i) => (i === 3 ? value + 1 : value))),
      (end: Float64Array) => ({ ...networkOf(end), data }),
    ];
    for (const change of changes) {
      const { session, trained } = setup();
      await trained();
      const network = change(await session.parameters());
      const request = { network, files: {}, keepParameters: false, recognizes: true };
      const loaded = await session.load(request);
      expect(loaded).toMatchObject({ continued: false, state: { epoch: 0, step: 0 } });
      expect([...(await session.snapshots()).epochs]).toEqual([0]);
    }
  });

  it('at part of an epoch goes on with the next one, and can be restored twice', async () => {
    const { session, chunks } = setup();
    for (let i = 0; i < 7; i++) await session.step('batch');
    const { ids, epochs } = await session.snapshots();
    expect(epochs[6]).toBeCloseTo(1.2, 12);
    expect(await session.restore(ids[6])).toMatchObject({ epoch: 1, step: 6 });
    expect(await session.restore(ids[7])).toMatchObject({ epoch: 1, step: 7 });
    expect(await session.restore(ids[6])).toMatchObject({ epoch: 1, step: 6 });
    expect(await session.step('batch')).toMatchObject({ epoch: 2, step: 7 });
    const after = await session.snapshots();
    expect(after.epochs.at(-1)).toBeCloseTo(2.2, 12);
    expect([...after.ids.slice(0, 7)]).toEqual([...ids.slice(0, 7)]);
    expect(after.ids).toHaveLength(8);
    // What was recorded at 1.4 is of the other way.
    expect([...recordedIn(chunks).column('epoch')]).toEqual([...after.epochs]);
  });

  it('pauses a training that is under way', async () => {
    const { session } = setup(networkWith('adam', { epochs: 100_000 }));
    await session.train({});
    await new Promise(resolve => setImmediate(resolve));
    const [first] = (await session.snapshots()).ids;
    const start = await session.parameters(first);
    expect(await session.restore(first)).toMatchObject({ phase: 'idle' });
    expect(await session.parameters()).toEqual(start);
    const { step } = await session.step('batch');
    await new Promise(resolve => setImmediate(resolve));
    expect((await session.pause()).step).toBe(step);
  });
});

describe('the history of a parameter', () => {
  it('has its value and its gradient as they were at each moment', async () => {
    const { session, trained } = setup();
    await trained();
    for (const scope of [SAMPLE, BATCH]) {
      const { ids, epochs, values, gradients } = await session.history({
        target: WEIGHT as never,
        scope,
      });
      expect([...epochs]).toEqual(Array.from({ length: 13 }, (_, i) => i));
      for (const [i, snapshot] of [...ids].entries()) {
        const facts = await session.inspect(WEIGHT, { ...scope, snapshot });
        expect(facts).toMatchObject({ value: values[i], gradient: gradients?.[i] });
      }
    }
  });

  it('leaves the gradient out where it would take long, and has at most 60 points', async () => {
    const network = networkWith('sgd', { epochs: 100 });
    const large = parseNetwork(
      JSON.stringify({
        version: 1,
        seed: 1,
        input: { shape: [2] },
        layers: [
          { type: 'dense', units: 200, activation: 'tanh' },
          { type: 'dense', units: 1, activation: 'sigmoid' },
        ],
        loss: { type: 'binaryCrossEntropy' },
        training: { epochs: 5 },
        data: { generator: 'circle', samples: 6000, validation: 0 },
      }),
    ).network as Network;
    const small = setup(network);
    await small.trained();
    const short = await small.session.history({ target: WEIGHT as never, scope: SAMPLE });
    expect(short.values.length).toBeLessThanOrEqual(60);
    expect(short.gradients).toHaveLength(short.values.length);
    const big = setup(large);
    await big.trained();
    const all = await big.session.history({ target: WEIGHT as never, scope: BATCH });
    expect(all.values).toHaveLength(6);
    expect(all.gradients).toBeUndefined();
    const one = await big.session.history({ target: WEIGHT as never, scope: SAMPLE });
    expect(one.gradients).toHaveLength(6);
  });

  it('refuses what is no parameter of the network', async () => {
    const { session } = setup();
    const target = { type: 'weight', layer: 0, row: 9, column: 0 } as const;
    await expect(session.history({ target, scope: BATCH })).rejects.toThrow(
      'layers[0].weights[9][0]: no such weight',
    );
  });
});
