/** The cursor on a number in the text selects that element on the canvas beside it. */
import { TextEditorSelectionChangeKind, window } from 'vscode';
import type { Disposable } from 'vscode';
import type { DesignerEditor } from './designerEditor';
import type { Documents } from './documents';
import { isNetworkUri } from './manifest';
import { placeAt } from './places';
import { targetOf } from './subjects';

/** Only what a person does in the text counts: a selection set by `reveal` came from the canvas. */
export function syncSelection(documents: Documents, designers: DesignerEditor): Disposable {
  return window.onDidChangeTextEditorSelection(({ textEditor, selections, kind }) => {
    const { document } = textEditor;
    const byPerson =
      kind === TextEditorSelectionChangeKind.Keyboard ||
      kind === TextEditorSelectionChangeKind.Mouse;
    if (!byPerson || !isNetworkUri(document.uri) || !designers.isVisible(document.uri)) return;
    const place = placeAt(documents, document, selections[0].active);
    const target = place && targetOf(place);
    if (target) designers.select(document.uri, target);
  });
}
