/** Shape inference: what flows between the layers, and how many parameters each layer has. */
import { sourcesOf } from './graph';
import type { Layer, LayerType, Network } from './network';
import { grouped } from './setting';

export interface LayerShape {
  /**
   * Where its values come from: indices into `layers`, −1 is the network's input. One for `dense`, at least
   * two for `add` and `concat`, in the order of `from`.
   */
  readonly sources: readonly number[];
  /** Number of values that come in: of one source for `dense` and `add`, of all of them for `concat`. */
  readonly inputs: number;
  readonly units: number;
  /** weights + biases */
  readonly parameters: number;
}

export interface NetworkShapes {
  readonly inputSize: number;
  readonly outputSize: number;
  readonly layers: readonly LayerShape[];
  readonly parameters: number;
}

/**
 * Shapes of a validated network.
 *
 * `add` and `concat` have no parameters; their `units` are those that the parser has derived.
 */
export function inferShapes(network: Network): NetworkShapes {
  const inputSize = sizeOf(network.input.shape);
  const { layers } = network;
  const unitsOf = (source: number): number => (source < 0 ? inputSize : layers[source].units);
  const shapes = sourcesOf(network).map((sources, index) => {
    const layer = layers[index];
    const inputs = inputsOf(layer.type, sources.map(unitsOf));
    return { sources, inputs, units: layer.units, parameters: parametersOf(layer, inputs) };
  });
  const parameters = shapes.reduce((sum, shape) => sum + shape.parameters, 0);
  const outputSize = layers.length > 0 ? layers[layers.length - 1].units : inputSize;
  return { inputSize, outputSize, layers: shapes, parameters };
}

/** Number of values of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** Number of values that come into a layer from sources of these lengths. */
export function inputsOf(type: LayerType, lengths: readonly number[]): number {
  return type === 'concat' ? lengths.reduce((sum, length) => sum + length, 0) : lengths[0];
}

/** weights + biases */
function parametersOf(layer: Layer, inputs: number): number {
  if (layer.type !== 'dense') return 0;
  return layer.units * inputs + (layer.useBias ? layer.units : 0);
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
