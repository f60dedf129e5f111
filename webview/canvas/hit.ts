/** What lies under a point of the screen: parts by the page, edges by geometry. */
import type { Target } from '../../src/engine/facts';
import type { Hit, PaletteItem } from '../design/contract';
import { targetOfLink } from './connections';
import type { CanvasLayout, Point } from './layout';
import { targetOf } from './names';
import { nearestEdge } from './nearest';

/** Pixels of the screen within which an edge is meant. */
const REACH = 9;

/** What an element of the page stands for; undefined where it has no meaning of its own. */
export function hitOfElement(element: Element | null): Hit | undefined {
  const palette = element?.closest<HTMLElement>('[data-palette]')?.dataset['palette'];
  if (palette) return { type: 'palette', item: JSON.parse(palette) as PaletteItem };
  const named = element?.closest('nabla-canvas [data-testid]');
  const id = named?.getAttribute('data-testid') ?? '';
  const [kind, which] = id.split('-');
  const layer = which === 'input' ? -1 : Number(which);
  if (kind === 'handle' || kind === 'port') return { type: kind, layer };
  if (kind === 'slot') return { type: 'slot', index: layer };
  const target = targetOf(id);
  if (kind === 'layer' && target?.type === 'layer') return { type: 'head', layer: target.layer };
  // Of two edges that cross, the nearer one is meant: only those of a fan are found by the page.
  if (!target || named?.closest('.edges')) return undefined;
  return { type: 'target', target };
}

/** `point` in the picture's pixels; `keep`: the edge pointed at so far. */
export function hitOfEdge(
  layout: CanvasLayout,
  point: Point,
  zoom: number,
  keep: Target | undefined,
): Hit {
  const edge = nearestEdge(layout, point, REACH / zoom, keep);
  return edge ? { type: 'target', target: targetOfLink(edge) } : { type: 'background' };
}
