/** Edits of layers: what no longer fits is removed, so that the document stays a network. */
import type { Node } from 'jsonc-parser';
import { limits } from './catalog';
import { EditError } from './editing';
import type { Editing } from './editing';
import { isList } from './json';
import type { JsonValue, TextEdit } from './json';
import { partners, usualLoss } from './lossPairs';
import type { ActivationName, LossName } from './network';
import { grouped } from './setting';
import { removeItems } from './splice';
import { child, elements } from './tree';

type LayerValue = { readonly [key: string]: JsonValue };

/**
 * Growing removes the weights that would need new numbers (this layer's, and the next one's), so that they
 * are drawn from the seed; shrinking drops the last neurons.
 */
export function setUnits(editing: Editing, layer: number, units: number): readonly TextEdit[] {
  assertUnits(units);
  const node = editing.layer(layer);
  const next: Node | undefined = editing.layers[layer + 1];
  assertSize(editing, layer, units, [next ? editing.units(layer + 1) : 0]);
  const before = editing.units(layer);
  const edits = [...editing.set(['layers', layer, 'units'], units)];
  if (before === units) return edits;
  if (!(units < before)) {
    edits.push(...editing.removeKeys(node, ['weights', 'bias']));
    if (next) edits.push(...editing.removeKeys(next, ['weights']));
    return edits;
  }
  edits.push(...dropFrom(editing, child(node, 'weights'), units));
  edits.push(...dropFrom(editing, child(node, 'bias'), units));
  for (const row of elements(child(next, 'weights'))) edits.push(...dropFrom(editing, row, units));
  return edits;
}

/** Removes the elements of a list from an index on. */
function dropFrom(editing: Editing, list: Node | undefined, from: number): readonly TextEdit[] {
  const surplus = elements(list)
    .map((_, index) => index)
    .slice(from);
  return list && surplus.length > 0 ? removeItems(editing.text, list, surplus) : [];
}

/** A loss that is computed together with another output activation gives way to the usual one. */
export function setActivation(
  editing: Editing,
  layer: number,
  activation: ActivationName,
): readonly TextEdit[] {
  editing.layer(layer);
  const edits = editing.set(['layers', layer, 'activation'], activation);
  if (layer < editing.layers.length - 1) return edits;
  const loss = lossOf(editing.root);
  const partner = loss && partners[loss];
  if (!partner || partner === activation) return edits;
  const usual = usualLoss(activation, editing.units(layer));
  return [...edits, ...editing.set(['loss', 'type'], usual)];
}

function lossOf(root: Node): LossName | undefined {
  return child(child(root, 'loss'), 'type')?.value as LossName | undefined;
}

export function addLayer(editing: Editing, index: number, layer: LayerValue): readonly TextEdit[] {
  const { layers } = editing;
  const { units } = layer;
  if (typeof units !== 'number')
    throw new EditError('A layer needs "units", its number of neurons.');
  assertUnits(units);
  if (!Number.isInteger(index) || index < 0 || index > layers.length) {
    throw new EditError(
      `No layer can be put at ${index}: the network has ${layers.length} layers.`,
    );
  }
  if (layers.length >= limits.layers) {
    throw new EditError(`A network has at most ${grouped(limits.layers)} layers.`);
  }
  assertOrder(editing, index, layer);
  const inputs = editing.inputs(index);
  assertSize(editing, index - 0.5, units, [
    inputs,
    index < layers.length ? editing.units(index) : 0,
  ]);
  const fitting = fitParameters(layer, units, inputs);
  if (!child(editing.root, 'layers')) return editing.set(['layers'], [fitting]);
  const edits = [...editing.insert(['layers'], index, fitting)];
  const next = layers[index];
  if (next && inputs !== units) edits.push(...editing.removeKeys(next, ['weights']));
  return edits;
}

function assertOrder({ layers }: Editing, index: number, layer: LayerValue): void {
  const above = child(layers[index - 1], 'activation')?.value as unknown;
  if (above === 'softmax') {
    throw new EditError('Nothing can follow a softmax layer: put the new layer before it.');
  }
  if (layer.activation === 'softmax' && index < layers.length) {
    throw new EditError('A softmax layer can only be the last one: choose another activation.');
  }
}

/** The layer without those of its weights and biases that do not fit its place. */
function fitParameters(layer: LayerValue, units: number, inputs: number): LayerValue {
  const { weights = null, bias = null } = layer;
  const rows = isList(weights) ? weights : [];
  const weightsFit =
    rows.length === units && rows.every(row => isList(row) && row.length === inputs);
  const biasFits = isList(bias) && bias.length === units;
  const kept = Object.entries(layer).filter(
    ([key]) => (key !== 'weights' || weightsFit) && (key !== 'bias' || biasFits),
  );
  return Object.fromEntries(kept);
}

export function removeLayer(editing: Editing, layer: number): readonly TextEdit[] {
  const { layers } = editing;
  editing.layer(layer);
  if (layers.length === 1) throw new EditError('A network needs at least one layer.');
  const edits = [...editing.remove(['layers'], layer)];
  const next = layers[layer + 1];
  const fits = editing.inputs(layer) === editing.units(layer);
  if (next && !fits) edits.push(...editing.removeKeys(next, ['weights']));
  return edits;
}

function assertUnits(units: number): void {
  if (Number.isInteger(units) && units >= 1 && units <= limits.units) return;
  const range = `a whole number from 1 to ${grouped(limits.units)}`;
  throw new EditError(`A layer cannot have ${units} units: choose ${range}.`);
}

/**
 * Refuses more parameters than a network may have, counting every layer but the changed one from the text.
 *
 * @param layer index of the layer that gets new units; between two indices for a new layer
 * @param beside sizes of the layers that are connected with it and that change their number of weights
 */
function assertSize(
  editing: Editing,
  layer: number,
  units: number,
  beside: readonly number[],
): void {
  const isNew = !Number.isInteger(layer);
  const own = isNew ? 0 : editing.inputs(layer) * units;
  const around = beside.reduce((sum, size) => sum + units * (Number.isFinite(size) ? size : 0), 0);
  const others = editing.layers.reduce((sum, _, index) => {
    const touched = isNew ? index === layer + 0.5 : index === layer || index === layer + 1;
    const weights = touched ? 0 : editing.inputs(index) * editing.units(index);
    return sum + (Number.isFinite(weights) ? weights : 0);
  }, 0);
  const total = others + around + (Number.isFinite(own) ? own : 0);
  if (total <= limits.parameters) return;
  const most = grouped(limits.parameters);
  throw new EditError(
    `The network would have ${grouped(total)} weights, at most ${most} are possible.`,
  );
}
