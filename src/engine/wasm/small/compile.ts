/**
 * A small network as machine code of its own, made for this network alone.
 *
 * In a network of some neurons most of a step is finding out what to do next. Here nothing is left to find out: sizes,
 * addresses and functions are constants of the code.
 */
import type { Network } from '../../../network/network';
import type { NetworkShapes } from '../../../network/shapes';
import type { Layout } from '../layout';
import { moduleBytes, type FunctionCode } from './code';
import { CONSTANT_BYTES, Constants } from './constants';
import { LanesCode } from './lanes';
import type { LanesRoom } from './lanesRoom';
import { NeuronsCode } from './neurons';

/** What the module exports. Orders are addresses of sample indices. */
export interface SmallExports {
  /** Adds the gradients of `rows` samples to those that stand in their place; `factor` of the reduction. */
  gradients(order: number, rows: number, factor: number): void;
  /**
   * A step of plain gradient descent for each of `steps` samples. Behind it the four numbers at `layout.block` add up to
   * the squared norm of the last step's gradient.
   */
  descend(order: number, steps: number, factor: number): void;
  /** The same as `gradients`, by four samples at a time. */
  laneGradients(order: number, rows: number, steps: 1, factor: number): void;
  /** The same as `descend`, with steps by `rows` samples each, as many as pass at once at most (lanesRoom.ts). */
  laneDescend(order: number, rows: number, steps: number, factor: number): void;
}

/** @param network that is small; writes its constants into the memory */
export function compileSmall(
  network: Network,
  shapes: NetworkShapes,
  layout: Layout,
  lanes: LanesRoom,
  buffer: ArrayBuffer,
): Uint8Array {
  const constants = new Constants(layout.constants, CONSTANT_BYTES);
  const make = (descends: boolean): FunctionCode =>
    new NeuronsCode(network, shapes, layout, constants, descends).make();
  const inLanes = (descends: boolean): FunctionCode =>
    new LanesCode(network, shapes, layout, lanes, constants, descends).make();
  const parameters = ['i32', 'i32', 'f32'] as const;
  const ofLanes = ['i32', 'i32', 'i32', 'f32'] as const;
  const bytes = moduleBytes({
    gradients: { parameters, code: make(false) },
    descend: { parameters, code: make(true) },
    laneGradients: { parameters: ofLanes, code: inLanes(false) },
    laneDescend: { parameters: ofLanes, code: inLanes(true) },
  });
  constants.write(buffer);
  return bytes;
}
