import { describe, expect, it } from 'vitest';
import { applyTextEdits, editLabel, textEdits, type NetworkEdit } from '../../src/network/edit';
import { parseNetwork } from '../../src/network/parse';
import { inferShapes } from '../../src/network/shapes';
import { writtenSettings } from '../../src/network/written';
import {
  activateLayers,
  chooseInitializer,
  chooseLoss,
  chooseOptimizer,
  chooseSchedule,
  clipEdit,
  common,
  weightedAmong,
  followersOf,
  initializeLayers,
  partnerToCome,
  renameEdit,
  resetEdit,
  resetType,
  setEdit,
  setInLayers,
  shapeEdit,
} from '../../webview/properties/settingEdits';
import type { Written } from '../../webview/properties/settingForm';
import { mergeOptions, sourcesAbove } from '../../webview/properties/sources';

const layers = [
  { type: 'dense', units: 3, activation: 'tanh', id: 'a' },
  { type: 'dense', units: 3, activation: 'relu', id: 'b' },
  { type: 'add', from: ['a', 'b'], id: 'sum' },
  { type: 'dense', units: 2, activation: 'sigmoid' },
];

const base = { version: 1, input: { shape: [3] }, layers };

interface Open extends Written {
  /** The document after an edit; it must be a network still. */
  after(edit: NetworkEdit | undefined): Record<string, unknown>;
}

function open(changes: object): Open {
  const text = JSON.stringify({ ...base, ...changes }, undefined, 2);
  const parsed = parseNetwork(text);
  const { network } = parsed;
  if (!network) throw new Error(parsed.issues.map(({ message }) => message).join('\n'));
  return {
    network,
    written: new Set(writtenSettings(parsed.root)),
    after: edit => {
      if (!edit) throw new Error('nothing would change');
      const changed = applyTextEdits(text, textEdits(text, edit));
      const { issues } = parseNetwork(changed);
      expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
      return JSON.parse(changed) as Record<string, unknown>;
    },
  };
}

const trained = (optimizer: unknown): Open => open({ training: { optimizer } });

describe('a value', () => {
  it('is written at its path, and not at all where it stands already', () => {
    const form = trained('sgd');
    const path = ['training', 'optimizer', 'learningRate'];
    expect(form.after(setEdit(form, path, 0.5))['training']).toEqual({
      optimizer: { type: 'sgd', learningRate: 0.5 },
    });
    expect(setEdit(form, path, 0.1)).toBeUndefined();
  });

  it('is left to its default, and takes a group with it that would be empty', () => {
    const form = open({
      regularization: { l2: 0.1 },
      training: { epochs: 3, stop: { patience: 2 } },
    });
    expect(form.after(resetEdit(form, ['regularization', 'l2']))).not.toHaveProperty(
      'regularization',
    );
    expect(form.after(resetEdit(form, ['training', 'stop', 'patience']))['training']).toEqual({
      epochs: 3,
    });
  });

  it('leaves its neighbours', () => {
    const form = open({ regularization: { l2: 0.1, l1: 0.2 } });
    expect(form.after(resetEdit(form, ['regularization', 'l2']))['regularization']).toEqual({
      l1: 0.2,
    });
  });

  it('that stands for a whole group goes with it', () => {
    const form = trained('adam');
    expect(form.after(resetEdit(form, ['training', 'optimizer', 'type']))).not.toHaveProperty(
      'training',
    );
  });
});

describe('another schedule', () => {
  const path = ['training', 'schedule'];

  it('is a name where none was, and keeps what both read', () => {
    const bare = open({});
    expect(bare.after(chooseSchedule(bare, 'cosine'))['training']).toEqual({ schedule: 'cosine' });
    const form = open({
      training: { schedule: { type: 'step', every: 3, factor: 0.1, warmUp: 2 } },
    });
    const edit = chooseSchedule(form, 'exponential');
    expect(edit && editLabel(edit)).toBe('Use exponential');
    expect(form.after(edit)['training']).toEqual({
      schedule: { type: 'exponential', factor: 0.1, warmUp: 2 },
    });
    expect(chooseSchedule(form, 'step')).toBeUndefined();
  });

  it('becomes an object where a setting is written beside its name', () => {
    const form = open({ training: { schedule: 'cosine' } });
    expect(form.after(setEdit(form, [...path, 'minimum'], 0.01))['training']).toEqual({
      schedule: { type: 'cosine', minimum: 0.01 },
    });
  });

  it('goes with its group', () => {
    const form = open({ training: { epochs: 4, schedule: { type: 'step', every: 3 } } });
    expect(form.after(resetType(form, path, ['warmUp']))['training']).toEqual({ epochs: 4 });
  });
});

