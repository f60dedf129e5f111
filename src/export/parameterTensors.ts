/** The parameters of a network as named tensors: `layers.<i>.weight` (out, in) and `layers.<i>.bias` (out). */
import { firstNonFinite } from '../engine/divergence';
import { parameterTablesOf, type TableKind } from '../engine/plan';
import type { Network } from '../network/network';
import { readable } from '../network/sentence';
import { inferShapes } from '../network/shapes';
import type { Tensor, WrittenTensor } from './safetensors';
import { shapeText } from './tensorTypes';

/** Where the numbers of one tensor lie among all parameters in the file's order. */
export interface TensorPlace {
  readonly name: string;
  /** Index into the network's `layers`. */
  readonly layer: number;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly length: number;
}

/** Tensors that are not those of the network: the layer and the tensor, what was expected, and what was found. */
export class TensorError extends Error {
  override readonly name = 'TensorError';

  /** @param layer where the network has the tensor; undefined where it has none of that name */
  constructor(
    message: string,
    readonly layer: number | undefined,
  ) {
    super(readable(message));
  }
}

/** PyTorch's names. */
const names: { readonly [K in TableKind]: string } = {
  weight: 'weight',
  bias: 'bias',
  mean: 'running_mean',
  variance: 'running_var',
};

/** In the file's order. */
export function tensorPlaces(network: Network): readonly TensorPlace[] {
  return parameterTablesOf(network, inferShapes(network)).map(table => {
    const { layer, kind, offset, length, rows, columns } = table;
    const shape = kind === 'weight' ? [rows, columns] : [rows];
    return { name: `layers.${layer}.${names[kind]}`, layer, shape, offset, length };
  });
}

/**
 * Parameters as tensors of the network's precision, which holds them exactly.
 *
 * @param values all parameters in the file's order
 * @param prefix before each name
 */
export function parameterTensors(
  network: Network,
  values: Float64Array,
  prefix = '',
): readonly WrittenTensor[] {
  return tensorPlaces(network).map(({ name, shape, offset, length }) => {
    const part = values.subarray(offset, offset + length);
    const numbers = network.training.precision === 'float32' ? new Float32Array(part) : part;
    return { name: prefix + name, shape, values: numbers };
  });
}

/**
 * Writes the numbers of tensors to their places.
 *
 * @param places the tensors that must be there, and no others
 * @param into all parameters in the file's order
 * @throws TensorError when a tensor is missing, surplus, of another shape, or loses digits in the network's precision
 */
export function takeTensors(
  network: Network,
  places: readonly TensorPlace[],
  tensors: readonly Tensor[],
  into: Float64Array,
): void {
  const found = new Map(tensors.map(tensor => [tensor.name, tensor]));
  for (const place of places) {
    const tensor = found.get(place.name);
    if (!tensor) throw missing(place, tensors);
    checkShape(place, tensor);
    checkNumbers(network, place, tensor);
    into.set(tensor.values, place.offset);
    found.delete(place.name);
  }
  const [surplus] = found.values();
  if (surplus) throw unexpected(network, surplus, places);
}

function missing({ name, layer, shape }: TensorPlace, tensors: readonly Tensor[]): TensorError {
  return new TensorError(
    `Expected the tensor "${name}" of shape ${shapeText(shape)} for layers[${layer}], found ${listed(tensors)}.`,
    layer,
  );
}

function unexpected(
  network: Network,
  { name, shape }: Tensor,
  places: readonly TensorPlace[],
): TensorError {
  const layer = tensorPlaces(network).find(place => place.name === name)?.layer;
  const expected =
    layer === undefined
      ? listed(places)
      : `none for layers[${layer}], whose numbers are in the text`;
  return new TensorError(
    `Expected ${expected}, found the tensor ${JSON.stringify(name)} of shape ${shapeText(shape)} too.`,
    layer,
  );
}

function checkShape({ name, layer, shape }: TensorPlace, tensor: Tensor): void {
  const same = shape.length === tensor.shape.length && shape.every((n, i) => n === tensor.shape[i]);
  if (same) return;
  throw new TensorError(
    `The tensor "${name}": expected the shape ${shapeText(shape)} of layers[${layer}], found ${shapeText(tensor.shape)}.`,
    layer,
  );
}

function checkNumbers({ training }: Network, place: TensorPlace, { type, values }: Tensor): void {
  const { name, layer, shape } = place;
  const single = training.precision === 'float32';
  const bad = single ? firstOfMoreDigits(values) : firstNonFinite(values, 0, values.length);
  if (bad < 0) return;
  const columns = shape[1] ?? 1;
  const where = [Math.floor(bad / columns), ...(shape.length > 1 ? [bad % columns] : [])].join(
    '][',
  );
  const value = values[bad];
  const fault = Number.isFinite(value)
    ? `its ${type} numbers lose digits in float32 (${value} at [${where}]): set training.precision to "float64"`
    : `expected finite numbers, found ${value} at [${where}]`;
  throw new TensorError(`The tensor "${name}": ${fault}.`, layer);
}

/** The first number that is not finite or no float32 number; −1 when there is none. */
function firstOfMoreDigits(values: Tensor['values']): number {
  // Also infinities differ from themselves by NaN.
  for (let i = 0; i < values.length; i++) if (Math.fround(values[i]) - values[i] !== 0) return i;
  return -1;
}

/** How many names a sentence lists. */
const LISTED = 4;

function listed(tensors: readonly { readonly name: string }[]): string {
  if (tensors.length === 0) return 'no tensors';
  const names = tensors.slice(0, LISTED).map(({ name }) => JSON.stringify(name));
  const more = tensors.length > LISTED ? ` and ${tensors.length - LISTED} more` : '';
  return `${names.join(', ')}${more}`;
}
