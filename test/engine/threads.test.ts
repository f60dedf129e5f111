/** Several threads give the bits that one gives, whatever the network. */
import { describe, expect, test } from 'vitest';
import type { Trainer } from '../../src/engine/trainer';
import { runTo, stateOf, threaded, type Engine } from './engines';
import { dense, network, randomDataset } from './networks';
import { OPTIMIZERS, randomCase } from './randomCases';
import { randomImageCase } from './randomImageCases';

/** Parameters, moments and what is seen of the loss. */
const seen = (trainer: Trainer): unknown => [
  ...[stateOf(trainer), trainer.step, trainer.epoch, trainer.batch, trainer.evaluation],
  trainer.gradientNorm,
];

const draws = [
  ['lists', randomCase],
  ['images', randomImageCase],
] as const;

describe.each(['plain-4x8', 'plain-4x16'] as const)('%s', name => {
  const [one, ...others] = [1, 2, 3].map(count => threaded(name, count));
  test.each(draws)('random networks: %s', (_, draw) => {
    for (let seed = 2000; seed < 2016; seed++) {
      const { network: net, dataset, start } = draw(seed);
      const after = ({ create }: Engine): unknown => {
        const trainer = create(net, dataset, start);
        runTo(trainer, 9);
        trainer.evaluate();
        return seen(trainer);
      };
      const expected = after(one);
      for (const other of others) expect(after(other), `network ${seed}`).toEqual(expected);
    }
  });
});
