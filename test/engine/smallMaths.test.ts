/** The functions that the code of small networks has for itself, against the same functions in float64. */
import { describe, expect, test } from 'vitest';
import { elementActivations } from '../../src/engine/activations';
import {
  addI32,
  FunctionCode,
  i32,
  isLess,
  load,
  moduleBytes,
  store,
} from '../../src/engine/wasm/small/code';
import { Constants, CONSTANT_BYTES } from '../../src/engine/wasm/small/constants';
import { ruleOf } from '../../src/engine/wasm/small/functions';
import { compileModule, createMemory, instantiateWith } from '../../src/engine/wasm/webAssembly';
import { allowRelaxed } from './engines';
import { everywhere, worstError } from './ulps';

const CONSTANTS = 1024;
const FROM = 8192;

/** f of every number, in its place. */
function valuesOf(
  name: 'sigmoid' | 'tanh',
  how: 'value' | 'soon',
  fuses = false,
  given = everywhere,
): Float32Array {
  const rule = ruleOf(name)[how];
  if (!rule) throw new Error(`${name} has no other way`);
  const length = 4 * Math.ceil(given.length / 4);
  const memory = createMemory(FROM + 4 * length);
  const constants = new Constants(CONSTANTS, CONSTANT_BYTES);
  const f = new FunctionCode(2, fuses);
  const at = f.integer(f.parameter(0));
  f.repeat(
    () => {
      f.do(store(at.get, rule(f, constants, load(at.get))));
      at.set(addI32(at.get, i32(16)));
    },
    () => isLess(at.get, i32(FROM + 4 * length)),
  );
  const numbers = new Float32Array(memory.buffer, FROM, length);
  numbers.set(given);
  const module = compileModule(moduleBytes(['i32', 'f32'], f));
  constants.write(memory.buffer);
  (instantiateWith(module, memory) as { run: (from: number, _: number) => void }).run(FROM, 0);
  return numbers;
}

/** In units of the last place. */
const BOUNDS = { value: { sigmoid: 2.5, tanh: 1.5 }, soon: { sigmoid: 3.2, tanh: 2.5 } } as const;

describe.each(['sigmoid', 'tanh'] as const)('%s', name => {
  test.each([
    ['value', false],
    ['value', true],
    ['soon', false],
    ['soon', true],
  ] as const)('%s, fused: %s', (how, fuses) => {
    if (fuses) allowRelaxed();
    const { worst, at } = worstError(valuesOf(name, how, fuses), elementActivations[name].value);
    expect(worst, `at ${at}`).toBeLessThanOrEqual(BOUNDS[how][name]);
  });
});

test.each(['value', 'soon'] as const)('at the ends and at 0, %s', how => {
  const ends = Float32Array.of(-Infinity, -1e30, 0, -0, 1e30, Infinity, NaN, -88.5);
  const [sigmoid, tanh] = (['sigmoid', 'tanh'] as const).map(name => [
    ...valuesOf(name, how, false, ends),
  ]);
  expect(sigmoid).toEqual([0, 0, 0.5, 0.5, 1, 1, NaN, 0]);
  expect(tanh).toEqual([-1, -1, 0, -0, 1, 1, NaN, -1]);
});
