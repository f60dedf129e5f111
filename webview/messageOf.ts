import { text } from './strings';

/** What went wrong, in words, whatever was thrown; what happens every day in the page's language. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'OutOfMemory') return text('error.outOfMemory', error.message);
  return error.name === 'NoData' ? text('error.noData') : error.message;
}
