/**
 * What the perceptron rule (Rosenblatt 1958) would change: Δw = −η (a − y) x. It needs no derivative, so a single
 * layer of steps can learn by it where gradient descent cannot. Training itself stays gradient descent.
 */
import type { Network } from '../../network/network';
import type { Arena } from '../arena';
import type { PerceptronFacts, PerceptronSample } from '../facts';
import type { BatchPass } from './batchPass';
import type { SamplePass } from './samplePass';

/** The rule is for one layer only: nothing tells a layer behind which its own targets are. */
export function isPerceptron({ layers }: Network): boolean {
  const [layer, ...others] = layers;
  return others.length === 0 && layer?.type === 'dense' && layer.activation === 'step';
}

/** Adds (a − y) x of every sample of a tile, in the file's order; x is 1 for a bias. */
export function addPerceptronTerms(sums: Float64Array, arena: Arena, rows: number): void {
  const { inputs, targets, plan } = arena;
  const { output } = arena.operations[0];
  const { inputSize, outputSize } = plan;
  for (const { kind, offset, columns } of plan.parameterTables) {
    for (let r = 0; r < rows; r++) {
      for (let j = 0; j < outputSize; j++) {
        const off = output[r * outputSize + j] - targets[r * outputSize + j];
        if (off === 0) continue;
        for (let k = 0; k < columns; k++)
          sums[offset + j * columns + k] += off * (kind === 'bias' ? 1 : inputs[r * inputSize + k]);
      }
    }
  }
}

interface Place {
  readonly row: number;
  /** Of a weight; absent for a bias. */
  readonly column: number | undefined;
}

/** Of one sample. */
export function perceptronOfSample(sample: SamplePass, { row, column }: Place): PerceptronFacts {
  const { input, target, layers, index } = sample;
  const one: PerceptronSample = {
    index,
    output: layers[0].activation[row],
    target: target[row],
    source: column === undefined ? 1 : input[column],
  };
  return { samples: [one], more: { count: 0, sum: 0 }, sum: termOf(one), factor: 1 };
}

/** Of the training part, reduced as its loss is. */
export function perceptronOfBatch(
  { kept, samples: count, reductionFactor, perceptronTerms = new Float64Array() }: BatchPass,
  { row, column }: Place,
  index: number,
): PerceptronFacts {
  const samples = kept.map(({ index, activations: [input, outputs], targets }) => ({
    index,
    output: outputs[row],
    target: targets[row],
    source: column === undefined ? 1 : input[column],
  }));
  const named = samples.reduce((sum, sample) => sum + termOf(sample), 0);
  const sum = perceptronTerms[index];
  const left = count - samples.length;
  return {
    samples,
    more: { count: left, sum: left === 0 ? 0 : sum - named },
    sum,
    factor: reductionFactor,
  };
}

const termOf = ({ output, target, source }: PerceptronSample): number => (output - target) * source;
