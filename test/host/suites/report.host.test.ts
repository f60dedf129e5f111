/** "Report Issue…": what is told stands where a person reads it. */
import { commands, window, workspace } from 'vscode';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeAll, errand, eventually, open, screenshot } from '../ui';

beforeAll(() => open('iris.nn.json'));
afterAll(async () => {
  await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  await closeAll();
});

it('opens with versions, host and the structure of the network, without its names', async () => {
  const { kind } = await errand();
  // There is no address yet to which VS Code's issue reporter could send it.
  await commands.executeCommand('nabla.reportIssue');
  const text = await eventually(() => {
    const { document } = window.activeTextEditor ?? {};
    expect(document?.languageId).toBe('markdown');
    return document?.getText() ?? '';
  });
  expect(text).toContain(`\nextension host: ${kind}\n`);
  expect(text).toMatch(/^network: 4 → dense \d+.*, \d+ parameters$/m);
  expect(text).toMatch(/^Nabla: \d+\.\d+\.\d+$/m);
  expect(text).toMatch(/^engine: (not started|.*thread|.*process)/m);
  expect(text).not.toMatch(/iris|sepal|petal|species/i);
  for (const { uri } of workspace.workspaceFolders ?? []) expect(text).not.toContain(uri.path);
  await screenshot('report-issue');
});
