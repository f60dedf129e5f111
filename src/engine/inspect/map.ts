/**
 * Maps: the activation of neurons over the plane of two inputs, or along the line of one.
 *
 * Forward only, in float64 on the parameters as they are; resumable.
 */
import { applyNormalization } from '../../data/normalize';
import type { Dataset } from '../../data/dataset';
import type { Pass } from '../pass';
import { checkNeuron } from './context';

/** Cells along a side, and numbers of all maps of one request. */
const MOST_MAP_CELLS = 256;
const MOST_MAP_NUMBERS = 262_144;

/** −1 is the input. */
export interface MappedNeuron {
  readonly layer: number;
  readonly row: number;
}

export interface MapRequest {
  readonly neurons: readonly MappedNeuron[];
  /** Ends of the range of each input, raw: of one input or of two. */
  readonly from: readonly number[];
  readonly to: readonly number[];
  /** Along each input, 2 to 256: the activations are those in the middle of the cells. */
  readonly cells: number;
  /** With the parameters of which kept snapshot; absent: as they are now. */
  readonly snapshot?: number;
}

/** Where a run is, too: two maps of the same step are of the same numbers. */
export interface NeuronMaps extends MapRequest {
  /** (neurons, cells of the second input, cells of the first); with one input (neurons, cells). */
  readonly values: Float64Array;
  readonly step: number;
}

/** The middle of a cell, raw. */
function cellMiddle(
  { from, to, cells }: Pick<MapRequest, 'from' | 'to' | 'cells'>,
  input: number,
  cell: number,
): number {
  const share = 2 * cell + 1;
  return ((2 * cells - share) * from[input] + share * to[input]) / (2 * cells);
}

/** Of one neuron. */
const pointsOf = ({ from, cells }: Pick<MapRequest, 'from' | 'cells'>): number =>
  from.length === 2 ? cells * cells : cells;

/** Works on one request, tile after tile. */
export class MapJob {
  readonly #pass: Pass;
  readonly #parameters: Float64Array;
  readonly #normalization: Dataset['normalization'];
  readonly #request: MapRequest;
  readonly #step: number;
  readonly #points: number;
  readonly #values: Float64Array;
  #done = 0;

  /**
   * @param pass in float64; between two calls of `run` others may use it
   * @param parameters kept as they are: the caller does not change them afterwards
   * @throws RangeError when the network has other inputs, there is no such neuron, or the request makes no map
   */
  constructor(
    pass: Pass,
    parameters: Float64Array,
    normalization: Dataset['normalization'],
    request: MapRequest,
    step: number,
  ) {
    const { plan } = pass.arena;
    checkMap(request, plan.inputSize);
    for (const { layer, row } of request.neurons) checkNeuron(plan, layer, row);
    this.#pass = pass;
    this.#parameters = parameters;
    this.#normalization = normalization;
    this.#request = request;
    this.#step = step;
    this.#points = pointsOf(request);
    this.#values = new Float64Array(request.neurons.length * this.#points);
  }

  /** Works on; false when `expired` ended it before the end. At least one tile is worked off. */
  run(expired?: () => boolean): boolean {
    this.#pass.arena.parameters.set(this.#parameters);
    while (this.#done < this.#points) {
      this.#tile();
      if (this.#done < this.#points && expired?.()) return false;
    }
    return true;
  }

  /** The maps, when `run` has answered true. */
  result(): NeuronMaps {
    return { ...this.#request, values: this.#values, step: this.#step };
  }

  #tile(): void {
    const { inputs, operations, plan } = this.#pass.arena;
    const { neurons, cells } = this.#request;
    const { inputSize } = plan;
    const rows = Math.min(plan.batchRows, this.#points - this.#done);
    const raw = new Float64Array(rows * inputSize);
    for (let r = 0; r < rows; r++) {
      const point = this.#done + r;
      raw[r * inputSize] = cellMiddle(this.#request, 0, point % cells);
      if (inputSize === 2) raw[r * 2 + 1] = cellMiddle(this.#request, 1, Math.floor(point / cells));
    }
    if (this.#normalization) applyNormalization(raw, this.#normalization);
    inputs.set(raw);
    this.#pass.forward(rows);
    neurons.forEach(({ layer, row }, i) => {
      const from = layer < 0 ? inputs : operations[layer].output;
      const units = layer < 0 ? inputSize : operations[layer].operation.units;
      const start = i * this.#points + this.#done;
      for (let r = 0; r < rows; r++) this.#values[start + r] = from[r * units + row];
    });
    this.#done += rows;
  }
}

function checkMap({ neurons, from, to, cells }: MapRequest, inputs: number): void {
  if (inputs > 2)
    throw new RangeError(`A map needs a network with one or two inputs, this one has ${inputs}.`);
  const isRange = (_: unknown, k: number): boolean =>
    Number.isFinite(from[k]) && Number.isFinite(to[k]) && from[k] < to[k];
  const ranges = Array.from({ length: inputs }, isRange);
  if (from.length !== inputs || to.length !== inputs || !ranges.every(Boolean))
    throw new RangeError(
      `A map goes from a number to a larger one along each of ${inputs} inputs, not from ${from.join(', ')} to ${to.join(', ')}.`,
    );
  if (!Number.isInteger(cells) || cells < 2 || cells > MOST_MAP_CELLS)
    throw new RangeError(`A map has 2 to ${MOST_MAP_CELLS} cells a side, not ${cells}.`);
  const numbers = neurons.length * pointsOf({ from, cells });
  if (neurons.length === 0 || numbers > MOST_MAP_NUMBERS)
    throw new RangeError(
      `Maps of one request have 1 to ${MOST_MAP_NUMBERS} numbers together, not ${numbers}: ask for fewer neurons or cells.`,
    );
}
