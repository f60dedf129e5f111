/** What the walkthrough waits for: done in the designer, it sets a context key. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { firstStepKeys } from '../../src/host/manifest';
import { example } from './support/example';
import { settled } from './support/host';
import { openPage } from './support/page';
import type { OpenPage } from './support/page';
import { editor } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

const KEYS: readonly unknown[] = Object.values(firstStepKeys);
const SAMPLE = { type: 'sample', index: 0 } as const;

let open: OpenPage;

beforeEach(async () => {
  open = openPage(example('reference-3-4-2'));
  await open.page.remote.ready();
  await settled();
});
afterEach(() => open.host.runs.dispose());

const told = (): unknown[] =>
  editor.executed
    .filter(({ command, args: [key] }) => command === 'setContext' && KEYS.includes(key))
    .map(({ args }) => args);

it('is not done by opening a network, drawing it or training it', async () => {
  await open.page.remote.view({ scope: SAMPLE });
  await open.page.remote.run({ type: 'step', unit: 'epoch' });
  expect(told()).toEqual([]);
});

it('is a card', async () => {
  const edge = { type: 'weight', layer: 0, row: 0, column: 0 } as const;
  await open.page.remote.inspect(edge, SAMPLE);
  expect(told()).toEqual([[firstStepKeys.touched, true]]);
});

it('is a gradcheck that came to its end', async () => {
  await open.page.remote.run({ type: 'gradcheck' });
  await vi.waitFor(() => expect(told()).toEqual([[firstStepKeys.checked, true]]));
});

it('is a change of the network, and none that was refused', async () => {
  const { remote } = open.page;
  const units = (layer: number) => ({ type: 'setUnits', layer, units: 5 }) as const;
  const { version } = open.host.document;
  expect(await remote.edit(units(0), version + 1)).toMatchObject({ applied: false });
  expect(told()).toEqual([]);
  expect(await remote.edit(units(0), version)).toMatchObject({ applied: true });
  expect(told()).toEqual([[firstStepKeys.designed, true]]);
});
