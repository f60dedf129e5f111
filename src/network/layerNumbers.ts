/** The numbers of a layer that training changes: parameters, and the running statistics of batchNorm. */
import type { Layer, Matrix } from './network';

/** Lists of one number a row, with what each number is where the file has none. */
export const listStarts = { bias: 0, mean: 0, variance: 1 } as const;

export type ListKey = keyof typeof listStarts;

export const listKeys = ['bias', 'mean', 'variance'] as const satisfies readonly ListKey[];

/** In the file's order. */
export const numberKeys = ['weights', ...listKeys] as const;

export const isNumberKey = (key: unknown): boolean =>
  (numberKeys as readonly unknown[]).includes(key);

/** The numbers of one layer, as the file has them. */
export interface LayerNumbers {
  /** (rows, columns): dense (units, inputs), conv2d (filters, window), batchNorm (features, 1) */
  readonly weights: Matrix;
  /** (rows); absent where the layer has none. */
  readonly bias?: readonly number[];
  /** (rows), of batchNorm alone. */
  readonly mean?: readonly number[];
  readonly variance?: readonly number[];
}

/** All of a layer but its numbers. */
export function withoutNumbers<L extends Layer>(layer: L): L {
  const rest = Object.entries(layer).filter(([key]) => !isNumberKey(key));
  return Object.fromEntries(rest) as unknown as L;
}
