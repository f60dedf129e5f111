/** What the results of a gradcheck say beside the report's own words, in English. */
export const checkedEnglish = {
  'checked.open': 'All results',
  'checked.title': 'Gradcheck',
  'checked.close': 'Close the results (Esc)',
  'checked.copy': 'Copy the report as Markdown',
  'checked.copied': 'The report is on the clipboard.',
  'checked.layers': 'Layers',
  'checked.all': 'All layers',
  'checked.weights': 'Layer {0}, weights',
  'checked.bias': 'Layer {0}, biases',
  'checked.weightsShort': 'weights',
  'checked.biasShort': 'biases',
  'checked.picture':
    '{0}: {1} × {2} parameters, the worst is {3} with an error of {4}. A click selects it; the table has all of them.',
  'checked.block': 'Each cell shows the worst of a block of parameters.',
  'checked.doubtful': 'Only what does not simply agree',
  'checked.none': 'Nothing here.',
  'checked.more': '{0} more of {1}',
  'checked.sort': 'Sort by {0}',
  'checked.inText': 'Show in the text',
  'checked.curve': 'Error by step h: {0}',
  'checked.curveWords':
    'The smallest error, {0}, is at h = {1}; larger steps cut off too much, smaller ones are rounded.',
  'checked.choose': 'Choose a parameter to see how its difference depends on the step.',
  'checked.failure': 'The results could not be shown: {0}',
} as const;
