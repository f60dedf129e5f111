/** Cells of a picture that is painted: pure arithmetic. Cells are numbered row by row. */

/** Height and width. */
export type Sides = readonly [height: number, width: number];

/** All cells from one to another, so that a quick stroke has no gaps. */
export function lineOfCells(from: number, to: number, width: number): readonly number[] {
  const [x0, y0, x1, y1] = [
    from % width,
    Math.floor(from / width),
    to % width,
    Math.floor(to / width),
  ];
  const steps = Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0), 1);
  return Array.from({ length: steps + 1 }, (_, i) => {
    const share = i / steps;
    return Math.round(y0 + (y1 - y0) * share) * width + Math.round(x0 + (x1 - x0) * share);
  });
}

/** Where an arrow leads; the same cell at the border, undefined for other keys. */
export function moveIn(cell: number, key: string, [height, width]: Sides): number | undefined {
  const [row, column] = [Math.floor(cell / width), cell % width];
  switch (key) {
    case 'ArrowLeft':
      return row * width + Math.max(0, column - 1);
    case 'ArrowRight':
      return row * width + Math.min(width - 1, column + 1);
    case 'ArrowUp':
      return Math.max(0, row - 1) * width + column;
    case 'ArrowDown':
      return Math.min(height - 1, row + 1) * width + column;
    default:
      return undefined;
  }
}
