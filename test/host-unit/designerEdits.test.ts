/** A gesture of the designer becomes an edit of the newest text, or is refused. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { structureOf } from '../../src/host/versions';
import type { NetworkEdit } from '../../src/network/edit';
import { host, open, started, TEXT } from './support/designing';
import { editor } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

/** 2-2-1 without parameters. */
const SEEDED = `{
  "version": 1,
  "input": { "shape": [2] },
  "layers": [
    { "type": "dense", "units": 2 },
    { "type": "dense", "units": 1 }
  ],
  "loss": { "type": "meanSquaredError" }
}
`;

afterEach(() => host.runs.dispose());

describe('a gesture made on an older version', () => {
  const grow: NetworkEdit = { type: 'setUnits', layer: 1, units: 2 };

  it('is made on the newest text where the layers are the same', async () => {
    const { edits, text } = open();
    host.document.change(TEXT.replace('"seed": 1', '"seed": 17').replace('0.10', '0.15'));
    host.documents.read(host.document as never);
    expect(await edits.edit(grow, 1)).toMatchObject({ applied: true, version: 3 });
    expect(text()).toContain('"seed": 17');
    expect(text()).toContain('[0.15, 0.2]');
    expect(text()).toContain('"units": 2, "activation": "linear"');
  });

  it.each([
    ['another layer stands there', '"layers": [', '"layers": [{ "type": "dense", "units": 2 },'],
    ['a layer has an id', '"units": 1', '"units": 1, "id": "out"'],
    ['the input has another size', '"shape": [2]', '"shape": [3]'],
  ])('is refused with a sentence where %s', async (_, from, to) => {
    const { edits, text } = open(SEEDED);
    host.document.change(text().replace(from, to));
    const typed = text();
    const refused = await edits.edit(grow, 1);
    expect(refused).toMatchObject({ applied: false });
    expect(refused).toHaveProperty(
      'message',
      expect.stringMatching(/changed meanwhile: its layers/),
    );
    expect(text()).toBe(typed);
  });

  describe('of a chain of layers of the same size', () => {
    const twins = (...layers: string[]) =>
      SEEDED.replace(/"layers": \[[^]*?\n {2}\]/, `"layers": [${layers.join(', ')}]`);
    const layer = (rest: string) => `{ "type": "dense", "units": 2, ${rest} }`;
    const choose: NetworkEdit = { type: 'setActivation', layer: 0, activation: 'elu' };

    it.each([
      ['their activations', layer('"activation": "relu"'), layer('"activation": "tanh"')],
      ['their biases', layer('"useBias": false'), layer('"useBias": true')],
      [
        'their numbers alone',
        layer('"weights": [[1, 2], [3, 4]]'),
        layer('"weights": [[5, 6], [7, 8]]'),
      ],
    ])('is refused where two that differ in %s have changed places', async (_, a, b) => {
      const { edits, text } = open(twins(a, b));
      host.document.change(twins(b, a));
      expect(await edits.edit(choose, 1)).toMatchObject({ applied: false });
      expect(text()).toBe(twins(b, a));
    });

    it('is made where their numbers alone are others', async () => {
      const [a, b] = ['[[1, 2], [3, 4]]', '[[5, 6], [7, 8]]'];
      const written = (w: string) => layer(`"weights": ${w}`);
      const { edits } = open(twins(written(a), written(b)));
      host.document.change(twins(written('[[1.5, 2], [3, 4]]'), written('[[5.5, 6], [7, 8]]')));
      expect(await edits.edit(choose, 1)).toMatchObject({ applied: true });
    });
  });

  it('is refused where an entry of another list was meant, and made where none was', async () => {
    const { edits, text } = open();
    host.document.change(TEXT.replace('"seed": 1', '"seed": 2'));
    const removal: NetworkEdit = { type: 'remove', path: ['data', 'inline'], index: 0 };
    expect(await edits.edit(removal, 1)).toMatchObject({ applied: false });
    const rate: NetworkEdit = {
      type: 'set',
      path: ['training', 'optimizer', 'learningRate'],
      value: 0.25,
    };
    expect(await edits.edit(rate, 1)).toMatchObject({ applied: true });
    expect(text()).toContain('"learningRate": 0.25');
    expect(await edits.edit(removal, host.document.version)).toMatchObject({ applied: true });
  });

  it('is refused where the version is older than any that is remembered, or never was', async () => {
    const { edits } = open();
    for (let seed = 2; seed < 60; seed++) {
      host.document.change(TEXT.replace('"seed": 1', `"seed": ${seed}`));
      host.documents.read(host.document as never);
    }
    expect(await edits.edit(grow, 1)).toMatchObject({ applied: false });
    expect(await edits.edit(grow, 1e9)).toMatchObject({ applied: false });
    expect(await edits.edit(grow, 30)).toMatchObject({ applied: true });
  });

  it('is looked at again when somebody types while it is made', async () => {
    const { edits, text } = open();
    editor.beforeApply = () => {
      editor.beforeApply = undefined;
      host.document.change(
        TEXT.replace('"layers": [', '"layers": [{"type": "dense", "units": 2},'),
      );
    };
    expect(await edits.edit(grow, 1)).toMatchObject({ applied: false });
    expect(text()).toContain('[{"type": "dense", "units": 2},');
    expect(text()).toContain('"units": 1, "activation": "linear"');
  });
});

it('knows a structure by types, ids, sizes, sources and input', () => {
  const { read } = open();
  const { network } = read();
  const same = { ...network!, seed: 9, name: 'other' };
  expect(structureOf(same)).toBe(structureOf(network!));
  const layers = network!.layers.map(layer => ({ ...layer, units: layer.units + 1 }));
  expect(structureOf({ ...network!, layers })).not.toBe(structureOf(network!));
});

describe('files', () => {
  it('that are read-only, newer, or no network keep every byte', async () => {
    const { edits } = open();
    editor.readOnly.add(host.document.uri.path);
    const refused = await edits.edit({ type: 'removeLayer', layer: 0 }, 1);
    expect(refused).toHaveProperty('message', expect.stringMatching(/is read-only/));
    expect(await edits.cutLayers([0], 1)).toMatchObject({ applied: false });
    editor.readOnly.clear();
    for (const text of [TEXT.replace('"version": 1', '"version": 99'), '{', '[]']) {
      host.document.change(text);
      const { version } = host.document;
      expect(await edits.edit({ type: 'setSeed', seed: 5 }, version)).toMatchObject({
        applied: false,
      });
      expect(await edits.pasteLayers(0, version)).toMatchObject({ applied: false });
      expect(host.document.getText()).toBe(text);
    }
  });

  it('whose engine has died are edited all the same', async () => {
    const { edits, worker, weights } = await started();
    worker.die('out of memory');
    const edit = { type: 'setParameter', layer: 1, kind: 'bias', row: 0, column: 0 } as const;
    expect(await edits.edit({ ...edit, value: 3 }, 1)).toMatchObject({ applied: true });
    expect(await edits.edit({ type: 'setUnits', layer: 1, units: 2 }, 2)).toMatchObject({
      applied: true,
    });
    expect(weights(1)?.[0]).toEqual([5, 6]);
  });
});
