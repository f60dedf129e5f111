/** Why an engine has ended by itself, as a person reads it. */
import { l10n } from 'vscode';
import { UNREADABLE } from '../rpc';

/** As Node says it of a thread, and as V8 ends a process. */
const LACKED_MEMORY = /^Worker terminated due to reaching memory limit|^SIGABRT$/;

/** @param reason as the port tells it; with what helps where memory was short */
export function endReason(reason: string): string {
  if (LACKED_MEMORY.test(reason))
    return l10n.t('out of memory; fewer units, smaller batches or less data need less of it');
  // A browser puts “Uncaught Error: ” before it.
  return reason.endsWith(UNREADABLE) ? l10n.t('a message could not be read') : reason;
}

/** What was asked of an engine that has ended since: that it did, and why. */
export function engineStopped(reason: string): string {
  const stopped = l10n.t(
    'The training engine stopped ({0}). It starts again when it is needed.',
    reason,
  );
  return stopped + afterEnd(reason);
}

/** A sentence behind those that tell of an end, where it may have been for lack of memory. */
export function afterEnd(reason: string): string {
  if (reason !== 'SIGKILL') return '';
  return ` ${l10n.t('A system ends it so where memory is short: fewer units, smaller batches or less data need less of it.')}`;
}
