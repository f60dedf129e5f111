/** The tensors of a layout: where an array as long as the parameters has its layers. */
import type { TensorNumbers } from '../divergence';
import type { Layout } from './layout';
import { layerTensors, shifted, type Panels } from './panels';

/** Where an array so many bytes behind the parameters has its layers. */
export function panelsOf({ weighted }: Layout, bytes: number): Panels[] {
  return weighted
    .flatMap(({ panels, statistics }) => (statistics ? [panels, statistics] : [panels]))
    .map(panels => shifted(panels, bytes / 4));
}

/** The numbers of that array, layer by layer. */
export function tensorsOf(
  { weighted }: Layout,
  floats: Float32Array,
  bytes: number,
): TensorNumbers[] {
  return weighted.flatMap(({ layer, panels, statistics }) =>
    [panels, ...(statistics ? [statistics] : [])].flatMap(all =>
      layerTensors(layer, floats, shifted(all, bytes / 4)),
    ),
  );
}
