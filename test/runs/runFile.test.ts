/** The file of a kept training: what is written reads back, and what is damaged is named. */
import { webcrypto } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parameterTensors } from '../../src/export/parameterTensors';
import { writeSafetensors } from '../../src/export/safetensors';
import { sha256 } from '../../src/export/sha256';
import { beginningIn, bestOf, runName } from '../../src/runs/run';
import { networkOf, readRun, readSummary, RunFileError } from '../../src/runs/readRun';
import { misfit, parametersOf } from '../../src/runs/runParameters';
import { runFiles } from '../../src/runs/writeRun';
import type { EndedRun } from '../../src/runs/writeRun';
import { inferShapes } from '../../src/network/shapes';
import { formatNetwork } from '../../src/network/write';
import { dense, network } from '../engine/networks';

const { subtle } = webcrypto;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const NET = network(2, [dense(2, 'tanh'), dense(1, 'linear')], { seed: 7 });
const PARAMETERS = Float64Array.from({ length: 9 }, (_, i) => Math.fround(1 / (i - 3.3)));

const ended = (more: Partial<EndedRun> = {}): EndedRun => ({
  file: 'nets/xor.nn.json',
  text: bytes('{}'),
  begun: '2026-01-31T23:59:59.123Z',
  engine: { place: 'thread', backend: 'reference', reason: 'it was asked for' },
  network: NET,
  columns: new Map([
    ['epoch', Float64Array.of(0, 1, 2, 3)],
    ['step', Float64Array.of(0, 4, 8, 12)],
    ['loss', Float64Array.of(0.5, 0.25, 0.125, Infinity)],
    ['anything', Float64Array.of(NaN, 1, 1e-300, -0.1)],
  ]),
  end: { reason: 'epochs', epochs: 3, steps: 12, seconds: 0.25, loss: NaN },
  parameters: PARAMETERS,
  ...more,
});

const nothing = (): Promise<Uint8Array> => Promise.reject(new Error('no file was expected'));

describe('the file of a run', () => {
  it('is one line for the head, each row and the result', async () => {
    const { name, lines, weights } = await runFiles(ended(), subtle);
    expect(name).toBe('xor-20260131T235959123Z-7.jsonl');
    expect(weights).toBeUndefined();
    const parsed = lines
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(parsed).toHaveLength(6);
    expect(parsed[0]).toMatchObject({
      format: 'nabla-run',
      version: 1,
      file: 'nets/xor.nn.json',
      sha256: await sha256(bytes('{}'), subtle),
      begun: '2026-01-31T23:59:59.123Z',
      engine: { place: 'thread', backend: 'reference' },
      network: { seed: 7, layers: [{ type: 'dense' }, { type: 'dense' }] },
    });
    expect(parsed[1]).toEqual({ epoch: 0, step: 0, loss: 0.5, anything: null });
    expect(parsed[4]).toEqual({ epoch: 3, step: 12, loss: null, anything: -0.1 });
    expect(parsed[5]).toMatchObject({
      reason: 'epochs',
      epochs: 3,
      steps: 12,
      seconds: 0.25,
      lossBefore: 0.5,
      loss: null,
      best: { loss: 0.125, epoch: 2 },
    });
  });

  it('has no weights in its head, wherever the network has them', async () => {
    const [first, second] = NET.layers;
    const layers = [
      {
        ...first,
        weights: [
          [1, 2],
          [3, 4],
        ],
        bias: [0, 0],
      },
      second,
    ] as never;
    const weights = { file: 'w.safetensors', sha256: 'a'.repeat(64) };
    const { lines } = await runFiles(ended({ network: { ...NET, layers, weights } }), subtle);
    const head = lines.slice(0, lines.indexOf('\n'));
    expect(head).not.toContain('"weights"');
    expect(head).not.toContain('"bias":[');
  });

  it('reads back with every number and its own network', async () => {
    const { lines } = await runFiles(ended(), subtle);
    const run = readRun(lines);
    expect(run.faults).toEqual([]);
    expect([...run.columns.keys()]).toEqual(['epoch', 'step', 'loss', 'anything']);
    expect([...run.columns.get('anything')!]).toEqual([NaN, 1, 1e-300, -0.1]);
    expect(run.columns.get('loss')![3]).toBeNaN();
    expect(run.result?.loss).toBeNaN();
    expect(formatNetwork(networkOf(run.head))).toBe(formatNetwork(NET));
    expect(readSummary(lines)).toEqual({ head: run.head, shares: run.shares, result: run.result });
    const read = await parametersOf(run, nothing, subtle);
    expect([...read].map(Math.fround)).toEqual([...PARAMETERS]);
  });

  it('keeps float64 numbers to the last bit', async () => {
    const doubles = PARAMETERS.map(value => value / 3);
    const training = { ...NET.training, precision: 'float64' as const };
    const run = ended({ network: { ...NET, training }, parameters: doubles });
    const { lines } = await runFiles(run, subtle);
    expect(await parametersOf(readRun(lines), nothing, subtle)).toEqual(doubles);
  });

  it('says where the best loss was, and nothing where there was none', () => {
    const losses = (...values: number[]) =>
      new Map([
        ['epoch', Float64Array.from(values, (_, i) => 10 * i)],
        ['loss', Float64Array.from(values)],
      ]);
    expect(bestOf(losses(3, 1, 2, 1))).toEqual({ loss: 1, epoch: 10 });
    expect(bestOf(losses(NaN, 2, NaN))).toEqual({ loss: 2, epoch: 10 });
    expect(bestOf(losses(NaN, Infinity))).toBeUndefined();
    expect(bestOf(new Map())).toBeUndefined();
  });
});

