/** What a page is told of data that take long to read. */
import { afterEach, expect, it, vi } from 'vitest';
import { example } from './support/example';
import { settled } from './support/host';
import { openPage } from './support/page';
import type { OpenPage } from './support/page';

vi.mock('vscode', () => import('./support/vscode'));

let open: OpenPage;
afterEach(() => open.host.runs.dispose());

async function begin() {
  open = openPage(example('reference-3-4-2'));
  const { page, host } = open;
  await page.remote.ready();
  await settled();
  const run = host.runs.get(host.uri)!;
  const parts = (): unknown[] =>
    page.told.flatMap(({ name, args }) => (name === 'loadProgress' ? args : []));
  return { page, run, parts };
}

it('hears how far they are, and of their end', async () => {
  const { run, parts } = await begin();
  for (const part of [0.25, 0.25, 0.5, undefined]) run.record.setLoadPart(part);
  await settled();
  expect(parts()).toEqual([0.25, 0.5, undefined]);
});

it('knows where it comes to, and that it is over, when it comes back', async () => {
  const { page, run, parts } = await begin();
  run.record.setLoadPart(0.5);
  expect(await page.remote.ready()).toMatchObject({ loadPart: 0.5 });
  page.show(false);
  run.record.setLoadPart(undefined);
  page.show(true);
  await settled();
  expect(parts()).toEqual([0.5]);
  expect((await page.remote.ready()).loadPart).toBeUndefined();
});

it('may cancel them, also where there is nothing to cancel', async () => {
  const { page, run } = await begin();
  const cancel = vi.spyOn(run, 'cancelLoad');
  await page.remote.run({ type: 'cancelLoad' });
  expect(cancel).toHaveBeenCalledOnce();
  expect(run.record.issues).toEqual([]);
});
