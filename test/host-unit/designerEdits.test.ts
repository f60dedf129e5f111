import { afterEach, describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import { DesignerEdits } from '../../src/host/designerEdits';
import { structureOf } from '../../src/host/versions';
import type { NetworkEdit } from '../../src/network/edit';
import { createHost, settled } from './support/host';
import type { Host } from './support/host';
import { editor } from './support/vscode';
import type { FakeWorker } from './support/worker';

vi.mock('vscode', () => import('./support/vscode'));

/** 2-2-1 with all parameters in the file. */
const TEXT = `{
  "version": 1,
  "seed": 1,
  "input": { "shape": [2] },
  "layers": [
    { "type": "dense", "units": 2, "activation": "tanh",
      // by hand
      "weights": [
        [0.10, 0.2],
        [0.3, 0.4]
      ],
      "bias": [1, 2] },
    { "type": "dense", "units": 1, "activation": "linear", "weights": [[5, 6]], "bias": [7] }
  ],
  "loss": { "type": "meanSquaredError", "reduction": "mean" },
  "training": { "precision": "float64", "optimizer": { "type": "sgd", "learningRate": 0.5 } },
  "data": { "inline": [{ "x": [1, 2], "y": [1] }, { "x": [3, 4], "y": [0] }] }
}
`;

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

let host: Host;

function open(text = TEXT) {
  host = createHost(text);
  const { run } = host.runs.acquire(host.uri);
  const document = host.document as unknown as vscode.TextDocument;
  const edits = new DesignerEdits(document, host.documents, run);
  // What a designer that is open does.
  host.documents.read(document);
  const read = () => host.documents.read(document);
  const weights = (layer: number) => {
    const found = read().network!.layers[layer];
    return found.type === 'dense' ? found.weights : undefined;
  };
  return { run, edits, weights, read, text: () => host.document.getText() };
}

async function started(text = TEXT) {
  const opened = open(text);
  opened.run.start();
  await settled();
  return { ...opened, worker: host.workers[0] as FakeWorker };
}

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

describe('weights that the person sees', () => {
  it('are counted: kept and new', async () => {
    const { edits, weights } = open();
    const grown = await edits.edit({ type: 'setUnits', layer: 0, units: 3 }, 1);
    // 2 × 2 + 2 and 2 + 1 were there; a row of 2, a bias and a weight of the next layer are new.
    expect(grown).toEqual({ applied: true, version: 2, kept: { kept: 9, fresh: 4 } });
    expect(weights(0)?.slice(0, 2)).toEqual([
      [0.1, 0.2],
      [0.3, 0.4],
    ]);
    expect(host.document.undoSteps).toBe(1);
    host.document.undo();
    expect(host.document.getText()).toBe(TEXT);
  });

  it('are those of a run that is ahead of the text: one undo step has them and the gesture', async () => {
    const { edits, run, worker, weights } = await started();
    editor.configure('nabla.train.writeBack', 'ask');
    await run.step('epoch'); // everything + 1, not written
    await settled();
    expect(run.record.ahead).toBe(true);
    expect(weights(1)).toEqual([[5, 6]]);
    const edit = { type: 'setParameter', layer: 1, kind: 'weight', row: 0, column: 1 } as const;
    expect(await edits.edit({ ...edit, value: -1 }, 1)).toMatchObject({ applied: true });
    expect(weights(0)?.[0][0]).toBeCloseTo(1.1, 12);
    expect(weights(1)).toEqual([[6, -1]]);
    expect(host.document.undoSteps).toBe(1);
    await settled();
    expect(run.record.ahead).toBe(false);
    expect(worker.values.slice(-3)).toEqual([6, -1, 8]);
  });

  describe('where nothing shall be written back', () => {
    const grow: NetworkEdit = { type: 'setUnits', layer: 1, units: 2 };

    async function trained(answer: string | undefined) {
      const opened = await started();
      editor.configure('nabla.train.writeBack', 'never');
      editor.answer = () => answer ?? 'Cancel';
      await opened.run.step('epoch');
      return opened;
    }

    it('stay out of the text when the person says so, who is asked once', async () => {
      const { edits, run, weights } = await trained('Change without Them');
      expect(await edits.edit(grow, 1)).toMatchObject({ applied: true });
      await settled();
      expect(weights(0)?.[0]).toEqual([0.1, 0.2]);
      expect(weights(1)?.[0]).toEqual([5, 6]);
      expect(run.record.ahead).toBe(false);
      await edits.edit({ ...grow, units: 3 }, host.document.version);
      expect(editor.messages).toHaveLength(1);
      expect(editor.messages[0].message).toMatch(/trained weights that are not in the file/);
    });

    it('go into the text with the change, as one undo step, when the person says so', async () => {
      const { edits, run, weights } = await trained('Write Weights and Change');
      expect(await edits.edit(grow, 1)).toMatchObject({ applied: true });
      await settled();
      expect(weights(0)?.[0][0]).toBeCloseTo(1.1, 12);
      expect(weights(1)?.[0]).toEqual([6, 7]);
      expect(host.document.undoSteps).toBe(1);
      expect(run.record.ahead).toBe(false);
      expect(editor.messages).toHaveLength(1);
    });

    it('stay in the run, and the text as it is, when the person closes the question', async () => {
      const { edits, run, text, worker } = await trained(undefined);
      const loads = worker.loads.length;
      expect(await edits.edit(grow, 1)).toMatchObject({
        applied: false,
        message: expect.stringMatching(/still in the run/) as string,
      });
      await settled();
      expect(text()).toBe(TEXT);
      expect(run.record.ahead).toBe(true);
      expect(worker.loads).toHaveLength(loads);
    });

    it('are asked about while they are being trained', async () => {
      const { edits, run, worker, text } = await trained(undefined);
      await run.train();
      worker.advance(1);
      expect(await edits.edit(grow, 1)).toMatchObject({ applied: false });
      expect(run.record.running).toBe(true);
      expect(text()).toBe(TEXT);
      await run.pause();
    });
  });

  it('are those at which a running training was paused by the gesture', async () => {
    const { edits, run, worker, weights } = await started();
    await run.train();
    await settled();
    worker.advance(2);
    expect(run.record.running).toBe(true);
    expect(await edits.edit({ type: 'removeLayer', layer: 0 }, 1)).toMatchObject({ applied: true });
    expect(run.record.running).toBe(false);
    expect(weights(0)).toEqual([[7, 8]]);
    expect(host.document.undoSteps).toBe(2); // the training, then the gesture
    expect(editor.messages).toEqual([]);
  });

  it('stay in the run when a setting alone changes', async () => {
    const { edits, run, worker } = await started();
    editor.configure('nabla.train.writeBack', 'ask');
    await run.step('epoch');
    const edit = { type: 'setActivation', layer: 0, activation: 'relu' } as const;
    expect(await edits.edit(edit, 1)).toEqual({ applied: true, version: 2 });
    await settled();
    expect(run.record.ahead).toBe(true);
    expect(worker.loads.at(-1)).toMatchObject({ keepParameters: true });
  });

  it('fill a layer whose numbers are the seed’s, without asking the worker', async () => {
    const { edits, weights } = open(
      TEXT.replace(/"weights": \[\[5, 6\]\], "bias": \[7\]/, '"useBias": true'),
    );
    const edit = { type: 'setParameter', layer: 1, kind: 'weight', row: 0, column: 0 } as const;
    expect(await edits.edit({ ...edit, value: 0.5 }, 1)).toMatchObject({ applied: true });
    const [[first, second]] = weights(1)!;
    expect(first).toBe(0.5);
    expect(Math.abs(second)).toBeGreaterThan(0);
    expect(host.workers).toHaveLength(0);
  });
});

it('writes a bias by hand where the file has the weights alone', async () => {
  const { edits, read, weights } = open(
    TEXT.replace(', "bias": [7]', '').replace(/,\s+"bias": \[1, 2\]/, ''),
  );
  const place = { type: 'setParameter', layer: 0, kind: 'bias', row: 1, column: 0 } as const;
  expect(await edits.edit({ ...place, value: 0.5 }, 1)).toMatchObject({ applied: true });
  expect(read().network!.layers[0]).toMatchObject({ bias: [0, 0.5] });
  expect(weights(0)).toEqual([
    [0.1, 0.2],
    [0.3, 0.4],
  ]);
});

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

  it.each(['', 'hello', '[]', '{"a": 1}', '3', '{"type": "conv2d"}'])(
    'without a layer (%j) is refused with a sentence',
    async text => {
      const { edits } = open();
      editor.clipboard = text;
      const refused = await edits.pasteLayers(0, 1);
      expect(refused).toHaveProperty('message', expect.stringMatching(/clipboard holds no layer/));
      expect(host.document.version).toBe(1);
    },
  );
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
