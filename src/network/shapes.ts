/** Shape inference: what flows between the layers, and how many parameters each layer has. */
import { sourcesOf } from './graph';
import { imageOf, imageSize, slidingSettings, windowOver } from './images';
import type { ImageShape, WindowShape } from './images';
import { hasParameters, layerTraits } from './layerTypes';
import type { Layer, LayerType, Network } from './network';
import { grouped } from './setting';

export interface LayerShape {
  /**
   * Where its values come from: indices into `layers`, −1 is the network's input. At least two for `add` and
   * `concat`, in the order of `from`; one for the others.
   */
  readonly sources: readonly number[];
  /** Number of values that come in: of all sources for `concat`, of one of them for the others. */
  readonly inputs: number;
  readonly units: number;
  /** Rows of the weights: `units` of dense, `filters` of conv2d, features of batchNorm; 0 where there are none. */
  readonly rows: number;
  /** Columns of the weights: `inputs` of dense, the numbers of a window for conv2d, 1 of batchNorm; else 0. */
  readonly columns: number;
  /** weights + biases */
  readonly parameters: number;
  /** Numbers that are kept of it: the parameters and running statistics. */
  readonly stored: number;
  /** Where the values that go out are an image; else they are a list. */
  readonly image?: ImageShape;
  /** Of conv2d and the pools. */
  readonly window?: WindowShape;
}

export interface NetworkShapes {
  /** Where the input is an image. */
  readonly inputImage?: ImageShape;
  readonly inputSize: number;
  readonly outputSize: number;
  readonly layers: readonly LayerShape[];
  readonly parameters: number;
  readonly stored: number;
}

/**
 * Shapes of a validated network.
 *
 * The `units` of all types but `dense` are those that the parser has derived.
 *
 * @throws Error where a window slides over what is no image
 */
export function inferShapes(network: Network): NetworkShapes {
  const inputSize = sizeOf(network.input.shape);
  const inputImage = imageOf(network.input.shape);
  const { layers } = network;
  const unitsOf = (source: number): number => (source < 0 ? inputSize : layers[source].units);
  const shapes: LayerShape[] = [];
  const imageAt = (source: number): ImageShape | undefined =>
    source < 0 ? inputImage : shapes[source].image;
  sourcesOf(network).forEach((sources, index) => {
    const layer = layers[index];
    const inputs = inputsOf(layer.type, sources.map(unitsOf));
    const images = imagesOf(layer, index, sources.map(imageAt));
    const matrix = matrixOf(layer, inputs, images);
    shapes.push({ sources, inputs, units: layer.units, ...matrix, ...images });
  });
  const parameters = shapes.reduce((sum, shape) => sum + shape.parameters, 0);
  const stored = shapes.reduce((sum, shape) => sum + shape.stored, 0);
  const outputSize = layers.length > 0 ? layers[layers.length - 1].units : inputSize;
  const totals = { layers: shapes, parameters, stored };
  return { inputSize, ...(inputImage && { inputImage }), outputSize, ...totals };
}

/** What goes out as an image, and how a window slides over what comes in. */
function imagesOf(
  layer: Layer,
  index: number,
  sources: readonly (ImageShape | undefined)[],
): Pick<LayerShape, 'image' | 'window'> {
  const sliding = slidingSettings(layer);
  if (!sliding) {
    const image = keptImage(layer.type, sources);
    return image ? { image } : {};
  }
  const [source] = sources;
  if (!source) throw new Error(`layers[${index}]: ${layer.type} needs an image, found a list.`);
  const window = windowOver(source, sliding);
  return { image: window.target, window };
}

/** The image that goes through a layer which slides no window; undefined where a list goes out. */
export function keptImage(
  type: LayerType | undefined,
  sources: readonly (ImageShape | undefined)[],
): ImageShape | undefined {
  if (!type || !layerTraits[type].keepsShape) return undefined;
  const [first, ...others] = sources;
  return first && others.every(other => other && sameImage(first, other)) ? first : undefined;
}

function sameImage(a: ImageShape, b: ImageShape): boolean {
  return a.height === b.height && a.width === b.width && a.channels === b.channels;
}

/** Number of values of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** Number of values that come into a layer from sources of these lengths. */
export function inputsOf(type: LayerType, lengths: readonly number[]): number {
  return type === 'concat' ? lengths.reduce((sum, length) => sum + length, 0) : lengths[0];
}

/** The matrix of weights, and all parameters. */
function matrixOf(
  layer: Layer,
  inputs: number,
  { image, window }: Pick<LayerShape, 'image' | 'window'>,
): Pick<LayerShape, 'rows' | 'columns' | 'parameters' | 'stored'> {
  if (!hasParameters(layer)) return { rows: 0, columns: 0, parameters: 0, stored: 0 };
  // Those of a conv2d are the channels of its image.
  const rows = image ? image.channels : layer.units;
  const columns = layer.type === 'batchNorm' ? 1 : window ? windowSize(window) : inputs;
  const parameters = rows * (columns + (layer.useBias ? 1 : 0));
  const stored = parameters + statisticsOf(layer) * rows;
  return { rows, columns, parameters, stored };
}

/** Running statistics that a layer keeps for each of its rows. */
const statisticsOf = ({ type }: Layer): number => (type === 'batchNorm' ? 2 : 0);

/** Numbers that a window sees, the channels included. */
export function windowSize({ source, height, width }: WindowShape): number {
  return imageSize({ height, width, channels: source.channels });
}

/** Equal layers in a row that are written one by one. */
const MOST_EQUAL = 4;
/** Numbers that can be read at a glance. */
const MOST_SIZES = 12;

/**
 * The sizes in one line, the input first: "784 – 512 – 10"; many equal layers in a row are counted: "16 – 40 × 16 – 10".
 * A network with branches is no such row, and a long row is none that is read: both say how many layers lead from what to
 * what.
 *
 * @param summary the words for that, such as "5 layers · 64 → 10"
 */
export function sizesText(
  { inputSize, outputSize, layers }: NetworkShapes,
  summary: (layers: string, inputs: string, outputs: string) => string,
): string {
  const inRow = layers.every(({ sources }, i) => sources.length === 1 && sources[0] === i - 1);
  const words = inRow ? rowOf(inputSize, layers) : [];
  if (inRow && words.length <= MOST_SIZES) return words.join(' – ');
  return summary(grouped(layers.length), grouped(inputSize), grouped(outputSize));
}

function rowOf(inputSize: number, layers: readonly LayerShape[]): readonly string[] {
  const words = [grouped(inputSize)];
  let run = 0;
  layers.forEach(({ units }, i) => {
    run++;
    if (units === layers[i + 1]?.units) return;
    if (run > MOST_EQUAL) words.push(`${run} × ${grouped(units)}`);
    else words.push(...Array.from({ length: run }, () => grouped(units)));
    run = 0;
  });
  return words;
}
