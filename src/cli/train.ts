/** `nabla train FILE [--epochs N] [--seed N] [--out FILE | --write] [--json]` */
import { createTrainer } from '../engine/referenceTrainer';
import { StopWatch } from '../engine/stopRule';
import type { FinishReason } from '../engine/stopRule';
import type { Divergence, Trainer } from '../engine/trainer';
import { wholeNumber } from './arguments';
import type { Arguments } from './arguments';
import { divergenceText } from './divergence';
import { readyDocument, requireDataset } from './document';
import { CheckError } from './io';
import type { CliIo, ExitCode } from './io';
import { Pace } from './pace';
import { JsonPrinter, TablePrinter } from './progress';
import type { Printer } from './progress';
import { findSaveTarget, save } from './writeBack';

export async function trainCommand(call: Arguments, io: CliIo): Promise<ExitCode> {
  const seed = wholeNumber(call, 'seed');
  const asked = wholeNumber(call, 'epochs');
  const document = await readyDocument(call.file, io, seed);
  const dataset = requireDataset(call.file, document, 'Training');
  const { network } = document;
  const target = await findSaveTarget(call, io);
  const epochs = asked ?? network.training.epochs;
  const trainer = createTrainer(network, dataset);
  const printer = call.flags.has('json') ? new JsonPrinter(io) : new TablePrinter(io, epochs);
  const pace = new Pace(io, network.training.stop.maxSeconds, target !== undefined);
  const ended = await trainUntil(trainer, epochs, pace, printer);
  if (ended === 'unheard') return 0;
  const diverged = typeof ended !== 'string';
  const fault = diverged
    ? new CheckError(`${call.file}: ${divergenceText(ended.divergence, ended.startedFinite)}`)
    : target && (await save(io, call.file, document, target, trainer.readParameters(), seed));
  const spent = pace.seconds;
  const samples = trainer.epoch * dataset.training.length;
  printer.end({
    done: diverged ? 'diverged' : ended,
    epochs: trainer.epoch,
    loss: trainer.evaluation.loss,
    accuracy: trainer.evaluation.accuracy,
    validationAccuracy: trainer.evaluation.validationAccuracy,
    seconds: spent,
    samplesPerSecond: spent > 0 ? samples / spent : 0,
  });
  if (fault) throw fault;
  return 0;
}

/**
 * Trains to the end of an epoch after which there is a reason to stop, until numbers overflow, or until
 * nobody is there any more to train for.
 */
async function trainUntil(
  trainer: Trainer,
  epochs: number,
  pace: Pace,
  printer: Printer,
): Promise<FinishReason | 'unheard' | { divergence: Divergence; startedFinite: boolean }> {
  const start = trainer.settle();
  printer.start(trainer.evaluation);
  if (start.type === 'diverged') return { divergence: start.divergence, startedFinite: false };
  const ended = epochs === 0 ? 'epochs' : await trainEpochs(trainer, epochs, pace, printer);
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
  printer: Printer,
): Promise<FinishReason | Divergence | 'unheard'> {
  const watch = new StopWatch({
    rule: trainer.network.training.stop,
    from: { epoch: 0, seconds: 0 },
    epochs,
    hasValidation: trainer.dataset.validation.length > 0,
  });
  for (;;) {
    const outcome = trainer.run({ steps: Infinity, expired: pace.sliceIsOver });
    if (outcome.type === 'diverged') return outcome.divergence;
    if (outcome.type === 'epoch') {
      const reason = watch.after(trainer.epoch, trainer.evaluation, pace.seconds);
      printer.epoch(trainer.epoch, trainer.evaluation, reason !== undefined);
      if (reason) return reason;
    } else if (pace.timeIsUp) return 'maxSeconds';
    if (pace.sliceIsOver() && !(await pace.rest())) return 'unheard';
  }
}
