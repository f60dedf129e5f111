/** Networks whose weights are in a file, over the real engine: training, undo, gestures, and files that are not right. */
import { webcrypto } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import { initialParameters } from '../../src/engine/initializers';
import { storeWeights, withWeights } from '../../src/export/weightsFile';
import { DesignerEdits } from '../../src/host/designerEdits';
import type { Run } from '../../src/host/run';
import { fixesOf } from '../../src/network/fixes';
import { applyTextEdits } from '../../src/network/edit';
import { parseNetwork } from '../../src/network/parse';
import { createHostWith, settled } from './support/host';
import type { Host } from './support/host';
import { sessionPort } from './support/session';
import { editor } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

const { subtle } = webcrypto;

const textOf = (units: number): string => `{
  "version": 1,
  "seed": 3,
  "input": { "shape": [2] },
  "layers": [
    { "type": "dense", "units": ${units}, "activation": "tanh" },
    { "type": "dense", "units": 1, "activation": "sigmoid" }
  ],
  "training": { "epochs": 1, "optimizer": { "type": "sgd", "learningRate": 0.01 } },
  "data": { "generator": "xor" }
}
`;
/** 20,001 parameters. */
const LARGE = textOf(5000);

let host: Omit<Host, 'workers'>;
afterEach(() => host.runs.dispose());

function open(text: string, files: Record<string, Uint8Array> = {}) {
  host = createHostWith(sessionPort, text);
  for (const [name, bytes] of Object.entries(files)) editor.files.set(`/work/${name}`, bytes);
  const { run } = host.runs.acquire(host.uri);
  const document = host.document as unknown as vscode.TextDocument;
  host.documents.read(document);
  const edits = new DesignerEdits(document, host.documents, run);
  const parameters = async (): Promise<number[]> => {
    await run.looks();
    return inText();
  };
  return { run, edits, parameters };
}

const text = (): string => host.document.getText();
const files = (): string[] => [...editor.files.keys()].map(path => path.replace('/work/', ''));
const named = (): { file: string; sha256: string } =>
  (JSON.parse(text()) as { weights: { file: string; sha256: string } }).weights;

/** The numbers that the text has, or names. */
async function inText(): Promise<number[]> {
  const { network } = parseNetwork(text());
  if (!network) throw new Error('no network');
  const bytes = network.weights && editor.files.get(`/work/${network.weights.file}`);
  return [...initialParameters(bytes ? await withWeights(network, bytes, subtle) : network)];
}

/** Those that the engine computes with. */
async function inRun(run: Run): Promise<number[]> {
  const looks = await run.looks();
  return (looks as unknown as { parameters(): Promise<Float64Array> })
    .parameters()
    .then(values => [...values]);
}

async function train(run: Run): Promise<void> {
  await run.train();
  await run.whenStopped();
}

/** A small network whose numbers 1/8, 2/8 … a person has put into a file. */
async function stored(
  units = 3,
): Promise<{ text: string; files: Record<string, Uint8Array>; file: string }> {
  const { network } = parseNetwork(textOf(units));
  if (!network) throw new Error('no network');
  const found: Record<string, Uint8Array> = {};
  const parameters = initialParameters(network).map((_, i) => (i + 1) / 8);
  const weights = await storeWeights(network, 'own.safetensors', parameters, {
    subtle,
    read: () => Promise.resolve(undefined),
    write: (file, bytes) => Promise.resolve(void (found[file] = bytes)),
  });
  const written = textOf(units).replace(
    /\n}\s*$/,
    `,\n  "weights": ${JSON.stringify(weights)}\n}\n`,
  );
  return { text: written, files: found, file: weights.file };
}

const EIGHTHS = Array.from({ length: 13 }, (_, i) => (i + 1) / 8);

