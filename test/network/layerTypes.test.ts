/** What each type of layer is and has, as the lists of the catalogue say it in their own way. */
import { describe, expect, it } from 'vitest';
import { layerGroups } from '../../src/network/layerCatalog';
import {
  hasMatrix,
  hasParameters,
  isLayerType,
  isMergeLayer,
  isMergeType,
  isPoolLayer,
  layerTraits,
} from '../../src/network/layerTypes';
import type { Layer, LayerType } from '../../src/network/network';

const types = Object.keys(layerGroups) as LayerType[];

/** The types of which something is true. */
const those = (is: (layer: Layer) => boolean): readonly LayerType[] =>
  types.filter(type => is({ type } as Layer));

it('a type is known by its name alone', () => {
  expect(types.filter(isLayerType)).toEqual(types);
  expect(Object.keys(layerTraits)).toEqual(types);
  for (const odd of ['Dense', '', 'toString', 'constructor', undefined, null, 5, ['dense'], {}])
    expect(isLayerType(odd)).toBe(false);
});

describe('the types', () => {
  it('with parameters have weights and biases among their settings', () => {
    const settled = types.filter(type => 'weights' in layerGroups[type].settings);
    expect(those(hasParameters)).toEqual(settled);
    expect(settled).toEqual(['dense', 'conv2d', 'batchNorm']);
    expect(types.filter(type => 'bias' in layerGroups[type].settings)).toEqual(settled);
  });

  it('with a matrix are those whose neurons look at several values', () => {
    expect(those(hasMatrix)).toEqual(['dense', 'conv2d']);
  });

  it('that join must name their sources', () => {
    const named = types.filter(type => layerGroups[type].required?.includes('from'));
    expect(those(isMergeLayer)).toEqual(named);
    expect(types.filter(isMergeType)).toEqual(named);
    expect(named).toEqual(['add', 'concat']);
  });

  it('that pool are the two that slide and learn nothing', () => {
    const pools = types.filter(
      type => layerTraits[type].slides && !layerTraits[type].hasParameters,
    );
    expect(those(isPoolLayer)).toEqual(pools);
    expect(pools).toEqual(['maxPool2d', 'averagePool2d']);
  });

  it('that slide have a padding, those with an activation its setting', () => {
    const having = (key: string) => types.filter(type => key in layerGroups[type].settings);
    expect(types.filter(type => layerTraits[type].slides)).toEqual(having('padding'));
    expect(types.filter(type => layerTraits[type].hasActivation)).toEqual(having('activation'));
  });

  it('that keep the shape of what comes in', () => {
    expect(types.filter(type => layerTraits[type].keepsShape)).toEqual([
      'add',
      'dropout',
      'batchNorm',
    ]);
  });
});
