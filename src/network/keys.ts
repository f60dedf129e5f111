/** What is told about the keys of an object: unknown, written twice, without effect, missing. */
import type { Node } from 'jsonc-parser';
import { catalog } from './catalog';
import type { IssueList } from './issues';
import { nearest, orList } from './names';
import { formatPath } from './network';
import type { JsonPath } from './network';
import type { GroupSetting, Setting } from './setting';
import { range } from './tree';

/** Where the structure check is, and whom it tells. */
export interface Context {
  readonly issues: IssueList;
  readonly path: JsonPath;
  /** Of an object with variants: its variant, and the settings of the others. */
  readonly variant?: { readonly name: string; readonly others: ReadonlySet<string> };
}

/** At a node of the text. */
export function error(context: Context, code: string, node: Node, message: string): void {
  context.issues.add('error', code, context.path, range(node), message);
}

/** A setting of another variant: the `units` of an `add`. */
export function foreign(
  member: Node,
  { settings }: GroupSetting,
  name: string,
  context: Context,
): void {
  const place = formatPath(context.path);
  const message = `${place} has no effect on ${name} (it has ${Object.keys(settings).join(', ')}). Remove it.`;
  context.issues.add('information', 'setting.unused', context.path, range(member), message);
}

/** The first of two members of one name. */
export function duplicate(key: Node, context: Context): void {
  const message = `${formatPath(context.path)} is written twice: this one is ignored, the last one counts. Remove one.`;
  context.issues.add('warning', 'key.duplicate', context.path, range(key), message);
}

/** A key of no meaning, or of a later one. */
export function unknown(key: Node, setting: GroupSetting, context: Context): void {
  const place = formatPath(context.path);
  const name = key.value as string;
  const later = setting.later && Object.hasOwn(setting.later, name) && setting.later[name];
  if (later) {
    const message = `${place}: this version of Nabla does not know ${later}. The file is left as it is.`;
    return error(context, 'key.unsupported', key, message);
  }
  const near = nearest(name, Object.keys(setting.settings));
  const home = homes.get(name);
  const hint =
    near.length > 0
      ? ` Did you mean ${orList(near)}?`
      : home === undefined
        ? ''
        : ` Did you mean ${home}?`;
  const message = `${place} is not known and has no effect; it is kept.${hint}`;
  context.issues.add('information', 'key.unknown', context.path, range(key), message);
}

/** Where each setting of the catalogue belongs: `learningRate` → `training.optimizer.learningRate`. */
const homes: ReadonlyMap<string, string> = collectHomes(catalog, '', new Map());

function collectHomes(setting: Setting, place: string, into: Map<string, string>) {
  if (setting.kind === 'list') collectHomes(setting.item, `${place}[…]`, into);
  if (setting.kind === 'variants') {
    for (const inner of Object.values(setting.groups)) collectHomes(inner, place, into);
  }
  if (setting.kind !== 'group') return into;
  for (const [key, inner] of Object.entries(setting.settings)) {
    const path = place === '' ? key : `${place}.${key}`;
    if (key !== 'type' && !into.has(key)) into.set(key, path);
    collectHomes(inner, path, into);
  }
  return into;
}

/** Reported at the opening brace of the object that lacks it. */
export function missing(node: Node, key: string, setting: Setting, context: Context): void {
  const path = [...context.path, key];
  const example = examples[key] ?? `"${key}": …`;
  const message = `${formatPath(path)} is missing (${lower(setting.description)}). Add ${example}.`;
  const start = { start: node.offset, end: node.offset + 1 };
  context.issues.add('error', 'value.missing', path, start, message);
}

const examples: { readonly [key: string]: string } = {
  input: '"input": { "shape": [2] }',
  shape: '"shape": [2]',
  layers: '"layers": [{ "type": "dense", "units": 1, "activation": "sigmoid" }]',
  type: '"type": "dense"',
  units: '"units": 4',
  from: '"from": ["input", "a"], the ids of the layers that are joined',
  x: '"x": [0, 1]',
  y: '"y": [1]',
  images: '"images": "train-images-idx3-ubyte.gz"',
  labels: '"labels": "train-labels-idx1-ubyte.gz"',
};

function lower(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '');
}
