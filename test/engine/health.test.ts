/** Each alarm: a network that has it, one that nearly has it, and what must never happen. */
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadDataset } from '../../src/data/load';
import type { Dataset } from '../../src/data/dataset';
import type { Alarm, AlarmKind, LossTrend } from '../../src/engine/health/alarm';
import { HealthJob } from '../../src/engine/health/measure';
import { SteadyAlarms } from '../../src/engine/health/steady';
import { twinsOf } from '../../src/engine/health/symmetry';
import { initialParameters } from '../../src/engine/initializers';
import { compile } from '../../src/engine/plan';
import { createTrainer } from '../../src/engine/referenceTrainer';
import { editTools } from '../../src/engine/grow';
import { alarmSentences, fixEdit, healthNote } from '../../src/explain/health';
import type { HealthWords } from '../../src/explain/healthWords';
import { english } from '../../src/explain/healthWords.en';
import { chinese } from '../../src/explain/healthWords.zh';
import { applyTextEdits, textEdits } from '../../src/network/edit';
import type { Network } from '../../src/network/network';
import { parseNetwork } from '../../src/network/parse';
import { inferShapes } from '../../src/network/shapes';
import { emptyDataset } from '../../src/data/emptyDataset';

type Json = Record<string, unknown>;

interface Subject {
  readonly network: Network;
  readonly dataset: Dataset;
}

function subjectOf(text: string): Subject {
  const { network, issues } = parseNetwork(text);
  if (!network) throw new Error(issues.map(({ message }) => message).join('\n'));
  const shapes = inferShapes(network);
  const { dataset = emptyDataset(network, shapes) } = loadDataset(network, shapes, {});
  return { network, dataset };
}

const textOf = (change: Json): string =>
  JSON.stringify({
    version: 1,
    seed: 3,
    input: { shape: [2] },
    loss: { type: 'meanSquaredError', half: true },
    training: { precision: 'float64', optimizer: { type: 'sgd', learningRate: 0.01 } },
    data: { generator: 'xor', samples: 4, noise: 0 },
    ...change,
  });

const dense = (units: number, activation: string, more: Json = {}): Json => ({
  type: 'dense',
  units,
  activation,
  ...more,
});

function reportOf({ network, dataset }: Subject, losses?: LossTrend) {
  const parameters = initialParameters(network);
  const job = new HealthJob(network, dataset, parameters, undefined, losses);
  job.run();
  return job.report();
}

const found = (change: Json, losses?: LossTrend): readonly Alarm[] =>
  reportOf(subjectOf(textOf(change)), losses).alarms;

const kinds = (alarms: readonly Alarm[]): AlarmKind[] => alarms.map(({ kind }) => kind);

const example = (name: string): string =>
  readFileSync(new URL(`../../media/examples/${name}.nn.json`, import.meta.url), 'utf8');

const output = dense(1, 'sigmoid', { weights: [[0.4, -0.7]], bias: [0.1] });
const twoTanh = dense(2, 'tanh', {
  weights: [
    [1, 0.5],
    [0.3, 1],
  ],
});

describe('dead neurons', () => {
  const hidden = (bias: number): Json => ({
    layers: [
      dense(2, 'relu', {
        weights: [
          [0.3, -0.5],
          [0.8, 0.2],
        ],
        bias: [bias, 0.1],
      }),
      output,
    ],
  });

  it('are told when z is at most 0 on every sample', () => {
    // z₀ = 0.3 x₁ − 0.5 x₂ + b is at most 0.3 + b.
    expect(found(hidden(-0.3))).toEqual([
      { kind: 'dead', severity: 'warning', layer: 0, rows: [0], count: 1, units: 2 },
    ]);
  });

  it('are not told when one sample gets through', () => {
    expect(kinds(found(hidden(-0.299)))).toEqual([]);
  });

  it('are not told one by one in a wide layer', () => {
    const weights = Array.from({ length: 11 }, (_, row) => (row < 1 ? [-1, -1] : [1, 0.1 * row]));
    const outgoing = weights.map((_, row) => 0.1 * row);
    const layers = (units: number): readonly Json[] => [
      dense(units, 'relu', { weights: weights.slice(0, units) }),
      dense(1, 'sigmoid', { weights: [outgoing.slice(0, units)] }),
    ];
    expect(kinds(found({ layers: layers(11) }))).toEqual([]);
    expect(kinds(found({ layers: layers(10) }))).toEqual(['dead']);
  });

  it('are no more than information while most neurons live', () => {
    const weights = [
      [-1, -1],
      [1, 0.5],
      [0.5, 1],
      [0.7, 0.7],
    ];
    const layers = [
      dense(4, 'relu', { weights }),
      dense(1, 'sigmoid', { weights: [[1, 0.5, -1, 0.3]] }),
    ];
    const [alarm] = found({ layers });
    expect(alarm).toMatchObject({ kind: 'dead', severity: 'information', rows: [0], count: 1 });
  });
});

