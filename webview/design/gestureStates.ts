/**
 * The words of the gestures' state machine: what it may look at, what happens to it, its states, and what it wants
 * done. All points are pixels from the canvas's top left corner.
 */
import type { Target } from '../../src/engine/facts';
import type { NetworkEdit } from '../../src/network/edit';
import type { Dragged, DropPlace } from './consequences';
import type { Consequence } from './verdict';
import type { Geometry, Hit, Point } from './contract';
import type { Resizing } from './resizing';
import type { World } from './world';

/** What the state machine may look at. */
export interface Situation {
  /** Undefined while nothing is drawn. */
  readonly world: World | undefined;
  readonly geometry: Geometry | undefined;
  /** Why nothing may be changed now (read-only, text with an error); undefined: it may. */
  readonly locked: string | undefined;
  /** All selected layers, ascending. */
  readonly selected: readonly number[];
  /** The layer from which Shift extends. */
  readonly anchor: number | undefined;
}

export interface Modifiers {
  readonly alt: boolean;
  readonly shift: boolean;
  /** Ctrl, or Cmd on a Mac. */
  readonly ctrl: boolean;
}

export interface PointerFacts extends Modifiers {
  readonly pointer: number;
  readonly at: Point;
}

export type GestureEvent =
  | ({ readonly type: 'press'; readonly hit: Hit; readonly button: number } & PointerFacts)
  | ({ readonly type: 'move' } & PointerFacts)
  | ({ readonly type: 'release' } & PointerFacts)
  /** Escape, a lost pointer, or a text that changed under the drag. Without a pointer: whichever it is. */
  | { readonly type: 'cancel'; readonly pointer?: number }
  /** A modifier was pressed or let go without a move. */
  | ({ readonly type: 'modifiers' } & Modifiers)
  /** An animation frame, while the pointer rests near an edge. */
  | { readonly type: 'tick' };

export type Drag =
  | Dragged
  | {
      readonly type: 'handle';
      readonly layer: number;
      readonly from: number;
      /** Pixels downwards. */
      readonly way: number;
      readonly units: number;
      /** What that will do; undefined while it is what it was. */
      readonly resizing: Resizing | undefined;
    }
  | { readonly type: 'marquee'; readonly kept: readonly number[] }
  | { readonly type: 'pan' };

export interface Drop {
  readonly place: DropPlace;
  readonly consequence: Consequence;
}

export type Gesture =
  | { readonly type: 'idle' }
  | {
      readonly type: 'pressed';
      readonly pointer: number;
      readonly start: Point;
      readonly hit: Hit;
      readonly modifiers: Modifiers;
    }
  | {
      readonly type: 'drag';
      readonly pointer: number;
      readonly start: Point;
      readonly at: Point;
      readonly drag: Drag;
      /** Over a place that takes such things. */
      readonly drop: Drop | undefined;
      /** The pointer was away from the edges: only then do they scroll. */
      readonly entered: boolean;
    };

export type Intent =
  | {
      readonly type: 'edit';
      readonly edit: NetworkEdit;
      readonly says: string;
      readonly select: readonly number[];
    }
  | { readonly type: 'select'; readonly target: Target | undefined }
  | {
      readonly type: 'selectLayers';
      readonly layers: readonly number[];
      readonly main: number | undefined;
    }
  | { readonly type: 'pan'; readonly dx: number; readonly dy: number }
  | { readonly type: 'announce'; readonly words: string }
  /** Opens the chooser of a new layer before the layer at `index`. */
  | { readonly type: 'choose'; readonly index: number; readonly at: Point }
  /** Begins to connect from a layer. */
  | { readonly type: 'connect'; readonly layer: number }
  /** A drag has begun or ended: cards go, the pointer is held. */
  | { readonly type: 'dragging'; readonly on: boolean };

export interface Step {
  readonly gesture: Gesture;
  readonly intents: readonly Intent[];
}

export const idle: Gesture = { type: 'idle' };
