/** Which settings of a training are others, in the order of the form. */
import type { JsonPath, Network } from './network';
import { tuningOf } from './tuning';

export type SettingValue = string | number | boolean | null;

/** A setting, where it stands in the file, before and after; `null` means none. */
export interface SettingChange {
  readonly path: JsonPath;
  readonly from: SettingValue;
  readonly to: SettingValue;
}

type Group = { readonly [key: string]: SettingValue | Group };

/** Of those that may change while a training goes on ({@link tuningOf}); of both networks the layers are the same. */
export function tuningChanges(before: Network, after: Network): readonly SettingChange[] {
  const [a, b] = [before, after].map(network => {
    const { scales, regularization, ...training } = tuningOf(network);
    return { scales, groups: { regularization, training } as unknown as Group };
  });
  const scales = a.scales.flatMap((from, layer) =>
    changesOf(['layers', layer, 'learningRateScale'], from, b.scales[layer] ?? null),
  );
  return [...changesOf([], a.groups, b.groups), ...scales];
}

function changesOf(
  path: JsonPath,
  from: SettingValue | Group,
  to: SettingValue | Group,
): readonly SettingChange[] {
  if (isGroup(from) && isGroup(to))
    return Object.keys(to).flatMap(key => changesOf([...path, key], from[key], to[key]));
  if (isGroup(from) || isGroup(to) || Object.is(from, to)) return [];
  return [{ path, from, to }];
}

const isGroup = (value: SettingValue | Group): value is Group =>
  typeof value === 'object' && value !== null;
