/**
 * Activations over whole buffers: one loop an activation.
 *
 * A single loop over a function that is passed in would be shorter, but engines compile it for all
 * activations at once: the call stays a call and puts every number on the heap. In these loops it is
 * always the same function, which is inlined, and a step allocates nothing.
 */
import { elementActivations as f, type ElementActivationName } from '../activations';
import type { Numbers } from '../numbers';

/** a = f(z), elementwise (count) */
export function activateElements(
  name: ElementActivationName,
  a: Numbers,
  z: Numbers,
  count: number,
): void {
  switch (name) {
    case 'linear':
      return copy(a, z, count);
    case 'step':
      for (let i = 0; i < count; i++) a[i] = f.step.value(z[i]);
      return;
    case 'sigmoid':
      for (let i = 0; i < count; i++) a[i] = f.sigmoid.value(z[i]);
      return;
    case 'tanh':
      for (let i = 0; i < count; i++) a[i] = f.tanh.value(z[i]);
      return;
    case 'relu':
      for (let i = 0; i < count; i++) a[i] = f.relu.value(z[i]);
      return;
    case 'leakyRelu':
      for (let i = 0; i < count; i++) a[i] = f.leakyRelu.value(z[i]);
      return;
    case 'elu':
      for (let i = 0; i < count; i++) a[i] = f.elu.value(z[i]);
      return;
    case 'gelu':
      for (let i = 0; i < count; i++) a[i] = f.gelu.value(z[i]);
      return;
    case 'silu':
      for (let i = 0; i < count; i++) a[i] = f.silu.value(z[i]);
      return;
    case 'softplus':
      for (let i = 0; i < count; i++) a[i] = f.softplus.value(z[i]);
      return;
  }
}

/** delta = dy ⊙ f′(z), elementwise (count) */
export function activateElementsBackward(
  name: ElementActivationName,
  delta: Numbers,
  dy: Numbers,
  z: Numbers,
  a: Numbers,
  count: number,
): void {
  switch (name) {
    case 'linear':
      return copy(delta, dy, count);
    case 'step':
      for (let i = 0; i < count; i++) delta[i] = dy[i] * f.step.derivative(z[i], a[i]);
      return;
    case 'sigmoid':
      for (let i = 0; i < count; i++) delta[i] = dy[i] * f.sigmoid.derivative(z[i], a[i]);
      return;
    case 'tanh':
      for (let i = 0; i < count; i++) delta[i] = dy[i] * f.tanh.derivative(z[i], a[i]);
      return;
    case 'relu':
      for (let i = 0; i < count; i++) delta[i] = dy[i] * f.relu.derivative(z[i], a[i]);
      return;
    case 'leakyRelu':
      for (let i = 0; i < count; i++) delta[i] = dy[i] * f.leakyRelu.derivative(z[i], a[i]);
      return;
    case 'elu':
      for (let i = 0; i < count; i++) delta[i] = dy[i] * f.elu.derivative(z[i], a[i]);
      return;
    case 'gelu':
      for (let i = 0; i < count; i++) delta[i] = dy[i] * f.gelu.derivative(z[i], a[i]);
      return;
    case 'silu':
      for (let i = 0; i < count; i++) delta[i] = dy[i] * f.silu.derivative(z[i], a[i]);
      return;
    case 'softplus':
      for (let i = 0; i < count; i++) delta[i] = dy[i] * f.softplus.derivative(z[i], a[i]);
      return;
  }
}

function copy(to: Numbers, from: Numbers, count: number): void {
  for (let i = 0; i < count; i++) to[i] = from[i];
}
