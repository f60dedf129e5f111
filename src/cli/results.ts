/** `nabla results FILE [--part training|validation | --csv FILE | --images FILE --labels FILE] [--output N] [--worst N] [--json]` */
import type { Dataset } from '../data/dataset';
import { createFloat64Pass } from '../engine/inspect/samplePass';
import { initialParameters } from '../engine/initializers';
import {
  MOST_LISTED,
  ResultsJob,
  type ClassQuestion,
  type ClassResults,
  type FitResults,
  type Results,
  type ResultsRequest,
} from '../engine/results/results';
import { choice, wholeNumber } from './arguments';
import type { Arguments } from './arguments';
import { readyDocument, requireDataset } from './document';
import { CheckError, UsageError } from './io';
import type { CliIo, ExitCode } from './io';
import { otherData } from './otherData';
import { jsonLine } from './printable';
import { numbered } from './sampleNumber';
import { alignColumns, formatLoss, formatNumber, formatShare } from './table';

const TILE = 128;
const LISTED = 10;

export async function resultsCommand(call: Arguments, io: CliIo): Promise<ExitCode> {
  const listed = wholeNumber(call, 'worst') ?? LISTED;
  if (listed > MOST_LISTED)
    throw new UsageError(`--worst takes a number up to ${MOST_LISTED}, found ${listed}`);
  const asked = choice<ResultsRequest['part']>(call, 'part', ['training', 'validation']);
  const output = wholeNumber(call, 'output') ?? 0;
  const document = await readyDocument(call.file, io);
  const { network, shapes } = document;
  const own = requireDataset(call.file, document, 'A result');
  const other = await otherData(call, document, own, io);
  const dataset = other?.dataset ?? own;
  const part = asked ?? (dataset.validation.length > 0 ? 'validation' : 'training');
  if (dataset[part].length === 0)
    throw new CheckError(
      `${call.file}: the data have no validation part: set data.split.validation, for example 0.2, or use --part training.`,
    );
  if (output >= shapes.outputSize)
    throw new UsageError(
      `--output takes a number from 0 to ${shapes.outputSize - 1}, found ${output}`,
    );
  const moment = { parameters: initialParameters(network), position: { epoch: 0, step: 0 } };
  const pass = createFloat64Pass(network, shapes, TILE);
  const job = new ResultsJob(network, dataset, pass, moment, { part, output });
  job.run();
  const found = job.result();
  const results = { ...found, listed: found.listed.slice(0, listed) };
  if (call.flags.has('json')) io.stdout(resultsJson(results, other?.name));
  else io.stdout(resultsText(results, dataset, other?.name ?? `${part} part`));
  return 0;
}

/** What was predicted of each sample, `nabla predict --data` prints. */
function resultsJson(
  { epoch: _epoch, step: _step, of: _of, part, ...results }: Results,
  other: string | undefined,
): string {
  const head = other === undefined ? { part } : { data: other };
  if (results.type === 'classes') return jsonLine({ ...head, ...results });
  const { points: _points, ...numbers } = results;
  return jsonLine({ ...head, ...numbers });
}

/** @param which data they are of */
function resultsText(results: Results, dataset: Dataset, which: string): string {
  const { samples, meanLoss, notFinite } = results;
  const head = `${which}, ${samples} ${samples === 1 ? 'sample' : 'samples'}, mean loss ${formatLoss(meanLoss)}`;
  const left = `${notFinite} left out: their outputs are no finite numbers\n`;
  return [
    results.type === 'classes'
      ? `${head}, accuracy ${formatShare(results.accuracy)}\n`
      : `${head}\n`,
    notFinite > 0 ? left : '',
    '\n',
    results.type === 'classes' ? results.questions.map(questionText).join('\n') : fitText(results),
    results.listed.length > 0 ? `\nLargest loss\n${listText(results, dataset)}` : '',
  ].join('');
}

function questionText({ name, classes, macro, counts }: ClassQuestion): string {
  const names = classes.map(each => each.name);
  const rows = classes.map((each, i) => [
    each.name,
    ...(counts?.slice(i * names.length, (i + 1) * names.length).map(String) ?? []),
  ]);
  const title = name === undefined ? '' : `${name}\n`;
  const matrix = counts ? `${alignColumns([['true \\ predicted', ...names], ...rows])}\n` : '';
  const scores = classes.map(({ name: own, precision, recall, f1, support }) => [
    own,
    ...[precision, recall, f1].map(formatShare),
    String(support),
  ]);
  const mean = ['mean', ...[macro.precision, macro.recall, macro.f1].map(formatShare), ''];
  const head = ['class', 'precision', 'recall', 'F1', 'samples'];
  return `${title}${matrix}${alignColumns([head, ...scores, mean])}`;
}

function fitText({ outputs }: FitResults): string {
  const head = ['output', 'R²', 'mean |error|', 'root mean square', 'largest |error|', 'at'];
  const rows = outputs.map(({ name, r2, meanError, rootError, largestError, largestAt }) => [
    name,
    ...[r2, meanError, rootError, largestError].map(formatLoss),
    largestAt < 0 ? '' : numbered(largestAt),
  ]);
  return alignColumns([head, ...rows], [0, 5]);
}

function listText(results: Results, dataset: Dataset): string {
  const answer = answerOf(results);
  const hasRows = dataset.rowNumbers !== undefined;
  const head = ['sample', ...(hasRows ? ['row'] : []), 'loss', 'true', 'predicted', 'output'];
  const rows = results.listed.map(({ index, row, loss, truth, predicted, output }) => [
    numbered(index),
    ...(hasRows ? [String(row)] : []),
    formatLoss(loss),
    answer(truth),
    answer(predicted),
    formatNumber(output),
  ]);
  const list = results.type === 'classes' ? [head, ...rows] : [head, ...rows].map(withoutOutput);
  return alignColumns(list);
}

/** What was predicted is the output, where it is a number. */
const withoutOutput = (row: readonly string[]): readonly string[] => row.slice(0, -1);

function answerOf(results: ClassResults | FitResults): (value: number) => string {
  if (results.type === 'numbers') return formatNumber;
  const { classes } = results.questions[results.questions.length > 1 ? results.output : 0];
  return value => classes[value].name;
}
