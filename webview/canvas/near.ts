/** Shows the handles, the port and the "+" that the pointer is near to, without drawing anything anew. */
import { slotBoxes } from './geometry';
import type { CanvasLayout, Point } from './layout';

export class Near {
  /** Those that are drawn, kept up to date by the page: nothing is searched with every frame of training. */
  readonly #controls: HTMLCollectionOf<Element>;
  #shown: string | undefined;

  /** `picture`: the element that the controls are drawn in. */
  constructor(picture: HTMLElement) {
    this.#controls = picture.getElementsByClassName('control');
  }

  /** The pointer is at `point`, in the picture's pixels. */
  at(layout: CanvasLayout, point: Point): void {
    this.#show(nearAt(layout, point));
  }

  /** The pointer has left. */
  nowhere(): void {
    this.#show(undefined);
  }

  /** Controls that were drawn anew are shown again. */
  drawn(): void {
    if (this.#shown !== undefined) this.#show(this.#shown);
  }

  #show(near: string | undefined): void {
    this.#shown = near;
    for (const control of this.#controls)
      control.classList.toggle('near', control.getAttribute('data-near') === near);
  }
}

/** Their `data-near`; undefined away from all. */
function nearAt(layout: CanvasLayout, point: Point): string | undefined {
  const reach = layout.radius + 20;
  const aside = (maps: unknown, half: number): number => (maps ? half + 20 : reach);
  const column = layout.columns.find(
    each =>
      Math.abs(each.x - point.x) <= aside(each.maps, each.half) &&
      point.y >= each.top - reach - 8 &&
      point.y <= each.captionY + 28,
  );
  if (column) return `column${column.layer}`;
  const slot = slotBoxes(layout).find(
    ({ box }) =>
      point.x >= box.x &&
      point.x <= box.x + box.width &&
      point.y >= box.y - 16 &&
      point.y <= box.y + box.height,
  );
  return slot && `slot${slot.index}`;
}
