/** Ways through a pass: by unit, to a neuron, from one pass to the other, and never beyond the ends. */
import { describe, expect, it } from 'vitest';
import { inferShapes } from '../../src/network/shapes';
import { forwardEnd, stepAt, storyOf } from '../../src/explain/story/story';
import { Walk } from '../../webview/stepping/walk';
import { reference } from '../explain/support/inspected';

const shapes = inferShapes(reference);
const sizes = [shapes.inputSize, ...shapes.layers.map(({ units }) => units)];
const story = storyOf(
  reference,
  shapes,
  sizes.map(units => Array.from({ length: units }, (_, row) => row)),
);

describe('a walk through a pass', () => {
  it('begins before the first step, and stays between the ends', () => {
    const walk = new Walk(story);
    expect([walk.at, walk.direction, walk.isAtEnd]).toEqual([-1, 'forward', false]);
    walk.go('back');
    expect(walk.at).toBe(-1);
    walk.go('end');
    expect([walk.at, walk.direction, walk.isAtEnd]).toEqual([story.length - 1, 'backward', true]);
    walk.go('forward');
    expect(walk.at).toBe(story.length - 1);
    walk.go('start');
    expect(walk.at).toBe(-1);
  });

  it('goes by its unit, and back the same way', () => {
    const walk = new Walk(story);
    walk.unit = 'layer';
    const stops: number[] = [];
    while (!walk.isAtEnd) {
      walk.go('forward');
      stops.push(walk.at);
    }
    for (const stop of stops.reverse()) {
      expect(walk.at).toBe(stop);
      walk.go('back');
    }
    expect(walk.at).toBe(-1);
  });

  it('runs the forward pass first where δ needs it, and says so', () => {
    const walk = new Walk(story);
    expect(walk.turn('backward')).toBe(true);
    expect(walk.at).toBeGreaterThan(forwardEnd(story));
    expect(walk.turn('forward')).toBe(false);
    expect(walk.direction).toBe('forward');
    expect(walk.goToNeuron({ type: 'neuron', layer: 0, row: 1 })).toBe(true);
    const step = stepAt(story, walk.at);
    expect([step?.stage.place, step?.row, step?.part?.type]).toEqual([0, 1, 'error']);
    expect(walk.goToNeuron({ type: 'neuron', layer: 1, row: 0 })).toBe(false);
    expect(walk.goToNeuron({ type: 'neuron', layer: -1, row: 0 })).toBe(false);
    expect(walk.direction).toBe('forward');
  });
});
