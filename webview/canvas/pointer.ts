/**
 * The pointer over the canvas: gestures are asked first; what they leave is panning, zooming, hovering and
 * clicking. Listens on the canvas element itself, because a captured pointer speaks to no other.
 */
import type { Target } from '../../src/engine/facts';
import type { Hit, Interaction } from '../design/contract';
import type { Point, Size } from './curve';
import { Pinch } from './pinch';

/** What the pointer needs of the canvas. */
export interface PointerHost {
  readonly element: HTMLElement;
  readonly interaction: Interaction | undefined;
  hit(event: { readonly clientX: number; readonly clientY: number }): Hit;
  panBy(dx: number, dy: number): void;
  zoomBy(factor: number, around?: Point): void;
  hideCard(): void;
  /** Pixels of the picture on the screen, and of the room for it. */
  extent(): { readonly picture: Size; readonly room: Size } | undefined;
  hover(event: PointerEvent, target: Target | undefined): void;
  left(): void;
  /** What was about to be shown is not: the press may become a drag. */
  pressed(): void;
  /** `handled`: a gesture has already answered it. */
  clicked(event: MouseEvent, hit: Hit, handled: boolean): void;
}

/** Pixels after which a press is a drag. */
const DRAG = 3;
const LINE_HEIGHT = 16;
/** Elements over the canvas that have their own pointer. */
const OWN = '.zoom-bar, .legend, .network-table, nabla-matrix, nabla-matrices';

export class CanvasPointer {
  readonly #host: PointerHost;
  #press: { id: number; at: Point; panning: boolean } | undefined;
  readonly #pinch = new Pinch();
  #space = false;
  #pressedAt: Point = { x: 0, y: 0 };
  #handled = false;

  constructor(host: PointerHost) {
    this.#host = host;
  }

