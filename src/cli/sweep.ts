/** `nabla sweep FILE [--rates LIST] [--seeds LIST] [--units LIST] [--layer I] [--epochs N] [--run FOLDER] [--engine NAME] [--threads N] [--fast-maths] [--json]` */
import { createTrainer } from '../engine/createTrainer';
import { useHelpers } from '../engine/wasm/threads';
import { numbersIn, sweepLists } from '../runs/numberLists';
import type { SweepList } from '../runs/numberLists';
import type { RunReason, RunResult } from '../runs/run';
import { planSweep, settingsWords, SweepError } from '../runs/sweep';
import type { Sweep, SweepSettings, SweepTraining } from '../runs/sweep';
import { wholeNumber } from './arguments';
import type { Arguments } from './arguments';
import { openDocument, openText, requireDataset, usableDocument } from './document';
import { placeEngine, threadsOption, trainingOf } from './engine';
import type { Placed } from './engine';
import { CheckError, UsageError } from './io';
import type { CliIo, ExitCode } from './io';
import { Pace } from './pace';
import { finiteOrText, jsonLine, printable } from './printable';
import { RunRows } from './runRows';
import { alignColumns, formatLoss, formatShare } from './table';
import { silent } from './testBench';
import { trainUntil } from './train';

/** What became of a training. */
interface Row {
  readonly settings: SweepSettings;
  readonly done: RunReason;
  readonly epochs: number;
  readonly best: RunResult['best'];
  readonly loss: number;
  readonly accuracy: number;
  readonly validationAccuracy: number;
  readonly seconds: number;
}

/** No training changes the file. Exit code 1: every training diverged. */
export async function sweepCommand(call: Arguments, io: CliIo): Promise<ExitCode> {
  const axes = {
    rates: listOption(call, 'rates'),
    seeds: listOption(call, 'seeds'),
    units: listOption(call, 'units'),
    layer: wholeNumber(call, 'layer'),
    epochs: wholeNumber(call, 'epochs', 1),
  };
  const opened = await openDocument(call.file, io, undefined, true);
  const placed = await placeEngine(call, io, trainingOf(opened));
  if (typeof placed === 'number') return placed;
  requireDataset(call.file, usableDocument(call.file, io, opened), 'Training');
  const sweep = planned(call.file, opened.text, axes);
  useHelpers(io.helpers);
  const rows: Row[] = [];
  let began = 0;
  for (const training of sweep.trainings) {
    // Two trainings with one seed are told apart by their beginning.
    began = Math.max(began + 1, io.time());
    const row = await train(training, { name: sweep.name, began }, call, io, placed);
    if (!row) return 0;
    rows.push(row);
    io.stderr(
      `${rows.length} of ${sweep.trainings.length}: ${settingsWords(row.settings)}: best loss ${formatLoss(row.best?.loss ?? NaN)}\n`,
    );
  }
  rows.sort((a, b) => orLast(a.best?.loss) - orLast(b.best?.loss));
  const isJson = call.flags.has('json');
  io.stdout(isJson ? jsonLine(asJson(sweep, rows), finiteOrText) : tableOf(rows));
  return rows.every(({ done }) => done === 'diverged') ? 1 : 0;
}

/** @throws CheckError with why there can be no such sweep */
function planned(file: string, text: string, axes: Parameters<typeof planSweep>[1]): Sweep {
  try {
    return planSweep(text, axes);
  } catch (error) {
    if (error instanceof SweepError) throw new CheckError(`${file}: ${error.message}`);
    throw error;
  }
}

/** Undefined when nobody is there any more to train for. */
async function train(
  { settings, text }: SweepTraining,
  { name, began }: { readonly name: string; readonly began: number },
  call: Arguments,
  io: CliIo,
  { engine, facts }: Placed,
): Promise<Row | undefined> {
  const document = usableDocument(call.file, quiet(io), await openText(call.file, text, io));
  const dataset = requireDataset(call.file, document, 'Training');
  const { network } = document;
  const keeps = call.values.has('run');
  const rows = (await RunRows.open(call, io, name, began)) ?? new RunRows(io, '', call.file, name);
  const trainer = createTrainer(network, dataset, { engine, threads: threadsOption(call) });
  const pace = new Pace(io, network.training.stop.maxSeconds, keeps);
  const told = { printer: silent, checkpoints: undefined, rows };
  const ended = await trainUntil(trainer, network.training.epochs, pace, told);
  if (ended === 'unheard') return undefined;
  const done = typeof ended === 'string' ? ended : 'diverged';
  const { seconds } = pace;
  if (keeps) {
    const fault = await rows.end(trainer, text, { ...facts, ...trainer.engine }, done, seconds);
    if (fault) throw fault;
  }
  const { loss, accuracy, validationAccuracy } = trainer.evaluation;
  const shares = { accuracy, validationAccuracy };
  return { settings, done, epochs: trainer.epoch, best: rows.best, loss, ...shares, seconds };
}

/** Warnings about the file have been told once. */
const quiet = (io: CliIo): CliIo => Object.assign(Object.create(io) as CliIo, { stderr() {} });

const orLast = (loss = Infinity): number => (Number.isNaN(loss) ? Infinity : loss);

function asJson({ name }: Sweep, rows: readonly Row[]): object {
  return { sweep: name, trainings: rows.map(({ settings, ...row }) => ({ ...settings, ...row })) };
}

function tableOf(rows: readonly Row[]): string {
  const names = Object.keys(rows[0].settings) as (keyof SweepSettings)[];
  const head = [
    ...names,
    'best loss',
    'at epoch',
    'last loss',
    'accuracy',
    'validation',
    'epochs',
    's',
  ];
  const cells = rows.map(row => [
    ...names.map(name => String(row.settings[name])),
    formatLoss(row.best?.loss ?? NaN),
    row.best ? String(row.best.epoch) : '–',
    row.done === 'diverged' ? 'diverged' : formatLoss(row.loss),
    formatShare(row.accuracy),
    formatShare(row.validationAccuracy),
    String(row.epochs),
    row.seconds.toFixed(2),
  ]);
  // A column without any number says nothing.
  const told = head.map((_, i) => cells.some(row => row[i] !== '–'));
  return alignColumns(
    [head, ...cells].map(row => row.filter((_, i) => told[i])),
    [],
  );
}

/** @throws UsageError when a word is no such number */
function listOption({ values }: Arguments, name: SweepList): readonly number[] | undefined {
  const text = values.get(name);
  if (text === undefined) return undefined;
  const numbers = numbersIn(text, name);
  if (numbers) return numbers;
  throw new UsageError(
    `--${name} takes ${sweepLists[name].words} with commas between them, found "${printable(text)}"`,
  );
}
