/** The keyboard's way onto a canvas that has just come. */
import { whenHere } from '../focus';
import type { CanvasSurface } from './contract';

/** The keyboard comes to the first layer as soon as there is a picture of it, unless it has gone elsewhere. */
export function enterCanvas(surface: CanvasSurface): void {
  requestAnimationFrame(() => {
    if (!surface.element.isConnected || document.activeElement !== document.body) return;
    if (surface.geometry()) whenHere(() => surface.goTo({ type: 'layer', layer: 0 }));
    else enterCanvas(surface);
  });
}
