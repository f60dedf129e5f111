/** What each type of layer does with its views: a forgotten type does not compile. */
import type { LayerType } from '../../network/network';
import type { OperationViews, ViewsByType } from '../arena';
import type { TrainingPlace } from '../dropout';
import type { Kernels } from '../kernels/kernels';
import * as batchNorm from './batchNorm';
import * as conv from './conv';
import * as dense from './dense';
import * as dropout from './dropout';
import * as flatten from './flatten';
import * as merge from './merge';
import * as pool from './pool';

export interface LayerRule<Views> {
  /**
   * Reads sources and parameters, writes weighted input and output.
   *
   * @param place of the samples in a training; absent where the network is only looked at
   */
  forward(views: Views, kernels: Kernels, rows: number, place?: TrainingPlace): void;
  /**
   * Reads the output gradient (or delta), adds to the parameters' gradients, writes the sources' gradients
   * or adds to them (`Source.addsGradient`).
   */
  backward(views: Views, kernels: Kernels, rows: number, deltaKnown: boolean): void;
}

const layerRules: { readonly [K in LayerType]: LayerRule<ViewsByType[K]> } = {
  dense,
  add: merge,
  concat: merge,
  conv2d: conv,
  maxPool2d: pool,
  averagePool2d: pool,
  flatten,
  dropout,
  batchNorm,
};

/** The rule of an operation; it takes the views of that operation. */
export function ruleOf({ operation }: OperationViews): LayerRule<OperationViews> {
  return layerRules[operation.type] as LayerRule<OperationViews>;
}
