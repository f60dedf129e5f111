/**
 * The innermost loops of the engine, as AssemblyScript: products of 4 rows by NR columns, kept in registers.
 *
 * Rules that halve the speed where they are broken (measured on V8 11 to 13):
 * - 128 bits: 4 × 8 sums, 2 vectors of b, one of a and one product are 12 of 15 registers. Old V8 places all loads of
 *   an unrolled loop first, so there is one step an iteration (`unroll: 1`).
 * - 256 bits (V8's revectorizer): neighbouring vectors become one. Sums begin from one and the same value (`zero`, a
 *   parameter), all loads of a row stand before its stores, stores come in neighbouring pairs.
 * - Binaryen must not optimise this (`--optimizeLevel 0`): it moves the loads.
 *
 * Products are added in the order `product + sum`, and the sum is a local: what src/engine/wasm/fused.ts looks for.
 */

/** @typedef {{ nr: number, unroll: number }} Block */

/**
 * Which k a tile sums over: what tells them, and the loop.
 * @typedef {{ range: string, loop: string }} Sum
 */

/** Rows of a tile. */
export const MR = 4;

/** Vectors of sums of a single row by several panels: enough of them to hide how long an addition takes. */
const ROW_VECTORS = 8;

/**
 * @param {number} count
 * @param {(i: number) => string} line
 */
export const each = (count, line) => Array.from({ length: count }, (_, i) => line(i)).join('\n');

/** Makes the functions of one block. */
export class Tiles {
  /** Columns of a tile. */
  nr;
  #vectors;
  #unroll;

  /** @param {Block} block */
  constructor({ nr, unroll }) {
    this.nr = nr;
    this.#vectors = nr / 4;
    this.#unroll = unroll;
  }

  source() {
    const whole = { range: 'depth: i32', loop: this.product };
    const some = { range: 'places: usize, end: usize', loop: this.listed };
    return `// Made by scripts/tiles.mjs.
import { RATE, DECAYED, FIRST, SECOND, EPSILON, REST1, REST2, TINY } from './updates';

/** c (4, NR) = bias + a b, a [depth][4], b [depth][NR]; with relu max(0, ·). */
${this.forward('tileForward', whole)}

/** c (4, NR) = a b, or += a b unless it is the first. */
${this.add('tileAdd', whole)}

/** The same over the listed k alone. */
${this.add('listedAdd', some)}

/** w −= rate × a b: a step of plain gradient descent; w [4][NR]. */
${this.descend('tileDescend', whole)}

/** The same over the listed k alone. */
${this.descend('listedDescend', some)}

/** A step of Adam by the gradient a b; w, m, v [4][NR]. */
${this.adam('tileAdam', whole)}

/** The same over the listed k alone. */
${this.adam('listedAdam', some)}

/** c (NR) = start + a b, or += where it adds, of a single row over the listed k alone; with relu max(0, ·). */
${this.rowByLists('listedPanel', 1)}

/** The same for ACROSS neighbouring panels, which are \`panel\` bytes apart. */
export const ACROSS: i32 = ${this.#across};
${this.rowByLists('listedPanels', this.#across)}
`;
  }

  /**
   * A line for every vector of the tile.
   * @param {(i: number, j: number) => string} line
   */
  all(line) {
    return each(MR, i => this.row(j => line(i, j)));
  }

