/** Where the run is, in words. */
import type { DataSummary, RunState } from '../../src/protocol';
import { epochs, format, percent } from '../numbers';
import type { State } from '../store';
import { told } from '../punctuation';
import { text } from '../strings';

/** The line of the toolbar as one sentence, spoken when training begins or ends. */
export function statusWords({ run, document }: State): string | undefined {
  if (!document?.data || !run) return undefined;
  return `${phaseOf(run)} · ${numbersOf(run, document.data)}`;
}

/** "epoch 240 · loss 0.0113 · accuracy 97 %" */
export function numbersOf(run: RunState, data: DataSummary): string {
  const validated = data.validation > 0;
  const accuracy = validated ? run.validationAccuracy : run.accuracy;
  const loss = run.settling ? text('status.settling') : text('status.loss', format(run.loss));
  const parts = [text('status.epoch', epochs(run.epoch)), loss];
  if (Number.isFinite(accuracy))
    parts.push(
      text(validated ? 'status.validationAccuracy' : 'status.accuracy', percent(accuracy)),
    );
  const r2 = (validated ? run.validationR2 : run.r2) ?? NaN;
  if (Number.isFinite(r2))
    parts.push(text(validated ? 'status.validationR2' : 'status.r2', format(r2)));
  if (run.learningRate !== undefined)
    parts.push(text('status.learningRate', format(run.learningRate)));
  return parts.join(' · ');
}

export function phaseOf(run: RunState): string {
  if (run.phase === 'finished') return told(text('status.finished'), text(`reason.${run.reason}`));
  return text(`status.${run.phase}`);
}
