/** Saving a checkpoint and going on from it, over the real engine. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { isCheckpoint } from '../../src/export/checkpointFile';
import { resumeCheckpoint, saveCheckpoint } from '../../src/host/checkpoints';
import type { Run } from '../../src/host/run';
import { parseNetwork } from '../../src/network/parse';
import { createHostWith, settled } from './support/host';
import type { Host } from './support/host';
import { sessionPort } from './support/session';
import { editor, Uri, window } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

const TEXT = `{
  "version": 1,
  "seed": 3,
  "input": { "shape": [2] },
  "layers": [
    { "type": "dense", "units": 4, "activation": "tanh" },
    { "type": "dense", "units": 1, "activation": "sigmoid" }
  ],
  "training": { "batchSize": 8, "epochs": 4, "optimizer": { "type": "adam", "learningRate": 0.01 } },
  "data": { "generator": "circle", "samples": 60 }
}
`;
const FILE = Uri.file('/work/c.safetensors');

let host: Omit<Host, 'workers'>;
afterEach(() => {
  vi.restoreAllMocks();
  host.runs.dispose();
});

function open(text = TEXT, file?: Uint8Array): Run {
  host = createHostWith(sessionPort, text);
  if (file) editor.files.set(FILE.path, file);
  return host.runs.acquire(host.uri).run;
}

async function train(run: Run, epochs: number): Promise<void> {
  await run.train({ epochs });
  await run.whenStopped();
}

/** A checkpoint after two epochs and a few batches of a third. */
async function saved(): Promise<Uint8Array> {
  const run = open();
  await train(run, 2);
  for (let i = 0; i < 3; i++) await run.step('batch');
  await saveCheckpoint(run, FILE);
  const file = editor.files.get(FILE.path);
  host.runs.dispose();
  return file ?? new Uint8Array();
}

const layersIn = (text: string) => parseNetwork(text).network?.layers;
const losses = (run: Run): readonly number[] => run.record.losses(100)?.recent ?? [];

describe('a training', () => {
  it('goes on in another window with the same bits, in the run, the text and the chart', async () => {
    const whole = open();
    await train(whole, 2);
    for (let i = 0; i < 3; i++) await whole.step('batch');
    await train(whole, 3);
    const [expected, course] = [layersIn(host.document.getText()), losses(whole).slice(-3)];
    const state = whole.record.state;
    host.runs.dispose();

    const file = await saved();
    const run = open(TEXT, file);
    await resumeCheckpoint(run, FILE);
    expect(run.record.state).toMatchObject({ epoch: 2, phase: 'idle', step: 2 * 8 + 3 });
    expect(editor.applied.at(-1)?.edits[0].label).toBe('Resume from checkpoint at epoch 2');
    await train(run, 3);
    expect(layersIn(host.document.getText())).toEqual(expected);
    expect(losses(run).slice(-3)).toEqual(course);
    expect(run.record.state).toMatchObject({
      epoch: state?.epoch,
      step: state?.step,
      loss: state?.loss,
    });
  });

  it('is not disturbed by a checkpoint that is saved meanwhile', async () => {
    const run = open();
    await run.train({ epochs: 300 });
    await saveCheckpoint(run, FILE);
    expect(isCheckpoint(editor.files.get(FILE.path) ?? new Uint8Array())).toBe(true);
    await run.whenStopped();
    expect(run.record.state?.epoch).toBe(300);
  });

  it('is left by one undo step, and by Reset', async () => {
    const file = await saved();
    const run = open(TEXT, file);
    await resumeCheckpoint(run, FILE);
    const resumed = host.document.getText();
    expect(resumed).not.toBe(TEXT);
    host.document.undo();
    expect(host.document.getText()).toBe(TEXT);
    await settled();
    await run.looks();
    expect(run.record.state?.epoch).toBe(0);
    await resumeCheckpoint(run, FILE);
    expect(host.document.getText()).toBe(resumed);
    await run.reset();
    expect(layersIn(host.document.getText())).toEqual(layersIn(TEXT));
    expect(run.record.state).toMatchObject({ epoch: 0, step: 0 });
  });

  it('keeps its own numbers where nothing shall be written', async () => {
    const file = await saved();
    const run = open(TEXT, file);
    editor.configure('nabla.train.writeBack', 'never');
    await resumeCheckpoint(run, FILE);
    expect(host.document.getText()).toBe(TEXT);
    expect(run.record.ahead).toBe(true);
    expect(run.record.state?.epoch).toBe(2);
  });
});

describe('refused', () => {
  it.each([
    [
      'another network',
      TEXT.replace('"units": 4', '"units": 5'),
      'layers[0].units is 4 in it and 5 here',
    ],
    ['other data', TEXT.replace('60', '61'), 'of other data'],
  ])('%s: nothing changes', async (_, text, sentence) => {
    const file = await saved();
    const run = open(text, file);
    await train(run, 1);
    const before = [host.document.getText(), run.record.state?.loss];
    await expect(resumeCheckpoint(run, FILE)).rejects.toThrow(sentence);
    expect([host.document.getText(), run.record.state?.loss]).toEqual(before);
    expect(run.record.ahead).toBe(false);
  });

  it('to write over a file that is none', async () => {
    const run = open(TEXT, Uint8Array.of(1, 2, 3));
    await expect(saveCheckpoint(run, FILE)).rejects.toThrow('c.safetensors is no checkpoint');
    expect(editor.files.get(FILE.path)).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('a disk that is full: the older checkpoint stays whole', async () => {
    const file = await saved();
    const run = open(TEXT, file);
    editor.refusesToWrite = () => 'no space left on device';
    await expect(saveCheckpoint(run, FILE)).rejects.toThrow('no space left on device');
    expect([...editor.files]).toEqual([[FILE.path, file]]);
  });
});

it('asks for the file, and does nothing where the person names none', async () => {
  const file = await saved();
  const run = open(TEXT, file);
  const save = vi.spyOn(window, 'showSaveDialog').mockResolvedValue(undefined as never);
  const pick = vi.spyOn(window, 'showOpenDialog').mockResolvedValue(undefined as never);
  await saveCheckpoint(run);
  await resumeCheckpoint(run);
  expect(save.mock.calls).toMatchObject([
    [
      {
        defaultUri: { path: '/work/net.checkpoint.safetensors' },
        filters: { Checkpoints: ['safetensors'] },
      },
    ],
  ]);
  expect(run.record.state).toBeUndefined();
  save.mockResolvedValue(Uri.file('/work/other.safetensors') as never);
  pick.mockResolvedValue([FILE] as never);
  await resumeCheckpoint(run);
  expect(run.record.state?.epoch).toBe(2);
  await saveCheckpoint(run);
  expect(editor.files.get('/work/other.safetensors')).toEqual(file);
});
