/** Arbitrary networks, as the JSON value of their file. */
import fc from 'fast-check';
import type { JsonValue } from '../../../src/network/json';

export type JsonObject = { [key: string]: JsonValue };

/** Numbers as people and trainers write them. */
export const numberArbitrary: fc.Arbitrary<number> = fc.oneof(
  fc.integer({ min: -20, max: 20 }).map(n => n / 4),
  fc.float({ noNaN: true, noDefaultInfinity: true, min: -8, max: 8 }),
  fc.constantFrom(0, 0.1, -0.25, 1e-7),
);

export const activationArbitrary = fc.constantFrom('linear', 'sigmoid', 'tanh', 'relu', 'gelu');

export function matrixArbitrary(rows: number, columns: number): fc.Arbitrary<number[][]> {
  const row = fc.array(numberArbitrary, { minLength: columns, maxLength: columns });
  return fc.array(row, { minLength: rows, maxLength: rows });
}

function layerArbitrary(inputs: number, units: number): fc.Arbitrary<JsonObject> {
  return fc
    .record(
      {
        type: fc.constant('dense'),
        units: fc.constant(units),
        activation: activationArbitrary,
        init: fc.constantFrom<JsonValue>('heNormal', { type: 'normal', scale: 0.5 }),
        weights: matrixArbitrary(units, inputs),
        bias: matrixArbitrary(1, units).map(([row]) => row),
        note: fc.constant({ by: 'hand', list: [[1], [2, { a: null }]] }),
        learningRateScale: fc.constantFrom(0.5, 2),
      },
      { requiredKeys: ['type', 'units'] },
    )
    .chain(layer =>
      fc
        .shuffledSubarray(Object.keys(layer), { minLength: Object.keys(layer).length })
        .map(keys =>
          Object.fromEntries(keys.map(key => [key, layer[key as keyof typeof layer] as JsonValue])),
        ),
    );
}

const trainingArbitrary = fc.record(
  {
    precision: fc.constantFrom('float32', 'float64'),
    optimizer: fc.constantFrom<JsonValue>('sgd', 'adam', { type: 'sgd', learningRate: 0.5 }, {}),
    schedule: fc.constantFrom<JsonValue>('cosine', { type: 'step', every: 2 }, { warmUp: 3 }, {}),
    clip: fc.constantFrom<JsonValue>({ norm: 1 }, { value: 0.5 }, { norm: null }),
    batchSize: fc.constantFrom<JsonValue>(1, 'all'),
    epochs: fc.constant(10),
    stop: fc.constantFrom<JsonValue>({ targetLoss: 0.01 }, {}),
  },
  { requiredKeys: [] },
);

function dataArbitrary(inputs: number, outputs: number): fc.Arbitrary<JsonValue> {
  const sample = fc
    .tuple(matrixArbitrary(1, inputs), matrixArbitrary(1, outputs))
    .map(([[x], [y]]) => ({ x, y }));
  return fc.oneof(
    fc.array(sample, { minLength: 1, maxLength: 4 }).map(inline => ({ inline })),
    fc.constant({ generator: 'xor', split: { validation: 0.25 } }),
    fc.constant({ csv: 'iris.csv', target: ['a', 'b'] }),
  );
}

function expectArbitrary(inputs: number, outputs: number): fc.Arbitrary<JsonValue> {
  const sample = fc
    .tuple(matrixArbitrary(1, inputs), matrixArbitrary(1, outputs))
    .map(([[input], [output]]) => ({ input, output, tolerance: 0.5 }));
  const loss = fc.constant({ name: 'small', loss: { atMost: 0.01, afterEpochs: 5 } });
  return fc.array(fc.oneof<fc.Arbitrary<JsonValue>[]>(sample, loss), { maxLength: 3 });
}

/** Sizes from the input to the output; a valid network, sometimes with inline data. */
export const networkArbitrary: fc.Arbitrary<JsonObject> = fc
  .array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 5 })
  .chain(sizes =>
    fc.record(
      {
        version: fc.constant(1),
        name: fc.constantFrom('3-4-2', '√ "quoted" // no comment'),
        seed: fc.nat(),
        input: fc.constant({ shape: [sizes[0]] }),
        layers: fc.tuple(
          ...sizes.slice(1).map((units, index) => layerArbitrary(sizes[index], units)),
        ),
        loss: fc.constantFrom<JsonValue>(
          { type: 'meanSquaredError', half: false },
          { type: 'binaryCrossEntropy' },
          {},
        ),
        training: trainingArbitrary as fc.Arbitrary<JsonValue>,
        data: dataArbitrary(sizes[0], sizes[sizes.length - 1]),
        expect: expectArbitrary(sizes[0], sizes[sizes.length - 1]),
        'x-unknown': fc.constant<JsonValue>([1, [2], { deep: '…' }]),
      },
      { requiredKeys: ['version', 'input', 'layers'] },
    ),
  )
  .map(network => withPartner(network as JsonObject));

/** Binary cross-entropy goes with sigmoid outputs alone. */
function withPartner(network: JsonObject): JsonObject {
  const { type } = (network.loss ?? {}) as JsonObject;
  const last = (network.layers as JsonObject[]).at(-1);
  if (type === 'binaryCrossEntropy' && last) last.activation = 'sigmoid';
  return network;
}
