import { afterEach, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import { CsvHeaders } from '../../src/host/csvHeaders';
import { Diagnostics } from '../../src/host/diagnostics';
import { QuickFixes } from '../../src/host/quickFixes';
import { createHostWith, settled, TEXT } from './support/host';
import { sessionPort } from './support/session';
import { editor, workspace } from './support/vscode';
import type { WorkspaceEdit } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

let host: ReturnType<typeof createHostWith>;
afterEach(() => host.runs.dispose());

async function lightBulb(text: string, code: string): Promise<vscode.CodeAction[]> {
  host = createHostWith(sessionPort, text);
  new Diagnostics(host.documents, host.runs).start();
  host.runs.acquire(host.uri).run.start();
  await settled();
  const shown = editor.diagnostics.get(host.document.uri.path) ?? [];
  const diagnostics = shown.filter(diagnostic => diagnostic.code === code);
  expect(diagnostics).not.toEqual([]);
  const fixes = new QuickFixes(host.documents, host.runs, new CsvHeaders({}));
  return fixes.provideCodeActions(
    host.document as unknown as vscode.TextDocument,
    undefined as never,
    { diagnostics } as never,
  );
}

it('fixes what the text says wrong', async () => {
  const actions = await lightBulb(TEXT.replace('"linear"', '"lineer"'), 'value.unknown');
  expect(actions[0]).toMatchObject({ title: 'Replace by "linear"', isPreferred: true });
  expect(actions.filter(({ isPreferred }) => isPreferred)).toHaveLength(1);
  await workspace.applyEdit(actions[0].edit as unknown as WorkspaceEdit);
  expect(host.document.getText()).toBe(TEXT);
});

it('fixes what the data say, also those of a file', async () => {
  editor.reset();
  const csv = TEXT.replace(/"data".*/, '"data": { "csv": "points.csv", "target": "y" }');
  const write = (): void => editor.write('/work/points.csv', 'a,b,c,y\n1,2,3,1\n4,5,6,0\n');
  // The editor of a new host is empty: the file is there before its run asks.
  const opened = lightBulb(csv, 'data.inputs');
  write();
  const actions = await opened;
  expect(actions.map(({ title }) => title)).toEqual(['Set the input to 3']);
  await workspace.applyEdit(actions[0].edit as unknown as WorkspaceEdit);
  expect(host.document.getText()).toBe(csv.replace('[2]', '[3]'));
});

it('leads from a wrong cell to its line in the file', async () => {
  editor.reset();
  const csv = TEXT.replace(/"data".*/, '"data": { "csv": "points.csv", "target": "y" }');
  const opened = lightBulb(csv, 'data.csv.number');
  editor.write('/work/points.csv', 'a,b,y\n1,2,1\n4,?,0\n');
  await opened;
  const shown = editor.diagnostics.get(host.document.uri.path) ?? [];
  const [place] = shown.flatMap(({ relatedInformation = [] }) => relatedInformation);
  expect(place).toMatchObject({
    message: 'Row 3 of the data file.',
    location: { uri: { path: '/work/points.csv' }, range: { line: 2, character: 0 } },
  });
});

it('has nothing to say about the issues of others', async () => {
  await lightBulb(TEXT.replace('"linear"', '"lineer"'), 'value.unknown');
  const [shown] = editor.diagnostics.get(host.document.uri.path) ?? [];
  shown.source = 'json';
  const context = { diagnostics: [shown] } as never;
  const document = host.document as unknown as vscode.TextDocument;
  const fixes = new QuickFixes(host.documents, host.runs, new CsvHeaders({}));
  expect(fixes.provideCodeActions(document, undefined as never, context)).toEqual([]);
});
