/** The designer's strings in English: the table every other language is checked against. */

import { canvasEnglish } from './canvas/strings.en';
import { chartEnglish } from './training/strings.en';
import { dataEnglish } from './data/strings.en';
import { designEnglish } from './design/strings.en';
import { inspectEnglish } from './inspect/strings.en';
import { checkedEnglish } from './gradcheck/strings.en';
import { compareEnglish } from './compare/strings.en';
import { healthEnglish } from './health/strings.en';
import { whatIfEnglish } from './inspect/whatIfStrings.en';
import { labEnglish } from './lab/strings.en';
import { predictEnglish } from './predict/strings.en';
import { matricesEnglish } from './matrices/strings.en';
import { pastEnglish } from './past/strings.en';
import { propertiesEnglish } from './properties/strings.en';
import { resultsEnglish } from './results/strings.en';
import { steppingEnglish } from './stepping/strings.en';

export const english = {
  ...canvasEnglish,
  ...chartEnglish,
  ...dataEnglish,
  ...designEnglish,
  ...inspectEnglish,
  ...matricesEnglish,
  ...pastEnglish,
  ...propertiesEnglish,
  ...resultsEnglish,
  ...steppingEnglish,
  ...whatIfEnglish,
  ...healthEnglish,
  ...labEnglish,
  ...checkedEnglish,
  ...compareEnglish,
  ...predictEnglish,

  'mark.item': ', ',
  'mark.comma': ', ',
  'mark.colon': ': ',
  'mark.semicolon': '; ',

  'app.loading': 'Opening the network…',
  'app.failed': 'The designer could not be started: {0}',
  'app.retry': 'Try again',
  'app.readOnly': 'Read-only',
  'app.stale':
    'This is the last valid version. The text has an error; nothing is written until it is repaired.',
  'app.sketch':
    'What is wrong is left out of the picture. Nothing is computed or written until the text is repaired.',
  'empty.title': 'No network yet',
  'empty.broken': 'This text cannot be drawn until its errors are repaired.',
  'empty.choose': 'This file is empty. Start from one of these, or write it as text.',
  'template.blank': 'Blank',
  'template.blankHint': '2-3-1 without data: a start of your own',
  'template.xor': 'XOR',
  'template.xorHint': 'Four samples: the smallest problem that needs a hidden layer',
  'template.spiral': 'Two spirals',
  'template.spiralHint': '400 generated samples with a validation part: classification',
  'template.sine': 'Sine curve',
  'template.sineHint': '200 generated samples with a validation part: regression',
  'empty.open': 'Open as text',

  'banner.error': 'line {0}, column {1}: {2}',
  'banner.more': 'and {0} more in the Problems panel',
  'banner.show': 'show in text',
  'banner.dismiss': 'Dismiss',
  'banner.noData':
    'Training needs data. Add a “data” block to the network: samples of your own, a generator such as xor, or a CSV file.',
  'banner.chooseData': 'Choose data…',
  'banner.diverged':
    'Training stopped: {0} became {1} in {2} (epoch {3}, batch {4}, step {5}). The last finite weights were kept. The learning rate was {6}; try a smaller one.',
  'banner.divergedLoss':
    'Training stopped: the loss became {0} (epoch {1}, batch {2}, step {3}). The last finite weights were kept. The learning rate was {4}; try a smaller one.',
  'banner.setRate': 'Set learning rate {0}',
  'unfinished.engine':
    'The training engine stopped in the middle of the training ({2}), and has started again. What was trained is kept up to epoch {0} of {1}; the file is as it was.',
  'unfinished.window':
    'A training of this network was cut off. It is kept up to epoch {0} of {1}; the file is as it was.',
  'unfinished.misfit': 'A training was cut off at epoch {0} of {1}, and cannot go on. {2}',
  'unfinished.continue': 'Continue from epoch {0}',
  'unfinished.continueOf': 'Continue training (epoch {0} of {1})',
  'unfinished.later': 'Not now',
  'unfinished.discard': 'Discard',
  'quantity.weightedInput': 'a weighted input z',
  'quantity.activation': 'an activation',
  'quantity.loss': 'the loss',
  'quantity.gradient': 'a gradient',
  'quantity.parameter': 'a parameter',

  'toolbar.label': 'Training',
  'toolbar.train': 'Train',
  'toolbar.resume': 'Resume training',
  'toolbar.pause': 'Pause',
  'toolbar.stepEpoch': 'Step one epoch',
  'toolbar.stepBatch': 'Step one batch',
  'toolbar.stepSample': 'Step one sample',
  'toolbar.epoch': 'epoch',
  'toolbar.batch': 'batch',
  'toolbar.sample': 'sample',
  'toolbar.step': 'Step',
  'toolbar.reset': 'Reset to start: the same weights again',
  'toolbar.newSeed': 'New seed: other initial weights',
  'toolbar.gradcheck': 'Gradcheck: compare every gradient with finite differences',
  'toolbar.openText': 'Open as text',
  'status.epoch': 'epoch {0}',
  'status.now': 'run: {0}',
  'status.loss': 'loss {0}',
  'status.settling': 'computing the loss…',
  'status.accuracy': 'accuracy {0}',
  'status.learningRate': 'rate {0}',
  'status.validationAccuracy': 'accuracy {0} (validation)',
  'status.r2': 'R² {0}',
  'status.validationR2': 'R² {0} (validation)',
  'status.idle': 'ready',
  'status.running': 'training',
  'status.paused': 'paused',
  'status.finished': 'finished',
  'status.diverged': 'diverged',
  'status.noData': 'no data',
  'reason.epochs': 'all epochs done',
  'reason.targetLoss': 'target loss reached',
  'reason.patience': 'no better loss for a while',
  'reason.maxSeconds': 'time limit reached',

  'view.label': 'What the canvas shows',
  'view.edges': 'Edges',
  'view.neurons': 'Neurons',
  'view.weight': 'weight',
  'view.gradient': 'gradient',
  'view.update': 'update',
  'view.activation': 'activation',
  'view.edgesWeight': 'Colour edges by weight',
  'view.edgesGradient': 'Colour edges by gradient {0}',
  'view.edgesUpdate': 'Colour edges by {0}, the update that the next step would make',
  'view.neuronsActivation':
    'Colour neurons by activation: full at 1 where it is bounded, else at the end of the layer’s scale',
  'view.neuronsDelta': 'Colour neurons by {0}',
  'scope.label': 'Samples',
  'scope.sample': 'one sample',
  'scope.batch': 'training part',
  'scope.sampleHint': 'Numbers of one sample',
  'scope.batchHint': 'Numbers of the whole training part',
  'scope.number': 'Number of the sample',
  'scope.of': 'of {0} · {1}',
  'scope.target': 'target {0}',
  'scope.class': 'class {0}',
  'scope.all': '{0} samples',
  'scope.training': 'training part',
  'scope.validation': 'validation part',
  'scope.previous': 'Previous sample',
  'scope.next': 'Next sample',
  'scope.none': 'no data',

  'canvas.label':
    'Network {0}. Arrow keys move between layers and neurons, brackets along the file, E follows edges, B the bias, M opens the matrix, T the table, Enter selects, on an edge it edits the number.',
  'canvas.loss': 'loss',
  'canvas.captionInput': 'input {0}',
  'canvas.captionLayer': '{0} {1} · {2}',
  'canvas.parameters': '{0} parameters',
  'canvas.oneParameter': '1 parameter',
  'canvas.features': 'features',
  'canvas.hidden': '⋯ {0} more ⋯',
  'canvas.hiddenMaps': '⋯ {0} more channels ⋯',
  'canvas.maps': 'Channels of {0}',
  'canvas.hiddenRange': 'neurons {0}–{1} are not drawn',
  'canvas.target': 'target {0}',
  'legend.weight': 'edges: weight',
  'legend.gradient': 'edges: gradient',
  'legend.update': 'edges: next update',
  'legend.neurons': 'neurons:',
  'legend.activation': 'neurons: activation',
  'legend.delta': 'neurons: {0}',
  'legend.byLayer': 'by layer',
  'legend.log': 'log from {0}',
  'legend.labelLog':
    'Scale of the edges, logarithmic from ±{1} to ±{0}; what is smaller looks like 0; negative values are dashed',
  'legend.fullLog':
    'A circle is filled by orders of magnitude, in all layers alike: empty up to {1}, in full at {0}; a negative value has a dashed rim.',
  'legend.full':
    'A circle is filled in full at {0}, in all layers alike; a negative value has a dashed rim.',
  'legend.fullBy':
    'Each layer has its own scale, so compare colours within one. A circle is filled in full at: {0}. A negative value has a dashed rim.',
  'legend.label': 'Scale of the edges, linear from −{0} to {0}; negative values are dashed',

  'card.show': 'show in text',
  'card.failed': 'No numbers yet: {0}',
  'card.loading': 'Reading the numbers…',
  'error.noData':
    'Gradients and training need data, and this network has none. Add a “data” block: samples of your own, a generator such as xor, or a CSV file.',

  'inspector.label': 'Inspector',
  'inspector.toggle': 'Inspector',
  'inspector.sizes': 'sizes',
  'inspector.sizesSummary': '{0} layers · {1} → {2}',
  'inspector.parameters': 'parameters',
  'inspector.noData': 'none',
  'inspector.badData': 'cannot be used',
  'inspector.readingData': 'reading…',
  'inspector.dataValue': '{0} training, {1} validation',
  'inspector.seed': 'seed',
  'inspector.notation': 'notation',
  'inspector.layers': 'Layers',
  'inspector.layer': 'Layer {0}',
  'inspector.inputLayer': 'Input',
  'inspector.units': 'units',
  'inspector.fewer': 'One unit fewer',
  'inspector.more': 'One unit more',
  'inspector.shape': 'weights',
  'inspector.addLayer': 'Add layer after',
  'inspector.addLayerBefore': 'Add layer before',
  'inspector.removeLayer': 'Remove layer',
  'inspector.hints': 'Point at an edge, a neuron or a bias to see its gradient.',
  'inspector.issues': 'To know',
  'inspector.back': 'Network',
  'inspector.names': 'names',

  'gradcheck.running': 'Gradcheck: {0} of {1} compared',
  'gradcheck.cancel': 'Cancel',
  'gradcheck.ok': 'Gradcheck: {0} of {1} agree, worst {2} at',
  'gradcheck.okNoWorst': 'Gradcheck: {0} of {1} agree',
  'gradcheck.bad': 'Gradcheck: {0} of {1} do not agree, worst {2} at',
  'gradcheck.kinks': '{0} at a kink',
  'gradcheck.flat': '{0} behind a step activation',
  'gradcheck.partial': '{0} of {1} parameters',
  'gradcheck.directions': '{0} of {1} random directions agree',
  'gradcheck.all': 'Check all, about {0} s',
  'gradcheck.stale': 'before the latest change',
  'gradcheck.failed': 'Gradcheck could not run: {0}',
  'gradcheck.analytic': 'analytic {0}',
  'gradcheck.numeric': 'numeric {0}',
  'gradcheck.error': 'error {0}',
  'gradcheck.close': 'Close the result',

  'speak.selected': '{0} selected',
  'speak.structure': 'The network is now {0}.',
  'speak.textChanged': 'The text has changed.',
} as const;

export type StringKey = keyof typeof english;
export type StringTable = { readonly [K in StringKey]: string };
