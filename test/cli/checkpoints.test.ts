/** Trainings that are stopped and go on: `--checkpoint`, `--checkpoint-every`, `--resume`. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSafetensors, writeSafetensors } from '../../src/export/safetensors';
import { example, nabla, trainingLines } from './support';
import type { Files, World } from './support';

const SPIRAL = example('spiral');
const text = readFileSync(SPIRAL, 'utf8');

/** The same network in `a.nn.json`. */
const train = async (options: string[], files: Files = {}, world: World = {}) => {
  const words = ['train', 'a.nn.json', '--json', ...options];
  const outcome = await nabla(words, { 'a.nn.json': text, ...files }, world);
  return { ...outcome, lines: outcome.stdout === '' ? undefined : trainingLines(outcome.stdout) };
};

describe('a training in two parts', () => {
  it('prints the same losses, keeps the same checkpoint and writes the same weights', async () => {
    const whole = await train([
      '--epochs',
      '6',
      '--checkpoint',
      'c.safetensors',
      '--out',
      'o.nn.json',
    ]);
    expect(whole.code).toBe(0);
    const first = await train(['--epochs', '3', '--checkpoint', 'c.safetensors']);
    const second = await train(
      [
        '--epochs',
        '6',
        '--resume',
        'c.safetensors',
        '--checkpoint',
        'd.safetensors',
        '--out',
        'o.nn.json',
      ],
      { 'c.safetensors': first.bytes['c.safetensors'] },
    );
    expect(second.stderr).toBe('');
    expect([...(first.lines?.epochs ?? []), ...(second.lines?.epochs ?? [])]).toEqual(
      whole.lines?.epochs,
    );
    expect(second.bytes['d.safetensors']).toEqual(whole.bytes['c.safetensors']);
    expect(second.written['o.nn.json']).toBe(whole.written['o.nn.json']);
  });

  it('that has come far enough already trains no more', async () => {
    const { bytes } = await train(['--epochs', '3', '--checkpoint', 'c.safetensors']);
    const { code, lines } = await train(['--epochs', '2', '--resume', 'c.safetensors'], bytes);
    expect(code).toBe(0);
    expect(lines?.epochs).toEqual([]);
    expect(lines?.done).toMatchObject({ done: 'epochs', epochs: 3, samplesPerSecond: 0 });
  });

  it('shows people where it goes on', async () => {
    const { bytes } = await train(['--epochs', '3', '--checkpoint', 'c.safetensors']);
    const words = ['train', 'a.nn.json', '--epochs', '5', '--resume', 'c.safetensors'];
    const { stdout } = await nabla(words, { 'a.nn.json': text, ...bytes });
    const epochs = stdout.split('\n').map(line => line.trim().split(/\s+/)[0]);
    expect(epochs.slice(0, 4)).toEqual(['epoch', '3', '4', '5']);
  });
});

const epochIn = (file: Uint8Array | undefined): string | undefined =>
  file && readSafetensors(file).metadata.get('epoch');

