/** Why there is nothing to train with, and so no loss to draw. Pure but for the strings. */
import type { DocumentState } from '../../src/protocol';
import { text } from '../strings';

type Issue = DocumentState['issues'][number];

/** The error that keeps the file's data from being used. */
export function dataError(document: DocumentState | undefined): Issue | undefined {
  if (!document?.network?.data || document.data) return undefined;
  return document.issues.find(
    ({ severity, path, code }) =>
      severity === 'error' && (path[0] === 'data' || code.startsWith('data.')),
  );
}

/** What the empty chart says. */
export function whyEmpty(document: DocumentState | undefined): string {
  if (document?.stale) return text('chart.stale');
  if (document?.data) return text('chart.empty');
  if (document?.network && !document.network.data) return text('chart.noData');
  const error = dataError(document);
  return error ? text('chart.badData', error.message) : text('chart.reading');
}

/** What Train and the steps wait for, in a few words; undefined where they wait for nothing that the data could mend. */
export function whyWaits(document: DocumentState | undefined): string | undefined {
  if (!document?.network) return undefined;
  if (document.stale) return text('chart.stale');
  if (document.data) return undefined;
  if (!document.network.data) return text('status.noData');
  return dataError(document)?.message ?? text('chart.reading');
}

/** What the inspector says of the data: how many, or why none. */
export function dataText(document: DocumentState, counted: (value: number) => string): string {
  const { network, data } = document;
  if (data) return text('inspector.dataValue', counted(data.training), counted(data.validation));
  if (!network?.data) return text('inspector.noData');
  return text(dataError(document) ? 'inspector.badData' : 'inspector.readingData');
}
