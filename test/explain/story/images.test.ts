/** Stories of networks with windows: what a window sees or makes is one step, and multiplications are not counted. */
import { expect, it } from 'vitest';
import { createInspector } from '../../../src/engine/inspect';
import type { Facts, Target } from '../../../src/engine/facts';
import { profileOf } from '../../../src/explain/notation';
import { missingFacts, stepCard } from '../../../src/explain/story/stepCard';
import { stepAt, storyOf } from '../../../src/explain/story/story';
import { english } from '../../../src/explain/words.en';
import { inferShapes } from '../../../src/network/shapes';
import { imageData, imageNetwork } from '../../engine/imageNetworks';
import { randomParameters } from '../support/inspected';

const net = imageNetwork();
const shapes = inferShapes(net);
const shown = [shapes.inputSize, ...shapes.layers.map(({ units }) => units)].map(units =>
  Array.from({ length: Math.min(units, 3) }, (_, row) => row),
);

it('has a card for every step of every unit', () => {
  const story = storyOf(net, shapes, shown);
  const inspector = createInspector(net, imageData(net, 3));
  const scope = { type: 'sample', index: 0 } as const;
  const parameters = randomParameters(net, 2);
  const facts = (target: Target): Facts =>
    inspector.inspect(parameters, target, scope, { epoch: 0, step: 0 });
  expect(story.windows).toBe(true);
  for (let at = 0; at < story.length; at++) {
    const step = stepAt(story, at);
    const { place = 'loss' } = step?.stage ?? {};
    // Convolutions and pools, and the pool and the convolution before them.
    if (typeof place === 'number' && place >= 0 && place <= 3) expect(step?.row).toBeUndefined();
    for (const unit of ['term', 'neuron', 'layer'] as const) {
      const missing = missingFacts(story, at, unit, facts);
      expect(missing).toEqual([]);
      const card = stepCard(story, at, unit, facts, profileOf('nielsen'), english);
      if (place !== -1) expect(card?.lines.length).toBeGreaterThan(0);
    }
  }
});
