/** What an edit may make of a network. What it may not is refused before anything is written. */
import { EditError } from './editError';
import { imageText } from './images';
import { many } from './judge';
import { isMergeType, layerTraits } from './layerTypes';
import { limits } from './limits';
import { grouped } from './setting';
import { flowsOf, sizeIn, sourceIndices } from './wiring';
import type { Flow, WiredLayer, Wiring } from './wiring';

/**
 * The flows of the network that an edit would make.
 *
 * @throws EditError with the sentence that says why there can be no such network
 */
export function checkedFlows(wiring: Wiring): readonly Flow[] {
  const { layers } = wiring;
  if (layers.length === 0) throw new EditError('A network needs at least one layer.');
  if (layers.length > limits.layers) {
    throw new EditError(`A network has at most ${grouped(limits.layers)} layers.`);
  }
  checkSoftmax(layers);
  const sources = sourceIndices(wiring);
  layers.forEach((layer, index) => checkSources(wiring, layer, index, sources[index]));
  const flows = flowsOf(wiring);
  flows.forEach((_, index) => {
    checkSum(wiring, flows, index);
    checkWindow(wiring, flows, index);
  });
  checkSize(layers, flows);
  return flows;
}

/** How a layer is called in a sentence: as the person sees it before the edit. */
export function nameOf(wiring: Wiring, index: number): string {
  const layer = wiring.layers.at(index);
  if (index < 0 || !layer) return 'the input';
  if (layer.id !== undefined) return `"${layer.id}"`;
  return /^\d+$/.test(layer.key) ? `layers[${layer.key}]` : `the new ${layer.type} layer`;
}

/** At the beginning of a sentence; a place in the file stays as it is written. */
export function capital(name: string): string {
  return name.replace(/^the /, 'The ');
}

function checkSoftmax(layers: readonly WiredLayer[]): void {
  const found = layers.findIndex(({ activation }) => activation === 'softmax');
  if (found < 0 || found === layers.length - 1) return;
  const below = layers[found + 1].key;
  const appended = !/^\d+$/.test(below) && /^\d+$/.test(layers[found].key);
  throw new EditError(
    appended
      ? 'Nothing can follow a softmax layer: put the new layer before it.'
      : 'A softmax layer can only be the last one: choose another activation.',
  );
}

function checkSources(
  wiring: Wiring,
  { type, from }: WiredLayer,
  index: number,
  sources: readonly number[],
): void {
  const name = nameOf(wiring, index);
  const unknown = sources.findIndex(Number.isNaN);
  if (unknown >= 0) {
    const source = from?.[unknown] ?? '';
    const remedy = 'connect it with a layer above, or take its sources along';
    throw new EditError(
      `${capital(name)} takes its values from ${source}, which is no layer above it: ${remedy}.`,
    );
  }
  const below = sources.find(source => source >= index);
  if (below !== undefined) throw new EditError(belowSentence(wiring, index, below));
  if (!isMergeType(type) && sources.length !== 1) {
    throw new EditError(
      `${capital(name)} is ${type} and takes exactly one source, not ${sources.length}: join them with an add or concat first.`,
    );
  }
  if (!isMergeType(type)) return;
  const distinct = new Set(sources).size;
  if (distinct < 2 || distinct < sources.length) {
    throw new EditError(
      `${capital(name)} joins at least two different sources and would have ${distinct}${distinct < sources.length ? ', one of them twice' : ''}: remove it too, or connect it with another layer first.`,
    );
  }
  if (distinct > limits.sources) {
    throw new EditError(`${capital(name)} joins at most ${limits.sources} sources.`);
  }
}

function belowSentence(wiring: Wiring, index: number, source: number): string {
  const cycle = pathBetween(wiring, index, source);
  if (cycle) {
    const names = [...cycle, index].map(place => nameOf(wiring, place)).join(' → ');
    return `This connection would close a cycle: ${names}. A layer takes its values from layers above it.`;
  }
  const [taker, giver] = [nameOf(wiring, index), nameOf(wiring, source)];
  return `${capital(taker)} takes its values from ${giver}, which would stand below it: put ${giver} above ${taker}.`;
}

