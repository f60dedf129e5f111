/**
 * What the canvas and the gestures know of each other. The canvas draws, pans and finds what lies under the
 * pointer; the gestures decide what a press, a drag and a key mean, and draw what a drag needs above the canvas.
 */
import type { Target } from '../../src/engine/facts';
import type { LayerType } from '../../src/network/network';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** Types of layers with one source and without a number of units. */
export type ShapedType = Exclude<LayerType, 'dense' | 'add' | 'concat'>;

/** Things that a palette holds. */
export type PaletteItem =
  | { readonly type: 'layer'; readonly units: number; readonly activation: string }
  | { readonly type: 'shaped'; readonly layer: ShapedType }
  | { readonly type: 'merge'; readonly merge: 'add' | 'concat' }
  | { readonly type: 'activation'; readonly activation: string }
  /** What an output is for: sets the last layer's activation and the loss. */
  | { readonly type: 'output'; readonly purpose: 'regression' | 'binary' | 'classes' };

/** What lies under the pointer. Layers as in the file, −1 is the input. */
export type Hit =
  | { readonly type: 'palette'; readonly item: PaletteItem }
  /** Caption of a column: selects the layer, and is what a layer is dragged by. */
  | { readonly type: 'head'; readonly layer: number }
  /** Below a column: dragged to change the number of neurons. */
  | { readonly type: 'handle'; readonly layer: number }
  /** Right of a column: dragged onto another layer to connect. */
  | { readonly type: 'port'; readonly layer: number }
  /** The "+" between two layers: a new layer goes before the layer at `index`. */
  | { readonly type: 'slot'; readonly index: number }
  | { readonly type: 'target'; readonly target: Target }
  | { readonly type: 'background' };

/** A layer as it stands on the screen. All boxes are in pixels from the canvas element's top left corner, after
 * panning and zooming, and may lie outside it. */
export interface ColumnPlace {
  readonly layer: number;
  /** Around the neurons, the strip or the merge symbol. */
  readonly box: Box;
  readonly head: Box;
  readonly handle: Point;
  readonly port: Point;
}

/** A place between two layers where a new one may go. */
export interface SlotPlace {
  readonly index: number;
  /** The gap between the neighbours, as wide as it is. */
  readonly box: Box;
  /** Where the "+" stands. */
  readonly plus: Point;
}

export interface Geometry {
  readonly columns: readonly ColumnPlace[];
  readonly slots: readonly SlotPlace[];
  readonly size: { readonly width: number; readonly height: number };
  /** Pixels of the screen per unit of the layout. */
  readonly zoom: number;
}

/** What the gestures need of the canvas. */
export interface CanvasSurface {
  readonly element: HTMLElement;
  geometry(): Geometry | undefined;
  /** What lies under a point of the client area. */
  hit(event: { readonly clientX: number; readonly clientY: number }): Hit;
  /** Moves the picture by pixels of the screen. */
  panBy(dx: number, dy: number): void;
  zoomBy(factor: number, around?: Point): void;
  /** The whole network in sight. */
  fit(): void;
  /** Where the keyboard stands. */
  readonly place: Target | undefined;
  /** Brings a target into sight, and the keyboard to it; its card opens if somebody looks for it. */
  goTo(target: Target, looks?: boolean): void;
  /** Ends hovering: a drag has begun. */
  hideCard(): void;
  requestUpdate(): void;
}

/** What the canvas asks the gestures. Each returns true when the event was theirs. */
export interface Interaction {
  pointerDown(event: PointerEvent): boolean;
  pointerMove(event: PointerEvent): boolean;
  pointerUp(event: PointerEvent): boolean;
  pointerCancel(): void;
  /** A small window is open: keys are its own, and the canvas does nothing. */
  takesKey(event: KeyboardEvent): boolean;
  /** Before the canvas's own keys (arrows, e, b, Enter, Escape) are looked at. */
  key(event: KeyboardEvent): boolean;
  /** The picture was moved or zoomed: what stands over it follows. */
  moved(): void;
  /** Whether a drag is under way: the canvas shows no cards and no "+" then. */
  readonly dragging: boolean;
  /** All selected layers, ascending; the input is never among them. */
  readonly selectedLayers: readonly number[];
}
