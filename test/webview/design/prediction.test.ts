/** What is said before a drop must be what the text then does: every place of every dragged thing is tried. */
import { describe, expect, it } from 'vitest';
import { applyTextEdits, textEdits } from '../../../src/network/edit';
import { parseNetwork } from '../../../src/network/parse';
import { inferShapes } from '../../../src/network/shapes';
import { consequence, type Dragged, type DropPlace } from '../../../webview/design/consequences';
import { resizing } from '../../../webview/design/resizing';
import { worldOf } from '../../../webview/design/world';

const dense = (units: number, more: object = {}): object => ({ type: 'dense', units, ...more });
const networks: { readonly [name: string]: readonly object[] } = {
  chain: [dense(4), dense(4), dense(2, { activation: 'softmax' })],
  residual: [
    dense(4, { id: 'a' }),
    dense(4, { id: 'b' }),
    { type: 'add', from: ['a', 'b'] },
    dense(2),
  ],
  'residual around two': [
    dense(4, { id: 'a' }),
    dense(5),
    dense(4, { id: 'b' }),
    { type: 'add', id: 's', from: ['a', 'b'] },
    dense(4, { id: 'c' }),
    { type: 'add', from: ['s', 'c'] },
    dense(2),
  ],
  'add of the input': [dense(3, { id: 'h' }), { type: 'add', from: ['input', 'h'] }, dense(1)],
  branches: [
    dense(4, { id: 'a' }),
    dense(2, { id: 'b', from: ['input'] }),
    { type: 'concat', id: 'c', from: ['a', 'b'] },
    dense(6, { id: 'd' }),
    { type: 'add', from: ['c', 'd'] },
    dense(2),
  ],
};

/** As a person finds it after training: every number stands in the file. */
function withParameters(layers: readonly object[]): readonly object[] {
  const bare = parseNetwork(JSON.stringify({ version: 1, input: { shape: [3] }, layers })).network;
  if (!bare) throw new Error('The test has no network.');
  return layers.map((layer, index) => {
    const { units, inputs, parameters } = inferShapes(bare).layers[index];
    if (parameters === 0) return layer;
    const row = Array.from({ length: inputs }, (_, i) => i / 8);
    return { ...layer, weights: Array.from({ length: units }, () => row) };
  });
}

function draggedIn(count: number): readonly Dragged[] {
  const layers = Array.from({ length: count }, (_, layer) => layer);
  const item = (units: number): Dragged => ({
    type: 'item',
    item: { type: 'layer', units, activation: 'tanh' },
  });
  return [
    item(4),
    item(7),
    { type: 'item', item: { type: 'merge', merge: 'add' } },
    { type: 'item', item: { type: 'merge', merge: 'concat' } },
    ...layers.flatMap((layer): Dragged[] => [
      { type: 'layers', layers: [layer], copy: false },
      { type: 'layers', layers: [layer], copy: true },
    ]),
    ...[-1, ...layers].map((layer): Dragged => ({ type: 'port', layer })),
  ];
}

describe.each(Object.entries(networks))('in %s', (_, bare) => {
  const text = JSON.stringify({ version: 1, input: { shape: [3] }, layers: withParameters(bare) });
  const { network } = parseNetwork(text);
  if (!network) throw new Error('The test has no network.');
  const world = worldOf(network, 3);
  const count = network.layers.length;
  const places: DropPlace[] = Array.from({ length: count + 1 }, (_each, index) => [
    { type: 'slot', index } as const,
    { type: 'layer', layer: index - 1 } as const,
  ]).flat();

  it.each(draggedIn(count).map(dragged => [JSON.stringify(dragged), dragged] as const))(
    'what %s promises, the text does',
    (_name, dragged) => {
      const broken = places.flatMap(place => {
        const found = consequence(world, dragged, place);
        if (!found?.possible) return [];
        try {
          const after = parseNetwork(applyTextEdits(text, textEdits(text, found.edit)));
          return after.network ? [] : [[place, after.issues[0]?.message]];
        } catch (error) {
          return [[place, String(error)]];
        }
      });
      expect(broken).toEqual([]);
    },
  );

  it('every size that a handle promises, the text takes', () => {
    for (let layer = -1; layer < count; layer++) {
      if (layer >= 0 && network.layers[layer].type !== 'dense') continue;
      for (const units of [1, 2, 9]) {
        const { consequence: found } = resizing(world, layer, units);
        if (!found.possible) continue;
        const after = parseNetwork(applyTextEdits(text, textEdits(text, found.edit)));
        expect(after.network, JSON.stringify(found.edit)).toBeDefined();
      }
    }
  });
});
