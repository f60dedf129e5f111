/** Points at a weight or a bias of a layout, anywhere along its line, and looks what is found there. */
import fc from 'fast-check';
import { expect } from 'vitest';
import type { CanvasLayout, PlacedLink } from '../../webview/canvas/layout';
import { nearestEdge, pointOnEdge } from '../../webview/canvas/nearest';

export interface Pointed {
  /** What was pointed at. */
  readonly edge: PlacedLink;
  readonly found: PlacedLink;
  /** Pixels from the point down to where the found edge is at the same share of its length. */
  readonly off: number;
}

/** Which edge and where on it, for `fc.property`. */
export const spots = [fc.nat(), fc.double({ min: 0.02, max: 0.98, noNaN: true })] as const;

/** @param pick a line, modulo how many there are; between large layers there may be none  @param share of its length */
export function pointAt(layout: CanvasLayout, pick: number, share: number): Pointed {
  const all = [...layout.edges.flat(), ...layout.biases.flat()];
  fc.pre(all.length > 0);
  const edge = all[pick % all.length];
  const point = pointOnEdge(edge, layout.radius, share);
  const found = nearestEdge(layout, point, 9);
  if (!found) expect.fail('No edge lies where one is drawn.');
  return { edge, found, off: pointOnEdge(found, layout.radius, share).y - point.y };
}
