/** Fixes of names of layers, of who takes values from whom, and of sizes that meet. */
import { mending, planned, removal, setTo } from './fixTools';
import type { Fix, Maker } from './fixTools';
import { freeId, freshId } from './ids';
import { idAt, renameEdits } from './idUses';
import { nodeAt } from './locate';
import type { JsonPath } from './network';
import { elements } from './tree';

/** A name that is free. Places that name the layer follow, where it is the only one of its name. */
export const freshName: Maker = (repair, issue) => {
  const { document, draft, editing } = repair;
  const [top, layer, key] = issue.path;
  if (top !== 'layers' || key !== 'id') return [];
  const { id = '', type = 'dense' } = draft.layers[Number(layer)] ?? {};
  const taken = new Set(draft.layers.flatMap(other => other.id ?? []));
  const isDouble = issue.code === 'id.duplicate';
  const name = isDouble ? freeId(id, taken) : freshId(type, taken);
  const use = idAt(document, issue.range.start + 1);
  const edits =
    isDouble || !use?.name ? editing.set(issue.path, name) : renameEdits(document, use, name);
  return mending(repair, issue, [{ name: { type: 'rename', id: name }, edits }]);
};

/** The entry of a `from`; of one that is alone, the whole, so that it is the layer above. */
export const withoutSource: Maker = (repair, issue) => {
  const [, layer] = issue.path;
  const own: JsonPath = ['layers', Number(layer), 'from'];
  const list = nodeAt(repair.document, own);
  const isAlone = elements(list).length < 2;
  return mending(repair, issue, removal(repair, isAlone ? own : issue.path));
};

/** One of the summands gets the size of the other, or they are joined. */
export const differingSizes: Maker = (repair, issue) => {
  const index = Number(issue.path[1]);
  const found = /Set layers\[(\d+)\]\.units to ([\d,]+)/.exec(issue.message);
  const layer = Number(found?.[1]);
  const units = Number(found?.[2].replaceAll(',', ''));
  const sized: readonly Fix[] = found
    ? [
        ...planned(repair, { type: 'setUnits', layer, units }, { type: 'setUnits', layer, units }),
        ...setTo(repair, ['layers', layer, 'units'], units),
      ].slice(0, 1)
    : [];
  const joined = setTo(repair, ['layers', index, 'type'], 'concat');
  return mending(repair, issue, [...sized, ...joined]);
};

export const unusedLayer: Maker = (repair, issue) => {
  const layer = Number(issue.path[1]);
  return planned(repair, { type: 'remove', path: issue.path }, { type: 'removeLayer', layer });
};

/** Where the sentence says of which shape the image may be. */
export const imageShape: Maker = (repair, issue) => {
  const found = /set input\.shape to \[(\d+), (\d+), (\d+)\]/.exec(issue.message);
  if (!found) return [];
  const value = found.slice(1).map(Number);
  const path = ['input', 'shape'];
  return planned(repair, { type: 'setTo', path, value }, { type: 'set', path, value });
};
