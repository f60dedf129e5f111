/** The table of all layers: what fails after it was closed is not said when it is opened again. */
import { expect, it } from 'vitest';
import type { Overview } from '../../src/protocol';
import { OverviewKeeper } from '../../webview/health/overviewKeeper';
import { initialState } from '../../webview/store';
import { ManualTimer } from './timer';

it('forgets what was asked for a table that is closed', async () => {
  let fail: (error: Error) => void = () => {};
  let told = 0;
  const keeper = new OverviewKeeper(
    () => new Promise<Overview>((_, reject) => (fail = reject)),
    () => (told += 1),
    new ManualTimer(),
  );
  const document = { network: {}, stale: false } as unknown as typeof initialState.document;
  keeper.follow({ ...initialState, document }, false);
  keeper.forget();
  fail(new Error('The engine stopped.'));
  await new Promise(resolve => setImmediate(resolve));
  expect([keeper.failure, told]).toEqual([undefined, 0]);
});
