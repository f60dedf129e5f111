/** How a gradcheck went, in words. */
import type { GradcheckReport } from '../../src/engine/gradcheck';
import { formatPath } from '../../src/network/network';
import { parameterPath } from '../../src/network/parameterPath';
import type { GradcheckState } from '../../src/protocol';
import { count, format } from '../numbers';
import { text } from '../strings';

/** Spoken when it ends; that the text has changed since is not worth a word. */
export function gradcheckWords(gradcheck: GradcheckState): string | undefined {
  if (gradcheck.type === 'failed') return text('gradcheck.failed', gradcheck.message);
  if (gradcheck.type !== 'done' || gradcheck.stale) return undefined;
  const { directions, worst } = gradcheck.report;
  const place = worst ? ` ${formatPath(parameterPath(worst.target))}` : '';
  const words = `${resultWords(gradcheck.report)}${place}`;
  if (!directions) return words;
  const { agree, entries } = directions;
  const also = text('gradcheck.directions', count(agree), count(entries.length));
  return words + text('mark.semicolon') + also;
}

/** Of all parameters that were compared. */
export function resultWords({ worst, failed, checked }: GradcheckReport): string {
  if (!worst) return text('gradcheck.okNoWorst', count(checked), count(checked));
  const error = format(Number(worst.error.toPrecision(2)));
  return failed.length > 0
    ? text('gradcheck.bad', count(failed.length), count(checked), error)
    : text('gradcheck.ok', count(checked), count(checked), error);
}
