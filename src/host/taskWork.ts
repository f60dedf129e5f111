/** What the tasks do, and what they print. */
import { l10n, workspace } from 'vscode';
import type { CancellationToken, Uri } from 'vscode';
import { Tally, testLine } from '../expect/report';
import { lineColumn } from '../network/locate';
import { readTests, runTests, verdictWords } from './networkTests';
import type { TestListener } from './networkTests';
import type { Run, RunWorld } from './run';
import type { Runs } from './runs';
import { writeBackFor } from './settings';
import { Store } from './store';

export interface TaskWorld {
  readonly runs: Runs;
  /** For workers beside those of the runs. */
  readonly world: RunWorld;
}

export type TaskCommand = 'train' | 'gradcheck' | 'test';

/** Prints lines; answers whether all is well. Rejects with what a person has to know. */
type Work = (
  uri: Uri,
  world: TaskWorld,
  print: (line: string) => void,
  token: CancellationToken,
) => Promise<boolean>;

/** Milliseconds between two lines about a training. */
const PACE = 500;

export const taskWork: { readonly [K in TaskCommand]: Work } = {
  train: (uri, { runs }, print, token) => runs.use(uri, run => train(run, print, token)),
  gradcheck: async (...args) => {
    const { counts } = await test(true, ...args);
    return counts.passed > 0;
  },
  test: async (...args) => {
    const { counts } = await test(false, ...args);
    return counts.failed === 0;
  },
};

/** @param first whether only the gradients are to be tested */
async function test(
  first: boolean,
  ...[uri, { world }, print, token]: Parameters<Work>
): Promise<Tally> {
  const file = await readTests(uri, world.documents);
  const name = workspace.asRelativePath(uri);
  const words = verdictWords();
  const tally = new Tally(words);
  const listener: TestListener = {
    started() {},
    ended(own, verdict, where) {
      tally.add(verdict);
      const spot = { file: name, ...lineColumn(file.parsed.text, where.start) };
      print(testLine(spot, own.label, verdict, words));
    },
  };
  await runTests(file, first ? file.tests.slice(0, 1) : file.tests, world, listener, token);
  print(tally.summary);
  return tally;
}

/** As the command does; the text is saved when its weights are written. */
async function train(
  run: Run,
  print: (line: string) => void,
  token: CancellationToken,
): Promise<boolean> {
  const store = new Store();
  let told = performance.now();
  store.add(token.onCancellationRequested(() => void run.pause()));
  store.add(
    run.record.onDidChange(({ type }) => {
      if (type !== 'metrics' || performance.now() - told < PACE) return;
      told = performance.now();
      print(progress(run));
    }),
  );
  try {
    await run.train();
    const state = await run.whenStopped();
    print(progress(run));
    if (state?.phase !== 'finished') return false;
    // What could not be written has been told.
    if (run.record.ahead && writeBackFor(run.uri) === 'onStop') return false;
    const document = await workspace.openTextDocument(run.uri);
    return !document.isDirty || (await document.save());
  } finally {
    store.dispose();
  }
}

function progress({ record }: Run): string {
  const { epoch, loss } = record.latest;
  return l10n.t('epoch {0}: loss {1}', epoch, loss.toPrecision(6));
}
