/** The numbers and names of a network's parts in the chosen notation. */
import type { Target } from '../../src/engine/facts';
import { sourcesOf } from '../../src/network/graph';
import { neuronName, type Named } from '../canvas/names';
import type { Directory } from './goToText';

/** Names further on in a long layer are reached by their numbers. */
const MOST_NAMES = 4096;

export function directoryOf(named: Named): Directory {
  const { network, sizes, context } = named;
  const { names, profile } = context;
  return {
    sizes,
    sources: sourcesOf(network),
    hasWeights: network.layers.map(({ type }) => type === 'dense'),
    hasBias: network.layers.map(layer => layer.type === 'dense' && layer.useBias),
    inputNumber: profile.inputLayer,
    firstNeuron: sizes.map((_, column) => Number(names.neuronNumber(column - 1, 0))),
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
