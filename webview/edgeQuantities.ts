/** What colours the edges: one row a quantity, with its words and where its numbers lie in a view. */
import type { Statistics } from '../src/engine/facts';
import type { LayerColumns } from '../src/engine/inspect/view';
import type { StringKey } from './strings';
import type { EdgeQuantity } from './viewState';

interface EdgeNumbers {
  /** The word on a button. */
  readonly word: StringKey;
  /** What choosing it does, on the canvas and in the matrix. */
  readonly label: StringKey;
  readonly cells: StringKey;
  readonly legend: StringKey;
  readonly band: StringKey;
  readonly pixel: StringKey;
  /** Offsets of the shown weights and biases; −1 where there are none. */
  weights(layer: LayerColumns): number;
  biases(layer: LayerColumns): number;
  /** Where not each of them is drawn. */
  all(layer: LayerColumns): Statistics | undefined;
}

export const edgeQuantities: { readonly [Q in EdgeQuantity]: EdgeNumbers } = {
  weight: {
    word: 'view.weight',
    label: 'view.edgesWeight',
    cells: 'matrix.weights',
    legend: 'legend.weight',
    band: 'canvas.bandWeights',
    pixel: 'matrix.pixelWeights',
    weights: ({ weights }) => weights,
    biases: ({ bias }) => bias,
    all: ({ weightStatistics }) => weightStatistics,
  },
  gradient: {
    word: 'view.gradient',
    label: 'view.edgesGradient',
    cells: 'matrix.gradients',
    legend: 'legend.gradient',
    band: 'canvas.bandGradients',
    pixel: 'matrix.pixelGradients',
    weights: ({ gradients }) => gradients,
    biases: ({ biasGradient }) => biasGradient,
    all: ({ gradientStatistics }) => gradientStatistics,
  },
  update: {
    word: 'view.update',
    label: 'view.edgesUpdate',
    cells: 'matrix.updates',
    legend: 'legend.update',
    band: 'canvas.bandUpdates',
    pixel: 'matrix.pixelUpdates',
    weights: ({ updates = -1 }) => updates,
    biases: ({ biasUpdate = -1 }) => biasUpdate,
    all: ({ updateStatistics }) => updateStatistics,
  },
};

export const edgeQuantityNames = Object.keys(edgeQuantities) as readonly EdgeQuantity[];