/** The layers from `from` to `to`, each taking values from the one before; undefined where there are none. */
function pathBetween(wiring: Wiring, from: number, to: number): readonly number[] | undefined {
  const sources = sourceIndices(wiring);
  const before = new Map<number, number>([[from, from]]);
  const queue = [from];
  for (const place of queue) {
    if (place === to) {
      const path = [place];
      for (let at = place; at !== from;) path.unshift((at = before.get(at) ?? from));
      return path;
    }
    sources.forEach((list, layer) => {
      if (!list.includes(place) || before.has(layer)) return;
      before.set(layer, place);
      queue.push(layer);
    });
  }
  return undefined;
}

function checkSum(wiring: Wiring, flows: readonly Flow[], index: number): void {
  if (wiring.layers[index].type !== 'add') return;
  const sizes = flows[index].sources.map(source => ({
    name: nameOf(wiring, source),
    size: source < 0 ? wiring.inputs : sizeIn(flows[source].outgoing),
  }));
  const [first] = sizes;
  const other = sizes.find(({ size }) => size !== first.size && !Number.isNaN(size + first.size));
  if (!other) return checkImages(wiring, flows, index);
  const both = `${first.name} (${grouped(first.size)}) and ${other.name} (${grouped(other.size)})`;
  throw new EditError(
    `${capital(nameOf(wiring, index))} would add ${both}, which must be equally long: change both together, or disconnect one first.`,
  );
}

/** Images that are added lie pixel on pixel. */
function checkImages(wiring: Wiring, flows: readonly Flow[], index: number): void {
  const images = flows[index].sources.flatMap(source => {
    const image = source < 0 ? wiring.image : flows[source].image;
    return image ? [{ name: nameOf(wiring, source), text: imageText(image) }] : [];
  });
  const [first] = images;
  const other = images.find(({ text }) => text !== first.text);
  if (!other) return;
  throw new EditError(
    `${capital(nameOf(wiring, index))} would add images of different shape: ${first.name} (${first.text}) and ${other.name} (${other.text}). Put a flatten layer behind each, or make them alike.`,
  );
}

/** A window needs an image that is large enough. Where the sizes are not known, nothing is refused. */
function checkWindow(wiring: Wiring, flows: readonly Flow[], index: number): void {
  const { type, sliding } = wiring.layers[index];
  const { window, image, sources, incoming } = flows[index];
  if (!layerTraits[type].slides || !sliding || image) return;
  const name = nameOf(wiring, index);
  const source = nameOf(wiring, sources[0]);
  if (window) {
    const found = `${sliding.window.join(' × ')}, and ${source} gives an image of ${imageText(window.source)}`;
    throw new EditError(
      `The window of ${name} would be ${found}: make it smaller, or set padding to "same".`,
    );
  }
  const values = sizeIn(incoming);
  if (Number.isNaN(values)) return;
  const remedy =
    sources[0] < 0
      ? 'give the input a height, a width and channels (input.shape) first'
      : 'put it behind a layer that gives one';
  throw new EditError(
    `${capital(name)} needs an image, and ${source} gives a list of ${many(values, 'value')}: ${remedy}.`,
  );
}

function checkSize(layers: readonly WiredLayer[], flows: readonly Flow[]): void {
  let total = 0;
  layers.forEach(({ type, useBias }, index) => {
    const { outgoing, rows, columns } = flows[index];
    const size = sizeIn(outgoing);
    if (type !== 'dense' && size > limits.units) {
      throw new EditError(
        `The ${type} would have ${grouped(size)} values, at most ${grouped(limits.units)} are possible.`,
      );
    }
    const own = rows * (columns + (useBias ? 1 : 0));
    total += Number.isFinite(own) ? own : 0;
  });
  if (total <= limits.parameters) return;
  const most = grouped(limits.parameters);
  throw new EditError(
    `The network would have ${grouped(total)} parameters, at most ${most} are possible: use fewer units.`,
  );
}

/** @throws EditError where a number of units is none */
export function assertUnits(units: number): void {
  if (Number.isInteger(units) && units >= 1 && units <= limits.units) return;
  const range = `a whole number from 1 to ${grouped(limits.units)}`;
  throw new EditError(`A layer cannot have ${units} units: choose ${range}.`);
}
