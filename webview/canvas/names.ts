/** What things on the canvas are called, on screen and aloud. */
import type { Target } from '../../src/engine/facts';
import { Context } from '../../src/explain/context';
import { profileOf, type Notation } from '../../src/explain/notation';
import type { Place } from '../../src/explain/words';
import { imageText } from '../../src/network/images';
import { kindsOf } from '../../src/network/kinds';
import { layerTraits } from '../../src/network/layerTypes';
import type { Layer, Network } from '../../src/network/network';
import type { NetworkShapes } from '../../src/network/shapes';
import { beginning } from '../../src/network/shortened';
import type { DataSummary, DocumentState } from '../../src/protocol';
import { count } from '../numbers';
import { clauses, told } from '../punctuation';
import { text } from '../strings';
import { explainWords } from '../words';
import { textWidth } from './textWidth';

export interface Named {
  readonly network: Network;
  readonly shapes: NetworkShapes;
  readonly data: DataSummary | undefined;
  /** Units of each layer, the input first. */
  readonly sizes: readonly number[];
  /** By layer, where its values come from: −1 is the input. */
  readonly sources: readonly (readonly number[])[];
  /** Numbers and words of the chosen notation. */
  readonly context: Context;
}

/** The names of a document's network; undefined while it has none. */
export function namesOf(
  document: DocumentState | undefined,
  notation: Notation,
): Named | undefined {
  if (!document?.network || !document.shapes) return undefined;
  const { network, shapes, data } = document;
  const sizes = [shapes.inputSize, ...shapes.layers.map(({ units }) => units)];
  const sources = shapes.layers.map(layer => layer.sources);
  const scope = { type: 'sample', index: 0 } as const;
  const kinds = kindsOf(network, shapes);
  const facts = { sizes, sources, scope, ...kinds };
  const context = new Context(facts, profileOf(notation), explainWords());
  return { network, shapes, data, sizes, sources, context };
}

export const hasBiases = (layer: Layer): boolean => layer.type === 'dense' && layer.useBias;

/** "Layer 2", by the number that the notation gives it; the input by its name. */
export function layerTitle({ context }: Named, layer: number): string {
  return layer < 0
    ? text('inspector.inputLayer')
    : text('inspector.layer', context.names.layerNumber(layer));
}

export function inputName({ network, data }: Named, row: number): string | undefined {
  return network.input.names?.[row] ?? data?.inputNames[row];
}

/** The class of an output, where each output stands for one: a single output decides between two. */
export function outputName({ data, sizes }: Named, row: number): string | undefined {
  const classes = data?.classNames;
  return classes?.length === sizes[sizes.length - 1] ? classes[row] : undefined;
}

/** Name of an input or an output, where there is one. */
export function neuronName(named: Named, layer: number, row: number): string | undefined {
  if (layer < 0) return inputName(named, row);
  return layer === named.network.layers.length - 1 ? outputName(named, row) : undefined;
}

/** Two short lines under a column, in full: also the name that others call the layer by. */
export function caption(named: Named, layer: number): [string, string] {
  const [first, second] = wordsOf(named, layer);
  const name = calledName(named, layer);
  return [name === undefined ? first : `${name} · ${first}`, second];
}

function wordsOf(named: Named, layer: number): [string, string] {
  const { network, shapes, sizes } = named;
  const { inputImage } = shapes;
  const size = inputImage ? imageText(inputImage) : count(sizes[0]);
  if (layer < 0) return [text('canvas.captionInput', size), text('canvas.features')];
  const { type, units, activation } = network.layers[layer];
  const { image, parameters } = shapes.layers[layer];
  const { hasActivation } = layerTraits[type];
  // Of an image its three lengths say more than the number of its values.
  if (image) return [hasActivation ? `${type} · ${activation}` : type, imageText(image)];
  const first = hasActivation
    ? text('canvas.captionLayer', type, count(units), activation)
    : `${type} ${count(units)}`;
  return [first, parametersText(parameters)];
}

/** Where columns stand close: the layer's size, and its activation. */
function shortWords(named: Named, layer: number): [string, string] {
  const { network, shapes } = named;
  if (layer < 0 && shapes.inputImage) return [imageText(shapes.inputImage), ''];
  if (layer < 0) return wordsOf(named, layer);
  const { type, units, activation } = network.layers[layer];
  const { image } = shapes.layers[layer];
  if (image) return [type, imageText(image)];
  return [`${type} ${count(units)}`, layerTraits[type].hasActivation ? activation : ''];
}

/** A layer's id, where others take its values by it. */
function calledName({ network: { layers } }: Named, layer: number): string | undefined {
  const id = layers[layer]?.id;
  return layers.some(({ from }) => id !== undefined && from?.includes(id)) ? id : undefined;
}

