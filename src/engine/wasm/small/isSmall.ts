/** Which networks get code of their own. */
import type { Network } from '../../../network/network';
import type { NetworkShapes } from '../../../network/shapes';
import { hasCode, hasLossCode } from './functions';

/** Neurons of a layer, and values that it takes. */
const MOST_UNITS = 16;
/** Vectors of weights: the code is about 60 bytes for each. */
const MOST_VECTORS = 256;
/** Whether there is code for this network: a chain of small dense layers with usual functions. */
export function isSmall(network: Network, shapes: NetworkShapes): boolean {
  const { layers, loss } = network;
  const vectors = shapes.layers.reduce((sum, { inputs, units }) => {
    return sum + inputs * Math.ceil(units / 4);
  }, 0);
  return (
    vectors <= MOST_VECTORS &&
    layers.length > 0 &&
    hasLossCode(loss, layers[layers.length - 1].activation) &&
    layers.every(({ type, activation, units }, index) => {
      const { sources, inputs } = shapes.layers[index];
      const isNext = sources.length === 1 && sources[0] === index - 1;
      const fits = units <= MOST_UNITS && inputs <= MOST_UNITS;
      return type === 'dense' && isNext && fits && hasCode(activation);
    })
  );
}
