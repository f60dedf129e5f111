/** What can be done at once about an issue of the text. */
import {
  fewerSamples,
  fitInputs,
  fitOutputs,
  linearOutputs,
  missingTarget,
  nearestColumn,
  relativePath,
  sigmoidOutputs,
  withoutSplit,
} from './dataFixes';
import type { EditTools, JsonValue } from './edit';
import { EditError } from './editError';
import { mending, offered, planned, removal, repairOf, setTo } from './fixTools';
import type { Fix, Maker, Repair } from './fixTools';
import { differingSizes, freshName, imageShape, unusedLayer, withoutSource } from './graphFixes';
import { nodeAt } from './locate';
import { partners, usualLoss } from './lossPairs';
import { parsePath } from './network';
import type { Issue, JsonPath } from './network';
import type { ParsedDocument } from './parse';
import { fitBias, fitRowCount, fitRows } from './parameterFixes';
import { property, range, toValue } from './tree';
import {
  duplicateFix,
  inputNames,
  longFix,
  missingFix,
  onlyOne,
  rangeFix,
  shortFix,
  typeFix,
} from './valueFixes';

export type { Fix, FixName } from './fixTools';

const makers: { readonly [code: string]: Maker } = {
  'version.missing': set(['version'], 1),
  'value.type': typeFix,
  'value.range': rangeFix,
  'value.missing': missingFix,
  'value.empty': freshName,
  'value.long': freshName,
  'value.reserved': freshName,
  'value.unknown': replacing,
  'list.long': longFix,
  'list.short': shortFix,
  'key.unknown': renaming,
  'key.duplicate': duplicateFix,
  'setting.unused': remove,
  'data.source': onlyOne,
  'expect.check': onlyOne,
  'input.names': inputNames,
  'weights.columns': fitRows,
  'weights.rows': fitRowCount,
  'bias.length': fitBias,
  'statistics.length': remove,
  'bias.unused': remove,
  'weights.missing': freshWeights,
  'weights.hash': freshWeights,
  'weights.format': freshWeights,
  'weights.tensors': freshWeights,
  'weights.size': freshWeights,
  'weights.path': freshWeights,
  'number.float32': set(['training', 'precision'], 'float64'),
  'init.overflow': (repair, issue) =>
    mending(repair, issue, setTo(repair, ['training', 'precision'], 'float64')),
  'init.equal': (repair, { path }) => setTo(repair, [...path, 'type'], 'xavierUniform'),
  'id.duplicate': freshName,
  'from.unknown': replacing,
  'from.twice': withoutSource,
  'from.cycle': withoutSource,
  'add.sizes': differingSizes,
  'layer.unused': unusedLayer,
  'image.needed': imageShape,
  'window.large': (repair, issue) =>
    mending(repair, issue, setTo(repair, [...issue.path.slice(0, 2), 'padding'], 'same')),
  'loss.activation': lossActivation,
  'activation.softmax': (repair, { path }) => setTo(repair, path, 'sigmoid'),
  'activation.softmaxOne': (repair, { path }) => setTo(repair, path, 'sigmoid'),
  'activation.step': (repair, { path }) => setTo(repair, path, 'sigmoid'),
  'learningRate.zero': (repair, { path }) => setTo(repair, path, 0.1),
  'learningRate.huge': (repair, { path }) => setTo(repair, path, 0.1),
  'schedule.warmUp': (repair, { path }) =>
    repair.draft.training.epochs === undefined
      ? []
      : setTo(repair, path, repair.draft.training.epochs),
  'schedule.minimum': (repair, { path }) => setTo(repair, path, 0),
  'clip.both': (repair, { path }) =>
    ['value', 'norm'].flatMap(key => removal(repair, [...path, key])),
  'batchSize.large': (repair, { path }) => setTo(repair, path, 'all'),
  'batchNorm.batch': (repair, issue) =>
    mending(repair, issue, setTo(repair, ['training', 'batchSize'], 'all')),
  'data.path': relativePath,
  'data.target': missingTarget,
  'data.columns': remove,
  'data.inputs': fitInputs,
  'data.outputs': fitOutputs,
  'data.targetRange': linearOutputs,
  'data.classes': (repair, issue) =>
    issue.severity === 'warning' ? sigmoidOutputs(repair, issue) : [],
  'data.size': fewerSamples,
  'data.split.training': withoutSplit,
  'data.split.validation': withoutSplit,
  'data.csv.column': nearestColumn,
  'expect.gradcheck': (repair, { path }) => setTo(repair, path, true),
};

/** The codes for which there is a fix, whether or not each text of such an issue has one. */
export const fixableCodes: readonly string[] = Object.keys(makers);

/**
 * The most likely fix first; none where the text is no JSON object.
 *
 * @param columns those of the CSV file that the data are in, as far as somebody has looked
 */
export function fixesOf(
  document: ParsedDocument,
  issue: Issue,
  tools: EditTools,
  columns: readonly string[] = [],
): readonly Fix[] {
  const make = Object.hasOwn(makers, issue.code) ? makers[issue.code] : undefined;
  if (!make) return [];
  try {
    return make(repairOf(document, tools, columns), issue);
  } catch (error) {
    // What cannot be made is not offered.
    if (error instanceof EditError) return [];
    throw error;
  }
}

function set(path: JsonPath, value: JsonValue): Maker {
  return repair => setTo(repair, path, value);
}

function remove(repair: Repair, { path }: Issue): readonly Fix[] {
  return removal(repair, path);
}

/** Only where the person says so: what the file had is given up. */
function freshWeights({ editing }: Repair): readonly Fix[] {
  return [{ name: { type: 'freshWeights' }, edits: editing.unset(['weights']) }];
}

function replacing({ document, editing }: Repair, issue: Issue): readonly Fix[] {
  const node = nodeAt(document, issue.path);
  if (!node) return [];
  return offered(issue).map(name => ({
    name: { type: 'replace', name },
    edits: [editing.replace(node, JSON.stringify(name))],
  }));
}

/** Another name for a key, or the place where it belongs; what it is set to stays. */
function renaming(repair: Repair, issue: Issue): readonly Fix[] {
  const { document } = repair;
  const owner = nodeAt(document, issue.path.slice(0, -1)) ?? document.root;
  const wrong = String(issue.path[issue.path.length - 1]);
  const key = property(owner, wrong)?.children?.[0];
  if (!key) return [];
  const renamed = offered(issue)
    .filter(name => !property(owner, name))
    .map((name): Fix => ({
      name: { type: 'replace', name },
      edits: [{ ...range(key), text: JSON.stringify(name) }],
    }));
  return [...renamed, ...moved(repair, issue), ...removal(repair, issue.path)];
}

/** To the one place of the file that has such a setting: `Did you mean training.epochs?` */
function moved(repair: Repair, issue: Issue): readonly Fix[] {
  const { path } = issue;
  const place = /Did you mean ([A-Za-z][\w.]*)\?/.exec(issue.message)?.[1];
  const to = place === undefined ? undefined : parsePath(place);
  const value = nodeAt(repair.document, path);
  if (!to || !value || nodeAt(repair.document, to)) return [];
  const edits = [
    { type: 'set', path: to, value: toValue(value) },
    { type: 'unset', path },
  ] as const;
  const fixes = planned(
    repair,
    { type: 'move', path, to },
    { type: 'several', label: 'move', edits },
  );
  return mending(repair, issue, fixes);
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