  /** @param {(j: number) => string} line */
  row(line) {
    return each(this.#vectors, line);
  }

  get fromZero() {
    return this.all((i, j) => `let c${i}_${j} = f32x4.splat(zero);`);
  }

  /** @param {string} c  @param {string} a  @param {string} b */
  addProduct(c, a, b) {
    return `f32x4.add(f32x4.mul(${a}, ${b}), ${c})`;
  }

  /**
   * One k: the s-th row of b by the s-th four numbers of a.
   * @param {number} s
   */
  step(s, a = 'a', b = 'b') {
    return `
${this.row(j => `const b${s}_${j} = v128.load(${b}, ${4 * s * this.nr + 16 * j});`)}
${each(
  MR,
  i => `const a${s}_${i} = v128.load32_splat(${a}, ${4 * (s * MR + i)});
${this.row(j => `c${i}_${j} = ${this.addProduct(`c${i}_${j}`, `a${s}_${i}`, `b${s}_${j}`)};`)}`,
)}`;
  }

  /** All k from 0 to the depth. */
  get product() {
    const unroll = this.#unroll;
    const steps = `for (; k >= ${unroll}; k -= ${unroll}) {${each(unroll, s => this.step(s))}
a += ${unroll * MR * 4};
b += ${unroll * this.nr * 4};
}`;
    return `let k = depth;
${unroll === 1 ? '' : steps}
for (; k > 0; k--) {${this.step(0)}
a += ${MR * 4};
b += ${this.nr * 4};
}`;
  }

  /** Some k alone, of which a has no others: `places` tells where in b they stand. */
  get listed() {
    return `for (; places < end; places += 4) {
const y = b + <usize>load<u32>(places);${this.step(0, 'a', 'y')}
a += ${MR * 4};
}`;
  }

  /** Panels whose sums for one row are as many as those of a tile of half the rows. */
  get #across() {
    return ROW_VECTORS / this.#vectors;
  }

  /**
   * One listed k of a single row: its number in a, and its row of b in each panel.
   * @param {number} s  @param {number} panels
   */
  rowStep(s, panels) {
    const vectors = this.#vectors;
    return `
const y${s}_0 = b + <usize>load<u32>(places, ${4 * s});
${each(panels - 1, p => `const y${s}_${p + 1} = y${s}_${p} + panel;`)}
const a${s} = v128.load32_splat(a, ${4 * s});
${each(panels * vectors, j => `const b${s}_${j} = v128.load(y${s}_${Math.floor(j / vectors)}, ${16 * (j % vectors)});`)}
${each(panels * vectors, j => `c${j} = ${this.addProduct(`c${j}`, `a${s}`, `b${s}_${j}`)};`)}`;
  }

  /** @param {string} name  @param {number} panels */
  rowByLists(name, panels) {
    const unroll = this.#unroll;
    const count = panels * this.#vectors;
    /** @type {(line: (j: number) => string) => string} */
    const all = line => each(count, line);
    const steps = `for (; places + ${4 * (unroll - 1)} < end; places += ${4 * unroll}) {${each(unroll, s => this.rowStep(s, panels))}
a += ${4 * unroll};
}`;
    return `export function ${name}(
  places: usize, end: usize, a: usize, b: usize, panel: usize, start: usize, c: usize, adds: bool, relu: bool, zero: f32,
): void {
${all(j => `let c${j} = v128.load(start, ${16 * j});`)}
${unroll === 1 ? '' : steps}
for (; places < end; places += 4) {${this.rowStep(0, panels)}
a += 4;
}
if (adds) {
${all(j => `c${j} = f32x4.add(v128.load(c, ${16 * j}), c${j});`)}
}
if (relu) {
${all(j => `c${j} = f32x4.max(c${j}, f32x4.splat(zero));`)}
}
${all(j => `v128.store(c, c${j}, ${16 * j});`)}
}`;
  }

  /**
   * Rows of the tile to c: all loads of a row stand before its stores.
   * @param {(i: number, j: number) => string} value
   */
  store(value) {
    return each(
      MR,
      i => `${this.row(j => `const s${i}_${j} = ${value(i, j)};`)}
${this.row(j => `v128.store(c, s${i}_${j}, ${j * 16});`)}
${i < MR - 1 ? 'c += stride;' : ''}`,
    );
  }

