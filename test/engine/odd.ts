/** The way of a user with odd numbers: a text and its data are read, trained with, inspected and gradchecked. */
import { createGradcheck } from '../../src/engine/gradcheck';
import { createInspector } from '../../src/engine/inspect';
import { initialParameters } from '../../src/engine/initializers';
import type { Dataset } from '../../src/data/dataset';
import { loadDataset } from '../../src/data/load';
import { formatPath } from '../../src/network/network';
import type { Network } from '../../src/network/network';
import { parseNetwork } from '../../src/network/parse';
import { inferShapes } from '../../src/network/shapes';
import type { Engine } from './engines';

/** What differs from a small sound network; `text` puts numbers where JSON.stringify would not write them. */
export interface Odd {
  readonly optimizer?: object;
  readonly training?: object;
  readonly layers?: readonly object[];
  readonly loss?: object;
  readonly data?: object;
  readonly regularization?: object;
  readonly csv?: string;
  /** Texts that are replaced in the file: what they become. */
  readonly written?: readonly (readonly [from: string, to: string])[];
}

export interface OddCase {
  readonly name: string;
  /** What becomes of it ({@link answerOf}); where the precisions differ, in each. */
  readonly answer: string | { readonly float64: string; readonly float32: string };
  readonly odd: Odd;
}

export const SAMPLES = [
  { x: [0, 0], y: [0] },
  { x: [0, 1], y: [1] },
  { x: [1, 0], y: [1] },
  { x: [1, 1], y: [0] },
];

const LAYERS = [
  { type: 'dense', units: 3, activation: 'tanh' },
  { type: 'dense', units: 1, activation: 'linear' },
];

export function fileOf(odd: Odd, precision: string): string {
  const { optimizer, training, layers, loss, data, regularization, written = [] } = odd;
  const text = JSON.stringify({
    ...{ version: 1, seed: 3, input: { shape: [2] }, layers: layers ?? LAYERS },
    loss: { type: 'meanSquaredError', ...loss },
    ...(regularization && { regularization }),
    training: {
      ...{ precision, batchSize: 2, shuffle: false, ...training },
      optimizer: { type: 'sgd', learningRate: 0.1, ...optimizer },
    },
    data: data ?? { inline: SAMPLES },
  });
  return written.reduce((file, [from, to]) => {
    if (!file.includes(from)) throw new Error(`The file has no ${from}.`);
    return file.replace(from, to);
  }, text);
}

/** What becomes of it, in words: `refused: …`, `stops: …` or `trains`, and what is worth knowing. */
export function answerOf(odd: Odd, engine: Engine): string {
  const text = fileOf(odd, engine.precision);
  const { network, issues } = parseNetwork(text);
  const problems = issues.filter(({ severity }) => severity === 'error');
  if (problems.length > 0) return `refused: ${told(problems)}`;
  if (!network) throw new Error('No network, and no error.');
  const loaded = loadDataset(network, inferShapes(network), { 'a.csv': odd.csv ?? '' });
  if (!loaded.dataset) return `refused: ${told([...loaded.issues, ...issues])}`;
  const warned = [...issues, ...loaded.issues].filter(({ severity }) => severity === 'warning');
  const trained = train(network, loaded.dataset, engine);
  return warned.length > 0 ? `${trained}, warns: ${told(warned)}` : trained;
}

function told(issues: readonly { code: string; path: readonly (string | number)[] }[]): string {
  const [{ code, path }] = issues;
  return `${code} at ${formatPath(path)}`;
}

const EPOCHS = 5;

function train(network: Network, dataset: Dataset, engine: Engine): string {
  const trainer = engine.create(network, dataset);
  const before = trainer.readParameters();
  while (trainer.epoch < EPOCHS) {
    const outcome = trainer.run({ steps: Infinity });
    if (outcome.type !== 'diverged') continue;
    const { layer, quantity } = outcome.divergence;
    const kept = trainer.readParameters().every(Number.isFinite);
    return `stops: ${quantity} of layer ${layer} in epoch ${trainer.epoch + 1}${kept ? '' : ', WITH PARAMETERS THAT ARE NOT FINITE'}`;
  }
  const { loss } = trainer.evaluation;
  const now = trainer.readParameters();
  const faults = [
    ...(Number.isFinite(loss) ? [] : [`a loss of ${loss}`]),
    ...(now.every(Number.isFinite) ? [] : ['parameters that are not finite']),
    ...inspected(network, dataset, now),
    ...gradchecked(network, dataset),
  ];
  const moved = now.some((value, i) => value !== before[i]);
  return ['trains', ...(moved ? [] : ['nothing moves']), ...faults].join(', ');
}

/** All facts of the network for its first sample and for the batch. */
function inspected(network: Network, dataset: Dataset, parameters: Float64Array): string[] {
  const inspector = createInspector(network, dataset);
  const scopes = [{ type: 'sample', index: 0 } as const, { type: 'batch' } as const];
  const bad = scopes.filter(scope => {
    const { gradients } = inspector.gradients(parameters, scope) as { gradients?: Float64Array };
    const { values } = inspector.view(parameters, scope);
    return ![...(gradients ?? []), ...values].every(Number.isFinite);
  });
  return bad.map(({ type }) => `inspection of the ${type} has numbers that are not finite`);
}

function gradchecked(network: Network, dataset: Dataset): string[] {
  const job = createGradcheck(network, dataset, initialParameters(network));
  job.run();
  const { failed } = job.report();
  return failed.length > 0 ? [`${failed.length} gradients fail`] : [];
}
