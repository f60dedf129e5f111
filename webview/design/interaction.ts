/** Joins the pointer and the keyboard of the page to the state machine, and its intents to the controller. */
import type { Controller } from '../controller';
import { NextFrame } from '../nextFrame';
import { selectedLayers } from '../store';
import { CanvasFocus } from './canvasFocus';
import { connectAt, connectKey } from './connecting';
import type { CanvasSurface, Hit, Interaction, PaletteItem, Point } from './contract';
import { step } from './gesture';
import type { GestureEvent, Intent, Modifiers } from './gestureStates';
import { commandOf } from './keys';
import { menuCommand } from './menuCommand';
import { edit, editNumber, perform, selectLayers, startConnecting, use } from './perform';
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
  readonly #focus: CanvasFocus;
  readonly #scrolling = new NextFrame(() => {
    if (this.dragging) this.#step({ type: 'tick' });
  });
  /** The last press has become a drag. */
  #dragged = false;
  #ends: (() => void)[] = [];

  constructor(controller: Controller, surface: CanvasSurface) {
    this.session = new DesignSession(controller, surface);
    this.#focus = new CanvasFocus(this.session);
  }

  connect(): void {
    const { controller, surface } = this.session;
    const doubleClicked = (event: MouseEvent): void => this.#doubleClicked(event);
    const modified = (event: KeyboardEvent): void => this.#modified(event);
    const helped = (): void => perform(this.session, 'help');
    surface.element.addEventListener('dblclick', doubleClicked);
    surface.element.addEventListener('nabla-help', helped);
    window.addEventListener('keydown', modified, true);
    window.addEventListener('keyup', modified, true);
    this.#ends = [
      () => surface.element.removeEventListener('dblclick', doubleClicked),
      () => surface.element.removeEventListener('nabla-help', helped),
      () => window.removeEventListener('keydown', modified, true),
      () => window.removeEventListener('keyup', modified, true),
      controller.onCommand((name, context) => menuCommand(this.session, name, context)),
      controller.store.subscribe((state, before) => {
        if (state.document?.version !== before.document?.version) this.#textChanged();
        if (state.show.selection !== before.show.selection) this.#focus.keep(true);
      }),
    ];
  }

  disconnect(): void {
    this.#scrolling.cancel();
    this.#focus.disconnect();
    for (const end of this.#ends) end();
    this.#ends = [];
  }

  get dragging(): boolean {
    return this.session.gesture.type === 'drag';
  }

  moved(): void {
    const { session } = this;
    if (session.popup || session.connecting) session.changed();
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
    this.#focus.acted = false;
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
    if (session.connecting && session.gesture.type === 'pressed') {
      connectAt(session, this.#at(event));
      return true;
    }
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
    if (gesture.type === 'drag') this.#scrolling.ask();
    if (gesture !== before) session.changed();
    return intents;
  }

  /** The canvas hears the pointer until the drag ends; a palette's button has held it from the press on. */
  #hold(pointer: number, what: string): void {
    this.#dragged = true;
    this.session.controller.store.dispatch({ type: 'drawer', open: false });
    if (what !== 'item') this.session.surface.element.setPointerCapture(pointer);
  }

  #follow(intent: Intent): void {
    const { session } = this;
    const { controller, surface } = session;
    switch (intent.type) {
      case 'edit':
        this.#focus.acted = true;
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
    if (connectKey(session, event)) return true;
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
    this.#focus.keep(false);
    session.changed();
  }
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
