/** Between the file's order of weights and the panels that the engine works on. */
import type { TensorNumbers } from '../divergence';

/**
 * Where the parameters of a layer stand in a memory of float32, in numbers from its start. Of conv2d, units are the
 * filters, and inputs the values of a window.
 *
 * Weights lie in panels [units/width][height][width]: the weight from input k to neuron j in panel ⌊j / width⌋, row k,
 * column j mod width. Rows and columns that the layer does not have are 0.
 */
export interface Panels {
  readonly units: number;
  readonly inputs: number;
  /** Neurons of a panel. */
  readonly width: number;
  /** `inputs` rounded up to 4. */
  readonly height: number;
  readonly weights: number;
  readonly bias: number;
  readonly useBias: boolean;
}

/** The same layer in an array that begins `by` numbers behind the parameters. */
export function shifted(panels: Panels, by: number): Panels {
  return { ...panels, weights: panels.weights + by, bias: panels.bias + by };
}

export const roundUp = (n: number, to: number): number => Math.ceil(n / to) * to;

/** Numbers of a layer in panels: its weights, then its bias. */
export function panelLengths(
  units: number,
  inputs: number,
  width: number,
): { readonly weights: number; readonly bias: number } {
  const padded = roundUp(units, width);
  return { weights: padded * roundUp(inputs, 4), bias: padded };
}

/** Parameters in the file's order, from `at` on, into the memory; answers where they end. */
export function writePanels(
  memory: Float32Array,
  panels: Panels,
  parameters: Float64Array,
  at: number,
): number {
  const { units, inputs, width, height, weights, bias, useBias } = panels;
  for (let j = 0; j < units; j++) {
    let to = weights + Math.floor(j / width) * height * width + (j % width);
    for (let k = 0; k < inputs; k++, to += width) memory[to] = parameters[at++];
  }
  if (useBias) for (let j = 0; j < units; j++) memory[bias + j] = parameters[at++];
  return at;
}

/** The inverse: from the memory into `parameters` from `at` on. */
export function readPanels(
  memory: Float32Array,
  panels: Panels,
  parameters: Float64Array,
  at: number,
): number {
  const { units, inputs, width, height, weights, bias, useBias } = panels;
  for (let j = 0; j < units; j++) {
    let from = weights + Math.floor(j / width) * height * width + (j % width);
    for (let k = 0; k < inputs; k++, from += width) parameters[at++] = memory[from];
  }
  if (useBias) for (let j = 0; j < units; j++) parameters[at++] = memory[bias + j];
  return at;
}

/** The numbers of a layer's weights and of its bias, in the file's order. */
export function layerTensors(layer: number, memory: Float32Array, panels: Panels): TensorNumbers[] {
  const { units, inputs, useBias } = panels;
  const numbers = new Float64Array(units * inputs + (useBias ? units : 0));
  readPanels(memory, panels, numbers, 0);
  const weights = { layer, columns: inputs, numbers: numbers.subarray(0, units * inputs) };
  const bias = { layer, columns: 1, numbers: numbers.subarray(units * inputs) };
  return useBias ? [weights, bias] : [weights];
}
