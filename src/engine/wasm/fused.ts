/**
 * Products that are added without being rounded before: a·b + c as one operation (a fused multiply-add) where the processor
 * has it, as nearly all have. It takes half the time on Intel's and on ARM, and gives other bits.
 *
 * The module is not compiled a second time. Where a product of four numbers is added to a local, an instruction of relaxed
 * vectors (WebAssembly Core Specification 3.0) does both; it is as long as the addition, and the multiplication's
 * place is left empty, so nothing moves.
 */

/** f32x4.mul, f32x4.add and f32x4.relaxed_madd. */
const MULTIPLY = [0xfd, 0xe6, 0x01];
const ADD = [0xfd, 0xe4, 0x01];
const MULTIPLY_ADD = [0xfd, 0x85, 0x02];
const LOCAL_GET = 0x20;
const NOP = 0x01;
/** The bit that says that an index goes on in the next byte. */
const MORE = 0x80;

/**
 * The twin of a module.
 *
 * @throws Error when it adds no products to locals: it has not been made by scripts/tiles.mjs
 */
export function fused(bytes: Uint8Array): Uint8Array {
  const twin = bytes.slice();
  const isAt = (at: number, instruction: readonly number[]): boolean =>
    instruction.every((byte, i) => bytes[at + i] === byte);
  let found = 0;
  for (let at = bytes.indexOf(MULTIPLY[0]); at >= 0; at = bytes.indexOf(MULTIPLY[0], at + 1)) {
    if (!isAt(at, MULTIPLY) || bytes[at + 3] !== LOCAL_GET) continue;
    let behind = at + 4;
    while (bytes[behind] & MORE) behind += 1;
    if (!isAt(behind + 1, ADD)) continue;
    twin.fill(NOP, at, at + MULTIPLY.length);
    twin.set(MULTIPLY_ADD, behind + 1);
    found += 1;
  }
  if (found === 0) throw new Error('The module adds no products to its locals.');
  return twin;
}
