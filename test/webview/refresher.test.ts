import { describe, expect, it } from 'vitest';
import { Refresher } from '../../webview/refresher';
import { ManualTimer } from './timer';

/** A far side that answers when told to. */
function setup(): {
  timer: ManualTimer;
  refresher: Refresher;
  asked: () => number;
  answer: () => Promise<void>;
} {
  const timer = new ManualTimer();
  const answers: (() => void)[] = [];
  let asked = 0;
  const refresher = new Refresher(
    () => {
      asked++;
      return new Promise(resolve => answers.push(resolve));
    },
    100,
    timer,
  );
  const answer = async (): Promise<void> => {
    answers.shift()?.();
    await new Promise(resolve => setImmediate(resolve));
  };
  return { timer, refresher, asked: () => asked, answer };
}

describe('Refresher', () => {
  it('asks at once, and once however often it is told', () => {
    const { refresher, asked } = setup();
    refresher.ask();
    refresher.ask();
    refresher.ask(true);
    expect(asked()).toBe(1);
  });

  it('asks once more after an answer when it was told meanwhile, but not sooner than the interval', async () => {
    const { timer, refresher, asked, answer } = setup();
    refresher.ask();
    refresher.ask();
    refresher.ask();
    await answer();
    expect(asked()).toBe(1);
    timer.pass(99);
    expect(asked()).toBe(1);
    timer.pass(1);
    expect(asked()).toBe(2);
    await answer();
    timer.pass(1000);
    expect(asked()).toBe(2);
  });

  it('does not let a person wait for the interval', async () => {
    const { refresher, timer, asked, answer } = setup();
    refresher.ask();
    await answer();
    refresher.ask();
    expect(asked()).toBe(1);
    refresher.ask(true);
    expect(asked()).toBe(2);
    await answer();
    timer.pass(1000);
    expect(asked()).toBe(2);
  });
});