describe('the weights of a large network', () => {
  const large = network(200, [dense(100, 'tanh'), dense(1, 'linear')]);
  const values = Float64Array.from({ length: inferShapes(large).stored }, (_, i) => i / 8);

  it('lie beside the run', async () => {
    const { lines, weights } = await runFiles(
      ended({ network: large, parameters: values }),
      subtle,
    );
    expect(weights?.name).toMatch(/^xor-20260131T235959123Z-\d+\.safetensors$/);
    expect(weights?.bytes).toEqual(writeSafetensors(parameterTensors(large, values)));
    const run = readRun(lines);
    expect(run.result?.parameters).toBeUndefined();
    const read = (file: string) =>
      file === weights?.name ? Promise.resolve(weights.bytes) : nothing();
    expect(await parametersOf(run, read, subtle)).toEqual(values);
  });

  it('are refused when they are others, or lie elsewhere', async () => {
    const { lines } = await runFiles(ended({ network: large, parameters: values }), subtle);
    const run = readRun(lines);
    const other = (): Promise<Uint8Array> => Promise.resolve(new Uint8Array(8));
    await expect(parametersOf(run, other, subtle)).rejects.toThrow('is not the file of weights');
    const outside = { file: '../../secret', sha256: 'a' };
    const moved = { ...run, result: { ...run.result!, weights: outside } };
    await expect(parametersOf(moved, nothing, subtle)).rejects.toThrow('lie beside it');
  });
});