describe('checkpoints are saved', () => {
  it('after every N epochs too', async () => {
    const { code, bytes } = await nabla(
      [
        'train',
        'a.nn.json',
        '--epochs',
        '7',
        '--checkpoint',
        'c.safetensors',
        '--checkpoint-every',
        '2',
      ],
      { 'a.nn.json': text },
      {
        output: printed =>
          printed.split('\n').length > 6 ? { type: 'failed', reason: 'x' } : { type: 'open' },
      },
    );
    expect(code).toBe(1);
    expect(epochIn(bytes['c.safetensors'])).toBe('4');
  });

  it('when the person interrupts, and the call says how to go on', async () => {
    const interrupted = (printed: string): boolean => printed.split('\n').length > 4;
    const options = ['--epochs', '50', '--checkpoint', 'c.safetensors'];
    const { code, stderr, bytes, lines } = await train(options, {}, { interrupted });
    expect(code).toBe(1);
    expect(lines?.done.done).toBe('interrupted');
    expect(stderr).toContain(
      'c.safetensors holds the training as it is, and --resume c.safetensors goes on',
    );
    const rest = await train(['--epochs', '50', '--resume', 'c.safetensors'], bytes);
    const whole = await train(['--epochs', '50']);
    expect(rest.lines?.done.loss).toBe(whole.lines?.done.loss);
    expect([...(lines?.epochs ?? []), ...(rest.lines?.epochs ?? [])]).toEqual(whole.lines?.epochs);
  });

  it('when the time is up', async () => {
    const limited = text.replace('"training": {', '"training": { "stop": { "maxSeconds": 1 },');
    expect(limited).not.toBe(text);
    const words = [
      'train',
      'a.nn.json',
      '--json',
      '--epochs',
      '100000',
      '--checkpoint',
      'c.safetensors',
    ];
    const { code, stdout, bytes } = await nabla(words, { 'a.nn.json': limited });
    expect(code).toBe(0);
    const { done } = trainingLines(stdout);
    expect(done.done).toBe('maxSeconds');
    expect(epochIn(bytes['c.safetensors'])).toBe(String(done.epochs));
  });

  it('over an older one, and never over another file', async () => {
    const { bytes } = await train(['--epochs', '1', '--checkpoint', 'c.safetensors']);
    const options = ['--epochs', '2', '--checkpoint', 'c.safetensors'];
    const again = await train(options, bytes);
    expect(epochIn(again.bytes['c.safetensors'])).toBe('2');
    const other = await train(options, { 'c.safetensors': 'my notes' });
    expect(other.code).toBe(1);
    expect(other.bytes).toEqual({});
    expect(other.stderr).toContain('c.safetensors is there already and is no checkpoint');
    const network = await train(['--epochs', '2', '--checkpoint', 'a.nn.json']);
    expect(network.stderr).toContain('a.nn.json is there already and is no checkpoint');
  });

  it('or the call fails with the reason, and the trained network is written all the same', async () => {
    const options = ['--epochs', '2', '--out', 'o.nn.json', '--checkpoint', 'full/c.safetensors'];
    const { code, stderr, written } = await train(options);
    expect(code).toBe(1);
    expect(stderr).toContain('cannot write full/c.safetensors: ENOSPC');
    expect(Object.keys(written)).toEqual(['o.nn.json']);
  });

  it('or nothing is trained where nothing can be written', async () => {
    const { code, stdout, stderr } = await train(['--checkpoint', 'locked/c.safetensors']);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('cannot write locked/c.safetensors: EACCES');
  });
});

describe('refused', () => {
  const weights = writeSafetensors([{ name: 'w', shape: [1], values: Float32Array.of(1) }]);
  const damaged = (file: Uint8Array): Uint8Array => {
    const copy = file.slice();
    copy[copy.length - 9] ^= 1;
    return copy;
  };
  it.each<[string, (file: Uint8Array) => Files, string[], string]>([
    [
      'another seed',
      () => ({}),
      ['--seed', '99'],
      'of another network: seed is 6 in it and 99 here',
    ],
    [
      'another network',
      () => ({ 'a.nn.json': text.replace('"units": 16', '"units": 3') }),
      [],
      'of another network: layers[0].units is 16 in it and 3 here',
    ],
    [
      'other data',
      () => ({ 'a.nn.json': text.replace('0.02', '0.03') }),
      [],
      'of other data: as many',
    ],
    [
      'a damaged file',
      file => ({ 'c.safetensors': damaged(file) }),
      [],
      'The checkpoint is damaged: expected numbers with the checksum that they had, found others',
    ],
    [
      'a file of weights',
      () => ({ 'c.safetensors': weights }),
      [],
      'Expected a checkpoint (format nabla.checkpoint), found a file of tensors alone',
    ],
    [
      'a text',
      () => ({ 'c.safetensors': text }),
      [],
      'c.safetensors: The checkpoint cannot be read.',
    ],
  ])('%s', async (_, change, options, sentence) => {
    const { bytes } = await train(['--epochs', '1', '--checkpoint', 'c.safetensors']);
    const files = { ...bytes, ...change(bytes['c.safetensors']) };
    const { code, stdout, stderr } = await train([...options, '--resume', 'c.safetensors'], files);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('c.safetensors: ');
    expect(stderr).toContain(sentence);
  });

  it('no file', async () => {
    const { code, stderr } = await train(['--resume', 'nothing.safetensors']);
    expect(code).toBe(1);
    expect(stderr).toContain('cannot read nothing.safetensors');
  });

  it('a wrong call', async () => {
    const every = await train(['--checkpoint-every', '2']);
    expect(every.code).toBe(2);
    expect(every.stderr).toContain('--checkpoint-every needs --checkpoint FILE');
    const both = await train(['--fresh', '--resume', 'c.safetensors']);
    expect(both.stderr).toContain('train takes only one of --fresh and --resume');
    const zero = await train(['--checkpoint', 'c', '--checkpoint-every', '0']);
    expect(zero.stderr).toContain('--checkpoint-every takes a whole number from 1 up, found "0"');
  });
});
