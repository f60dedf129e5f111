/** Edits of sizes and activations: what still fits is kept, so that the document stays a network. */
import { columnChange } from './columns';
import { EditError } from './editError';
import type { Editing } from './editing';
import type { TextEdit } from './json';
import { limits } from './limits';
import { partners, usualLoss } from './lossPairs';
import type { ActivationName, LossName } from './network';
import { layerTraits } from './layerTypes';
import { reshape, reshapeOf } from './reshape';
import type { Reshape } from './reshape';
import type { Rewriting } from './rewriting';
import { grouped } from './setting';
import { insertAlike, removeItems } from './splice';
import { child, descend, elements } from './tree';
import { INPUT_KEY } from './wiring';
import type { Flow, Wiring } from './wiring';
import { assertUnits, capital, checkedFlows, nameOf } from './wiringRules';

/** New numbers of values, by layer; −1 is the network's input. */
export type Sizes = ReadonlyMap<number, number>;

/**
 * Gives layers, and the input, other sizes, all in one: rows and columns that still fit keep their text; new
 * ones are drawn, new biases are 0; shrinking drops the last neurons.
 *
 * @throws EditError also where a sum would no longer have equally long sources
 */
export function resize(rewriting: Rewriting, sizes: Sizes, names?: readonly string[]): void {
  const { editing } = rewriting;
  const { wiring, flows } = editing;
  for (const [layer, size] of sizes) assertSize(editing, layer, size);
  const after = resized(wiring, sizes);
  const afterFlows = checkedFlows(after);
  checkSums(wiring, flows, after, afterFlows);
  const changes = reshapes(wiring, flows, afterFlows);
  rewriting.apply(
    [...sizes].flatMap(([layer, size]) =>
      layer < 0 ? setShape(editing, size, names) : editing.set(['layers', layer, 'units'], size),
    ),
  );
  if (changes.length > 0) reshape(rewriting, changes);
}

/** What one value of a sum is added to stays the same: its sources grow and shrink at the same places. */
function checkSums(
  before: Wiring,
  flows: readonly Flow[],
  after: Wiring,
  afterFlows: readonly Flow[],
): void {
  const change = (source: number): string =>
    JSON.stringify(
      columnChange(outgoingOf(before, flows, source), outgoingOf(after, afterFlows, source)),
    );
  const width = (source: number): number =>
    outgoingOf(before, flows, source).reduce((sum, { size }) => sum + size, 0);
  before.layers.forEach(({ type }, layer) => {
    if (type !== 'add') return;
    const [first, ...others] = flows[layer].sources;
    // A sum that is wrong already is what the edit may mend.
    if (others.some(source => width(source) !== width(first))) return;
    const expected = change(first);
    const other = others.find(source => change(source) !== expected);
    if (other === undefined) return;
    const [sum, one, two] = [layer, first, other].map(index => nameOf(before, index));
    throw new EditError(
      `${capital(sum)} adds ${one} and ${two}, whose values would no longer stand side by side: disconnect one of them first.`,
    );
  });
}

/** What flows out of a layer, or of the input (−1). */
function outgoingOf({ inputs }: Wiring, flows: readonly Flow[], source: number) {
  return source < 0 ? [{ origin: INPUT_KEY, size: inputs }] : flows[source].outgoing;
}

function assertSize(editing: Editing, layer: number, size: number): void {
  if (layer < 0) return assertInputs(size);
  editing.layer(layer);
  const { type } = editing.wiring.layers[layer];
  if (type !== 'dense') {
    const name = nameOf(editing.wiring, layer);
    const remedy = layerTraits[type].slides
      ? 'its settings and the image that comes in: change those'
      : 'its sources: change the size of those';
    throw new EditError(`The size of ${name} (${type}) comes from ${remedy}.`);
  }
  assertUnits(size);
}

function assertInputs(size: number): void {
  if (Number.isInteger(size) && size >= 1 && size <= limits.inputs) return;
  throw new EditError(
    `A network cannot have ${size} inputs: choose a whole number from 1 to ${grouped(limits.inputs)}.`,
  );
}

function resized({ inputs, image, layers }: Wiring, sizes: Sizes): Wiring {
  const size = sizes.get(-1) ?? inputs;
  return {
    inputs: size,
    // Another number of values is a list.
    ...(image && size === inputs && { image }),
    layers: layers.map((layer, index) => ({ ...layer, units: sizes.get(index) ?? layer.units })),
  };
}

