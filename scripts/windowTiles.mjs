/**
 * The innermost loops of convolutions, as AssemblyScript: products of four windows, or of four of their values, by NR
 * filters. What they walk through lies in images: rows of a matrix of windows that nobody has to write. The rules of
 * tiles.mjs hold.
 */
import { each, MR, Tiles } from './tiles.mjs';

/** @import { Block } from './tiles.mjs' */

/** Steps of an iteration. */
const STEPS = 2;

/** @param {string} name */
const four = name => Array.from({ length: MR }, (_, i) => `${name}${i}: usize`).join(', ');

/** Makes the functions of one block. */
class WindowTiles extends Tiles {
  /** @override */
  source() {
    return `// Made by scripts/windowTiles.mjs.

/**
 * c (4, NR) = bias + a b, a four windows of \`lines\` lines of \`depth\` numbers, \`line\` bytes from one to the next, b
 * [lines][depth][NR]; with relu max(0, ·).
 */
${this.windowsForward()}

/**
 * c [4][NR] += a b, a four values of windows at \`count\` places, b (count, NR), \`width\` bytes from row to row. The table
 * tells how far the window of each place stands behind the first.
 */
${this.windowsAdd('windowsAdd', four('a'), i => `a${i} + o`)}

/** The same of values that stand side by side. */
${this.windowsAdd('windowsAddSide', 'a: usize', i => `a + o, ${4 * i}`)}

/** Rows to0 … to3 (NR) += a b, a (4, count), b [count][NR]: one row after the other, for they may overlap. */
${this.windowsScatter()}
`;
  }

  /**
   * The product of four rows of a by the rows of b, `STEPS` of them an iteration; the way out in the middle of it also keeps
   * old V8 from placing the loads of one step before another.
   * @param {(s: number) => string} before what a step begins with
   * @param {(i: number, s: number) => string} number where the number of a row of a stands
   * @param {(j: number, s: number) => string} vector where the j-th vector of the row of b stands
   * @param {string} move on, after the last step
   * @param {string} count of the steps that are left
   */
  rows(before, number, vector, move, count = 'count') {
    return `for (;;) {${each(
      STEPS,
      s => `
${before(s)}
${this.row(j => `const b${s}_${j} = v128.load(${vector(j, s)});`)}
${each(
  MR,
  i => `const x${s}_${i} = v128.load32_splat(${number(i, s)});
${this.row(j => `c${i}_${j} = ${this.addProduct(`c${i}_${j}`, `x${s}_${i}`, `b${s}_${j}`)};`)}`,
)}
if (--${count} == 0) break;`,
    )}
${move}
}`;
  }

  /**
   * The same where numbers and rows of b lie one behind the other.
   * @param {string} a  @param {string} b  @param {string} count
   */
  besides(a, b, count) {
    const width = 4 * this.nr;
    return this.rows(
      () => '',
      (i, s) => `${a}${i}, ${4 * s}`,
      (j, s) => `${b}, ${width * s + 16 * j}`,
      `${each(MR, i => `${a}${i} += ${4 * STEPS};`)}\n${b} += ${width * STEPS};`,
      count,
    );
  }

  windowsForward() {
    return `export function windowsForward(
  depth: i32, lines: i32, line: usize, ${four('a')}, b: usize, bias: usize, c: usize, stride: usize, relu: bool, zero: f32,
): void {
${this.row(j => `const d${j} = v128.load(bias, ${j * 16});`)}
${this.all((i, j) => `let c${i}_${j} = d${j};`)}
for (; lines > 0; lines--) {
let k = depth;
${each(MR, i => `let x${i} = a${i};`)}
let y = b;
${this.besides('x', 'y', 'k')}
${each(MR, i => `a${i} += line;`)}
b += <usize>depth * ${4 * this.nr};
}
if (relu) {
${this.all((i, j) => `c${i}_${j} = f32x4.max(c${i}_${j}, f32x4.splat(zero));`)}
}
${this.store((i, j) => `c${i}_${j}`)}
}`;
  }

  /** @param {string} name  @param {string} values parameters: where the four begin  @param {(i: number) => string} value */
  windowsAdd(name, values, value) {
    const loop = this.rows(
      s => `const o${s} = <usize>load<u32>(table, ${4 * s});\n${s > 0 ? 'b += width;' : ''}`,
      (i, s) => value(i).replace('+ o', `+ o${s}`),
      j => `b, ${16 * j}`,
      `table += ${4 * STEPS};\nb += width;`,
    );
    return `export function ${name}(
  count: i32, table: usize, ${values}, b: usize, width: usize, c: usize, zero: f32,
): void {
const stride: usize = ${4 * this.nr};
${this.fromZero}
${loop}
${this.store((i, j) => `f32x4.add(v128.load(c, ${j * 16}), c${i}_${j})`)}
}`;
  }

  windowsScatter() {
    return `export function windowsScatter(
  count: i32, ${four('a')}, b: usize, ${four('to')}, zero: f32,
): void {
${this.fromZero}
${this.besides('a', 'b', 'count')}
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
