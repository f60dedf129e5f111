/** The formula lab: rules as data, their gradients, their verdict, and what the numbers tell of them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { batchGradient } from '../../../src/engine/gradient';
import { initialParameters } from '../../../src/engine/initializers';
import { Chains } from '../../../src/engine/lab/chain';
import { createLab, MOST_CHECKED, type LabReport } from '../../../src/engine/lab/lab';
import { labPresets, presetOf, STANDARD_RULE, type LabRule } from '../../../src/engine/lab/presets';
import { Recogniser, type Factor } from '../../../src/engine/lab/recognise';
import { ruleGradient } from '../../../src/engine/lab/ruleGradient';
import { parameterTablesOf } from '../../../src/engine/plan';
import type { ActivationName, Layer, Network } from '../../../src/network/network';
import { inferShapes } from '../../../src/network/shapes';
import {
  dataset,
  dense,
  network,
  randomDataset,
  RESIDUAL,
  TANGLED,
  TWO_BRANCHES,
} from '../networks';
import { plainGradient } from './plainRule';

const BATCH = { type: 'batch' } as const;
const SAMPLE = { type: 'sample', index: 0 } as const;

function lab(
  of: Network,
  data: ReturnType<typeof dataset>,
  rule: LabRule,
  {
    scope = BATCH as typeof BATCH | typeof SAMPLE,
    tried = {},
    parameters = initialParameters(of),
  } = {},
): LabReport {
  const job = createLab(of, data, parameters, { rule, scope, tried });
  job.run();
  return job.result();
}

/** What was found, by layer. */
const found = ({ layers }: LabReport): (readonly Factor[] | string)[] =>
  layers.map(({ finding }) => (finding.type === 'factors' ? finding.factors : finding.type));

const failing = ({ layers }: LabReport): number[] => layers.map(({ failed }) => failed);

const rules = fc.record({
  slope: fc.constantFrom('kept', 'hidden', 'output', 'all', 'update'),
  penalty: fc.constantFrom('kept', 'forgotten', 'biases'),
  sign: fc.boolean(),
  reduction: fc.boolean(),
  lossFactor: fc.boolean(),
  transpose: fc.boolean(),
  biasSum: fc.boolean(),
}) as fc.Arbitrary<LabRule>;

const curved = fc.constantFrom<ActivationName[]>('sigmoid', 'tanh');
const chains = fc.record({
  seed: fc.integer({ min: 1, max: 1e6 }),
  widths: fc.array(fc.integer({ min: 2, max: 4 }), { minLength: 2, maxLength: 3 }),
  activations: fc.array(curved, { minLength: 3, maxLength: 3 }),
  half: fc.boolean(),
});

function chain({
  seed,
  widths,
  activations,
  half,
}: {
  seed: number;
  widths: number[];
  activations: ActivationName[];
  half: boolean;
}): Network {
  const layers = widths.map((units, i) =>
    dense(units, activations[i], { init: { type: 'normal', value: 0, scale: 0.7 } }),
  );
  return network(3, layers, { seed, loss: { half }, regularization: { l2: 0.3 } });
}