describe('a limit of gradients', () => {
  it('takes the place of the other one, in one step', () => {
    const bare = open({});
    expect(bare.after(clipEdit(bare, 'norm', 2))['training']).toEqual({ clip: { norm: 2 } });
    const form = open({ training: { clip: { norm: 2 } } });
    expect(form.after(clipEdit(form, 'norm', 3))['training']).toEqual({ clip: { norm: 3 } });
    const edit = clipEdit(form, 'value', 0.5);
    expect(edit && editLabel(edit)).toBe('Clip gradients by value');
    expect(form.after(edit)['training']).toEqual({ clip: { value: 0.5 } });
    expect(clipEdit(form, 'norm', 2)).toBeUndefined();
  });

  it('goes with its group', () => {
    const form = open({ training: { epochs: 4, clip: { norm: 2 } } });
    expect(form.after(resetEdit(form, ['training', 'clip', 'norm']))['training']).toEqual({
      epochs: 4,
    });
  });
});

describe('another optimizer', () => {
  it('keeps the learning rate that was written by hand, and says so', () => {
    const form = trained({ type: 'sgd', learningRate: 0.5, momentum: 0.9 });
    const edit = chooseOptimizer(form, 'adam');
    expect(edit && editLabel(edit)).toBe('Use adam, keep learning rate 0.5');
    expect(form.after(edit)['training']).toEqual({
      optimizer: { type: 'adam', learningRate: 0.5 },
    });
  });

  it('takes its own learning rate where none was written', () => {
    const form = trained({ type: 'sgd', momentum: 0.9 });
    const edit = chooseOptimizer(form, 'adam');
    expect(edit && editLabel(edit)).toBe('Use adam');
    expect(form.after(edit)['training']).toEqual({ optimizer: { type: 'adam' } });
  });

  it('stays a name where it was one, or was not there', () => {
    expect(trained('sgd').after(chooseOptimizer(trained('sgd'), 'adam'))['training']).toEqual({
      optimizer: 'adam',
    });
    const bare = open({});
    expect(bare.after(chooseOptimizer(bare, 'rmsprop'))['training']).toEqual({
      optimizer: 'rmsprop',
    });
  });

  it('keeps what both read', () => {
    const form = trained({ type: 'adam', beta1: 0.8, epsilon: 1e-7 });
    expect(form.after(chooseOptimizer(form, 'adamw'))['training']).toEqual({
      optimizer: { type: 'adamw', beta1: 0.8, epsilon: 1e-7 },
    });
    expect(chooseOptimizer(form, 'adam')).toBeUndefined();
  });

  it('gives way to the default one, which keeps what it reads', () => {
    const owner = ['training', 'optimizer'];
    const settings = ['learningRate', 'momentum', 'nesterov'];
    const form = trained({ type: 'adam', beta1: 0.8, learningRate: 0.01 });
    expect(form.after(resetType(form, owner, settings))['training']).toEqual({
      optimizer: { learningRate: 0.01 },
    });
    const bare = trained({ type: 'adam', beta1: 0.8 });
    expect(bare.after(resetType(bare, owner, settings))).not.toHaveProperty('training');
  });
});

describe('another initializer', () => {
  it('drops what the new one does not read', () => {
    const form = open({
      layers: [{ type: 'dense', units: 2, init: { type: 'normal', scale: 0.2 } }, layers[3]],
    });
    const after = form.after(chooseInitializer(form, 0, 'zeros'))['layers'] as { init: unknown }[];
    expect(after[0].init).toEqual({ type: 'zeros' });
    const kept = form.after(chooseInitializer(form, 0, 'uniform'))['layers'] as { init: unknown }[];
    expect(kept[0].init).toEqual({ type: 'uniform', scale: 0.2 });
  });

  it('is written as its name where nothing was; a layer without weights has none', () => {
    const form = open({});
    const after = form.after(chooseInitializer(form, 0, 'heNormal'))['layers'] as {
      init: unknown;
    }[];
    expect(after[0].init).toBe('heNormal');
    expect(chooseInitializer(form, 2, 'zeros')).toBeUndefined();
  });
});

