/** Why nothing may be changed in a document. */
import type { DocumentState } from '../src/protocol';

export type Lock = 'newer' | 'readOnly' | 'stale';

/** Undefined: it may be changed. A newer format is a reason of its own: saving the file elsewhere would not help. */
export function lockOf(document: DocumentState | undefined): Lock | undefined {
  if (document?.issues.some(({ code }) => code === 'version.newer')) return 'newer';
  if (document?.readOnly) return 'readOnly';
  return document?.stale ? 'stale' : undefined;
}
