/** What gestures know of the network. Pure. */
import type { Notation } from '../../src/explain/notation';
import type { Network } from '../../src/network/network';
import type { DocumentState } from '../../src/protocol';
import { namesOf } from '../canvas/names';
import { text } from '../strings';
import { judge, structureOf, type Judged, type Structure } from './structure';

export interface World {
  readonly network: Network;
  readonly structure: Structure;
  readonly judged: Judged;
  /** What a layer is called: its id, or its number in the chosen notation; "input", "output". */
  title(layer: number): string;
}

/**
 * @param inputSize numbers of one sample
 * @param numberOf the number that people call a layer by
 */
export function worldOf(
  network: Network,
  inputSize: number,
  numberOf: (layer: number) => string = layer => String(layer + 1),
): World {
  const structure = structureOf(network, inputSize);
  const last = network.layers.length - 1;
  return {
    network,
    structure,
    judged: judge(structure),
    title(layer) {
      if (layer < 0) return text('design.input');
      const { id } = network.layers[layer] ?? {};
      if (id !== undefined) return id;
      return layer === last ? text('design.output') : text('design.layer', numberOf(layer));
    },
  };
}

/** That of a document that has a network. */
export function worldIn(
  document: DocumentState | undefined,
  notation: Notation,
): World | undefined {
  const named = namesOf(document, notation);
  if (!named) return undefined;
  return worldOf(named.network, named.sizes[0], layer => named.context.names.layerNumber(layer));
}
