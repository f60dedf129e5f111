/** The order of a pass: nothing is used before it is known, and every way through it ends in the same state. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ActivationName, Layer, LossName } from '../../../src/network/network';
import { isKnown, whenKnown, workAt, type Quantity } from '../../../src/explain/story/known';
import {
  back,
  forward,
  forwardEnd,
  stepAt,
  storyOf,
  usualUnit,
  type Step,
  type StepUnit,
  type Story,
} from '../../../src/explain/story/story';
import { inferShapes } from '../../../src/network/shapes';
import { createInspector } from '../../../src/engine/inspect';
import { dense, network, RESIDUAL, TANGLED, TWO_BRANCHES } from '../../engine/networks';
import { reference, referenceData, referenceParameters } from '../support/inspected';

const units: readonly StepUnit[] = ['layer', 'neuron', 'term'];

function story(of: ReturnType<typeof network>, most = 12): Story {
  const shapes = inferShapes(of);
  const sizes = [shapes.inputSize, ...shapes.layers.map(layer => layer.units)];
  const shown = sizes.map(size => Array.from({ length: Math.min(size, most) }, (_, row) => row));
  return storyOf(of, shapes, shown);
}

/** All quantities that a step needs, by the chain rule as a person writes it down; independent of the story's own order. */
function needs(of: Story, { stage, row, part }: Step): readonly Quantity[] {
  const { place, direction } = stage;
  const last = of.sizes.length - 2;
  const rows = (layer: number): readonly number[] =>
    Array.from({ length: of.sizes[layer + 1] }, (_, i) => i);
  const every = (type: 'activation' | 'error' | 'weightedInput' | 'effect', layer: number) =>
    rows(layer).map((each): Quantity => ({ type, layer, row: each }));
  if (place === 'loss') return every('activation', last);
  if (place === -1 || row === undefined || !part) return [];
  const layer = place;
  if (direction === 'forward') {
    if (part.type === 'activation') return [{ type: 'weightedInput', layer, row }];
    return of.sources[layer].flatMap(source => every('activation', source));
  }
  switch (part.type) {
    case 'term':
    case 'effect':
      return [
        { type: 'loss' },
        ...of.consumers[layer + 1].flatMap(consumer => every('error', consumer)),
      ];
    case 'slope':
      return [{ type: 'activation', layer, row }];
    case 'error': {
      const effect: Quantity = { type: 'effect', layer, row };
      return [{ type: 'loss' }, ...(whenKnown(of, effect) < Infinity ? [effect] : [])];
    }
    default:
      return [
        { type: 'error', layer, row },
        ...of.sources[layer].flatMap(source => every('activation', source)),
      ];
  }
}

function positions(of: Story, unit: StepUnit): readonly number[] {
  const seen: number[] = [];
  for (let at = -1, next = forward(of, at, unit); next > at; next = forward(of, at, unit)) {
    at = next;
    seen.push(at);
  }
  return seen;
}

const activation = fc.constantFrom('sigmoid', 'tanh', 'relu', 'linear', 'gelu' as const);
const chain = fc
  .record({
    inputs: fc.integer({ min: 1, max: 15 }),
    hidden: fc.array(fc.tuple(fc.integer({ min: 1, max: 15 }), activation, fc.boolean()), {
      maxLength: 3,
    }),
    outputs: fc.integer({ min: 2, max: 14 }),
    ends: fc.constantFrom(
      ['linear', 'meanSquaredError'],
      ['softmax', 'crossEntropy'],
      ['softmax', 'meanSquaredError'],
      ['sigmoid', 'binaryCrossEntropy'],
      ['tanh', 'huber'],
    ),
  })
  .map(({ inputs, hidden, outputs, ends }) => {
    const [end, loss] = ends as readonly [ActivationName, LossName];
    const layers = [
      ...hidden.map(([size, f, useBias]) => dense(size, f, { useBias })),
      dense(outputs, end),
    ];
    return network(inputs, layers, { loss: { type: loss, half: false, reduction: 'sum' } });
  });
const branched = fc
  .constantFrom(RESIDUAL, TWO_BRANCHES, TANGLED)
  .map((layers: readonly Layer[]) => network(3, [...layers]));
const stories = fc
  .tuple(fc.oneof(chain, branched), fc.integer({ min: 1, max: 12 }))
  .map(([of, most]) => story(of, most));

