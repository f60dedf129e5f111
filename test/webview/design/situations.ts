/** Networks and pictures of them, for the tests of gestures. */
import type {
  ActivationName,
  DenseLayer,
  Layer,
  MergeLayer,
  Network,
} from '../../../src/network/network';
import { parseNetwork } from '../../../src/network/parse';
import type { Geometry } from '../../../webview/design/contract';
import type { Situation } from '../../../webview/design/gestureStates';
import { worldOf, type World } from '../../../webview/design/world';

const base = parseNetwork(
  '{ "version": 1, "input": { "shape": [3] }, "layers": [{ "type": "dense", "units": 4, "activation": "sigmoid" }] }',
).network as Network;

export function dense(
  units: number,
  activation: ActivationName = 'sigmoid',
  id?: string,
): DenseLayer {
  return { ...(base.layers[0] as DenseLayer), units, activation, ...(id !== undefined && { id }) };
}

export function merge(type: 'add' | 'concat', from: readonly string[], units: number): MergeLayer {
  return { type, from, units, activation: 'linear' };
}

export function world(layers: readonly Layer[], inputs = 3, change: Partial<Network> = {}): World {
  return worldOf({ ...base, input: { shape: [inputs] }, layers, ...change }, inputs);
}

/** Columns 100 pixels apart from x = 50, 20 wide, from y = 100 to 300. */
export function geometry(layers: number): Geometry {
  const columns = Array.from({ length: layers + 1 }, (_, i) => {
    const x = 50 + 100 * i;
    return {
      layer: i - 1,
      box: { x: x - 10, y: 100, width: 20, height: 200 },
      head: { x: x - 40, y: 310, width: 80, height: 30 },
      handle: { x, y: 305 },
      port: { x: x + 20, y: 95 },
    };
  });
  const slots = Array.from({ length: layers + 1 }, (_, index) => {
    const x = 100 + 100 * index;
    return { index, box: { x: x - 40, y: 90, width: 80, height: 250 }, plus: { x, y: 90 } };
  });
  return { columns, slots, size: { width: 800, height: 500 }, zoom: 1 };
}

export function situation(of: World, change: Partial<Situation> = {}): Situation {
  return {
    world: of,
    geometry: geometry(of.network.layers.length),
    locked: undefined,
    selected: [],
    anchor: undefined,
    ...change,
  };
}
