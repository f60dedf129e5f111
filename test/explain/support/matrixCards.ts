/** Cards of layers in matrices, and what tests do with them. */
import { expect } from 'vitest';
import { createInspector } from '../../../src/engine/inspect';
import type { LayerMatrices } from '../../../src/engine/matrixFacts';
import { explainMatrices } from '../../../src/explain/explainMatrices';
import type { MatrixCard, MatrixStep } from '../../../src/explain/matrixCard';
import type { Matrix } from '../../../src/explain/matrixEquation';
import { profileOf } from '../../../src/explain/notation';
import { english } from '../../../src/explain/words.en';
import type { NotationName } from '../../../src/network/network';
import { reference, referenceData, referenceParameters, sampleScope } from './inspected';

/** In English. */
export function card(
  facts: LayerMatrices,
  notation: NotationName = 'nielsen',
  biasColumn = true,
): MatrixCard {
  return explainMatrices(facts, profileOf(notation), english, { biasColumn });
}

export const stepsOf = ({ sections }: MatrixCard): readonly MatrixStep[] =>
  sections.flatMap(({ steps }) => steps);

/** The one step of its role. */
export function stepOf(of: MatrixCard, role: MatrixStep['role']): MatrixStep {
  const found = stepsOf(of).find(step => step.role === role);
  if (!found) throw new Error(`there is no ${role}`);
  return found;
}

/** The product of two matrices, by rows and columns as plain lists. */
export function times(a: Matrix, b: Matrix): number[][] {
  return a.cells.map(row =>
    b.columns.labels.map((_, k) => row.reduce((sum, value, i) => sum + value * b.cells[i][k], 0)),
  );
}

/** Every cell to twelve places. */
export function expectClose(found: Matrix, wanted: readonly (readonly number[])[]): void {
  expect(found.cells.length).toBe(wanted.length);
  found.cells.forEach((row, j) =>
    row.forEach((value, k) => expect(value).toBeCloseTo(wanted[j][k], 12)),
  );
}

export const inspector = createInspector(reference, referenceData);
export const hidden = inspector.layerMatrices(referenceParameters, {
  scope: sampleScope,
  layer: 0,
});
export const outputs = inspector.layerMatrices(referenceParameters, {
  scope: sampleScope,
  layer: 1,
});
