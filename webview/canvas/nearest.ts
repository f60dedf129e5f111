/**
 * Which edge is meant: by geometry, because the paths of edges overlap. All edges between two columns share
 * their ends in x, so one parameter t serves them all: y(t) = y₁ + (y₂ − y₁)(3t² − 2t³).
 */
import type { Target } from '../../src/engine/facts';
import { BEND, climbed, parameterAt, type Point } from './curve';
import { findLink, type CanvasLayout, type PlacedLink } from './layout';

/** One of the parts of a line: level where both ends have one height. */
interface Part {
  readonly left: number;
  readonly right: number;
  readonly start: number;
  readonly end: number;
}

/** The part of an edge that stands above x. */
function partAt({ from, to, via }: PlacedLink, radius: number, x: number): Part {
  const [left, right] = [from.x + radius, to.x - radius];
  if (!via) return { left, right, start: from.y, end: to.y };
  if (x <= via.from) return { left, right: via.from, start: from.y, end: via.y };
  if (x >= via.to) return { left: via.to, right, start: via.y, end: to.y };
  return { left: via.from, right: via.to, start: via.y, end: via.y };
}

/** A point on an edge at a share of its width, from its source to its target. */
export function pointOnEdge(edge: PlacedLink, radius: number, u: number): Point {
  const left = edge.from.x + radius;
  const x = left + (edge.to.x - radius - left) * u;
  const part = partAt(edge, radius, x);
  const t = parameterAt((x - part.left) / (part.right - part.left));
  return { x, y: part.start + (part.end - part.start) * climbed(t) };
}

/**
 * The weight or bias whose line is closest to a point, within `tolerance` pixels. Where two run closer than a pixel
 * together, `keep` (the edge pointed at so far) wins, so that nothing flickers at a crossing.
 */
export function nearestEdge(
  layout: CanvasLayout,
  point: Point,
  tolerance: number,
  keep?: Target,
): PlacedLink | undefined {
  const kept = findLink(layout, keep);
  let best: PlacedLink | undefined;
  let distance = tolerance;
  for (const edges of [...layout.edges, ...layout.biases]) {
    if (edges.length === 0) continue;
    // All edges of one layer have the same ends and the same track in x.
    const { left, right } = partAt(edges[0], layout.radius, point.x);
    if (point.x < left || point.x > right || right <= left) continue;
    const t = parameterAt((point.x - left) / (right - left));
    for (const edge of edges) {
      const d = distanceAt(edge, layout.radius, point, t) - (edge === kept ? 1 : 0);
      if (d < distance) {
        distance = d;
        best = edge;
      }
    }
  }
  return best;
}

/** Pixels between a point and an edge, measured across the edge's direction at the parameter t. */
function distanceAt(edge: PlacedLink, radius: number, point: Point, t: number): number {
  const { left, right, start, end } = partAt(edge, radius, point.x);
  const s = 1 - t;
  const run = (right - left) * (3 * BEND * (s * s + t * t) + 6 * s * t * (1 - 2 * BEND));
  const rise = end - start;
  const slope = (rise * 6 * t * s) / run;
  return Math.abs(start + rise * climbed(t) - point.y) / Math.sqrt(1 + slope * slope);
}
