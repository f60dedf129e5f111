/** What the steps of the reference network say: its numbers (worked out apart from this project), in the order of a pass. */
import { describe, expect, it } from 'vitest';
import type { Facts, Target } from '../../../src/engine/facts';
import { createInspector } from '../../../src/engine/inspect';
import { profileOf } from '../../../src/explain/notation';
import { missingFacts, stepCard, type Known } from '../../../src/explain/story/stepCard';
import {
  forward,
  forwardEnd,
  stepAt,
  storyOf,
  type StepUnit,
} from '../../../src/explain/story/story';
import { toUnicode } from '../../../src/explain/unicode';
import { english } from '../../../src/explain/words.en';
import { chinese } from '../../../src/explain/words.zh';
import type { Dataset } from '../../../src/data/dataset';
import { inferShapes } from '../../../src/network/shapes';
import type { Network, NotationName } from '../../../src/network/network';
import { dense, network, RESIDUAL, randomDataset } from '../../engine/networks';
import {
  randomParameters,
  reference,
  referenceData,
  referenceParameters,
} from '../support/inspected';

interface Pass {
  readonly of: Network;
  readonly data: Dataset;
  readonly parameters: Float64Array;
  readonly notation?: NotationName;
  readonly unit: StepUnit;
  readonly words?: typeof english;
}

/** Every step of a pass as it is printed, facts fetched as they are asked for. */
function told({ of, data, parameters, notation = 'zybuluo', unit, words = english }: Pass) {
  const shapes = inferShapes(of);
  const sizes = [shapes.inputSize, ...shapes.layers.map(({ units }) => units)];
  const shown = sizes.map(size => Array.from({ length: Math.min(12, size) }, (_, row) => row));
  const story = storyOf(of, shapes, shown);
  const inspector = createInspector(of, data);
  const facts = new Map<string, Facts>();
  const known: Known = target => facts.get(JSON.stringify(target));
  const fetch = (target: Target): void => {
    const scope = { type: 'sample', index: 0 } as const;
    const answer = inspector.inspect(parameters, target, scope, { epoch: 0, step: 0 });
    facts.set(JSON.stringify(target), answer);
  };
  const cards = [];
  for (let at = -1, next = forward(story, at, unit); next > at; next = forward(story, at, unit)) {
    at = next;
    for (let wanted = missingFacts(story, at, unit, known); wanted.length > 0;) {
      wanted.forEach(fetch);
      wanted = missingFacts(story, at, unit, known);
    }
    const card = stepCard(story, at, unit, known, profileOf(notation), words);
    if (!card) throw new Error(`Step ${at} says nothing.`);
    const lines = [...card.lines, ...card.results].map(each => toUnicode(each));
    cards.push({ at, card, lines, step: stepAt(story, at) });
  }
  return { story, cards };
}

const pass = { of: reference, data: referenceData, parameters: referenceParameters };

describe('by term', () => {
  const { story, cards } = told({ ...pass, unit: 'term' });
  const lines = (at: number) => cards[at].lines;

  it('adds up z, with "…" for what is to come, and then finds a', () => {
    expect(lines(0)).toEqual(['x₁ = 1']);
    expect(lines(3)).toEqual(['w₄₁·x₁ = 0.05·1 = 0.05', 'net₄ = w₄₁·x₁ + … = 0.05·1 + …']);
    expect(lines(5)[1]).toBe(
      'net₄ = w₄₁·x₁ + w₄₂·x₂ + w₄₃·x₃ + … = 0.05·1 + 0·0.5 + (−0.05)·(−1) + …',
    );
    expect(cards[5].card.running).toBeCloseTo(0.1, 12);
    expect(lines(6)[1]).toMatch(/= 0\.05·1 \+ 0·0\.5 \+ \(−0\.05\)·\(−1\) \+ 0\.1 = 0\.2$/);
    expect(lines(7)[0]).toMatch(/^a₄ = sigmoid\(net₄\) = .* = 0\.5498$/);
  });

  it('adds up the loss, output by output', () => {
    const end = forwardEnd(story);
    expect(lines(end - 1)[0]).toMatch(/= 0\.1565$/);
    expect(lines(end - 1)[1]).toBe('E = 0.1565 + …');
    expect(lines(end).at(-1)).toMatch(/0\.1565 \+ 0\.1856 = 0\.3421$/);
  });

  it('goes back: ∂E/∂a, f′, δ of an output, and its gradients', () => {
    const start = forwardEnd(story) + 1;
    expect(lines(start)[0]).toMatch(/^∂E\/∂y₁ = y₁ − t₁ = 0\.4406 − 1 = −0\.5594$/);
    expect(lines(start + 1)[0]).toMatch(/= 0\.2465$/);
    expect(lines(start + 2)[0]).toMatch(/^δ₈ = .* = 0\.1379$/);
    expect(lines(start + 3)[0]).toMatch(/^∂E\/∂w_8b = .* = −0\.1379$/);
    expect(lines(start + 4)[0]).toMatch(/^∂E\/∂w₈₄ = .* = −0\.07581$/);
  });

  it('adds up w·δ of a hidden neuron, then its slope, its δ and its gradients', () => {
    const start = forwardEnd(story) + 17;
    expect(lines(start)).toEqual([
      'w₈₄·δ₈ = 0.1·0.1379 = 0.01379',
      '∂E/∂a₄ = −(w₈₄·δ₈ + …) = −(0.1·0.1379 + …)',
    ]);
    expect(lines(start + 1)[0]).toMatch(/^w₉₄·δ₉ = 0\.3·\(−0\.145\) = −0\.04351$/);
    expect(lines(start + 1)[1]).toMatch(/= 0\.02973$/);
    expect(lines(start + 3)[0]).toMatch(/^δ₄ = .* = −0\.007358$/);
    expect(lines(start + 5)[0]).toMatch(/^∂E\/∂w₄₁ = .* = 0\.007358$/);
  });
});

