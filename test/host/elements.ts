/** What a person sees and touches in the window: elements, pointer and keys. */
import { ask } from './errand';
import type { Action, Frame, Modifier, Point, Target } from './messages';

/** An element, or the place where one will be: nothing is looked up before something is done. */
export class Element {
  readonly #target: Target;

  constructor(target: Target) {
    this.#target = target;
  }

  /** An element inside this one. */
  find(selector: string, nth = 0): Element {
    const { frame, selector: outer, nth: which = 0 } = this.#target;
    return new Element({ frame, selector: `${outer} >> nth=${which} >> ${selector}`, nth });
  }

  click(options: { button?: 'left' | 'right'; count?: number; modifiers?: Modifier[] } = {}) {
    return act<void>({ do: 'click', on: this.#target, ...options });
  }

  /** Moves the pointer there; `at`: pixels from the element's top left corner. */
  hover(at?: Point) {
    return act<void>({ do: 'hover', on: this.#target, ...(at && { at }) });
  }

  /** Moves the pointer onto the stroke of an SVG path or line, at `fraction` (0–1) of its length. */
  hoverStroke(fraction = 0.5) {
    return act<void>({ do: 'hoverStroke', on: this.#target, fraction });
  }

  /** Moves the pointer to the `occurrence`-th (0-based) place where `text` stands in this element. */
  hoverText(text: string, occurrence = 0) {
    return act<void>({ do: 'hoverText', on: this.#target, text, occurrence });
  }

  /** With the pointer, to the middle of another element or to a point of the window. */
  dragTo(
    to: Element | Point,
    how: { at?: Point; toAt?: Point; modifiers?: Modifier[]; hold?: boolean } = {},
  ) {
    const goal = to instanceof Element ? to.#target : to;
    return act<void>({ do: 'drag', on: this.#target, to: goal, ...how });
  }

  /** Turns the wheel over it, in pixels. */
  wheel(x: number, y: number, modifiers: Modifier[] = []) {
    return act<void>({ do: 'wheel', on: this.#target, x, y, modifiers });
  }

  /** Replaces the contents of an input. */
  fill(text: string) {
    return act<void>({ do: 'fill', on: this.#target, text });
  }

  focus() {
    return act<void>({ do: 'focus', on: this.#target });
  }

  /** Focuses it and presses a key: `Enter`, `Control+ArrowRight`. */
  press(key: string) {
    return act<void>({ do: 'press', key, on: this.#target });
  }

  /** Its visible text. */
  text() {
    return act<string>({ do: 'text', on: this.#target });
  }

  attribute(name: string) {
    return act<string | null>({ do: 'attribute', on: this.#target, name });
  }

  /** Its place in the window, in pixels. */
  box() {
    return act<Point & { width: number; height: number }>({ do: 'box', on: this.#target });
  }

  /** How many match, now, in all webviews or in the page: does not wait. */
  count() {
    const { frame, selector } = this.#target;
    return act<number>({ do: 'count', on: { frame, selector } });
  }

  /** A JavaScript expression in which `element` is this element; its value as JSON. */
  evaluate<T>(expression: string) {
    return act<T>({ do: 'evaluate', on: this.#target, expression });
  }

  waitUntilVisible(seconds = 15) {
    return act<void>({ do: 'wait', on: this.#target, until: 'visible', seconds });
  }

  waitUntilGone(seconds = 15) {
    return act<void>({ do: 'wait', on: this.#target, until: 'gone', seconds });
  }

  /** A PNG of the element, named for the pictures' folder. */
  screenshot(name: string) {
    return act<void>({ do: 'screenshot', name, on: this.#target });
  }
}

/** Where elements are looked for, by Playwright's selectors: `css`, `text=…`, `role=button[name="…"]`. */
class Place {
  readonly #frame: Frame;

  constructor(frame: Frame) {
    this.#frame = frame;
  }

  /** The `nth` element that matches. */
  find(selector: string, nth = 0): Element {
    return new Element({ frame: this.#frame, selector, nth });
  }

  /** The element whose `data-testid` is `id`. */
  testId(id: string): Element {
    return this.find(`[data-testid="${id}"]`);
  }
}

/** VS Code's own window. */
export const workbench = new Place('page');

/** Whatever webview shows the element. */
export const designer = new Place('webview');

/** The text editor that has, or last had, the focus. */
export const editorText = workbench.find(
  '.editor-group-container.active .monaco-editor .view-lines',
);

/** What a hover in a text editor shows. */
export const textHover = workbench.find('.monaco-hover:not(.hidden) .monaco-hover-content');

export function act<T>(action: Action): Promise<T> {
  return ask('act', action) as Promise<T>;
}

/** Presses a key where the focus is: `F1`, `Control+Z`, `Tab`. */
export const press = (key: string) => act<void>({ do: 'press', key });

/** Types where the focus is. */
export const type = (text: string) => act<void>({ do: 'type', text });

/** Takes the pointer away, to the window's corner. */
export const moveAway = () => act<void>({ do: 'moveAway' });

/** Lets go of what `dragTo` with `hold` has not. */
export const release = () => act<void>({ do: 'release' });

/** Clicks where the pointer is. */
export const clickHere = (count = 1) => act<void>({ do: 'clickHere', count });

/** Sets the window's size, in pixels. */
export const resize = (width: number, height: number) => act<void>({ do: 'resize', width, height });

/** A PNG of the whole window, named for the pictures' folder: `designer-dark`. */
export const screenshot = (name: string) => act<void>({ do: 'screenshot', name });

/** Every breach of a content security policy since the window opened, in the browser's words. */
export const policyViolations = () => act<string[]>({ do: 'violations' });

/** The same, and they are counted no more: after each suite there must be none left. */
export const forgetViolations = () => act<string[]>({ do: 'violations', forget: true });

/** What was thrown in the window or a webview since it opened, and caught by nobody. */
export const uncaught = () => act<string[]>({ do: 'errors' });

/** Listeners at the window, document and body of all webviews: what would leak. */
export const listeners = () => act<string[]>({ do: 'listeners' });

/**
 * Tries `check` until it passes; after `seconds` its last error is the result. Use it for whatever takes its
 * time, instead of waiting for a fixed while.
 */
export async function eventually<T>(check: () => T | Promise<T>, seconds = 15): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  }
}
