/** Some gradients beside the numbers of `shared/research/features.md` 1.7 and a plain re-computation. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadDataset } from '../../src/data/load';
import { initialParameters } from '../../src/engine/initializers';
import { createInspector } from '../../src/engine/inspect';
import type { GradientsRequest } from '../../src/engine/inspect';
import { parseNetwork } from '../../src/network/parse';
import { inferShapes } from '../../src/network/shapes';

const text = readFileSync(
  new URL('../../media/examples/reference-3-4-2.nn.json', import.meta.url),
  'utf8',
);
const network = parseNetwork(text).network!;
const { dataset } = loadDataset(network, inferShapes(network), {});
const ask = (request: Partial<GradientsRequest>) =>
  createInspector(network, dataset!).someGradients(
    initialParameters(network),
    { scope: { type: 'sample', index: 0 }, parameters: [], rows: [], ...request },
    { epoch: 2, step: 5 },
  );

/** ∂E/∂net of neurons 4 … 7 and 8, 9, as the reference gives them. */
const hidden = [0.007358, 0.007035, 0.006649, 0.006214];
const outputs = [-0.137873, 0.14505];
/** The input of the reference's sample. */
const x = [1, 0.5, -1];

describe('some gradients', () => {
  it('are those of the parameters asked for, in that order', () => {
    const { values, epoch, step } = ask({
      parameters: [
        { layer: 1, row: 0, column: 0 },
        { layer: 0, row: 2 },
        { layer: 0, row: 3, column: 1 },
      ],
    });
    expect(values[0]).toBeCloseTo(-0.075808, 6);
    expect(values[1]).toBeCloseTo(hidden[2], 6);
    expect(values[2]).toBeCloseTo(hidden[3] * x[1], 6);
    expect([epoch, step]).toEqual([2, 5]);
  });

  it('have the norm of a row, of a layer, and the largest of all rows', () => {
    const { rows, layers, largestRow } = ask({
      rows: [
        { layer: 0, row: 1 },
        { layer: 1, row: 0 },
        { layer: 1, row: 1 },
      ],
    });
    const length = Math.hypot(...x);
    expect(rows[0]).toBeCloseTo(hidden[1] * length, 6);
    expect(layers[0]).toBeCloseTo(Math.hypot(...hidden) * length, 6);
    // Each row of the last layer is δ times the same activations.
    expect(rows[2] / rows[1]).toBeCloseTo(-outputs[1] / outputs[0], 4);
    expect(layers[1]).toBeCloseTo(Math.hypot(rows[1], rows[2]), 12);
    expect(largestRow).toBe(rows[2]);
  });

  it('are NaN where there is no such number', () => {
    const { values, rows } = ask({
      parameters: [
        { layer: 0, row: 0, column: 3 },
        { layer: 1, row: 2 },
        { layer: 7, row: 0 },
        { layer: 1, row: -1 },
        { layer: 1, row: 1, column: -1 },
      ],
      rows: [
        { layer: 0, row: 4 },
        { layer: 9, row: 0 },
      ],
    });
    expect([...values, ...rows]).toEqual(Array(7).fill(NaN));
  });
});
