/** A tiny picture of each activation: a = f(z) for z from −3 to 3, so that a name has a shape. */
import { svg, type SVGTemplateResult } from 'lit';
import type { ActivationName } from '../../src/network/network';

const logistic = (z: number): number => 1 / (1 + Math.exp(-z));

/** For the eye only: drawn on 20 pixels, never counted with. */
const shapes: { readonly [K in Exclude<ActivationName, 'softmax'>]: (z: number) => number } = {
  linear: z => z,
  step: z => (z > 0 ? 1 : 0),
  sigmoid: logistic,
  tanh: Math.tanh,
  relu: z => Math.max(0, z),
  leakyRelu: z => (z > 0 ? z : 0.1 * z),
  elu: z => (z > 0 ? z : Math.exp(z) - 1),
  gelu: z => z * logistic(1.702 * z),
  silu: z => z * logistic(z),
  softplus: z => Math.log(1 + Math.exp(z)),
};

const WIDTH = 24;
const HEIGHT = 16;
const REACH = 3;
const STEPS = 24;

/** 24 × 16 pixels in the colour of the text; nothing is told by it that the name does not say. */
export function activationCurve(name: ActivationName, slot?: string): SVGTemplateResult | string {
  const path = name === 'softmax' ? SOFTMAX : curve(name);
  const axis = `M0 ${HEIGHT / 2}H${WIDTH}M${WIDTH / 2} 0V${HEIGHT}`;
  return svg`<svg
    class="curve"
    slot=${slot ?? ''}
    viewBox="0 0 ${WIDTH} ${HEIGHT}"
    width=${WIDTH}
    height=${HEIGHT}
    aria-hidden="true"
  ><path class="axis" d=${name === 'softmax' ? '' : axis}></path><path d=${path}></path></svg>`;
}

/** Shares of three classes: it has no curve of one z. */
const SOFTMAX = 'M4 14V11M12 14V3M20 14V8';

/** `step` jumps; every other one is drawn through its points. */
function curve(name: keyof typeof shapes): string {
  if (name === 'step') return `M1 8H${WIDTH / 2}V2H${WIDTH - 1}`;
  const largest = ['sigmoid', 'tanh'].includes(name) ? 1.2 : REACH;
  const points = Array.from({ length: STEPS + 1 }, (_, i) => {
    const z = (i / STEPS) * 2 * REACH - REACH;
    const y = HEIGHT / 2 - (shapes[name](z) / largest) * (HEIGHT / 2 - 1);
    return `${((i / STEPS) * (WIDTH - 2) + 1).toFixed(1)} ${y.toFixed(1)}`;
  });
  return `M${points.join('L')}`;
}