describe('a story', () => {
  it('uses nothing before it is known', () => {
    fc.assert(
      fc.property(stories, of => {
        for (let at = 0; at < of.length; at++) {
          const step = stepAt(of, at);
          if (!step) throw new Error(`No step ${at}.`);
          for (const needed of needs(of, step))
            if (!(whenKnown(of, needed) < at))
              throw new Error(`Step ${at} needs ${JSON.stringify(needed)}.`);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('ends in the same state by layer, neuron and term, and stops by term wherever the others do', () => {
    fc.assert(
      fc.property(stories, of => {
        const all = units.map(unit => positions(of, unit));
        for (const each of all) expect(each.at(-1)).toBe(of.length - 1);
        expect(all[2]).toHaveLength(of.length);
        const neurons = new Set(all[1]);
        for (const at of all[0]) expect(neurons.has(at)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('goes back the way it came', () => {
    fc.assert(
      fc.property(stories, fc.constantFrom(...units), (of, unit) => {
        const way = [-1, ...positions(of, unit)];
        for (let i = 1; i < way.length; i++) expect(back(of, way[i], unit)).toBe(way[i - 1]);
        expect(back(of, -1, unit)).toBe(-1);
      }),
      { numRuns: 60 },
    );
  });

  it('goes from any position on to the end of what it is in, and back to the end of what was before', () => {
    const of = story(reference);
    const ends = [-1, ...positions(of, 'neuron')];
    for (let at = -1; at < of.length; at++) {
      expect(forward(of, at, 'neuron')).toBe(ends.find(end => end > at) ?? of.length - 1);
      expect(back(of, at, 'neuron')).toBe(ends.filter(end => end < at).at(-1) ?? -1);
    }
  });

  it('passes all neurons that are not drawn in one step, at the end of their layer', () => {
    const of = story(network(3, [dense(500, 'relu'), dense(2, 'linear')]), 10);
    const rest = positions(of, 'term').filter(at => stepAt(of, at)?.row === undefined);
    expect(rest.map(at => stepAt(of, at)?.stage.hidden)).toEqual([490, 490]);
    const hidden = (row: number): number => whenKnown(of, { type: 'activation', layer: 0, row });
    expect(hidden(10)).toBe(hidden(499));
    expect(hidden(9)).toBe(hidden(10) - 1);
    expect(usualUnit(of)).toBe('layer');
    expect(usualUnit(story(reference))).toBe('neuron');
  });
});

describe('the order of the reference network', () => {
  const of = story(reference);
  const names = (from: number, to: number): readonly string[] =>
    Array.from({ length: to - from }, (_, i) => {
      const step = stepAt(of, from + i);
      return `${step?.stage.direction} ${step?.stage.place} ${step?.row} ${step?.part?.type}`;
    });

  it('begins with the inputs, then z term by term and a, layer by layer, and the loss', () => {
    expect(names(0, 8)).toEqual([
      ...[0, 1, 2].map(row => `forward -1 ${row} value`),
      ...Array.from({ length: 3 }, () => 'forward 0 0 term'),
      'forward 0 0 bias',
      'forward 0 0 activation',
    ]);
    expect(names(forwardEnd(of) - 1, forwardEnd(of) + 1)).toEqual([
      'forward loss 0 term',
      'forward loss 0 term',
    ]);
  });

  it('goes back from the last layer to the first: terms, slope, δ, then its gradients', () => {
    const start = forwardEnd(of) + 1;
    expect(names(start, start + 8)).toEqual(
      [
        'effect',
        'slope',
        'error',
        'biasGradient',
        ...Array.from({ length: 4 }, () => 'weightGradient'),
      ].map(part => `backward 1 0 ${part}`),
    );
    expect(names(start + 16, start + 24)).toEqual(
      [
        'term',
        'term',
        'slope',
        'error',
        'biasGradient',
        ...Array.from({ length: 3 }, () => 'weightGradient'),
      ].map(part => `backward 0 0 ${part}`),
    );
    expect(of.length).toBe(start + 16 + 32);
  });

  it('passes a softmax in two stages: its activations hang on every z of the layer', () => {
    const soft = story(network(2, [dense(3, 'softmax')]));
    const z = [0, 1, 2].map(row => whenKnown(soft, { type: 'weightedInput', layer: 0, row }));
    const a = [0, 1, 2].map(row => whenKnown(soft, { type: 'activation', layer: 0, row }));
    expect(Math.max(...z)).toBeLessThan(Math.min(...a));
    const effect = [0, 1, 2].map(row => whenKnown(soft, { type: 'effect', layer: 0, row }));
    const error = [0, 1, 2].map(row => whenKnown(soft, { type: 'error', layer: 0, row }));
    expect(Math.max(...effect)).toBeLessThan(Math.min(...error));
  });

  it('knows a δ only when it was computed, and keeps it', () => {
    const at = whenKnown(of, { type: 'error', layer: 1, row: 1 });
    for (const [position, known] of [
      [at - 1, false],
      [at, true],
      [of.length - 1, true],
    ] as const)
      expect(isKnown(of, position, { type: 'error', layer: 1, row: 1 })).toBe(known);
  });
});

describe('the multiplications of the backward pass', () => {
  /** Every path of every gradient walked one by one, and every δ computed once: by hand, not by the story. */
  function counted(sizes: readonly number[]): { apart: number; shared: number } {
    const last = sizes.length - 1;
    const walk = (layer: number): { paths: number; work: number } => {
      if (layer === last) return { paths: 1, work: 0 };
      let [paths, work] = [0, 0];
      for (let k = 0; k < sizes[layer + 1]; k++) {
        const rest = walk(layer + 1);
        paths += rest.paths;
        work += rest.work + 2 * rest.paths;
      }
      return { paths, work };
    };
    let [apart, shared] = [0, 0];
    for (let layer = 1; layer <= last; layer++)
      for (let j = 0; j < sizes[layer]; j++) {
        const { paths, work } = walk(layer);
        apart += work + sizes[layer - 1] * (work + paths);
        shared += sizes[layer - 1] + (layer < last ? sizes[layer + 1] + 1 : 0);
      }
    return { apart, shared };
  }

  it.each([[[3, 4, 2]], [[2, 3, 4, 2]], [[1, 2, 2, 2, 3]], [[15, 14, 13]]])(
    'of %j are as many as walking all paths takes, and as computing each δ once takes',
    sizes => {
      const layers = sizes.slice(1).map(size => dense(size, 'sigmoid'));
      const of = story(network(sizes[0], layers), 10);
      const { apart, shared, errors } = workAt(of, of.length - 1);
      expect({ apart, shared }).toEqual(counted(sizes));
      expect(errors).toBe(sizes.slice(1).reduce((sum, size) => sum + size, 0));
    },
  );

  it('of one gradient are those that the inspector counts', () => {
    const of = story(reference);
    const first = workAt(
      of,
      whenKnown(of, { type: 'weightGradient', layer: 0, row: 0, column: 0 }),
    );
    const before = workAt(of, whenKnown(of, { type: 'biasGradient', layer: 0, row: 0 }));
    const facts = createInspector(reference, referenceData).inspect(
      referenceParameters,
      { type: 'weight', layer: 0, row: 0, column: 0 },
      { type: 'sample', index: 0 },
      { epoch: 0, step: 0 },
    );
    if (facts.type !== 'weight') throw new Error('No weight.');
    expect(first.apart - before.apart).toBe(facts.paths?.multiplications.apart);
  });

  it('kept never cost more than apart, and only grow', () => {
    const of = story(
      network(3, [dense(4, 'tanh'), dense(3, 'tanh', { useBias: false }), dense(2, 'linear')]),
    );
    let before = workAt(of, -1);
    for (let at = 0; at < of.length; at++) {
      const work = workAt(of, at);
      expect(work.apart).toBeGreaterThanOrEqual(work.shared);
      expect(work.apart).toBeGreaterThanOrEqual(before.apart);
      expect(work.shared).toBeGreaterThanOrEqual(before.shared);
      before = work;
    }
    expect(before.apart).toBeGreaterThan(before.shared);
  });

  it('are none into an add: the residual network ends with as many gradients as it has parameters', () => {
    const of = network(3, [...RESIDUAL]);
    const told = story(of);
    expect(workAt(told, told.length - 1).gradients).toBe(inferShapes(of).parameters);
  });
});

it('of a wide network has few stages, whatever its size', () => {
  const of = story(
    network(784, [dense(512, 'relu'), dense(10, 'softmax')], {
      loss: { type: 'crossEntropy', half: false, reduction: 'sum' },
    }),
    10,
  );
  expect(of.stages).toHaveLength(7);
  expect(workAt(of, of.length - 1).gradients).toBe(784 * 512 + 512 + 512 * 10 + 10);
});
