/** Names of layers, so that `from` can call them. */
import { INPUT_ID } from './graph';
import { limits } from './limits';
import type { WiredLayer, Wiring } from './wiring';
import { INPUT_KEY } from './wiring';

/** `dense1`, `dense2`, …: the first that is not taken. */
export function freshId(type: string, taken: ReadonlySet<string>): string {
  let number = 1;
  while (taken.has(type + String(number))) number++;
  return type + String(number);
}

/** The id itself where it is free; else with a number behind it, or with a higher one. */
export function freeId(id: string, taken: ReadonlySet<string>): string {
  if (!taken.has(id) && id !== INPUT_ID) return id;
  const [, stem, digits] = /^(.*?)(\d{0,9})$/s.exec(id) ?? [id, id, ''];
  const base = stem.slice(0, limits.id - 10);
  let number = Number(digits || 1) + 1;
  while (taken.has(base + String(number))) number++;
  return base + String(number);
}

/** Every layer from which another one takes values by name has an id; so have those with the keys `others`. */
export function withIds(wiring: Wiring, others: readonly string[] = []): Wiring {
  const { layers } = wiring;
  const taken = new Set(layers.flatMap(({ id }) => (id === undefined ? [] : [id])));
  const called = new Set([...others, ...layers.flatMap(({ from }) => from ?? [])]);
  const named = layers.map((layer): WiredLayer => {
    if (layer.id !== undefined || !called.has(layer.key)) return layer;
    const id = freshId(layer.type, taken);
    taken.add(id);
    return { ...layer, id };
  });
  return { ...wiring, layers: named };
}

/** By layer, what stands in `from`: ids of the sources; undefined where it is the layer above. */
export function sourceNames({ layers }: Wiring): readonly (readonly string[] | undefined)[] {
  const ids = new Map(layers.map(({ key, id }) => [key, id]));
  const nameOf = (key: string): string => (key === INPUT_KEY ? INPUT_ID : (ids.get(key) ?? key));
  return layers.map(({ from }) => from?.map(nameOf));
}
