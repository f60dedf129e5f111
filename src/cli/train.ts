/** `nabla train FILE [--epochs N] [--seed N] [--out FILE | --write] [--fresh | --resume FILE] [--checkpoint FILE] [--run FOLDER] [--engine NAME] [--threads N] [--json]` */
import { createTrainer } from '../engine/createTrainer';
import { isSteady } from '../engine/schedule';
import { StopWatch } from '../engine/stopRule';
import type { FinishReason } from '../engine/stopRule';
import type { Divergence, Trainer } from '../engine/trainer';
import { useHelpers } from '../engine/wasm/threads';
import { wholeNumber } from './arguments';
import type { Arguments } from './arguments';
import { Checkpoints, resume } from './checkpoints';
import { divergenceText } from './divergence';
import { openDocument, requireDataset, usableDocument } from './document';
import { placeEngine, threadsOption, trainingOf } from './engine';
import { CheckError, UsageError } from './io';
import type { CliIo, ExitCode } from './io';
import { Pace } from './pace';
import { JsonPrinter, TablePrinter } from './progress';
import type { Done, Printer } from './progress';
import { RunRows } from './runRows';
import { findSaveTarget, save } from './writeBack';

export async function trainCommand(call: Arguments, io: CliIo): Promise<ExitCode> {
  const seed = wholeNumber(call, 'seed');
  const asked = wholeNumber(call, 'epochs');
  const threads = threadsOption(call);
  const opened = await openDocument(call.file, io, seed, isFresh(call));
  const placed = await placeEngine(call, io, trainingOf(opened));
  if (typeof placed === 'number') return placed;
  const document = usableDocument(call.file, io, opened);
  const dataset = requireDataset(call.file, document, 'Training');
  const { network } = document;
  const target = await findSaveTarget(call, io);
  const checkpoints = await Checkpoints.open(call, io);
  const rows = await RunRows.open(call, io);
  const epochs = asked ?? network.training.epochs;
  useHelpers(io.helpers);
  const trainer = createTrainer(network, dataset, { engine: placed.engine, threads });
  const from = await resume(call, io, trainer);
  const engine = { ...placed.facts, ...trainer.engine };
  const printer = call.flags.has('json')
    ? new JsonPrinter(io, engine)
    : new TablePrinter(io, epochs);
  const saves = (target ?? checkpoints ?? rows) !== undefined;
  const pace = new Pace(io, network.training.stop.maxSeconds, saves);
  const ended = await trainUntil(trainer, epochs, pace, { printer, checkpoints, rows });
  if (ended === 'unheard') return 0;
  const { seconds } = pace;
  const done = typeof ended === 'string' ? ended : 'diverged';
  const faults =
    typeof ended !== 'string'
      ? [new CheckError(`${call.file}: ${divergenceText(ended.divergence, ended.startedFinite)}`)]
      : [
          target && (await save(io, call.file, document, target, trainer.readParameters(), seed)),
          await checkpoints?.end(trainer),
        ];
  faults.push(await rows?.end(trainer, document.text, engine, done, seconds));
  printer.end(doneOf(trainer, from, done, seconds));
  const lines = faults.flatMap(fault => fault?.lines ?? []);
  if (lines.length > 0) throw new CheckError(...lines);
  return saves ? 0 : endUnkept(call, io);
}

/** Whoever trains for the first time looks for the weights in the file. */
function endUnkept({ file, flags }: Arguments, io: CliIo): ExitCode {
  const remedy = `--write puts them into ${file}, --out FILE into another file`;
  if (!flags.has('json')) io.stderr(`The trained weights were not kept: ${remedy}.\n`);
  return 0;
}

/** Who is told of a training while it goes on. */
interface Told {
  readonly printer: Printer;
  readonly checkpoints: Checkpoints | undefined;
  readonly rows: RunRows | undefined;
}

/** Throws {@link UsageError}. */
function isFresh({ flags, values }: Arguments): boolean {
  if (!flags.has('fresh') || !values.has('resume')) return flags.has('fresh');
  throw new UsageError('train takes only one of --fresh and --resume');
}

/** @param from completed epochs before those of this call */
function doneOf(trainer: Trainer, from: number, done: Done['done'], seconds: number): Done {
  const { loss, accuracy, validationAccuracy, r2, validationR2 } = trainer.evaluation;
  const samples = (trainer.epoch - from) * trainer.dataset.training.length;
  const samplesPerSecond = seconds > 0 ? samples / seconds : 0;
  return {
    done,
    epochs: trainer.epoch,
    loss,
    accuracy,
    validationAccuracy,
    r2,
    validationR2,
    seconds,
    samplesPerSecond,
  };
}

/**
 * Trains to the end of an epoch after which there is a reason to stop, until numbers overflow, until the person
 * interrupts, or until nobody is there any more to train for.
 *
 * @param epochs completed ones at the end, those before a checkpoint included
 */
export async function trainUntil(
  trainer: Trainer,
  epochs: number,
  pace: Pace,
  told: Told,
): Promise<Done['done'] | 'unheard' | { divergence: Divergence; startedFinite: boolean }> {
  const start = trainer.settle();
  told.printer.start(trainer.evaluation, trainer.epoch);
  told.rows?.epoch(trainer, pace.seconds);
  if (start.type === 'diverged') return { divergence: start.divergence, startedFinite: false };
  const ended = trainer.epoch >= epochs ? 'epochs' : await trainEpochs(trainer, epochs, pace, told);
  if (typeof ended !== 'string') return { divergence: ended, startedFinite: true };
  if (!(await pace.rest())) return 'unheard';
  const settled = trainer.settle();
  if (settled.type !== 'diverged') return ended;
  return { divergence: settled.divergence, startedFinite: true };
}

async function trainEpochs(
  trainer: Trainer,
  epochs: number,
  pace: Pace,
  { printer, checkpoints, rows }: Told,
): Promise<FinishReason | 'interrupted' | Divergence | 'unheard'> {
  const watch = new StopWatch({
    rule: trainer.network.training.stop,
    from: { epoch: trainer.epoch, seconds: 0 },
    epochs: epochs - trainer.epoch,
    hasValidation: trainer.dataset.validation.length > 0,
  });
  const steady = isSteady(trainer.network.training.schedule);
  for (;;) {
    const rate = steady ? undefined : trainer.learningRate;
    const lossAt = Math.min(
      ...[watch, printer, checkpoints, rows].map(
        each => each?.nextAfter(trainer.epoch) ?? Infinity,
      ),
    );
    const outcome = trainer.run({ steps: Infinity, expired: pace.sliceIsOver, lossAt });
    if (outcome.type === 'diverged') return outcome.divergence;
    if (outcome.type === 'epoch') {
      const reason = watch.after(trainer.epoch, trainer.evaluation, pace.seconds);
      printer.epoch(trainer.epoch, trainer.evaluation, reason !== undefined, rate);
      rows?.epoch(trainer, pace.seconds);
      if (reason) return reason;
      await checkpoints?.afterEpoch(trainer);
    } else if (pace.timeIsUp) return 'maxSeconds';
    if (pace.sliceIsOver() && !(await pace.rest())) return 'unheard';
    if (checkpoints?.interrupted) return 'interrupted';
  }
}
