/** Which settings stand in which form, in which order: common ones in sight, rarer ones under "More". Pure. */
import type { JsonPath, LayerType } from '../../src/network/network';

export interface FormPaths {
  readonly common: readonly JsonPath[];
  readonly more: readonly JsonPath[];
}

export type GroupName = 'network' | 'input' | 'loss' | 'penalty' | 'training' | 'stop' | 'data';

const optimizer = (key: string): JsonPath => ['training', 'optimizer', key];
const schedule = (key: string): JsonPath => ['training', 'schedule', key];

/** Where nothing is selected. */
export const networkForms: { readonly [G in GroupName]: FormPaths } = {
  network: { common: [['name'], ['seed']], more: [['notation'], ['training', 'precision']] },
  input: { common: [['input', 'shape']], more: [['input', 'names']] },
  training: {
    common: [
      optimizer('type'),
      optimizer('learningRate'),
      optimizer('momentum'),
      optimizer('weightDecay'),
      ['training', 'batchSize'],
      ['training', 'epochs'],
      schedule('type'),
      schedule('every'),
      schedule('factor'),
      schedule('minimum'),
    ],
    more: [
      optimizer('nesterov'),
      optimizer('decay'),
      optimizer('beta1'),
      optimizer('beta2'),
      optimizer('epsilon'),
      schedule('warmUp'),
      ['training', 'clip', 'norm'],
      ['training', 'clip', 'value'],
      ['training', 'shuffle'],
    ],
  },
  stop: {
    common: [
      ['training', 'stop', 'targetLoss'],
      ['training', 'stop', 'patience'],
      ['training', 'stop', 'maxSeconds'],
    ],
    more: [],
  },
  loss: {
    common: [
      ['loss', 'type'],
      ['loss', 'half'],
      ['loss', 'reduction'],
    ],
    more: [],
  },
  penalty: {
    common: [
      ['regularization', 'l2'],
      ['regularization', 'l1'],
    ],
    more: [
      ['regularization', 'scale'],
      ['regularization', 'bias'],
    ],
  },
  // The source itself is chosen above these, with what the network then needs; here it is corrected.
  data: {
    common: [
      ['data', 'samples'],
      ['data', 'noise'],
      ['data', 'split', 'validation'],
      ['data', 'normalize'],
    ],
    more: [
      ['data', 'generator'],
      ['data', 'csv'],
      ['data', 'inputs'],
      ['data', 'target'],
      ['data', 'idx', 'images'],
      ['data', 'idx', 'labels'],
    ],
  },
};

const pool: FormPaths = { common: [['size'], ['stride'], ['padding']], more: [['from'], ['id']] };

/** Of one layer, from the layer's own path on. */
const layerKeys: { readonly [K in LayerType]: FormPaths } = {
  dense: {
    common: [['units'], ['activation'], ['useBias']],
    more: [
      ['init', 'type'],
      ['init', 'value'],
      ['init', 'scale'],
      ['learningRateScale'],
      ['from'],
      ['id'],
    ],
  },
  add: { common: [['from'], ['activation']], more: [['id']] },
  concat: { common: [['from'], ['activation']], more: [['id']] },
  conv2d: {
    common: [['filters'], ['kernel'], ['stride'], ['padding'], ['activation'], ['useBias']],
    more: [
      ['init', 'type'],
      ['init', 'value'],
      ['init', 'scale'],
      ['learningRateScale'],
      ['from'],
      ['id'],
    ],
  },
  maxPool2d: pool,
  averagePool2d: pool,
  flatten: { common: [], more: [['from'], ['id']] },
  dropout: { common: [['rate']], more: [['from'], ['id']] },
  batchNorm: {
    common: [['momentum'], ['epsilon'], ['activation'], ['useBias']],
    more: [['learningRateScale'], ['from'], ['id']],
  },
};

export function layerPaths(type: LayerType, layer: number): FormPaths {
  const inLayer = (path: JsonPath): JsonPath => ['layers', layer, ...path];
  const { common, more } = layerKeys[type];
  return { common: common.map(inLayer), more: more.map(inLayer) };
}
