/** What a network is expected to do: the typed form of an entry of `expect`, and its words in the catalogue. */
import { flag, group, list, number, text } from './setting';

export type Expectation = {
  /** What a person calls it. */
  readonly name?: string;
} & (
  | {
      /** That the parameters of the file (or of its seed) give these outputs. */
      readonly type: 'output';
      /** In the units of the data: before they are normalised. */
      readonly input: readonly number[];
      readonly output: readonly number[];
      /** How far off each output may be. */
      readonly tolerance: number;
    }
  | { readonly type: 'gradcheck' }
  | {
      /** Of the training part, penalty included: the loss that is displayed. */
      readonly type: 'loss';
      readonly atMost: number;
      /** Trained so far, as the network says how; 0: as it is. */
      readonly afterEpochs: number;
    }
);

export const expectedLossSettings = {
  atMost: number('The largest training loss that is good.'),
  afterEpochs: number('Epochs of training before, in a copy; 0: the loss as it is.', {
    default: 0,
    integer: true,
    minimum: 0,
    maximum: 1_000_000_000,
  }),
};

export const expectationSettings = {
  name: text('What this test is called.'),
  input: list('One sample, in the units of the data.', number('One input.')),
  output: list('What the network makes of it.', number('One output.')),
  tolerance: number('How far off each output may be.', { default: 1e-6, above: 0 }),
  gradcheck: flag('Every gradient agrees with its finite differences: true.'),
  loss: group('The training loss is small.', expectedLossSettings, { required: ['atMost'] }),
};

/** The keys by which an entry says what it expects. */
export const expectationKinds = ['input', 'gradcheck', 'loss'] as const;

export const expectSetting = list(
  'What the network shall do: tests for `nabla test` and the Test Explorer.',
  group('One test.', expectationSettings, { oneOf: expectationKinds, oneOfNoun: 'check' }),
);