describe('a damaged file', () => {
  const whole = async (): Promise<string> => (await runFiles(ended(), subtle)).lines;

  it('still has the rows before the end of the writing, at every length', async () => {
    const lines = await whole();
    const head = lines.indexOf('\n');
    for (let length = head; length < lines.length - 1; length++) {
      const run = readRun(lines.slice(0, length));
      expect(run.result === undefined || run.faults.length === 0).toBe(true);
      if (!run.result) expect(run.faults.at(-1)).toContain('the writing was cut off');
      const rows = lines
        .slice(head + 1, length)
        .split('\n')
        .slice(0, -1).length;
      expect(run.columns.get('epoch')?.length ?? 0).toBeGreaterThanOrEqual(rows);
      expect(() => readSummary(lines.slice(0, length))).not.toThrow();
    }
  });

  it('names the line that is none, and goes on after it', async () => {
    const lines = (await whole()).split('\n');
    lines[2] = '{"epoch": 1,';
    const run = readRun(lines.join('\n'));
    expect(run.faults).toEqual(['Line 3 is not a whole JSON object: it was left out.']);
    expect([...run.columns.get('epoch')!]).toEqual([0, 2, 3]);
    expect(run.result?.reason).toBe('epochs');
  });

  it('gives NaN for a number that a row lacks', async () => {
    const lines = (await whole()).split('\n');
    lines[2] = '{"epoch":1,"loss":"low"}';
    const { columns } = readRun(lines.join('\n'));
    expect([...columns.get('loss')!]).toEqual([0.5, NaN, 0.125, NaN]);
    expect(columns.get('step')![1]).toBeNaN();
  });

  it.each([
    ['', 'This is no run'],
    ['{"loss": 1}', 'This is no run'],
    ['{"format":"nabla-run","version":2}', 'format version 2: expected 1'],
    ['{"format":"nabla-run","version":1,"file":"a"}', 'lacks "sha256"'],
    [
      '{"format":"nabla-run","version":1,"file":"a","sha256":"b","begun":"now","engine":{},"network":{}}',
      'no time: found "now"',
    ],
  ])('is refused with what is wrong with its head: %s', (text, message) => {
    expect(() => readRun(text)).toThrow(RunFileError);
    expect(() => readRun(text)).toThrow(message);
    expect(() => readSummary(text)).toThrow(message);
  });

  it('gives no weights that are not all there', async () => {
    const run = readRun(await whole());
    const result = { ...run.result!, parameters: [1, 2] };
    await expect(parametersOf({ ...run, result }, nothing, subtle)).rejects.toThrow(
      'Expected 9 finite parameters in the last line of this run, found 2.',
    );
    const without = { ...run.result!, parameters: undefined };
    await expect(parametersOf({ ...run, result: without }, nothing, subtle)).rejects.toThrow(
      'kept without its weights',
    );
  });
});

describe('weights of a run in another network', () => {
  it('fit as long as every tensor has its shape', () => {
    expect(misfit(NET, { ...NET, seed: 9 })).toBeUndefined();
    const wider = network(2, [dense(3, 'tanh'), dense(1, 'linear')]);
    expect(misfit(NET, wider)).toEqual({
      layer: 0,
      then: 'layers.0.weight (2, 2)',
      now: 'layers.0.weight (3, 2)',
    });
    const deeper = network(2, [dense(2, 'tanh'), dense(1, 'linear'), dense(1, 'linear')]);
    expect(misfit(NET, deeper)).toEqual({ layer: 2, then: '–', now: 'layers.2.weight (1, 1)' });
    expect(misfit(deeper, NET)).toMatchObject({ layer: 2, now: '–' });
  });
});

describe('the name of a run', () => {
  it('tells network, time and seed, and no character that a file system refuses', () => {
    const name = runName('a/b: c?ü网.nn.json', '2026-01-31T23:59:59.123Z', 3);
    expect(name).toBe('b__c_ü网-20260131T235959123Z-3');
    expect(beginningIn(`${name}.jsonl`)).toBe('20260131T235959123Z');
    expect(runName(`${'x'.repeat(300)}.nn.json`, '2026-01-31T23:59:59.123Z', 3).length).toBe(82);
  });

  it('is none of other files', () => {
    for (const other of [
      'notes.jsonl',
      'a-20260131T235959Z-1.jsonl',
      'a-20260131T235959123Z-1.txt',
    ])
      expect(beginningIn(other)).toBeUndefined();
  });
});

describe('the shares of right answers', () => {
  it('are those of the last row, also where the result is missing', async () => {
    const columns = new Map([
      ['epoch', Float64Array.of(0, 1)],
      ['accuracy', Float64Array.of(0.5, 0.75)],
      ['validationAccuracy', Float64Array.of(0.25, NaN)],
    ]);
    const { lines } = await runFiles(ended({ columns }), subtle);
    const shares = { accuracy: 0.75, validationAccuracy: NaN };
    expect(readSummary(lines).shares).toEqual(shares);
    expect(readRun(lines).shares).toEqual(shares);
    expect(readSummary(lines.slice(0, lines.indexOf('{"reason"'))).shares).toEqual(shares);
    const none = `${lines.split('\n')[0]}\n`;
    expect(readSummary(none).shares).toEqual({ accuracy: NaN, validationAccuracy: NaN });
  });
});
