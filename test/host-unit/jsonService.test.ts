import { beforeEach, expect, it, vi } from 'vitest';
import { wakeJsonService } from '../../src/host/jsonService';

const { getExtension, executeCommand } = vi.hoisted(() => ({
  getExtension: vi.fn(),
  executeCommand: vi.fn(),
}));
vi.mock('vscode', () => ({
  Uri: { parse: (text: string) => text },
  extensions: { getExtension },
  commands: { executeCommand },
}));

beforeEach(() => void vi.resetAllMocks());

it("VS Code's JSON service is woken directly where it runs beside the extension", async () => {
  const activate = vi.fn();
  getExtension.mockReturnValue({ activate });
  await wakeJsonService();
  expect(getExtension.mock.calls).toEqual([['vscode.json-language-features']]);
  expect(activate).toHaveBeenCalledOnce();
  expect(executeCommand).not.toHaveBeenCalled();
});

it('it is woken by a command where it runs elsewhere, and where there is none nothing fails', async () => {
  executeCommand.mockRejectedValueOnce(new Error("command 'json.validate' not found"));
  await wakeJsonService();
  await wakeJsonService();
  const call = ['json.validate', 'http://json-schema.org/draft-07/schema', '{}'];
  expect(executeCommand.mock.calls).toEqual([call, call]);
});
