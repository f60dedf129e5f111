/**
 * Our engine alone, as `nabla train` calls it. Modes: `steps`, within an epoch; `epochs`, each with its evaluation;
 * `race`, to a share of the test digits told right.
 */
import type { Trainer } from '../../../src/engine/trainer';
import { chooseByMeasuring } from '../../../src/engine/wasm/choose';
import { useHelpers } from '../../../src/engine/wasm/threads';
import { inferShapes } from '../../../src/network/shapes';
import { rateOf, timeOf } from '../timing.mjs';
import { ACCURACY, RACE_STEPS, workloads } from '../workloads.mjs';
import { startHelper } from '../../../src/node/helperThreads';
import { createTrainer } from './engine';
import { answer, datasetOf, longEpoch, networkOf, readFloats, readJob } from './workload';

/** Steps that are more than any seed needs. */
const RACE_END = 5000;

const job = readJob();
const { batch, checkSteps } = workloads[job.workload];

function run(trainer: Trainer, steps: number): void {
  const outcome = trainer.run({ steps });
  if (outcome.type === 'diverged') throw new Error(`${job.workload} diverged.`);
}

if (job.wide) chooseByMeasuring(() => performance.now());

const { threads = 1 } = job;
const options = { threads, engine: job.fastMaths ? 'fast' : 'auto' } as const;

function failed(reason: string): never {
  throw new Error(`A thread has failed: ${reason}`);
}

if (threads > 1) useHelpers({ parallelism: threads, start: work => startHelper(work, failed) });

/** The loss after the steps that all contenders make. */
function checkedLoss(): number {
  const network = networkOf(job.workload);
  const trainer = createTrainer(network, datasetOf(job.folder, job.workload, network), options);
  while (trainer.step < checkSteps) run(trainer, checkSteps - trainer.step);
  trainer.evaluate();
  return trainer.evaluation.loss;
}

/** A trainer in whose epochs there is room for steps without an evaluation. */
function roomyTrainer(): Trainer {
  const network = networkOf(job.workload);
  const length = longEpoch(job.workload, inferShapes(network).inputSize);
  return createTrainer(network, datasetOf(job.folder, job.workload, network, length), options);
}

const stepsLeft = ({ dataset, batch: at }: Trainer): number =>
  Math.ceil(dataset.training.length / batch) - at - 1;

/** Milliseconds of steps; the way back to the start of a used-up epoch is off the clock. */
function timeSteps(trainer: Trainer, steps: number): number {
  let spent = 0;
  for (let left = steps; left > 0;) {
    if (stepsLeft(trainer) === 0) trainer.reset();
    const now = Math.min(left, stepsLeft(trainer));
    spent += timeOf(() => run(trainer, now));
    left -= now;
  }
  return spent;
}

function epochRate(): { rate: number; best: number } {
  const network = networkOf(job.workload);
  const trainer = createTrainer(network, datasetOf(job.folder, job.workload, network), options);
  return rateOf(trainer.dataset.training.length, epochs =>
    timeOf(() => {
      for (let i = 0; i < epochs; i++) run(trainer, Infinity);
    }),
  );
}

/** Share of the test digits that the trainer tells right. */
function accuracyOn(inputs: Float64Array, targets: Float32Array, trainer: Trainer): number {
  const count = targets.length / 10;
  const outputs = trainer.predict(inputs, count);
  let right = 0;
  for (let i = 0; i < count; i++) {
    const row = outputs.subarray(i * 10, i * 10 + 10);
    right += targets[i * 10 + row.indexOf(Math.max(...row))];
  }
  return right / count;
}

/**
 * Seconds of steps that may end an epoch. The last step of an epoch comes with an evaluation, which is off the clock: it
 * is taken to last as long as the others.
 */
function raceOn(trainer: Trainer, steps: number): number {
  let [spent, timed] = [0, 0];
  for (let left = steps; left > 0;) {
    const now = Math.min(left, stepsLeft(trainer));
    if (now > 0) {
      spent += timeOf(() => run(trainer, now));
      timed += now;
    } else run(trainer, 1);
    left -= Math.max(1, now);
  }
  return (spent * steps) / timed / 1000;
}

function race(): { seconds: number | null; accuracy: number; steps: number } {
  const network = networkOf(job.workload, { seed: job.seed });
  const trainer = createTrainer(network, datasetOf(job.folder, job.workload, network), options);
  const inputs = Float64Array.from(readFloats(job.folder, 'test-digits.x'));
  const targets = readFloats(job.folder, 'test-digits.y');
  for (let seconds = 0; ;) {
    seconds += raceOn(trainer, RACE_STEPS);
    const accuracy = accuracyOn(inputs, targets, trainer);
    const { step: steps } = trainer;
    if (accuracy >= ACCURACY) return { seconds, accuracy, steps };
    if (steps >= RACE_END) return { seconds: null, accuracy, steps };
  }
}

const modes: Readonly<Record<string, () => object>> = {
  steps: () => {
    const trainer = roomyTrainer();
    const rates = rateOf(batch, steps => timeSteps(trainer, steps));
    return { ...rates, engine: trainer.engine.backend };
  },
  epochs: epochRate,
  race,
};

answer({ ...modes[job.mode](), ...(job.check && { loss: checkedLoss() }) });
