/** `nabla gradcheck FILE [--samples N] [--target PATH|directions] [--h X] [--curve | --markdown | --json]` */
import { createGradcheck } from '../engine/gradcheck';
import type { Target } from '../engine/facts';
import type { DirectionEntry, DirectionsReport } from '../engine/gradcheck/directions';
import type { GradcheckEntry, GradcheckJob, GradcheckReport } from '../engine/gradcheck';
import { initialParameters } from '../engine/initializers';
import { gradcheckMarkdown, roughly } from '../explain/gradcheck/report';
import { gradcheckChinese } from '../explain/gradcheck/words.zh';
import { gradcheckEnglish } from '../explain/gradcheck/words.en';
import { formatPath } from '../network/network';
import type { Network } from '../network/network';
import { parameterPath } from '../network/parameterPath';
import { languageOption, wholeNumber } from './arguments';
import type { Arguments } from './arguments';
import { readyDocument, requireDataset } from './document';
import { UsageError } from './io';
import type { CliIo, ExitCode } from './io';
import { jsonLine } from './printable';
import { alignColumns, formatNumber } from './table';
import { parseTarget } from './target';

/** The target that is no place: all parameters at once. */
const DIRECTIONS = 'directions';

/** Parameters in a report. */
const LISTED = 20;

/** Exit code 1 when a gradient does not agree with its differences. */
export async function gradcheckCommand(call: Arguments, io: CliIo): Promise<ExitCode> {
  const document = await readyDocument(call.file, io);
  const dataset = requireDataset(call.file, document, 'Gradcheck');
  const { network } = document;
  const target = call.values.get('target');
  const directions = target === DIRECTIONS;
  const options = {
    samples: wholeNumber(call, 'samples', 1),
    within: target === undefined || directions ? undefined : targetIn(target, network),
    directions,
    h: stepOption(call),
    now: () => io.now(),
  };
  const job = createGradcheck(network, dataset, initialParameters(network), options);
  job.run();
  const report = job.report();
  if (report.checked === 0) throw new UsageError(`--target ${target} has no parameters`);
  if (call.flags.has('curve')) io.stdout(curveText(job, options.within, target));
  else if (call.flags.has('json')) io.stdout(jsonLine(reportJson(job)));
  else if (call.flags.has('markdown')) io.stdout(markdown(call, network.name, job));
  else io.stdout(reportText(report));
  return report.failed.length > 0 || report.directions?.failed ? 1 : 0;
}

/** @throws UsageError that also tells of the directions */
function targetIn(text: string, network: Network): Target {
  try {
    return parseTarget(text, network);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`${error.message}; or ${DIRECTIONS}`);
  }
}

/** Relative to max(1, |θ|). */
function stepOption({ values }: Arguments): number | undefined {
  const text = values.get('h');
  if (text === undefined) return undefined;
  const h = Number(text);
  if (text.trim() !== '' && h >= 1e-15 && h <= 1) return h;
  throw new UsageError(`--h takes a number from 1e-15 to 1, as 1e-5, found "${text}"`);
}

function markdown(call: Arguments, name: string | undefined, job: GradcheckJob): string {
  const words = languageOption(call) === 'en' ? gradcheckEnglish : gradcheckChinese;
  const { entries } = job.results.rows({ order: 'error', start: 0, count: LISTED });
  const page = { name: name || call.file, report: job.report(), largest: entries };
  return gradcheckMarkdown(page, words);
}

/** By the step h: the difference and how far it is from the gradient. */
function curveText(
  job: GradcheckJob,
  target: Target | undefined,
  text: string | undefined,
): string {
  if (target?.type !== 'weight' && target?.type !== 'bias')
    throw new UsageError(
      `--curve needs the --target of one weight or bias, found ${text ?? 'none'}`,
    );
  const rows = job
    .curve(target)
    .map(({ h, numeric, error, crossed }) => [
      h.toExponential(0),
      String(numeric),
      error.toExponential(1),
      crossed === 'none' ? '' : crossed,
    ]);
  return alignColumns([['h', 'difference', 'error', ''], ...rows], [3]);
}

function reportJson(job: GradcheckJob): object {
  const { parameters, checked, samples, worst, failed, kinks, layers, directions, secondsForAll } =
    job.report();
  return {
    parameters,
    checked,
    samples,
    worst: worst ? entryJson(worst) : null,
    failed: failed.map(entryJson),
    kinks: kinks.map(entryJson),
    layers,
    ...(directions && { directions }),
    ...(secondsForAll !== undefined && { secondsForAll }),
  };
}

const entryPath = (entry: GradcheckEntry): string => formatPath(parameterPath(entry.target));

function entryJson(entry: GradcheckEntry): object {
  const { analytic, numeric, error } = entry;
  return { path: entryPath(entry), analytic, numeric, error };
}

function reportText(report: GradcheckReport): string {
  const { parameters, checked, worst, failed, kinks, flat, samples, directions } = report;
  const rows = [
    ['parameters', String(parameters)],
    ...(directions ? directionRows(directions) : []),
    ['checked', `${checked} on ${samples} samples`],
    ['worst', worst ? `${worst.error.toExponential(1)} at ${entryPath(worst)}` : '–'],
    ['kinks', String(kinks.length)],
    ['flat', String(flat)],
    ['failed', String(failed.length)],
    ...(report.secondsForAll === undefined
      ? []
      : [['all of them', `about ${roughly(report.secondsForAll)} s`]]),
  ];
  const parts = [alignColumns(rows, [0, 1])];
  if (directions) parts.push(directionsTable(directions.entries));
  if (failed.length > 0) parts.push(failedTable(failed));
  return parts.join('\n');
}

function directionRows({ entries, agree, kinks, worst, leftOut }: DirectionsReport): string[][] {
  const error = Number.isNaN(worst) ? '' : `, worst ${worst.toExponential(1)}`;
  const at = kinks > 0 ? `, ${kinks} across a kink` : '';
  return [
    ['directions', `${agree} of ${entries.length} agree${error}${at}`],
    ...(leftOut > 0 ? [['left out', `${leftOut} at a kink`]] : []),
  ];
}

function directionsTable(entries: readonly DirectionEntry[]): string {
  const rows = entries.map(({ number, verdict, analytic, numeric, error }) => [
    String(number),
    verdict,
    formatNumber(analytic),
    formatNumber(numeric),
    error.toExponential(1),
  ]);
  return alignColumns([['direction', 'verdict', 'gradient', 'difference', 'error'], ...rows], [1]);
}

function failedTable(failed: readonly GradcheckEntry[]): string {
  const head = ['parameter', 'gradient', 'difference', 'error'];
  const faults = failed
    .slice(0, 20)
    .map(entry => [
      entryPath(entry),
      formatNumber(entry.analytic),
      formatNumber(entry.numeric),
      entry.error.toExponential(1),
    ]);
  return alignColumns([head, ...faults]);
}
