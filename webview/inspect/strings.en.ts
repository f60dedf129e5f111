/** What cards say, in English. */

export const inspectEnglish = {
  'pin.pin': 'Pin this card beside others (P)',
  'pin.unpin': 'Unpin: close the pinned card (P)',
  'pin.label': 'Pinned cards',
  'pin.card': 'Pinned: {0}',
  'pin.close': 'Close the pinned card of {0} (Esc)',
  'pin.move':
    'Move the card of {0}: drag its head, or use the arrow keys; Home puts it back in line',
  'pin.full':
    'Three cards are pinned, and more would hide the picture. Close one of them first: nothing that you have pinned goes by itself.',
  'pin.nothing': 'Point at an edge, a neuron, a layer or the loss, then press P to pin its card.',
  'pin.none': 'No card is pinned. Point at something and press P.',
  'pin.pinned': 'Pinned, card {0} of {1}: {2}',
  'pin.closed': 'The pinned card is closed: {0}',
  'pin.gone': 'The network no longer has what was pinned, so its card is closed: {0}',
  'pin.difference': 'Difference to the first pinned card: {0}',
  'pin.first': 'Δ of the other cards is to this one',
  'pin.to': 'to {0}',

  'curve.words':
    'Activation f and slope f′ for z from −{3} to {3}. This neuron: z = {0}, f(z) = {1}, f′(z) = {2}.',
  'curve.value': 'f',
  'curve.slope': 'f′',
  'curve.here': '┆ z',

  'card.sample': 'sample {0}',
  'card.training': 'training part, {0} samples',
  'card.notYet': '? is what the pass has not come to yet.',

  'copy.label': 'Copy',
  'copy.value': 'Copy the value, all digits',
  'copy.latex': 'Copy as LaTeX, with the digits that are shown',
  'copy.markdown': 'Copy as Markdown, with the digits that are shown',
  'copy.doneValue': 'Copied: {0}',
  'copy.doneLatex': 'Copied as LaTeX',
  'copy.doneMarkdown': 'Copied as Markdown',
} as const;
