import { describe, expect, it } from 'vitest';
import {
  asEdit,
  asIndex,
  asPath,
  asRunCommand,
  asScope,
  asTarget,
  asViewRequest,
} from '../../src/host/messageChecks';

describe('what the designer means is taken as it is', () => {
  it.each([
    { type: 'weight', layer: 0, row: 1, column: 2 },
    { type: 'bias', layer: 0, row: 1 },
    { type: 'neuron', layer: -1, row: 0 },
    { type: 'layer', layer: 1 },
    { type: 'loss' },
  ])('target %j', target => expect(asTarget(target)).toEqual(target));

  it.each([
    { type: 'set', path: ['layers', 0, 'activation'], value: 'tanh' },
    { type: 'set', path: ['data'], value: { inline: [{ x: [1], y: [0] }] } },
    { type: 'unset', path: ['name'] },
    { type: 'insert', path: ['layers'], index: 1, value: { type: 'dense' } },
    { type: 'remove', path: ['layers'], index: 0 },
    { type: 'setUnits', layer: 0, units: 5 },
    { type: 'addLayer', index: 0, layer: { type: 'dense', units: 4 } },
    { type: 'removeLayer', layer: 0 },
    { type: 'setSeed', seed: 0 },
  ])('edit %j', edit => expect(asEdit(edit)).toEqual(edit));

  it('commands, scopes, views and paths', () => {
    expect(asRunCommand({ type: 'train' })).toEqual({ type: 'train' });
    expect(asRunCommand({ type: 'step', unit: 'batch' })).toEqual({ type: 'step', unit: 'batch' });
    expect(asScope({ type: 'sample', index: 3 })).toEqual({ type: 'sample', index: 3 });
    expect(asViewRequest({ scope: { type: 'batch' } })).toEqual({ scope: { type: 'batch' } });
    expect(asPath(['layers', 0])).toEqual(['layers', 0]);
    expect(asIndex(7, 'start')).toBe(7);
  });
});

describe('anything else is refused with a sentence', () => {
  it.each([
    [() => asTarget(undefined), /expected an object, found nothing/],
    [() => asTarget({ type: 'constructor' }), /target .* expected one of weight, bias/],
    [() => asTarget({ type: 'weight', layer: 0, row: 0 }), /column .* found nothing/],
    [() => asTarget({ type: 'bias', layer: 0, row: 1.5 }), /row .* found 1.5/],
    [() => asTarget({ type: 'neuron', layer: -2, row: 0 }), /layer .* -1 or more/],
    [() => asScope({ type: 'sample', index: -1 }), /index .* found -1/],
    [() => asEdit({ type: 'setParameters', label: 'x', layers: [] }), /edit .* expected one of/],
    [() => asEdit({ type: 'set', path: 'layers', value: 1 }), /path .* found "layers"/],
    [() => asEdit({ type: 'set', path: ['a'], value: NaN }), /value .* JSON can hold/],
    [() => asEdit({ type: 'set', path: ['a'], value: () => 0 }), /value .* JSON can hold/],
    [() => asEdit({ type: 'setUnits', layer: 0, units: 0 }), /units .* 1 or more/],
    [() => asRunCommand({ type: 'step', unit: 'year' }), /epoch, batch or sample/],
    [() => asRunCommand({ type: 'toString' }), /command .* expected one of/],
    [() => asIndex('3', 'start'), /start .* found "3"/],
  ])('%s', (check, message) => expect(check).toThrow(message));
});

it('drops keys that JSON would drop', () => {
  const edit = asEdit({ type: 'addLayer', index: 0, layer: { type: 'dense', units: undefined } });
  expect(edit).toEqual({ type: 'addLayer', index: 0, layer: { type: 'dense' } });
});