/** Layers whose matrix gets other dimensions, or columns of other values. */
function reshapes(
  { layers }: Wiring,
  flows: readonly Flow[],
  after: readonly Flow[],
): readonly Reshape[] {
  return layers.flatMap(({ type }, layer) => {
    const [old, now] = [flows[layer], after[layer]];
    const same = old.incoming.every(({ size }, k) => Object.is(size, now.incoming[k].size));
    if (same && Object.is(old.rows, now.rows) && Object.is(old.columns, now.columns)) return [];
    return layerTraits[type].hasParameters ? [reshapeOf(layer, type, old, now)] : [];
  });
}

/**
 * Changes settings of a layer that decide how large what comes out is; written weights that do not fit any more are
 * adapted, or go.
 *
 * @throws EditError where a window would have no image, or find no place in it
 */
export function setGeometry(rewriting: Rewriting, edits: readonly TextEdit[]): void {
  const before = rewriting.editing;
  rewriting.apply(edits);
  const { wiring, flows } = rewriting.editing;
  if (before.wiring.layers.length !== wiring.layers.length) return;
  // What was wrong before is mended step by step.
  if (isSound(before.wiring)) checkedFlows(wiring);
  const changes = wiring.layers.flatMap(({ type }, layer) => {
    const [old, now] = [before.flows[layer], flows[layer]];
    const same = Object.is(old.rows, now.rows) && Object.is(old.columns, now.columns);
    return same || !layerTraits[type].hasParameters ? [] : [reshapeOf(layer, type, old, now)];
  });
  if (changes.length > 0) reshape(rewriting, changes);
}

function isSound(wiring: Wiring): boolean {
  try {
    return checkedFlows(wiring).length > 0;
  } catch (error) {
    if (error instanceof EditError) return false;
    throw error;
  }
}

/** `input.shape`, and a name for each input where they have names. */
function setShape(
  editing: Editing,
  size: number,
  names: readonly string[] | undefined,
): readonly TextEdit[] {
  if (names && names.length !== size) {
    throw new EditError(`There are ${names.length} names for ${size} inputs: give one for each.`);
  }
  const edits: TextEdit[] = [];
  const written = descend(editing.root, ['input', 'shape']);
  if (editing.wiring.inputs !== size) {
    const single = elements(written).length === 1;
    const path = ['input', 'shape', ...(single ? [0] : [])];
    edits.push(...editing.set(path, single ? size : [size]));
  }
  const list = descend(editing.root, ['input', 'names']);
  if (list?.type === 'array') edits.push(...setNames(editing, size, names));
  else if (names) edits.push(...(written ? editing.set(['input', 'names'], names) : []));
  return edits;
}

/** Names that stay keep their text; surplus ones go from the end, missing ones are x1, x2, … by their place. */
function setNames(
  editing: Editing,
  size: number,
  names: readonly string[] | undefined,
): readonly TextEdit[] {
  const list = descend(editing.root, ['input', 'names']);
  const tokens = elements(list);
  if (!list || (!names && tokens.length !== editing.wiring.inputs)) return [];
  const taken = new Set(tokens.map(({ value }) => value as unknown));
  const nameAt = (index: number): string => {
    const usual = `x${index + 1}`;
    return names?.[index] ?? (taken.has(usual) ? `${usual}_` : usual);
  };
  const edits = (names ?? [])
    .slice(0, tokens.length)
    .flatMap((name, index) => editing.set(['input', 'names', index], name));
  const added = Array.from({ length: Math.max(size - tokens.length, 0) }, (_, index) =>
    JSON.stringify(nameAt(tokens.length + index)),
  );
  const surplus = tokens.map((_, index) => index).slice(size);
  const { text, layout } = editing;
  return [
    ...edits,
    ...removeItems(text, list, surplus),
    ...insertAlike(text, list, tokens.length, added, layout.lineEnd),
  ];
}

/** A loss that is computed together with another output activation gives way to the usual one. */
export function setActivation(
  rewriting: Rewriting,
  layer: number,
  activation: ActivationName,
): void {
  const { editing } = rewriting;
  editing.layer(layer);
  const { type } = editing.wiring.layers[layer];
  if (!layerTraits[type].hasActivation) {
    const name = capital(nameOf(editing.wiring, layer));
    throw new EditError(`${name} (${type}) has no activation: put it on another layer.`);
  }
  const edits = editing.set(['layers', layer, 'activation'], activation);
  rewriting.apply(
    layer < editing.layers.length - 1
      ? edits
      : [...edits, ...usualLossFor(editing, layer, activation)],
  );
}

/** The edits that bring a loss which goes with the output's activation. */
export function usualLossFor(
  editing: Editing,
  layer: number,
  activation: ActivationName,
): readonly TextEdit[] {
  const loss = child(child(editing.root, 'loss'), 'type')?.value as LossName | undefined;
  const partner = loss && partners[loss];
  if (!partner || partner === activation) return [];
  return editing.set(['loss', 'type'], usualLoss(activation, editing.units(layer)));
}