  connect(): void {
    for (const [name, heard] of this.#listeners())
      this.#host.element.addEventListener(name, heard, { passive: false });
    window.addEventListener('keydown', this.#key);
    window.addEventListener('keyup', this.#key);
  }

  disconnect(): void {
    for (const [name, heard] of this.#listeners())
      this.#host.element.removeEventListener(name, heard);
    window.removeEventListener('keydown', this.#key);
    window.removeEventListener('keyup', this.#key);
  }

  #listeners(): [string, EventListener][] {
    return [
      ['pointerdown', this.#down as EventListener],
      ['pointermove', this.#move as EventListener],
      ['pointerup', this.#up as EventListener],
      ['pointercancel', this.#lost as EventListener],
      ['pointerleave', this.#leave],
      ['click', this.#click as EventListener],
      ['wheel', this.#wheel as EventListener],
    ];
  }

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key === ' ') this.#space = event.type === 'keydown';
  };

  readonly #down = (event: PointerEvent): void => {
    this.#pressedAt = pointOf(event);
    this.#handled = false;
    if (isOwn(event)) return;
    this.#host.pressed();
    if (event.pointerType === 'touch' && this.#touched(event)) return;
    const pans = event.button === 1 || (event.button === 0 && this.#space);
    if (!pans && this.#host.interaction?.pointerDown(event)) return;
    const onGround = event.button === 0 && this.#host.hit(event).type === 'background';
    if (!pans && !onGround) return;
    this.#press = { id: event.pointerId, at: pointOf(event), panning: false };
    if (event.button === 1) event.preventDefault();
  };

  readonly #move = (event: PointerEvent): void => {
    if (event.pointerType === 'touch' && this.#pinched(event)) return;
    if (this.#press) return this.#drag(event, this.#press);
    if (this.#host.interaction?.pointerMove(event)) return;
    if (isOwn(event)) return this.#host.left();
    if (event.pointerType === 'mouse' && event.buttons !== 0) return;
    const hit = this.#host.hit(event);
    this.#host.hover(event, targetOf(hit));
  };

  /** Whether the finger is one of two: what the first has begun ends, both only move the picture. */
  #touched(event: PointerEvent): boolean {
    if (event.isPrimary) this.#pinch.clear();
    if (this.#pinch.down(event.pointerId, pointOf(event))) {
      this.#cancel();
      this.#host.hideCard();
      // What they have touched may be drawn anew under them.
      for (const finger of this.#pinch.fingers) this.#host.element.setPointerCapture(finger);
    }
    return this.#pinch.active;
  }

  #pinched(event: PointerEvent): boolean {
    const step = this.#pinch.move(event.pointerId, pointOf(event));
    if (step) {
      const { x, y } = this.#host.element.getBoundingClientRect();
      this.#host.panBy(step.dx, step.dy);
      this.#host.zoomBy(step.factor, { x: step.middle.x - x, y: step.middle.y - y });
    }
    return this.#pinch.active;
  }

  #drag(event: PointerEvent, press: { id: number; at: Point; panning: boolean }): void {
    const [dx, dy] = [event.clientX - press.at.x, event.clientY - press.at.y];
    if (!press.panning && Math.hypot(dx, dy) < DRAG) return;
    if (!press.panning) {
      this.#host.element.setPointerCapture(press.id);
      this.#host.element.classList.add('panning');
      this.#host.hideCard();
    }
    this.#press = { ...press, at: pointOf(event), panning: true };
    this.#host.panBy(dx, dy);
  }

  readonly #up = (event: PointerEvent): void => {
    const pinched = this.#pinch.active;
    this.#pinch.up(event.pointerId);
    if (pinched) {
      this.#handled = true;
      return;
    }
    const press = this.#press;
    this.#release();
    this.#handled = press ? false : (this.#host.interaction?.pointerUp(event) ?? false);
  };

  readonly #lost = (event: PointerEvent): void => {
    this.#pinch.up(event.pointerId);
    this.#cancel();
  };

  readonly #cancel = (): void => {
    this.#release();
    this.#host.interaction?.pointerCancel();
  };

  #release(): void {
    this.#press = undefined;
    this.#host.element.classList.remove('panning');
  }

  readonly #leave = (): void => this.#host.left();

  /** A drag ends with a click as well: it means nothing. */
  readonly #click = (event: MouseEvent): void => {
    const { x, y } = this.#pressedAt;
    if (isOwn(event) || Math.hypot(event.clientX - x, event.clientY - y) >= DRAG) return;
    this.#host.clicked(event, this.#host.hit(event), this.#handled);
  };

  /** Ctrl and wheel (and what a pinch on a trackpad becomes) zooms; a wheel alone pans what has no room. */
  readonly #wheel = (event: WheelEvent): void => {
    const extent = this.#host.extent();
    if (isOwn(event) || !extent) return;
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_HEIGHT : 1;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      const { x, y } = this.#host.element.getBoundingClientRect();
      const around = { x: event.clientX - x, y: event.clientY - y };
      this.#host.zoomBy(Math.exp(-clampStep(event.deltaY * unit) / 200), around);
      return;
    }
    const { picture, room } = extent;
    const sideways = event.shiftKey && event.deltaX === 0;
    const dx = picture.width > room.width ? (sideways ? event.deltaY : event.deltaX) * unit : 0;
    const dy = picture.height > room.height && !sideways ? event.deltaY * unit : 0;
    // A wheel that has only one way pans the picture along the only way it overflows.
    const along = dx === 0 && dy === 0 && picture.width > room.width ? event.deltaY * unit : dx;
    if (along === 0 && dy === 0) return;
    event.preventDefault();
    this.#host.hideCard();
    this.#host.panBy(-along, -dy);
  };
}

/** A turn of a wheel zooms by no more than half. */
const clampStep = (delta: number): number => Math.max(-80, Math.min(80, delta));

const pointOf = (event: MouseEvent): Point => ({ x: event.clientX, y: event.clientY });

const isOwn = (event: Event): boolean =>
  event.target instanceof Element && event.target.closest(OWN) !== null;

/** What a hit tells the card: heads stand for their layers. */
export function targetOf(hit: Hit): Target | undefined {
  if (hit.type === 'target') return hit.target;
  return hit.type === 'head' ? { type: 'layer', layer: hit.layer } : undefined;
}
