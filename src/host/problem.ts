/** An entry of the Problems panel, and a light bulb on it. */
import { CodeAction, CodeActionKind, Diagnostic, WorkspaceEdit } from 'vscode';
import type { DiagnosticSeverity, Range, TextDocument } from 'vscode';
import type { TextEdit } from '../network/edit';
import { toRange } from './places';

const SOURCE = 'nabla';

export function problem(
  range: Range,
  message: string,
  severity: DiagnosticSeverity,
  code: string,
): Diagnostic {
  const result = new Diagnostic(range, message, severity);
  result.source = SOURCE;
  result.code = code;
  return result;
}

/** Whether an entry is one of ours. */
export function isOurs({ source }: Diagnostic): boolean {
  return source === SOURCE;
}

/** `shown`: what it mends. */
export function quickFix(
  document: TextDocument,
  title: string,
  edits: readonly TextEdit[],
  shown: Diagnostic,
  preferred: boolean,
): CodeAction {
  const result = new CodeAction(title, CodeActionKind.QuickFix);
  result.diagnostics = [shown];
  result.isPreferred = preferred;
  const edit = new WorkspaceEdit();
  for (const { start, end, text } of edits)
    edit.replace(document.uri, toRange(document, { start, end }), text);
  result.edit = edit;
  return result;
}
