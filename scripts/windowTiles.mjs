/**
 * The innermost loops of convolutions, as AssemblyScript: products of four windows, or of four of their values, by NR
 * filters. What they walk through lies in images: rows of a matrix of windows that nobody has to write. The rules of
 * tiles.mjs hold.
 */
import { each, MR, Tiles } from './tiles.mjs';

/** @import { Block } from './tiles.mjs' */

/** @param {string} name */
const four = name => Array.from({ length: MR }, (_, i) => `${name}${i}: usize`).join(', ');

/** Makes the functions of one block. */
class WindowTiles extends Tiles {
  /** @override */
  source() {
    return `// Made by scripts/windowTiles.mjs.

/**
 * c (4, NR) = bias + a b, a four windows of \`lines\` lines of \`depth\` numbers, the next one \`jump\` bytes behind the end of
 * one; with relu max(0, ·).
 */
${this.windowsForward()}

/** c [4][NR] += a b, a four values of windows at \`lines\` lines of \`depth\` places, which are \`step\` bytes apart. */
${this.windowsAdd()}

/** Rows c0 … c3 (NR) += a b, a four rows of \`depth\` numbers: one row after the other, for they may overlap. */
${this.windowsScatter()}
`;
  }

  /**
   * The product of four rows of a that lie anywhere, line by line.
   * @param {string} step bytes from number to number of a
   * @param {string} width the same from row to row of b
   */
  rows(step, width) {
    /** @type {(by: string) => string} */
    const move = by => each(MR, i => `a${i} += ${by};`);
    return `for (let k = depth; k > 0; k--) {
${this.row(j => `const b_${j} = v128.load(b, ${16 * j});`)}
${each(
  MR,
  i => `const x${i} = v128.load32_splat(a${i});
${this.row(j => `c${i}_${j} = ${this.addProduct(`c${i}_${j}`, `x${i}`, `b_${j}`)};`)}`,
)}
${move(step)}
b += ${width};
}`;
  }

  /** @param {string} step  @param {string} width */
  lines(step, width) {
    return `for (let line = lines; line > 0; line--) {
${this.rows(step, width)}
${each(MR, i => `a${i} += jump;`)}
}`;
  }

  windowsForward() {
    return `export function windowsForward(
  depth: i32, lines: i32, jump: usize, ${four('a')}, b: usize, bias: usize, c: usize, stride: usize, relu: bool, zero: f32,
): void {
${this.row(j => `const d${j} = v128.load(bias, ${j * 16});`)}
${this.all((i, j) => `let c${i}_${j} = d${j};`)}
${this.lines('4', `${4 * this.nr}`)}
if (relu) {
${this.all((i, j) => `c${i}_${j} = f32x4.max(c${i}_${j}, f32x4.splat(zero));`)}
}
${this.store((i, j) => `c${i}_${j}`)}
}`;
  }

  windowsAdd() {
    return `export function windowsAdd(
  depth: i32, lines: i32, step: usize, jump: usize, ${four('a')}, b: usize, width: usize, c: usize, zero: f32,
): void {
const stride: usize = ${4 * this.nr};
${this.fromZero}
${this.lines('step', 'width')}
${this.store((i, j) => `f32x4.add(v128.load(c, ${j * 16}), c${i}_${j})`)}
}`;
  }

  windowsScatter() {
    return `export function windowsScatter(
  depth: i32, ${four('a')}, b: usize, ${four('to')}, zero: f32,
): void {
${this.fromZero}
${this.rows('4', `${4 * this.nr}`)}
${each(
  MR,
  i => `${this.row(j => `const s${i}_${j} = f32x4.add(v128.load(to${i}, ${j * 16}), c${i}_${j});`)}
${this.row(j => `v128.store(to${i}, s${i}_${j}, ${j * 16});`)}`,
)}
}`;
  }
}

/**
 * @param {Block} block
 * @returns {string} the source of `windowTiles.ts`
 */
export const windowTilesSource = block => new WindowTiles(block).source();
