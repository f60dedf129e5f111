/** What the view of a layer in matrices says, in English. */
export const matricesEnglish = {
  'matrices.label': 'The layer in matrices',
  'matrices.title': '{0} in matrices',
  'matrices.view': 'How formulas are shown',
  'matrices.scalar': 'scalar',
  'matrices.scalarHint': 'scalar: number by number, beside the picture of the network',
  'matrices.matrix': 'matrix',
  'matrices.matrixHint': 'matrix: the rules of the layer as matrices with their numbers (Shift+M)',
  'matrices.close': 'Back to the picture',
  'matrices.previous': 'Previous layer',
  'matrices.next': 'Next layer',
  'matrices.bias': 'Where biases stand',
  'matrices.biasColumn': 'bias as a column',
  'matrices.biasColumnHint': 'bias as a column of the weights, on a unit that is 1',
  'matrices.biasApart': 'bias apart',
  'matrices.biasApartHint': 'bias apart, as a vector of its own',
  'matrices.loading': 'Reading the numbers…',
  'matrices.failed': 'The matrices could not be read: {0}',
  'matrices.rest':
    'Rest on a number, or move to it with the arrow keys, to see what it is made of.',
  'matrices.cell': '{0}, {1}',
  'matrices.goesInto': '{0} goes into the marked numbers of {1}.',
} as const;
