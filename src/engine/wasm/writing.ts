/** What stands in the memory before the first step. */
import type { Network } from '../../network/network';
import type { NetworkShapes } from '../../network/shapes';
import { writeHeader } from './headerNumbers';
import type { Layout } from './layout';
import { writeNorms } from './norms';
import { writeProgram } from './program';
import { writeWindows } from './windows';

/** Header, tables and lists of operations. @param asBytes whether inputs are kept as bytes */
export function writeNetwork(
  buffer: ArrayBuffer,
  network: Network,
  shapes: NetworkShapes,
  layout: Layout,
  asBytes: boolean,
): void {
  writeHeader(buffer, network, shapes, layout, asBytes);
  writeWindows(buffer, layout.windows, layout.work);
  writeNorms(buffer, network, layout.norms);
  writeProgram(buffer, network, shapes, layout);
}
