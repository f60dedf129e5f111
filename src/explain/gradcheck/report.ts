/** A gradcheck on a page of Markdown. */
import type { GradcheckEntry, GradcheckReport, Verdict } from '../../engine/gradcheck';
import type { Comparison } from '../../engine/gradcheck/comparison';
import type { DirectionsReport } from '../../engine/gradcheck/directions';
import { formatPath } from '../../network/network';
import { parameterPath } from '../../network/parameterPath';
import type { GradcheckWords } from './words';

export interface GradcheckPage {
  /** What the network is called. */
  readonly name: string;
  readonly report: GradcheckReport;
  /** Those with the largest errors, the largest first. */
  readonly largest: readonly GradcheckEntry[];
}

const VERDICTS: readonly Verdict[] = ['ok', 'look', 'fail', 'tiny', 'kink', 'flat'];

export function gradcheckMarkdown(page: GradcheckPage, words: GradcheckWords): string {
  const { report, largest } = page;
  const { samples, h } = report;
  const summaries = report.layers.filter(({ checked }) => checked > 0);
  const { columns, verdicts } = words;
  const shown = VERDICTS.filter(verdict => summaries.some(({ counts }) => counts[verdict] > 0));
  const met = VERDICTS.filter(
    verdict =>
      shown.includes(verdict) ||
      report.directions?.entries.some(direction => direction.verdict === verdict),
  );
  return [
    `# ${words.title(escape(page.name))}`,
    sentences(report, words),
    words.method(samples, h === undefined ? undefined : String(h)),
    table(
      [columns.table, columns.parameters, ...shown.map(v => verdicts[v]), columns.worst],
      1,
      summaries.map(summary => [
        `layers[${summary.layer}].${summary.kind === 'weight' ? 'weights' : 'bias'}`,
        String(summary.parameters),
        ...shown.map(verdict => String(summary.counts[verdict])),
        errorText(summary.worst),
      ]),
    ),
    ...(report.directions ? directionsPart(report.directions, words) : []),
    `## ${words.largest}`,
    comparisons(
      columns.parameter,
      largest.map(entry => [formatPath(parameterPath(entry.target)), entry]),
      words,
    ),
    words.legend,
    met.map(verdict => `- **${verdicts[verdict]}**: ${words.meanings[verdict]}`).join('\n'),
    '',
  ].join('\n\n');
}

function sentences(report: GradcheckReport, words: GradcheckWords): string {
  const { checked, parameters, failed, worst } = report;
  const said = [words.agree(checked - failed.length, checked)];
  if (worst)
    said.push(words.worst(errorText(worst.error), formatPath(parameterPath(worst.target))));
  if (checked < parameters) said.push(words.partial(checked, parameters));
  if (report.directions) said.push(directionsSentence(report.directions, words));
  if (report.secondsForAll !== undefined)
    said.push(words.all(parameters, roughly(report.secondsForAll)));
  return said.join(words.gap);
}

/** Whether random directions agree, and what they leave open. */
export function directionsSentence(
  { entries, agree, kinks, leftOut }: DirectionsReport,
  words: GradcheckWords,
): string {
  const said = [words.directionsAgree(agree, entries.length)];
  if (kinks > 0) said.push(words.directionsKinks(kinks));
  if (leftOut > 0) said.push(words.leftOut(leftOut));
  return said.join(words.gap);
}

/** As good as an estimate is. */
export const roughly = (seconds: number): string =>
  String(Number(seconds.toPrecision(seconds < 1 ? 1 : 2)));

function directionsPart({ entries, moved }: DirectionsReport, words: GradcheckWords): string[] {
  const rows = entries.map(entry => [String(entry.number), entry] as const);
  return [
    `## ${words.directions}`,
    words.directionsMethod(moved),
    comparisons(words.columns.direction, rows, words),
  ];
}

/** @param rows each with its name */
function comparisons(
  name: string,
  rows: readonly (readonly [string, Comparison])[],
  { columns, verdicts }: GradcheckWords,
): string {
  return table(
    [name, columns.verdict, columns.analytic, columns.numeric, columns.error],
    2,
    rows.map(([own, { verdict, analytic, numeric, error }]) => [
      own,
      verdicts[verdict],
      String(analytic),
      String(numeric),
      errorText(error),
    ]),
  );
}

/** The first columns are names, the others numbers. */
function table(
  head: readonly string[],
  names: number,
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, column) => (column < names ? '---' : '---:'));
  return [head, rule, ...rows].map(line).join('\n');
}

const errorText = (error: number): string => (Number.isNaN(error) ? '–' : error.toExponential(1));

/** What a name has of Markdown stays as it is. */
const escape = (text: string): string => text.replace(/[\\`*_{}[\]<>()#+!|~-]/g, '\\$&');