describe('saturated neurons', () => {
  const hidden = (bias: number): Json => ({
    layers: [
      dense(2, 'sigmoid', {
        weights: [
          [0.1, 0.1],
          [0.8, 0.2],
        ],
        bias: [bias, 0.1],
      }),
      output,
    ],
  });

  const alike = dense(2, 'tanh', {
    weights: [
      [1, 0.5],
      [0.5, 1],
    ],
  });

  it('are told when |f′(z)| is below 0.01 on most samples', () => {
    // σ′(z) = 0.01 at z ≈ 4.585: with the bias 4.6 all samples are beyond it.
    expect(found(hidden(4.6))).toEqual([
      { kind: 'saturated', severity: 'information', layer: 0, rows: [0], count: 1, units: 2 },
    ]);
  });

  it('are warned of when a whole layer is', () => {
    const weights = [
      [0.1, 0.1],
      [0.2, 0.1],
    ];
    const layers = [dense(2, 'sigmoid', { weights, bias: [4.6, 4.7] }), output];
    expect(found({ layers })).toMatchObject([{ severity: 'warning', count: 2, units: 2 }]);
  });

  it('are not told when it is so on half of them', () => {
    // z = bias, bias + 0.1 (twice), bias + 0.2: only one of the four is beyond 4.585.
    expect(kinds(found(hidden(4.45)))).toEqual([]);
  });

  it('are not told of an output whose loss divides the slope out again', () => {
    const layers = [alike, dense(1, 'sigmoid', { weights: [[0.5, 0.5]], bias: [9] })];
    expect(kinds(found({ layers, loss: { type: 'binaryCrossEntropy' } }))).toEqual([]);
    expect(kinds(found({ layers, data: { generator: 'and', samples: 4, noise: 0 } }))).toContain(
      'saturated',
    );
  });

  it('are not told of an output that is right', () => {
    const layers = [alike, dense(1, 'sigmoid', { weights: [[0.5, 0.5]], bias: [-9] })];
    // Three of the four targets of AND are 0.
    expect(kinds(found({ layers, data: { generator: 'and', samples: 4, noise: 0 } }))).toEqual([]);
  });
});

