/** Tells while Shift is held: then numbers have all their digits. */

/**
 * Only a Shift that is held for itself counts: not one that writes a capital letter into a field, and not one that is
 * pressed while something is dragged.
 */
export class HeldShift {
  readonly #tell: (held: boolean) => void;
  readonly #ends = new AbortController();
  #pressed = false;

  constructor(tell: (held: boolean) => void) {
    this.#tell = tell;
    const { signal } = this.#ends;
    // Seen on the way down: whoever takes the key further below takes nothing away from here.
    const options = { signal, capture: true };
    window.addEventListener('keydown', this.#down, options);
    window.addEventListener('keyup', this.#up, options);
    window.addEventListener('pointermove', this.#moved, options);
    window.addEventListener('pointerdown', () => (this.#pressed = true), options);
    for (const end of ['pointerup', 'pointercancel'] as const)
      window.addEventListener(end, () => (this.#pressed = false), options);
    window.addEventListener('blur', this.#release, { signal });
    document.addEventListener('visibilitychange', this.#release, { signal });
  }

  disconnect(): void {
    this.#ends.abort();
    this.#release();
  }

  readonly #release = (): void => {
    this.#pressed = false;
    this.#tell(false);
  };

  readonly #down = (event: KeyboardEvent): void => {
    if (event.key === 'Shift' && !this.#pressed && !isWritten(event)) this.#tell(true);
  };

  readonly #up = (event: KeyboardEvent): void => {
    if (event.key === 'Shift') this.#tell(false);
  };

  /** The keyboard may be in the text beside the page: the pointer knows about Shift as well. */
  readonly #moved = (event: PointerEvent): void => {
    if (!event.shiftKey) this.#tell(false);
    else if (event.buttons === 0 && !(document.hasFocus() && isWriting())) this.#tell(true);
  };
}

/** Whether a key goes into a field, also into one within an element of the toolkit. */
export function isWritten(event: KeyboardEvent): boolean {
  return isField(event.composedPath()[0]);
}

function isField(element: unknown): boolean {
  return (
    element instanceof HTMLInputElement ||
    element instanceof HTMLTextAreaElement ||
    element instanceof HTMLSelectElement ||
    (element instanceof HTMLElement && element.isContentEditable)
  );
}

/** Whether a field has the keyboard. */
export function isWriting(): boolean {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return isField(element);
}
