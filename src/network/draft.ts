/**
 * What a document says, as far as it can be understood: defaults are filled in, and a value that
 * `structure.ts` has refused is undefined, so that the rules of `validate.ts` judge only what is known.
 */
import type { Node } from 'jsonc-parser';
import {
  clipSettings,
  dataSettings,
  idxSettings,
  inputSettings,
  lossSettings,
  networkSettings,
  optimizerSettings,
  regularizationSettings,
  scheduleSettings,
  splitSettings,
  stopSettings,
  trainingSettings,
  weightsSettings,
} from './catalog';
import { withUnits } from './draftShapes';
import { readExpectations } from './expectationRules';
import { readLayers, typeOf } from './layerDraft';
import type { LayerDraft } from './layerDraft';
import type {
  Clip,
  DataSource,
  Network,
  Optimizer,
  OptimizerName,
  Schedule,
  ScheduleName,
} from './network';
import type { NumberSetting } from './setting';
import { sizeOf } from './shapes';
import { child, elements } from './tree';
import { choice, flag, nullable, number, numbers, text, texts } from './values';
import { generators, optimizers, schedules } from './vocabulary';

/** Every value may be missing because it is wrong in the text. */
export type Draft<T> = { readonly [K in keyof T]: T[K] | undefined };

export interface NetworkDraft extends Omit<Draft<Network>, 'layers' | 'loss' | 'training'> {
  readonly layers: readonly LayerDraft[];
  readonly loss: Draft<Network['loss']>;
  readonly training: Draft<Omit<Network['training'], 'optimizer' | 'schedule' | 'clip'>> & {
    readonly optimizer: Draft<Optimizer>;
    readonly schedule: Draft<Schedule>;
    readonly clip: Draft<Clip>;
  };
}

/** What the document says; in a document without errors it is the network. */
export function readDraft(root: Node): NetworkDraft {
  const settings = networkSettings;
  const notation = choice(child(root, 'notation'), settings.notation);
  const data = child(root, 'data');
  const weights = child(root, 'weights');
  const input = readInput(child(root, 'input'));
  const expect = child(root, 'expect');
  return {
    version: 1,
    name: text(child(root, 'name'), settings.name),
    ...(notation && { notation }),
    seed: number(child(root, 'seed'), settings.seed),
    input,
    layers: withUnits(readLayers(child(root, 'layers')), input),
    loss: readLoss(child(root, 'loss')),
    regularization: readRegularization(child(root, 'regularization')),
    training: readTraining(child(root, 'training')),
    ...(weights && { weights: readWeights(weights) }),
    ...(data && { data: readData(data) }),
    ...(expect && { expect: readExpectations(expect) }),
  };
}

function readInput(node: Node | undefined): Network['input'] | undefined {
  const shape = numbers(child(node, 'shape'), inputSettings.shape.item as NumberSetting);
  if (!shape || shape.length === 0) return undefined;
  const names = texts(child(node, 'names'));
  return names?.length === sizeOf(shape) ? { shape, names } : { shape };
}

function readLoss(node: Node | undefined): NetworkDraft['loss'] {
  return {
    type: choice(child(node, 'type'), lossSettings.type),
    half: flag(child(node, 'half'), lossSettings.half),
    reduction: choice(child(node, 'reduction'), lossSettings.reduction),
  };
}

function readRegularization(node: Node | undefined): Network['regularization'] | undefined {
  const settings = regularizationSettings;
  const l2 = number(child(node, 'l2'), settings.l2);
  const l1 = number(child(node, 'l1'), settings.l1);
  const scale = choice(child(node, 'scale'), settings.scale);
  const bias = flag(child(node, 'bias'), settings.bias);
  if (l2 === undefined || l1 === undefined || !scale || bias === undefined) return undefined;
  return { l2, l1, scale, bias };
}

function readTraining(node: Node | undefined): NetworkDraft['training'] {
  const settings = trainingSettings;
  const batch = child(node, 'batchSize');
  return {
    precision: choice(child(node, 'precision'), settings.precision),
    optimizer: readOptimizer(child(node, 'optimizer')),
    schedule: readSchedule(child(node, 'schedule')),
    clip: readClip(child(node, 'clip')),
    batchSize: batch?.value === 'all' ? 'all' : batchSize(batch),
    epochs: number(child(node, 'epochs'), settings.epochs),
    shuffle: flag(child(node, 'shuffle'), settings.shuffle),
    stop: readStop(child(node, 'stop')),
  };
}

function batchSize(node: Node | undefined): number | 'all' | undefined {
  const setting = trainingSettings.batchSize;
  return node ? number(node, setting.number) : setting.default;
}

