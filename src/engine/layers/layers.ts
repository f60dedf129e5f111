/** What each type of layer does with its views: a forgotten type does not compile. */
import type { LayerType } from '../../network/network';
import type { OperationViews } from '../arena';
import type { Kernels } from '../kernels/kernels';
import * as dense from './dense';

export interface LayerRule {
  /** Reads input and parameters, writes weighted input and output. */
  forward(views: OperationViews, kernels: Kernels, rows: number): void;
  /** Reads the output gradient (or delta), adds to the parameters' gradients, writes the input gradient. */
  backward(views: OperationViews, kernels: Kernels, rows: number, deltaKnown: boolean): void;
}

export const layerRules: { readonly [K in LayerType]: LayerRule } = { dense };
