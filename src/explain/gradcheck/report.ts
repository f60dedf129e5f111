/** A gradcheck on a page of Markdown. */
import type { GradcheckEntry, GradcheckReport, Verdict } from '../../engine/gradcheck';
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
    `## ${words.largest}`,
    table(
      [columns.parameter, columns.verdict, columns.analytic, columns.numeric, columns.error],
      2,
      largest.map(entry => [
        formatPath(parameterPath(entry.target)),
        verdicts[entry.verdict],
        String(entry.analytic),
        String(entry.numeric),
        errorText(entry.error),
      ]),
    ),
    words.legend,
    shown.map(verdict => `- **${verdicts[verdict]}**: ${words.meanings[verdict]}`).join('\n'),
    '',
  ].join('\n\n');
}

function sentences(report: GradcheckReport, words: GradcheckWords): string {
  const { checked, parameters, failed, worst } = report;
  const said = [words.agree(checked - failed.length, checked)];
  if (worst)
    said.push(words.worst(errorText(worst.error), formatPath(parameterPath(worst.target))));
  if (checked < parameters) said.push(words.partial(checked, parameters));
  return said.join(words.gap);
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