describe('a rule', () => {
  test('gives the gradient that it says, for any combination of switches', () => {
    fc.assert(
      fc.property(chains, rules, (of, rule) => {
        const net = chain(of);
        const data = randomDataset(3, 3, of.widths[of.widths.length - 1]);
        const parameters = initialParameters(net).map((p, i) => p + 0.1 * Math.sin(i));
        const own = ruleGradient(rule, net, data, data.training, parameters);
        const plain = plainGradient(rule, net, data, [0, 1, 2], parameters);
        own.forEach((g, i) =>
          expect(Math.abs(g - plain[i])).toBeLessThan(1e-12 * (1 + Math.abs(g))),
        );
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ['a residual', RESIDUAL],
    ['two branches', TWO_BRANCHES],
    ['everything at once', TANGLED],
  ] as [string, readonly Layer[]][])('that is standard is backpropagation: %s', (_name, layers) => {
    const net = network(3, layers, { regularization: { l2: 0.1, l1: 0.05 } });
    const data = randomDataset(4, 3, 2);
    const parameters = initialParameters(net);
    const right = batchGradient(net, data, data.training, parameters);
    const own = ruleGradient(STANDARD_RULE, net, data, data.training, parameters);
    own.forEach((g, i) => expect(g).toBeCloseTo(right[i], 13));
  });

  test.each([
    ['crossEntropy', 'softmax', 'oneHot'],
    ['binaryCrossEntropy', 'sigmoid', 'binary'],
    ['meanSquaredError', 'softmax', 'oneHot'],
    ['huber', 'tanh', 'real'],
  ] as const)('with %s after %s: without f′ the output’s δ is ∂C/∂a', (type, output, targets) => {
    const net = network(3, [dense(4, 'tanh'), dense(3, output)], { loss: { type } });
    const data = randomDataset(5, 3, 3, targets);
    const parameters = initialParameters(net);
    const right = batchGradient(net, data, data.training, parameters);
    const own = ruleGradient(STANDARD_RULE, net, data, data.training, parameters);
    own.forEach((g, i) => expect(g).toBeCloseTo(right[i], 13));
    const report = lab(net, data, { ...STANDARD_RULE, slope: 'output' });
    expect(found(report)).toEqual([
      [{ type: 'slope', layers: [1] }],
      [{ type: 'slope', layers: [1] }],
    ]);
    expect(failing(report).every(count => count > 0)).toBe(true);
  });

  test('without f′ of a fused loss has −y/a for δ', () => {
    const net = network(1, [dense(2, 'softmax')], { loss: { type: 'crossEntropy' } });
    const data = dataset([[1]], [[0, 1]]);
    const parameters = Float64Array.of(0.3, -0.2, 0.1, 0.4);
    const [z0, z1] = [0.3 + 0.1, -0.2 + 0.4];
    const a1 = Math.exp(z1) / (Math.exp(z0) + Math.exp(z1));
    const wrong = ruleGradient(labPresets.note000All, net, data, data.training, parameters);
    expect([...wrong]).toEqual([0, expect.closeTo(-1 / a1, 13), 0, expect.closeTo(-1 / a1, 13)]);
  });
});

/** Rules of 1.7: note 000 on 3-3-2, note 004 on 3-3-2-1. */
describe('the rules that two notes print', () => {
  /** The z at which a sigmoid has 1/f′ = ratio. */
  const at = (ratio: number): number => Math.acosh((ratio - 2) / 2);
  const sigma = (z: number): number => 1 / (1 + Math.exp(-z));
  const inverse = (z: number): number => 1 / (sigma(z) * (1 - sigma(z)));
  const x = [1, 0.5, -1];

  /** 3-3-2 with chosen z: weights as given, biases what is left. */
  function chosen(
    hidden: readonly number[],
    output: readonly number[],
    second: number[][],
    f: (z: number) => number,
  ) {
    const first = [
      [0.3, -0.2, 0.4],
      [-0.5, 0.1, 0.2],
      [0.2, 0.6, -0.3],
    ];
    const dot = (row: readonly number[], a: readonly number[]): number =>
      row.reduce((sum, w, k) => sum + w * a[k], 0);
    const b1 = first.map((row, j) => hidden[j] - dot(row, x));
    const b2 = second.map((row, j) => output[j] - dot(row, hidden.map(f)));
    return Float64Array.from([...first.flat(), ...b1, ...second.flat(), ...b2]);
  }
  const data = dataset([x], [[1, 0]]);
  const make = (hidden: ActivationName, output: ActivationName): Network =>
    network(3, [dense(3, hidden), dense(2, output)], { loss: { half: true } });
  const second = [
    [0.4, -0.3, 0.5],
    [-0.2, 0.7, 0.6],
  ];

  test('note 000 on linear 3-3-2 agrees', () => {
    const net = make('linear', 'linear');
    const parameters = chosen([0.2, -0.4, 0.6], [0.3, 0.1], second, z => z);
    for (const preset of ['note000Hidden', 'note000All', 'note004'] as const) {
      const report = lab(net, data, labPresets[preset], { parameters, scope: SAMPLE });
      expect(report).toMatchObject({ failed: 0, checked: 20 });
      expect(found(report)).toEqual(['right', 'right']);
    }
  });

  test('note 000, sigmoid hidden, linear output: the last layer exact, the first 4.0–5.6 × too large', () => {
    const net = make('sigmoid', 'linear');
    const hidden = [at(4), -at(4.7), at(5.6)];
    const parameters = chosen(hidden, [0.3, 0.1], second, sigma);
    const report = lab(net, data, labPresets.note000Hidden, { parameters, scope: SAMPLE });
    expect(failing(report)).toEqual([12, 0]);
    expect(report.layers[0].ratio).toEqual({
      min: expect.closeTo(4, 9),
      max: expect.closeTo(5.6, 9),
    });
    expect(found(report)).toEqual([[{ type: 'slope', layers: [0] }], 'right']);
    expectRatios(report, net, parameters, (layer, j) => (layer === 0 ? inverse(hidden[j]) : 1));
  });

  test('note 000, all sigmoid: 4.3–5.5 × and 18.7–25.8 ×, each ratio a product of 1/f′', () => {
    const net = make('sigmoid', 'sigmoid');
    const output = [at(4.3), -at(5.5)];
    // Row j of the first layer: 1/f′(z_j) times a mean of both outputs' 1/f′; z_j is chosen for the whole.
    const hiddenFor = (wanted: readonly number[], means: readonly number[]): number[] =>
      wanted.map((ratio, j) => at(ratio / means[j]));
    const errors = output.map((z, j) => sigma(z) - [1, 0][j]);
    const mean = (j: number): number => {
      const terms = second.map((row, k) => row[j] * errors[k]);
      const slopes = output.map(inverse);
      return (terms[0] + terms[1]) / (terms[0] / slopes[0] + terms[1] / slopes[1]);
    };
    const means = [0, 1, 2].map(mean);
    const hidden = hiddenFor([18.7, 25.8, 22], means);
    const parameters = chosen(hidden, output, second, sigma);
    const report = lab(net, data, labPresets.note000All, { parameters, scope: SAMPLE });
    expect(failing(report)).toEqual([12, 8]);
    expect(report.layers[1].ratio).toEqual({
      min: expect.closeTo(4.3, 9),
      max: expect.closeTo(5.5, 9),
    });
    expect(report.layers[0].ratio).toEqual({
      min: expect.closeTo(18.7, 8),
      max: expect.closeTo(25.8, 8),
    });
    expect(found(report)).toEqual([
      [{ type: 'slope', layers: [0, 1] }],
      [{ type: 'slope', layers: [1] }],
    ]);
    expectRatios(report, net, parameters, (layer, j) =>
      layer === 1 ? inverse(output[j]) : inverse(hidden[j]) * means[j],
    );
  });

  test('note 004 on 3-3-2-1, all sigmoid: the last layer exact, 4.1 ×, and 26–30 ×', () => {
    const layers = (name: ActivationName) => [dense(3, name), dense(2, name), dense(1, name)];
    const linear = network(3, layers('linear'));
    const one = dataset([x], [[1]]);
    expect(lab(linear, one, labPresets.note004, { scope: SAMPLE })).toMatchObject({ failed: 0 });
    const net = network(3, layers('sigmoid'));
    // z of the output and of both neurons before it: 1/f′ = 4.1, 6.2 and 7.5.
    const parameters = initialParameters(net);
    const place = { hidden: 12, output: 20 };
    parameters.set([0.5, 0.4, 0.3, 0.2, 0.6, 0.4], place.hidden);
    parameters.set([0.5, 0.4], place.output);
    const activations = [0, 1, 2].map(j =>
      sigma(x.reduce((sum, value, k) => sum + parameters[j * 3 + k] * value, parameters[9 + j])),
    );
    const middle = [at(6.2), -at(7.5)];
    [0, 1].forEach(j => {
      const row = parameters.subarray(12 + 3 * j, 15 + 3 * j);
      parameters[18 + j] = middle[j] - row.reduce((sum, w, k) => sum + w * activations[k], 0);
    });
    parameters[22] = at(4.1) - 0.5 * sigma(middle[0]) - 0.4 * sigma(middle[1]);
    const report = lab(net, one, labPresets.note004, { parameters, scope: SAMPLE });
    expect(failing(report)).toEqual([12, 8, 0]);
    expect(report.layers[1].ratio).toEqual({
      min: expect.closeTo(4.1, 9),
      max: expect.closeTo(4.1, 9),
    });
    const { min = 0, max = 0 } = report.layers[0].ratio ?? {};
    expect(min).toBeGreaterThan(26);
    expect(max).toBeLessThan(30);
    const mean = (j: number): number => {
      const w = [0, 1].map(k => parameters[12 + 3 * k + j] * parameters[20 + k]);
      return (w[0] + w[1]) / (w[0] / inverse(middle[0]) + w[1] / inverse(middle[1]));
    };
    expectRatios(
      report,
      net,
      parameters,
      (layer, j) => (layer === 2 ? 1 : layer === 1 ? 4.1 : 4.1 * mean(j)),
      one,
    );
    expect(found(report)).toEqual([
      [{ type: 'slope', layers: [1, 2] }],
      [{ type: 'slope', layers: [2] }],
      'right',
    ]);
  });

  /** Rule ÷ right of every parameter, to 1e-12. */
  function expectRatios(
    { request, network: tried }: LabReport,
    net: Network,
    parameters: Float64Array,
    ratio: (layer: number, row: number) => number,
    of = data,
  ): void {
    const samples = Uint32Array.of(0);
    const right = batchGradient(tried, of, samples, parameters);
    const wrong = ruleGradient(request.rule, tried, of, samples, parameters);
    let [at, inputs, seen] = [0, 3, 0];
    net.layers.forEach(({ units }, layer) => {
      for (let i = 0; i < units * (inputs + 1); i++) {
        const row = i < units * inputs ? Math.floor(i / inputs) : i - units * inputs;
        const expected = ratio(layer, row);
        expect(Math.abs(wrong[at + i] / right[at + i] / expected - 1)).toBeLessThan(1e-12);
        seen += 1;
      }
      at += units * (inputs + 1);
      inputs = units;
    });
    expect(seen).toBe(parameters.length);
  }
});

describe('what is missing is found from the numbers', () => {
  /** By layer, what a rule must be recognised as in a chain of curved layers that are not square. */
  function expected(rule: LabRule, layers: number, half: boolean): Factor[][] {
    return Array.from({ length: layers }, (_, layer) => {
      const behind = Array.from({ length: layers - layer }, (_, i) => layer + i);
      const missing = {
        kept: [],
        hidden: behind.filter(each => each < layers - 1),
        output: [layers - 1],
        all: behind,
        update: behind.slice(1),
      }[rule.slope];
      return [
        ...(missing.length > 0 ? [{ type: 'slope', layers: missing } as const] : []),
        ...(rule.biasSum ? [{ type: 'biasSum' } as const] : []),
        ...(rule.penalty === 'forgotten' ? [{ type: 'penaltyForgotten' } as const] : []),
        ...(rule.penalty === 'biases' ? [{ type: 'penaltyOnBiases' } as const] : []),
        ...(rule.sign ? [{ type: 'sign' } as const] : []),
        ...(rule.lossFactor
          ? [{ type: 'constant', value: half ? 2 : 0.5, of: 'loss' } as const]
          : []),
        ...(rule.reduction
          ? [{ type: 'constant', value: expect.closeTo(3, 9) as number, of: 'reduction' } as const]
          : []),
      ];
    });
  }

  test('each mistake, and any of them together, on random networks', () => {
    const oblong = chains.map(of => ({
      ...of,
      widths: of.widths.length === 2 ? [4, 2] : [4, 2, 3],
    }));
    fc.assert(
      fc.property(oblong, rules, (of, any) => {
        const rule = { ...any, transpose: false };
        const net = chain(of);
        const data = randomDataset(3, 3, of.widths[of.widths.length - 1]);
        const parameters = initialParameters(net).map((p, i) => p + 0.1 * Math.sin(i));
        const report = lab(net, data, rule, { parameters });
        const all = expected(rule, of.widths.length, of.half);
        expect(found(report)).toEqual(all.map(each => (each.length === 0 ? 'right' : each)));
        expect(report.failed === 0).toBe(all.every(each => each.length === 0));
      }),
      { numRuns: 120 },
    );
  });

  test('W in place of Wᵀ, where W is square', () => {
    const net = network(3, [
      dense(2, 'tanh'),
      dense(3, 'tanh'),
      dense(3, 'tanh'),
      dense(2, 'linear'),
    ]);
    const report = lab(net, randomDataset(3, 3, 2), { ...STANDARD_RULE, transpose: true });
    expect(found(report)).toEqual([
      [{ type: 'transpose' }],
      [{ type: 'transpose' }],
      'right',
      'right',
    ]);
    expect(report.idle.transpose).toBeUndefined();
  });

  test('a factor that could be two things is called both', () => {
    const net = network(3, [dense(2, 'tanh')]);
    const report = lab(net, randomDataset(2, 3, 2), { ...STANDARD_RULE, reduction: true });
    expect(found(report)).toEqual([[{ type: 'constant', value: 2, of: 'both' }]]);
  });

  test('merges: f′ of a merge may be what is missing', () => {
    const net = network(3, RESIDUAL);
    const report = lab(net, randomDataset(4, 3, 2), labPresets.note004);
    expect(found(report)).toEqual([
      [{ type: 'slope', layers: [1, 2] }],
      [{ type: 'slope', layers: [2] }],
      'right',
    ]);
  });

  test('what no known mistake explains has no simple factor', () => {
    const net = network(3, [dense(2, 'tanh'), dense(2, 'linear')]);
    const data = randomDataset(3, 3, 2);
    const parameters = initialParameters(net);
    const { training } = data;
    const chains = new Chains(net, data, training, parameters);
    const recogniser = new Recogniser({ network: net, chains, samples: 3, parameters }, 2);
    const tables = parameterTablesOf(net, inferShapes(net));
    const odd = batchGradient(net, data, training, parameters);
    const layer = (index: number) => tables.filter(table => table.layer === index);
    expect(recogniser.find(odd, layer(0))).toEqual({ type: 'right' });
    odd[0] *= 1.5;
    expect(recogniser.find(odd, layer(0))).toEqual({ type: 'unknown' });
    odd[0] = NaN;
    expect(recogniser.find(odd, layer(0))).toEqual({ type: 'unknown' });
    expect(recogniser.find(odd, layer(1))).toEqual({ type: 'right' });
    // Nothing where there should be something is no zero that both agree on.
    expect(recogniser.find(odd.fill(0), layer(0))).toEqual({ type: 'unknown' });
  });

  test('f′ that is handed on is not missed before a linear output', () => {
    const net = network(3, [dense(2, 'tanh'), dense(2, 'linear')]);
    expect(found(lab(net, randomDataset(3, 3, 2), labPresets.note004))).toEqual(['right', 'right']);
  });

  test('gradients that are 0 everywhere tell nothing', () => {
    const net = network(1, [dense(1, 'linear'), dense(1, 'linear')]);
    const report = lab(net, dataset([[0]], [[0]]), { ...STANDARD_RULE, sign: true });
    expect(report.layers[0].ratio).toBeUndefined();
    expect(found(report)).toEqual(['zero', 'zero']);
  });
});

describe('the report', () => {
  test('says why a switch changes nothing', () => {
    const linear = network(3, [dense(2, 'linear', { useBias: false })], {
      loss: { type: 'huber', reduction: 'sum' },
    });
    expect(lab(linear, randomDataset(3, 3, 2), STANDARD_RULE).idle).toEqual({
      slope: 'linear',
      reduction: 'sum',
      lossFactor: 'noFactor',
      transpose: 'noSquare',
      biasSum: 'noBias',
      penalty: 'noPenalty',
      penaltyOnBiases: 'noPenalty',
    });
    const penalised = network(3, [dense(2, 'tanh')], { regularization: { l2: 1, bias: true } });
    expect(lab(penalised, randomDataset(3, 3, 2), STANDARD_RULE).idle).toEqual({
      transpose: 'noSquare',
      penaltyOnBiases: 'penalised',
    });
    expect(lab(penalised, randomDataset(3, 3, 2), STANDARD_RULE, { scope: SAMPLE }).idle).toEqual({
      transpose: 'noSquare',
      reduction: 'ownLoss',
      biasSum: 'oneSample',
      penalty: 'ownLoss',
      penaltyOnBiases: 'ownLoss',
    });
  });

  test('every switch that is not idle changes the gradient, every idle one does not', () => {
    fc.assert(
      fc.property(chains, fc.integer({ min: 1, max: 3 }), (of, samples) => {
        const net = chain(of);
        const data = randomDataset(samples, 3, of.widths[of.widths.length - 1]);
        const { idle } = lab(net, data, STANDARD_RULE);
        const parameters = initialParameters(net);
        for (const flag of ['reduction', 'lossFactor', 'transpose', 'biasSum'] as const) {
          const of = (rule: LabRule) => [
            ...ruleGradient(rule, net, data, data.training, parameters),
          ];
          const same =
            JSON.stringify(of({ ...STANDARD_RULE, [flag]: true })) ===
            JSON.stringify(of(STANDARD_RULE));
          expect([flag, same]).toEqual([flag, idle[flag] !== undefined]);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('of a large network compares a spread of parameters, and says how many', () => {
    const net = network(30, [dense(20, 'sigmoid'), dense(2, 'linear')]);
    const report = lab(net, randomDataset(2, 30, 2), labPresets.note000Hidden);
    expect(report).toMatchObject({ parameters: 662, checked: MOST_CHECKED });
    const checked = report.layers.map(layer => layer.checked);
    expect(checked[0] + checked[1]).toBe(MOST_CHECKED);
    expect(checked[1]).toBeGreaterThan(20);
    expect(report.layers[0].failed).toBe(checked[0]);
    expect(found(report)).toEqual([[{ type: 'slope', layers: [0] }], 'right']);
  });

  test('tries other activations and leaves the network as it is', () => {
    const net = network(3, [dense(2, 'linear'), dense(2, 'linear')]);
    const before = JSON.stringify(net);
    const tried = { hidden: 'sigmoid', output: 'tanh' } as const;
    const report = lab(net, randomDataset(3, 3, 2), labPresets.note000All, { tried });
    expect(report.network.layers.map(({ activation }) => activation)).toEqual(['sigmoid', 'tanh']);
    expect(found(report)).toEqual([
      [{ type: 'slope', layers: [0, 1] }],
      [{ type: 'slope', layers: [1] }],
    ]);
    expect(JSON.stringify(net)).toBe(before);
  });

  test('works on in slices', () => {
    const net = network(3, [dense(2, 'tanh'), dense(2, 'linear')]);
    const data = randomDataset(3, 3, 2);
    const request = { rule: labPresets.note000All, scope: BATCH, tried: {} };
    const job = createLab(net, data, initialParameters(net), request);
    let slices = 1;
    while (!job.run(() => true)) slices += 1;
    // 3 to begin with; 14 parameters; 8 gradients to compare with (with f′ and without, W or Wᵀ, all biases or the last); 2 layers.
    // The last of the parameters goes on to the first gradient.
    expect(slices).toBe(3 + 13 + 8 + 2);
    expect(job.result()).toEqual(lab(net, data, labPresets.note000All));
  });

  test('refuses in words what cannot be tried', () => {
    const net = network(3, [dense(2, 'softmax')], { loss: { type: 'crossEntropy' } });
    const data = randomDataset(3, 3, 2, 'oneHot');
    expect(() => lab(net, data, STANDARD_RULE, { tried: { output: 'sigmoid' } })).toThrow(
      'The loss crossEntropy needs the output activation softmax, found sigmoid; try another',
    );
    for (const index of [3, -1]) {
      const missing = { scope: { type: 'sample', index } as unknown as typeof SAMPLE };
      expect(() => lab(net, data, STANDARD_RULE, missing)).toThrow(
        `Sample ${index} does not exist; the data have 3.`,
      );
    }
    const none = { ...data, training: new Uint32Array(0) };
    expect(() => lab(net, none, STANDARD_RULE)).toThrow('needs a training sample, found none');
    const large = network(1000, [dense(600, 'linear')]);
    expect(() =>
      createLab(large, randomDataset(1, 1000, 600), new Float64Array(600_600), {
        rule: STANDARD_RULE,
        scope: BATCH,
        tried: {},
      }),
    ).toThrow('at most 500000 parameters, found 600600');
  });

  test('knows the rules of the notes by their switches', () => {
    expect(presetOf({ ...STANDARD_RULE, slope: 'update' })).toBe('note004');
    expect(presetOf({ ...STANDARD_RULE, slope: 'output' })).toBeUndefined();
  });
});

test('a missing mean over samples and outputs is told as the whole number that it is', () => {
  // 1 / (1 / 49) is not 49.
  const of = network(2, [dense(7, 'sigmoid')], { loss: { half: true, reduction: 'meanAll' } });
  const report = lab(of, randomDataset(7, 2, 7), { ...STANDARD_RULE, reduction: true });
  expect(found(report)).toEqual([[{ type: 'constant', value: 49, of: 'reduction' }]]);
});
