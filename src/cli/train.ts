/** `nabla train FILE [--epochs N] [--seed N] [--out FILE | --write] [--json]` */
import { StopWatch } from '../engine/stopRule';
import type { FinishReason } from '../engine/stopRule';
import type { Divergence, Evaluation, Trainer } from '../engine/trainer';
import { createTrainer } from '../engine/referenceTrainer';
import { formatPath } from '../network/network';
import { wholeNumber } from './arguments';
import type { Arguments } from './arguments';
import { readyDocument, requireDataset } from './document';
import type { ReadyDocument } from './document';
import { CheckError } from './io';
import type { CliIo, ExitCode } from './io';
import { formatLoss, formatShare } from './table';
import { writtenBack } from './writeBack';

/** Lines of the table for people: about as many epochs as fit on a screen. */
const SHOWN_EPOCHS = 20;

export async function trainCommand(call: Arguments, io: CliIo): Promise<ExitCode> {
  const seed = wholeNumber(call, 'seed');
  const document = await readyDocument(call.file, io, seed);
  const dataset = requireDataset(call.file, document, 'Training');
  const { network } = document;
  const epochs = wholeNumber(call, 'epochs') ?? network.training.epochs;
  const trainer = createTrainer(network, dataset);
  const printer = call.flags.has('json') ? new JsonPrinter(io) : new TablePrinter(io, epochs);
  const started = io.now();
  const seconds = (): number => (io.now() - started) / 1000;
  const ended = trainUntil(trainer, epochs, seconds, printer);
  const diverged = typeof ended !== 'string';
  if (!diverged) await save(call, io, document, trainer, seed);
  const { length } = dataset.training;
  const spent = seconds();
  const samples = trainer.epoch * length;
  printer.end({
    done: diverged ? 'diverged' : ended,
    epochs: trainer.epoch,
    loss: trainer.evaluation.loss,
    accuracy: trainer.evaluation.accuracy,
    validationAccuracy: trainer.evaluation.validationAccuracy,
    seconds: spent,
    samplesPerSecond: spent > 0 ? samples / spent : 0,
  });
  if (diverged) throw new CheckError(`${call.file}: ${divergenceText(ended)}`);
  return 0;
}

/** Trains to the end of an epoch after which there is a reason to stop, or until numbers overflow. */
function trainUntil(
  trainer: Trainer,
  epochs: number,
  seconds: () => number,
  printer: Printer,
): FinishReason | Divergence {
  const watch = new StopWatch({
    rule: trainer.network.training.stop,
    from: { epoch: 0, seconds: 0 },
    epochs,
    hasValidation: trainer.dataset.validation.length > 0,
  });
  printer.start(trainer.evaluation);
  if (epochs === 0) return 'epochs';
  const { maxSeconds } = trainer.network.training.stop;
  const expired = maxSeconds === null ? undefined : (): boolean => seconds() >= maxSeconds;
  for (;;) {
    const outcome = trainer.run({ steps: Infinity, expired });
    if (outcome.type === 'diverged') return outcome.divergence;
    if (outcome.type === 'time') {
      trainer.evaluate();
      return 'maxSeconds';
    }
    const reason = watch.after(trainer.epoch, trainer.evaluation, seconds());
    printer.epoch(trainer.epoch, trainer.evaluation, reason !== undefined);
    if (reason) return reason;
  }
}

async function save(
  call: Arguments,
  io: CliIo,
  document: ReadyDocument,
  trainer: Trainer,
  seed: number | undefined,
): Promise<void> {
  const target = call.flags.has('write') ? call.file : call.values.get('out');
  if (target === undefined) return;
  const text = writtenBack(document, trainer.readParameters(), seed);
  await io.writeFile(target, text).catch((error: unknown) => {
    throw new CheckError(
      `cannot write ${target}: ${error instanceof Error ? error.message : String(error)}`,
    );
  });
}

function divergenceText({ layer, row, quantity, value, ...at }: Divergence): string {
  const neuron = row < 0 ? '' : `neuron ${row} of `;
  const place = layer < 0 ? 'the loss' : `${quantity} of ${neuron}${formatPath(['layers', layer])}`;
  return `training diverged in epoch ${at.epoch + 1}, batch ${at.batch + 1}: ${place} became ${value} with learning rate ${at.learningRate}. Nothing was written; choose a smaller learning rate.`;
}

interface Done extends Omit<Evaluation, 'validationLoss'> {
  readonly done: FinishReason | 'diverged';
  readonly epochs: number;
  readonly seconds: number;
  readonly samplesPerSecond: number;
}

interface Printer {
  start(evaluation: Evaluation): void;
  epoch(epoch: number, evaluation: Evaluation, last: boolean): void;
  end(done: Done): void;
}

/** One object a line; what does not exist (no validation part, no classes) is null. */
class JsonPrinter implements Printer {
  readonly #io: CliIo;

  constructor(io: CliIo) {
    this.#io = io;
  }

  start(): void {
    // epoch lines follow completed epochs only
  }

  epoch(epoch: number, evaluation: Evaluation): void {
    const { loss, validationLoss, accuracy, validationAccuracy } = evaluation;
    this.#print({ epoch, loss, validationLoss, accuracy, validationAccuracy });
  }

  end(done: Done): void {
    this.#print(done);
  }

  #print(value: object): void {
    this.#io.stdout(`${JSON.stringify(value)}\n`);
  }
}

/** A table of some of the epochs, then a sentence. */
class TablePrinter implements Printer {
  readonly #io: CliIo;
  readonly #every: number;

  constructor(io: CliIo, epochs: number) {
    this.#io = io;
    this.#every = Math.max(1, Math.ceil(epochs / SHOWN_EPOCHS));
  }

  start(evaluation: Evaluation): void {
    this.#row(['epoch', 'loss', 'val. loss', 'accuracy', 'val. accuracy']);
    this.epoch(0, evaluation, false);
  }

  epoch(epoch: number, evaluation: Evaluation, last: boolean): void {
    if (!last && epoch % this.#every !== 0) return;
    const { loss, validationLoss, accuracy, validationAccuracy } = evaluation;
    this.#row([
      String(epoch),
      formatLoss(loss),
      formatLoss(validationLoss),
      formatShare(accuracy),
      formatShare(validationAccuracy),
    ]);
  }

  end({ done, epochs, seconds, samplesPerSecond }: Done): void {
    const rate = Math.round(samplesPerSecond);
    this.#io.stdout(
      `\n${REASONS[done]} after ${epochs} epochs, ${seconds.toFixed(2)} s, ${rate} samples/s\n`,
    );
  }

  #row(cells: readonly string[]): void {
    const [epoch, ...others] = cells;
    this.#io.stdout(`${epoch.padStart(6)}${others.map(cell => cell.padStart(15)).join('')}\n`);
  }
}

const REASONS: { readonly [K in Done['done']]: string } = {
  diverged: 'Diverged',
  epochs: 'Done',
  targetLoss: 'The target loss is reached',
  patience: 'No better loss for as long as the patience lasts: stopped',
  maxSeconds: 'The time is up: stopped',
};