  /** @param {string} name  @param {Sum} sum */
  forward(name, { range, loop }) {
    return `export function ${name}(
  ${range}, a: usize, b: usize, bias: usize, c: usize, stride: usize, relu: bool, zero: f32,
): void {
${this.row(j => `const d${j} = v128.load(bias, ${j * 16});`)}
${this.all((i, j) => `let c${i}_${j} = d${j};`)}
${loop}
if (relu) {
${this.all((i, j) => `c${i}_${j} = f32x4.max(c${i}_${j}, f32x4.splat(zero));`)}
}
${this.store((i, j) => `c${i}_${j}`)}
}`;
  }

  /** @param {string} name  @param {Sum} sum */
  add(name, { range, loop }) {
    return `export function ${name}(
  ${range}, a: usize, b: usize, c: usize, stride: usize, first: bool, zero: f32,
): void {
${this.fromZero}
${loop}
if (first) {
${this.store((i, j) => `c${i}_${j}`)}
} else {
${this.store((i, j) => `f32x4.add(v128.load(c, ${j * 16}), c${i}_${j})`)}
}
}`;
  }

  /** @param {string} name  @param {Sum} sum */
  descend(name, { range, loop }) {
    return `export function ${name}(
  ${range}, a: usize, b: usize, w: usize, step: usize, zero: f32,
): void {
${this.fromZero}
${loop}
const rate = v128.load32_splat(step, RATE);
${each(MR, i => {
  const at = this.placesOf(i);
  return `${this.row(j => `const w${i}_${j} = f32x4.sub(v128.load(w, ${at[j]}), f32x4.mul(c${i}_${j}, rate));`)}
${this.row(j => `v128.store(w, w${i}_${j}, ${at[j]});`)}`;
})}
}`;
  }

  /** @param {string} name  @param {Sum} sum */
  adam(name, { range, loop }) {
    /** @type {(place: string) => string} */
    const number = place => `v128.load32_splat(step, ${place})`;
    // As \`kept\` in updates.ts, which is no operation of tiles.
    /** @type {(moment: string) => string} */
    const kept = moment => `f32x4.sub(f32x4.add(${moment}, ${number('TINY')}), ${number('TINY')})`;
    return `export function ${name}(
  ${range}, a: usize, b: usize, w: usize, m: usize, v: usize, step: usize, zero: f32,
): void {
${this.fromZero}
${loop}
${each(MR, i => {
  const at = this.placesOf(i);
  /** @type {(line: (id: string, at: number) => string) => string} */
  const row = line => this.row(j => line(`${i}_${j}`, at[j]));
  return `
${row((id, to) => `const m${id} = ${kept(`f32x4.add(f32x4.mul(v128.load(m, ${to}), ${number('FIRST')}), f32x4.mul(c${id}, ${number('REST1')}))`)};`)}
${row((id, to) => `const v${id} = ${kept(`f32x4.add(f32x4.mul(v128.load(v, ${to}), ${number('SECOND')}), f32x4.mul(f32x4.mul(c${id}, c${id}), ${number('REST2')}))`)};`)}
${row((id, to) => `const w${id} = f32x4.sub(f32x4.mul(v128.load(w, ${to}), ${number('DECAYED')}), f32x4.div(f32x4.mul(m${id}, ${number('RATE')}), f32x4.add(f32x4.sqrt(v${id}), ${number('EPSILON')})));`)}
${row((id, to) => `v128.store(m, m${id}, ${to});`)}
${row((id, to) => `v128.store(v, v${id}, ${to});`)}
${row((id, to) => `v128.store(w, w${id}, ${to});`)}`;
})}
}`;
  }

  /**
   * Of the vectors of a row of weights, in bytes.
   * @param {number} i
   */
  placesOf(i) {
    return Array.from({ length: this.#vectors }, (_, j) => (i * this.#vectors + j) * 16);
  }
}

/**
 * @param {Block} block
 * @returns {string} the source of `tiles.ts`
 */
export const tilesSource = block => new Tiles(block).source();
