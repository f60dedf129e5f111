/** What the two instruments of the inspector say (a pushed z, a slice through the loss), in English. */
export const whatIfEnglish = {
  'whatIf.demon': 'Push {0}',
  'whatIf.slice': '{0} along {1}',
  'whatIf.allSamples': 'over all {0} training samples',
  'whatIf.oneSample': 'of this sample alone',
  'whatIf.slider': 'Push {0}',
  'whatIf.number': 'Size of the push {0}',
  'whatIf.reset': 'Take the push back to 0',
  'whatIf.sliderValue': '{0} = {1}: predicted {2}, true {3}',
  'whatIf.predicted': 'predicted, along the tangent',
  'whatIf.true': 'true, on the curve',
  'whatIf.gap': 'gap: true − predicted',
  'whatIf.gapShare': '{0} of the prediction',
  'whatIf.gapTiny': 'less than {0} of the prediction',
  'whatIf.why':
    'The prediction is only the linear part: the tangent. The gap is what the curve bends away from it.',
  'whatIf.helpDown': '{0} is positive: a small push down makes the loss smaller.',
  'whatIf.helpUp': '{0} is negative: a small push up makes the loss smaller.',
  'whatIf.helpNone': '{0} is 0: a small push changes next to nothing.',
  'whatIf.saturated':
    'Saturated, not optimal: the slope is nearly 0 because the activation is flat here. See whether a large push lowers the loss.',
  'whatIf.onlySample': 'To push {0}, choose one sample: over all of them it has many values.',
  'whatIf.left': '{0} is positive, so gradient descent moves left, to a smaller value.',
  'whatIf.right': '{0} is negative, so gradient descent moves right, to a larger value.',
  'whatIf.flat': '{0} is 0: gradient descent stays here.',
  'whatIf.against':
    'This step goes the other way: momentum or the penalty weighs more than the slope here.',
  'whatIf.stands': 'This step does not move it: the learning rate here is 0.',
  'whatIf.sampleStep':
    'The step also descends the penalty, which this curve of one sample leaves out.',
  'whatIf.outside': 'The next step ends outside the picture: zoom out to see it.',
  'whatIf.zoomIn': 'Half the range',
  'whatIf.zoomOut': 'Twice the range',
  'whatIf.keyCurve': 'loss',
  'whatIf.keyTangent': 'tangent',
  'whatIf.keyHere': 'now',
  'whatIf.keyNext': 'next step',
  'whatIf.picture':
    '{0} against {1} from {2} to {3}. Lowest {4} at {5}, highest {6} at {7}. Slope here {8}.',
  'whatIf.nothing': 'In this range the loss is not finite.',
  'whatIf.reading': 'Computing the curve…',
  'whatIf.failed': 'No curve: {0}',
} as const;
