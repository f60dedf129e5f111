/** Layers on the clipboard: their text, as it stands in the file. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { host, open, TEXT } from './support/designing';
import { editor } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

afterEach(() => host.runs.dispose());

describe('the clipboard', () => {
  it('holds the text of layers as it stands in the file, and gives it back', async () => {
    const { edits, weights } = open();
    await edits.copyLayers([0], 1);
    expect(editor.clipboard).toBe(
      [
        '{ "type": "dense", "units": 2, "activation": "tanh",',
        '  // by hand',
        '  "weights": [',
        '    [0.10, 0.2],',
        '    [0.3, 0.4]',
        '  ],',
        '  "bias": [1, 2] }',
      ].join('\n'),
    );
    expect(host.document.version).toBe(1);
    expect(await edits.pasteLayers(1, 1)).toMatchObject({ applied: true });
    expect(weights(1)).toEqual(weights(0));
    expect(editor.applied[0].edits[0].label).toBe('Paste a layer');
    host.document.undo();
    expect(host.document.getText()).toBe(TEXT);
  });

  it('is not given a layer that stands elsewhere by now', async () => {
    const { edits } = open();
    editor.clipboard = 'mine';
    host.document.change(
      TEXT.replace('"layers": [', '"layers": [{ "type": "dense", "units": 2 }, '),
    );
    await expect(edits.copyLayers([0], 1)).rejects.toThrow(/changed meanwhile/);
    expect(editor.clipboard).toBe('mine');
    await edits.copyLayers([0], host.document.version);
    expect(editor.clipboard).toBe('{ "type": "dense", "units": 2 }');
  });

  it('cuts: one undo step gives the layer back', async () => {
    const { edits, read } = open();
    expect(await edits.cutLayers([0], 1)).toMatchObject({ applied: true });
    expect(editor.clipboard).toMatch(/^\{ "type": "dense", "units": 2/);
    expect(read().network?.layers).toHaveLength(1);
    expect(host.document.undoSteps).toBe(1);
    host.document.undo();
    expect(host.document.getText()).toBe(TEXT);
  });

  it('is left alone by a cut that is refused', async () => {
    const { edits } = open();
    editor.clipboard = 'mine';
    expect(await edits.cutLayers([9], 1)).toMatchObject({ applied: false });
    expect(await edits.cutLayers([0], 77)).toMatchObject({ applied: false });
    expect(await edits.cutLayers([0, 1], 1)).toMatchObject({ applied: false });
    expect(editor.clipboard).toBe('mine');
  });

  it.each(['', 'hello', '[]', '{"a": 1}', '3', '{"type": "layerNorm"}'])(
    'without a layer (%j) is refused with a sentence',
    async text => {
      const { edits } = open();
      editor.clipboard = text;
      const refused = await edits.pasteLayers(0, 1);
      expect(refused).toHaveProperty('message', expect.stringMatching(/clipboard holds no layer/));
      expect(host.document.version).toBe(1);
    },
  );

  it('refuses a layer of filters that says nothing of them, with a sentence', async () => {
    const { edits } = open();
    editor.clipboard = '{"type": "conv2d"}';
    const refused = await edits.pasteLayers(0, 1);
    expect(refused).toMatchObject({ applied: false });
    expect(refused).toHaveProperty('message', expect.stringMatching(/conv2d|"kernel"|filters/));
    expect(host.document.version).toBe(1);
  });
});
