/** Puts one target under fire: its extremes first, then as many random inputs as are asked for. */
import fc from 'fast-check';
import { measured } from './gauge';
import type { Cost } from './gauge';
import { ALLOWED_MS, allowedBytes, Broken } from './target';
import type { Answer, Target } from './target';

export interface Order {
  readonly seed: number;
  /** Random inputs. */
  readonly runs: number;
  /** Of fast-check: goes straight to an input that has failed. */
  readonly path?: string;
  readonly withExtremes: boolean;
  /** The extremes up to this one are done. */
  readonly after?: string;
  /** Whether time and memory are judged as well. */
  readonly measures: boolean;
}

export interface Failure {
  /** What leads to it again: an extreme's name, or fast-check's path. */
  readonly extreme?: string;
  readonly path?: string;
  readonly message: string;
  readonly bytes: Uint8Array;
}

export interface Report {
  tried: number;
  accepted: number;
  refused: number;
  /** The worst, and the input that it was. */
  worstMs: number;
  worstMsOf: string;
  worstBytes: number;
  worstBytesOf: string;
  readonly failures: Failure[];
}

/** @param begins is told before each input */
export async function fire(
  target: Target,
  order: Order,
  begins: (input: string) => void = () => undefined,
): Promise<Report> {
  const report: Report = {
    ...{ tried: 0, accepted: 0, refused: 0, failures: [] },
    ...{ worstMs: 0, worstMsOf: '', worstBytes: 0, worstBytesOf: '' },
  };
  if (order.withExtremes)
    for (const { name, make } of extremesAfter(target, order.after)) {
      begins(`extreme ${name}`);
      const input = make();
      try {
        await judged(target, input, name, order, report);
      } catch (error) {
        report.failures.push({ extreme: name, message: told(error), bytes: target.bytes(input) });
      }
    }
  await random(target, order, report, begins);
  return report;
}

function extremesAfter({ extremes }: Target, after: string | undefined): Target['extremes'] {
  return after === undefined
    ? extremes
    : extremes.slice(1 + extremes.findIndex(({ name }) => name === after));
}

/** Shrinks what fails; not for longer than this. */
const MOST_SHRINKING_MS = 60_000;

async function random(
  target: Target,
  { seed, runs, path, ...order }: Order,
  report: Report,
  begins: (input: string) => void,
): Promise<void> {
  let next = 0;
  let failedAt = 0;
  const property = fc.asyncProperty(target.arbitrary, async input => {
    if (failedAt > 0 && performance.now() - failedAt > MOST_SHRINKING_MS) return;
    const name = String(next++);
    begins(name);
    try {
      await judged(target, input, name, { seed, runs, ...order }, report);
    } catch (error) {
      failedAt ||= performance.now();
      throw error;
    }
  });
  if (runs === 0) return;
  const details = await fc.check(property, { seed, numRuns: runs, ...(path && { path }) });
  if (!details.failed || !details.counterexample) return;
  report.failures.push({
    path: details.counterexamplePath ?? '',
    message: told(details.errorInstance),
    bytes: target.bytes(details.counterexample[0]),
  });
}

/** What takes too long or too much is tried once more: the machine does other things, too. */
async function judged(
  target: Target,
  input: unknown,
  name: string,
  order: Order,
  report: Report,
): Promise<void> {
  let { answer, cost } = await once(target, input);
  const { length } = target.bytes(input);
  const breaks = (): string | undefined => (order.measures ? limitBroken(cost, length) : undefined);
  for (let again = 0; breaks() !== undefined && again < 2; again++)
    ({ answer, cost } = await once(target, input));
  report.tried++;
  report[answer]++;
  if (cost.ms > report.worstMs) [report.worstMs, report.worstMsOf] = [cost.ms, name];
  if (cost.bytes > report.worstBytes)
    [report.worstBytes, report.worstBytesOf] = [cost.bytes, `${name} (${length} bytes)`];
  const broken = breaks();
  if (broken !== undefined) throw new Broken(broken);
}

async function once(target: Target, input: unknown): Promise<{ answer: Answer; cost: Cost }> {
  let cost: Cost = { ms: 0, bytes: 0 };
  const answer = await measured(
    () => target.judge(input),
    found => (cost = found),
  );
  return { answer, cost };
}

/** What a cost breaks, for an input of so many bytes. */
export function limitBroken({ ms, bytes }: Cost, length: number): string | undefined {
  if (ms > ALLOWED_MS) return `It took ${Math.round(ms)} ms; allowed are ${ALLOWED_MS}`;
  const most = allowedBytes(length);
  return bytes > most
    ? `It allocated ${bytes} bytes for an input of ${length}; allowed are ${most}`
    : undefined;
}

function told(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
