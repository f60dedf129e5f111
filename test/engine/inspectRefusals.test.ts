/** What does not exist is named, with what there is instead. */
import { expect, it } from 'vitest';
import { createInspector } from '../../src/engine/inspect';
import type { MatricesRequest } from '../../src/engine/matrixFacts';
import type { Target } from '../../src/engine/facts';
import { imageData, imageNetwork } from './imageNetworks';

const net = imageNetwork(
  [
    { type: 'conv2d', filters: 2, kernel: [2, 2], useBias: false },
    { type: 'flatten' },
    { type: 'dense', units: 3 },
  ],
  [3, 3, 2],
);
const data = imageData(net, 4);
const inspector = createInspector(net, data);
const parameters = Float64Array.from({ length: 16 + 27 }, (_, i) => Math.sin(i + 1));
const SAMPLE = { type: 'sample', index: 3 } as const;

it.each<[Target, string]>([
  [
    { type: 'weight', layer: 0, row: 2, column: 0 },
    'layers[0].weights[2][0]: no such weight; it has 2 × 8.',
  ],
  [
    { type: 'weight', layer: 0, row: 0, column: 8 },
    'layers[0].weights[0][8]: no such weight; it has 2 × 8.',
  ],
  [
    { type: 'weight', layer: 2, row: -1, column: 0 },
    'layers[2].weights[-1][0]: no such weight; it has 3 × 8.',
  ],
  [
    { type: 'weight', layer: 2, row: 0.5, column: 0 },
    'layers[2].weights[0.5][0]: no such weight; it has 3 × 8.',
  ],
  [{ type: 'bias', layer: 0, row: 1 }, 'layers[0].bias[1]: no such bias; it has none.'],
  [{ type: 'bias', layer: 2, row: 3 }, 'layers[2].bias[3]: no such bias; it has 3 × 1.'],
  [{ type: 'neuron', layer: -1, row: 18 }, 'input: neuron 18 does not exist; it has 18.'],
  [{ type: 'neuron', layer: 2, row: 3 }, 'layers[2]: neuron 3 does not exist; it has 3.'],
  [{ type: 'neuron', layer: 3, row: 0 }, 'layers[3] does not exist; there are 3.'],
  [{ type: 'layer', layer: -2 }, 'layers[-2] does not exist; there are 3.'],
])('of %j nothing is told', (target, words) => {
  const ask = () => inspector.inspect(parameters, target, SAMPLE, { epoch: 0, step: 0 });
  expect(ask).toThrow(new RangeError(words));
});

it.each([4, -1, 1.5])('there is no sample %d', index => {
  const ask = () => inspector.gradients(parameters, { type: 'sample', index });
  expect(ask).toThrow(new RangeError(`Sample ${index} does not exist; the data have 4.`));
});

it.each<[Omit<MatricesRequest, 'scope'>, string]>([
  [{ layer: 3 }, 'layers[3] does not exist; there are 3.'],
  [{ layer: 0, row: 8 }, 'layers[0]: neuron 8 does not exist; it has 8.'],
  [{ layer: 0, column: 8 }, 'layers[0].weights[0][8]: no such weight; it has 2 × 8.'],
  [{ layer: 0, row: 7, column: 8 }, 'layers[0].weights[1][8]: no such weight; it has 2 × 8.'],
  [{ layer: 0, filter: 2, column: 0 }, 'layers[0].weights[2][0]: no such weight; it has 2 × 8.'],
  [{ layer: 2, column: 8 }, 'layers[1]: neuron 8 does not exist; it has 8.'],
  [{ layer: 2, row: 3 }, 'layers[2]: neuron 3 does not exist; it has 3.'],
])('there are no matrices of %j', (request, words) => {
  const ask = () => inspector.layerMatrices(parameters, { ...request, scope: SAMPLE });
  expect(ask).toThrow(new RangeError(words));
});

it.each([
  [{ layer: 1 }, 'layers[1] has no weights: there is no matrix to show.'],
  [{ rows: [0, 4] }, 'layers[2].weights: rows 0 to 4 do not exist; there are 0 to 3.'],
  [{ rows: [-1, 2] }, 'layers[2].weights: rows -1 to 2 do not exist; there are 0 to 3.'],
  [{ rows: [1.5, 2] }, 'layers[2].weights: rows 1.5 to 2 do not exist; there are 0 to 3.'],
  [{ columns: [1, 1] }, 'layers[2].weights: columns 1 to 1 do not exist; there are 0 to 8.'],
  [{ columns: [1, 2.5] }, 'layers[2].weights: columns 1 to 2.5 do not exist; there are 0 to 8.'],
  [{ most: 0 }, 'A picture needs at least 1 cell along each side, not 0.'],
  [{ most: 1.5 }, 'A picture needs at least 1 cell along each side, not 1.5.'],
] as const)('there is no picture of %j', (change, words) => {
  const whole = {
    scope: SAMPLE,
    layer: 2,
    quantity: 'weight',
    rows: [0, 3],
    columns: [0, 8],
  } as const;
  const ask = () => inspector.matrix(parameters, { ...whole, most: 4, ...change });
  expect(ask).toThrow(new RangeError(words));
});

it('a picture has 65,536 cells at most', () => {
  const wide = imageNetwork([{ type: 'dense', units: 257 }], [257]);
  const theta = new Float64Array(257 * 258);
  const inspectWide = createInspector(wide, imageData(wide, 1));
  const all = { scope: SAMPLE, layer: 0, quantity: 'weight' } as const;
  const scope = { type: 'sample', index: 0 } as const;
  const pictured = (rows: number, columns: number) => () =>
    inspectWide.matrix(theta, { ...all, scope, rows: [0, rows], columns: [0, columns], most: 300 });
  expect(pictured(256, 256)()).toMatchObject({ height: 256, width: 256, largest: 0 });
  expect(pictured(256, 257)).toThrow(
    new RangeError('A picture of 256 × 257 cells is too large: ask for at most 65536 cells.'),
  );
});
