/**
 * A change of a text, as VS Code makes it. A file that a person has set to be read-only in VS Code (`files.readonlyInclude`, or
 * for this session) is not so on the disk, and no extension can ask: its text takes the change, which can never be saved. That
 * it did not become dirty gives it away.
 */
import { Range, WorkspaceEdit, workspace } from 'vscode';
import type { TextDocument } from 'vscode';

/** `conflict`: the text is another one by now. `readOnly`: it is as it was before. */
export type Outcome = 'made' | 'conflict' | 'readOnly';

export async function applyEdit(document: TextDocument, edit: WorkspaceEdit): Promise<Outcome> {
  if (document.isDirty) return (await workspace.applyEdit(edit)) ? 'made' : 'conflict';
  const before = document.getText();
  // It may be saved at once, and clean again by the time that this is answered.
  let becameDirty = false;
  const listener = workspace.onDidChangeTextDocument(event => {
    becameDirty ||= event.document === document && document.isDirty;
  });
  try {
    if (!(await workspace.applyEdit(edit))) return 'conflict';
    if (becameDirty || document.isDirty || document.getText() === before) return 'made';
    await workspace.applyEdit(wholeText(document, before));
    return 'readOnly';
  } finally {
    listener.dispose();
  }
}

function wholeText(document: TextDocument, text: string): WorkspaceEdit {
  const edit = new WorkspaceEdit();
  const end = document.positionAt(document.getText().length);
  edit.replace(document.uri, new Range(document.positionAt(0), end), text);
  return edit;
}
