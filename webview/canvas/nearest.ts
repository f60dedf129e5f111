/**
 * Which edge is meant: by geometry, because the paths of edges overlap. All edges between two columns share
 * their ends in x, so one parameter t serves them all: y(t) = y₁ + (y₂ − y₁)(3t² − 2t³).
 */
import type { Target } from '../../src/engine/facts';
import { BEND, type CanvasLayout, type PlacedEdge, type Point } from './layout';

/** The curve's t ∈ [0, 1] at a share u ∈ [0, 1] of its width: bisection of x(t), which only grows. */
function parameterAt(u: number): number {
  let low = 0;
  let high = 1;
  for (let i = 0; i < 24; i++) {
    const t = (low + high) / 2;
    const s = 1 - t;
    const x = 3 * s * s * t * BEND + 3 * s * t * t * (1 - BEND) + t * t * t;
    if (x < u) low = t;
    else high = t;
  }
  return (low + high) / 2;
}

/** A point on an edge at a share of its width, from its source to its target. */
export function pointOnEdge(edge: PlacedEdge, radius: number, u: number): Point {
  const left = edge.from.x + radius;
  const right = edge.to.x - radius;
  const t = parameterAt(u);
  return { x: left + (right - left) * u, y: edge.from.y + (edge.to.y - edge.from.y) * ease(t) };
}

/**
 * The edge closest to a point, within `tolerance` pixels. Where two run closer than a pixel together,
 * `keep` (the edge pointed at so far) wins, so that nothing flickers at a crossing.
 */
export function nearestEdge(
  layout: CanvasLayout,
  point: Point,
  tolerance: number,
  keep?: Target,
): PlacedEdge | undefined {
  for (const edges of layout.edges) {
    if (edges.length === 0) continue;
    const left = edges[0].from.x + layout.radius;
    const right = edges[0].to.x - layout.radius;
    if (point.x < left || point.x > right) continue;
    const t = parameterAt((point.x - left) / (right - left));
    return nearestAt(edges, point.y, t, right - left, tolerance, keep);
  }
  return undefined;
}

function nearestAt(
  edges: readonly PlacedEdge[],
  y: number,
  t: number,
  width: number,
  tolerance: number,
  keep: Target | undefined,
): PlacedEdge | undefined {
  const s = 1 - t;
  const run = width * (3 * BEND * (s * s + t * t) + 6 * s * t * (1 - 2 * BEND));
  let best: PlacedEdge | undefined;
  let distance = tolerance;
  for (const edge of edges) {
    const rise = edge.to.y - edge.from.y;
    const slope = (rise * 6 * t * s) / run;
    let d = Math.abs(edge.from.y + rise * ease(t) - y) / Math.sqrt(1 + slope * slope);
    if (keep && isEdge(keep, edge)) d -= 1;
    if (d < distance) {
      distance = d;
      best = edge;
    }
  }
  return best;
}

function isEdge(target: Target, edge: PlacedEdge): boolean {
  return (
    target.type === 'weight' &&
    target.layer === edge.layer &&
    target.row === edge.row &&
    target.column === edge.column
  );
}

const ease = (t: number): number => t * t * (3 - 2 * t);
