/** What is heard of a training. */
import { expect, it, vi } from 'vitest';
import { Announcer } from '../../webview/announcer';
import type { State } from '../../webview/store';

const stateAt = (epoch: number, phase: 'running' | 'finished' = 'running'): State =>
  ({
    phase: 'ready',
    gradcheck,
    document: shown,
    run: {
      phase,
      reason: 'epochs',
      epoch,
      step: epoch,
      loss: 0.5,
      accuracy: NaN,
      validationAccuracy: NaN,
    },
  }) as unknown as State;

const gradcheck = { type: 'none' };
const shown = { data: { validation: 0 }, network: { training: { epochs: 1000 } } };

/** Epochs that are heard of a training of 1,000 epochs, each of so many milliseconds. */
async function heard(milliseconds: number): Promise<number[]> {
  vi.useFakeTimers();
  const said: string[] = [];
  let now = 0;
  const announcer = new Announcer(
    words => said.push(words),
    () => now,
  );
  announcer.follow(stateAt(0), { ...stateAt(0), run: { phase: 'idle' } } as unknown as State);
  await vi.runAllTimersAsync();
  for (let epoch = 1; epoch <= 1000; epoch++) {
    now += milliseconds;
    announcer.follow(stateAt(epoch), stateAt(epoch - 1));
    await vi.runAllTimersAsync();
  }
  announcer.follow(stateAt(1000, 'finished'), stateAt(1000));
  await vi.runAllTimersAsync();
  vi.useRealTimers();
  return said.map(words => Number(/epoch ([\d,]+)/.exec(words)?.[1].replace(',', '')));
}

it('begins and ends a short training, with nothing between', async () => {
  expect(await heard(1)).toEqual([0, 1000]);
});

it('tells the tenths of a long one', async () => {
  expect(await heard(150)).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000, 1000]);
});

it('leaves out tenths that follow too soon', async () => {
  expect(await heard(60)).toEqual([0, 200, 400, 600, 800, 1000, 1000]);
});