describe('training', () => {
  it('of many parameters puts them into a file that the text names, as one undo step', async () => {
    const { run } = open(LARGE);
    await train(run);
    expect(files()).toEqual([named().file]);
    expect(named().file).toMatch(/^net\.[0-9a-f]{8}\.safetensors$/);
    expect(host.document.undoSteps).toBe(1);
    expect(text().length).toBeLessThan(LARGE.length + 200);
    expect(run.record.ahead).toBe(false);
    expect(await inText()).toEqual(await inRun(run));
  });

  it('goes on after that without loading anything anew, with the optimizer as it was', async () => {
    const { run } = open(LARGE.replace('"sgd"', '"adam"'));
    await train(run);
    await train(run);
    const twice = await inRun(run);
    const whole = open(LARGE.replace('"sgd"', '"adam"').replace('"epochs": 1', '"epochs": 2'));
    await train(whole.run);
    expect(await inRun(whole.run)).toEqual(twice);
  });

  it('of few parameters leaves them in the text', async () => {
    const { run } = open(textOf(3));
    await train(run);
    expect(files()).toEqual([]);
    expect(text()).toContain('"bias": [');
  });

  it('of a network with a file makes another one, and undo and redo find the numbers of each', async () => {
    const small = await stored();
    const { run } = open(small.text, small.files);
    expect(await inRun(run)).toEqual(EIGHTHS);
    await train(run);
    const after = text();
    const trained = await inRun(run);
    expect(trained).not.toEqual(EIGHTHS);
    expect(files()).toEqual([small.file, named().file]);
    host.document.undo();
    expect(text()).toBe(small.text);
    await settled();
    expect(await inRun(run)).toEqual(EIGHTHS);
    host.document.change(after);
    await settled();
    expect(await inRun(run)).toEqual(trained);
    expect(editor.messages).toEqual([]);
  });

  it('whose numbers cannot be written leaves text and files as they are, and keeps the numbers in the run', async () => {
    const small = await stored();
    for (const refuses of [
      (path: string) => path.endsWith('.tmp'),
      (path: string) => !path.endsWith('.tmp'),
    ]) {
      const { run } = open(small.text, small.files);
      editor.refusesToWrite = path => (refuses(path) ? 'no space left on device' : undefined);
      await train(run);
      await vi.waitFor(() => expect(editor.messages).toHaveLength(1));
      expect(text()).toBe(small.text);
      expect(files()).toEqual([small.file]);
      expect(run.record.ahead).toBe(true);
      expect(editor.messages.map(({ message }) => message)).toEqual([
        expect.stringContaining(
          'The file of weights could not be written (no space left on device).',
        ),
      ]);
      editor.refusesToWrite = undefined;
      await run.writeWeights();
      expect(await inText()).toEqual(await inRun(run));
      host.runs.dispose();
    }
  });
});

describe('reset and a new seed', () => {
  it('lead back to the file at the start, and away from any', async () => {
    const small = await stored();
    const { run } = open(small.text, small.files);
    await train(run);
    await run.reset();
    expect(named().file).toBe(small.file);
    expect(await inRun(run)).toEqual(EIGHTHS);
    await run.newSeed(7);
    expect(text()).not.toContain('safetensors');
    const { network } = parseNetwork(text());
    expect(network?.seed).toBe(7);
    expect(await inRun(run)).toEqual(await inText());
  });
});

describe('a gesture', () => {
  it('that changes layers keeps the numbers that fit, in a file of their own; undo leads back', async () => {
    const small = await stored();
    const { run, edits } = open(small.text, small.files);
    const answer = await edits.edit({ type: 'setUnits', layer: 0, units: 4 }, 1);
    expect(answer).toMatchObject({ applied: true, kept: { kept: 13, fresh: 4 } });
    const { network } = parseNetwork(text());
    expect(network?.layers.map(layer => layer.type === 'dense' && layer.weights)).toEqual([
      undefined,
      undefined,
    ]);
    const numbers = await inText();
    expect(numbers).toHaveLength(17);
    expect(numbers.slice(0, 6)).toEqual(EIGHTHS.slice(0, 6));
    expect(numbers.slice(8, 11)).toEqual(EIGHTHS.slice(6, 9));
    expect(await inRun(run)).toEqual(numbers);
    expect(host.document.undoSteps).toBe(1);
    host.document.undo();
    await settled();
    expect(text()).toBe(small.text);
    expect(await inRun(run)).toEqual(EIGHTHS);
  });

  it('that changes one weight changes that one', async () => {
    const small = await stored();
    const { edits } = open(small.text, small.files);
    const edit = {
      type: 'setParameter',
      layer: 0,
      kind: 'weight',
      row: 1,
      column: 0,
      value: -5,
    } as const;
    expect(await edits.edit(edit, 1)).toMatchObject({ applied: true });
    expect(await inText()).toEqual(EIGHTHS.map((value, i) => (i === 2 ? -5 : value)));
    expect(text().replace(/own\.[0-9a-f]{8}|[0-9a-f]{64}/g, '')).toBe(
      small.text.replace(/own\.[0-9a-f]{8}|[0-9a-f]{64}/g, ''),
    );
  });

  it('that adds a layer draws its weights alone', async () => {
    const small = await stored();
    const { run, edits } = open(small.text, small.files);
    const layer = { type: 'dense', units: 3, activation: 'relu' } as const;
    const answer = await edits.edit({ type: 'addLayer', index: 1, layer }, 1);
    expect(answer).toMatchObject({ applied: true, kept: { kept: 13, fresh: 12 } });
    const numbers = await inText();
    expect([...numbers.slice(0, 9), ...numbers.slice(-4)]).toEqual(EIGHTHS);
    expect(await inRun(run)).toEqual(numbers);
  });

  it('on the numbers of a run that is ahead takes those, where they are wanted', async () => {
    for (const answer of ['Write Weights and Change', 'Change without Them']) {
      const small = await stored();
      const { run, edits } = open(small.text, small.files);
      editor.configure('nabla.train.writeBack', 'never');
      editor.answer = () => answer;
      await train(run);
      const trained = await inRun(run);
      await edits.edit({ type: 'setUnits', layer: 0, units: 2 }, 1);
      const expected = answer.startsWith('Write') ? trained : EIGHTHS;
      expect((await inText()).slice(0, 4)).toEqual(expected.slice(0, 4));
      expect(named().file).not.toBe(small.file);
      host.runs.dispose();
    }
  });

  it('that changes no number changes no file', async () => {
    const small = await stored();
    const { edits } = open(small.text, small.files);
    await edits.edit({ type: 'set', path: ['training', 'epochs'], value: 5 }, 1);
    expect(files()).toEqual([small.file]);
    expect(named().file).toBe(small.file);
  });

  it('is refused where the file is missing, and the text stays', async () => {
    const small = await stored();
    const { edits } = open(small.text);
    const answer = await edits.edit({ type: 'setUnits', layer: 0, units: 4 }, 1);
    expect(answer).toMatchObject({
      applied: false,
      message: expect.stringContaining(
        `The weights are in the file "${small.file}", which cannot be read`,
      ) as string,
    });
    expect(text()).toBe(small.text);
  });
});

