/** Tests of networks: read, and run on the engine. */
import fc from 'fast-check';
import { EngineBench } from '../../../src/cli/testBench';
import type { CliIo } from '../../../src/cli/io';
import { loadDataset } from '../../../src/data/load';
import { runTest } from '../../../src/expect/run';
import type { Bench } from '../../../src/expect/run';
import { testsOf } from '../../../src/expect/tests';
import { verdictChinese } from '../../../src/expect/words.zh';
import type { JsonValue } from '../../../src/network/json';
import { parseNetwork } from '../../../src/network/parse';
import { inferShapes } from '../../../src/network/shapes';
import { jsonText, mutated, mutatedJson } from '../mutation';
import { utf8 } from '../seeds';
import { must } from '../target';
import type { Answer, Target } from '../target';
import { checkIssues, checkMessage } from './issues';

const expectations: readonly JsonValue[] = [
  { input: [0, 1], output: [0.5], tolerance: 0.01, name: 'one' },
  { input: [1, 1], output: [1e308] },
  { gradcheck: true },
  { loss: { atMost: 0.5, afterEpochs: 2 } },
  { loss: { atMost: 1e-9 } },
];
const network = (precision: string, loss: string, activation: string): JsonValue => ({
  ...{ version: 1, input: { shape: [2] } },
  layers: [
    { type: 'dense', units: 3, activation: 'tanh' },
    { type: 'dense', units: 1, activation },
  ],
  ...{ loss: { type: loss }, training: { precision, batchSize: 2 } },
  data: {
    inline: [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ].map(x => ({ x, y: [(x[0] + x[1]) % 2] })),
  },
  expect: expectations,
});
const seeds = [
  network('float32', 'meanSquaredError', 'linear'),
  network('float64', 'binaryCrossEntropy', 'sigmoid'),
  network('float64', 'huber', 'softplus'),
];
const keys =
  'expect input output tolerance gradcheck loss atMost afterEpochs name data inline x y weights bias learningRate'.split(
    ' ',
  );
const decoder = new TextDecoder();

export const expectationTarget: Target<string> = {
  what: 'tests of networks: read and run',
  runs: 4_000,
  arbitrary: fc.oneof(
    { weight: 3, arbitrary: mutatedJson(seeds, keys).map(value => jsonText(value)) },
    {
      weight: 1,
      arbitrary: mutated(
        seeds.map(seed => utf8(jsonText(seed))),
        ['1e308', '-', '[', ']', '1e-320', ','],
      ).map(bytes => decoder.decode(bytes)),
    },
  ),
  extremes: [],
  judge: judgeExpectations,
  bytes: utf8,
};

/** More takes as long as it says. */
const MOST_EPOCHS = 3;
const MOST_PARAMETERS = 300;

async function judgeExpectations(text: string): Promise<Answer> {
  const document = parseNetwork(text);
  checkIssues(text, document.issues);
  const found = document.network;
  if (!found) return 'refused';
  const shapes = inferShapes(found);
  const values = shapes.layers.reduce((sum, { units }) => sum + units, shapes.stored);
  const generated = found.data?.source.type === 'generator';
  if (values > MOST_PARAMETERS || generated) return 'accepted';
  const { dataset } = loadDataset(found, shapes, {});
  const io = {
    pause: async () => undefined,
    now: () => 0,
    output: { type: 'open' },
  } as unknown as CliIo;
  const bench = new EngineBench({ network: found, shapes, dataset }, io, { engine: 'reference' });
  const short: Bench = {
    ...{ network: found, hasData: bench.hasData },
    predict: input => bench.predict(input),
    gradcheck: () => bench.gradcheck(),
    loss: epochs => bench.loss(Math.min(epochs, MOST_EPOCHS)),
  };
  for (const test of testsOf(found)) {
    const verdict = await runTest(test, short);
    checkMessage(test.id, `${verdict.message} ${verdict.result}`);
    must(!/NaN.*passed/.test(`${verdict.message}${verdict.result}`), () => verdict.message);
  }
  for (const test of testsOf(found, verdictChinese)) must(test.label.length > 0, () => test.id);
  return 'accepted';
}
