/** Cards while a pass is stepped through: of each target nothing is printed before its step, and all of it at the end. */
import { describe, expect, it } from 'vitest';
import type { Target } from '../../src/engine/facts';
import { createInspector } from '../../src/engine/inspect';
import { explain } from '../../src/explain/explain';
import { profileOf } from '../../src/explain/notation';
import { forwardEnd, storyOf } from '../../src/explain/story/story';
import { whenKnown } from '../../src/explain/story/known';
import { english } from '../../src/explain/words.en';
import { inferShapes } from '../../src/network/shapes';
import { foundSoFar, isOver } from '../../webview/stepping/soFar';
import { reference, referenceData, referenceParameters } from '../explain/support/inspected';

const shapes = inferShapes(reference);
const sizes = [shapes.inputSize, ...shapes.layers.map(({ units }) => units)];
const story = storyOf(
  reference,
  shapes,
  sizes.map(size => Array.from({ length: size }, (_, row) => row)),
);
const inspector = createInspector(reference, referenceData);

function found(target: Target, at: number) {
  const scope = { type: 'sample', index: 0 } as const;
  const facts = inspector.inspect(referenceParameters, target, scope, { epoch: 0, step: 0 });
  const explanation = explain(facts, profileOf('nielsen'), english);
  return foundSoFar(explanation, target, { story, at }, english);
}

/** Labels of the lines that have a number. */
const said = (target: Target, at: number): string[] =>
  found(target, at)
    .explanation.lines.filter(({ equation }) => equation.value !== undefined)
    .map(({ label }) => label);

const weight: Target = { type: 'weight', layer: 0, row: 1, column: 2 };
const neuron: Target = { type: 'neuron', layer: 0, row: 1 };
const output: Target = { type: 'neuron', layer: 1, row: 0 };
const last = story.length - 1;

describe('what has been found so far', () => {
  it('of a weight is its value; then what it is multiplied by, then δ, then its gradient', () => {
    const { labels } = english;
    expect(said(weight, -1)).toEqual([labels.value]);
    expect(found(weight, -1)).toMatchObject({ headline: false, whole: false });
    expect(said(weight, forwardEnd(story))).toEqual([labels.value, labels.source]);
    const error = whenKnown(story, { type: 'error', layer: 0, row: 1 });
    expect(said(weight, error)).toEqual([labels.value, labels.error, labels.source]);
    const gradient = whenKnown(story, { type: 'weightGradient', layer: 0, row: 1, column: 2 });
    expect(found(weight, gradient - 1).headline).toBe(false);
    expect(found(weight, gradient)).toMatchObject({ headline: true, whole: true });
  });

  it('of a neuron is z, then a with its curve, and δ only on the way back', () => {
    const { labels } = english;
    const z = whenKnown(story, { type: 'weightedInput', layer: 0, row: 1 });
    expect(said(neuron, z - 1)).toEqual([]);
    expect(said(neuron, z)).toEqual([labels.weightedInput]);
    expect(found(neuron, z).activation).toBe(false);
    expect(said(neuron, z + 1)).toEqual([labels.weightedInput, labels.activation]);
    expect(found(neuron, z + 1).activation).toBe(true);
    expect(found(neuron, forwardEnd(story)).headline).toBe(false);
    const error = whenKnown(story, { type: 'error', layer: 0, row: 1 });
    expect(found(neuron, error)).toMatchObject({ headline: true, whole: true });
  });

  it('of an output is its target, which the data have', () => {
    expect(said(output, -1)).toEqual([english.labels.target]);
  });

  it.each<Target>([
    weight,
    { type: 'bias', layer: 1, row: 1 },
    neuron,
    output,
    { type: 'neuron', layer: -1, row: 0 },
    { type: 'layer', layer: 0 },
    { type: 'layer', layer: -1 },
    { type: 'loss' },
  ])('of $type is less at first, never less than before, and everything at the end', target => {
    let before = -1;
    for (let at = -1; at <= last; at++) {
      const now = said(target, at).length;
      expect(now).toBeGreaterThanOrEqual(before);
      before = now;
    }
    expect(found(target, -1).whole).toBe(false);
    expect(found(target, last).whole).toBe(true);
    // Also the step before the last has told all but the last gradient.
    expect(found(target, last - 1).explanation.lines.length).toBe(
      found(target, last).explanation.lines.length,
    );
  });

  it('is everything where no pass is stepped through', () => {
    expect([isOver(undefined), isOver({ story, at: last }), isOver({ story, at: 0 })]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('says in no part of an explanation what is not found', () => {
    const { explanation } = found(neuron, -1);
    const text = JSON.stringify(explanation.lines);
    expect(text).not.toMatch(/\d\.\d{3}/);
    expect(explanation.cautions).toEqual([]);
  });
});