describe('a network that has learned', () => {
  /** XOR by OR and NAND, each far beyond the slope of its sigmoid. */
  const solved = (sign: 1 | -1): Json => ({
    layers: [
      dense(2, 'sigmoid', {
        weights: [
          [20, 20],
          [-20, -20],
        ],
        bias: [-10, 30],
      }),
      dense(1, 'sigmoid', { weights: [[sign * 20, sign * 20]], bias: [sign * -30] }),
    ],
  });

  it.each(['meanSquaredError', 'binaryCrossEntropy', 'meanAbsoluteError', 'huber'])(
    'with %s is not told to begin anew, one that is wrong is',
    type => {
      expect(found({ ...solved(1), loss: { type } })).toEqual([]);
      expect(kinds(found({ ...solved(-1), loss: { type } }))).toContain('saturated');
    },
  );

  it('may have equal neurons, and keeps them', () => {
    const layers = [
      dense(2, 'tanh', {
        weights: [
          [9, 9],
          [9, 9],
        ],
        bias: [-4, -4],
      }),
      dense(1, 'sigmoid', { weights: [[9, 9]] }),
    ];
    const subject = subjectOf(textOf({ layers, data: { generator: 'or', samples: 4, noise: 0 } }));
    const [alarm, ...more] = reportOf(subject).alarms;
    expect(more).toEqual([]);
    expect(alarm).toMatchObject({ kind: 'symmetric', severity: 'information' });
    const seen = { samples: 4, training: 4 };
    expect(healthNote(alarm, seen, subject.network, true).fixes).toEqual([]);
  });

  it('of equal targets is known by the loss at its start', () => {
    const layers = [
      dense(2, 'sigmoid', {
        weights: [
          [0.1, 0.1],
          [0.2, 0.1],
        ],
        bias: [9, 9],
      }),
      dense(1, 'linear', { weights: [[0.5, -0.4]], bias: [0] }),
    ];
    const data = { inline: [{ x: [1, 0], y: [0.1] }] };
    const at = (loss: number): AlarmKind[] =>
      kinds(found({ layers, data }, { start: 1, recent: [loss] }));
    expect(at(0.5)).toContain('saturated');
    expect(at(0.001)).toEqual([]);
  });

  it('is the spiral after its training', () => {
    const { network, dataset } = subjectOf(example('spiral'));
    const trainer = createTrainer(network, dataset);
    while (trainer.epoch < 400) trainer.run({ steps: Infinity });
    const parameters = Float64Array.from(trainer.readParameters());
    const job = new HealthJob(network, dataset, parameters, trainer.readOptimizerState());
    job.run();
    expect(job.measured().learned).toBe(true);
    expect(job.report().alarms).toEqual([]);
  });

  it.each(['vanishing-2-4x6-1', 'symmetric-2-3-2'])('is not %s', name => {
    const subject = subjectOf(example(name));
    expect(reportOf(subject).alarms).toMatchObject([{ severity: 'warning' }]);
  });
});

