/**
 * With which parameters a training goes on whose network was changed on the way: what was trained where it still fits,
 * what the text says where that was written by hand. Pure.
 */
import { listKeys } from '../network/layerNumbers';
import { hasParameters } from '../network/layerTypes';
import type { Layer, Network } from '../network/network';
import { inferShapes } from '../network/shapes';
import { parameterTablesOf, type ParameterTable, type TableKind } from './parameterTables';

/** A network, and numbers of it in the file's order (stored). */
export interface Numbered {
  readonly network: Network;
  readonly parameters: Float64Array;
}

/** What a layer has, to be compared with others. */
interface Part {
  readonly layer: Layer;
  readonly tables: readonly ParameterTable[];
  /** Of the kinds of numbers that the text gives for it; a file of weights gives all. */
  readonly written: ReadonlyMap<TableKind, unknown>;
}

/**
 * The text's numbers, where any of a layer that still fits were changed by hand: those that are written belong together.
 * All others are the trained ones where type and dimensions of the layer are the same; else those of `now`, which are the
 * text's or new ones.
 *
 * @param before with the parameters that it was trained to
 * @param now the changed one with its own parameters, of its text and its seed
 * @returns in the file's order of `now`
 */
export function carriedOver(before: Numbered, now: Numbered): Float64Array {
  const [old, own] = [partsOf(before.network), partsOf(now.network)];
  const pairs = partners(old, own);
  const isByHand = [...pairs].some(([mine, theirs]) => isRewritten(old[theirs], own[mine]));
  const result = now.parameters.slice();
  for (const [mine, theirs] of pairs)
    for (const { kind, offset, length } of own[mine].tables) {
      const table = old[theirs].tables.find(each => each.kind === kind);
      if (!table || (isByHand && own[mine].written.has(kind))) continue;
      result.set(before.parameters.subarray(table.offset, table.offset + length), offset);
    }
  return result;
}

function partsOf(network: Network): readonly Part[] {
  const tables = parameterTablesOf(network, inferShapes(network));
  return network.layers.map((layer, index) => ({
    layer,
    tables: tables.filter(table => table.layer === index),
    written: writtenIn(layer, network),
  }));
}

function writtenIn(layer: Layer, { weights: file }: Network): ReadonlyMap<TableKind, unknown> {
  if (!hasParameters(layer)) return new Map();
  const lists = listKeys.map(key => [key, layer[key]] as const);
  const all: readonly (readonly [TableKind, unknown])[] = [['weight', layer.weights], ...lists];
  const given = all.filter(([, list]) => list);
  // It has the numbers of the layers that have none in the text.
  if (given.length > 0 || !file) return new Map(given);
  return new Map((['weight', ...listKeys] as const).map(kind => [kind, file.sha256]));
}

const isRewritten = (before: Part, now: Part): boolean =>
  [...now.written].some(
    ([kind, list]) => JSON.stringify(list) !== JSON.stringify(before.written.get(kind)),
  );

/** Whether what one has learnt fits the other: its weights, and with them what else is there. */
function fits(before: Part, now: Part): boolean {
  const [a, b] = [before, now].map(({ tables }) => tables.find(({ kind }) => kind === 'weight'));
  const isNamed = before.layer.id !== undefined && now.layer.id !== undefined;
  return (
    (a && b && a.rows === b.rows && a.columns === b.columns) === true &&
    before.layer.type === now.layer.type &&
    (!isNamed || before.layer.id === now.layer.id)
  );
}

/**
 * Layers of `now` with those of `before` whose numbers they take: as many as there can be in one order, from the front
 * where there is a choice.
 */
function partners(before: readonly Part[], now: readonly Part[]): ReadonlyMap<number, number> {
  // best[i][j]: pairs among the layers from i and from j on.
  const best = Array.from({ length: before.length + 1 }, () => new Uint16Array(now.length + 1));
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = now.length - 1; j >= 0; j--)
      best[i][j] = fits(before[i], now[j])
        ? best[i + 1][j + 1] + 1
        : Math.max(best[i + 1][j], best[i][j + 1]);
  const pairs = new Map<number, number>();
  let [i, j] = [0, 0];
  while (i < before.length && j < now.length) {
    if (fits(before[i], now[j])) pairs.set(j++, i++);
    else if (best[i + 1][j] >= best[i][j + 1]) i++;
    else j++;
  }
  return pairs;
}
