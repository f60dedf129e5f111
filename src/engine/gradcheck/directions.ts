/**
 * The gradient in random directions: one difference of the loss sees all parameters at once.
 *
 * Along a unit direction v the derivative of the loss is ∇C·v, and (C(θ + hv) − C(θ − hv)) / 2h has to agree with it:
 * the directional derivative test, with which gradients are checked that have too many entries for one difference each
 * (J. Nocedal and S. J. Wright, "Numerical Optimization", 2006, section 8.1, for the difference and its step; SciPy's
 * `check_grad(direction='random')` and JAX's `check_grads` do the same). A gradient that is wrong by e escapes one
 * direction only where e·v is as good as 0.
 *
 * Each entry of v is +1/√n or −1/√n, as a coin falls (Rademacher): v has length 1, the mean of (e·v)² is |e|²/n as for
 * a direction from the unit sphere, no parameter gets by chance a share too small to be seen, and half a million
 * entries take a millisecond. Two errors of the same size cancel in every other direction, so there are several.
 */
import { Random } from '../../math/random';
import { isTrained } from '../plan';
import type { Comparer, Comparison } from './comparison';
import type { Forward } from './forward';
import { Lines, type Walk } from './lines';

export interface DirectionEntry extends Comparison {
  /** From 1. */
  readonly number: number;
}

export interface DirectionsReport {
  readonly entries: readonly DirectionEntry[];
  /** Verdicts `ok`, `tiny` and `flat`; `look` and `fail`; `kink`. */
  readonly agree: number;
  readonly failed: number;
  readonly kinks: number;
  /** Largest error among the verdicts `ok`, `look` and `fail`; NaN where there is none. */
  readonly worst: number;
  /** Parameters that each direction moves. */
  readonly moved: number;
  /**
   * Parameters that no direction moves, because the loss has no derivative by them: biases of neurons whose z is
   * exactly 0 where their activation has a kink, and weights of 0 under an L1 penalty.
   */
  readonly leftOut: number;
}

const DIRECTIONS = 20;

export class Directions {
  readonly #seed: number;
  readonly #analytic: Float64Array;
  readonly #lines: Lines;
  /** By parameter: 1 where it is moved. */
  readonly #isMoved: Uint8Array;
  /** The direction under way. */
  readonly #v: Float64Array;
  readonly #moved: number;
  readonly #leftOut: number;
  readonly #scale: number;
  readonly #isFlat: boolean;
  readonly #entries: DirectionEntry[] = [];

  /**
   * @param walk whose parameters are in the file's order, as `analytic` is
   * @param flatLayers by layer, whether every gradient is 0
   */
  constructor(walk: Walk, analytic: Float64Array, flatLayers: readonly boolean[]) {
    const { here, parameters, tables } = walk;
    const trained = tables.filter(isTrained);
    this.#seed = here.network.seed;
    this.#analytic = analytic;
    this.#lines = new Lines(walk);
    this.#isMoved = movedIn(walk);
    this.#v = new Float64Array(parameters.length);
    this.#moved = this.#isMoved.reduce((sum, moved) => sum + moved, 0);
    this.#leftOut = trained.reduce((sum, { length }) => sum + length, 0) - this.#moved;
    const squares = parameters.reduce((sum, w, i) => sum + this.#isMoved[i] * w * w, 0);
    this.#scale = Math.max(1, Math.sqrt(squares));
    this.#isFlat = trained.every(({ layer }) => flatLayers[layer]);
  }

  /** How many there are to be checked. */
  get count(): number {
    return this.#moved > 0 ? DIRECTIONS : 0;
  }

  get checked(): number {
    return this.#entries.length;
  }

  /** Checks the next one. */
  next(comparer: Comparer): void {
    const number = this.checked + 1;
    this.#draw(number);
    const v = this.#v;
    const line = {
      analytic: v.reduce((sum, entry, i) => sum + entry * this.#analytic[i], 0),
      scale: this.#scale,
      flat: this.#isFlat,
      central: (h: number) => this.#lines.central(v, h),
      fivePoint: (h: number) => this.#lines.fivePoint(v, h),
    };
    this.#entries.push({ number, ...comparer.compare(line) });
  }

  report(): DirectionsReport {
    const entries = [...this.#entries];
    const having = (...verdicts: readonly Comparison['verdict'][]): readonly DirectionEntry[] =>
      entries.filter(({ verdict }) => verdicts.includes(verdict));
    const errors = having('ok', 'look', 'fail').map(({ error }) => error);
    return {
      entries,
      agree: having('ok', 'tiny', 'flat').length,
      failed: having('look', 'fail').length,
      kinks: having('kink').length,
      worst: errors.length > 0 ? Math.max(...errors) : NaN,
      moved: this.#moved,
      leftOut: this.#leftOut,
    };
  }

  /** The same for the same seed and number; 32 coins a random number. */
  #draw(number: number): void {
    const random = new Random(this.#seed, `gradcheck:${number}`);
    const size = 1 / Math.sqrt(this.#moved);
    const v = this.#v;
    let coins = 0;
    for (let i = 0; i < v.length; i++) {
      coins = i % 32 === 0 ? random.uint32() : coins >>> 1;
      v[i] = this.#isMoved[i] === 0 ? 0 : (coins & 1) === 1 ? size : -size;
    }
  }
}

/** 1 for each trained parameter by which the loss has a derivative, as far as one number alone tells. */
function movedIn({ here, parameters, tables }: Walk): Uint8Array {
  const isMoved = new Uint8Array(parameters.length);
  const { l1 } = here.network.regularization;
  for (const { layer, kind, offset, length, penalised } of tables.filter(isTrained)) {
    const stands = kind === 'bias' ? atKink(here, layer, length) : undefined;
    for (let i = 0; i < length; i++) {
      const isZero = penalised && l1 !== 0 && parameters[offset + i] === 0;
      isMoved[offset + i] = stands?.[i] || isZero ? 0 : 1;
    }
  }
  return isMoved;
}

/** By row of a layer, whether a z of it is exactly 0 where its activation has a kink. */
function atKink({ layers }: Forward, layer: number, rows: number): readonly boolean[] | undefined {
  const { crossing, z } = layers[layer];
  if (crossing !== 'kink') return undefined;
  const stands = new Array<boolean>(rows).fill(false);
  z.forEach((value, i) => {
    if (value === 0) stands[i % rows] = true;
  });
  return stands;
}
