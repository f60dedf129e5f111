/** Arbitrary networks with branches, all of whose weights are written. */
import fc from 'fast-check';
import type { ModelLayer } from './modelNetwork';
import { activationArbitrary, matrixArbitrary } from './networks';
import type { JsonObject } from './networks';

interface Known {
  readonly id: string;
  readonly size: number;
}

/** By what a layer is decided: numbers that are taken modulo what is possible. */
const choiceArbitrary = fc.record({
  kind: fc.constantFrom('dense', 'dense', 'dense from', 'add', 'concat'),
  units: fc.integer({ min: 1, max: 4 }),
  pick: fc.nat({ max: 99 }),
  activation: activationArbitrary,
  useBias: fc.boolean(),
});

/** The last layer is dense; every layer has an id, sources are above. */
export const graphArbitrary: fc.Arbitrary<JsonObject> = fc
  .tuple(
    fc.integer({ min: 1, max: 3 }),
    fc.array(choiceArbitrary, { minLength: 1, maxLength: 6 }),
    choiceArbitrary,
    fc.constantFrom('float32', 'float64'),
  )
  .chain(([inputs, choices, last, precision]) => {
    const layers = plan(inputs, [...choices, { ...last, kind: 'dense' }]);
    return fc.tuple(...layers.map(filled)).map(filledLayers => ({
      version: 1,
      seed: 7,
      input: { shape: [inputs] },
      layers: filledLayers,
      training: { precision },
    }));
  });

type Choice = typeof choiceArbitrary extends fc.Arbitrary<infer C> ? C : never;

interface Planned {
  readonly layer: ModelLayer;
  readonly inputs: number;
}

function plan(inputs: number, choices: readonly Choice[]): readonly Planned[] {
  const known: Known[] = [{ id: 'input', size: inputs }];
  return choices.map(({ kind, units, pick, activation, useBias }, index) => {
    const id = `n${index}`;
    const above = known[known.length - 1];
    const first = known[pick % known.length];
    const others = known.filter(({ id, size }) => {
      return id !== first.id && (kind !== 'add' || size === first.size);
    });
    if ((kind === 'add' || kind === 'concat') && others.length > 0) {
      const second = others[pick % others.length];
      known.push({ id, size: kind === 'add' ? first.size : first.size + second.size });
      return {
        layer: { type: kind, id, from: [first.id, second.id], activation } as unknown as ModelLayer,
        inputs: 0,
      };
    }
    const source = kind === 'dense from' ? first : above;
    known.push({ id, size: units });
    const from = kind === 'dense from' ? { from: [source.id] } : {};
    const layer = { type: 'dense', id, ...from, units, activation, ...(!useBias && { useBias }) };
    return { layer: layer as ModelLayer, inputs: source.size };
  });
}

function filled({ layer, inputs }: Planned): fc.Arbitrary<ModelLayer> {
  if (layer.type !== 'dense') return fc.constant(layer);
  return fc
    .tuple(matrixArbitrary(layer.units, inputs), matrixArbitrary(1, layer.units))
    .map(([weights, [bias]]) => ({
      ...layer,
      weights,
      ...(layer.useBias !== false && { bias }),
    }));
}
