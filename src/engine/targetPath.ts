/** A place in a network, by its path in the file: for who writes it down, in a terminal or as a language model. */
import { hasParameters } from '../network/layerTypes';
import { parsePath } from '../network/network';
import type { Network } from '../network/network';
import { inferShapes } from '../network/shapes';
import type { LayerShape } from '../network/shapes';
import type { Target } from './facts';

/** Layers that an error describes; a person sees the pattern by then. */
const DESCRIBED = 12;

type Read = (...indices: readonly number[]) => Target;

const neuron: Read = (layer, row) => ({ type: 'neuron', layer, row });

/** By the path with `[]` for every index. */
const FORMS: Readonly<Record<string, Read>> = {
  'layers[].weights[][]': (layer, row, column) => ({ type: 'weight', layer, row, column }),
  'layers[].bias[]': (layer, row) => ({ type: 'bias', layer, row }),
  'layers[].neurons[]': neuron,
  'layers[].weights[]': neuron,
  'layers[]': layer => ({ type: 'layer', layer }),
  'input.neurons[]': row => ({ type: 'neuron', layer: -1, row }),
  input: () => ({ type: 'layer', layer: -1 }),
  loss: () => ({ type: 'loss' }),
};

/** A path that names no place of the network; the message says what was expected, what was found and what there is. */
export class TargetError extends Error {
  override readonly name = 'TargetError';
}

/**
 * @param text a path: `layers[0].weights[1][2]`
 * @param option what the person calls it, for the message: `--target`
 * @throws TargetError
 */
export function targetAt(text: string, network: Network, option: string): Target {
  const path = parsePath(text);
  const form = text.replace(/\[\d+\]/g, '[]');
  if (!path || !Object.hasOwn(FORMS, form)) {
    const forms = Object.keys(FORMS).join(', ').replaceAll('[]', '[N]');
    throw new TargetError(
      `${option} takes one of ${forms}, found "${text}". ${whatThereIs(network)}`,
    );
  }
  const target = FORMS[form](...path.filter(key => typeof key === 'number'));
  const fault = missing(target, form, network);
  if (fault === undefined) return target;
  throw new TargetError(`${option} ${text}: ${fault}. ${whatThereIs(network)}`);
}

/** Why there is no such place; undefined where there is one. */
function missing(target: Target, form: string, network: Network): string | undefined {
  if (target.type === 'loss') return undefined;
  const { layer } = target;
  const { inputSize, layers } = inferShapes(network);
  if (layer >= layers.length) return `there is no layer ${layer}, ${expected(layers.length)}`;
  const units = layer === -1 ? inputSize : layers[layer].units;
  const place = layer === -1 ? 'input' : `layers[${layer}]`;
  const rule = layer === -1 ? undefined : network.layers[layer];
  if (form.includes('weights') && !(rule && hasParameters(rule)))
    return `${place} is of type ${rule?.type} and has no weights`;
  if (target.type === 'bias' && !(rule && hasParameters(rule) && rule.useBias))
    return `${place} has no bias`;
  if (target.type === 'layer') return undefined;
  const noun = rule?.type === 'conv2d' ? 'filter' : rule?.type === 'batchNorm' ? 'feature' : '';
  if (noun !== '' && target.type !== 'neuron')
    return missingOfRow(target, place, noun, layers[layer]);
  if (target.row >= units) return `${place} has no neuron ${target.row}, ${expected(units)}`;
  if (target.type !== 'weight' || target.column < layers[layer].inputs) return undefined;
  return `${place} has no weights from a neuron ${target.column}, ${expected(layers[layer].inputs)}`;
}

function missingOfRow(
  target: Extract<Target, { type: 'weight' | 'bias' }>,
  place: string,
  noun: string,
  { rows, columns }: LayerShape,
): string | undefined {
  if (target.row >= rows) return `${place} has no ${noun} ${target.row}, ${expected(rows)}`;
  if (target.type === 'bias' || target.column < columns) return undefined;
  return `${place} has no weight ${target.column} in a ${noun}, ${expected(columns)}`;
}

function expected(count: number): string {
  return count === 1 ? 'expected 0' : `expected 0 to ${count - 1}`;
}

/** `The network has input (3 neurons); layers[0] (dense): 4 neurons, weights [4][3], bias [4].` */
function whatThereIs(network: Network): string {
  const { inputSize, layers } = inferShapes(network);
  const described = layers.slice(0, DESCRIBED).map((shape, i) => describe(network, shape, i));
  const more = layers.length - described.length;
  if (more > 0) described.push(`${more} more, up to layers[${layers.length - 1}]`);
  return `The network has input: ${neurons(inputSize)}; ${described.join('; ')}`;
}

function describe(
  { layers }: Network,
  { units, rows, columns }: LayerShape,
  index: number,
): string {
  const layer = layers[index];
  const parameters = hasParameters(layer)
    ? `, weights [${rows}][${columns}], ${layer.useBias ? `bias [${rows}]` : 'no bias'}`
    : `, no weights`;
  return `layers[${index}] (${layer.type}): ${neurons(units)}${parameters}`;
}

function neurons(count: number): string {
  return `${count} neuron${count === 1 ? '' : 's'}`;
}
