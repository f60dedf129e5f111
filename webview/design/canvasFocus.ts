/**
 * Where the keyboard stands on the canvas after a change: it stays there when what it stood on is gone, and goes along
 * with a layer that moves.
 */
import { whenHere } from '../focus';
import type { DesignSession } from './session';

/** What lies over the picture keeps the keyboard itself. */
const OVER = '.network-table, nabla-matrix, nabla-matrices';

export class CanvasFocus {
  /** A drag has made an edit: the keyboard is called to the canvas where it was nowhere. */
  acted = false;
  readonly #session: DesignSession;
  #frame = 0;
  /** The keyboard goes to what is selected. */
  #follows = false;

  constructor(session: DesignSession) {
    this.#session = session;
  }

  disconnect(): void {
    cancelAnimationFrame(this.#frame);
  }

  /** `selected`: something was just selected. What was selected before does not call the keyboard back. */
  keep(selected: boolean): void {
    const { element } = this.#session.surface;
    const { activeElement } = document;
    const nowhere = this.acted && activeElement === document.body;
    if (!nowhere && (!element.contains(activeElement) || activeElement?.closest(OVER))) return;
    this.#follows ||= selected;
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      const follows = this.#follows;
      this.acted = false;
      this.#follows = false;
      // A small window that has opened meanwhile has the keyboard.
      if (!this.#session.popup) whenHere(() => this.#go(follows));
    });
  }

  #go(follows: boolean): void {
    const { surface, controller } = this.#session;
    const { selection } = controller.store.state.show;
    const { place } = surface;
    const moved =
      follows &&
      selection?.type === 'layer' &&
      (!place || !('layer' in place) || place.layer !== selection.layer);
    const to = moved ? selection : place;
    const { activeElement } = document;
    const lost = activeElement === null || activeElement === document.body;
    if (to && (lost || moved)) surface.goTo(to);
  }
}
