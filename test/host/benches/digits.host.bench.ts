/**
 * A training of some size in a real VS Code: whether the page stays awake, how soon a pause is one, and what is learnt:
 * `npm run bench:host -- --file digits`.
 */
import { commands, workspace } from 'vscode';
import { describe, expect, it } from 'vitest';
import { mnistNetwork } from '../../bench/mnistNetwork.mjs';
import { ask, inWorkspace } from '../errand';
import { phase, press, rest, say, write } from '../measuring';
import { closeAll, commandLine, designer, eventually, open, readText } from '../ui';

const MNIST = 'mnist/mnist.nn.json';
const TEST = 'mnist/mnist-test.nn.json';
const EPOCHS = 30;
/** Of the 10,000 test digits. */
const LEAST = 0.97;
const PAUSES = 10;
/** Milliseconds: of a pause, and of a task in the page. */
const [PAUSE, TASK] = [100, 50];

const mnist = mnistNetwork({
  optimizer: { type: 'adam', learningRate: 0.002 },
  schedule: { type: 'cosine', minimum: 0 },
  batchSize: 64,
  epochs: EPOCHS,
});

/** Watches the page: its long tasks, and the time from a press of the pause button to the page that shows it. */
const WATCH = `(() => {
  window.watched = { tasks: [], pressed: 0, pauses: [] };
  new PerformanceObserver(list => {
    for (const { duration } of list.getEntries()) window.watched.tasks.push(duration);
  }).observe({ entryTypes: ['longtask'] });
  addEventListener('click', event => {
    if (event.target.closest('[data-testid="pause"]')) window.watched.pressed = performance.now();
  }, true);
  new MutationObserver(() => {
    if (!window.watched.pressed || !document.querySelector('[data-testid="status"][data-phase="paused"]')) return;
    window.watched.pauses.push(performance.now() - window.watched.pressed);
    window.watched.pressed = 0;
  }).observe(document, { childList: true, subtree: true, attributes: true });
  return 1;
})()`;

interface Watched {
  readonly tasks: readonly number[];
  readonly pauses: readonly number[];
}

const watched = (): Promise<Watched> =>
  designer.testId('canvas').evaluate<Watched>('window.watched');

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

const textOf = (name: string): string | undefined =>
  workspace.textDocuments
    .find(({ uri }) => uri.toString() === inWorkspace(name).toString())
    ?.getText();

/** Until training is at its end; reads the page only now and then. */
async function finished(): Promise<void> {
  for (const end = Date.now() + 900_000; Date.now() < end; await rest(500))
    if ((await phase()) === 'finished') return;
  throw new Error('The training never ended.');
}

/** The share of test digits that the trained file tells right, on the command line. */
async function shareRight(): Promise<number> {
  const trained = JSON.parse(await readText(MNIST)) as object;
  const test = { images: 't10k-images-idx3-ubyte', labels: 't10k-labels-idx1-ubyte' };
  await write(TEST, { ...trained, data: { idx: test } });
  const { stdout, stderr } = await commandLine('predict', TEST, '--data', '--json');
  if (stderr !== '') throw new Error(stderr);
  const labels = (await workspace.fs.readFile(inWorkspace(`mnist/${test.labels}`))).subarray(8);
  const { outputs } = JSON.parse(stdout) as { outputs: readonly (readonly number[])[] };
  const right = outputs.filter((row, i) => row.indexOf(Math.max(...row)) === labels[i]);
  return right.length / labels.length;
}

describe('784-128-10 on 60,000 digits', () => {
  const measure = async (): Promise<void> => {
    await ask('digits', null);
    await write(MNIST, mnist);
    await open(MNIST);
    await designer.testId('status').waitUntilVisible(120);
    // The digits are read: the picture of one is there.
    await eventually(
      async () => expect(await designer.testId('status').text()).toContain('ready'),
      60,
    );
    await designer.testId('canvas').evaluate(WATCH);
    const began = Date.now();
    await press('train');
    for (let i = 0; i < PAUSES; i++) {
      await eventually(async () => expect(await phase()).toBe('running'));
      await rest(700);
      await press('pause');
      await eventually(async () => expect(await phase()).toBe('paused'));
      await press('train');
    }
    await finished();
    const seconds = (Date.now() - began) / 1000;
    const { tasks, pauses } = await watched();
    // The end is told before its weights are in the text.
    await eventually(async () => expect(textOf(MNIST)).toContain('"weights"'), 60);
    await commands.executeCommand('workbench.action.files.save');
    const share = await shareRight();
    const long = tasks.filter(duration => duration > TASK);
    await say(
      `${EPOCHS} epochs in ${seconds.toFixed(0)} s with ${PAUSES} pauses; ${(100 * share).toFixed(2)} % of the test digits (wanted: ${100 * LEAST})`,
    );
    await say(
      `pauses: median ${median(pauses).toFixed(0)} ms, longest ${Math.max(...pauses).toFixed(0)} ms (wanted: ${PAUSE})`,
    );
    await say(
      `tasks of the page above ${TASK} ms: ${long.length}${long.length > 0 ? `, the longest ${Math.max(...long).toFixed(0)} ms` : ''} (wanted: none)`,
    );
    expect(pauses).toHaveLength(PAUSES);
    expect(share).toBeGreaterThanOrEqual(LEAST);
    await closeAll();
  };

  it('leaves the page awake, pauses at once, and learns', measure, 1_200_000);
});