export const isCalled = (named: Named, layer: number): boolean =>
  calledName(named, layer) !== undefined;

/** Pixels of a letter on average: captions hold few wide ones. */
const CAPTION_LETTER = 5.8;
/** Fewer letters of a name tell nothing. */
const SHORTEST_NAME = 4;

/**
 * The lines as they are drawn. A name stands before the layer's kind where it has room, else in place of the
 * parameters, else cut; the narrowest columns leave it out.
 *
 * @param full whether columns stand so far apart that captions have room
 * @param width pixels that a line may take
 */
export function drawnCaption(
  named: Named,
  layer: number,
  full: boolean,
  width: number,
): [string, string] {
  const own = full ? wordsOf(named, layer) : shortWords(named, layer);
  const name = calledName(named, layer);
  if (name === undefined) return own;
  const short = shortWords(named, layer);
  const fits = (words: string): boolean => textWidth(words, CAPTION_LETTER) <= width;
  const called = (shown: string, [first, second]: [string, string]): [string, string] => [
    `${shown} · ${first}`,
    second,
  ];
  const whole = [own, short].map(lines => called(name, lines)).find(([first]) => fits(first));
  if (whole) return whole;
  for (let length = name.length - 1; length >= SHORTEST_NAME; length--) {
    const cut = called(`${beginning(name, length)}…`, short);
    if (fits(cut[0])) return cut;
  }
  return own;
}

/**
 * A caption as it is heard: in the order in which it is drawn, for whoever says what he sees means it (WCAG 2.5.3); what
 * is not drawn follows.
 */
export function heardCaption(named: Named, layer: number, drawn: readonly string[]): string {
  const plain = (words: string): string => words.replace(/[\s,，·]/g, '');
  const whole = caption(named, layer);
  const title = layerTitle(named, layer);
  const seen = clauses(drawn.filter(words => words !== ''));
  if (plain(whole.join()).includes(plain(seen))) return told(title, clauses(whole));
  const others = whole.flatMap(words => words.split(' · ')).filter(each => !seen.includes(each));
  return told(title, clauses([seen, ...others]));
}

export function parametersText(parameters: number): string {
  if (parameters === 0) return text('canvas.noParameters');
  return parameters === 1
    ? text('canvas.oneParameter')
    : text('canvas.parameters', count(parameters));
}

/** The spoken name of a target: the same words as on its card, in the notation that is chosen. */
export function spoken(named: Named, target: Target): string {
  const { context } = named;
  const { words, names } = context;
  const place = (layer: number, row: number): Place =>
    context.place(layer, row, neuronName(named, layer, row));
  switch (target.type) {
    case 'loss':
      return text('canvas.loss');
    case 'layer':
      return clauses(caption(named, target.layer));
    case 'bias':
      return words.bias(place(target.layer, target.row));
    case 'weight':
      return words.weight(
        place(named.sources[target.layer][0], target.column),
        place(target.layer, target.row),
      );
    case 'neuron': {
      const name = neuronName(named, target.layer, target.row);
      const neuron = words.neuron(place(target.layer, target.row));
      return name && target.layer === names.lastLayer ? clauses([neuron, name]) : neuron;
    }
  }
}

/** A stable name for tests and for finding the element of a target. */
export function testId(target: Target): string {
  switch (target.type) {
    case 'loss':
      return 'loss';
    case 'layer':
      return target.layer < 0 ? 'layer-input' : `layer-${target.layer}`;
    case 'weight':
      return `edge-${target.layer}-${target.row}-${target.column}`;
    case 'bias':
      return `bias-${target.layer}-${target.row}`;
    case 'neuron':
      return target.layer < 0 ? `input-${target.row}` : `neuron-${target.layer}-${target.row}`;
  }
}

/** Inverse of {@link testId}, also for what stands for a layer as a whole; undefined for anything else. */
export function targetOf(id: string): Target | undefined {
  if (id === 'loss') return { type: 'loss' };
  const [kind, first, ...rest] = id.split('-');
  const [a, b, c] = [first === 'input' ? -1 : Number(first), ...rest.map(Number)];
  if (kind === 'layer' || kind === 'strip' || kind === 'band') return { type: 'layer', layer: a };
  if (kind === 'input') return { type: 'neuron', layer: -1, row: a };
  if (kind === 'neuron') return { type: 'neuron', layer: a, row: b };
  if (kind === 'bias') return { type: 'bias', layer: a, row: b };
  return kind === 'edge' ? { type: 'weight', layer: a, row: b, column: c } : undefined;
}

/** What tests and styles call the parts of a layer: `handle-0`, `port-input`. */
export const partId = (part: string, layer: number): string =>
  `${part}-${layer < 0 ? 'input' : layer}`;
