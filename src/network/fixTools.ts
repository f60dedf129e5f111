/** What the makers of quick fixes share. */
import { readDraft } from './draft';
import type { NetworkDraft } from './draft';
import { planEdit } from './edit';
import type { EditTools, NetworkEdit, TextEdit } from './edit';
import { EditError } from './editError';
import { Editing } from './editing';
import { applyTextEdits } from './json';
import type { JsonValue } from './json';
import type { Issue, JsonPath } from './network';
import { parseNetwork } from './parse';
import type { ParsedDocument } from './parse';

/** What a fix does; the host has the words for it. */
export type FixName =
  | { readonly type: 'fillRows' | 'cutRows' | 'fitRows'; readonly layer: number }
  | { readonly type: 'addRows' | 'removeRows'; readonly layer: number; readonly count: number }
  | { readonly type: 'redraw' | 'fillBias' | 'cutBias'; readonly layer: number }
  | { readonly type: 'setUnits'; readonly layer: number; readonly units: number }
  | { readonly type: 'setInputs'; readonly size: number }
  | { readonly type: 'setTo'; readonly path: JsonPath; readonly value: JsonValue }
  | { readonly type: 'replace'; readonly name: string }
  | { readonly type: 'remove'; readonly path: JsonPath }
  | { readonly type: 'move'; readonly path: JsonPath; readonly to: JsonPath }
  | { readonly type: 'keep'; readonly key: string }
  | { readonly type: 'cutList'; readonly path: JsonPath; readonly count: number }
  | { readonly type: 'rename'; readonly id: string }
  | { readonly type: 'freshWeights' | 'useLinear' | 'useSigmoid' };

export interface Fix {
  readonly name: FixName;
  readonly edits: readonly TextEdit[];
}

/** What the fixes of one document share. */
export interface Repair {
  readonly document: ParsedDocument;
  readonly editing: Editing;
  readonly draft: NetworkDraft;
  readonly tools: EditTools;
  /** Columns of the CSV file that the data are in, as far as somebody has looked. */
  readonly columns: readonly string[];
}

export type Maker = (repair: Repair, issue: Issue) => readonly Fix[];

/** @throws EditError where the text is no JSON object */
export function repairOf(
  document: ParsedDocument,
  tools: EditTools,
  columns: readonly string[],
): Repair {
  const editing = new Editing(document);
  return { document, editing, draft: readDraft(editing.root), tools, columns };
}

export function removal({ editing }: Repair, path: JsonPath): readonly Fix[] {
  return [{ name: { type: 'remove', path }, edits: editing.unset(path) }];
}

export function setTo({ editing }: Repair, path: JsonPath, value: JsonValue): readonly Fix[] {
  return [{ name: { type: 'setTo', path, value }, edits: editing.set(path, value) }];
}

/** As a gesture on the canvas: weights that fit stay. None where the gesture would be refused. */
export function planned(
  { document, tools }: Repair,
  name: FixName,
  edit: NetworkEdit,
): readonly Fix[] {
  try {
    return [{ name, edits: planEdit(document, edit, tools).edits }];
  } catch (error) {
    if (error instanceof EditError) return [];
    throw error;
  }
}

/** Those that end the issue, and make no other error. */
export function mending({ document }: Repair, issue: Issue, fixes: readonly Fix[]): readonly Fix[] {
  const before = count(document, issue);
  return fixes.filter(({ edits }) => {
    if (edits.length === 0) return false;
    const after = count(parseNetwork(applyTextEdits(document.text, edits), document), issue);
    const most = issue.severity === 'error' ? before.errors - 1 : before.errors;
    return after.same < before.same && after.errors <= most;
  });
}

function count({ issues }: ParsedDocument, { code }: Issue): { same: number; errors: number } {
  const same = issues.filter(issue => issue.code === code).length;
  return { same, errors: issues.filter(({ severity }) => severity === 'error').length };
}

/** The names that the issue's own sentence offers: `Did you mean "tanh" or "step"?` */
export function offered({ message }: Issue): readonly string[] {
  const sentence = /Did you mean (.*)\?/s.exec(message)?.[1] ?? '';
  return [...sentence.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(
    ([whole]) => JSON.parse(whole) as string,
  );
}
