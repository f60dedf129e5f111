/** Edits of any network with branches: each leaves a network or is refused, and can be undone. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyTextEdits, EditError, invertEdits, planEdit } from '../../src/network/edit';
import type { EditTools, NetworkEdit } from '../../src/network/edit';
import { parseNetwork } from '../../src/network/parse';
import { counting, zeros } from './support/draws';
import { graphArbitrary } from './support/graphs';
import { evaluate, inputSize, layersOf, outputsOf } from './support/modelNetwork';
import type { JsonObject } from './support/networks';
import { render, styleArbitrary, valueOf } from './support/render';

/** The text after an edit, which must be a network; undefined where the edit is refused with a sentence. */
function made(text: string, edit: NetworkEdit, tools?: EditTools): string | undefined {
  try {
    const { edits } = planEdit(text, edit, tools);
    const after = applyTextEdits(text, edits);
    expect(applyTextEdits(after, invertEdits(text, edits))).toBe(text);
    const { issues } = parseNetwork(after);
    expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
    return after;
  } catch (error) {
    if (!(error instanceof EditError)) throw error;
    expect(error.message).toMatch(/^[A-Z"l].*: .*\.$/s);
    return undefined;
  }
}

function graphEditArbitrary(network: JsonObject): fc.Arbitrary<NetworkEdit> {
  const { length } = layersOf(network);
  const layer = fc.nat({ max: length - 1 });
  const some = fc.subarray([...layersOf(network).keys()], { minLength: 1 });
  const to = fc.nat({ max: length });
  const dense = fc.record({
    type: fc.constant('dense'),
    id: fc.constantFrom('n0', 'n1', 'other'),
    units: fc.integer({ min: 1, max: 4 }),
  });
  const sources = fc.uniqueArray(fc.integer({ min: -1, max: length - 1 }), {
    minLength: 1,
    maxLength: 3,
  });
  return fc.oneof<fc.Arbitrary<NetworkEdit>[]>(
    fc.record({ type: fc.constant('removeLayers'), layers: some }),
    fc.record({ type: fc.constant('moveLayers'), layers: some, to }),
    fc.record({ type: fc.constant('copyLayers'), layers: some, to }),
    fc.record({
      type: fc.constant('insertLayers'),
      index: to,
      layers: fc.array(dense, { minLength: 1, maxLength: 2 }),
    }),
    fc.record({
      type: fc.constant('addMerge'),
      index: to,
      merge: fc.constantFrom('add', 'concat'),
      sources,
    }),
    fc.record({ type: fc.constant('setSources'), layer, sources }),
    fc.record({ type: fc.constant('setUnits'), layer, units: fc.integer({ min: 1, max: 5 }) }),
    fc.record({ type: fc.constant('setInputs'), size: fc.integer({ min: 1, max: 5 }) }),
  );
}

describe('any edit', () => {
  it('always leaves a network, or says why not', () => {
    const edits = graphArbitrary.chain(network =>
      fc.tuple(fc.constant(network), graphEditArbitrary(network), styleArbitrary, fc.boolean()),
    );
    let refused = 0;
    fc.assert(
      fc.property(edits, ([network, edit, style, draws]) => {
        const text = render(network, style);
        const after = made(text, edit, draws ? counting : undefined);
        if (after === undefined) refused++;
        else expect(outputsOf(valueOf(after))).toBeGreaterThan(0);
      }),
      { numRuns: 1000 },
    );
    expect(refused).toBeGreaterThan(10);
    expect(refused).toBeLessThan(600);
  });

  it('keeps the function of the network when what is drawn is 0', () => {
    fc.assert(
      fc.property(
        graphArbitrary,
        fc.nat({ max: 20 }),
        fc.integer({ min: 1, max: 3 }),
        styleArbitrary,
        (network, place, more, style) => {
          const layers = layersOf(network);
          const dense = [...layers.keys()].filter(index => layers[index].type === 'dense');
          const layer = [-1, ...dense][place % (dense.length + 1)];
          const size = (layer < 0 ? inputSize(network) : layers[layer].units) + more;
          const edit: NetworkEdit =
            layer < 0 ? { type: 'setInputs', size } : { type: 'setUnits', layer, units: size };
          const text = render(network, style);
          const after = made(text, edit, zeros);
          if (after === undefined) return;
          const wide = valueOf(after);
          const x = Array.from({ length: inputSize(network) }, (_, k) => k + 0.5);
          const y = evaluate(wide, [
            ...x,
            ...new Array<number>(inputSize(wide) - x.length).fill(9),
          ]);
          const old = evaluate(network, x);
          expect(y.slice(0, old.length)).toEqual(old);
          expect(y.slice(old.length).every(value => value === 0)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});

/** What a gesture becomes in a network of so many layers; numbers are taken modulo what there is. */
const gestures: readonly ((n: number, a: number, b: number) => NetworkEdit)[] = [
  (n, a, b) => ({ type: 'setUnits', layer: a % n, units: (b % 5) + 1 }),
  (_, a) => ({ type: 'setInputs', size: (a % 4) + 1 }),
  (n, a, b) => ({
    type: 'addLayer',
    index: a % (n + 1),
    layer: { type: 'dense', units: (b % 4) + 1, activation: 'tanh' },
  }),
  (n, a) => ({ type: 'removeLayer', layer: a % n }),
  (n, a, b) => ({ type: 'removeLayers', layers: [a % n, b % n] }),
  (n, a, b) => ({ type: 'moveLayers', layers: [a % n], to: b % (n + 1) }),
  (n, a, b) => ({ type: 'copyLayers', layers: [a % n, b % n], to: (a + b) % (n + 1) }),
  (n, a, b) => ({
    type: 'addMerge',
    index: Math.max(a % n, b % n) + 1,
    merge: a % 2 === 0 ? 'add' : 'concat',
    sources: [a % n, (b % (n + 1)) - 1],
  }),
  (n, a, b) => ({ type: 'setSources', layer: a % n, sources: [(b % (n + 1)) - 1] }),
  (n, a, b) => ({ type: 'setSources', layer: a % n, sources: [(b % n) - 1, (a + b) % n] }),
  (n, a) => ({ type: 'setActivation', layer: n - 1, activation: a % 2 ? 'softmax' : 'linear' }),
  (n, a) => ({ type: 'insertLayers', index: a % (n + 1), layers: [{ units: 2, id: 'n0' }] }),
];

describe('gestures in turn', () => {
  it('leave a network after each, and each can be undone', () => {
    const gestureArbitrary = fc.tuple(fc.constantFrom(...gestures), fc.nat(99), fc.nat(99));
    const walks = fc.tuple(
      graphArbitrary,
      styleArbitrary,
      fc.array(gestureArbitrary, { minLength: 5, maxLength: 25 }),
    );
    let done = 0;
    fc.assert(
      fc.property(walks, ([network, style, walk]) => {
        let text = render(network, style);
        for (const [gesture, a, b] of walk) {
          const edit = gesture(layersOf(valueOf(text)).length, a, b);
          const after = made(text, edit, counting);
          if (after === undefined || after.length > 20_000) continue;
          text = after;
          done++;
        }
      }),
      { numRuns: 200 },
    );
    expect(done).toBeGreaterThan(500);
  });
});
