/** Joins the pointer and the keyboard of the page to the state machine, and its intents to the controller. */
import type { DesignerCommand, DesignerContext } from '../../src/protocol';
import type { Controller } from '../controller';
import { selectedLayers } from '../store';
import { consequence } from './consequences';
import type { CanvasSurface, Hit, Interaction, PaletteItem, Point } from './contract';
import { idle, step, type GestureEvent, type Intent, type Modifiers } from './gesture';
import { commandOf } from './keys';
import { drop, edit, editNumber, perform, selectLayers, startConnecting, use } from './perform';
import { placeUnder } from './places';
import { DesignSession } from './session';

/** Keys that leave the keyboard where it is, or move it themselves. */
const NEUTRAL: ReadonlySet<string> = new Set([
  'Tab',
  'Shift',
  'Control',
  'Alt',
  'Meta',
  'CapsLock',
]);

export class DesignInteraction implements Interaction {
  readonly session: DesignSession;
  #frame = 0;
  #focusFrame = 0;
  /** The keyboard goes to what is selected. */
  #follows = false;
  /** A drag has made the edit: the keyboard is called to the canvas where it was nowhere. */
  #acted = false;
  /** The last press has become a drag. */
  #dragged = false;
  #ends: (() => void)[] = [];

  constructor(controller: Controller, surface: CanvasSurface) {
    this.session = new DesignSession(controller, surface);
  }

  connect(): void {
    const { controller, surface } = this.session;
    const doubleClicked = (event: MouseEvent): void => this.#doubleClicked(event);
    const modified = (event: KeyboardEvent): void => this.#modified(event);
    surface.element.addEventListener('dblclick', doubleClicked);
    window.addEventListener('keydown', modified, true);
    window.addEventListener('keyup', modified, true);
    this.#ends = [
      () => surface.element.removeEventListener('dblclick', doubleClicked),
      () => window.removeEventListener('keydown', modified, true),
      () => window.removeEventListener('keyup', modified, true),
      controller.onCommand((name, context) => this.#command(name, context)),
      controller.store.subscribe((state, before) => {
        if (state.document?.version !== before.document?.version) this.#textChanged();
        if (state.show.selection !== before.show.selection) this.#keepFocus(true);
      }),
    ];
  }

  disconnect(): void {
    cancelAnimationFrame(this.#frame);
    cancelAnimationFrame(this.#focusFrame);
    for (const end of this.#ends) end();
    this.#ends = [];
  }

  get dragging(): boolean {
    return this.session.gesture.type === 'drag';
  }

  get selectedLayers(): readonly number[] {
    return selectedLayers(this.session.controller.store.state);
  }

  // ------------------------------------------------------------------ pointer

  pointerDown(event: PointerEvent): boolean {
    const { session } = this;
    if (event.button !== 0) return false;
    const busy = session.gesture.type !== 'idle';
    const hit = session.surface.hit(event);
    if (session.popup && session.popup.type !== 'help') session.open(undefined);
    // The ground alone is the canvas's own to pan; with Shift it selects.
    if (!busy && hit.type === 'background' && !event.shiftKey && !session.connecting) return false;
    this.#press(event, hit);
    return true;
  }

  /** A press on a palette's button, which holds the pointer itself. */
  palettePressed(event: PointerEvent, item: PaletteItem): void {
    if (event.button === 0) this.#press(event, { type: 'palette', item });
  }

  /** A drag ends with a click on the button that held the pointer: it means nothing. A key's click has no detail. */
  paletteClicked({ detail }: MouseEvent, item: PaletteItem): void {
    if (detail === 0 || !this.#dragged) use(this.session, item);
    this.#dragged = false;
  }

  #press(event: PointerEvent, hit: Hit): void {
    if (this.session.gesture.type === 'idle') this.#dragged = false;
    this.#acted = false;
    this.#step({ type: 'press', hit, button: event.button, ...this.#pointer(event) });
  }

  pointerMove(event: PointerEvent): boolean {
    if (this.session.gesture.type === 'idle') return false;
    this.#step({ type: 'move', ...this.#pointer(event) });
    return this.dragging;
  }

  pointerUp(event: PointerEvent): boolean {
    const { session } = this;
    if (session.gesture.type === 'idle') return false;
    if (session.connecting && session.gesture.type === 'pressed') return this.#connectAt(event);
    const dragged = this.dragging;
    const intents = this.#step({ type: 'release', ...this.#pointer(event) });
    return dragged || intents.length > 0;
  }

  pointerCancel(): void {
    this.#step({ type: 'cancel' });
  }

  #pointer(event: PointerEvent): Modifiers & { pointer: number; at: Point } {
    return { pointer: event.pointerId, at: this.#at(event), ...modifiersOf(event) };
  }

  #at({ clientX, clientY }: MouseEvent): Point {
    const { x, y } = this.session.surface.element.getBoundingClientRect();
    return { x: clientX - x, y: clientY - y };
  }

  #step(event: GestureEvent): readonly Intent[] {
    const { session } = this;
    const before = session.gesture;
    const { gesture, intents } = step(before, event, session.situation);
    session.gesture = gesture;
    for (const intent of intents) this.#follow(intent);
    if (gesture.type === 'drag' && before.type !== 'drag')
      this.#hold(gesture.pointer, gesture.drag.type);
    if (gesture.type === 'drag') this.#scrollSoon();
    if (gesture !== before) session.changed();
    return intents;
  }

  /** The canvas hears the pointer until the drag ends; a palette's button has held it from the press on. */
  #hold(pointer: number, what: string): void {
    this.#dragged = true;
    this.session.controller.store.dispatch({ type: 'drawer', open: false });
    if (what !== 'item') this.session.surface.element.setPointerCapture(pointer);
  }

