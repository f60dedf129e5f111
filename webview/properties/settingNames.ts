/** What settings are called in the forms, in English: by the path in the catalogue, layers without their index. */

export const settingNames = {
  name: 'name',
  notation: 'notation',
  seed: 'seed',
  input: 'input',
  'input.shape': 'size',
  'input.names': 'names',
  layers: 'layers',
  'layers.type': 'type',
  'layers.id': 'id',
  'layers.from': 'from',
  'layers.units': 'units',
  'layers.filters': 'filters',
  'layers.kernel': 'kernel',
  'layers.size': 'window',
  'layers.stride': 'stride',
  'layers.padding': 'padding',
  'layers.rate': 'rate',
  'layers.epsilon': 'ε',
  'layers.momentum': 'momentum',
  'layers.activation': 'activation',
  'layers.useBias': 'use bias',
  'layers.init': 'initial weights',
  'layers.init.type': 'initial weights',
  'layers.init.value': 'value',
  'layers.init.scale': 'scale',
  'layers.learningRateScale': 'rate factor',
  loss: 'loss',
  'loss.type': 'loss',
  'loss.half': 'half of the square (½)',
  'loss.reduction': 'reduction',
  regularization: 'penalty',
  'regularization.l2': 'L2, λ',
  'regularization.l1': 'L1, λ',
  'regularization.scale': 'factor',
  'regularization.bias': 'penalise biases too',
  training: 'training',
  'training.precision': 'precision',
  'training.optimizer': 'optimizer',
  'training.optimizer.type': 'optimizer',
  'training.optimizer.learningRate': 'learning rate',
  'training.optimizer.momentum': 'momentum',
  'training.optimizer.nesterov': 'Nesterov momentum',
  'training.optimizer.decay': 'decay',
  'training.optimizer.beta1': 'β₁',
  'training.optimizer.beta2': 'β₂',
  'training.optimizer.epsilon': 'ε',
  'training.optimizer.weightDecay': 'weight decay',
  'training.schedule': 'schedule',
  'training.schedule.type': 'schedule',
  'training.schedule.every': 'every',
  'training.schedule.factor': 'rate factor',
  'training.schedule.minimum': 'least rate',
  'training.schedule.warmUp': 'warm-up',
  'training.clip': 'clipping',
  'training.clip.norm': 'largest norm',
  'training.clip.value': 'largest value',
  'training.batchSize': 'batch size',
  'training.epochs': 'epochs',
  'training.shuffle': 'shuffle each epoch',
  'training.stop': 'stop early',
  'training.stop.targetLoss': 'target loss',
  'training.stop.patience': 'patience',
  'training.stop.maxSeconds': 'time limit',
  data: 'data',
  'data.generator': 'generator',
  'data.samples': 'samples',
  'data.noise': 'noise',
  'data.csv': 'CSV file',
  'data.inputs': 'input columns',
  'data.target': 'target columns',
  'data.idx': 'IDX files',
  'data.idx.images': 'images (IDX)',
  'data.idx.labels': 'labels (IDX)',
  'data.split': 'split',
  'data.split.validation': 'validation part',
  'data.normalize': 'normalize',
} as const;

export type SettingKey = keyof typeof settingNames;

/** The unit behind a number, where it has one. */
export const settingUnits = {
  'training.batchSize': 'samples',
  'training.schedule.every': 'epochs',
  'training.schedule.warmUp': 'epochs',
  'training.stop.patience': 'epochs',
  'training.stop.maxSeconds': 'seconds',
  'data.samples': 'samples',
} as const;

export type UnitKey = keyof typeof settingUnits;

/** What the forms say of settings in one language. */
export interface SettingWords {
  readonly names: { readonly [K in SettingKey]: string };
  readonly units: { readonly [K in UnitKey]: string };
  /** Instead of the catalogue's own words, by its paths; choices as `path:choice`. */
  readonly descriptions: { readonly [key: string]: string };
  readonly choices: { readonly [key: string]: string };
}
