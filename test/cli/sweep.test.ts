/** `nabla sweep`: several trainings of one network, and the table of them. */
import { describe, expect, it } from 'vitest';
import { readRun } from '../../src/runs/readRun';
import { example, nabla } from './support';

const XOR = example('xor');

interface Trained {
  readonly learningRate?: number;
  readonly seed?: number;
  readonly units?: number;
  readonly done: string;
  readonly epochs: number;
  readonly loss: number;
  readonly best?: { readonly loss: number; readonly epoch: number };
}

async function sweep(...options: readonly string[]) {
  const outcome = await nabla(['sweep', XOR, ...options, '--json']);
  const { trainings } = JSON.parse(outcome.stdout) as { trainings: readonly Trained[] };
  return { ...outcome, trainings };
}

describe('nabla sweep', () => {
  it('trains each with each, and sorts by the least loss', async () => {
    const { code, trainings, written } = await sweep(
      '--rates',
      '0.01,0.5',
      '--seeds',
      '1,2',
      '--units',
      '3,4',
      '--epochs',
      '40',
    );
    expect(code).toBe(0);
    expect(trainings).toHaveLength(8);
    expect(
      new Set(trainings.map(({ learningRate, seed, units }) => `${learningRate} ${seed} ${units}`))
        .size,
    ).toBe(8);
    const best = trainings.map(each => each.best?.loss ?? NaN);
    expect(best).toEqual([...best].sort((a, b) => a - b));
    expect(trainings[0].learningRate).toBe(0.5);
    expect(written).toEqual({});
  });

  it('has the very numbers of a training alone', async () => {
    const { trainings } = await sweep('--seeds', '3,4', '--epochs', '25');
    for (const { seed, loss, epochs } of trainings) {
      const alone = await nabla([
        'train',
        XOR,
        '--fresh',
        '--seed',
        String(seed),
        '--epochs',
        '25',
        '--json',
      ]);
      const done = JSON.parse(alone.stdout.trimEnd().split('\n').at(-1)!) as Trained;
      expect([loss, epochs]).toEqual([done.loss, done.epochs]);
    }
  });

  it('is the same twice, whatever weights the file has', async () => {
    const first = await sweep('--rates', '0.2', '--epochs', '20');
    const trained = (await nabla(['train', XOR, '--epochs', '20', '--out', 'out.nn.json'])).written[
      'out.nn.json'
    ];
    const words = ['sweep', 'out.nn.json', '--rates', '0.2', '--epochs', '20', '--json'];
    const again = await nabla(words, { 'out.nn.json': trained });
    const [one] = (JSON.parse(again.stdout) as { trainings: readonly Trained[] }).trainings;
    expect(one.loss).toBe(first.trainings[0].loss);
  });

  it('prints a table, and how far it is', async () => {
    const { stdout, stderr } = await nabla(['sweep', XOR, '--rates', '0.1,0.5', '--epochs', '30']);
    const [head, ...rows] = stdout.trimEnd().split('\n');
    expect(head.trim().split(/ {2,}/)).toEqual([
      'learningRate',
      'best loss',
      'at epoch',
      'last loss',
      'accuracy',
      'epochs',
      's',
    ]);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatch(/^ +0\.5 /);
    expect(stderr).toMatch(/^1 of 2: learningRate 0\.1: best loss 0\.\d+\n2 of 2: /);
  });

  it('keeps each training where that is wanted, marked as one sweep', async () => {
    const words = ['sweep', XOR, '--rates', '0.1,0.2', '--epochs', '3', '--run', 'runs'];
    const { written } = await nabla(words);
    const runs = Object.values(written).map(readRun);
    expect(runs).toHaveLength(2);
    for (const { head, result } of runs) {
      expect(head.sweep).toBe('learningRate 0.1, 0.2');
      expect(result).toMatchObject({ epochs: 3, reason: 'epochs' });
    }
    expect(new Set(runs.map(({ head }) => head.begun)).size).toBe(2);
  });

  it('says what a list must be, and what cannot be tried', async () => {
    const wrong = await nabla(['sweep', XOR, '--rates', '0.1,fast']);
    expect([wrong.code, wrong.stderr]).toEqual([
      2,
      expect.stringContaining(
        '--rates takes numbers above 0 with commas between them, found "0.1,fast"',
      ),
    ]);
    const none = await nabla(['sweep', XOR]);
    expect([none.code, none.stderr]).toEqual([
      1,
      expect.stringContaining('give at least one list'),
    ]);
    const last = await nabla(['sweep', XOR, '--units', '3', '--layer', '1']);
    expect([last.code, last.stderr]).toEqual([
      1,
      expect.stringContaining('layers[0], found layers[1]'),
    ]);
  });
});