  #scrollSoon(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      if (this.dragging) this.#step({ type: 'tick' });
    });
  }

  #follow(intent: Intent): void {
    const { session } = this;
    const { controller, surface } = session;
    switch (intent.type) {
      case 'edit':
        this.#acted = true;
        return void edit(session, intent.edit, intent.says, intent.select);
      case 'select':
        return controller.select(intent.target);
      case 'selectLayers':
        return selectLayers(session, intent.layers, intent.main);
      case 'pan':
        return surface.panBy(intent.dx, intent.dy);
      case 'announce':
        return session.tell(intent.words);
      case 'choose':
        return session.open({ type: 'insert', index: intent.index, at: intent.at });
      case 'connect':
        return startConnecting(session, intent.layer);
      case 'dragging':
        return surface.hideCard();
    }
  }

  // ------------------------------------------------------------------ connecting without a drag

  #connectAt(event: PointerEvent): boolean {
    const { session } = this;
    const { connecting, situation } = session;
    session.gesture = idle;
    if (!connecting || !situation.geometry) return true;
    const dragged = { type: 'port', layer: connecting.layer } as const;
    const place = placeUnder(situation.geometry, this.#at(event), dragged);
    session.connecting = undefined;
    if (place) drop(session, dragged, place);
    session.changed();
    return true;
  }

  #connectKey(event: KeyboardEvent): boolean {
    const { session } = this;
    const { connecting, world } = session;
    if (!connecting || !world) return false;
    const by = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    if (by !== undefined) {
      const last = world.network.layers.length - 1;
      const to = Math.max(0, Math.min(last, connecting.to + by));
      session.connecting = { ...connecting, to };
      const found = consequence(
        world,
        { type: 'port', layer: connecting.layer },
        { type: 'layer', layer: to },
      );
      if (found) session.say(found.possible ? found.says : `${world.title(to)}: ${found.why}`);
    } else if (event.key === 'Enter' || event.key === ' ') {
      session.connecting = undefined;
      drop(
        session,
        { type: 'port', layer: connecting.layer },
        { type: 'layer', layer: connecting.to },
      );
    } else if (event.key === 'Escape') session.connecting = undefined;
    else return false;
    session.changed();
    return true;
  }

  // ------------------------------------------------------------------ keyboard

  /** Also where the pointer has put the keyboard back on the canvas, what is typed is for the window that is open. */
  takesKey(event: KeyboardEvent): boolean {
    const { session } = this;
    const { popup } = session;
    if (!popup) return false;
    if (event.key === 'Escape') {
      event.preventDefault();
      session.close();
    } else if (!event.ctrlKey && !event.metaKey && !event.altKey && !NEUTRAL.has(event.key)) {
      // A character goes on into the field that has the keyboard from here on; what else a key does there does not.
      if (event.key.length > 1) event.preventDefault();
      session.callKeyboard();
    }
    return true;
  }

  key(event: KeyboardEvent): boolean {
    const { session } = this;
    if (this.#connectKey(event)) return true;
    const command = commandOf(event);
    if (!command) return false;
    const { place } = session.surface;
    // Enter anywhere else is the canvas's own: it selects, and the inspector shows.
    if (command === 'editNumber' && place?.type !== 'weight' && place?.type !== 'bias')
      return false;
    perform(session, command);
    return true;
  }

  /** Escape ends a drag wherever the focus is; Alt turns moving into copying at once. */
  #modified(event: KeyboardEvent): void {
    if (this.session.gesture.type === 'idle') return;
    if (event.key === 'Escape' && event.type === 'keydown') {
      event.preventDefault();
      event.stopPropagation();
      this.#step({ type: 'cancel' });
    } else this.#step({ type: 'modifiers', ...modifiersOf(event) });
  }

  #doubleClicked(event: MouseEvent): void {
    const hit = this.session.surface.hit(event);
    if (hit.type !== 'target') return;
    const { target } = hit;
    if (target.type === 'weight' || target.type === 'bias') void editNumber(this.session, target);
  }

  /** What was dragged, connected or edited may be another layer now. */
  #textChanged(): void {
    const { session } = this;
    if (session.gesture.type !== 'idle') this.#step({ type: 'cancel' });
    if (session.popup && session.popup.type !== 'help') session.popup = undefined;
    session.connecting = undefined;
    this.#keepFocus(false);
    session.changed();
  }

  /**
   * The keyboard stays on the canvas when what it stood on is gone, and goes along with a layer that moves: what
   * was just selected. What was selected before does not call it back.
   */
  #keepFocus(selected: boolean): void {
    const { surface, controller } = this.session;
    const nowhere = this.#acted && document.activeElement === document.body;
    if (!nowhere && !surface.element.contains(document.activeElement)) return;
    this.#follows ||= selected;
    cancelAnimationFrame(this.#focusFrame);
    this.#focusFrame = requestAnimationFrame(() => {
      const { selection } = controller.store.state.show;
      const { place } = surface;
      const follows = this.#follows;
      this.#acted = false;
      this.#follows = false;
      // A small window that has opened meanwhile has the keyboard.
      if (this.session.popup) return;
      const moved =
        follows &&
        selection?.type === 'layer' &&
        (!place || !('layer' in place) || place.layer !== selection.layer);
      const to = moved ? selection : place;
      const { activeElement } = document;
      const lost = activeElement === null || activeElement === document.body;
      if (to && (lost || moved)) surface.goTo(to);
    });
  }

  // ------------------------------------------------------------------ VS Code's own menu

  #command(name: DesignerCommand, { layer, row, column, bias }: DesignerContext): void {
    const { session } = this;
    const { controller, surface } = session;
    const number =
      layer === undefined || row === undefined || (column === undefined && !bias)
        ? undefined
        : column === undefined
          ? ({ type: 'bias', layer, row } as const)
          : ({ type: 'weight', layer, row, column } as const);
    if (name === 'editWeight') return number && void editNumber(session, number);
    if (layer !== undefined && !this.selectedLayers.includes(layer)) {
      controller.select({ type: 'layer', layer });
      surface.goTo({ type: 'layer', layer });
    }
    if (name === 'showInText')
      return controller.reveal(
        layer === undefined || layer < 0 ? ['input'] : pathOf(layer, row, column, bias),
      );
    perform(session, name === 'delete' ? 'remove' : name);
  }
}

function pathOf(layer: number, row?: number, column?: number, bias?: boolean): (string | number)[] {
  const base = ['layers', layer];
  if (row === undefined) return base;
  if (column !== undefined) return [...base, 'weights', row, column];
  return bias ? [...base, 'bias', row] : base;
}

function modifiersOf(event: MouseEvent | KeyboardEvent): Modifiers {
  return { alt: event.altKey, shift: event.shiftKey, ctrl: event.ctrlKey || event.metaKey };
}

/** The page joins and leaves it with `connect` and `disconnect`. */
export function createInteraction(
  controller: Controller,
  surface: CanvasSurface,
): DesignInteraction {
  return new DesignInteraction(controller, surface);
}
