/** Steps of convolutions by WebAssembly, for every small window over every small image: as the reference's. */
import { describe, expect, test } from 'vitest';
import { imageData, imageNetwork } from './imageNetworks';
import { apart, largest } from './comparison';
import { narrow, reference, runTo, wide } from './engines';

const upTo = (most: number): number[] => Array.from({ length: most }, (_, i) => i + 1);

/** The largest difference of a step's updates, of filters and biases alike, relative to the largest update. */
function worst(shape: readonly number[], kernel: readonly number[], stride: number): number {
  const conv = { type: 'conv2d', filters: 3, kernel, stride: [1, stride], padding: 'same' };
  const net = imageNetwork([{ ...conv, activation: 'sigmoid' }], [...shape]);
  const data = imageData(net, 3);
  const [exact, ...others] = [reference, narrow, wide].map(({ create }) => {
    const trainer = create(net, data);
    const start = trainer.readParameters();
    runTo(trainer, 1);
    return trainer.readParameters().map((value, i) => value - start[i]);
  });
  return Math.max(...others.map(update => apart(update, exact, largest(exact))));
}

describe.each(upTo(6))('windows of %i rows', height => {
  test.each(upTo(4))('over images %i wide', width => {
    for (const columns of upTo(3))
      for (const channels of upTo(3))
        for (const stride of upTo(3)) {
          const error = worst([4, width, channels], [height, columns], stride);
          const name = `${height}×${columns}, ${channels} channels, ${stride} on`;
          expect(error, name).toBeLessThan(1e-4);
        }
  });
});
