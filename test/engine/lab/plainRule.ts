/** Gradients by wrong rules, written out once more for chains of dense layers: what the lab is compared with. */
import type { Dataset } from '../../../src/data/dataset';
import type { LabRule } from '../../../src/engine/lab/presets';
import type { DenseLayer, Network } from '../../../src/network/network';

const slopes: { readonly [name: string]: (z: number) => number } = {
  linear: () => 1,
  sigmoid: z => Math.exp(-z) / (1 + Math.exp(-z)) ** 2,
  tanh: z => 1 / Math.cosh(z) ** 2,
};
const values: { readonly [name: string]: (z: number) => number } = {
  linear: z => z,
  sigmoid: z => 1 / (1 + Math.exp(-z)),
  tanh: Math.tanh,
};

interface Layer {
  readonly w: number[][];
  readonly b: number[];
  readonly name: string;
}

/** Reads the parameters as the file has them: rows of weights, then biases. */
function layersOf({ layers }: Network, inputs: number, parameters: Float64Array): Layer[] {
  let [at, width] = [0, inputs];
  return layers.map(layer => {
    const { units, activation } = layer as DenseLayer;
    const w = Array.from({ length: units }, () => [...parameters.subarray(at, (at += width))]);
    const b = [...parameters.subarray(at, (at += units))];
    width = units;
    return { w, b, name: activation };
  });
}

/** Squared error, every layer with biases. Everything by its definition, in the plainest order. */
export function plainGradient(
  rule: LabRule,
  network: Network,
  { inputs, targets, inputSize, outputSize }: Dataset,
  samples: readonly number[],
  parameters: Float64Array,
): number[] {
  const layers = layersOf(network, inputSize, parameters);
  const last = layers.length - 1;
  const m = samples.length;
  const dw = layers.map(({ w }) => w.map(row => row.map(() => 0)));
  const db = layers.map(({ b }) => b.map(() => 0));
  const two = network.loss.half === rule.lossFactor ? 2 : 1;
  for (const s of samples) {
    const a = [[...inputs.values.subarray(s * inputSize, (s + 1) * inputSize)]];
    const z = layers.map(({ w, b, name }, l) => {
      const sums = w.map((row, j) => row.reduce((sum, x, k) => sum + x * a[l][k], b[j]));
      a.push(sums.map(values[name]));
      return sums;
    });
    let back = a[last + 1].map((out, j) => two * (out - targets[s * outputSize + j]));
    for (let l = last; l >= 0; l--) {
      const slope = z[l].map(slopes[layers[l].name]);
      const drops = { kept: false, hidden: l < last, output: l === last, all: true, update: true };
      const own = back.map((d, j) =>
        rule.slope !== 'update' && drops[rule.slope] ? d : d * slope[j],
      );
      const passed = back.map((d, j) => (drops[rule.slope] ? d : d * slope[j]));
      own.forEach((d, j) => {
        a[l].forEach((x, k) => (dw[l][j][k] += d * x));
        db[l][j] = rule.biasSum ? d : db[l][j] + d;
      });
      const { w } = layers[l];
      const swap = rule.transpose && w.length === a[l].length;
      back = a[l].map((_, k) =>
        passed.reduce((sum, d, j) => sum + (swap ? w[k][j] : w[j][k]) * d, 0),
      );
    }
  }
  const divisor = { sum: 1, mean: m, meanAll: m * outputSize }[network.loss.reduction];
  const factor = rule.reduction ? 1 : 1 / divisor;
  const sign = rule.sign ? -1 : 1;
  const { l2, bias } = network.regularization;
  // λ/2m · θ², so λ/m · θ
  const penalty = (theta: number, counts: boolean): number =>
    rule.penalty !== 'forgotten' && counts ? (l2 / m) * theta : 0;
  return layers.flatMap(({ w, b }, l) => [
    ...w.flatMap((row, j) => row.map((x, k) => sign * (factor * dw[l][j][k] + penalty(x, true)))),
    ...b.map((x, j) => sign * (factor * db[l][j] + penalty(x, bias || rule.penalty === 'biases'))),
  ]);
}