function readOptimizer(node: Node | undefined): Draft<Optimizer> {
  const settings = optimizerSettings;
  const type = typeOf(node, settings.type);
  const read = (key: NumericOptimizerKey): number | undefined => {
    const setting = optimizerDefault(type ?? 'sgd', key);
    return number(child(node, key), { ...settings[key], default: setting });
  };
  return {
    type,
    learningRate: read('learningRate'),
    momentum: read('momentum'),
    nesterov: flag(child(node, 'nesterov'), settings.nesterov),
    decay: read('decay'),
    beta1: read('beta1'),
    beta2: read('beta2'),
    epsilon: read('epsilon'),
    weightDecay: read('weightDecay'),
  };
}

type NumericOptimizerKey = Exclude<keyof typeof optimizerSettings, 'type' | 'nesterov'>;

/** What a setting is when the file leaves it out; it may differ from optimizer to optimizer. */
export function optimizerDefault(type: OptimizerName, key: NumericOptimizerKey): number {
  return optimizers[type].defaults[key] ?? optimizerSettings[key].default ?? 0;
}

function readSchedule(node: Node | undefined): Draft<Schedule> {
  const settings = scheduleSettings;
  const type = typeOf(node, settings.type);
  const factor = { ...settings.factor, default: scheduleDefault(type ?? 'constant', 'factor') };
  return {
    type,
    every: number(child(node, 'every'), settings.every),
    factor: number(child(node, 'factor'), factor),
    minimum: number(child(node, 'minimum'), settings.minimum),
    warmUp: number(child(node, 'warmUp'), settings.warmUp),
  };
}

/** As {@link optimizerDefault}. */
function scheduleDefault(
  type: ScheduleName,
  key: Exclude<keyof typeof scheduleSettings, 'type'>,
): number {
  return schedules[type].defaults[key] ?? scheduleSettings[key].default ?? 0;
}

function readClip(node: Node | undefined): Draft<Clip> {
  return {
    norm: nullable(child(node, 'norm'), clipSettings.norm),
    value: nullable(child(node, 'value'), clipSettings.value),
  };
}

function readStop(node: Node | undefined): Network['training']['stop'] | undefined {
  const targetLoss = nullable(child(node, 'targetLoss'), stopSettings.targetLoss);
  const patience = nullable(child(node, 'patience'), stopSettings.patience);
  const maxSeconds = nullable(child(node, 'maxSeconds'), stopSettings.maxSeconds);
  if (targetLoss === undefined || patience === undefined || maxSeconds === undefined)
    return undefined;
  return { targetLoss, patience, maxSeconds };
}

function readWeights(node: Node): Network['weights'] {
  const file = text(child(node, 'file'), weightsSettings.file);
  const sha256 = text(child(node, 'sha256'), weightsSettings.sha256);
  return file && sha256 ? { file, sha256 } : undefined;
}

function readData(node: Node): Network['data'] {
  const source = readSource(node);
  const split = child(node, 'split');
  const validation = number(child(split, 'validation'), splitSettings.validation);
  const normalize = choice(child(node, 'normalize'), dataSettings.normalize);
  if (!source || validation === undefined || !normalize) return undefined;
  return { source, validation, normalize };
}

function readSource(node: Node): DataSource | undefined {
  const inline = child(node, 'inline');
  if (inline) return readInline(inline);
  if (child(node, 'generator')) return readGenerator(node);
  const idx = child(node, 'idx');
  if (idx) return readIdx(idx);
  const path = text(child(node, 'csv'), dataSettings.csv);
  const inputs = texts(child(node, 'inputs'));
  const single = child(node, 'target');
  const target = single?.type === 'string' ? (single.value as string) : texts(single);
  if (!path || !target) return undefined;
  return { type: 'csv', path, ...(inputs && { inputs }), target };
}

function readInline(node: Node): DataSource | undefined {
  const samples = elements(node).map(sample => ({
    x: numbers(child(sample, 'x')),
    y: numbers(child(sample, 'y')),
  }));
  const known = samples.flatMap(({ x, y }) => (x && y ? [{ x, y }] : []));
  return known.length === samples.length ? { type: 'inline', samples: known } : undefined;
}

function readIdx(node: Node): DataSource | undefined {
  const images = text(child(node, 'images'), idxSettings.images);
  const labels = text(child(node, 'labels'), idxSettings.labels);
  return images && labels ? { type: 'idx', images, labels } : undefined;
}

function readGenerator(node: Node): DataSource | undefined {
  const name = choice(child(node, 'generator'), dataSettings.generator);
  if (!name) return undefined;
  const { samples: usual, noise: usualNoise } = generators[name];
  const samples = number(child(node, 'samples'), { ...dataSettings.samples, default: usual });
  const noise = number(child(node, 'noise'), { ...dataSettings.noise, default: usualNoise });
  if (samples === undefined || noise === undefined) return undefined;
  return { type: 'generator', name, samples, noise };
}
