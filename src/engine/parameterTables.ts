/** The tensors of a network's numbers: parameters, and the running statistics of batchNorm. */
import { hasParameters } from '../network/layerTypes';
import type { Network } from '../network/network';
import type { NetworkShapes } from '../network/shapes';
import type { Region } from './operations';

/** What an optimizer changes, and the running statistics of batchNorm, which have no gradient. */
export type TableKind = 'weight' | 'bias' | 'mean' | 'variance';

/** One tensor of parameters or statistics. `offset` counts from the first parameter, in the file's order. */
export interface ParameterTable {
  readonly layer: number;
  readonly kind: TableKind;
  readonly offset: number;
  readonly length: number;
  readonly rows: number;
  /** 1 for all but weights. */
  readonly columns: number;
  readonly penalised: boolean;
}

/** Whether an optimizer changes it. */
export const isTrained = ({ kind }: ParameterTable): boolean =>
  kind === 'weight' || kind === 'bias';

/** The tensors of a network's parameters and running statistics. */
export function parameterTablesOf(network: Network, shapes: NetworkShapes): ParameterTable[] {
  const result: ParameterTable[] = [];
  let offset = 0;
  network.layers.forEach((rule, layer) => {
    if (!hasParameters(rule)) return;
    const { rows, columns: width } = shapes.layers[layer];
    const add = (kind: TableKind, columns: number): void => {
      const length = rows * columns;
      const penalised = kind === 'weight' || (kind === 'bias' && network.regularization.bias);
      result.push({ layer, kind, offset, length, rows, columns, penalised });
      offset += length;
    };
    add('weight', width);
    if (rule.useBias) add('bias', 1);
    if (rule.type !== 'batchNorm') return;
    add('mean', 1);
    add('variance', 1);
  });
  return result;
}

/** Where the tensors of a layer lie in a space as long as all of them. */
export function regionsOf(
  parameterTables: readonly ParameterTable[],
  space: Region,
  layer: number,
): (kind: TableKind) => Region | undefined {
  return kind => {
    const table = parameterTables.find(t => t.layer === layer && t.kind === kind);
    return table && { offset: space.offset + table.offset, length: table.length };
  };
}
