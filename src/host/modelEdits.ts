/** Changes that a language model asks for, as edits of the network: each keeps the weights that still fit. */
import type { LayerValue, NetworkEdit } from '../network/edit';
import { formatPath, parsePath } from '../network/network';
import type { ActivationName, JsonPath } from '../network/network';

/** One change: a value at a path, a new element before `index` of the list at a path, or what stands there taken away. */
export type Change =
  | { readonly path: string; readonly set: unknown }
  | { readonly path: string; readonly insert: unknown; readonly index: number }
  | { readonly path: string; readonly remove: true };

/** @throws Error that names the change, what was expected and what was found */
export function editsOf(changes: unknown): NetworkEdit[] {
  if (!Array.isArray(changes) || changes.length === 0)
    throw new Error(
      `"changes" is a list of changes, such as [{ "path": "layers[0].units", "set": 8 }], found ${JSON.stringify(changes)}.`,
    );
  return changes.map((change: unknown, i) => editOf(change, `changes[${i}]`));
}

/** The same for the person who is asked: a line for each. What is wrong is shown as it is. */
export function changesText(changes: unknown): string {
  if (!Array.isArray(changes)) return JSON.stringify(changes) ?? '';
  return changes.map(lineOf).join('\n');
}

function lineOf(change: Partial<Record<string, unknown>> | null): string {
  const { path, set, insert, index, remove } = change ?? {};
  const where = String(path);
  if (remove === true) return `− ${where}`;
  if (insert !== undefined) return `+ ${where}[${String(index)}] ${JSON.stringify(insert)}`;
  return `${where} = ${JSON.stringify(set)}`;
}

function editOf(change: unknown, name: string): NetworkEdit {
  const { path, set, insert, index, remove } = (change ?? {}) as Record<string, unknown>;
  const place = typeof path === 'string' ? parsePath(path) : undefined;
  if (!place || place.length === 0)
    throw new Error(
      `${name}.path is a path in the file, such as "layers[0].units", found ${JSON.stringify(path)}.`,
    );
  const ways = [set !== undefined, insert !== undefined, remove === true].filter(Boolean);
  if (ways.length !== 1)
    throw new Error(
      `${name} has one of "set", "insert" (with "index") and "remove": true, found ${JSON.stringify(change)}.`,
    );
  if (remove === true) return removing(place);
  if (set !== undefined) return setting(place, set);
  if (typeof index !== 'number' || !Number.isInteger(index) || index < 0)
    throw new Error(
      `${name}.index is the number of the element before which it stands, found ${JSON.stringify(index)}.`,
    );
  return formatPath(place) === 'layers'
    ? { type: 'addLayer', index, layer: insert as LayerValue }
    : { type: 'insert', path: place, index, value: insert as never };
}

/** What has consequences for weights is what the same gesture would be. */
function setting(path: JsonPath, value: unknown): NetworkEdit {
  const [list, layer, key] = path;
  if (list === 'layers' && typeof layer === 'number' && path.length === 3) {
    if (key === 'units' && typeof value === 'number')
      return { type: 'setUnits', layer, units: value };
    if (key === 'activation' && typeof value === 'string')
      return { type: 'setActivation', layer, activation: value as ActivationName };
  }
  if (path.length === 1 && list === 'seed' && typeof value === 'number')
    return { type: 'setSeed', seed: value };
  return { type: 'set', path, value: value as never };
}

function removing(path: JsonPath): NetworkEdit {
  const last = path[path.length - 1];
  if (typeof last !== 'number') return { type: 'unset', path };
  const list = path.slice(0, -1);
  return formatPath(list) === 'layers'
    ? { type: 'removeLayer', layer: last }
    : { type: 'remove', path: list, index: last };
}
