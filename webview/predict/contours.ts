/** Lines along which a map has one value: marching squares. Pure. */

/** From and to, as shares of the map's sides, the second input upwards. */
export type Segment = readonly [x1: number, y1: number, x2: number, y2: number];

/** `values`: (cells, cells), at the middles of the cells, the second input's least first. */
export function contour(values: Float64Array, cells: number, level: number): readonly Segment[] {
  const segments: Segment[] = [];
  for (let row = 0; row + 1 < cells; row++)
    for (let column = 0; column + 1 < cells; column++)
      if (isCrossed(values, cells, row * cells + column, level))
        addSquare(segments, values, cells, { row, column }, level);
  return segments;
}

/** Whether the corners of a square, `at` its lower left, lie on both sides: of nearly all they do not. */
function isCrossed(values: Float64Array, cells: number, at: number, level: number): boolean {
  const below = values[at] < level;
  return (
    values[at + 1] < level !== below ||
    values[at + cells] < level !== below ||
    values[at + cells + 1] < level !== below
  );
}

/** Corners of a square in turn, from its lower left. */
const CORNERS = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
] as const;

function addSquare(
  segments: Segment[],
  values: Float64Array,
  cells: number,
  { row, column }: { readonly row: number; readonly column: number },
  level: number,
): void {
  const corners = CORNERS.map(([dx, dy]) => values[(row + dy) * cells + column + dx] - level);
  if (corners.some(Number.isNaN)) return;
  const crossings: (readonly [number, number])[] = [];
  CORNERS.forEach(([x0, y0], i) => {
    const next = (i + 1) % CORNERS.length;
    const [a, b] = [corners[i], corners[next]];
    if (a < 0 === b < 0) return;
    const [x1, y1] = CORNERS[next];
    const share = a / (a - b);
    crossings.push([
      (column + 0.5 + x0 + (x1 - x0) * share) / cells,
      (row + 0.5 + y0 + (y1 - y0) * share) / cells,
    ]);
  });
  // Two crossings are one line; four, at a saddle, are two: which of them belong together the middle decides.
  const middle = (corners[0] + corners[1] + corners[2] + corners[3]) / 4;
  const turned = crossings.length === 4 && middle < 0 === corners[0] < 0;
  const order = turned ? [0, 1, 2, 3] : [3, 0, 1, 2];
  for (let i = 0; i + 1 < crossings.length; i += 2) {
    const [from, to] =
      crossings.length === 4
        ? [crossings[order[i]], crossings[order[i + 1]]]
        : [crossings[i], crossings[i + 1]];
    segments.push([...from, ...to]);
  }
}
