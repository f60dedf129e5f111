/** Paints a canvas anew when the theme changes, as long as its element is on the page. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { onThemeChange } from './theme';

export class Repaint implements ReactiveController {
  readonly #paint: () => void;
  #end: (() => void) | undefined;

  constructor(host: ReactiveControllerHost, paint: () => void) {
    this.#paint = paint;
    host.addController(this);
  }

  hostConnected(): void {
    this.#end = onThemeChange(this.#paint);
  }

  hostDisconnected(): void {
    this.#end?.();
  }
}
