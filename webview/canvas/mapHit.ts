/** Which value, or which weight of a filter, lies under a point of the picture. */
import type { Target } from '../../src/engine/facts';
import type { Point } from './layout';
import { partAt } from './maps';
import { sliceOf } from './paintMaps';
import type { Scene } from './scene';

/** `point` in the picture's pixels; undefined away from all image layers. */
export function mapPartAt(scene: Scene, point: Point): Target | undefined {
  for (const { layer, maps } of scene.layout.columns) {
    const target = maps && partAt(layer, maps, point, sliceOf(scene, layer));
    if (target) return target;
  }
  return undefined;
}
