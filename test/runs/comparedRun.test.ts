/** What is compared of kept runs, and what makes a network that of a run again. */
import { expect, it } from 'vitest';
import { applyTextEdits, planEdits } from '../../src/network/edit';
import { parseNetwork } from '../../src/network/parse';
import { networkToJson } from '../../src/network/toJson';
import { curvesOf, settingsOf } from '../../src/runs/comparedRun';
import { restoreEdits } from '../../src/runs/restoreEdits';
import type { RunHead } from '../../src/runs/run';

const TEXT = `{
  "version": 1,
  "seed": 3,
  "input": { "shape": [2] },
  "layers": [
    { "type": "dense", "units": 4, "activation": "tanh" }, // wide
    { "type": "dense", "units": 1, "activation": "sigmoid" }
  ],
  "loss": { "type": "binaryCrossEntropy" },
  "training": { "optimizer": { "type": "sgd", "learningRate": 0.5, "momentum": 0.9 }, "epochs": 7 },
  "data": { "inline": [{ "x": [0, 1], "y": [1] }] }
}
`;

const networkOf = (text: string) => parseNetwork(text).network!;

it('settings are told by their names, layer by layer', () => {
  const network = networkToJson(networkOf(TEXT));
  expect(settingsOf({ network } as unknown as RunHead)).toMatchObject({
    'optimizer.learningRate': '0.5',
    seed: '3',
    epochs: '7',
    'layers[0].units': '4',
    'layers[1].activation': 'sigmoid',
    'loss.type': 'binaryCrossEntropy',
  });
});

it('curves of a short run have every row, and of the columns those that every run has', () => {
  const columns = new Map([
    ['epoch', Float64Array.of(0, 1, 2)],
    ['loss', Float64Array.of(3, NaN, Infinity)],
    ['gradient/0', Float64Array.of(1, 2, 3)],
  ]);
  const { count, values, columns: more } = curvesOf(columns);
  expect([count, more]).toEqual([3, undefined]);
  expect([...values.subarray(0, 3)]).toEqual([0, 1, 2]);
  expect([...values.subarray(9, 12)]).toEqual([3, NaN, Infinity]);
  expect(curvesOf(new Map()).count).toBe(0);
});

it.each([
  ['nothing', TEXT],
  [
    'rate, seed and units',
    TEXT.replace('0.5', '0.1').replace(': 3', ': 4').replace('4, "act', '9, "act'),
  ],
  ['another optimizer', TEXT.replace(/"optimizer": \{.*?\}/, '"optimizer": { "type": "adam" }')],
  ['a setting less', TEXT.replace(', "epochs": 7', '')],
  [
    'a setting more',
    TEXT.replace('"epochs"', '"stop": { "patience": 3 }, "batchSize": "all", "epochs"'),
  ],
])('%s of a run is written into the text, and comments stay', (_, text) => {
  const run = networkOf(text);
  const { edits } = planEdits(TEXT, restoreEdits(run, networkOf(TEXT)));
  const after = applyTextEdits(TEXT, edits);
  expect(networkToJson(networkOf(after))).toEqual(networkToJson(run));
  expect(after).toContain('// wide');
  expect(edits.length > 0).toBe(text !== TEXT);
});

it('layers of another kind stay as they are', () => {
  const [input, hidden] = ['"units": 4, "activation": "tanh"', '"units": 8, "activation": "tanh"'];
  const more = TEXT.replace(
    '"layers": [',
    '"layers": [ { "type": "dropout", "rate": 0.1 },',
  ).replace(input, hidden);
  expect(restoreEdits(networkOf(more), networkOf(TEXT))).toEqual([]);
});
