/** All layers side by side: how large their numbers are, how far the next update goes, and how they are spread. */
import type { Scope } from '../facts';
import type { Operation } from '../plan';
import { activationSlope, SATURATED } from './batchPass';
import { cut, gradientOf, parametersOf, tableOf, type Context, type Passed } from './context';
import { histogramOf, joined, rangeOf, type Histogram, type Range } from './histogram';
import { normOf } from './statistics';
import { updatesOf } from './updates';

export interface OverviewRequest {
  readonly scope: Scope;
  /** Histograms of all layers have the same bins, so that they compare. */
  readonly sameBins: boolean;
}

/** What a layer with weights has. Norms are Euclidean, over the weights without the biases. */
export interface WeightsOverview {
  readonly count: number;
  /** |W| */
  readonly norm: number;
  /** |∂C/∂W| */
  readonly gradientNorm: number;
  /** |ΔW| of the next update. */
  readonly updateNorm: number;
  /** |ΔW| / |W|; NaN where all weights are 0. */
  readonly ratio: number;
  readonly values: Histogram;
  readonly gradients: Histogram;
}

export interface LayerOverview {
  readonly layer: number;
  readonly units: number;
  /** Neurons with f′(z) = 0 on every sample of the scope. */
  readonly dead: number;
  /** Neurons with |f′(z)| < 0.01 on more than half of the samples of the scope; dead ones included. */
  readonly saturated: number;
  /** Absent where connections are no parameters. */
  readonly weights?: WeightsOverview;
}

export interface Overview {
  readonly scope: Scope;
  /** Samples in the scope; 0 without data. */
  readonly samples: number;
  /** Without the input. */
  readonly layers: readonly LayerOverview[];
}

export function overviewOf(
  context: Context,
  passed: Passed,
  { scope, sameBins }: OverviewRequest,
): Overview {
  const { operations } = context.plan;
  const parts = operations.map(({ layer }) => partsOf(context, passed, layer));
  const shared = sameBins && {
    values: joined(parts.map(part => part?.range.values)),
    gradients: joined(parts.map(part => part?.range.gradients)),
  };
  return {
    scope,
    samples: passed.type === 'sample' ? 1 : passed.batch.samples,
    layers: operations.map((operation, i) => {
      const part = parts[i];
      const range = shared || part?.range;
      return {
        layer: operation.layer,
        units: operation.units,
        ...stillness(passed, operation),
        ...(part && range && { weights: weightsOverview(part, range) }),
      };
    }),
  };
}

interface Ranges {
  readonly values: Range | undefined;
  readonly gradients: Range | undefined;
}

/** The numbers of one layer's weights. */
interface Parts {
  readonly values: Float64Array;
  readonly gradients: Float64Array;
  readonly updates: Float64Array;
  readonly range: Ranges;
}

function partsOf(context: Context, passed: Passed, layer: number): Parts | undefined {
  const table = tableOf(context.plan, layer, 'weight');
  if (!table) return undefined;
  const values = cut(parametersOf(passed), table);
  const gradients = cut(gradientOf(passed), table);
  return {
    values,
    gradients,
    updates: cut(updatesOf(context, passed), table),
    range: { values: rangeOf(values), gradients: rangeOf(gradients) },
  };
}

function weightsOverview({ values, gradients, updates }: Parts, range: Ranges): WeightsOverview {
  const [norm, gradientNorm, updateNorm] = [values, gradients, updates].map(normOf);
  return {
    count: values.length,
    norm,
    gradientNorm,
    updateNorm,
    ratio: norm === 0 ? NaN : updateNorm / norm,
    values: histogramOf(values, range.values),
    gradients: histogramOf(gradients, range.gradients),
  };
}

function stillness(
  passed: Passed,
  { layer, activation }: Operation,
): Pick<LayerOverview, 'dead' | 'saturated'> {
  if (passed.type === 'batch') {
    const { samples } = passed.batch;
    const neurons = samples === 0 ? [] : passed.batch.neurons[layer + 1];
    return {
      dead: neurons.filter(({ dead }) => dead === samples).length,
      saturated: neurons.filter(({ saturated }) => saturated > samples / 2).length,
    };
  }
  const { z, activation: a } = passed.sample.layers[layer];
  const slopes = Array.from(z, (value, j) => Math.abs(activationSlope(activation, value, a[j])));
  return {
    dead: slopes.filter(slope => slope === 0).length,
    saturated: slopes.filter(slope => slope < SATURATED).length,
  };
}
