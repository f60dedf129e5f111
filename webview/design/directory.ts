/** The numbers and names of a network's parts in the chosen notation. */
import type { Target } from '../../src/engine/facts';
import { hasParameters } from '../../src/network/layerTypes';
import { neuronName, type Named } from '../canvas/names';
import type { Directory } from './goToText';

/** Names further on in a long layer are reached by their numbers. */
const MOST_NAMES = 4096;

export function directoryOf(named: Named): Directory {
  const { network, sizes, context } = named;
  const { names, profile } = context;
  const firstNeuron = sizes.map((_, column) => Number(names.neuronNumber(column - 1, 0)));
  const weights = named.shapes.layers.map(({ rows, columns, sources, window }, layer) => {
    if (rows === 0) return undefined;
    const [firstRow, firstColumn] = window
      ? [profile.indexBase, profile.indexBase]
      : [firstNeuron[layer + 1], firstNeuron[sources[0] + 1]];
    return { rows, columns, firstRow, firstColumn };
  });
  return {
    sizes,
    weights,
    hasBias: network.layers.map(layer => hasParameters(layer) && layer.useBias),
    inputNumber: profile.inputLayer,
    firstNeuron,
    weightBySource: profile.weightLayerOf === 'source',
    names: namesIn(named),
  };
}

function namesIn(named: Named): Directory['names'] {
  const { network, sizes } = named;
  const found: { name: string; target: Target }[] = [
    { name: 'input', target: { type: 'layer', layer: -1 } },
  ];
  network.layers.forEach(({ id }, layer) => {
    if (id !== undefined) found.push({ name: id, target: { type: 'layer', layer } });
  });
  for (const layer of [-1, network.layers.length - 1]) {
    for (let row = 0; row < Math.min(sizes[layer + 1], MOST_NAMES); row++) {
      const name = neuronName(named, layer, row);
      if (name) found.push({ name, target: { type: 'neuron', layer, row } });
    }
  }
  return found;
}
