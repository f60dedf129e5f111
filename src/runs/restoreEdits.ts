/** What makes a network that of a kept run: settings of training, seed and loss, and how wide its layers are. */
import type { NetworkEdit } from '../network/edit';
import type { JsonPath } from '../network/network';
import type { JsonValue } from '../network/json';
import type { Network } from '../network/network';
import { networkToJson } from '../network/toJson';

/** Parts of a network that belong to how it is trained. */
const PARTS = ['seed', 'loss', 'regularization', 'training'] as const;

/** None where they are alike. Layers of another kind or number stay as they are: then its weights do not fit. */
export function restoreEdits(run: Network, now: Network): readonly NetworkEdit[] {
  const [then, there] = [networkToJson(run), networkToJson(now)];
  const settings = PARTS.flatMap(part => changes([part], there[part], then[part]));
  const isSameKind =
    run.layers.length === now.layers.length &&
    run.layers.every(({ type }, i) => type === now.layers[i].type);
  const units = run.layers.flatMap((layer, i): NetworkEdit[] => {
    const other = now.layers[i];
    return isSameKind &&
      layer.type === 'dense' &&
      other.type === 'dense' &&
      layer.units !== other.units
      ? [{ type: 'setUnits', layer: i, units: layer.units }]
      : [];
  });
  return [...units, ...settings];
}

function changes(
  path: JsonPath,
  from: JsonValue | undefined,
  to: JsonValue | undefined,
): readonly NetworkEdit[] {
  if (JSON.stringify(from) === JSON.stringify(to)) return [];
  if (to === undefined) return [{ type: 'unset', path }];
  // Of another type, a setting means another thing: it is written as a whole.
  if (!isObject(from) || !isObject(to) || from.type !== to.type)
    return [{ type: 'set', path, value: to }];
  const keys = new Set([...Object.keys(from), ...Object.keys(to)]);
  return [...keys].flatMap(key => changes([...path, key], from[key], to[key]));
}

const isObject = (value: JsonValue | undefined): value is { readonly [key: string]: JsonValue } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
