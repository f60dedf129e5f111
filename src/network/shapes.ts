/** Shape inference: what flows between the layers, and how many parameters each layer has. */
import type { Network } from './network';

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

/** Shapes of a validated network. */
export function inferShapes(network: Network): NetworkShapes {
  const inputSize = network.input.shape.reduce((product, length) => product * length, 1);
  let inputs = inputSize;
  const layers = network.layers.map(layer => {
    const shape = {
      inputs,
      units: layer.units,
      parameters: layer.units * inputs + (layer.useBias ? layer.units : 0),
    };
    inputs = layer.units;
    return shape;
  });
  const parameters = layers.reduce((sum, layer) => sum + layer.parameters, 0);
  return { inputSize, outputSize: inputs, layers, parameters };
}
