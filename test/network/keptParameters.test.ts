/** How many parameters an edit kept, and how many are fresh. */
import { describe, expect, it } from 'vitest';
import { applyTextEdits, planEdit } from '../../src/network/edit';
import type { EditTools, NetworkEdit } from '../../src/network/edit';
import { keptParameters } from '../../src/network/keptParameters';
import { parseNetwork } from '../../src/network/parse';
import { formatJson } from '../../src/network/write';
import { text, tools } from './support/trained';

describe('kept and fresh parameters', () => {
  const line = (edit: NetworkEdit, before = text, draws: EditTools | null = tools) => {
    const document = parseNetwork(before);
    const { edits, drawn } = planEdit(document, edit, draws ?? undefined);
    return keptParameters(document, parseNetwork(applyTextEdits(before, edits)), drawn);
  };
  const dense4 = { type: 'dense', units: 4, activation: 'sigmoid' };

  it.each<[string, NetworkEdit, number, number]>([
    ['3-4-2 to 3-5-2', { type: 'setUnits', layer: 0, units: 5 }, 26, 3 + 1 + 2],
    ['3-4-2 to 3-3-2', { type: 'setUnits', layer: 0, units: 3 }, 20, 0],
    ['3-4-2 to 4-4-2', { type: 'setInputs', size: 4 }, 26, 4],
    ['3-4-2 to 3-4-4-2', { type: 'addLayer', index: 1, layer: dense4 }, 26, 20],
    [
      '3-4-2 to 3-5-4-2',
      { type: 'addLayer', index: 0, layer: { ...dense4, units: 5 } },
      14,
      20 + 20,
    ],
    ['3-4-2 to 3-2', { type: 'removeLayer', layer: 0 }, 2, 6],
    ['3-4-2 to 3-2-4', { type: 'moveLayers', layers: [1], to: 0 }, 6, 6 + 8],
    ['a copy', { type: 'copyLayers', layers: [1], to: 2 }, 24 + 2, 2 * 2],
  ])('%s', (_, edit, kept, fresh) => {
    expect(line(edit)).toEqual({ kept, fresh });
  });

  it('counts what goes to the seed where nothing is drawn', () => {
    expect(line({ type: 'setUnits', layer: 0, units: 5 }, text, null)).toEqual({
      kept: 2,
      fresh: 15 + 5 + 10,
    });
  });

  it('says nothing where no parameters were written, or only values have changed', () => {
    const bare = formatJson({ input: { shape: [2] }, layers: [dense4] });
    expect(line({ type: 'setUnits', layer: 0, units: 9 }, bare)).toBeUndefined();
    expect(
      line({ type: 'setParameter', layer: 0, kind: 'bias', row: 0, column: 0, value: 9 }),
    ).toBeUndefined();
    expect(line({ type: 'setSeed', seed: 1 })).toBeUndefined();
    const trained = {
      type: 'setParameters',
      label: '',
      layers: [{ weights: Array(4).fill([1, 2]), bias: [0, 0, 0, 0] }],
    } as const;
    expect(line(trained as unknown as NetworkEdit, bare)).toBeUndefined();
    const broken = parseNetwork('{');
    expect(keptParameters(broken, parseNetwork(text), 0)).toBeUndefined();
  });

  it('does not count twice what was left to the seed before', () => {
    const half = text.replace(/"weights": \[\[1.*\n/, '');
    expect(line({ type: 'setUnits', layer: 1, units: 3 }, half)).toEqual({
      kept: 18,
      fresh: 1 + 12,
    });
    expect(line({ type: 'addLayer', index: 2, layer: { ...dense4, units: 1 } }, half)).toEqual({
      kept: 18,
      fresh: 3,
    });
  });
});
