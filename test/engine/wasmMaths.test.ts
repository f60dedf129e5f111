/** The engine's functions of four float32 at a time against the same functions in float64, all over float32. */
import { describe, expect, test } from 'vitest';
import { elementActivations, type ElementActivationName } from '../../src/engine/activations';
import { activationCodes } from '../../src/engine/wasm/codes';
import { createMemory, instantiate, type Exports } from '../../src/engine/wasm/webAssembly';
import { backendOf } from './engines';
import { errorOf, everywhere, worstError } from './ulps';

/** The module's constants lie below. */
const FROM = 8192;
const MOST = 65_536;
const TO = FROM + 4 * MOST;
const memory = createMemory(TO + 4 * MOST);
const [plain, relaxed] = (['plain-4x8', 'relaxed-4x8'] as const).map(name =>
  instantiate(backendOf(name).module, memory),
);
const input = new Float32Array(memory.buffer, FROM, MOST);
const output = new Float32Array(memory.buffer, TO, MOST);

function valuesOf(
  name: ElementActivationName,
  z: Float32Array,
  engine: Exports = plain,
): Float32Array {
  const values = new Float32Array(z.length);
  for (let start = 0; start < z.length; start += MOST) {
    const part = z.subarray(start, start + MOST);
    input.fill(0).set(part);
    engine.activateNumbers(activationCodes[name], FROM, TO, MOST);
    values.set(output.subarray(0, part.length), start);
  }
  return values;
}

const valueOf = (name: ElementActivationName, z: number): number =>
  valuesOf(name, Float32Array.of(z))[0];

/** Φ(z) also far below 0, where ½ (1 + erf) has no digits left: the continued fraction of erfc (Laplace). */
function normalDistribution(z: number): number {
  const y = -z / Math.SQRT2;
  if (y < 2) return elementActivations.gelu.value(z) / z;
  let fraction = y;
  for (let k = 80; k > 0; k--) fraction = y + k / 2 / fraction;
  return (0.5 * Math.exp(-y * y)) / (fraction * Math.sqrt(Math.PI));
}

const gelu = (z: number): number => (z === 0 ? 0 : z * normalDistribution(z));

/** Largest errors in units of the last place. */
const BOUNDS: { readonly [K in ElementActivationName]: number } = {
  linear: 0,
  step: 0,
  relu: 0,
  leakyRelu: 1,
  sigmoid: 2.5,
  tanh: 1.5,
  elu: 2.5,
  softplus: 2.5,
  silu: 3,
  /** Far below 0, where the square in e^(−z²/2) is rounded: 3e-5 of numbers like 1e-31. */
  gelu: 220,
};

const names = Object.keys(BOUNDS) as ElementActivationName[];

const ways = names.flatMap(name => [
  { name, bound: BOUNDS[name], how: 'plain', engine: plain },
  { name, bound: BOUNDS[name], how: 'fused', engine: relaxed },
]);

test.each(ways)('$name, $how: within $bound ulp', ({ name, bound, engine }) => {
  const value = name === 'gelu' ? gelu : elementActivations[name].value;
  const { worst, at } = worstError(valuesOf(name, everywhere, engine), value);
  expect(worst, `at ${at}`).toBeLessThanOrEqual(bound);
});

test('gelu above −3: within 12 ulp', () => {
  const z = everywhere.filter(each => each > -3);
  const values = valuesOf('gelu', z);
  const errors = values.map((value, i) => errorOf(value, gelu(z[i]), z[i]));
  expect(Math.max(...errors.subarray(0, 50_000), ...errors.subarray(50_000))).toBeLessThan(12);
});

describe('at the ends and at 0', () => {
  const infinite: {
    readonly [K in ElementActivationName]: readonly [below: number, above: number];
  } = {
    linear: [-Infinity, Infinity],
    step: [0, 1],
    relu: [0, Infinity],
    leakyRelu: [-Infinity, Infinity],
    sigmoid: [0, 1],
    tanh: [-1, 1],
    elu: [-1, Infinity],
    softplus: [0, Infinity],
    // 0 times ∞, as in the reference: a weighted input that overflows does not look like 0.
    silu: [NaN, Infinity],
    gelu: [NaN, Infinity],
  };

  test.each(names)('%s', name => {
    expect([valueOf(name, -Infinity), valueOf(name, Infinity)]).toEqual(infinite[name]);
    expect(valueOf(name, NaN)).toBeNaN();
    const { value } = elementActivations[name];
    for (const zero of [0, -0]) expect(valueOf(name, zero)).toBeCloseTo(value(zero), 7);
  });
});
