/** Removing and moving layers. What was connected through a removed layer is connected past it. */
import { EditError } from './editError';
import type { Editing } from './editing';
import { rebuild } from './rebuild';
import type { Rewriting } from './rewriting';
import { removeItems } from './splice';
import { child, range } from './tree';
import { INPUT_KEY } from './wiring';
import type { WiredLayer, Wiring } from './wiring';

export function removeLayers(rewriting: Rewriting, layers: readonly number[]): void {
  const { wiring } = rewriting.editing;
  const doomed = indices(rewriting.editing, layers);
  if (doomed.length === 0) return;
  if (doomed.length === wiring.layers.length) {
    throw new EditError('A network needs at least one layer: keep one of them.');
  }
  rebuild(rewriting, {
    after: without(wiring, new Set(doomed)),
    arrange: editing => {
      const list = child(editing.root, 'layers');
      return list ? removeItems(editing.text, list, doomed) : [];
    },
  });
}

/** Ascending, each once. */
export function indices(editing: Editing, layers: readonly number[]): readonly number[] {
  for (const layer of layers) editing.layer(layer);
  return [...new Set(layers)].sort((a, b) => a - b);
}

/** Who took values from a removed layer takes them from its first source. */
function without(wiring: Wiring, doomed: ReadonlySet<number>): Wiring {
  const past = new Map<string, string>();
  const resolve = (key: string): string => past.get(key) ?? key;
  const kept: WiredLayer[] = [];
  let above = INPUT_KEY;
  wiring.layers.forEach((layer, index) => {
    const sources = (layer.from ?? [above]).map(resolve);
    above = layer.key;
    if (doomed.has(index)) {
      // A merge is passed on the way that the layers stand, where it is one of its ways.
      const nearest = kept.at(-1)?.key ?? INPUT_KEY;
      past.set(layer.key, sources.includes(nearest) ? nearest : sources[0]);
      return;
    }
    const follows = !layer.from && sources[0] === (kept.at(-1)?.key ?? INPUT_KEY);
    const { from: _, ...rest } = layer;
    kept.push(follows ? rest : { ...rest, from: sources });
  });
  return { ...wiring, layers: kept };
}

/** Layers without `from` take the one that then stands above them; named connections stay. */
export function moveLayers(rewriting: Rewriting, layers: readonly number[], to: number): void {
  const { editing } = rewriting;
  const { wiring } = editing;
  const moved = indices(editing, layers);
  assertPlace(wiring, to);
  const chosen = new Set(moved);
  const others = wiring.layers.map((_, index) => index).filter(index => !chosen.has(index));
  const order = [
    ...others.filter(index => index < to),
    ...moved,
    ...others.filter(index => index >= to),
  ];
  if (order.every((from, index) => from === index)) return;
  rebuild(rewriting, {
    after: { ...wiring, layers: order.map(index => wiring.layers[index]) },
    // Texts change places, so that commas, comments and line ends between them stay where they are.
    arrange: ({ text, layers: nodes }) =>
      order.flatMap((from, index) => {
        const [{ offset, length }, place] = [nodes[from], nodes[index]];
        const layer = text.slice(offset, offset + length);
        return from === index ? [] : [{ ...range(place), text: layer }];
      }),
  });
}

/** @throws EditError where no layer can be put */
export function assertPlace({ layers }: Wiring, index: number): void {
  if (Number.isInteger(index) && index >= 0 && index <= layers.length) return;
  throw new EditError(`No layer can be put at ${index}: the network has ${layers.length} layers.`);
}
