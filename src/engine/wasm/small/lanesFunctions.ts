/** Activations and losses of whole layers, four samples at a time. */
import type { ActivationName, Loss } from '../../../network/network';
import {
  add,
  addI32,
  divide,
  i32,
  isLess,
  larger,
  load,
  multiply,
  store,
  subtract,
  type Code,
} from './code';
import { ruleOf } from './functions';
import { byVectors, range, type Lanes } from './lanesMoves';
import { exp } from './maths';

/** a of `units` neurons, in the place of their z. */
export function activate(
  lanes: Lanes,
  activation: ActivationName,
  at: number,
  units: number,
): void {
  const { f, c, stride } = lanes;
  if (activation === 'linear') return;
  if (activation === 'softmax') return softmax(lanes, at, units);
  const { value } = ruleOf(activation);
  const place = f.integer(i32(at));
  f.repeat(
    () => {
      f.do(store(place.get, value(f, c, load(place.get))));
      place.set(addI32(place.get, i32(16)));
    },
    () => isLess(place.get, i32(at + units * stride)),
  );
}

function softmax(lanes: Lanes, start: number, units: number): void {
  const { f, c, stride } = lanes;
  const places = range(units).map(j => start + j * stride);
  byVectors(lanes, at => {
    const most = f.keep(places.map(place => load(at, place)).reduce(larger));
    const sum = f.variable(c.of(0));
    for (const place of places) {
      const power = f.keep(exp(f, c, subtract(load(at, place), most)));
      f.do(store(at, power, place));
      sum.set(add(sum.get, power));
    }
    const share = f.keep(divide(c.of(1), sum.get));
    for (const place of places) f.do(store(at, multiply(load(at, place), share), place));
  });
}

/**
 * ∂C/∂z of the last layer.
 *
 * @param a where its `units` neurons stand  @param delta where ∂C/∂z shall
 * @param factor of the reduction, in all lanes
 */
export function outputDelta(
  lanes: Lanes,
  loss: Loss,
  activation: ActivationName,
  a: number,
  delta: number,
  units: number,
  factor: Code,
): void {
  const { f, c, room, stride } = lanes;
  const isSquared = loss.type === 'meanSquaredError';
  const scale = isSquared && !loss.half ? f.keep(add(factor, factor)) : factor;
  const shifts = range(units).map(j => j * stride);
  byVectors(lanes, at => {
    const wanted = (shift: number): Code => load(at, room.targets + shift);
    const mass = loss.type === 'crossEntropy' ? f.keep(shifts.map(wanted).reduce(add)) : undefined;
    for (const shift of shifts) {
      const found = f.keep(load(at, a + shift));
      const error = subtract(mass ? multiply(mass, found) : found, wanted(shift));
      const gradient = f.keep(multiply(scale, error));
      // Cross-entropies stand with their own activation, and give ∂C/∂z at once.
      const value = isSquared ? ruleOf(activation).slope(c, gradient, found) : gradient;
      f.do(store(at, value, delta + shift));
    }
  });
}
