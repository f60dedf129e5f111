/** States of the page that compares kept runs. */
import type { ComparedRun } from '../../../src/protocol';
import { byId, harness } from './actions';
import type { OpenOptions } from './browser';
import { openTrained } from './statesPast';
import { open, page } from './suite';

/** As the host tells one; `look` is its place. */
export function run(look: number, more: Partial<ComparedRun> = {}): ComparedRun {
  return {
    id: `file:///w/.nabla/runs/iris-20260131T1200${String(look).padStart(2, '0')}000Z-1.jsonl 1`,
    name: `Jan 31, 12:00:${String(look).padStart(2, '0')}`,
    file: 'iris.nn.json',
    look,
    settings: { 'optimizer.learningRate': String(0.01 * (look + 1)), seed: '1', batchSize: '10' },
    reason: 'epochs',
    epochs: 100,
    seconds: 0.2 + look,
    best: 0.05 + 0.01 * ((look * 7) % 20),
    loss: 0.06 + 0.01 * ((look * 7) % 20),
    accuracy: 0.97,
    validationAccuracy: 0.93,
    hasWeights: true,
    ...more,
  };
}

/** Keeps the training as it is, with losses `times` as high. */
export async function keep(own: ComparedRun, times = 1): Promise<void> {
  await page.evaluate(([kept, factor]) => window.harness.runs.keep(kept, factor), [
    own,
    times,
  ] as const);
}

/** Keeps another training, of so many epochs. */
export async function make(own: ComparedRun, epochs: number): Promise<void> {
  await page.evaluate(([made, count]) => window.harness.runs.make(made, count), [
    own,
    epochs,
  ] as const);
}

/** A trained network with as many runs beside it, each other ones. */
export async function openCompared(count: number, options: OpenOptions = {}): Promise<void> {
  await openTrained(options);
  for (let i = 0; i < count; i++) await keep(run(i), 1 + 0.15 * (i + 1));
  await byId(page, `compared-${count - 1}`).waitFor();
}

export async function openTable(): Promise<void> {
  await harness(page, ({ compare }) => compare());
  await byId(page, 'compare-rows').waitFor();
}

export const comparedStates: {
  readonly [state: string]: (options: OpenOptions) => Promise<void>;
} = {
  'runs beside a training, read with the keyboard': async options => {
    await openCompared(4, { ...options, width: 1500, height: 900 });
    await byId(page, 'chart').focus();
    for (const key of ['Home', 'PageUp']) await page.keyboard.press(key);
  },
  'twenty runs in a small window': async options => {
    await openCompared(20, { ...options, width: 800, height: 600 });
  },
  'runs beside a network that was not trained': async options => {
    await open(options);
    await make(run(0), 50);
    await byId(page, 'compared-0').waitFor();
  },
  'the table of runs': async options => {
    await openCompared(6, options);
    await openTable();
    await byId(page, 'compare-sort-loss').click();
  },
  'the table of runs, in a small window': async options => {
    await openCompared(3, { ...options, width: 800, height: 600 });
    await openTable();
  },
};
