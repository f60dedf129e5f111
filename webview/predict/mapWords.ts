/** A map in words: how far it ranges, and what it says at a place. */
import type { NeuronMaps } from '../../src/protocol';
import { format } from '../numbers';
import { listed } from '../punctuation';
import { text } from '../strings';
import { mapValue, rounded } from './mapFrame';
import type { Extremes } from './mapScale';

type Ranges = Pick<NeuronMaps, 'from' | 'to'>;

/** "x1 0.5, x2 −1" */
function inputWords(
  { from, to }: Ranges,
  names: readonly string[],
  inputs: readonly number[],
): string {
  return listed(
    inputs.map((value, k) => `${names[k]} ${format(rounded(value, [from[k], to[k]]))}`),
  );
}

/** `name`: of the neuron. */
export function mapWords(
  map: NeuronMaps | undefined,
  found: Extremes | undefined,
  name: string,
  inputNames: readonly string[],
): string {
  if (!map) return text('map.reading');
  if (!found) return text('map.nothing', name);
  const { cells, from, to } = map;
  const at = (cell: number): string => {
    const places = [cell % cells, Math.floor(cell / cells)];
    const inputs = from.map((least, k) => least + ((to[k] - least) * (places[k] + 0.5)) / cells);
    return inputWords(map, inputNames, inputs);
  };
  const { least, most, leastAt, mostAt } = found;
  return text('map.words', name, format(least), at(leastAt), format(most), at(mostAt));
}

export interface Read {
  readonly names: readonly string[];
  /** Under the pointer. */
  readonly hovered: readonly number[] | undefined;
  readonly tried: readonly number[] | undefined;
  /** Of the input that is tried. */
  readonly outputs: readonly number[] | undefined;
  readonly lastLayer: number;
}

/** Of the input that is tried the outputs are known; elsewhere the middle of the cell speaks for it. */
export function readout(map: NeuronMaps | undefined, of: Read): string {
  const at = of.hovered ?? of.tried;
  if (!map || at?.length !== map.from.length) return '';
  const words = inputWords(map, of.names, at);
  const isTried = at.every((value, k) => value === of.tried?.[k]);
  const [{ layer, row }] = map.neurons;
  return isTried && layer === of.lastLayer && of.outputs
    ? text('map.read', words, format(of.outputs[row]))
    : text('map.readAbout', words, format(mapValue(map, at)));
}
