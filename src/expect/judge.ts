/** Whether what was computed is what was expected, in a sentence that gives both numbers. */
import type { GradcheckEntry, GradcheckReport } from '../engine/gradcheck';
import { formatPath } from '../network/network';
import type { Expectation } from '../network/network';
import { parameterPath } from '../network/parameterPath';
import type { VerdictWords } from './words';
import { verdictEnglish } from './words.en';

export interface Verdict {
  /** `skipped`: nobody asked for it, and it cannot be done. */
  readonly result: 'passed' | 'failed' | 'skipped';
  readonly message: string;
  /** Where two values differ: both, for those who show them side by side. */
  readonly expected?: string;
  readonly actual?: string;
}

/** The training loss, and how it came about. */
export interface LossFound {
  readonly loss: number;
  /** Completed ones: fewer than were asked for where the stop rule ended the training. */
  readonly epochs: number;
  /** Numbers overflowed: `loss` is the last one before. */
  readonly diverged: boolean;
}

type Expected<T extends Expectation['type']> = Extract<Expectation, { type: T }>;

export const passed = (message: string): Verdict => ({ result: 'passed', message });
export const failed = (message: string): Verdict => ({ result: 'failed', message });

/** Faults that a message tells one by one. */
const TOLD = 3;

/** `output[0] = 0.93, expected 1 ± 1e-6 (off by 0.07)` */
export function judgeOutputs(
  expected: Expected<'output'>,
  found: readonly number[],
  words: VerdictWords = verdictEnglish,
): Verdict {
  const { output, tolerance } = expected;
  const offs = output.map((value, i) => Math.abs(found[i] - value));
  const wrong = offs.flatMap((off, i) => (off <= tolerance ? [] : [i]));
  if (wrong.length === 0) {
    const most = rough(Math.max(...offs));
    return passed(words.outputsWithin(output.length, margin(tolerance), most));
  }
  const faults = wrong.map(i => {
    const off = Number.isFinite(offs[i]) ? rough(offs[i]) : undefined;
    const wanted = `${output[i]} ± ${margin(tolerance)}`;
    return words.outputOff(`output[${i}]`, short(found[i]), wanted, off);
  });
  const sides = { expected: lines(output), actual: lines(found.map(short)) };
  return { ...failed(first(faults, words)), ...sides };
}

/** `loss = 0.02 after 500 epochs, expected at most 0.01` */
export function judgeLoss(
  { atMost }: Expected<'loss'>,
  found: LossFound,
  words: VerdictWords = verdictEnglish,
): Verdict {
  const most = String(atMost);
  if (found.diverged) return failed(words.diverged(found.epochs, most));
  const message = words.loss(short(found.loss), found.epochs);
  if (found.loss <= atMost) return passed(words.lossWithin(message, most));
  const sides = { expected: `≤ ${most}`, actual: short(found.loss) };
  return { ...failed(words.lossBeyond(message, most)), ...sides };
}

/** `2 of 17 gradients do not agree with their differences: layers[0].bias[1] = 0.5, its difference 0.25 (error 5.0e-1)` */
export function judgeGradcheck(
  report: GradcheckReport,
  words: VerdictWords = verdictEnglish,
): Verdict {
  const { checked, failed: wrong, worst } = report;
  if (wrong.length > 0) {
    const faults = wrong.map(entry =>
      words.gradientDiffers(
        entryPath(entry),
        short(entry.analytic),
        short(entry.numeric),
        entry.error.toExponential(1),
      ),
    );
    return failed(words.gradientsDiffer(wrong.length, checked) + first(faults, words));
  }
  const most = worst ? words.worst(worst.error.toExponential(1), entryPath(worst)) : '';
  return passed(words.gradientsAgree(checked) + most);
}

const entryPath = ({ target }: GradcheckEntry): string => formatPath(parameterPath(target));

function first(faults: readonly string[], { between, more }: VerdictWords): string {
  const told = faults.slice(0, TOLD).join(between);
  return faults.length > TOLD ? told + between + more(faults.length - TOLD) : told;
}

const lines = (values: readonly (number | string)[]): string => values.join('\n');

/** As many digits as float32 has, and no zeros behind them. */
const short = (value: number): string => String(Number(value.toPrecision(8)));

/** 1e-6, but 0.05 */
const margin = (value: number): string => (value < 1e-3 ? value.toExponential() : String(value));

const rough = (value: number): string => String(Number(value.toPrecision(2)));
