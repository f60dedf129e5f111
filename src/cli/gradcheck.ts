/** `nabla gradcheck FILE [--json]` */
import { createGradcheck } from '../engine/gradcheck';
import type { GradcheckEntry, GradcheckReport } from '../engine/gradcheck';
import { initialParameters } from '../engine/initializers';
import { entryPath } from '../expect/judge';
import type { Arguments } from './arguments';
import { readyDocument, requireDataset } from './document';
import type { CliIo, ExitCode } from './io';
import { jsonLine } from './printable';
import { alignColumns, formatNumber } from './table';

/** Exit code 1 when a gradient does not agree with its differences. */
export async function gradcheckCommand(call: Arguments, io: CliIo): Promise<ExitCode> {
  const document = await readyDocument(call.file, io);
  const dataset = requireDataset(call.file, document, 'Gradcheck');
  const { network } = document;
  const job = createGradcheck(network, dataset, initialParameters(network));
  job.run();
  const report = job.report();
  if (call.flags.has('json')) {
    const { parameters, checked, worst, failed, kinks } = report;
    const printed = {
      parameters,
      checked,
      worst: worst ? entryJson(worst) : null,
      failed: failed.map(entryJson),
      kinks: kinks.map(entryJson),
    };
    io.stdout(jsonLine(printed));
  } else io.stdout(reportText(report));
  return report.failed.length > 0 ? 1 : 0;
}

function entryJson(entry: GradcheckEntry): object {
  const { analytic, numeric, error } = entry;
  return { path: entryPath(entry), analytic, numeric, error };
}

function reportText({
  parameters,
  checked,
  worst,
  failed,
  kinks,
  flat,
  samples,
}: GradcheckReport): string {
  const rows = [
    ['parameters', String(parameters)],
    ['checked', `${checked} on ${samples} samples`],
    ['worst', worst ? `${worst.error.toExponential(1)} at ${entryPath(worst)}` : '–'],
    ['kinks', String(kinks.length)],
    ['flat', String(flat)],
    ['failed', String(failed.length)],
  ];
  if (failed.length === 0) return alignColumns(rows, [0, 1]);
  const head = ['parameter', 'gradient', 'difference', 'error'];
  const faults = failed
    .slice(0, 20)
    .map(entry => [
      entryPath(entry),
      formatNumber(entry.analytic),
      formatNumber(entry.numeric),
      entry.error.toExponential(1),
    ]);
  return `${alignColumns(rows, [0, 1])}\n${alignColumns([head, ...faults])}`;
}
