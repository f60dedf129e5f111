/** The tests of a network: that of its gradients, and what its file expects. */
import type { Expectation, JsonPath, Network } from '../network/network';
import type { VerdictWords } from './words';
import { verdictEnglish } from './words.en';

export interface NetworkTest {
  /** Unique in the network: `gradcheck`, `expect[0]`. */
  readonly id: string;
  /** What a person reads in a list. */
  readonly label: string;
  /** Where the file asks for it; empty for a gradcheck that it does not ask for. */
  readonly path: JsonPath;
  readonly expectation: Expectation;
}

/** The gradcheck comes first, and once, whether the file asks for it or not. */
export function testsOf(
  { expect = [] }: Pick<Network, 'expect'>,
  words: VerdictWords = verdictEnglish,
): readonly NetworkTest[] {
  const asked = expect.findIndex(({ type }) => type === 'gradcheck');
  const gradcheck: NetworkTest = {
    id: 'gradcheck',
    label: nameOf(expect[asked]) ?? 'gradcheck',
    path: asked < 0 ? [] : ['expect', asked],
    expectation: { type: 'gradcheck' },
  };
  const others = expect.flatMap((expectation, index): NetworkTest[] => {
    if (expectation.type === 'gradcheck') return [];
    const label = nameOf(expectation) ?? describe(expectation, words);
    return [{ id: `expect[${index}]`, label, path: ['expect', index], expectation }];
  });
  return [gradcheck, ...others];
}

/** What somebody has called it; nothing, where that cannot be seen in a list. */
const nameOf = (expectation?: Expectation): string | undefined =>
  /[\p{L}\p{N}\p{P}\p{S}]/u.test(expectation?.name ?? '') ? expectation?.name : undefined;

/** `[0, 1] → [1]`, `loss ≤ 0.01 after 500 epochs` */
function describe(
  expectation: Exclude<Expectation, { type: 'gradcheck' }>,
  words: VerdictWords,
): string {
  if (expectation.type === 'output')
    return `${listed(expectation.input)} → ${listed(expectation.output)}`;
  const { atMost, afterEpochs } = expectation;
  return words.lossLabel(atMost, afterEpochs);
}

/** Numbers of a list that a label shows. */
const SHOWN = 4;

function listed(numbers: readonly number[]): string {
  const shown = numbers.slice(0, SHOWN).join(', ');
  return numbers.length > SHOWN ? `[${shown}, …]` : `[${shown}]`;
}
