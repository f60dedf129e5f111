/** Runs one test on whatever computes: the engine itself, or a worker that has it. */
import type { GradcheckReport } from '../engine/gradcheck';
import type { Expectation, Network } from '../network/network';
import { inferShapes } from '../network/shapes';
import { failed, judgeGradcheck, judgeLoss, judgeOutputs } from './judge';
import type { LossFound, Verdict } from './judge';
import type { NetworkTest } from './tests';
import type { VerdictWords } from './words';
import { verdictEnglish } from './words.en';

/** Computes with the parameters of the file, or those of its seed, each time anew. */
export interface Bench {
  readonly network: Network;
  readonly hasData: boolean;
  /** Outputs of one input, which is in the units of the data. */
  predict(input: readonly number[]): Promise<readonly number[]>;
  gradcheck(): Promise<GradcheckReport>;
  /** The training loss after so many epochs, trained in a copy as the network says how. */
  loss(epochs: number): Promise<LossFound>;
}

/** Rejects only with what the bench rejects with. */
export async function runTest(
  { path, expectation }: NetworkTest,
  bench: Bench,
  words: VerdictWords = verdictEnglish,
): Promise<Verdict> {
  if (expectation.type === 'output') {
    const fault = sizeFault(expectation, bench.network, words);
    if (fault !== undefined) return failed(fault);
    return judgeOutputs(expectation, await bench.predict(expectation.input), words);
  }
  if (!bench.hasData)
    return { result: path.length > 0 ? 'failed' : 'skipped', message: words.needsData };
  return expectation.type === 'loss'
    ? judgeLoss(expectation, await bench.loss(expectation.afterEpochs), words)
    : judgeGradcheck(await bench.gradcheck(), words);
}

function sizeFault(
  { input, output }: Extract<Expectation, { type: 'output' }>,
  network: Network,
  words: VerdictWords,
): string | undefined {
  const { inputSize, outputSize } = inferShapes(network);
  if (input.length !== inputSize) return words.inputSize(input.length, inputSize);
  if (output.length !== outputSize) return words.outputSize(output.length, outputSize);
  return undefined;
}
