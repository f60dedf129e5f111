/** The canvas of a map: painted in the coming frame, however often that is asked for, and when it gets another size. */
import { prepare } from '../canvas/matrixPaint';
import { NextFrame } from '../nextFrame';
import { isHighContrast, readInk } from '../theme';
import { groupColours } from './colours';
import { paintMap, type MapSheet } from './mapPaint';

/** What is to be seen; how it looks is the theme's. */
export type Shown = Omit<MapSheet, 'context' | 'ink' | 'highContrast' | 'colours'>;

export class MapPicture {
  readonly #shown: () => Shown | undefined;
  readonly #painting = new NextFrame(() => this.#paint());
  readonly #observer = new ResizeObserver(() => this.ask());
  #canvas: HTMLCanvasElement | null = null;

  /** `shown`: undefined while there is nothing to paint. */
  constructor(shown: () => Shown | undefined) {
    this.#shown = shown;
  }

  ask(): void {
    this.#painting.ask();
  }

  /** Large and small, the canvas is another. */
  on(canvas: HTMLCanvasElement | null): void {
    if (canvas === this.#canvas) return;
    this.#observer.disconnect();
    if (canvas) this.#observer.observe(canvas);
    this.#canvas = canvas;
  }

  disconnect(): void {
    this.#painting.cancel();
    this.on(null);
  }

  #paint(): void {
    const context = this.#canvas && prepare(this.#canvas);
    const shown = context && this.#shown();
    if (!shown) return;
    const highContrast = isHighContrast();
    paintMap({ ...shown, context, ink: readInk(), highContrast, colours: groupColours() });
  }
}
