/** What the panel of the results says first. */
import type { Results } from '../../src/engine/results/report';
import { count, epochs, format, percent } from '../numbers';
import { text } from '../strings';

/** "30 samples, accuracy 96.7 %, mean loss 0.0512 · epoch 40"; empty before there are results. */
export function headOf(results: Results | undefined): string {
  if (!results) return '';
  const { samples, meanLoss, epoch } = results;
  const words =
    results.type === 'classes'
      ? text('results.classesHead', count(samples), percent(results.accuracy), format(meanLoss))
      : text('results.numbersHead', count(samples), format(meanLoss));
  return `${words} · ${text('status.epoch', epochs(epoch))}`;
}
