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
import { compileModule, instantiateWith, type Memory } from '../webAssembly';
import { CONSTANT_BYTES, Constants } from './constants';
import { LanesCode } from './lanes';
import type { LanesRoom } from './lanesRoom';
import { NeuronsCode } from './neurons';

/**
 * What is made for a network, each when it is first called. Orders are addresses of sample indices, `factor` is that of
 * the reduction.
 */
export interface SmallCode {
  /** Adds the gradients of `rows` samples to those that stand in their place. */
  gradients(order: number, rows: number, factor: number): void;
  /**
   * A step of plain gradient descent for each of `steps` samples. Behind it the four numbers at `layout.block` add up to
   * the squared norm of the last step's gradient.
   */
  descend(order: number, steps: number, factor: number): void;
  /** The same as `gradients`, by four samples at a time. */
  laneGradients(order: number, rows: number, factor: number): void;
  /** The same as `descend`, with steps by `rows` samples each, as many as pass at once at most (lanesRoom.ts). */
  laneDescend(order: number, rows: number, steps: number, factor: number): void;
}

/**
 * @param network that is small; its constants are written into the memory
 * @param fuses whether products are fused with sums
 */
export function smallCode(
  network: Network,
  shapes: NetworkShapes,
  layout: Layout,
  lanes: LanesRoom,
  memory: Memory,
  fuses: boolean,
): SmallCode {
  const constants = new Constants(layout.constants, CONSTANT_BYTES);
  const small = { network, shapes, layout, lanes, constants, fuses };
  const made = (make: () => FunctionCode): Run => {
    let run: Run | undefined;
    const compiled = (count: number): Run => {
      const parameters = Array.from({ length: count }, (_, i) => (i < count - 1 ? 'i32' : 'f32'));
      const module = compileModule(moduleBytes(parameters, make()));
      constants.write(memory.buffer);
      return (instantiateWith(module, memory) as { run: Run }).run;
    };
    return (...args) => (run ??= compiled(args.length))(...args);
  };
  return {
    gradients: made(() => new NeuronsCode(small, false).make()),
    descend: made(() => new NeuronsCode(small, true).make()),
    laneGradients: made(() => new LanesCode(small, false).make()),
    laneDescend: made(() => new LanesCode(small, true).make()),
  };
}

/** Integers, and behind them a factor. */
type Run = (...args: number[]) => void;
