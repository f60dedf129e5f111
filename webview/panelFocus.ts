/** The keyboard of a panel over the canvas: it goes in when the panel opens, Escape closes, and it goes back. */
import { whenHere } from './focus';

export class PanelFocus {
  readonly #hide: () => void;
  /** Where the keyboard was when the panel was opened. */
  #before: HTMLElement | undefined;

  /** @param hide takes the panel away */
  constructor(hide: () => void) {
    this.#hide = hide;
  }

  /** Call once the panel has been drawn. `first`: what has the keyboard then. */
  opened(first: () => HTMLElement | null): void {
    const active = document.activeElement;
    this.#before = active instanceof HTMLElement ? active : undefined;
    whenHere(() => first()?.focus());
  }

  /** The keydown of the panel. */
  readonly key = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    this.close();
  };

  close(): void {
    this.#hide();
    const back = this.#before?.isConnected ? this.#before : undefined;
    const canvas = document.querySelector<HTMLElement>('nabla-canvas [tabindex="0"]');
    (back && back !== document.body ? back : canvas)?.focus();
  }
}
