/** Looking back through a training: English. */
export const pastEnglish = {
  'past.slider': 'Moment of training',
  'past.sliderHint':
    'Look back at any kept moment: arrows go from one to the next, Esc back to now.',
  'past.line': 'epoch {0} of {1} · loss {2} — looking back',
  'past.atNow': 'now: epoch {0} · loss {1}',
  'past.reading': 'looking back',
  'past.restore': 'Restore this',
  'past.restoreHint':
    'Writes the weights of this moment into the text, as one undo step, and goes on from there. Training is paused first.',
  'past.now': 'Now',
  'past.nowHint': 'Back to the numbers of now (Esc)',

  'history.value': 'Value so far',
  'history.gradient': 'Gradient so far',
  'history.range': '{0} … {1}',
  'history.words': '{0}, epoch {1} to {2}: from {3} to {4}, smallest {5}, largest {6}.',
  'history.here': 'At epoch {0}: {1}.',
} as const;
