/** What each type of layer does with its views: a forgotten type does not compile. */
import type { LayerType } from '../../network/network';
import type { DenseViews, MergeViews, OperationViews } from '../arena';
import type { Kernels } from '../kernels/kernels';
import * as dense from './dense';
import * as merge from './merge';

export interface LayerRule<Views> {
  /** Reads sources and parameters, writes weighted input and output. */
  forward(views: Views, kernels: Kernels, rows: number): void;
  /**
   * Reads the output gradient (or delta), adds to the parameters' gradients, writes the sources' gradients
   * or adds to them (`Source.addsGradient`).
   */
  backward(views: Views, kernels: Kernels, rows: number, deltaKnown: boolean): void;
}

const layerRules: {
  readonly [K in LayerType]: LayerRule<K extends 'dense' ? DenseViews : MergeViews>;
} = { dense, add: merge, concat: merge };

/** The rule of an operation; it takes the views of that operation. */
export function ruleOf({ operation }: OperationViews): LayerRule<OperationViews> {
  return layerRules[operation.type] as LayerRule<OperationViews>;
}
