/** Fixes of values that are wrong in themselves, missing, or written twice. */
import { mending, removal, setTo } from './fixTools';
import type { Fix, Maker, Repair } from './fixTools';
import { nodeAt } from './locate';
import type { JsonValue } from './json';
import type { Issue, JsonPath } from './network';
import { removeItems } from './splice';
import { child, countIn, descend, elements, toValue } from './tree';

/** The first of these values that ends the issue. */
function firstOf(repair: Repair, issue: Issue, values: readonly JsonValue[]): readonly Fix[] {
  const unique = values.filter((value, index) => values.indexOf(value) === index);
  for (const value of unique) {
    const [fix] = mending(repair, issue, setTo(repair, issue.path, value));
    if (fix) return [fix];
  }
  return [];
}

/** "4" → 4, 4 → "4", 4 → [4]. */
export const typeFix: Maker = (repair, issue) => {
  const node = nodeAt(repair.document, issue.path);
  if (!node || node.type === 'object' || node.type === 'array') return [];
  const value = toValue(node);
  const bare = typeof value === 'string' ? literal(value) : undefined;
  const texts = typeof value === 'number' || typeof value === 'boolean' ? [String(value)] : [];
  return firstOf(repair, issue, [...(bare === undefined ? [] : [bare]), ...texts, [value]]);
};

/** What a text says that should have been no text. */
function literal(text: string): number | boolean | null | undefined {
  const words: { readonly [word: string]: boolean | null } = {
    true: true,
    false: false,
    null: null,
  };
  const word = text.trim().toLowerCase();
  if (Object.hasOwn(words, word)) return words[word];
  const number = Number(word.replace(',', '.'));
  return word === '' || !Number.isFinite(number) ? undefined : number;
}

/** The same without its sign, the whole number beside it, or one that is usual. */
export const rangeFix: Maker = (repair, issue) => {
  const value: unknown = nodeAt(repair.document, issue.path)?.value;
  if (typeof value !== 'number') return [];
  return firstOf(repair, issue, [Math.abs(value), Math.round(Math.abs(value)), 1, 0.5, 0]);
};

/** What the rest of the text says that it is, else what the sentence proposes. */
export const missingFix: Maker = (repair, issue) => {
  const { path } = issue;
  const key = String(path[path.length - 1]);
  const proposals = Object.hasOwn(missing, key) ? missing[key](repair, path) : [];
  return firstOf(repair, issue, proposals);
};

const missing: {
  readonly [key: string]: (repair: Repair, path: JsonPath) => readonly JsonValue[];
} = {
  input: repair => inputs(repair).map(size => ({ shape: [size] })),
  shape: repair => inputs(repair).map(size => [size]),
  layers: () => [[{ type: 'dense', units: 1, activation: 'sigmoid' }]],
  type: () => ['dense'],
  units: ({ editing }, path) => {
    const index = Number(path[1]);
    const layer = editing.layers[index];
    const sample = descend(editing.root, ['data', 'inline', 0, 'y']);
    const last = index === editing.layers.length - 1 ? [countIn(sample)] : [];
    const rows = [countIn(child(layer, 'weights')), countIn(child(layer, 'bias'))];
    return [...rows, ...last, 4];
  },
  filters: () => [8],
  kernel: () => [[3, 3]],
  size: () => [[2, 2]],
  rate: () => [0.5],
};

function inputs({ editing }: Repair): readonly number[] {
  const sample = countIn(descend(editing.root, ['data', 'inline', 0, 'x']));
  const columns = countIn(child(child(editing.layers[0], 'weights'), 0));
  return [sample, columns, 2];
}

/** The member that is ignored, without which nothing changes. */
export const duplicateFix: Maker = ({ document, editing }, { path, range: { start } }) => {
  const owner = nodeAt(document, path.slice(0, -1));
  const index = (owner?.children ?? []).findIndex(({ offset }) => offset === start);
  if (!owner || index < 0) return [];
  return [{ name: { type: 'remove', path }, edits: removeItems(editing.text, owner, [index]) }];
};

/** The entries that are too many; of an empty list that needs one, what belongs there. */
export const longFix: Maker = ({ document, editing }, { path, range: { start } }) => {
  const list = nodeAt(document, path);
  const first = elements(list).findIndex(({ offset }) => offset === start);
  if (!list || first < 0) return [];
  const surplus = elements(list).flatMap((_, index) => (index < first ? [] : [index]));
  const name = { type: 'cutList', path, count: surplus.length } as const;
  return [{ name, edits: removeItems(editing.text, list, surplus) }];
};

export const shortFix: Maker = (repair, issue) =>
  nodeAt(repair.document, issue.path)?.children?.length === 0 ? missingFix(repair, issue) : [];

/** Of several sources or checks, each alone. */
export const onlyOne: Maker = (repair, issue) => {
  const { editing, document } = repair;
  const owner = nodeAt(document, issue.path);
  if (owner?.type !== 'object') return [];
  const keys = (issue.message.match(/"(\w+)"/g) ?? []).map(key => key.slice(1, -1));
  const found = keys.filter(key => child(owner, key));
  const fixes = found.map((key): Fix => {
    const others = found.filter(other => other !== key);
    return { name: { type: 'keep', key }, edits: editing.removeKeys(owner, others) };
  });
  return found.length > 1 ? fixes : [];
};

/** The names of the inputs as far as they go, numbered behind. */
export const inputNames: Maker = (repair, issue) => {
  const { document, draft } = repair;
  const names = elements(nodeAt(document, issue.path)).map(({ value }) => String(value));
  const size = draft.input?.shape.reduce((product, length) => product * length, 1) ?? 0;
  const fitted = Array.from({ length: size }, (_, index) => names[index] ?? `x${index + 1}`);
  const few = size > 0 && size <= MOST_NAMES ? setTo(repair, issue.path, fitted) : [];
  return [...mending(repair, issue, few), ...removal(repair, issue.path)];
};

const MOST_NAMES = 100;
