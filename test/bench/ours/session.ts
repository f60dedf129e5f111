/**
 * Our engine behind the worker's session, in one process: with slices, turns, metrics and kept moments. Mode `watched`:
 * a page is open beside it, with what it draws and a card, both asked for anew ten times a second.
 */
import type { RunState } from '../../../src/protocol';
import { codecs } from '../../../src/worker/codecs';
import { createSession } from '../../../src/worker/session';
import { median } from '../statistics.mjs';
import { REPETITION, REPETITIONS, WARM } from '../timing.mjs';
import { workloads } from '../workloads.mjs';
import { answer, networkOf, readJob, withData } from './workload';

/** Milliseconds from one look at the network to the next. */
const REFRESH = 100;

const job = readJob();
const { batch } = workloads[job.workload];

const rest = (milliseconds: number): Promise<void> =>
  new Promise(resolve => setTimeout(resolve, milliseconds));

/** For more epochs than there is time. */
const network = withData(
  job.folder,
  job.workload,
  networkOf(job.workload, { epochs: 1_000_000_000 }),
);

/** The latest state that was told, and when. */
let told: { readonly at: number; readonly state: RunState } | undefined;

const session = createSession(
  {
    codecs,
    now: () => performance.now(),
    later: (callback, milliseconds = 0) =>
      void (milliseconds > 0 ? setTimeout(callback, milliseconds) : setImmediate(callback)),
  },
  (name, ...args) => {
    if (name === 'runState') told = { at: performance.now(), state: args[0] as RunState };
  },
);

/** A state told after now. */
async function nextTold(): Promise<{ readonly at: number; readonly state: RunState }> {
  const before = told;
  while (told === before || !told) await rest(1);
  if (told.state.phase !== 'running') throw new Error(`${job.workload} is ${told.state.phase}.`);
  return told;
}

/** Looks, answers, and looks again a moment later. */
async function watch(isOver: () => boolean): Promise<void> {
  const layer = (workloads[job.workload].sizes?.length ?? 2) - 2;
  const scope = { type: 'sample', index: 0 } as const;
  while (!isOver()) {
    await Promise.all([
      session.inspect({ type: 'weight', layer, row: 0, column: 0 }, scope),
      session.view({ scope }),
      rest(REFRESH),
    ]);
  }
}

/** Samples per second from one told state to one at least a repetition later. */
async function repetition(): Promise<number> {
  const from = await nextTold();
  await rest(REPETITION);
  const to = await nextTold();
  return (1000 * batch * (to.state.step - from.state.step)) / (to.at - from.at);
}

async function measureSession(): Promise<void> {
  await session.load({ network, files: {}, keepParameters: false });
  await session.train({});
  let isOver = false;
  const watching = job.mode === 'watched' ? watch(() => isOver) : undefined;
  await rest(WARM);
  const rates: number[] = [];
  while (rates.length < REPETITIONS) rates.push(await repetition());
  isOver = true;
  await watching;
  answer({ rate: median(rates), best: Math.max(...rates) });
}

measureSession().then(
  () => process.exit(0),
  error => {
    console.error(error);
    process.exit(1);
  },
);