describe('a file that is not right', () => {
  const codes = (run: Run): string[] => run.record.issues.map(({ code }) => code);

  it('is told as a problem, nothing is computed, and nothing else takes its place', async () => {
    const small = await stored();
    const { run } = open(small.text);
    await expect(run.train()).rejects.toThrow(`The weights are in the file "${small.file}"`);
    expect(codes(run)).toEqual(['weights.missing']);
    expect(run.record.state).toBeUndefined();
    expect(text()).toBe(small.text);
    const [fix] = fixesOf(
      parseNetwork(text()),
      { ...run.record.issues[0], range: { start: 0, end: 0 } },
      { draw: () => [] },
    );
    expect(fix.name.type).toBe('freshWeights');
    const fresh = applyTextEdits(text(), fix.edits);
    expect(fresh).toBe(textOf(3).trimEnd() + '\n');
    host.document.change(fresh);
    await vi.waitFor(() => expect(codes(run)).toEqual([]));
    expect(await inRun(run)).toEqual(await inText());
  });

  it('is read again when it comes back', async () => {
    const small = await stored();
    const { run } = open(small.text);
    run.start();
    await vi.waitFor(() => expect(codes(run)).toEqual(['weights.missing']));
    editor.files.set(`/work/${small.file}`, small.files[small.file]);
    const [watcher] = editor.watchers;
    watcher.create.fire(host.uri as never);
    await vi.waitFor(() => expect(codes(run)).toEqual([]));
    expect(await inRun(run)).toEqual(EIGHTHS);
  });

  it('is noticed when it changes on the disk', async () => {
    const small = await stored();
    const { run } = open(small.text, small.files);
    await run.looks();
    editor.files.set(`/work/${small.file}`, small.files[small.file].slice(0, -4));
    const [watcher] = editor.watchers;
    watcher.change.fire(host.uri as never);
    await vi.waitFor(() => expect(codes(run)).toEqual(['weights.hash']));
    await expect(run.train()).rejects.toThrow('is not the file that the network was saved with');
  });

  it('is not read again and again', async () => {
    const small = await stored();
    const { run } = open(small.text, { [small.file]: Uint8Array.of(1) });
    const read = vi.spyOn(editor.files, 'get');
    for (let i = 0; i < 5; i++) await run.looks().catch(() => undefined);
    expect(read.mock.calls.filter(([path]) => path.includes(small.file)).length).toBeLessThan(4);
    read.mockRestore();
  });

  it.each(['../../own.safetensors', '/etc/own.safetensors'])('%s is out of reach', async path => {
    const small = await stored();
    const { run } = open(small.text.replace(small.file, path));
    await expect(run.train()).rejects.toThrow();
    expect(text()).toContain(path);
  });
});
