/**
 * Pans and zooms the drawn picture: one transform on the SVG, written at most once a frame. Lit never draws
 * for it; while it moves the picture is a layer of its own that the compositor shifts.
 */
import { NextFrame } from '../nextFrame';
import type { Point, Size } from './curve';
import {
  clamped,
  fitted,
  LEGIBLE,
  opening,
  panned,
  REST,
  revealed,
  zoomed,
  type Box,
  type Viewport,
} from './viewport';

/** Milliseconds of stillness after which the picture is drawn sharp again. */
const STILL = 160;
/** Below it only captions and shapes are drawn. */
const DISTANT = 0.4;

export class Camera {
  #view: Viewport = REST;
  #content: Size | undefined;
  /** Where in it there is something to see. */
  #parts: readonly Box[] = [];
  #room: Size | undefined;
  /** What a person asked for last: a moved picture stays where it is, a fitted one is fitted again when it changes. */
  #wish: 'opening' | 'fitted' | 'moved' = 'opening';
  readonly #writing = new NextFrame(() => this.#write());
  #still = 0;
  readonly #element: () => SVGSVGElement | null;
  readonly #told: () => void;
  readonly #settled: () => void;

  /** `moved` is told of every movement, `settled` when one has ended. */
  constructor(element: () => SVGSVGElement | null, moved: () => void, settled: () => void) {
    this.#element = element;
    this.#told = moved;
    this.#settled = settled;
  }

  get view(): Viewport {
    return this.#view;
  }

  /** What there is to show, where in it there is something to see, and the room for it. */
  arrange(content: Size, parts: readonly Box[], room: Size): void {
    const same = this.#content?.width === content.width && this.#content.height === content.height;
    const kept = same && this.#room?.width === room.width && this.#room.height === room.height;
    this.#content = content;
    this.#parts = parts;
    this.#room = room;
    if (this.#wish === 'moved') this.#view = clamped(this.#view, parts, room);
    else if (!kept) {
      const place = this.#wish === 'fitted' ? fitted : opening;
      this.#view = place(content, room);
    }
    this.#write();
  }

  panBy(dx: number, dy: number): void {
    this.#set(panned(this.#view, dx, dy));
  }

  zoomBy(factor: number, around?: Point): void {
    const { width, height } = this.#room ?? { width: 0, height: 0 };
    this.#set(zoomed(this.#view, factor, around ?? { x: width / 2, y: height / 2 }));
  }

  fit(): void {
    if (!this.#content || !this.#room) return;
    this.#set(fitted(this.#content, this.#room));
    this.#wish = 'fitted';
  }

  /** Brings a box of the picture into sight. */
  reveal(box: Box): void {
    if (!this.#room) return;
    const next = revealed(this.#view, box, this.#room);
    if (next !== this.#view) this.#set(next);
  }

  #set(view: Viewport): void {
    if (!this.#content || !this.#room) return;
    this.#view = clamped(view, this.#parts, this.#room);
    this.#wish = 'moved';
    this.#element()?.classList.add('moving');
    window.clearTimeout(this.#still);
    this.#still = window.setTimeout(() => this.#rest(), STILL);
    this.#writing.ask();
    this.#told();
  }

  #rest(): void {
    this.#element()?.classList.remove('moving');
    this.#settled();
  }

  #write(): void {
    const element = this.#element();
    if (!element) return;
    const { x, y, zoom } = this.#view;
    element.style.transform = `translate(${x}px, ${y}px) scale(${zoom})`;
    element.classList.toggle('far', zoom < LEGIBLE - 0.01);
    element.classList.toggle('distant', zoom < DISTANT);
  }

  disconnect(): void {
    this.#writing.cancel();
    window.clearTimeout(this.#still);
  }
}
