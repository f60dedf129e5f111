/** A chart of a page as a file: where it is offered to be saved, and what then stands there. */
import { afterEach, expect, it, vi } from 'vitest';
import { window } from 'vscode';
import { openPage } from './support/page';
import { example } from './support/example';
import { editor, Uri } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

afterEach(() => vi.restoreAllMocks());

it('is saved beside the network under a name of its own, or nowhere', async () => {
  const { host, page } = openPage(example('xor'));
  const save = vi.spyOn(window, 'showSaveDialog').mockResolvedValue(undefined as never);
  const bytes = new TextEncoder().encode('<svg/>');
  expect(await page.remote.saveChart('svg', bytes)).toBe(false);
  expect(save.mock.calls).toMatchObject([
    [{ defaultUri: { path: '/work/net.training.svg' }, filters: { SVG: ['svg'] } }],
  ]);
  save.mockResolvedValue(Uri.file('/work/loss.svg') as never);
  expect(await page.remote.saveChart('svg', bytes)).toBe(true);
  expect(editor.files.get('/work/loss.svg')).toEqual(bytes);
  await expect(page.remote.saveChart('exe' as never, bytes)).rejects.toThrow(/csv, svg or png/);
  host.runs.dispose();
});