describe('symmetric neurons', () => {
  const hidden = (difference: number): Json => ({
    layers: [
      dense(3, 'sigmoid', {
        weights: [
          [0.5, 0.5],
          [0.1, 0.9],
          [0.5, 0.5],
        ],
        bias: [0.2, 0.2, 0.2],
      }),
      dense(1, 'sigmoid', { weights: [[0.5, 0.5, 0.5 + difference]] }),
    ],
  });

  it('are told also without data', () => {
    const alarm = {
      kind: 'symmetric',
      severity: 'warning',
      layer: 0,
      rows: [0, 2],
      count: 2,
      units: 3,
    };
    expect(found({ ...hidden(0), data: undefined })).toEqual([alarm]);
    expect(found(hidden(0))).toEqual([alarm]);
  });

  it('are not told when one outgoing weight differs', () => {
    expect(kinds(found(hidden(1e-9)))).toEqual([]);
  });

  it('are followed through a concat, and not through a sum', () => {
    const twins = dense(2, 'sigmoid', {
      id: 'a',
      weights: [
        [0.5, 0.5],
        [0.5, 0.5],
      ],
    });
    const other = dense(2, 'sigmoid', {
      id: 'b',
      from: ['input'],
      weights: [
        [0.1, 0.2],
        [0.3, 0.4],
      ],
    });
    const merged = (type: string, last: Json): Json => ({
      layers: [twins, other, { type, from: ['a', 'b'] }, last],
    });
    const twinAlarm = (alarms: readonly Alarm[]) =>
      alarms.filter(({ kind }) => kind === 'symmetric');
    const behind = (weights: number[]): Json => dense(1, 'sigmoid', { weights: [weights] });
    expect(twinAlarm(found(merged('concat', behind([0.5, 0.5, 0.1, 0.2]))))).toMatchObject([
      { layer: 0, count: 2 },
    ]);
    expect(twinAlarm(found(merged('concat', behind([0.5, 0.4, 0.1, 0.1]))))).toEqual([]);
    expect(twinAlarm(found(merged('add', behind([0.5, 0.5]))))).toEqual([]);
  });

  it('are told in each of several sets of equals, and looked for in a wide layer without comparing all pairs', () => {
    const units = 600;
    const { network } = subjectOf(
      textOf({
        input: { shape: [40] },
        layers: [
          dense(units, 'sigmoid', { init: { type: 'zeros' } }),
          dense(2, 'sigmoid', { init: { type: 'xavierUniform' } }),
        ],
        data: undefined,
      }),
    );
    const shapes = inferShapes(network);
    const plan = compile(network, shapes, 1, 'float64');
    const parameters = initialParameters(network);
    let reads = 0;
    const counted = new Proxy(parameters, {
      get: (numbers, key) => {
        reads += 1;
        return Reflect.get(numbers, key, numbers) as unknown;
      },
    });
    expect(twinsOf(plan, counted)).toEqual([]);
    expect(reads).toBeLessThan(10 * parameters.length);
    // Outgoing weights: rows 0, 2, 4 … get one value, all others another one.
    const [, , outgoing] = plan.parameterTables;
    for (let i = 0; i < outgoing.length; i++)
      parameters[outgoing.offset + i] = i % units === 7 ? 0.5 : i % 2;
    reads = 0;
    const [{ rows }] = twinsOf(plan, counted);
    expect(rows).toHaveLength(units - 1);
    expect(rows).not.toContain(7);
    expect(reads).toBeLessThan(10 * parameters.length);
  });

  it('equal weights stay equal for 100 epochs and raise the alarm', () => {
    const { network, dataset } = subjectOf(example('symmetric-2-3-2'));
    const trainer = createTrainer(network, dataset);
    for (let epoch = 0; epoch <= 100; epoch++) {
      const parameters = trainer.readParameters();
      const rows = [0, 1, 2].map(row => [
        ...parameters.slice(2 * row, 2 * row + 2),
        parameters[6 + row],
      ]);
      expect(rows[1]).toEqual(rows[0]);
      expect(rows[2]).toEqual(rows[0]);
      const job = new HealthJob(network, dataset, parameters, trainer.readOptimizerState());
      job.run();
      expect(job.report().alarms).toContainEqual({
        kind: 'symmetric',
        severity: 'warning',
        layer: 0,
        rows: [0, 1, 2],
        count: 3,
        units: 3,
      });
      trainer.run({ steps: Infinity });
    }
    expect(trainer.epoch).toBe(101);
  });

  it('are gone when the layer is started anew, for any size and seed', () => {
    const sizes = fc.record({
      seed: fc.nat(1e6),
      inputs: fc.integer({ min: 1, max: 4 }),
      units: fc.integer({ min: 2, max: 6 }),
      outputs: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(
        sizes,
        fc.constantFrom('weights', 'init'),
        ({ seed, inputs, units, outputs }, how) => {
          const start: Json =
            how === 'init'
              ? { init: { type: 'constant', value: 0.3 } }
              : { weights: Array.from({ length: units }, () => Array<number>(inputs).fill(0.3)) };
          const text = textOf({
            seed,
            input: { shape: [inputs] },
            layers: [
              dense(units, 'tanh', start),
              dense(outputs, 'sigmoid', {
                weights: Array.from({ length: outputs }, () => Array<number>(units).fill(0.2)),
              }),
            ],
            data: undefined,
          });
          const before = subjectOf(text);
          const [alarm] = reportOf(before).alarms;
          expect(alarm).toMatchObject({ kind: 'symmetric', count: units });
          const { fixes } = healthNote(alarm, { samples: 0, training: 0 }, before.network, false);
          const after = applyTextEdits(text, textEdits(text, fixEdit(fixes[0], 'anew'), editTools));
          expect(reportOf(subjectOf(after)).alarms).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('the flow of the gradient', () => {
  /** A chain of single sigmoid neurons: each layer multiplies the gradient by about w/4. */
  const chain = (layers: number, weight: number): Json => ({
    input: { shape: [2] },
    layers: [
      dense(1, 'sigmoid', { weights: [[1, 1]] }),
      ...Array.from({ length: layers }, () => dense(1, 'sigmoid', { weights: [[weight]] })),
    ],
  });
  const alarmOf = (change: Json, kind: AlarmKind) =>
    found(change).find(alarm => alarm.kind === kind);

  it('vanishes through many sigmoids', () => {
    const alarm = alarmOf(chain(6, 1), 'vanishing');
    expect(alarm).toMatchObject({ severity: 'warning', layer: 0, last: { layer: 6 } });
    if (alarm?.kind === 'vanishing') expect(alarm.norm / alarm.last.norm).toBeLessThan(1e-3);
  });

  it('does not where the weights make up for the slopes', () => {
    expect(alarmOf(chain(2, 4), 'vanishing')).toBeUndefined();
  });

  it('explodes through large weights', () => {
    const linear = (weight: number): Json => ({
      layers: [
        dense(1, 'linear', { weights: [[1, 0.5]] }),
        ...[0, 1, 2].map(() => dense(1, 'linear', { weights: [[weight]] })),
        dense(1, 'linear', { weights: [[1e-3]] }),
      ],
    });
    // First over last: Π of the weights between over what the activations have grown by.
    const steep = (first: number): Json => ({
      layers: [
        dense(1, 'tanh', { weights: [[1e-4, 1e-4]] }),
        dense(1, 'linear', { weights: [[first]] }),
      ],
    });
    expect(alarmOf(linear(2), 'exploding')).toBeUndefined();
    expect(alarmOf(steep(1), 'exploding')).toMatchObject({ layer: 0, last: { layer: 1 } });
    expect(alarmOf(steep(1e-2), 'exploding')).toBeUndefined();
  });

  it('is not blamed where dead neurons or a step let nothing through', () => {
    const cut = (activation: string, bias: number): Json => ({
      layers: [
        twoTanh,
        dense(2, activation, {
          weights: [
            [0.3, 0.5],
            [0.8, 0.2],
          ],
          bias: [bias, bias],
        }),
        output,
      ],
    });
    expect(kinds(found(cut('relu', -9)))).toEqual(['dead']);
    expect(kinds(found(cut('step', 0.1)))).toEqual([]);
  });
});

describe('the penalty', () => {
  const penalised = (l2: number): Json => ({
    layers: [twoTanh, output],
    regularization: { l2, scale: 'lambda' },
  });

  it('dominates when its gradient is more than ten times that of the data', () => {
    const [alarm, ...more] = found(penalised(10)).filter(({ kind }) => kind === 'penalty');
    expect(more).toEqual([]);
    expect(alarm).toMatchObject({ kind: 'penalty', severity: 'warning', layer: -1 });
    // 2 λ |w| over all weights, biases not among them.
    const norm = 20 * Math.hypot(1, 0.5, 0.3, 1, 0.4, -0.7);
    if (alarm.kind === 'penalty') expect(alarm.penalty).toBeCloseTo(norm, 9);
  });

  it('does not when it is as large, and not when there is none', () => {
    expect(kinds(found(penalised(0.05)))).toEqual([]);
    expect(kinds(found(penalised(0)))).toEqual([]);
  });
});

describe('the rate', () => {
  const trained = (learningRate: number): Json => ({
    layers: [twoTanh, output],
    training: { precision: 'float64', optimizer: { type: 'sgd', learningRate } },
  });

  it('is too high when an update is half as large as its weights', () => {
    const ratioAt1 = (() => {
      const alarm = found(trained(1000)).find(({ kind }) => kind === 'rate');
      return alarm?.kind === 'rate' ? alarm.ratio / 1000 : NaN;
    })();
    expect(kinds(found(trained(0.51 / ratioAt1)))).toEqual(['rate']);
    expect(kinds(found(trained(0.49 / ratioAt1)))).toEqual([]);
  });

  const layers = [twoTanh, output];
  const losses = (of: (i: number) => number): LossTrend => ({
    start: 1,
    recent: Array.from({ length: 20 }, (_, i) => of(i)),
  });

  it.each([
    ['swings and does not fall', (i: number) => 0.5 + (i % 2) * 0.2, ['unsteady']],
    ['rises', (i: number) => 0.1 + 0.05 * i, ['unsteady']],
    ['falls', (i: number) => 0.5 - 0.02 * i, []],
    ['is noise of the batches', (i: number) => 0.5 + (i % 2) * 0.01, []],
    ['is learned', (i: number) => 0.001 + (i % 2) * 0.001, []],
  ])('when the loss %s', (_, of, expected) => {
    expect(kinds(found({ layers }, losses(of)))).toEqual(expected);
  });

  it('needs enough losses to say so', () => {
    const { start, recent } = losses(i => 0.5 + (i % 2) * 0.2);
    expect(kinds(found({ layers }, { start, recent: recent.slice(1) }))).toEqual([]);
  });
});

describe('reports', () => {
  it('look at many samples of a large network, evenly spread, and say so', () => {
    const layers = [dense(400, 'tanh'), dense(400, 'tanh'), dense(1, 'sigmoid')];
    const { samples, training } = reportOf(
      subjectOf(textOf({ layers, data: { generator: 'circle', samples: 1000 } })),
    );
    expect(training).toBeGreaterThan(samples);
    expect(samples).toBeGreaterThanOrEqual(64);
  });

  it('goes on where it was interrupted', () => {
    const { network, dataset } = subjectOf(
      textOf({
        layers: [dense(4, 'relu'), dense(1, 'sigmoid')],
        data: { generator: 'circle', samples: 400 },
      }),
    );
    const job = new HealthJob(network, dataset, initialParameters(network));
    let turns = 0;
    while (!job.run(() => true)) turns++;
    expect(turns).toBeGreaterThan(1);
    expect(job.report()).toEqual(reportOf({ network, dataset }));
  });

  it('have finite numbers only, whatever the parameters are', () => {
    const layers = [dense(3, 'relu'), dense(2, 'tanh'), dense(1, 'sigmoid')];
    const { network, dataset } = subjectOf(textOf({ layers, regularization: { l2: 0.1 } }));
    const count = inferShapes(network).parameters;
    const number = fc.oneof(fc.double(), fc.constantFrom(0, 1e308, -1e308, 1e-320));
    fc.assert(
      fc.property(fc.array(number, { minLength: count, maxLength: count }), values => {
        const job = new HealthJob(network, dataset, Float64Array.from(values), undefined, {
          start: NaN,
          recent: Array<number>(20).fill(Infinity),
        });
        job.run();
        for (const alarm of job.report().alarms) {
          const numbers = JSON.stringify(alarm, (_, value: unknown) =>
            typeof value === 'number' && !Number.isFinite(value) ? 'bad' : value,
          );
          expect(numbers).not.toContain('bad');
        }
      }),
      { numRuns: 200 },
    );
  });

  it('are told in sentences with the place, in both languages', () => {
    const note = { samples: 4, training: 4 };
    const { network } = subjectOf(example('symmetric-2-3-2'));
    const alarm: Alarm = {
      kind: 'symmetric',
      severity: 'warning',
      layer: 0,
      rows: [0, 1, 2],
      count: 3,
      units: 3,
    };
    const told = (words: HealthWords): string =>
      alarmSentences(healthNote(alarm, note, network, false), { words, notation: 'ng' });
    expect(told(english)).toBe(
      '3 of 3 neurons of layer 2 (layers[0]) are equal to another one: incoming weights, bias and outgoing weights are the same numbers (rows 0, 1, 2). They get equal gradients, stay copies of each other for ever, and do the work of one. Start the layer anew with random weights.',
    );
    expect(told(chinese)).toContain('第 2 层（layers[0]）的 3 个神经元中有 3 个与另一个相同');
  });
});

describe('alarms that are shown', () => {
  const alarm = (layer: number, ratio = 1): Alarm => ({
    kind: 'rate',
    severity: 'warning',
    layer,
    ratio,
  });
  const report = (...alarms: Alarm[]) => ({ alarms });

  it('count at once at rest', () => {
    const steady = new SteadyAlarms();
    steady.atRest(report(alarm(0)));
    expect(steady.shown).toEqual([alarm(0)]);
    steady.atRest(report());
    expect(steady.shown).toEqual([]);
  });

  it('must hold for three reports while training, and keep their numbers', () => {
    const steady = new SteadyAlarms();
    for (const ratio of [1, 2]) {
      steady.whileTraining(report(alarm(0, ratio)));
      expect(steady.shown).toEqual([]);
    }
    steady.whileTraining(report(alarm(0, 3)));
    expect(steady.shown).toEqual([alarm(0, 3)]);
    steady.whileTraining(report(alarm(0, 4)));
    expect(steady.shown).toEqual([alarm(0, 3)]);
    for (const times of [1, 2]) {
      steady.whileTraining(report());
      expect(steady.shown, `${times}`).toEqual([alarm(0, 3)]);
    }
    steady.whileTraining(report());
    expect(steady.shown).toEqual([]);
  });

  it('do not come when they come and go', () => {
    const steady = new SteadyAlarms();
    for (let i = 0; i < 12; i++) {
      steady.whileTraining(report(...(i % 3 < 2 ? [alarm(0)] : [])));
      expect(steady.shown).toEqual([]);
    }
  });
});
