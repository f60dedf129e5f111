import { afterEach, expect, it, vi } from 'vitest';
import { wakeJsonService } from '../../src/host/jsonService';
import { commands, extensions } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

afterEach(() => void vi.restoreAllMocks());

it("VS Code's JSON service is woken directly where it runs beside the extension", async () => {
  const activate = vi.fn();
  const get = vi.spyOn(extensions, 'getExtension').mockReturnValue({ activate } as never);
  const execute = vi.spyOn(commands, 'executeCommand');
  await wakeJsonService();
  expect(get.mock.calls).toEqual([['vscode.json-language-features']]);
  expect(activate).toHaveBeenCalledOnce();
  expect(execute).not.toHaveBeenCalled();
});

it('it is woken by a command where it runs elsewhere, and where there is none nothing fails', async () => {
  const gone = new Error("command 'json.validate' not found");
  const execute = vi.spyOn(commands, 'executeCommand').mockRejectedValueOnce(gone);
  await wakeJsonService();
  await wakeJsonService();
  const calls = execute.mock.calls.map(([id, schema, text]) => [id, String(schema), text]);
  const call = ['json.validate', 'http://json-schema.org/draft-07/schema', '{}'];
  expect(calls).toEqual([call, call]);
});
