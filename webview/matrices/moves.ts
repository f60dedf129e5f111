/** Where an arrow key leads among the numbers of an equation. Pure. */
import type { MatrixCard } from '../../src/explain/matrixCard';
import { heightOf, matricesOf, widthOf, type Matrix } from '../../src/explain/matrixEquation';
import type { Spot } from './cells';

const clamp = (value: number, most: number): number => Math.max(0, Math.min(most, value));

/** Beyond the edge of a matrix the one beside it, in the same equation. Undefined where a key leads nowhere. */
export function moveSpot(card: MatrixCard, spot: Spot, key: string): Spot | undefined {
  const step = card.sections.flatMap(({ steps }) => steps)[spot.step];
  const matrices = step && matricesOf(step.equation);
  const own = matrices?.[spot.matrix];
  if (!matrices || !own) return undefined;
  const { row, column } = spot;
  switch (key) {
    case 'ArrowUp':
      return { ...spot, row: clamp(row - 1, heightOf(own) - 1) };
    case 'ArrowDown':
      return { ...spot, row: clamp(row + 1, heightOf(own) - 1) };
    case 'Home':
      return { ...spot, column: 0 };
    case 'End':
      return { ...spot, column: widthOf(own) - 1 };
    case 'ArrowRight':
      return column + 1 < widthOf(own)
        ? { ...spot, column: column + 1 }
        : beside(matrices, spot, 1);
    case 'ArrowLeft':
      return column > 0 ? { ...spot, column: column - 1 } : beside(matrices, spot, -1);
    default:
      return undefined;
  }
}

/** The nearest number of the next matrix that has any. */
function beside(matrices: readonly Matrix[], spot: Spot, way: 1 | -1): Spot {
  for (let next = spot.matrix + way; next >= 0 && next < matrices.length; next += way) {
    const [height, width] = [heightOf(matrices[next]), widthOf(matrices[next])];
    if (height * width === 0) continue;
    const row = clamp(spot.row, height - 1);
    return { step: spot.step, matrix: next, row, column: way === 1 ? 0 : width - 1 };
  }
  return spot;
}
