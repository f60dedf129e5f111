/**
 * Kernels: the arithmetic of a step, over views into an arena. One interface for every backend.
 *
 * Matrices are row-major without gaps. A kernel uses the first `rows` rows of its batch buffers and reads
 * or writes nothing else; it allocates nothing. Sums run in ascending order of the summed index, in a
 * double, and are rounded once where they are stored; so results do not depend on how a kernel blocks
 * its loops, and are the same bits on every platform. A WebAssembly backend may sum in float32 and
 * promises the same bits only to itself; the contract suite compares backends within a tolerance.
 */
import type { WindowShape } from '../../network/images';
import type { ActivationName, Loss, Optimizer, PoolLayer, Precision } from '../../network/network';
import type { ParameterViews } from '../arena';
import type { Numbers } from '../numbers';
import type { Clock } from '../optimizers';
import type * as Normalisation from './normalisation';

export interface Kernels {
  readonly precision: Precision;

  /** z (rows, units) = x (rows, inputs) · wᵀ + b;  w (units, inputs)  b (units) or absent */
  affine(
    z: Numbers,
    x: Numbers,
    w: Numbers,
    b: Numbers | undefined,
    rows: number,
    inputs: number,
    units: number,
  ): void;

  /** a = f(z), both (rows, units); softmax by rows */
  activate(f: ActivationName, a: Numbers, z: Numbers, rows: number, units: number): void;

  /** delta = dy ⊙ f′(z), all (rows, units); softmax: a_j (dy_j − Σ_i a_i dy_i) by rows */
  activateBackward(
    f: ActivationName,
    delta: Numbers,
    dy: Numbers,
    z: Numbers,
    a: Numbers,
    rows: number,
    units: number,
  ): void;

  /** dw (units, inputs) += deltaᵀ · x;  delta (rows, units)  x (rows, inputs) */
  weightGradient(
    dw: Numbers,
    delta: Numbers,
    x: Numbers,
    rows: number,
    inputs: number,
    units: number,
  ): void;

  /** db (units) += Σ over rows of delta (rows, units) */
  biasGradient(db: Numbers, delta: Numbers, rows: number, units: number): void;

  /** dx (rows, inputs) = delta (rows, units) · w (units, inputs); with `adds` += */
  inputGradient(
    dx: Numbers,
    delta: Numbers,
    w: Numbers,
    rows: number,
    inputs: number,
    units: number,
    adds: boolean,
  ): void;

  /**
   * `count` columns of `from` (rows, fromWidth) from column `fromStart` on, into the columns of
   * `to` (rows, toWidth) from `toStart` on; with `adds` they are added to what stands there.
   */
  copyColumns(
    to: Numbers,
    toWidth: number,
    toStart: number,
    from: Numbers,
    fromWidth: number,
    fromStart: number,
    count: number,
    rows: number,
    adds: boolean,
  ): void;

  /** z (rows, places, filters) = windows of x (rows, image) · wᵀ + b;  w (filters, window)  b (filters) or absent */
  correlate(
    z: Numbers,
    x: Numbers,
    w: Numbers,
    b: Numbers | undefined,
    window: WindowShape,
    rows: number,
  ): void;

  /** dw (filters, window) += Σ over rows and places of delta (rows, places, filters) · window of x (rows, image) */
  filterGradient(dw: Numbers, delta: Numbers, x: Numbers, window: WindowShape, rows: number): void;

  /** dx (rows, image) = Σ over places and filters of delta (rows, places, filters) · w; with `adds` += */
  imageGradient(
    dx: Numbers,
    delta: Numbers,
    w: Numbers,
    window: WindowShape,
    rows: number,
    adds: boolean,
  ): void;

  /** z (rows, places, channels): the largest value or the mean of each window of x (rows, image) */
  pool(type: PoolLayer['type'], z: Numbers, x: Numbers, window: WindowShape, rows: number): void;

  /** dx (rows, image): delta (rows, places, channels) to the largest value, or shared out; with `adds` += */
  poolGradient(
    type: PoolLayer['type'],
    dx: Numbers,
    delta: Numbers,
    x: Numbers,
    window: WindowShape,
    rows: number,
    adds: boolean,
  ): void;

  /** to = x ⊙ factors, elementwise (count); with `adds` += */
  multiply(to: Numbers, x: Numbers, factors: Numbers, count: number, adds: boolean): void;

  /** Batch normalisation; shapes and meaning in normalisation.ts. */
  readonly batchMoments: typeof Normalisation.batchMoments;
  readonly runningMoments: typeof Normalisation.runningMoments;
  readonly normalise: typeof Normalisation.normalise;
  readonly normaliseBackward: typeof Normalisation.normaliseBackward;
  readonly followMoments: typeof Normalisation.followMoments;

  /** Σ over rows of the sample losses; z, a, y (rows, units). No reduction, no penalty. */
  loss(loss: Loss, z: Numbers, a: Numbers, y: Numbers, rows: number, units: number): number;

  /**
   * The gradient of factor × loss. Losses that are fused with the output activation write ∂C/∂z into
   * `delta` and return true; the others write ∂C/∂a into `dy` and return false.
   */
  lossGradient(
    loss: Loss,
    dy: Numbers,
    delta: Numbers,
    a: Numbers,
    y: Numbers,
    factor: number,
    rows: number,
    units: number,
  ): boolean;

  /** dw += 2·l2·w + l1·sign(w), elementwise; l2, l1 include the penalty's scale */
  penaltyGradient(dw: Numbers, w: Numbers, l2: number, l1: number): void;

  /** Σ g², the squared norm; not finite as soon as one number of g is not */
  squaredNorm(g: Numbers): number;

  /** One optimizer step on one tensor; `rate` includes the layer's scale. */
  update(optimizer: Optimizer, rate: number, clock: Clock, views: ParameterViews): void;
}
