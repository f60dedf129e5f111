import { imageEnglish } from './imageWords.en';
import type { MatrixWords } from './words';

/** What is said beside matrices, in English. */
export const matrixEnglish: MatrixWords = {
  sections: {
    forward: 'Forward',
    backward: 'Backward',
    gradient: 'Gradient',
    batch: 'Gradient over all samples',
  },
  steps: {
    weightedInput: 'weighted inputs',
    activation: 'activations',
    slope: 'slopes',
    outputGradient: 'effect on the loss',
    carried: 'carried error',
    inputGradient: 'effect of the inputs on the loss',
    error: 'error terms',
    weightGradient: 'weight gradients',
    biasGradient: 'bias gradients',
    broadcast: 'the same, written with ⊙',
    weightPenalty: 'penalty part of the weights',
    biasPenalty: 'penalty part of the biases',
  },
  notes: {
    hadamard: '⊙ multiplies element by element: [1, 2] ⊙ [3, 4] = [3, 8].',
    broadcast:
      'This ⊙ broadcasts: its right side is one column, which stands for as many columns as the left side has. The outer product above needs no such rule.',
    jacobian:
      'Each activation of a softmax hangs on every z, so its slope is a full matrix, the Jacobian ∂aⱼ/∂zₖ = aⱼ([j = k] − aₖ). It is multiplied as a matrix: ⊙ with one slope each would be wrong.',
    fused:
      'The loss and the activation are differentiated together, so the slope cancels: no ⊙ f′(z) remains.',
    transposed:
      'The weights of the next layer, transposed: row j here is their column j, all weights that leave neuron j.',
    rows: 'With row vectors the weights of the next layer are not transposed: their column j holds all weights that leave neuron j.',
    noBiasColumn: 'The bias column takes no part: the unit 1 has no error.',
    biasNotPenalised: 'Biases are not penalised: their part is 0.',
    asItIs: 'Values go through a merge as they are, and so do errors: no weights, no transposing.',
    noParameters: 'This layer has no weights and no biases.',
    onlySample:
      'Forward and backward belong to one sample. Over all samples there is the sum of their gradients.',
    inputs:
      'Inputs have no weights before them and no error terms; ∂/∂x is shown under its own name.',
    accumulated:
      'Σ is accumulated sample by sample; then come the reduction and the penalty, each a number of its own.',
    onePlace:
      'Every place of the image adds such a product: that of the shown one, and the sum of all others.',
    sentBack: imageEnglish.notes.sentBack,
    featurewise:
      'γ and β belong to one value each, so they make no matrix: the card of a neuron shows how it is normalised.',
    noMatrix:
      'A window without weights has no matrix: the card of a neuron shows the numbers under its window.',
  },
  unit: 'bias, on a unit that is 1',
  size: (rows, columns) => `${rows} × ${columns}`,
  weightSize: (name, rows, columns) => `${name}: ${rows} × ${columns}`,
  weightSizeWithBias: (name, rows, columns, column) =>
    `${name}: ${rows} × (${columns} + 1), with the bias as column ${column}`,
  cell: (matrix, row, column) => [matrix, row, column].filter(part => part !== '').join(', '),
};
