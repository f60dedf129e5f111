/** The gradients of one layer in matrices, over all samples. */
import type { Accumulated, BatchMatrices, Grid, Vector } from '../matrixFacts';
import type { ParameterTable, Plan } from '../plan';
import { placesOf, type Axes } from './axes';
import type { BatchPass } from './batchPass';
import { tableOf } from './context';

/** Of the shown rows and columns. */
export function batchMatrices(
  plan: Plan,
  batch: BatchPass,
  { units, inputs }: Axes,
): BatchMatrices {
  const [rows, columns] = [placesOf(units), inputs ? placesOf(inputs) : []];
  const weights = tableOf(plan, units.layer, 'weight');
  const biases = tableOf(plan, units.layer, 'bias');
  const vector = (table: ParameterTable, of: (index: number) => number): Vector =>
    rows.map(row => of(table.offset + row));
  const grid = (table: ParameterTable, of: (index: number) => number): Grid =>
    rows.map(j => columns.map(k => of(table.offset + j * table.columns + k)));
  return {
    factor: batch.reductionFactor,
    weights: weights && inputs && accumulated(batch, of => grid(weights, of)),
    bias: biases && accumulated(batch, of => vector(biases, of)),
  };
}

/** @param take makes the vector or matrix of a quantity that is given by its place in the file's order */
function accumulated<T>(
  batch: BatchPass,
  take: (of: (index: number) => number) => T,
): Accumulated<T> {
  const { ownGradients, gradient } = batch;
  return {
    sum: take(index => ownGradients[index]),
    penalty: take(index => batch.penaltyGradient(index)),
    gradient: take(index => gradient[index]),
  };
}