it('by neuron says the error term as a whole, and all gradients of a neuron side by side', () => {
  const { cards } = told({ ...pass, notation: 'nielsen', unit: 'neuron' });
  expect(cards.slice(0, 5).map(({ lines }) => lines.at(-1)?.split(' = ')[0])).toEqual([
    'a₁¹',
    'a₂¹',
    'a₃¹',
    'z₁²',
    'a₁²',
  ]);
  const ends = cards.map(({ lines }) => lines.at(-1)?.split(' = ').at(-1));
  // features of the reference case: activations, outputs, ∂C/∂z from the last layer to the first
  const inOrder = ['0.5498', '0.5866', '0.6225', '0.657', '0.4406', '0.6093', '0.3421'];
  const back = ['−0.1379', '0.145', '0.007358', '0.007035', '0.006649', '0.006214'];
  let from = 0;
  for (const value of [...inOrder, ...back]) {
    const at = ends.indexOf(value, from);
    expect(at, value).toBeGreaterThanOrEqual(from);
    from = at + 1;
  }
  expect(cards.at(-1)?.lines).toHaveLength(5);
});

it('by layer says the rules of the layers, forward and back', () => {
  const { cards } = told({ ...pass, notation: 'nielsen', unit: 'layer' });
  expect(cards.map(({ lines }) => lines)).toEqual([
    ['a₁¹ = x₁ = 1', 'a₂¹ = x₂ = 0.5', 'a₃¹ = x₃ = −1'],
    ['z² = w²·a¹ + b²', 'a² = σ(z²)'],
    ['z³ = w³·a² + b³', 'a³ = σ(z³)'],
    [expect.stringMatching(/^C = .* = 0\.3421$/)],
    ['δ³ = (∂Cₓ/∂a³) ⊙ σ′(z³)', expect.stringContaining('δ³·(a²)ᵀ'), '∂Cₓ/∂b³ = δ³'],
    ['δ² = ((w³)ᵀ·δ³) ⊙ σ′(z²)', expect.stringContaining('δ²·(a¹)ᵀ'), '∂Cₓ/∂b² = δ²'],
  ]);
});

const softmaxOf = (loss: 'crossEntropy' | 'meanSquaredError'): Network =>
  network(3, [dense(14, 'tanh'), dense(3, 'softmax')], {
    loss: { type: loss, half: false, reduction: 'sum' },
  });
const others: readonly (readonly [string, Network])[] = [
  ['softmax with cross-entropy', softmaxOf('crossEntropy')],
  ['softmax with squared error', softmaxOf('meanSquaredError')],
  ['a residual network', network(3, [...RESIDUAL])],
];

it.each(others)(
  '%s: every step says something, in every unit and notation, in both languages',
  (_, of) => {
    const shapes = inferShapes(of);
    const data = randomDataset(1, shapes.inputSize, shapes.outputSize, 'oneHot');
    const parameters = randomParameters(of, 5);
    expect(parameters).toHaveLength(shapes.parameters);
    for (const unit of ['layer', 'neuron', 'term'] as const)
      for (const [notation, words] of [
        ['nielsen', english],
        ['plain', chinese],
      ] as const) {
        const { cards } = told({ of, data, parameters, unit, notation, words });
        for (const { lines, at } of cards) {
          const silent = cards.find(each => each.at === at)?.step?.row === undefined;
          expect(lines.length > 0 || silent, `${unit} ${at}`).toBe(true);
          for (const line of lines) expect(line).not.toContain('NaN');
        }
      }
  },
);

it('a long sum names its last terms and says what the first ones add up to', () => {
  const of = network(6, [dense(1, 'linear')]);
  const data = randomDataset(1, 6, 1);
  const { cards } = told({ of, data, parameters: randomParameters(of, 1), unit: 'term' });
  const fifth = cards[6 + 4];
  expect(fifth.lines[1]).toMatch(/\(first 2: .*\) \+ .* \+ …$/);
  const neuron = createInspector(of, data).inspect(
    randomParameters(of, 1),
    { type: 'neuron', layer: 0, row: 0 },
    { type: 'sample', index: 0 },
    { epoch: 0, step: 0 },
  );
  if (neuron.type !== 'neuron') throw new Error('No neuron.');
  const five = neuron.incoming.terms.slice(0, 5);
  const sum = five.reduce((total, { weight, factor }) => total + weight * factor, 0);
  expect(fifth.card.running).toBeCloseTo(sum, 12);
});
