/** Edits that change which layers there are, their order, or who takes values from whom. */
import type { Node } from 'jsonc-parser';
import type { Editing } from './editing';
import { sourceNames, withIds } from './ids';
import type { TextEdit } from './json';
import { usualLossFor } from './layerEdits';
import type { ActivationName } from './network';
import { layerTraits } from './layerTypes';
import { reshape, reshapeOf } from './reshape';
import type { Reshape } from './reshape';
import type { Rewriting } from './rewriting';
import { insertItems } from './splice';
import { child } from './tree';
import { namesIn } from './wiring';
import type { Flow, WiredLayer, Wiring } from './wiring';
import { checkedFlows } from './wiringRules';

export interface Rebuilding {
  readonly after: Wiring;
  /** Keys of the layers of which others are copies. */
  readonly originals?: ReadonlyMap<string, string>;
  /** Brings the layers into their places; `wiring` has the ids that `from` needs, `flows` are of it. */
  arrange(editing: Editing, wiring: Wiring, flows: readonly Flow[]): readonly TextEdit[];
}

/**
 * Arranges the layers, writes `id` and `from` where they change, and adapts the written weights of layers
 * into which other values come: if as many come in, all stay; else the columns of values that still come in
 * stay, and where there are none, the weights go.
 *
 * @throws EditError before anything is changed
 */
export function rebuild(rewriting: Rewriting, rebuilding: Rebuilding): void {
  const { editing } = rewriting;
  const after = withIds(rebuilding.after);
  const flows = checkedFlows(after);
  const changes = reshapes(editing, after, flows, rebuilding.originals);
  const last = editing.wiring.layers.at(-1)?.key;
  rewriting.apply(rebuilding.arrange(editing, after, flows));
  connect(rewriting, after);
  if (changes.length > 0) reshape(rewriting, changes);
  const output = after.layers[after.layers.length - 1];
  if (output.key === last) return;
  const activation = (output.activation ?? 'linear') as ActivationName;
  rewriting.apply(usualLossFor(rewriting.editing, after.layers.length - 1, activation));
}

function reshapes(
  editing: Editing,
  { layers }: Wiring,
  flows: readonly Flow[],
  originals: ReadonlyMap<string, string> | undefined,
): readonly Reshape[] {
  const before = new Map(
    editing.wiring.layers.map(({ key }, index) => [key, editing.flows[index]]),
  );
  return layers.flatMap(({ key, type }, layer) => {
    const old = before.get(originals?.get(key) ?? key);
    const now = flows[layer];
    if (!old || !layerTraits[type].hasParameters) return [];
    return old.columns === now.columns && Object.is(old.rows, now.rows)
      ? []
      : [reshapeOf(layer, type, old, now)];
  });
}

/** Writes `id` and `from` as they should be, and takes away a `from` that is not needed any more. */
function connect(rewriting: Rewriting, wiring: Wiring): void {
  const first = rewriting.editing;
  rewriting.apply(
    wiring.layers.flatMap(({ from }, index) =>
      from ? [] : first.removeKeys(first.layer(index), ['from']),
    ),
  );
  const { editing } = rewriting;
  const names = sourceNames(wiring);
  rewriting.apply(
    wiring.layers.flatMap((layer, index) =>
      nameLayer(editing, editing.layer(index), layer, names[index]),
    ),
  );
}

function nameLayer(
  editing: Editing,
  node: Node,
  { id }: WiredLayer,
  names: readonly string[] | undefined,
): readonly TextEdit[] {
  const [idNode, fromNode] = [child(node, 'id'), child(node, 'from')];
  const edits: TextEdit[] = [];
  const added: string[] = [];
  if (id !== undefined && idNode?.value !== id) {
    if (idNode) edits.push(editing.replace(idNode, JSON.stringify(id)));
    else added.push(`"id": ${JSON.stringify(id)}`);
  }
  const written = namesIn(fromNode);
  if (names && !(written && sameNames(names, written))) {
    const text =
      fromNode?.type === 'string' && names.length === 1
        ? JSON.stringify(names[0])
        : editing.format(names, [], '');
    if (fromNode) edits.push(editing.replace(fromNode, text));
    else added.push(`"from": ${text}`);
  }
  return [...edits, ...addNames(editing, node, added)];
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, index) => name === b[index]);
}

/** Behind `type` and `id`, where a person looks for them. */
function addNames(editing: Editing, node: Node, texts: readonly string[]): readonly TextEdit[] {
  const keys = (node.children ?? []).map(member => member.children?.[0].value as unknown);
  const index = Math.max(keys.lastIndexOf('type'), keys.lastIndexOf('id')) + 1;
  const style = { ownLines: false, indent: editing.inside(node), lineEnd: editing.layout.lineEnd };
  return insertItems(editing.text, node, index, texts, style);
}