describe('another loss', () => {
  it('brings the output activation that it is computed with, in one step', () => {
    const form = open({ loss: { type: 'meanSquaredError', half: false } });
    expect(partnerToCome(form.network, 'crossEntropy')).toBe('softmax');
    expect(partnerToCome(form.network, 'binaryCrossEntropy')).toBeUndefined();
    const edit = chooseLoss(form, 'crossEntropy');
    expect(edit && editLabel(edit)).toBe('Use crossEntropy with softmax');
    const after = form.after(edit);
    expect(after['loss']).toEqual({ type: 'crossEntropy' });
    expect((after['layers'] as { activation: string }[])[3].activation).toBe('softmax');
  });

  it('changes nothing else where the output fits', () => {
    const form = open({});
    const after = form.after(chooseLoss(form, 'binaryCrossEntropy'));
    expect(after['loss']).toEqual({ type: 'binaryCrossEntropy' });
    expect(after['layers']).toEqual(layers);
    expect(chooseLoss(form, 'meanSquaredError')).toBeUndefined();
  });
});

describe('the name of a layer', () => {
  it('changes where others use it, too', () => {
    const form = open({});
    const after = form.after(renameEdit(form.network, 0, 'first'))['layers'] as typeof layers;
    expect(after[0].id).toBe('first');
    expect(after[2].from).toEqual(['first', 'b']);
    expect(followersOf(form.network, 0)).toEqual([2]);
    expect(followersOf(form.network, 3)).toEqual([]);
    expect(renameEdit(form.network, 0, 'a')).toBeUndefined();
  });
});

describe('the shape of the input', () => {
  it('is arranged anew, or changes the number of inputs', () => {
    const form = open({});
    expect(form.after(shapeEdit(form.network, [1, 3]))['input']).toEqual({ shape: [1, 3] });
    expect(shapeEdit(form.network, [3])).toBeUndefined();
    expect(form.after(shapeEdit(form.network, [4]))['input']).toEqual({ shape: [4] });
    expect(form.after(shapeEdit(form.network, [2, 2]))['input']).toEqual({ shape: [2, 2] });
  });
});

describe('several layers', () => {
  it('get an activation, a bias and an initializer as one step', () => {
    const form = open({});
    const edit = activateLayers(form.network, [0, 1, 2], 'relu');
    expect(edit && editLabel(edit)).toBe('Set activation of 2 layers to relu');
    const after = form.after(edit)['layers'] as typeof layers;
    expect(after.map(({ activation }) => activation)).toEqual(['relu', 'relu', 'relu', 'sigmoid']);
    expect(activateLayers(form.network, [1], 'relu')).toBeUndefined();
    const dense = weightedAmong(form.network, [0, 1, 2]);
    expect(dense).toEqual([0, 1]);
    const bare = form.after(setInLayers(form, dense, 'useBias', false))['layers'];
    expect(bare).toMatchObject([{ useBias: false }, { useBias: false }, {}, {}]);
    const drawn = form.after(initializeLayers(form, dense, 'zeros'))['layers'];
    expect(drawn).toMatchObject([{ init: 'zeros' }, { init: 'zeros' }, {}, {}]);
  });

  it('have a value in common, or none', () => {
    expect(common([1, 1])).toBe(1);
    expect(common([1, 2])).toBeUndefined();
  });
});

describe('sources', () => {
  it('stand above, and fit together', () => {
    const { network } = open({});
    const shapes = inferShapes(network);
    expect(sourcesAbove(network, shapes, 2)).toEqual([
      { source: -1, size: 3 },
      { source: 0, size: 3 },
      { source: 1, size: 3 },
    ]);
    expect(mergeOptions(network, shapes, 2, 2).map(({ source }) => source)).toEqual([-1]);
    expect(mergeOptions(network, shapes, 2, 0).map(({ source }) => source)).toEqual([-1, 0]);
  });

  it('of a sum are as long as the others', () => {
    const { network } = open({ input: { shape: [5] } });
    const shapes = inferShapes(network);
    expect(mergeOptions(network, shapes, 2, 2)).toEqual([]);
    expect(mergeOptions(network, shapes, 2, 0).map(({ source }) => source)).toEqual([0]);
  });
});

describe('what stands in the text', () => {
  it('is named by its path; lists and numbers within them are not looked into', () => {
    const text = `{ "training": { "optimizer": "adam" }, "data": { "inline": [ { "x": [1], "y": [1] } ] },
      "layers": [ { "type": "dense", "init": { "type": "normal", "scale": 1 }, "weights": [[1]] } ] }`;
    expect(writtenSettings(parseNetwork(text).root)).toEqual([
      'training',
      'training.optimizer',
      'data',
      'data.inline',
      'layers',
      'layers[0]',
      'layers[0].type',
      'layers[0].init',
      'layers[0].init.type',
      'layers[0].init.scale',
      'layers[0].weights',
    ]);
    expect(writtenSettings(undefined)).toEqual([]);
  });
});
