/** Records of layers with weights (shared/denseRecord.ts). */
import type { Network } from '../../network/network';
import type { LayerBuffers, Layout, WeightedBuffers } from './layout';
import * as field from './shared/denseRecord';

/** What all operations of such a layer share. */
export function weightFields(
  network: Network,
  layout: Layout,
  { weights, bias, rate, panels }: WeightedBuffers,
  { stride, output, delta }: LayerBuffers,
): Record<number, number> {
  const { parameters, parameterBytes, gradients, width, work } = layout;
  /** The n-th array of moments, where the optimizer has one. */
  const moment = (address: number, n: number): number =>
    n * parameterBytes < layout.stateBytes ? address + n * parameterBytes : 0;
  return {
    [field.INPUTS]: panels.inputs,
    [field.PANELS]: Math.ceil(panels.units / width),
    [field.WEIGHTS]: weights,
    [field.BIAS]: bias,
    [field.OUTPUT]: output,
    [field.OUTPUT_STRIDE]: stride,
    [field.FIRST_W]: moment(weights, 1),
    [field.SECOND_W]: moment(weights, 2),
    [field.FIRST_B]: moment(bias, 1),
    [field.SECOND_B]: moment(bias, 2),
    [field.USE_BIAS]: panels.useBias ? 1 : 0,
    [field.PENALISES_BIAS]: network.regularization.bias ? 1 : 0,
    [field.GRADIENT_W]: gradients + weights - parameters,
    [field.GRADIENT_B]: gradients + bias - parameters,
    [field.RATE]: rate,
    [field.UNITS]: panels.units,
    [field.PACKED_ROWS]: work.rows,
    [field.TRANSPOSED]: work.transposed,
    [field.PACKED_INPUT]: work.input,
    [field.PACKED_DELTA]: work.delta,
    [field.DELTA]: delta,
  };
}
