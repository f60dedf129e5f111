/** What the log says of a load: what computes, where, and why. */
import { l10n } from 'vscode';
import type { EngineReport } from '../engine/engineReport';
import type { EnginePlace, PlaceReason } from '../enginePlace';

/** "reference in a worker thread (step ≈ 0.1 ms: short; the only one in this build)" */
export function engineText(
  place: EnginePlace,
  reason: PlaceReason,
  milliseconds: number,
  report: EngineReport,
): string {
  const { backend } = report;
  const why = place === 'process' ? `${report.reason}${threadsText(report)}` : report.reason;
  const step = milliseconds.toPrecision(2);
  return place === 'process'
    ? l10n.t('{0} in a process (step ≈ {1} ms, {2}; {3})', backend, step, reasonText(reason), why)
    : l10n.t('{0} in a thread (step ≈ {1} ms, {2}; {3})', backend, step, reasonText(reason), why);
}

/** In English, as all that the engine says of itself. */
function threadsText({ threads, threadsReason }: EngineReport): string {
  if (threads === undefined) return '';
  return `; ${threads} ${threads === 1 ? 'thread' : 'threads'}: ${threadsReason}`;
}

function reasonText(reason: PlaceReason): string {
  switch (reason.type) {
    case 'asked':
      return l10n.t('as nabla.engine says');
    case 'short':
      return l10n.t('too short to gain by a process');
    case 'long':
      return l10n.t('long enough for WebAssembly of twice the width');
    case 'float64':
      return l10n.t('float64, which WebAssembly does not compute faster');
    case 'narrow':
      return l10n.t('this runtime has no wider WebAssembly');
    case 'nowhereElse':
      return l10n.t('there are no processes here');
    case 'lostTwice':
      return l10n.t('its process has stopped twice');
    case 'failed':
      return l10n.t('its process failed: {0}', reason.message);
  }
}
