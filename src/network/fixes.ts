/** What can be done at once about an issue of the text. */
import { readDraft } from './draft';
import type { NetworkDraft } from './draft';
import { EditError, planEdit } from './edit';
import type { EditTools, NetworkEdit, TextEdit } from './edit';
import { Editing } from './editing';
import { nodeAt } from './locate';
import { partners, usualLoss } from './lossPairs';
import type { Issue, JsonPath } from './network';
import type { ParsedDocument } from './parse';
import { fitBias, fitRowCount, fitRows } from './parameterFixes';
import { property, range } from './tree';

/** What a fix does; the host has the words for it. */
export type FixName =
  | { readonly type: 'fillRows' | 'cutRows' | 'fitRows'; readonly layer: number }
  | { readonly type: 'addRows' | 'removeRows'; readonly layer: number; readonly count: number }
  | { readonly type: 'redraw' | 'fillBias' | 'cutBias'; readonly layer: number }
  | { readonly type: 'setUnits'; readonly layer: number; readonly units: number }
  | { readonly type: 'setInputs'; readonly size: number }
  | { readonly type: 'setTo'; readonly path: JsonPath; readonly value: string }
  | { readonly type: 'replace'; readonly name: string }
  | { readonly type: 'remove'; readonly path: JsonPath }
  | { readonly type: 'freshWeights' };

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
}

type Maker = (repair: Repair, issue: Issue) => readonly Fix[];

const makers: { readonly [code: string]: Maker } = {
  'weights.columns': fitRows,
  'weights.rows': fitRowCount,
  'bias.length': fitBias,
  'bias.unused': ({ editing }, { path }) => removal(editing, path),
  'weights.missing': freshWeights,
  'weights.hash': freshWeights,
  'weights.format': freshWeights,
  'weights.tensors': freshWeights,
  'weights.size': freshWeights,
  'weights.path': freshWeights,
  'setting.unused': ({ editing }, { path }) => removal(editing, path),
  'key.unknown': renaming,
  'value.unknown': replacing,
  'from.unknown': replacing,
  'data.inputs': inputs,
  'data.outputs': outputs,
  'loss.activation': lossActivation,
  'activation.softmax': (repair, { path }) => setTo(repair, path, 'sigmoid'),
  'activation.softmaxOne': (repair, { path }) => setTo(repair, path, 'sigmoid'),
  'activation.step': (repair, { path }) => setTo(repair, path, 'sigmoid'),
  'init.equal': (repair, { path }) => setTo(repair, [...path, 'type'], 'xavierUniform'),
  'batchSize.large': (repair, { path }) => setTo(repair, path, 'all'),
};

/** The most likely fix first; none where the text is no JSON object. */
export function fixesOf(document: ParsedDocument, issue: Issue, tools: EditTools): readonly Fix[] {
  const make = Object.hasOwn(makers, issue.code) ? makers[issue.code] : undefined;
  if (!make) return [];
  try {
    const editing = new Editing(document);
    return make({ document, editing, draft: readDraft(editing.root), tools }, issue);
  } catch (error) {
    // What cannot be made is not offered.
    if (error instanceof EditError) return [];
    throw error;
  }
}

function removal(editing: Editing, path: JsonPath): readonly Fix[] {
  return [{ name: { type: 'remove', path }, edits: editing.unset(path) }];
}

/** Only where the person says so: what the file had is given up. */
function freshWeights({ editing }: Repair): readonly Fix[] {
  return [{ name: { type: 'freshWeights' }, edits: editing.unset(['weights']) }];
}

function setTo({ editing }: Repair, path: JsonPath, value: string): readonly Fix[] {
  return [{ name: { type: 'setTo', path, value }, edits: editing.set(path, value) }];
}

/** The names that the issue's own sentence offers: `Did you mean "tanh" or "step"?` */
function offered({ message }: Issue): readonly string[] {
  const sentence = /Did you mean (.*)\?/s.exec(message)?.[1] ?? '';
  return [...sentence.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(
    ([whole]) => JSON.parse(whole) as string,
  );
}

function replacing({ document, editing }: Repair, issue: Issue): readonly Fix[] {
  const node = nodeAt(document, issue.path);
  if (!node) return [];
  return offered(issue).map(name => ({
    name: { type: 'replace', name },
    edits: [editing.replace(node, JSON.stringify(name))],
  }));
}

/** Another name for a key; what it is set to stays. */
function renaming({ document }: Repair, issue: Issue): readonly Fix[] {
  const owner = nodeAt(document, issue.path.slice(0, -1)) ?? document.root;
  const wrong = String(issue.path[issue.path.length - 1]);
  const key = property(owner, wrong)?.children?.[0];
  if (!key) return [];
  return offered(issue)
    .filter(name => !property(owner, name))
    .map(name => ({
      name: { type: 'replace', name },
      edits: [{ ...range(key), text: JSON.stringify(name) }],
    }));
}

/** Both remedies that the sentence names. */
function lossActivation(repair: Repair): readonly Fix[] {
  const { layers, loss } = repair.draft;
  const last = layers[layers.length - 1];
  const partner = loss.type && partners[loss.type];
  if (!partner || !last?.activation) return [];
  const usual = usualLoss(last.activation, last.units);
  return [
    ...setTo(repair, ['loss', 'type'], usual),
    ...setTo(repair, ['layers', layers.length - 1, 'activation'], partner),
  ];
}

/** The size that the issue's own sentence offers, as on the canvas: weights that fit stay. */
function inputs(repair: Repair, { message }: Issue): readonly Fix[] {
  const found = /set input\.shape to \[(\d+)\]/.exec(message);
  if (!found) return [];
  const size = Number(found[1]);
  return [
    { name: { type: 'setInputs', size }, edits: planned(repair, { type: 'setInputs', size }) },
  ];
}

function outputs(repair: Repair, { message }: Issue): readonly Fix[] {
  const found = /set layers\[(\d+)\]\.units to (\d+)/.exec(message);
  if (!found) return [];
  const [layer, units] = found.slice(1).map(Number);
  const edit = { type: 'setUnits', layer, units } as const;
  return [{ name: edit, edits: planned(repair, edit) }];
}

function planned({ document, tools }: Repair, edit: NetworkEdit): readonly TextEdit[] {
  return planEdit(document, edit, tools).edits;
}
