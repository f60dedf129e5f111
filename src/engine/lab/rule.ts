/** What a rule of the lab can change in a network at all, and the network with other activations. */
import type { Network } from '../../network/network';
import { inferShapes, type NetworkShapes } from '../../network/shapes';
import { hasPenalty } from '../penalty';
import { parameterTablesOf } from '../plan';
import type { Switch, TriedActivations } from './presets';

/**
 * Why a switch changes no number here. `linear`: every f′ is 1. `oneSample`, `sum`: there is no 1/m; `ownLoss`:
 * neither that nor a penalty. `noFactor`: the loss has neither ½ nor 2. `noSquare`: no weights that δ goes back through
 * are square. `noBias`: there are none. `noPenalty`, `penalised`: there is none, or biases have it already.
 */
export type Idle =
  | 'linear'
  | 'oneSample'
  | 'ownLoss'
  | 'sum'
  | 'noFactor'
  | 'noSquare'
  | 'noBias'
  | 'noPenalty'
  | 'penalised';

/** Of each switch that changes nothing, why. */
export type IdleSwitches = { readonly [S in Exclude<Switch, 'sign'>]?: Idle } & {
  /** Of `penalty`, its two settings apart. */
  readonly penaltyOnBiases?: Idle;
};

/**
 * @param samples of the batch that is looked at
 * @param own the loss is a sample's own, without the reduction and the penalty that the file may have
 */
export function idleSwitches(network: Network, samples: number, own = false): IdleSwitches {
  const { loss, regularization, layers } = network;
  const shapes = inferShapes(network);
  const one = samples === 1 ? ('oneSample' as const) : undefined;
  const missing = own ? ('ownLoss' as const) : ('noPenalty' as const);
  const noPenalty = hasPenalty(regularization) ? undefined : missing;
  const noBias = parameterTablesOf(network, shapes).some(({ kind }) => kind === 'bias')
    ? undefined
    : ('noBias' as const);
  const divides = loss.reduction === 'meanAll' && shapes.outputSize > 1;
  const reduction = loss.reduction === 'sum' ? 'sum' : divides ? undefined : one;
  const undivided = own ? 'ownLoss' : reduction;
  const notOnBiases = noPenalty ?? noBias ?? (regularization.bias ? 'penalised' : undefined);
  return {
    ...(layers.every(({ activation }) => activation === 'linear') && { slope: 'linear' }),
    ...(undivided && { reduction: undivided }),
    ...(loss.type !== 'meanSquaredError' && { lossFactor: 'noFactor' }),
    ...(!hasSquare(network, shapes) && { transpose: 'noSquare' }),
    ...((noBias ?? one) && { biasSum: noBias ?? one }),
    ...(noPenalty && { penalty: noPenalty }),
    ...(notOnBiases && { penaltyOnBiases: notOnBiases }),
  };
}

/** Whether δ goes back through weights that are as many rows as columns. */
function hasSquare({ layers }: Network, shapes: NetworkShapes): boolean {
  return layers.some(({ type }, index) => {
    const { units, inputs, sources } = shapes.layers[index];
    return type === 'dense' && sources[0] >= 0 && units === inputs;
  });
}

/** The network with other activations; its parameters stay as they are. */
export function withActivations(network: Network, { hidden, output }: TriedActivations): Network {
  const last = network.layers.length - 1;
  const layers = network.layers.map((layer, index) => {
    const tried = index === last ? output : layer.type === 'dense' ? hidden : undefined;
    return tried === undefined ? layer : { ...layer, activation: tried };
  });
  return { ...network, layers };
}
