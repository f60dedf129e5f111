/**
 * What designing has open: a gesture, a connection that waits for its end, a small window. Everything that is
 * drawn above the canvas is drawn from here.
 */
import type { Target } from '../../src/engine/facts';
import { layerTitle, namesOf } from '../canvas/names';
import type { Controller } from '../controller';
import { lockOf } from '../lock';
import { speak } from '../speak';
import { selectedLayers } from '../store';
import { text } from '../strings';
import type { CanvasSurface, Point } from './contract';
import { idle, type Gesture, type Situation } from './gestureStates';
import { worldIn, type World } from './world';

/** A small window over the canvas; `at`: where it stands if its place is not found, in pixels of the canvas. */
export type Popup =
  | { readonly type: 'insert'; readonly index: number; readonly at: Point }
  | { readonly type: 'activation'; readonly layers: readonly number[] }
  | {
      readonly type: 'number';
      readonly target: Extract<Target, { type: 'weight' | 'bias' }>;
      readonly value: number;
    }
  | { readonly type: 'goTo' }
  | { readonly type: 'help' };

export class DesignSession {
  gesture: Gesture = idle;
  /** The layer that is being connected by keys or clicks, and the layer that is offered now. */
  connecting: { readonly layer: number; readonly to: number } | undefined;
  popup: Popup | undefined;
  readonly controller: Controller;
  readonly surface: CanvasSurface;
  readonly #listeners = new Set<() => void>();
  readonly #callers = new Set<() => void>();
  #dragging = false;
  /** The button that has opened the window; keys open it from the picture. */
  #opener: HTMLButtonElement | undefined;
  #world: { of: unknown; notation: unknown; world: World | undefined } | undefined;

  constructor(controller: Controller, surface: CanvasSurface) {
    this.controller = controller;
    this.surface = surface;
  }

  /** The returned function ends that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The picture below is drawn anew only when a drag begins or ends: between them it stays what it is. */
  changed(): void {
    for (const listener of this.#listeners) listener();
    const dragging = this.gesture.type === 'drag';
    if (dragging !== this.#dragging) this.surface.requestUpdate();
    this.#dragging = dragging;
  }

  open(popup: Popup | undefined): void {
    if (popup) this.surface.hideCard();
    const { activeElement } = document;
    if (popup && this.surface.element.contains(activeElement))
      this.#opener = activeElement instanceof HTMLButtonElement ? activeElement : undefined;
    this.popup = popup;
    this.changed();
  }

  /** The window that is open takes the keyboard again. */
  callKeyboard(): void {
    for (const listener of this.#callers) listener();
  }

  /** The returned function ends that. */
  onCall(listener: () => void): () => void {
    this.#callers.add(listener);
    return () => this.#callers.delete(listener);
  }

  /** Closes the window; the keyboard goes back to where it was. */
  close(): void {
    if (!this.popup) return;
    this.open(undefined);
    const { place } = this.surface;
    if (this.#opener?.isConnected) this.#opener.focus();
    else if (place) this.surface.goTo(place);
    this.#opener = undefined;
  }

  get world(): World | undefined {
    const { document, notation } = this.controller.store.state;
    if (this.#world?.of === document && this.#world?.notation === notation)
      return this.#world.world;
    const world = worldIn(document, notation);
    this.#world = { of: document, notation, world };
    return world;
  }

  get situation(): Situation {
    const { state } = this.controller.store;
    const { selection } = state.show;
    return {
      world: this.world,
      geometry: this.surface.geometry(),
      locked: this.locked,
      selected: selectedLayers(state),
      anchor:
        selection && 'layer' in selection && selection.layer >= 0 ? selection.layer : undefined,
    };
  }

  /** Why nothing may be changed; undefined: it may. */
  get locked(): string | undefined {
    const lock = lockOf(this.controller.store.state.document);
    return lock && text(`design.${lock}`);
  }

  /** The layer that a key is about: of the keyboard's place, else of the selection. */
  get layer(): number | undefined {
    const place = this.surface.place ?? this.controller.store.state.show.selection;
    return place && 'layer' in place ? place.layer : undefined;
  }

  /** The selected layers, or the one where the keyboard stands. */
  get layers(): readonly number[] {
    const selected = selectedLayers(this.controller.store.state);
    const { layer } = this;
    if (selected.length > 1) return selected;
    if (layer !== undefined && layer >= 0) return [layer];
    return selected;
  }

  title(layer: number): string {
    const { document, notation } = this.controller.store.state;
    const named = namesOf(document, notation);
    return named ? layerTitle(named, layer) : '';
  }

  /** A sentence that everybody gets: in the quiet line, and spoken. */
  tell(words: string): void {
    this.controller.store.dispatch({ type: 'quiet', words });
    this.say(words);
  }

  say(words: string): void {
    speak(this.surface.element, words);
  }

  /** Where a small window for a layer stands: beside its column. */
  beside(layer: number): Point {
    const geometry = this.surface.geometry();
    const column = geometry?.columns.find(each => each.layer === layer);
    if (!column) return { x: 48, y: 48 };
    return { x: column.box.x + column.box.width + 8, y: column.box.y };
  }
}
