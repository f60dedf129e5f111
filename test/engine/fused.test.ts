/** Fast maths: what becomes of a module. */
import { describe, expect, test } from 'vitest';
import { fused } from '../../src/engine/wasm/fused';
import { modules } from '../../src/engine/wasm/modules';

/** Of the format's own tools, loaded where it is needed: it takes a second. */
const disassembled = async (bytes: Uint8Array): Promise<Map<string, number>> => {
  const { default: binaryen } = await import('assemblyscript/binaryen');
  const module = binaryen.readBinary(bytes);
  module.setFeatures(binaryen.Features.All);
  const counts = new Map<string, number>();
  for (const [, instruction] of module.emitText().matchAll(/\(([\w.]+)/g))
    counts.set(instruction, (counts.get(instruction) ?? 0) + 1);
  module.dispose();
  return counts;
};

describe.each([
  ['4x8', 8],
  ['4x16', 16],
] as const)('the module for fast maths, %s', (block, width) => {
  const [plain, twin] = [modules[`plain-${block}`], modules[`relaxed-${block}`]];

  test('differs in products that are added, and in nothing else', async () => {
    const [before, after] = await Promise.all([plain, twin].map(each => disassembled(each.code())));
    const fusions = after.get('f32x4.relaxed_madd') ?? 0;
    // A tile has as many sums as a vector of each of its four rows, a window tile two steps of them.
    expect(fusions).toBeGreaterThan(20 * (width / 4) * 4);
    expect(before.has('f32x4.relaxed_madd')).toBe(false);
    // The text names the results of a block's own instructions, of which an empty one has none.
    for (const counts of [before, after])
      for (const name of ['nop', 'result', 'block']) counts.delete(name);
    const expected = new Map(before);
    for (const name of ['f32x4.mul', 'f32x4.add'])
      expected.set(name, (before.get(name) ?? 0) - fusions);
    expected.set('f32x4.relaxed_madd', fusions);
    expect(Object.fromEntries(after)).toEqual(Object.fromEntries(expected));
    expect(twin.code()).toHaveLength(plain.code().length);
    expect(twin.width).toBe(width);
  });
});

test('bytes that add no products are refused', () => {
  expect(() => fused(Uint8Array.of(0, 0x61, 0x73, 0x6d))).toThrow('adds no products');
  // A product that is not added to a local, and one whose local has an index of two bytes.
  const product = [0xfd, 0xe6, 0x01];
  const sum = [0xfd, 0xe4, 0x01];
  expect(() => fused(Uint8Array.of(...product, 0x41, 7, ...sum))).toThrow('adds no products');
  expect([...fused(Uint8Array.of(...product, 0x20, 0x87, 0x01, ...sum))]).toEqual([
    1, 1, 1, 0x20, 0x87, 0x01, 0xfd, 0x85, 0x02,
  ]);
});
