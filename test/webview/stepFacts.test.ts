/** Facts of the steps: those of old parameters are not taken for those of new ones. */
import { expect, it } from 'vitest';
import type { Facts, Target } from '../../src/engine/facts';
import { StepFacts } from '../../webview/stepping/stepFacts';
import { ManualTimer } from './timer';

const TARGET: Target = { type: 'loss' };
const settled = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

it('asks again at the next step where new numbers could not be had', async () => {
  const timer = new ManualTimer();
  let answer: () => Promise<Facts> = () => Promise.resolve({ epoch: 0 } as Facts);
  const facts = new StepFacts(
    () => answer(),
    known => (known(TARGET) ? [] : [TARGET]),
    () => {},
    timer,
  );
  facts.want();
  await settled();
  expect(facts.known(TARGET)?.epoch).toBe(0);
  answer = () => Promise.reject(new Error('The engine stopped.'));
  facts.renew();
  timer.pass(1000);
  await settled();
  expect(facts.failure).toBe('The engine stopped.');
  answer = () => Promise.resolve({ epoch: 7 } as Facts);
  facts.want();
  await settled();
  expect([facts.failure, facts.known(TARGET)?.epoch]).toEqual([undefined, 7]);
});
